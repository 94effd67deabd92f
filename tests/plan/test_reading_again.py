"""Words that changed since they were laid, voices that come back, and decisions that are still to come."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from plan.actions import laying, publishing, stacks
from plan.actions.outcomes import Refused
from plan.models import Choice, Destination, Fragment, Publication
from posts.models import Post
from tests.helpers import factories
from tests.plan import helpers, telling
from tests.plan.heard_helpers import decided, write
from tests.plan.heard_helpers import lay as lay_on
from tests.plan.heard_helpers import publish as publish_harvest
from tests.plan.telling import finish, lay, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(desk, settings):
    settings.DEMO = True
    desk.anouk.let_sort(True)
    desk.browser = Client()
    desk.browser.force_login(desk.anouk)
    desk.bench = f"/beheer/werkbank/{desk.harvest.pk}/"
    lay(desk, *desk.voices[:2])
    finish(desk.lines, desk.anouk)
    laying.settle(desk.harvest.pk, helpers.seen(desk.voices[2]), desk.anouk, choice=Choice.ANSWER, words="op dinsdag")
    return desk


def change(voice: Fragment) -> None:
    Post.objects.filter(pk=voice.post_id).update(text="Ik ben TEGEN.")


@pytest.mark.parametrize("number", [0, 2])
def test_words_that_changed_are_read_again_before_they_are_published(desk, number):
    change(desk.voices[number])
    with pytest.raises(Refused, match="Nog niet alles heeft een plek"):
        publish(desk)
    link = f"{desk.bench}stapels/{desk.lines.pk}/" if number == 0 else f"{desk.bench}?stem={desk.voices[2].pk}"
    for page in ("afronden/", "openbaar/"):
        shown = desk.browser.get(desk.bench + page).text
        assert "1 stem is gewijzigd sinds je die neerlegde. Lees opnieuw:" in shown and f'href="{link}"' in shown
        assert "Publiceer en vertel" not in shown
    assert "De woorden zijn gewijzigd sinds" in desk.browser.get(link).text


def test_an_answer_of_its_own_may_still_be_right(desk):
    voice = desk.voices[2]
    change(voice)
    ((pk, seen),) = helpers.seen(voice).items()
    sent = {"stem": f"{pk}.{seen.version}.{seen.source_version}", "doe": "klopt", "erbij": "1"}
    assert desk.browser.post(f"{desk.bench}stap/", sent).status_code == 302
    assert Destination.objects.get(fragment=voice).words == "op dinsdag"
    assert publish(desk).voices.count() == 3


def test_only_what_lies_alone_has_an_answer_that_may_still_be_right(desk):
    ((pk, seen),) = helpers.seen(desk.voices[0]).items()
    sent = {"stem": f"{pk}.{seen.version}.{seen.source_version}", "doe": "klopt"}
    assert desk.browser.post(f"{desk.bench}stap/", sent).status_code == 409


def test_a_voice_that_comes_back_while_it_is_published_is_looked_at_again(desk, monkeypatch):
    """A moderator puts back the only voice of a stack, behind what was counted of it."""
    gone = helpers.voice(desk.question)
    lay(desk, gone, on=desk.wait)
    finish(desk.wait, desk.anouk, heard="Niemand wacht.")
    gone.post.remove(None, "kwetsend")
    keep = publishing._keep_heard

    def and_then_it_is_back(publication):
        keep(publication)
        Fragment.objects.filter(pk=gone.pk).update(live=True)

    monkeypatch.setattr(publishing, "_keep_heard", and_then_it_is_back)
    with pytest.raises(Refused, match="Er is iets veranderd"):
        publish(desk)
    assert not Publication.objects.exists()


def test_what_is_decided_is_decided_on_a_day_that_was(desk):
    tomorrow = decided(Choice.NOT) | {"decided_on": timezone.localdate() + timedelta(days=1)}
    with pytest.raises(ValidationError, match="Deze dag komt nog"):
        stacks.choose(desk.harvest.pk, desk.lines.pk, telling.version(desk.lines), desk.anouk, **tomorrow)
    card = helpers.card(desk.voices[0], desk.lines)
    with pytest.raises(ValidationError, match="Deze dag komt nog"):
        laying.decide(desk.harvest.pk, card.pk, card.version, desk.anouk, **tomorrow)
    page = desk.browser.get(f"{desk.bench}stapels/{desk.lines.pk}/").text
    assert f'max="{timezone.localdate():%Y-%m-%d}"' in page


def test_an_idea_with_a_refusal_of_its_own_does_not_stand_under_a_proposal(db):
    held = factories.sticker_round(groups=1, ideas=0, cycle=factories.cycle())
    ideas = [factories.idea(held.groups.get(), text=text) for text in ("Kennis reist.", "Een fietsenhok.")]
    harvest = ideas[0].fragment.harvest
    stack = write(helpers.stack(harvest), "Laat kennis reizen.")
    lay_on(stack, *(idea.fragment for idea in ideas))
    address = publish_harvest(harvest).get_absolute_url()
    link = f'href="{held.get_absolute_url()}#idee-{ideas[1].pk}"'
    assert link in Client().get(address).text
    card = helpers.card(ideas[1].fragment, stack)
    laying.decide(harvest.pk, card.pk, card.version, helpers.sorter(), **decided(Choice.NOT))
    publish_harvest(harvest, changed="Eén idee doen we niet.")
    shown = Client().get(address).text
    assert "Kennis reist." in shown and "Een fietsenhok." not in shown
    assert link not in Client().get(f"{address}?versie=1").text
