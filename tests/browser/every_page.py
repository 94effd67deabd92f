"""Every page there is, on the demo's content, for tests that go through all of them."""

import io
import re
from datetime import timedelta
from urllib.parse import urlsplit

from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from events import reminders
from events.models.cafes import Cafe
from events.models.registrations import Registration
from inviting import tokens as invitations
from inviting.models import Consulent
from live.actions import closing
from live.models import Kind
from plan import tokens as told_links
from plan.actions import answering, informing
from plan.actions.answering import Said
from plan.models import Answer, Choice, Fragment, Publication
from polls.rounds.models.rounds import Group
from polls.wensbeelden.models import Wensbeeld
from posts import tokens
from posts.models.posts import Post
from posts.models.questions import Question
from tests.events import mailing
from tests.helpers import factories
from tests.live.helpers import room, to
from tests.plan import heard_helpers, helpers
from tests.posts.helpers import link_of
from werkplaats.demo import playing
from werkplaats.mutes import links
from werkplaats.people import visitors
from werkplaats.people.models import User
from werkplaats.site.models import Motto

COORDINATOR = "coordinator@werkplaats.example"
SUBJECTS = ["is je code om in te loggen", "Zet je bijdrage online", "Kom je?"]  # the newest first


def public_pages(page):
    """Opens all that a stranger can, one after another: pages, answers to forms, mails, and what is not there."""
    post = Post.objects.public().filter(parent=None, removed_at=None).first()
    cafes = list(Cafe.objects.public())
    for path in public_paths(post, cafes):
        page.goto(path)
        yield page
    yield from answers_to_forms(page, post, cafes[-1])
    yield from pages_of_a_room(page)


def public_paths(post: Post, cafes: list[Cafe]) -> list[str]:
    """All that a stranger can open; `post` has answers, `cafes` are in the order of the site."""
    full = Cafe.objects.public().filter(registrations__queued_for_room_at__isnull=False).first()
    waiting, also = Post.objects.waiting().exclude(role__is_pupil=True)[:2]
    # Two browsers wrote under one address, and one person asks which of it is theirs.
    Post.objects.filter(pk__in=[waiting.pk, also.pk]).update(email="noor@example.org")
    waiting.refresh_from_db()
    return [
        "/",
        "/denk-praat-doe-mee/",
        post.question.get_absolute_url(),
        "/denk-praat-doe-mee/?taal=ar",
        post.get_absolute_url(),
        in_arabic(post).get_absolute_url(),
        f"/bijdragen/{post.pk}/antwoord/",
        f"/bijdragen/{post.pk}/melden/",
        f"{post.question.get_absolute_url()}?zoek=school&volgorde=duimpjes",
        f"{post.question.get_absolute_url()}?zoek=xyzzy",
        f"{post.question.get_absolute_url()}uitnodigen/",
        f"{post.question.get_absolute_url()}praatkaart/",
        f"/bijdragen/bevestigen/{tokens.make(waiting)}/",
        urlsplit(links.switches_url(User.objects.get(email=COORDINATOR), "summary")).path,
        link_of(User.objects.helpers().get()),
        "/meelezen/geen-token/",
        *pages_to_invite_from(),
        "/apparaat/wissen/",
        "/bijdragen/bevestigen/geen-token/",
        "/mijn-bijdragen/",
        "/jouw-gegevens/",
        "/jouw-gegevens/wissen/",
        "/huisregels/",
        "/peilingen/wensbeeld/",
        "/peilingen/waar-eerst/",
        "/wensbeelden/",
        *wensbeeld_pages(),
        "/wensbeelden/insturen/",
        "/cafes/",
        *{cafe.get_absolute_url() for cafe in (cafes[0], full, cafes[-1])},
        f"{cafes[-1].get_absolute_url()}uitnodiging/",
        *what_was_played(),
        *(row.get_absolute_url() for row in first_of_each_kind()),
        *states_of_a_sign_up(),
        f"{cafes[-1].get_absolute_url()}aanmelding/geen-token/",
        "/ontwerptrajecten/schoolondersteuningsprofiel/",
        "/ontwerptrajecten/inclusiever-werkgebied/",
        "/stickerrondes/sop-avond/",
        *sticker_pages(),
        *what_was_heard(),
        "/plan/",
        "/plan/jaar/",
        "/programma/",
        "/over/",
        "/privacy/",
        "/toegankelijkheid/",
        "/postvak/",
        "/accounts/login/",
        "/bestaat-niet/",
    ]


def what_was_played() -> list[str]:
    """A café that was, as the demo plays it, and the page of its button."""
    playing.run(playing.prepare().pk, lambda seconds: None)
    return [f"/cafes/{playing.SLUG}/", "/speel-een-cafe-na/"]


def pages_of_a_room(page):
    """Its screen and phones; what each scene asks is judged in test_room_screen.py and test_room_phone.py."""
    live = to(room(Kind.WELCOME, Kind.QUESTION, Kind.THANKS), Kind.WELCOME)
    code = live.code.lower()
    for path in ("/z/", "/z/aaaa/", f"/z/{code}/7/", live.screen_url, f"/z/{code}/?waar=online"):
        page.goto(path)
        yield page
    page.get_by_role("button", name="Klaar").click()
    page.locator("#nu, h1").first.wait_for()
    yield page
    live = to(live, Kind.QUESTION)
    for path in (f"/z/{code}/", f"/z/{code}/al/", f"/z/{code}/plek/"):
        page.goto(path)
        yield page
    page.goto(f"/z/{code}/")
    page.get_by_label("Jouw antwoord").fill("Wij willen korte lijnen.")
    closing.close(live.pk, timezone.now())
    page.locator("#zaal-verder", has_text="Deze zaal is dicht.").wait_for()
    yield page
    page.goto(f"/z/{code}/")  # its words lie on the device
    yield page


def pages_to_invite_from() -> list[str]:
    """Of who said yes with each text, of who was asked, of who is asked to go on, and of nobody."""
    agreed, asked = (urlsplit(invitations.url_of(each)).path for each in Consulent.objects.order_by("pk")[:2])
    tired = Consulent.objects.invite(User.objects.confirmed("moe@example.org"), "Moe")
    Consulent.objects.filter(pk=tired.pk).update(agreed_at=timezone.now(), mondays=8)
    mailing.forget()
    kinds = [f"{agreed}?soort={kind}" for kind in ("maandbericht", "overleg")]
    return [agreed, *kinds, asked, urlsplit(invitations.url_of(tired)).path, "/uitnodigen/geen-token/"]


def in_arabic(post: Post, **fields) -> Post:
    """One with what it says in Dutch beside it."""
    now = timezone.now()
    said = {"lang": "ar", "rendering": "De juf belt ons elke week.", "rendered_at": now, "finished_at": now}
    return factories.post(post.question, text="المعلمة تتصل بنا كل أسبوع.", **said, **fields)


def what_was_heard() -> list[str]:
    """A question of which it was told twice, and one of which it is still to come."""
    now = timezone.now()
    question = factories.question(current=False, slug="gehoord", opened_at=now - timedelta(days=9), closed_at=now)
    voices = heard_helpers.people(question, "ouder", 9)
    for choice, some in zip((Choice.PLAN, Choice.NOT), (voices[:7], voices[7:]), strict=True):
        stack = helpers.stack(voices[0].harvest)
        heard_helpers.lay(heard_helpers.write(stack, "Vertel je verhaal één keer.", choice), *some)
        heard_helpers.quote(some[0], stack)
    heard_helpers.publish(voices[0].harvest)
    heard_helpers.lay(stack, *heard_helpers.people(question, "ouder", 1))
    heard_helpers.publish(voices[0].harvest, changed="Er is een stem bij.")
    mailing.forget()
    pages = [f"/vragen/gehoord/wat-we-hoorden/{page}" for page in ("", "voorlezen/", "?versie=1")]
    told = [*what_became_of_it(question, voices), "/jouw-inbreng/geen-token/"]
    return [*pages, *told, "/vragen/gehoord/", "/wat-we-hoorden/", "/vragen/de-eerste-vraag/wat-we-hoorden/"]


def what_became_of_it(question: Question, voices: list[Fragment]) -> list[str]:
    """The page of somebody who has an address, and the answers to it."""
    writer = User.objects.confirmed("marieke@example.org")
    Post.objects.filter(fragment__in=voices[6:9]).update(author=writer, visitor=visitors.own(writer))
    publication = Publication.objects.filter(harvest__question=question).latest("number")
    informing.tell(publication.pk)
    told = publication.told.get(user=writer)
    for row, said in zip(told.voices.order_by("pk"), (Said(Answer.YES), Said(Answer.NO, "Iets anders.")), strict=False):
        answering.answer(row.pk, 0, said)
    mailing.forget()
    return [urlsplit(told_links.url_of(told, writer)).path]


def sticker_pages() -> list[str]:
    """The round of the demo that people can try."""
    path, group = "/stickerrondes/probeer-het-zelf/", Group.objects.get(name="lezers")
    pages = ["", "plakken/", "plakken/?idee=4", "mijn-stickers/", "volgende-persoon/"]
    return [*(path + page for page in pages), group.get_absolute_url()]


def wensbeeld_pages() -> list[str]:
    """One with a picture, one of words, reporting it, and a motto that nobody chose."""
    public = Wensbeeld.objects.public()
    empty = Motto.objects.create(text="verwondering", artwork=Motto.Artwork.BUBBLES, artwork_alt="Bellen").pk
    pictured, words = (public.filter(picture__isnull=bare).first().get_absolute_url() for bare in (False, True))
    return [f"/wensbeelden/?motto={empty}", pictured, words, f"{pictured}melden/"]


def first_of_each_kind() -> list[Registration]:
    """Somebody with a seat, and somebody who waits for one."""
    ahead = Registration.objects.select_related("cafe").order_by("-cafe__starts_at", "pk")
    return [ahead.exclude(seat=None).first(), ahead.filter(seat=None).first()]


def states_of_a_sign_up() -> list[str]:
    """Who cancelled, who is asked in the last hours, a café of which the sign-up is still to open, who is not firm."""
    now = timezone.now()
    full = factories.cafe(room_capacity=1, asks_from=now - timedelta(minutes=1))
    leaves, waits = factories.registration(full), factories.registration(full, wish="both", people=2)
    full.resize(room_capacity=2)
    leaves.cancel()
    later = factories.cafe(opens_at=now + timedelta(days=1))
    unsure = who_is_not_firm()
    mailing.forget()
    return [each.get_absolute_url() for each in (leaves, waits, later, *unsure)]


def who_is_not_firm() -> list[Registration]:
    """With a seat until a moment, waiting for one, and somebody whose link writes nothing any more."""
    cafe = factories.cafe(room_capacity=1)
    asked, waits = factories.registration(cafe, firm=False), factories.registration(cafe, firm=False)
    blocked, _ = factories.registration(cafe), factories.registration(cafe)
    factories.user(email=blocked.email, is_active=False)
    reminders.look_after_holds(timezone.now())
    return [asked, waits, blocked]


def answers_to_forms(page, post, cafe):
    """Sends forms empty, and then as people do: what is said then is a page of its own."""
    page.goto("/")
    page.get_by_role("button", name="ja", exact=True).click()
    page.locator("#antwoord").wait_for()
    page.get_by_text("De uitslag als tabel").click()
    yield page
    page.goto(f"{cafe.get_absolute_url()}#aanmelden")
    send = page.locator("form button", has_text="Meld je aan")
    send.click()
    page.locator(".error-summary").wait_for()
    yield page
    page.get_by_label("Online").check()
    page.get_by_label("Je naam").fill("Noor")
    page.get_by_label("Je e-mailadres").fill("noor@example.org")
    send.click()
    page.locator("#gelukt").wait_for()
    yield page
    page.goto(f"/bijdragen/{post.pk}/melden/")
    page.get_by_text("Het noemt de naam van een kind").click()
    page.get_by_label("Welke woorden?").fill("Zomaar iets")
    page.get_by_role("button", name="Meld dit").click()
    page.locator(".error-summary").wait_for()
    yield page
    page.goto("/denk-praat-doe-mee/")
    box = page.locator("#schrijf")
    send = box.get_by_role("button", name="Verstuur")
    send.click()
    page.locator(".error-summary").wait_for()
    yield page
    page.get_by_label("Jouw bijdrage").fill("Mijn zoon Daan vond een vast gezicht op school.")
    send.click()
    page.get_by_role("button", name="Toch plaatsen").wait_for()
    yield page
    page.get_by_label("Jouw bijdrage").fill("Een vast gezicht op school.")
    send.click()
    box.get_by_text("Foto, overleg of werkgebied erbij").click()
    yield page
    page.reload()  # the step has a page of its own
    yield page
    box.get_by_role("button", name="Klaar").first.click()
    page.locator(".error-summary").wait_for()
    yield page
    box.get_by_label("Je naam").fill("Noor")
    box.get_by_label("Je rol").select_option("ouder")
    box.get_by_label("Je e-mailadres").fill("noor@example.org")
    box.get_by_label("Onthoud mij op dit apparaat").check()
    box.get_by_role("button", name="Klaar").first.click()
    page.locator(".next-steps").wait_for()
    yield page
    page.goto("/denk-praat-doe-mee/")
    page.get_by_text("wijzig", exact=True).click()
    page.locator(f"#bijdrage-{post.pk}").get_by_role("link", name="Antwoord aan").first.click()
    page.locator(".post-reply form").wait_for()
    yield page
    yield from ones_own(page, Post.objects.latest("pk"))
    own = page.get_by_role("link", name="Wijzig je bijdrage").get_attribute("href")
    arabic = in_arabic(post, visitor=Post.objects.get(pk=own.split("/")[2]).visitor)
    theirs = (own.replace("wijzigen", "weghalen"), own.replace("wijzigen/", "?geplaatst"))
    for path in (own, *theirs, f"/bijdragen/{arabic.pk}/vertaling/"):
        page.goto(path)
        yield page
    page.goto("/wensbeelden/insturen/")
    page.get_by_role("button", name="Stuur in").click()
    page.locator(".error-summary").wait_for()
    yield page
    page.get_by_label("Een foto of tekening").set_input_files(photo())
    page.get_by_role("button", name="Weghalen").wait_for()
    yield page
    page.get_by_label("Wat zie je?").fill("Een plein in de zon")
    page.get_by_label("Je naam").fill("Noor")
    page.get_by_label("Op deze foto staan geen herkenbare kinderen").check()
    page.get_by_role("button", name="Stuur in").click()
    page.get_by_text("Haal je wensbeeld terug").click()
    yield page
    page.goto("/accounts/login/")
    page.get_by_label("Je e-mailadres").fill("noor@example.org")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Kijk in je mail").wait_for()
    yield page
    mailing.work()
    page.goto("/postvak/")
    expect(page.locator(".mails a")).to_have_text([re.compile(subject) for subject in SUBJECTS])
    mails = [link.get_attribute("href") for link in page.locator(".mails a").all()]
    for path in mails:
        page.goto(path)
        yield page
        page.goto(f"{path}opgemaakt/")
        yield page


def ones_own(page, post):
    """What one wrote, in a list; changing it, the friendly question about a name in it, and taking it away."""
    factories.post(parent=post)
    page.goto("/mijn-bijdragen/")
    yield page
    page.goto(f"/bijdragen/{post.pk}/wijzigen/")
    yield page
    page.get_by_label("Jouw bijdrage").fill("Bel mij op 06 12345678.")
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_text("Klopt dit?").wait_for()
    yield page
    page.goto(f"/bijdragen/{post.pk}/weghalen/")
    yield page
    page.get_by_role("button", name="Haal").click()
    page.get_by_role("button", name="Zet").wait_for()
    yield page
    page.get_by_role("button", name="Zet").click()


def photo(size: tuple[int, int] = (640, 480)) -> dict:
    """A small picture as a file to choose."""
    content = io.BytesIO()
    Image.new("RGB", size, "#ffc9b8").save(content, "JPEG")
    return {"name": "plein.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}
