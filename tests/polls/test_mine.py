"""Wensbeelden and ideas under «Jouw bijdragen»: for who is logged in."""

import re

import pytest

from polls.rounds.models.ideas import Doubt, Idea
from polls.wensbeelden.models import Wensbeeld
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from werkplaats.people import visitors
from werkplaats.people.models import User

pytestmark = pytest.mark.django_db
MINE = "/mijn-bijdragen/"


@pytest.fixture
def visitor():
    return visitors.own(User.objects.confirmed("fatima@example.org"))


@pytest.fixture
def group():
    return factories.sticker_round(stage="ideas", groups=1, ideas=1).groups.get()


def shown(visitor, path: str = MINE) -> str:
    main = browser_of(visitor).get(path).text.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_what_became_of_wensbeelden(visitor):
    factories.wensbeeld(visitor=visitor, text="Elk kind gezien", published=False)
    assert "Wacht op een moderator" in shown(visitor)
    Wensbeeld.objects.get().publish()
    assert "Staat online" in shown(visitor)
    Wensbeeld.objects.get().remove(None, "Het is reclame.")
    page = shown(visitor)
    assert "Weggehaald, want: Het is reclame." in page and "Elk kind gezien" in page


def test_a_wensbeeld_is_taken_back_from_here(visitor):
    sent = factories.wensbeeld(visitor=visitor)
    browser = browser_of(visitor)
    assert f'action="/wensbeelden/{sent.pk}/terughalen/"' in browser.get(MINE).text
    browser.post(f"/wensbeelden/{sent.pk}/terughalen/")
    assert not Wensbeeld.objects.exists()


@pytest.mark.parametrize(
    ("become", "told", "changes"),
    [
        (lambda idea: None, "Staat op de lijst", True),
        (lambda idea: idea.hide(None, "Dit is geen idee."), "Weggehaald, want: Dit is geen idee.", False),
        (lambda idea: idea.hide(None, Doubt.LINKS), "Wacht op een begeleider. Een begeleider kijkt eerst", False),
        (lambda idea: factories.sticker(idea, 1), "Staat op de lijst", False),
        (lambda idea: type(idea.round).objects.update(stage="stickers"), "Staat op de lijst", False),
        (
            lambda idea: Idea.objects.join(idea.round, list(Idea.objects.values_list("pk", flat=True)), "Samen leren."),
            "Staat op de lijst. Het is samengevoegd met andere ideeën tot «Samen leren.»",
            False,
        ),
    ],
    ids=["on the list", "hidden", "waits", "scored", "later", "joined"],
)
def test_what_became_of_an_idea(visitor, group, become, told, changes):
    idea = factories.idea(group, visitor=visitor, text="Kennis reist.")
    become(idea)
    assert f"Kennis reist. {told}" in shown(visitor)
    page = browser_of(visitor).get(MINE).text
    assert (f"/ideeen/{idea.pk}/" in page) == changes
    assert page.count("Je schreef op") == 1  # that of another in the group is not theirs


def test_a_browser_alone_shows_neither(group):
    stranger = factories.visitor()
    factories.wensbeeld(visitor=stranger, text="Elk kind gezien")
    factories.idea(group, visitor=stranger, text="Kennis reist.")
    factories.post(visitor=stranger)
    page = shown(stranger)
    assert "Elk kind gezien" not in page and "Kennis reist." not in page
    assert "ook je wensbeelden en ideeën" in page


def test_the_rest_is_shown_when_it_is_asked_for(visitor):
    for number in range(22):
        factories.wensbeeld(visitor=visitor, text=f"beeld {number}.")
    page = shown(visitor)
    assert len(re.findall(r"beeld \d+\.", page)) == 20 and "Toon al je wensbeelden en ideeën" in page
    assert len(re.findall(r"beeld \d+\.", shown(visitor, f"{MINE}?alles"))) == 22
