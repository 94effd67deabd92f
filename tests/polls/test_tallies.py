"""Counts told in percent: whole ones, that add up."""

import pytest

from polls.tallies import in_percent
from tests.helpers import factories


@pytest.mark.parametrize(
    ("counts", "percents"),
    [
        ([], []),
        ([0, 0], [0, 0]),
        ([1, 1, 1], [34, 33, 33]),
        ([3, 3, 1], [43, 43, 14]),
        ([1, 1, 4], [17, 17, 66]),  # rounded apart these were 101
        ([4, 1, 1], [66, 17, 17]),
        ([1] * 7, [15, 15, 14, 14, 14, 14, 14]),
        ([999, 1, 0], [100, 0, 0]),
        ([5, 0, 0], [100, 0, 0]),
    ],
)
def test_percents_add_up(counts, percents):
    assert in_percent(counts) == percents


def test_they_always_do_and_are_never_a_percent_off():
    for a in range(12):
        for b in range(12):
            for c in range(1, 12):
                counts, total = [a, b, c, a + 1], 2 * a + b + c + 1
                found = in_percent(counts)
                assert sum(found) == 100
                assert all(abs(part - 100 * n / total) < 1 for part, n in zip(found, counts, strict=True))


@pytest.mark.django_db
def test_a_poll_adds_up(client):
    poll = factories.poll()
    choices = list(poll.choices.all())
    for choice in (*choices, *choices[:1] * 3):
        factories.vote(poll, factories.visitor(), choice)
    shown = type(poll).objects.shown_to(None, poll.slug)
    assert [option.percent for option in shown.options] == [66, 17, 17]
    page = client.get(poll.get_absolute_url()).text
    assert "66%" in page and page.count("17%") >= 2
