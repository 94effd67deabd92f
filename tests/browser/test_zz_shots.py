import pytest
from live.models import *
from live.actions import leading
from tests.browser.test_room_lead import *
from tests.live.helpers import shown
pytestmark = pytest.mark.prove

def test_shots(open_page, live):
    out="/tmp/l21c/"
    page = lead(open_page, live)
    n=[0]
    def shot(name, deel="nu", widths=(390,1366), dark=False):
        page.emulate_media(color_scheme="dark" if dark else "light")
        for w in widths:
            page.set_viewport_size({"width":w,"height":780 if w<800 else 900})
            page.goto(f"/beheer/zaal/{live.pk}/?deel={deel}")
            page.wait_for_timeout(200)
            page.screenshot(path=f"{out}{name}-{w}{'-dark' if dark else ''}.png")
    def go(kind):
        l=again(live); leading.go_to(l,l.turn,live.scenes.get(kind=kind),with_time=kind==Kind.TALK)
    shot("01-before")
    leading.begin(live, live.turn)
    shot("02-welkom", widths=(390,))
    LiveCafe.objects.filter(pk=live.pk).update(screen_seen_at=timezone.now()+timedelta(hours=1))
    go(Kind.TALK); shot("03-tafel", widths=(390,1024))
    go(Kind.QUESTION)
    for t,x in ((4,"Toen de juf met verlof ging, moesten we drie keer opnieuw ons verhaal vertellen. Eén vast gezicht, dat scheelt zoveel."),(9,"Korte lijnen. Ik bel onze consulent, en tien minuten later kan ik verder.")):
        shown(live,x,t) if t==4 else None
    for t,x in ((4,"Bij ons kent de hele school de consulent. Zij komt elke maand langs, ook als er niets is."),(None,"Waarom moet een kind eerst vastlopen voor er hulp komt?"),(7,"Mijn zoon Daan van groep 6 zit nu thuis.")):
        voice(live,x,t)
    shot("04-vraag"); shot("04-vraag", dark=True); shot("05-wacht","wacht",widths=(390,)); shot("06-groot","groot"); shot("07-draaiboek","draaiboek")
    shot("07-draaiboek","draaiboek",dark=True)
    go(Kind.POLL); shot("08-peiling", widths=(390,1024))
    l=again(live); leading.reveal(l,l.turn); shot("09-uitslag", widths=(390,))
    go(Kind.QUESTION)
    l=again(live); leading.spotlight(l,l.turn,live.voices.shown().first()); shot("10-één")
    l=again(live); leading.clear(l,l.turn); shot("11-leeg")
    l=again(live); leading.clear(l,l.turn,empty=False); l=again(live); leading.go_alone(l,l.turn,alone=True); shot("12-alleen", widths=(390,)); shot("13-na","wacht",widths=(390,))
    page.set_viewport_size({"width":390,"height":780})
    page.goto(f"/beheer/zaal/{live.pk}/"); page.wait_for_timeout(500)
    page.evaluate("document.body.classList.add('is-offline')"); page.screenshot(path=out+"14-offline.png")
    l=again(live); leading.go_alone(l,l.turn,alone=False)
    page.goto(f"/beheer/zaal/{live.pk}/?deel=draaiboek"); page.wait_for_timeout(300)
    page.get_by_role("button", name="Laat iemand meelezen").click(); page.wait_for_timeout(900)
    page.screenshot(path=out+"15-helper-link.png", full_page=True)
    link = page.locator(".room-link a").get_attribute("href")
    page.goto(link); page.screenshot(path=out+"16-take.png"); page.get_by_role("button", name="Lees mee op").click(); page.wait_for_timeout(600); page.screenshot(path=out+"17-help.png")
    page.goto(f"/beheer/live/livecafe/{live.pk}/change/"); page.set_viewport_size({"width":1366,"height":900}); page.screenshot(path=out+"18-admin.png", full_page=True)
