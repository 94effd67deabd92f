"""A person who is erased may be named in a sentence of the plan: it is shown, and why it changed can go."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from plan import privacy
from plan.actions import writing
from plan.models import Plan, Wording
from tests.helpers import factories
from werkplaats.privacy.traces import Traces

pytestmark = pytest.mark.django_db
NAMED = Traces.of([], ["Kanarina Zwaluw"], [])


@pytest.fixture
def reworded(plan) -> Wording:
    plan.publish()
    writing.reword(plan.first.pk, "Elk kind praat mee.", 1, plan.by, why="Kanarina Zwaluw vroeg dit")
    plan.publish()
    return plan.first.wordings.get(number=2)


def test_why_a_sentence_changed_is_found_and_goes_from_the_public_page_too(plan, reworded):
    page = Client().get("/plan/zin/1.1/").text
    assert "Kanarina Zwaluw vroeg dit" in page
    found = privacy.elsewhere(NAMED)
    assert found == {"plan.Wording": [reworded.pk]}
    (line,) = privacy.read(found)
    assert (line.kind, line.url) == ("zin van het plan", f"/beheer/werkbank/plan/zin/{plan.first.pk}/")
    version = Plan.objects.get().version
    assert privacy.wipe("plan.Wording", [reworded.pk]) == 1
    reworded.refresh_from_db()
    assert (reworded.why, reworded.text) == ("", "Elk kind praat mee.")
    assert Plan.objects.get().version > version
    assert "Kanarina" not in Client().get("/plan/zin/1.1/").text


def test_nobody_writes_another_reason(reworded):
    with pytest.raises(DatabaseError, match="published_wording_stays"), transaction.atomic():
        Wording.objects.filter(pk=reworded.pk).update(why="zomaar")


def test_a_contribution_of_another_is_shown_and_never_erased_by_a_tick(reworded):
    post = factories.post(text="Wat Kanarina Zwaluw zei, herken ik.")
    (line, *_) = [each for each in privacy.read(privacy.elsewhere(NAMED)) if each.label == "posts.Post"]
    assert (line.url, line.goes) == (f"/beheer/posts/post/{post.pk}/change/", "")
    assert "posts.Post" not in privacy.elsewhere(NAMED, own={"posts.Post": [post.pk]})
