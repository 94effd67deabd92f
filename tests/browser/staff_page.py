"""Every page of the back office, on the demo's content, and what coordinators and people with a log-in see besides."""

from datetime import timedelta

from django.conf import settings
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from events import tokens
from events.models.cafes import Cafe
from inviting.models import Call
from polls.rounds.models.rounds import Group
from polls.voting.models import Poll
from polls.wensbeelden.models import Wensbeeld
from posts.models.questions import Question
from tests.browser.every_page import COORDINATOR
from tests.events import mailing
from tests.helpers import factories
from werkplaats.people.models import User

# Actions that ask something before they are done, and the list on which there is something to do for them.
ASKED = [
    *(("posts_post", "", action) for action in ("remove", "set_apart", "move", "give_themes", "erase")),
    ("posts_post", "?toestand=over-een-kind", "keep_longer"),
    ("posts_post", "?toestand=wacht", "reject"),
    *(("polls_wensbeeld", "", action) for action in ("remove", "set_apart", "erase")),
    *(("polls_idea", "", action) for action in ("hide", "erase")),
]


def log_in(page, user: User | None = None) -> None:
    """Makes the browser the user's (the demo's coordinator's), without the way through the mailed code."""
    client = Client()
    client.force_login(user or User.objects.get(email=COORDINATOR))
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": settings.SITE_URL}])


def staff_pages(page):
    """Opens the back office, logged in: "Vandaag", and of every model its list, its form to add, and its first row."""
    log_in(page)
    for path in [*staff_paths(), cafes_of_ones_own()]:
        page.goto(path)
        yield page
    yield from leading_a_round(page)
    yield from leading_a_cafe(page)
    yield from pages_that_ask(page)


def pages_that_ask(page):
    """What stands between choosing an action and doing it."""
    ahead = Cafe.objects.filter(starts_at__gt=timezone.now(), registrations__seat="room").first()
    cancelling = ("events_registration", f"?stand=zaal&cafe__id__exact={ahead.pk}", "cancel")
    for name, query, action in [*ASKED, cancelling]:
        page.goto(reverse(f"admin:{name}_changelist") + query)
        page.locator("input[name=_selected_action]").first.check()
        page.locator("select[name=action]").select_option(action)
        page.get_by_role("button", name="Uitvoeren").click()
        page.locator("form .submit-row [type=submit]").wait_for()
        yield page
    page.goto(reverse("admin:polls_poll_change", args=[Poll.objects.get(on_landing_page=True).pk]))
    page.locator("[name=choices-0-text]").fill("Ja, graag")
    page.locator("[name=_save]").first.click()
    page.get_by_role("button", name="Maak er een nieuwe keuze van").wait_for()
    yield page


def cafes_of_ones_own() -> str:
    """With a place, a place in the queue, a cancellation and a café that has been."""
    user = User.objects.get(email=COORDINATOR)
    user.emailaddress_set.get_or_create(email=user.email, defaults={"verified": True, "primary": True})
    for fields in [{}, {"online_capacity": 0, "room_capacity": 1}, {"title": "Afgemeld"}, {"title": "Geweest"}]:
        cafe = factories.cafe(**fields)
        if fields.get("room_capacity"):
            factories.registration(cafe)
        made = factories.registration(cafe, email=user.email)
        if cafe.title == "Afgemeld":
            made.cancel()
        if cafe.title == "Geweest":
            cafe.starts_at, cafe.ends_at = (timezone.now() - timedelta(days=2), timezone.now() - timedelta(hours=46))
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
    page.locator("summary", has_text="Terug naar een eerdere stap").press("Enter")
    page.get_by_role("button", name="Terug naar ideeën").press("Enter")
    page.get_by_role("button", name="Open het plakken").wait_for()
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
    admin_page = reverse("admin:events_cafe_change", args=[cafe.pk])
    for path in paths_of_a_cafe(cafe):
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


def paths_of_a_cafe(cafe: Cafe) -> list[str]:
    person = cafe.registrations.exclude(seat=None).first()
    return [
        f"{reverse('admin:events_registration_changelist')}?cafe__id__exact={cafe.pk}",
        *(reverse(f"admin:events_cafe_{name}_view", args=[cafe.pk]) for name in ("print", "call_off")),
        reverse("events:check_in", args=[cafe.slug, tokens.entry_token(person)]),
        f"{reverse('events:door', args=[cafe.slug])}?q=xyzzy",
    ]


def staff_paths() -> list[str]:
    request = RequestFactory().get("/")
    request.user = User.objects.get(email=COORDINATOR)
    question = Question.objects.current()
    paths = ["/beheer/", "/beheer/avg/termijnen/", "/accounts/2fa/", "/accounts/logout/"]
    paths.append(reverse("admin:posts_question_harvest", args=[question.pk]))
    paths += [reverse("inviting:call", args=[call.pk]) for call in Call.objects.all()[:2]]
    paths.append(reverse("inviting:figures"))
    paths += [reverse("admin:polls_poll_results", args=[poll.pk]) for poll in Poll.objects.all()]
    pictured = Wensbeeld.objects.exclude(picture=None).first()
    paths.append(reverse("admin:polls_wensbeeld_change", args=[pictured.pk]))
    for model, model_admin in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        paths.append(reverse(f"{name}_changelist"))
        if model_admin.has_add_permission(request):
            paths.append(reverse(f"{name}_add"))
        if row := model._default_manager.first():
            paths.append(reverse(f"{name}_change", args=[row.pk]))
            paths.append(reverse(f"{name}_history", args=[row.pk]))
            if model_admin.has_delete_permission(request, row):
                paths.append(reverse(f"{name}_delete", args=[row.pk]))
    return paths
