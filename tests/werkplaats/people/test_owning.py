"""A wensbeeld and an idea have no author, but may be a person's: then they change by them alone, logged in."""

import pytest
from django.test import Client

from polls.rounds.models.ideas import Idea
from polls.wensbeelden.models import Wensbeeld
from tests.helpers import factories
from tests.helpers.browsers import as_visitor, browser_of, left_by
from werkplaats.versions import named

pytestmark = pytest.mark.django_db


def made_by(visitor) -> list[tuple[str, dict]]:
    """What this visitor may do to what is theirs: addresses, with what the form sends."""
    wensbeeld = factories.wensbeeld(visitor=visitor)
    group = factories.sticker_round(groups=1, ideas=0, stage="ideas", slug="sop").groups.get()
    idea, other = (factories.idea(group, visitor=visitor) for _ in range(2))
    return [
        (f"/wensbeelden/{wensbeeld.pk}/terughalen/", {}),
        (f"/stickerrondes/sop/ideeen/{idea.pk}/", {"text": "Beter gezegd", "gezien": named([idea])}),
        (f"/stickerrondes/sop/ideeen/{other.pk}/weg/", {}),
    ]


def rows() -> list:
    return [*Wensbeeld.objects.values(), *Idea.objects.order_by("pk").values()]


def test_by_a_cookie_that_stayed_behind_nothing_of_theirs_changes():
    user = factories.user()
    visitor = factories.visitor(user=user)
    ways = made_by(visitor)
    before = rows()
    other = as_visitor(Client(), visitor)
    other.force_login(factories.user())
    for path, data in ways:
        assert left_by(visitor).post(path, data).url.startswith("/accounts/login/?next=/")
        assert as_visitor(other, visitor).post(path, data).status_code == 404
    assert rows() == before
    owner = Client()
    owner.force_login(user)
    for path, data in ways:
        assert "login" not in as_visitor(owner, visitor).post(path, data).url
    assert [idea.text for idea in Idea.objects.all()] == ["Beter gezegd"]
    assert not Wensbeeld.objects.exists()


def test_a_strangers_are_of_their_browser():
    visitor = factories.visitor()
    for path, data in made_by(visitor):
        assert "login" not in browser_of(visitor).post(path, data).url
    assert [idea.text for idea in Idea.objects.all()] == ["Beter gezegd"]
