"""Two coordinators press at the same moment; and how many queries the pages of gerichte acties take."""

import pytest
from django.utils import timezone

from inviting.actions.calling import call_for
from inviting.models import Call
from plan.missed import gaps
from plan.models import Harvest
from tests.helpers import factories
from tests.helpers.races import in_between
from tests.plan import helpers
from werkplaats.invited.models import Act, Kind, LinkFigure, month_of
from werkplaats.models import User


def missing() -> tuple[Harvest, User]:
    question = factories.question()
    helpers.voice(question, role=factories.role("ouder", plural="ouders"))
    return Harvest.objects.get(question=question), factories.user(email="c@example.org")


@pytest.mark.django_db(transaction=True)
def test_two_who_press_at_once_get_one_line():
    harvest, user = missing()
    gap = gaps(harvest)[0]
    made = []

    def press():
        made.append(call_for(gap, harvest, user))

    assert in_between(press, press) == []
    (first, is_first), (second, is_second) = made
    assert (first, is_first, is_second) == (second, True, False)
    assert Call.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_becomes_public_is_counted_once_by_two_jobs():
    this = month_of(timezone.localdate())

    def count():
        LinkFigure.objects.set(this, Kind.SITE, Act.PUBLIC, 7)

    assert not LinkFigure.objects.exists()  # opens the connection that is looked for
    assert in_between(count, count) == []
    assert list(LinkFigure.objects.values_list("counted", "told")) == [(7, 7)]


@pytest.fixture
def client(client, settings):
    settings.DEMO = True  # no second factor
    client.force_login(factories.coordinator())
    return client


def lines(harvest: Harvest, number: int) -> None:
    for gap in gaps(harvest)[:number]:
        call, _ = call_for(gap, harvest, None)
        LinkFigure.objects.create(
            month=month_of(timezone.localdate()), kind=Kind.CALL, act=Act.SENT, link=call.link, counted=6, told=6
        )


@pytest.fixture
def harvest() -> Harvest:
    for name in ("leerkracht", "directeur"):
        factories.role(name)
    return missing()[0]


# The session, the user, and the right to see it: superusers need no more.
LOGGED_IN = 2


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_as_many_queries_for_three_lines_as_for_one(client, harvest, number, django_assert_num_queries):
    lines(harvest, number)
    client.get("/beheer/inviting/call/")
    # How many there are and these; who is missing, two queries as no body ever met; what came of them.
    with django_assert_num_queries(LOGGED_IN + 5):
        page = client.get("/beheer/inviting/call/").text
    assert page.count("van hen hoorden we nog (bijna) niets") == number


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_line(client, harvest, number, django_assert_num_queries):
    lines(harvest, number)
    path = f"/beheer/acties/{Call.objects.order_by('pk')[0].pk}/"
    client.get(path)
    with django_assert_num_queries(LOGGED_IN + 5):
        client.get(path)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_the_figures(client, harvest, number, django_assert_num_queries):
    lines(harvest, number)
    client.get("/beheer/acties/cijfers/")
    with django_assert_num_queries(LOGGED_IN + 1):
        assert f"<td>{6 * number}</td>" in client.get("/beheer/acties/cijfers/").text


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_who_is_missing_takes_one_query_more_for_the_lines(client, harvest, number, django_assert_num_queries):
    lines(harvest, number)
    path = f"/beheer/werkbank/wie-ontbreekt/?over=o{harvest.pk}"
    client.get(path)
    with django_assert_num_queries(LOGGED_IN + 5):
        assert client.get(path).text.count("Actie: nog niet") == number
