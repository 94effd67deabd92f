"""Who sees the result of a poll and when; what coordinators see besides: the movement, and a spreadsheet."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.utils import timezone

from polls.voting.models import Ballot, Poll
from polls.voting.movement import movement_of
from tests.helpers import factories
from tests.helpers.browsers import as_visitor

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
LATER = "De uitslag komt als de peiling sluit, op"
VOTE_FIRST = "Je ziet de uitslag zodra je hebt gestemd."
SECRET = "De uitslag van deze peiling is niet openbaar."
SEEN = None


def history(poll, *votes: tuple[str, ...]) -> None:
    """For each person the choices they made, with the day of the month October 2026: «ja 5»."""
    choices = {choice.text: choice for choice in poll.choices.all()}
    for of_one in votes:
        visitor = factories.visitor()
        for number, vote in enumerate(of_one, start=1):
            text, day = vote.rsplit(" ", 1)
            at = datetime(2026, 10, int(day), 12, tzinfo=UTC)
            Ballot.objects.create(poll=poll, choice=choices[text], visitor=visitor, number=number, voted_at=at)


@pytest.mark.parametrize(
    ("shown", "stranger", "voter", "closed"),
    [
        ("always", SEEN, SEEN, SEEN),
        ("voted", VOTE_FIRST, SEEN, SEEN),
        ("closed", LATER, LATER, SEEN),
        ("never", SECRET, SECRET, SECRET),
    ],
)
def test_the_result_shows_when_the_coordinator_wants(client, shown, stranger, voter, closed):
    question = factories.question()
    closes_at = timezone.now() + timedelta(days=3)
    poll = factories.poll(results_shown=shown, closes_at=closes_at, placed_with=question)
    factories.vote(poll, factories.visitor(), poll.choices.first())
    visitor = factories.visitor()

    def pages():
        for path in ("/peilingen/wensbeeld/", "/", question.get_absolute_url(), "/denk-praat-doe-mee/"):
            yield client.get(path).text
        yield client.get("/peilingen/wensbeeld/", headers=HTMX).text

    def check(page: str, expected: str | None):
        told = [words for words in (LATER, VOTE_FIRST, SECRET) if words in page]
        assert told == ([expected] if expected else [])
        seen = ["% " in page, 'class="results"' in page, "<table" in page, " van 2 mensen" in page]
        assert any(seen[1:]) == (expected is SEEN)
        assert ("zonder te stemmen" in page) <= (expected is SEEN)

    for page in pages():
        check(page, stranger)
    as_visitor(client, visitor)
    data = {"choice": poll.choices.last().pk, "number": 1}
    check(client.post("/peilingen/wensbeeld/stem/", data, headers=HTMX).text, voter)
    for page in pages():
        assert "Je stemde «nog niet»" in page
        check(page, voter)
    Poll.objects.update(opens_at=None, closes_at=timezone.now())
    for page in pages():
        check(page, closed)
    client.cookies.clear()
    for page in pages():
        assert "Deze peiling is gesloten." in page
        check(page, closed)


def test_without_a_moment_to_close_the_sentence_names_none(client):
    poll = factories.poll(results_shown="closed")
    assert "De uitslag komt als de peiling sluit." in client.get("/peilingen/wensbeeld/").text
    poll.opens_at = timezone.now() + timedelta(days=2)
    poll.save()
    assert "De uitslag komt als de peiling sluit." in client.get("/peilingen/wensbeeld/").text


@pytest.mark.parametrize("shown", ["always", "voted", "closed", "never"])
def test_coordinators_always_see_the_result(client, coordinator, shown):
    poll = factories.poll(results_shown=shown)
    history(poll, ("nee 5", "ja 7"))
    for path in ("", f"{poll.pk}/change/"):
        page = client.get(f"/beheer/polls/poll/{path}").text
        assert "2 stemmen van 1 persoon" in page
        assert f"/beheer/polls/poll/{poll.pk}/uitslag/" in page
    assert "Van nee naar ja: 1 persoon" in client.get(f"/beheer/polls/poll/{poll.pk}/uitslag/").text


def test_the_result_as_a_table(client):
    poll = factories.poll(repeat_votes=False)
    history(poll, ("ja 5",), ("ja 5",), ("nee 6",))
    page = client.get("/peilingen/wensbeeld/").text
    table = page[page.index("<table") : page.index("</table>")]
    assert "3 mensen stemden." in page and "<caption>" in table
    assert '<th scope="row">ja</th><td class="number">2</td><td class="number">67%</td>' in table


def test_movement_is_from_each_vote_to_the_next():
    poll = factories.poll()
    history(
        poll,
        ("nog niet 5", "ja 7"),
        ("nog niet 5", "nog niet 6", "ja 7"),  # who says the same again does not move
        ("nog niet 6", "ja 8", "nog niet 9", "ja 10"),  # there and back: once a way
        ("ja 5", "nee 10"),
        ("nee 5",),
    )
    other = factories.poll(slug="ander", on_landing_page=False)
    history(other, ("nee 5", "ja 6"))
    movement = movement_of(Poll.objects.shown_to(None, "wensbeeld"))
    assert [(move.words, move.counts) for move in movement.moves] == [
        ("van nog niet naar ja: 3 mensen", [2, 1, 0, 1]),
        ("van ja naar nee: 1 persoon", [0, 0, 0, 1]),
        ("van ja naar nog niet: 1 persoon", [0, 0, 1, 0]),
    ]
    assert movement.unit == "day"
    assert movement.periods == [date(2026, 10, day) for day in (7, 8, 9, 10)]
    assert [(bar["x"], bar["height"]) for bar in movement.moves[0].bars] == [(1, 40), (11, 20), (31, 20)]
    assert [(move.before, people) for _, move, people in movement.rows][:2] == [("nog niet", 2), ("nog niet", 1)]


@pytest.mark.parametrize(
    ("days", "unit", "periods", "last", "name"),
    [
        (40, "week", 7, date(2026, 11, 16), "week van 16 november"),
        (500, "month", 17, date(2028, 2, 1), "februari 2028"),
    ],
)
def test_a_long_poll_moves_by_week_or_month(days, unit, periods, last, name):
    poll = factories.poll()
    history(poll, ("nee 1", "ja 7"), ("nee 2", "ja 8"))
    Ballot.objects.filter(number=2, voted_at__day=8).update(
        voted_at=datetime(2026, 10, 7, 23, 30, tzinfo=UTC) + timedelta(days=days)
    )
    movement = movement_of(Poll.objects.shown_to(None, "wensbeeld"))
    assert (movement.unit, len(movement.periods), movement.periods[-1]) == (unit, periods, last)
    assert movement.last.removesuffix(" 2026") == name
    assert sum(movement.moves[0].counts) == 2


def test_without_repeat_votes_there_is_no_movement_to_see(client, coordinator):
    poll = factories.poll(repeat_votes=False)
    visitor = factories.visitor()
    for choice in poll.choices.all():
        factories.vote(poll, visitor, choice)
    page = client.get(f"/beheer/polls/poll/{poll.pk}/uitslag/").text
    assert "telt ieder één keer" in page
    assert "1 stem van 1 persoon" in page


@pytest.mark.parametrize("people", [1, 3])
def test_queries_of_the_results_do_not_grow(client, coordinator, django_assert_num_queries, people):
    poll = factories.poll()
    history(poll, *[("nee 5", "ja 6", "nee 8")] * people)
    with django_assert_num_queries(7):  # session, user, which poll, its counts, the last votes, when, the steps
        client.get(f"/beheer/polls/poll/{poll.pk}/uitslag/")
    with django_assert_num_queries(9):  # and the votes per day, and that somebody took the file along
        client.get(f"/beheer/polls/poll/{poll.pk}/uitslag.xlsx")


def test_the_sheet_holds_text_and_no_formulas(client, coordinator):
    poll = factories.poll(question='=HYPERLINK("http://kwaad.example")')
    poll.choices.filter(text="ja").update(text="=1+1")
    poll.choices.filter(text="nee").update(text="http://kwaad.example")
    history(poll, ("nog niet 5", "=1+1 7"), ("http://kwaad.example 7",))
    response = client.get(f"/beheer/polls/poll/{poll.pk}/uitslag.xlsx")
    assert 'filename="peiling-wensbeeld-' in response["Content-Disposition"]
    with ZipFile(BytesIO(response.content)) as book:
        sheets = "".join(book.read(name).decode() for name in book.namelist() if "worksheets" in name)
        words = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheets
    assert "hyperlink" not in sheets.lower()
    for text in ("=1+1", "http://kwaad.example", "laatste stem van", "2026-10-07", "van", "nog niet"):
        assert f"<t>{text}</t>" in words


def test_results_are_for_coordinators_only(client, settings):
    settings.DEMO = True
    poll = factories.poll()
    client.force_login(factories.user(is_staff=True))
    for path in ("uitslag/", "uitslag.xlsx"):
        assert client.get(f"/beheer/polls/poll/{poll.pk}/{path}").status_code == 403
    client.force_login(factories.coordinator())
    for path in ("uitslag/", "uitslag.xlsx"):
        assert client.get(f"/beheer/polls/poll/{poll.pk + 1}/{path}").status_code == 404
    client.logout()
    assert client.get(f"/beheer/polls/poll/{poll.pk}/uitslag/").status_code == 302
