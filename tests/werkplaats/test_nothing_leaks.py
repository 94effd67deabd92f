"""What a participant of a café told is for who may see it: every address of the site, asked by everyone who may not."""

import io
import re
import zipfile
from itertools import product

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import RegexPattern

from events import tokens as links
from events.models.registrations import Registration
from posts import tokens
from tests.events import mailing
from tests.events.test_one_answer import without_tokens
from tests.helpers import factories
from werkplaats.mutes import links as mutes

pytestmark = pytest.mark.django_db

TOLD = {
    "name": "Xanthippe Zwartvogel",
    "email": "xanthippe.zwartvogel@geheim.example",
    "wishes": "Ik ben allergisch voor xylofoons",
    "question": "Mag mijn kwikstaart mee?",
}
FOR_WHO_HAS_THE_PLACE = {"route": "Sleutelcode 7391", "online_link": "https://geheim.example/kamer"}
SECRETS = ["zwartvogel", "xylofoons", "kwikstaart"]
PLACES = ["sleutelcode", "geheim.example/kamer"]
QUERIES = ["", "?q=xanthippe&zoek=xanthippe&stand=zaal"]


@pytest.fixture
def cafe():
    return factories.cafe(room_capacity=1, **FOR_WHO_HAS_THE_PLACE, topic=factories.question())


@pytest.fixture
def participant(cafe) -> Registration:
    return factories.registration(cafe, **TOLD)


@pytest.fixture
def attendee(participant) -> Registration:
    """Somebody else, who waits for the room of the same café."""
    return factories.registration(participant.cafe, email="ander@example.org")


@pytest.fixture
def confirmed():
    user = factories.user(email="ander@example.org")
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def addresses(values: dict[str, list], resolver=None, before: str = "/") -> list[str]:
    """Every address that the site has, with each of the values that fit."""
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        route = str(pattern.pattern)
        if isinstance(pattern.pattern, RegexPattern):
            route = re.sub(r"\(\?P<(\w+)>[^()]*\)", r"<\1>", route).strip("^$")
        if hasattr(pattern, "url_patterns"):
            found += addresses(values, pattern, before + route)
        else:
            found += filled_in(before + route, values)
    return found


def filled_in(route: str, values: dict[str, list]) -> list[str]:
    names = [name or alone for _, name, alone in re.findall(r"<(?:(\w+):(\w+)|(\w+))>", route)]
    bare = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route)
    return [
        bare.format(**dict(zip(names, chosen)))
        for chosen in product(*(values.get(name, values["other"]) for name in names))
    ]


def all_of(answer) -> str:
    """Whatever an answer says: its head, its text, and the texts inside a file of a word or spreadsheet program."""
    body = answer.getvalue() if answer.streaming else answer.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            body = b" ".join(map(parts.read, parts.namelist()))
    return f"{dict(answer.headers)} {answer.cookies} {body.decode(errors='replace')}".lower()


def leaks(client: Client, paths: list[str], secrets: list[str]) -> list[str]:
    found = []
    for path in paths:
        said = all_of(client.get(path))
        found += [f"{path} tells {secret}" for secret in secrets if secret in said]
    return found


@pytest.fixture
def paths(cafe, participant, attendee) -> list[str]:
    """Each with the ids and slugs that lead to the participant, and with the key of somebody else."""
    values = {
        "slug": [cafe.slug, cafe.topic.slug],
        "token": [links.token(attendee)],
        "app_label": ["events", "werkplaats"],
        "url": ["events/registration"],
        "content_type_id": [ContentType.objects.get_for_model(Registration).pk],
        "other": [participant.pk],
    }
    cafe_paths = addresses({**values, "other": [cafe.pk]})
    found = {path for path in [*addresses(values), *cafe_paths] if "logout" not in path}
    assert len(found) > 200 and f"/beheer/events/registration/{participant.pk}/change/" in found
    return sorted(path + query for path in found for query in QUERIES)


def test_the_walk_can_see_it(client, coordinator, participant, paths):
    """The control: who may see it does, in the same walk."""
    own = all_of(Client().get(participant.get_absolute_url()))
    assert all(secret in own for secret in ["xylofoons", "kwikstaart", "sleutelcode"])
    told = leaks(client, [path for path in paths if "/registration/" in path], ["zwartvogel"])
    assert any("change/ tells" in each for each in told) and any("?q=xanthippe" in each for each in told)


def test_no_address_tells_a_stranger(paths):
    assert leaks(Client(), paths, SECRETS + PLACES) == []


def test_no_address_tells_another_attendee_who_is_logged_in(paths, confirmed, attendee):
    client = Client()
    client.force_login(confirmed)
    assert attendee.get_absolute_url() in client.get("/mijn-cafes/").text
    assert leaks(client, paths, SECRETS + PLACES) == []


def test_no_address_tells_staff_who_may_do_everything_else(settings, tmp_path, paths):
    settings.DEMO, settings.MAIL_DIR = True, tmp_path  # no second factor is asked, and no mail is shown
    user = factories.user(is_staff=True)
    user.user_permissions.set(Permission.objects.exclude(content_type__model="registration"))
    client = Client()
    client.force_login(user)
    assert client.get("/beheer/").status_code == 200
    assert leaks(client, paths, SECRETS) == []


def test_signing_up_under_an_address_tells_nothing_about_it(cafe, participant):
    guest = {"wish": "room", "name": "Iemand", "email": TOLD["email"]}
    answer = Client().post(f"/cafes/{cafe.slug}/aanmelden/", guest, follow=True)
    new = Client().post(f"/cafes/{cafe.slug}/aanmelden/", {**guest, "email": "n@example.org"}, follow=True)
    assert without_tokens(answer.text) == without_tokens(new.text)
    said = all_of(answer)
    assert not [secret for secret in SECRETS + PLACES if secret in said]


def test_a_key_opens_nothing_but_what_it_is_for(client, participant):
    """Each link that goes by mail, tried as each of the others."""
    cafe, post = participant.cafe, factories.post(email="noor@example.org", published=False)
    user = factories.coordinator(email="noor@example.org")
    doors = {
        "sign-up": f"/cafes/{cafe.slug}/aanmelding/%s/",
        "cancel": f"/cafes/{cafe.slug}/aanmelding/%s/afmelden/",
        "calendar": f"/cafes/{cafe.slug}/aanmelding/%s/agenda.ics",
        "post": "/bijdragen/bevestigen/%s/",
        "switches": "/mails/%s/",
    }
    keys = {
        "sign-up": links.token(participant),
        "entry": links.entry_token(participant),
        "post": tokens.make(post),
        "switches": mutes.switches_url(user, "summary").rstrip("/").rpartition("/")[2],
    }
    mailing.forget()
    fits = {("sign-up", "sign-up"), ("cancel", "sign-up"), ("calendar", "sign-up")}
    fits |= {("post", "post"), ("switches", "switches")}
    before = list(Registration.objects.values())
    for door, key in product(doors, keys):
        path = doors[door] % keys[key]
        answer = client.get(path)
        if (door, key) in fits:
            assert answer.status_code in (200, 302), path
            continue
        assert (answer.status_code, answer.get("Location")) == (404, None), path
        assert client.post(path).status_code in (404, 405), path
        assert not [secret for secret in [*SECRETS, *PLACES, "noor@"] if secret in all_of(answer)]
    assert list(Registration.objects.values()) == before and mailing.jobs() == []


def test_a_key_ends_with_the_sign_up_that_it_opens(client, participant):
    """It works until the sign-ups of a café are wiped, and then as if there had never been one."""
    url = participant.get_absolute_url()
    participant.delete()
    gone, never = client.get(url), client.get(url.replace("aanmelding/", "aanmelding/9"))
    assert (gone.status_code, never.status_code) == (404, 404)
    assert gone.text == never.text and "Deze link werkt niet" in gone.text
