"""No input gives a 5xx: every address of the site, with what scanners and broken programs send."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from events.models.cafes import Cafe
from polls.rounds.models.ideas import Idea
from polls.rounds.models.rounds import Group
from posts.models.questions import Question
from tests.helpers import factories

pytestmark = pytest.mark.django_db

QUERIES = [
    "q=%00&pagina=%00",
    "pagina=" + "9" * 5000,
    "pagina=-1&page=2147483648",
    "sorteer=%ff%fe&volgorde=' OR 1=1--",
    "next=https://evil.example&next=//evil.example",
    "x=" + "a" * 5000,
    "%d8%00=%ed%a0%80",
    "e=1&keuze=99999999999999999999&stem=x",
]
COOKIES = [
    {"sessie": "\x00", "bezoeker": "\x00", "csrf": "\x00"},
    {"sessie": "x" * 3000, "bezoeker": "a:b:c", "csrf": "kort", "messages": "x:y"},
    {"persoon": "x" * 3000, "bezoeker": "a:b"},
    {"bezoeker": "é", "persoon": "é", "sessie": "é", "messages": '"[[\\"__json_message\\"'},
]
VALUES = {"str": "x", "slug": "x", "int": 1, "id": 1, "path": "x", "uuid": "0" * 32, "code": "BCDF"}


def addresses() -> list[str]:
    """One address for every named pattern outside the admin, with values that mostly do not exist."""
    found = []
    for name, arguments in _named(get_resolver()):
        try:
            found.append(reverse(name, kwargs=arguments))
        except NoReverseMatch:
            pytest.fail(f"no address for {name} with {arguments}")
    return found


def _named(resolver, namespace=""):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            if pattern.namespace != "admin":
                inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                yield from _named(pattern, inner)
        elif pattern.name:
            kinds = {key: type(value).__name__ for key, value in pattern.pattern.converters.items()}
            kinds = {
                key: kind.removesuffix("Converter").lower().replace("string", "str") for key, kind in kinds.items()
            }
            yield f"{namespace}{pattern.name}", {key: VALUES[kind] for key, kind in kinds.items()}


@pytest.fixture
def site():
    """The demo's content, and addresses of rows that exist beside those that do not."""
    call_command("loaddemo", verbosity=0)
    cafe, question, post = Cafe.objects.first(), Question.objects.readable().first(), factories.post()
    return [
        *addresses(),
        cafe.get_absolute_url(),
        question.get_absolute_url(),
        post.get_absolute_url(),
        *sticker_addresses(),
        "/beheer/",
    ]


def sticker_addresses() -> list[str]:
    group, idea = Group.objects.last(), Idea.objects.last()
    slug, list_of_group = group.round.slug, group.get_absolute_url()
    names = [
        "round",
        "join",
        "desk",
        "place",
        "own_stickers",
        "next_person",
        "first_person",
        "control",
        "stage",
        "join_ideas",
        "sheet",
    ]
    pages = [reverse(f"polls:{name}", args=[slug]) for name in names]
    pages += [reverse(f"polls:{name}", args=[slug, idea.pk]) for name in ("idea", "next_idea", "hide_idea")]
    return [
        *pages,
        list_of_group,
        f"{list_of_group}lijst/",
        f"{list_of_group}idee/",
        group.round.cycle.get_absolute_url(),
    ]


def test_every_address_answers_a_stranger(site):
    client = Client(raise_request_exception=False)
    statuses = {path: client.get(path).status_code for path in site}
    assert {path: status for path, status in statuses.items() if status >= 500} == {}
    assert len(statuses) > 50
    assert sum(status == 200 for status in statuses.values()) > 15


def test_odd_queries_and_cookies_break_nothing(site):
    client = Client(raise_request_exception=False)
    broken = []
    for path in site:
        for query in QUERIES:
            broken += [(path, query)] if client.get(path, QUERY_STRING=query).status_code >= 500 else []
    for cookies in COOKIES:
        spoilt = Client(raise_request_exception=False)
        for name, value in cookies.items():
            spoilt.cookies[name] = value
        broken += [(path, cookies) for path in site if spoilt.get(path).status_code >= 500]
    assert broken == []


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/vragen/%00/",
        "/cafes/%ff/",
        "/media/..%2f..%2fetc/passwd",
        "/bijdragen/9223372036854775808/",
        "/bijdragen/" + "9" * 5000 + "/",
        "/postvak/%00/",
        "/beheer/posts/post/%00/change/",
        "//evil.example/%2e%2e",
    ],
)
def test_odd_paths_are_not_there(site, path):
    answer = Client(raise_request_exception=False).get(path)
    assert answer.status_code in (302, 400, 404), answer.status_code
    assert "evil.example" not in answer.headers.get("Location", "")


def test_odd_forms_break_nothing(site):
    client = Client(raise_request_exception=False)
    odd = {
        "text": "\x00\u202e" * 100,
        "email": "a@b\r\nBcc: c@d.nl",
        "name": "x" * 10_000,
        "choice": "9" * 30,
        "role": "-1",
        "seat": "\ud800".encode("utf-8", "surrogatepass"),
        "code": "\x00",
        "idea": "9" * 5000,
        "colour": "\u202e",
        "stage": "\x00",
        "reason": "\x00",
        "ideas": "9" * 30,
        "value": "1e999",
        "number": "9" * 5000,
    }
    broken = {path: client.post(path, odd).status_code for path in site}
    assert {path: status for path, status in broken.items() if status >= 500} == {}
