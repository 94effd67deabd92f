"""The page of one wensbeeld, narrowing the gallery down to a motto, and reporting."""

import re

import pytest

from polls.wensbeelden.models import Wensbeeld, WensbeeldReport
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from werkplaats.people import visitors
from werkplaats.pictures.models import Picture
from werkplaats.site.models import Motto
from werkplaats.web import programs

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def picture(**fields) -> Picture:
    return Picture.objects.create(**{"name": "d" * 32, "width": 1600, "height": 800, "alt": "Een plein", **fields})


def test_one_wensbeeld_has_a_page_to_share(client, django_assert_num_queries):
    motto = Motto.objects.create(text="samen leren leven")
    wens = factories.wensbeeld(
        text="Een plein & voor iedereen", name="Noor", role=factories.role("ouder"), motto=motto, picture=picture()
    )
    assert wens.get_absolute_url() == f"/wensbeelden/{wens.pk}/"
    with django_assert_num_queries(2):  # the site, the wensbeeld
        page = client.get(wens.get_absolute_url()).text
    image = wens.picture
    assert f'<img src="{image.large}" srcset="{image.small} 640w, {image.large} 1600w"' in page
    assert "loading=" not in page.split("<article")[1].split("</article>")[0]
    for shown in ("Een plein &amp; voor iedereen", "Noor", "ouder", "samen leren leven", "data-share"):
        assert shown in page
    assert f'<meta property="og:image" content="http://testserver{image.sources.shared}">' in page
    assert '<meta property="og:image:width" content="1200">' in page and 'content="image/jpeg"' in page
    assert f'<meta property="og:image:alt" content="{image.alt}">' in page
    assert page.count('"og:image"') == page.count('"og:image:height" content="630"') == 1
    assert '<meta property="og:title" content="Een plein &amp; voor iedereen">' in page
    assert f'<meta property="og:url" content="http://testserver/wensbeelden/{wens.pk}/">' in page
    assert "Haal je wensbeeld terug" not in page
    for place in ("/", "/wensbeelden/"):
        assert f'href="/wensbeelden/{wens.pk}/"' in client.get(place).text


def test_a_card_of_words_is_its_page_too(client):
    wens = factories.wensbeeld(text="Trots op hoe we het doen")
    page = client.get(wens.get_absolute_url()).text
    assert '<p class="wens-text" dir="auto">Trots op hoe we het doen</p>' in page
    assert "img/og.jpg" in page


@pytest.mark.parametrize(
    ("state", "says"),
    [("waiting", "Wacht op goedkeuring"), ("removed", "Niet in de galerij. Reden: Er staat een naam in.")],
)
def test_what_is_not_public_is_for_who_sent_it(client, state, says):
    wens = factories.wensbeeld(published=state == "removed", picture=picture())
    if state == "removed":
        wens.remove(None, "Er staat een naam in.")
    assert client.get(wens.get_absolute_url()).status_code == 404
    assert client.get(f"{wens.get_absolute_url()}melden/").status_code == 404
    assert browser_of(factories.visitor()).get(wens.get_absolute_url()).status_code == 404
    own = browser_of(wens.visitor)
    page = own.get(wens.get_absolute_url()).text
    assert says in page
    assert "Ja, haal terug" in page
    assert "data-share" not in page  # nobody could open it
    own.post(f"/wensbeelden/{wens.pk}/terughalen/")
    assert own.get(wens.get_absolute_url()).status_code == 404


def test_what_an_erased_visitor_left_waits_for_nobody(client):
    wens = factories.wensbeeld(published=False)
    wens.visitor.delete()
    assert client.get(wens.get_absolute_url()).status_code == 404


def test_the_gallery_can_be_narrowed_down_to_a_motto(client):
    together, wonder = (Motto.objects.create(text="samen leren leven"), Motto.objects.create(text="verwondering"))
    for number in range(26):
        factories.wensbeeld(motto=together, text=f"Samen {number:02}")
    factories.wensbeeld(text="Los van alles")
    factories.wensbeeld(motto=wonder, text="Wacht nog", published=False)
    page = client.get("/wensbeelden/", {"motto": together.pk}).text
    assert f'<a class="water" href="?motto={together.pk}#motto" aria-current="true">samen leren leven' in page
    for count in (27, 26, 0):
        assert f'<span class="chip-count">{count}<' in page
    assert "Los van alles" not in page
    assert re.search(rf'href="\?motto={together.pk}&amp;na=0\.\d+\.\d+#motto" rel="next"', page)
    second = client.get("/wensbeelden/", {"motto": together.pk, "pagina": 2}).text
    assert second.count("<article") == 2
    empty = client.get("/wensbeelden/", {"motto": wonder.pk}).text
    assert "Nog geen wensbeelden bij «verwondering»" in empty
    for odd in ("0", "-1", "9" * 5000, "x", "", "1e3", "²"):
        assert "Los van alles" in client.get("/wensbeelden/", {"motto": odd}).text


def test_who_sent_one_finds_it_back_among_many(client, django_assert_num_queries):
    sender = factories.visitor()
    waiting = factories.wensbeeld(visitor=sender, text="Wacht nog", published=False)
    removed = factories.wensbeeld(visitor=sender, text="Van de muur gehaald")
    removed.remove(None, "Er staat een naam in.")
    for number in range(24):
        factories.wensbeeld(text=f"Van een ander {number:02}")
    own = browser_of(sender)
    page = own.get("/wensbeelden/").text
    assert "Wacht nog" not in page and "van jou <span" in page
    with django_assert_num_queries(3):  # the site, how many of each motto and of one's own, the page of them
        page = own.get("/wensbeelden/", {"van": "jou"}).text
    assert '<a class="" href="?van=jou#motto" aria-current="true">van jou <span class="chip-count">2<' in page
    assert page.count("<article") == 2 and "Van een ander" not in page
    assert waiting.text in page and "Alleen jij ziet dit nu." in page
    assert removed.text in page and "Reden: Er staat een naam in." in page
    for nobody in (client, browser_of(factories.visitor())):
        page = nobody.get("/wensbeelden/", {"van": "jou"}).text
        assert "van jou" not in page and page.count("<article") == 24  # it is not heard


def test_many_of_ones_own_have_pages_too():
    sender = factories.visitor()
    for _ in range(25):
        factories.wensbeeld(visitor=sender)
    page = browser_of(sender).get("/wensbeelden/", {"van": "jou", "pagina": 2}).text
    assert page.count("<article") == 1
    assert re.search(r'href="\?van=jou&amp;voor=0\.\d+\.\d+#motto" rel="prev"', page)


def test_one_report_per_visitor_and_wensbeeld(client):
    wens = factories.wensbeeld(picture=picture())
    address = f"/wensbeelden/{wens.pk}/melden/"
    assert "Er staat een kind herkenbaar op" in client.get(address).text
    assert not WensbeeldReport.objects.exists()
    assert client.post(address, {"reason": "child"}).url == address
    assert "Dank je voor je melding" in client.get(address).text
    answer = client.post(address, {"reason": "spam"}, headers=HTMX)
    assert "Dank je voor je melding" in answer.text and "<html" not in answer.text
    report = WensbeeldReport.objects.get()
    assert (report.wensbeeld, report.reason, report.handled_at) == (wens, "child", None)
    assert wens in Wensbeeld.objects.reported()
    for _ in range(3):
        wens.report(factories.visitor(), "hurtful")
    assert wens in Wensbeeld.objects.public()  # a moderator approved it: a moderator decides again


def test_about_a_child_moderators_hear_at_once_and_it_stays(client, mailbox):
    """A moderator looked before it showed, and nobody changes what was sent in."""
    coordinator, wens = factories.coordinator(), factories.wensbeeld(text="Sem hoort erbij")
    address = f"/wensbeelden/{wens.pk}/melden/"
    refused = client.post(address, {"reason": "one-child", "words": "Jan", "moment": programs.moment(ago=10)})
    assert refused.status_code == 422 and "vinden we er niet in" in refused.text
    assert (
        client.post(address, {"reason": "one-child", "words": "sem", "moment": programs.moment(ago=10)}).url == address
    )
    (mail,) = mailbox()
    assert mail["To"] == coordinator.email
    text = mail.get_body(["plain"]).get_content()
    assert f"/beheer/polls/wensbeeld/{wens.pk}/change/" in text and "Iedereen ziet het nog." in text
    assert "hoort erbij" not in text
    assert wens in Wensbeeld.objects.public()
    assert WensbeeldReport.objects.get().words == "sem"
    wens.publish(coordinator)
    assert WensbeeldReport.objects.get().words == ""


@pytest.mark.parametrize("reason", ["", "child", "x" * 5000, "\x00"])
def test_an_odd_report_is_none(client, reason):
    address = f"/wensbeelden/{factories.wensbeeld().pk}/melden/"
    answer = client.post(address, {"reason": reason})
    assert answer.status_code == 422
    assert "Kies wat er aan de hand is." in answer.text
    assert not WensbeeldReport.objects.exists()
    assert visitors.COOKIE.name not in answer.cookies


def test_what_comes_on_top_repeats_nothing_on_the_next_page(client, django_assert_num_queries):
    for number in range(50):
        factories.wensbeeld(text=f"Wens nummer {number:02}")
    pages = [client.get("/wensbeelden/").text]
    for number in range(3):
        factories.wensbeeld(text=f"Nieuw {number}")
    while found := re.search(r'<a href="([^"#]+)#motto" rel="next">', pages[-1]):
        with django_assert_num_queries(4):  # the site, the counts, the place, the page
            pages.append(client.get(f"/wensbeelden/{found[1]}").text)
    told = [number for page in pages for number in re.findall(r"Wens nummer (\d\d)", page)]
    assert sorted(told) == sorted({*told}) == [f"{number:02}" for number in range(50)]
    back = re.search(r'<a href="([^"#]+)#motto" rel="prev">', pages[-1])[1]
    assert re.findall(r"Wens nummer (\d\d)", client.get(f"/wensbeelden/{back}").text) == told[24:48]
