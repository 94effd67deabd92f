"""Every page there is, on the demo's content, for tests that go through all of them."""

import io
import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from events import links
from events.models import Cafe, Registration
from polls.models import Group, Poll, Wensbeeld
from posts import notices, tokens
from posts.models import Post, Question
from tests import factories
from tests.events import mailing
from werkplaats.models import Milestone, Motto, User

AXE = (Path(__file__).parent / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What may be another at another width; and in the dark, where only the colours are.
PLACES = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable", "button-name"]
PLACES += ["link-name", "label", "aria-hidden-focus"]
COLOURS = ["color-contrast", "link-in-text-block"]
JUDGE = """async ([rules, preload]) => {
  // A change of colour scheme may fade in, and half of a fade is no contrast.
  await Promise.all(document.getAnimations().map(animation => animation.finished));
  // Fetching every style sheet again serves one rule, about turned phones; the long proof does it.
  // The mail inside the page of the Postvak is judged on its own.
  const options = {runOnly: rules, resultTypes: ["violations"], preload, iframes: false};
  const {violations} = await axe.run(document, options);
  const places = nodes => nodes.slice(0, 3).map(node => node.target.join(" ")).join(" | ");
  const faults = violations.map(({id, nodes}) => `${id}: ${places(nodes)}`);
  const wide = document.scrollingElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) faults.push(`${wide} px wider than the screen`);
  const headings = document.querySelectorAll("h1").length;
  if (headings !== 1) faults.push(`${headings} h1 headings`);
  if (!document.title.trim()) faults.push("no title");
  return faults;
}"""
COORDINATOR = "coordinator@werkplaats.example"
SUBJECTS = ["Inloggen is niet nodig", "Zet je bijdrage online", "Je bent aangemeld"]  # the newest first
# Actions that ask something before they are done.
ASKED = [("posts_post", action) for action in ("remove", "reject", "move", "give_themes", "erase")]
ASKED += [("polls_wensbeeld", "remove"), ("polls_idea", "hide"), ("polls_idea", "erase")]


def judged(page):
    """The page, which from now on loads axe with all that it opens: sending it again and again takes longer."""
    page.add_init_script(AXE)
    return page


def faults_of(page, views, *, all_rules: bool = False) -> list[str]:
    """What is wrong with the page that is open, in words, at each (width in CSS pixels, dark or not).

    Elements are the same in every view: unless `all_rules`, later views are judged for what depends on the drawing.
    The page must have loaded axe: see `judged`.
    """
    faults, seen = [], set()
    for width, dark in views:
        page.set_viewport_size({"width": width, "height": 844 if width < 800 else 900})
        page.emulate_media(color_scheme="dark" if dark else "light")
        where = f"{page.url} at {width} px {'dark' if dark else 'light'}"
        # A mail stands inside the page of a mail program: landmarks are not its own.
        tags = RULES[:-1] if page.url.endswith("/opgemaakt/") else RULES
        rules = {"type": "tag", "values": tags}
        if seen and not all_rules:
            rules = {"type": "rule", "values": COLOURS if width in seen else PLACES}
        seen.add(width)
        faults += [f"{where}: {fault}" for fault in page.evaluate(JUDGE, [rules, all_rules])]
    return faults


def public_pages(page):
    """Opens all that a stranger can, one after another: pages, answers to forms, mails, and what is not there."""
    post = Post.objects.public().filter(parent=None, removed_at=None).first()
    cafes = list(Cafe.objects.public())
    full = Cafe.objects.public().filter(registrations__queued_for_room_at__isnull=False).first()
    waiting, also = Post.objects.waiting().exclude(role__is_pupil=True)[:2]
    # Two browsers wrote under one address, and one person asks which of it is theirs.
    Post.objects.filter(pk__in=[waiting.pk, also.pk]).update(email="noor@example.org")
    waiting.refresh_from_db()
    paths = [
        "/",
        "/denk-praat-doe-mee/",
        post.question.get_absolute_url(),
        post.get_absolute_url(),
        f"/bijdragen/{post.pk}/antwoord/",
        f"/bijdragen/{post.pk}/melden/",
        f"{post.question.get_absolute_url()}?zoek=school&volgorde=duimpjes",
        f"{post.question.get_absolute_url()}?zoek=xyzzy",
        f"{post.question.get_absolute_url()}uitnodigen/",
        f"{post.question.get_absolute_url()}praatkaart/",
        f"/bijdragen/bevestigen/{tokens.make(waiting)}/",
        urlsplit(notices.switches_url(User.objects.get(email=COORDINATOR), "summary")).path,
        "/apparaat/wissen/",
        "/bijdragen/bevestigen/geen-token/",
        "/apparaat/wissen/",
        "/huisregels/",
        "/peilingen/wensbeeld/",
        "/peilingen/waar-eerst/",
        "/wensbeelden/",
        *wensbeeld_pages(),
        "/wensbeelden/insturen/",
        "/cafes/",
        *{cafe.get_absolute_url() for cafe in (cafes[0], full, cafes[-1])},
        f"{cafes[-1].get_absolute_url()}uitnodiging/",
        *(row.get_absolute_url() for row in first_of_each_kind()),
        *states_of_a_sign_up(),
        f"{cafes[-1].get_absolute_url()}aanmelding/geen-token/",
        "/ontwerptrajecten/schoolondersteuningsprofiel/",
        "/ontwerptrajecten/inclusiever-werkgebied/",
        "/stickerrondes/sop-avond/",
        *sticker_pages(),
        "/programma/",
        "/over/",
        "/privacy/",
        "/toegankelijkheid/",
        "/postvak/",
        "/accounts/login/",
        "/bestaat-niet/",
    ]
    for path in paths:
        page.goto(path)
        yield page
    yield from answers_to_forms(page, post, cafes[-1])


def sticker_pages() -> list[str]:
    """The round of the demo that people can try."""
    path, group = "/stickerrondes/probeer-het-zelf/", Group.objects.get(name="lezers")
    pages = ["", "plakken/", "plakken/?idee=4", "mijn-stickers/", "volgende-persoon/"]
    return [*(path + page for page in pages), group.get_absolute_url()]


def wensbeeld_pages() -> list[str]:
    """One with a picture, one of words, reporting it, and a motto that nobody chose."""
    public = Wensbeeld.objects.public()
    empty = Motto.objects.create(text="verwondering", artwork=Motto.Artwork.BUBBLES, artwork_alt="Bellen").pk
    pictured, words = (
        public.filter(picture__isnull=bare).first().get_absolute_url() for bare in (False, True)
    )
    return [f"/wensbeelden/?motto={empty}", pictured, words, f"{pictured}melden/"]


def first_of_each_kind() -> list[Registration]:
    """Somebody with a seat, and somebody who waits for one."""
    ahead = Registration.objects.select_related("cafe").order_by("-cafe__starts_at", "pk")
    return [ahead.exclude(seat=None).first(), ahead.filter(seat=None).first()]


def states_of_a_sign_up() -> list[str]:
    """Who cancelled, who is asked in the last hours, and a café of which the sign-up is still to open."""
    now = timezone.now()
    full = factories.cafe(room_capacity=1, asks_from=now - timedelta(minutes=1))
    leaves, waits = factories.registration(full), factories.registration(full, wish="both", people=2)
    full.resize(room_capacity=2)
    leaves.cancel()
    later = factories.cafe(opens_at=now + timedelta(days=1))
    mailing.forget()
    return [each.get_absolute_url() for each in (leaves, waits, later)]


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
    page.goto("/denk-praat-doe-mee/")
    send = page.get_by_role("button", name="Plaats je bijdrage")
    send.click()
    page.locator(".error-summary").wait_for()
    yield page
    page.get_by_label("Jouw bijdrage").fill("Mijn zoon Daan vond een vast gezicht op school.")
    page.get_by_label("Je naam").fill("Noor")
    page.get_by_label("Je rol").select_option("ouder")
    page.get_by_label("E-mailadres").fill("noor@example.org")
    page.get_by_label("Onthoud mijn naam en rol op dit apparaat").check()
    send.click()
    page.get_by_role("button", name="Toch plaatsen").wait_for()
    page.get_by_text("Voeg een foto of tekening toe").click()
    yield page
    page.get_by_label("Jouw bijdrage").fill("Een vast gezicht op school.")
    send.click()
    page.locator(".post-state").wait_for()
    page.locator(f"#bijdrage-{post.pk}").get_by_role("link", name="Antwoord aan").click()
    page.locator(".post-reply form").wait_for()
    yield page
    yield from ones_own(page, Post.objects.latest("pk"))
    own = page.get_by_role("link", name="Wijzig je bijdrage").get_attribute("href")
    for path in (own, own.replace("wijzigen", "weghalen"), own.replace("wijzigen/", "?geplaatst")):
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
    """Changing what one wrote, the friendly question about a name in it, and taking it away."""
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


def log_in(page) -> None:
    """Makes the browser the coordinator's, without the way through the mailed code."""
    client = Client()
    client.force_login(User.objects.get(email=COORDINATOR))
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": settings.SITE_URL}])


def all_staff_pages(page):
    """As `staff_pages`, and of every model the pages to add, for its history and to delete, which look alike."""
    yield from staff_pages(page, look_alikes=True)


def staff_pages(page, *, look_alikes: bool = False):
    """Opens the back office, logged in: "Vandaag", and of every model its list, its form to add and its first row."""
    log_in(page)
    for path in [*staff_paths(look_alikes=look_alikes), cafes_of_ones_own()]:
        page.goto(path)
        yield page
    yield from leading_a_round(page)
    yield from leading_a_cafe(page)
    for name, action in ASKED:
        page.goto(reverse(f"admin:{name}_changelist"))
        page.locator("input[name=_selected_action]").first.check()
        page.locator("select[name=action]").select_option(action)
        page.get_by_role("button", name="Uitvoeren").click()
        page.locator("form .submit-row [type=submit]").wait_for()
        yield page


def cafes_of_ones_own() -> str:
    """With a place, a place in the queue, a cancellation and a café that has been."""
    user = User.objects.get(email=COORDINATOR)
    user.emailaddress_set.get_or_create(email=user.email, defaults={"verified": True, "primary": True})
    for fields in [
        {},
        {"online_capacity": 0, "room_capacity": 1},
        {"title": "Afgemeld"},
        {"title": "Geweest"},
    ]:
        cafe = factories.cafe(**fields)
        if fields.get("room_capacity"):
            factories.registration(cafe)
        made = factories.registration(cafe, email=user.email)
        if cafe.title == "Afgemeld":
            made.cancel()
        if cafe.title == "Geweest":
            cafe.starts_at, cafe.ends_at = (
                timezone.now() - timedelta(days=2),
                timezone.now() - timedelta(days=1),
            )
            cafe.save()
    mailing.forget()
    return "/mijn-cafes/"


def leading_a_round(page):
    """The coordinator's page with all that folds open, and a round that takes ideas, with a group that writes one."""
    page.goto("/stickerrondes/sop-avond/bediening/")
    page.get_by_role("button", name="Voeg samen").click()
    page.locator(".error-summary").wait_for()
    yield page
    page.goto("/stickerrondes/probeer-het-zelf/bediening/")
    page.get_by_role("button", name="Terug naar ideeën").click()
    page.locator("summary", has_text="QR-code").first.click()
    page.locator("summary", has_text="Verberg").first.click()
    yield page
    page.goto("/stickerrondes/probeer-het-zelf/")
    page.get_by_role("button", name="Doe mee").click()
    page.locator(".error-summary").wait_for()
    yield page
    page.goto(Group.objects.get(name="lezers").get_absolute_url())
    page.get_by_label("Jullie idee").fill("Laat een kind het voorlezen.")
    page.get_by_role("button", name="Zet op de lijst").click()
    page.get_by_text("Je idee staat op jullie lijst").wait_for()
    yield page
    page.get_by_role("link", name="Wijzig Laat een kind").click()
    page.get_by_label("Jullie idee").fill("")
    page.get_by_role("button", name="Bewaar").click()
    page.locator(".error-summary").wait_for()
    yield page


def leading_a_cafe(page):
    """Who comes, writing to them, moving it and calling it off as far as the mail that then goes, and at the door."""
    cafe = Cafe.objects.public().last()
    person = cafe.registrations.exclude(seat=None).first()
    admin_page = reverse("admin:events_cafe_change", args=[cafe.pk])
    paths = [
        f"{reverse('admin:events_registration_changelist')}?cafe__id__exact={cafe.pk}",
        *(reverse(f"admin:events_cafe_{name}_view", args=[cafe.pk]) for name in ("print", "call_off")),
        reverse("events:check_in", args=[cafe.slug, links.entry_token(person)]),
        f"{reverse('events:door', args=[cafe.slug])}?q=xyzzy",
    ]
    for path in paths:
        page.goto(path)
        yield page
    page.goto(reverse("events:door", args=[cafe.slug]))
    page.get_by_role("button", name="Is er").first.click()
    page.get_by_role("button", name="Toch niet").wait_for()
    yield page
    page.goto(reverse("admin:events_cafe_message_view", args=[cafe.pk]))
    look = page.get_by_role("button", name="Bekijk het bericht")
    look.click()
    page.locator(".errornote").wait_for()
    yield page
    page.get_by_label("Onderwerp").fill("De deur")
    page.get_by_label("Tekst").fill("Neem de zijdeur.")
    look.click()
    page.get_by_role("button", name="Stuur test naar mij").click()
    page.get_by_text("De proef gaat naar").wait_for()
    yield page
    page.goto(admin_page)
    page.get_by_label("Zaal en adres").fill("Het Dok")
    page.get_by_role("button", name="Opslaan", exact=True).click()
    page.get_by_role("button", name="Bewaar zonder mail").wait_for()
    yield page


def staff_paths(*, look_alikes: bool) -> list[str]:
    request = RequestFactory().get("/")
    request.user = User.objects.get(email=COORDINATOR)
    question = Question.objects.current()
    paths = ["/beheer/", "/accounts/2fa/", "/accounts/logout/"]
    paths.append(reverse("admin:posts_question_harvest", args=[question.pk]))
    paths += [reverse("admin:polls_poll_results", args=[poll.pk]) for poll in Poll.objects.all()]
    for model, model_admin in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        paths.append(reverse(f"{name}_changelist"))
        if look_alikes and model_admin.has_add_permission(request):
            paths.append(reverse(f"{name}_add"))
        if row := model._default_manager.first():
            paths.append(reverse(f"{name}_change", args=[row.pk]))
            if look_alikes or model in (Post, Milestone):
                paths.append(reverse(f"{name}_history", args=[row.pk]))
            if look_alikes and model_admin.has_delete_permission(request, row) or model is Milestone:
                paths.append(reverse(f"{name}_delete", args=[row.pk]))
    return paths
