"""What a cookie alone opens: a stranger's own contributions and the answers to them, and nothing of a person.

The rest needs a log-in or a mailed link. Every address of the site is asked for by five browsers; the table says on
which pages each sees what.
"""

import re

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import resolve

from events import tokens as sign_ups
from inviting import tokens as invitations
from inviting.models import Consulent
from posts import tokens as posts
from tests.helpers import factories
from tests.helpers.browsers import browser_of, left_by
from tests.helpers.logging_in import ask_code
from tests.werkplaats.test_nothing_leaks import addresses, all_of
from werkplaats.mutes.links import switches_url
from werkplaats.people import visitors
from werkplaats.people.models import User

pytestmark = pytest.mark.django_db
EMAIL, STRANGERS = "eigenares@geheim.example", "ander@geheim.example"
# What is somebody's own, and the words that tell that a page shows it.
SECRETS = {
    "contribution": "eigenwoorden die wachten",
    "wensbeeld": "eigenwensbeeld dat wacht",
    "idea": "eigenidee in de groep",
    "sign-up": "eigennaam bij het cafe",
    "wishes": "eigenwens voor het eten",
    "consulent": "eigennaam bij de link",
    "address": EMAIL,
    "other address": STRANGERS,  # typed under a contribution on this device, proven by nobody
}
CODE_OF_A_GROUP = {"polls:group", "polls:ideas"}  # who has it reads the ideas of the group
LINKS = {"inviting:link", "inviting:link_cut_off"}
THE_QUESTION = {"posts:current", "posts:question", *LINKS}  # with one's own in it
OWN_WORDS = {
    "contribution": {"home", "mine", *THE_QUESTION, "posts:post", "posts:edit", "posts:withdraw"},
    "wensbeeld": {"polls:gallery", "polls:wensbeeld"},
    "idea": {*CODE_OF_A_GROUP, "polls:idea"},
}
# The pages on which each browser sees it. A page that is not in here shows nothing personal.
OPENS = {
    "no cookie": {"idea": CODE_OF_A_GROUP},
    "a stranger's cookie": {**OWN_WORDS, "contribution": {*OWN_WORDS["contribution"], "your_data", "your_data_file"}},
    "a cookie left behind": {"idea": CODE_OF_A_GROUP},
    "a log-in": {
        "contribution": OWN_WORDS["contribution"],
        "wensbeeld": {"mine", *OWN_WORDS["wensbeeld"]},
        "idea": {"mine", *OWN_WORDS["idea"]},
        "consulent": {"inviting:mine"},
        # Where the next code goes; what is kept is shown after it.
        "address": {"events:mine", "your_data", "your_data_file", "wipe_person"},
    },
    "a mailed link": {
        "contribution": {"posts:confirm"},
        "sign-up": {"events:registration"},
        "wishes": {"events:registration"},
        "consulent": {"inviting:mailed"},
        "address": {"switches"},
    },
}


@pytest.fixture(autouse=True)
def no_limits_of_another_test():
    caches["default"].clear()


@pytest.fixture
def user():
    return User.objects.confirmed(EMAIL)


@pytest.fixture
def own(user):
    """The visitor of somebody who did everything that one can do here."""
    visitor = visitors.own(user)
    question = factories.question()
    visitor.waiting = factories.post(
        question,
        visitor=visitor,
        text=SECRETS["contribution"],
        email=STRANGERS,
        published=False,
        asked_at="2026-11-01T00:00Z",
    )
    visitor.wensbeeld = factories.wensbeeld(visitor=visitor, text=SECRETS["wensbeeld"], published=False)
    visitor.round = factories.sticker_round(stage="ideas")
    visitor.group = visitor.round.groups.first()
    visitor.idea = factories.idea(visitor.group, visitor=visitor, text=SECRETS["idea"])
    visitor.group.members.create(round=visitor.round, visitor=visitor)
    factories.poll()
    visitor.sign_up = factories.registration(
        factories.cafe(), visitor_id=visitor.pk, email=EMAIL, name=SECRETS["sign-up"], wishes=SECRETS["wishes"]
    )
    visitor.consulent = Consulent.objects.invite(user, SECRETS["consulent"])
    return visitor


@pytest.fixture
def browsers(own):
    stranger = Client()
    stranger.cookies[visitors.COOKIE.name] = visitors.COOKIE.sign(own.pk.hex)
    left, logged_in = left_by(own), browser_of(own)
    return {
        "no cookie": Client(),
        "a stranger's cookie": stranger,
        "a cookie left behind": left,
        "a log-in": logged_in,
        "a mailed link": Client(),
    }


@pytest.fixture
def nobodys(own):
    """All of it is as if nobody had said yet whose it is."""
    visitors.Visitor.objects.filter(pk=own.pk).update(user=None)


@pytest.fixture
def paths(own, user):
    """Every address without a key in it; and those with one, which stand in mails."""
    known = {
        "slug": [own.waiting.question.slug, own.sign_up.cafe.slug, own.round.slug, "wensbeeld"],
        "code": [own.group.code],
        "token": ["x"],
        "app_label": ["posts"],
        "url": ["posts/post"],
        "content_type_id": [1],
    }
    found = set()
    for pk in {own.waiting.pk, own.wensbeeld.pk, own.idea.pk, own.sign_up.pk}:
        found |= set(addresses({**known, "other": [pk]}))
    mailed = {
        own.sign_up.get_absolute_url(),
        f"/cafes/{own.sign_up.cafe.slug}/aanmelding/{sign_ups.token(own.sign_up)}/",
        f"/bijdragen/bevestigen/{posts.make(own.waiting)}/",
        switches_url(user, "answers").removeprefix("http://testserver"),
        invitations.url_of(own.consulent).removeprefix("http://testserver"),
    }
    return {"anywhere": sorted(path for path in found if "logout" not in path), "mailed": sorted(mailed)}


def seen(browser: Client, paths: list[str]) -> dict[str, set[str]]:
    """By what is somebody's own, the names of the pages that show it."""
    shown: dict[str, set[str]] = {}
    for path in paths:
        said = all_of(browser.get(path))
        for name, words in SECRETS.items():
            if words in said:
                shown.setdefault(name, set()).add(resolve(path).view_name)
    return shown


@pytest.mark.parametrize("who", [who for who in OPENS if who != "a mailed link"])
def test_every_address_shows_what_the_table_says(browsers, paths, who, request):
    if who == "a stranger's cookie":
        request.getfixturevalue("nobodys")
    assert len(paths["anywhere"]) > 200
    assert seen(browsers[who], paths["anywhere"]) == OPENS[who]


def test_a_mailed_link_shows_what_it_is_for(browsers, paths):
    assert seen(browsers["a mailed link"], paths["mailed"]) == OPENS["a mailed link"]


def test_the_log_in_lists_the_sign_ups_and_the_cookie_does_not(browsers, own):
    title = own.sign_up.cafe.title
    assert title in browsers["a log-in"].get("/mijn-cafes/").text
    assert browsers["a cookie left behind"].get("/mijn-cafes/").url.startswith("/accounts/login/")


def test_a_code_for_a_contribution_tells_no_address_to_the_device(browsers, own, nobodys):
    """Who sits at a shared computer may ask for the code; where it goes is not theirs to read."""
    browser = browsers["a stranger's cookie"]
    page = browser.get(f"/bijdragen/{own.waiting.pk}/").text
    sent = dict(re.findall(r'name="(gezien[^"]*)" value="([^"]+)"', page))
    answer = browser.post(f"/bijdragen/{own.waiting.pk}/code/", sent, follow=True)
    assert "Vul je code in" in answer.text
    assert STRANGERS not in answer.text
    assert "het adres dat bij je bijdrage is ingevuld" in answer.text


def test_who_typed_an_address_to_log_in_sees_it(client):
    ask_code(client, STRANGERS)
    assert STRANGERS in client.get("/accounts/login/code/confirm/").text


def test_a_question_about_the_device_shows_no_address(browsers, nobodys):
    """«Was jij dat?» shows what the cookie showed."""
    browser = browsers["a stranger's cookie"]
    factories.user(email="b@example.org")
    page = browser.post("/accounts/login/code/confirm/", {"code": ask_code(browser, "b@example.org")}, follow=True).text
    assert SECRETS["contribution"] in page and SECRETS["wensbeeld"] in page
    assert not [name for name in ("sign-up", "wishes", "address", "other address") if SECRETS[name] in page]
