"""No input gives a 5xx in the back office: every list, every page to add a row, every action, with odd values."""

import json

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from tests.helpers import factories
from tests.helpers.logging_in import log_in

pytestmark = pytest.mark.django_db(transaction=True)  # what PostgreSQL refuses spoils a transaction
ODD = ["xx", "(", "9" * 30, "-1", "1e999", "2026-13-45", "0001-01-01", "a" * 3000, "'", "é\u202e", "None", "1,2,x", ""]
LOOKUPS = ["", "__exact", "__regex", "__iregex", "__in", "__isnull", "__gte", "__year", "__id__exact", "__range"]
SELECTIONS = [["abc"], ["9" * 30], ["-1"], ["1", "abc", "\u202e"], []]


@pytest.fixture
def staff(settings):
    settings.DEMO = True
    call_command("loaddemo", verbosity=0)
    client = Client(raise_request_exception=False)
    client.force_login(factories.coordinator())
    return client


def pages(name: str) -> list[tuple[str, admin.ModelAdmin]]:
    """The page of this name of each table in the back office."""
    found = admin.site._registry.items()
    return [(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}"), each) for model, each in found]


def broken(client: Client, path: str, query: dict) -> list:
    return [(path, query)] if client.get(path, query).status_code >= 500 else []


@pytest.mark.prove
def test_every_list_takes_odd_filters_searches_and_orders(staff):
    found = []
    for path, each in pages("changelist"):
        fields = [field.name for field in each.opts.concrete_fields]
        for number, name in enumerate(fields):
            odd = ODD[number % len(ODD)]
            for lookup in LOOKUPS:
                found += broken(staff, path, {f"{name}{lookup}": odd})
        for parameter in ("q", "o", "p", "all", "e", "toestand", "_popup", "_to_field", "_facets"):
            for odd in ODD:
                found += broken(staff, path, {parameter: odd})
    assert found == []


@pytest.mark.prove
def test_every_page_to_add_a_row_takes_odd_values_beforehand(staff):
    found = []
    for path, each in pages("add"):
        fields = [*each.opts.fields, *each.opts.many_to_many]
        for odd in ODD:
            found += broken(staff, path, {field.name: odd for field in fields})
    assert found == []


@pytest.mark.parametrize(
    "address",
    [
        "posts/post/?name__regex=(",
        "posts/post/?created_at__range=xx",
        "polls/idea/?stood_for__in=1,2,x",
        "events/cafe/add/?starts_at=xx",
        "werkplaats/user/?e=1&o=999999999999999999999",
    ],
)
def test_an_odd_address_in_the_back_office_is_no_fault_of_ours(staff, address):
    assert staff.get(f"/beheer/{address}").status_code < 500


@pytest.mark.parametrize("offset", ["%2B16:00", "-23:59"])
def test_a_time_zone_that_postgresql_does_not_know_is_a_moment_like_others(staff, offset):
    question = factories.post().question.get_absolute_url()
    for path in (f"{question}?sinds=2026-01-01T00:00:00{offset}", f"{question}nieuw/?na=2026-01-01T00:00:00{offset}"):
        assert staff.get(path).status_code < 400


def test_every_action_takes_odd_ticks(staff):
    found, tried = [], 0
    for path, each in pages("changelist"):
        request = staff.get(path).wsgi_request
        for action in each.get_actions(request):
            for ticks in SELECTIONS:
                sent = {"action": action, "_selected_action": ticks, "index": "x", "select_across": "0"}
                tried += 1
                if staff.post(path, sent).status_code >= 500:
                    found.append((path, action, ticks))
    assert found == []
    assert tried > 100


def test_a_pasted_text_is_a_search_for_its_first_words(staff):
    asked = {"q": "samen " * 3000}
    assert staff.get("/beheer/posts/post/", asked).status_code == 200
    few, many = ({"q": " ".join(["samen"] * times)} for times in (8, 3000))
    page = staff.get("/beheer/posts/post/", few).context["cl"]
    assert page.result_count == staff.get("/beheer/posts/post/", many).context["cl"].result_count > 0


CREDENTIALS = [
    "[" * 100_000,
    "{}",
    "[]",
    "null",
    '"x"',
    json.dumps({"id": "x", "type": "public-key", "response": {}}),
    json.dumps({"id": "x", "rawId": "\ud800", "type": "public-key", "response": {"clientDataJSON": "é"}}),
    r'{"id": "\ud800"}',
    json.dumps({"id": 1, "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "AA", "signature": 7}}),
    "x",
    "",
]


@pytest.mark.parametrize("path", ["/accounts/2fa/webauthn/add/", "/accounts/2fa/webauthn/reauthenticate/"])
@pytest.mark.parametrize("credential", CREDENTIALS, ids=range(len(CREDENTIALS)))
def test_what_is_no_passkey_is_told_so(path, credential):
    client = Client(raise_request_exception=False)
    log_in(client, factories.coordinator().email)
    client.get(path)
    assert client.post(path, {"credential": credential, "name": "x"}, follow=True).status_code < 500


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "FOO", "TRACE"])
@pytest.mark.parametrize("path", ["/", "/beheer/", "/denk-praat-doe-mee/", "/bestaat-niet/", "/accounts/login/"])
def test_a_method_that_no_address_takes_is_405(method, path):
    answer = Client(enforce_csrf_checks=True).generic(method, path)
    assert answer.status_code == 405
    assert answer.headers["Allow"]
