"""Giving voices a destination, and telling who was second what another did."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from plan.actions import laying, stacks
from plan.actions.outcomes import Refused, Seen, Why
from plan.models import Act, Choice, Destination, Fragment
from posts.models import Post
from tests.helpers import factories
from tests.plan import helpers
from tests.plan.helpers import card, lies_on, seen, shown

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 3)


def test_laying_gives_voices_a_destination(desk):
    first, second, third = desk.voices
    came = desk.lay(first, second, quotes={first.pk: (0, 12)})
    assert (came.done, came.lost, bool(came)) == ([first.pk, second.pk], [], True)
    assert desk.harvest.voices_left == 1
    assert (lies_on(first), lies_on(second), lies_on(third)) == (["Wachten"], ["Wachten"], [])
    laid = card(first, desk.wait)
    assert (laid.is_quote, laid.quote_from, laid.quote_to, laid.by) == (True, 0, 12, desk.anouk)
    act = Act.objects.get(number=came.version)
    assert (act.by, act.verb, act.stack, act.fragments) == (desk.anouk, "lay", desk.wait, [first.pk, second.pk])
    assert str(act) == "Anouk legde 2 stemmen op «Wachten»"
    desk.harvest.refresh_from_db()
    assert desk.harvest.version == act.number == laid.version == Fragment.objects.get(pk=first.pk).version


def test_who_was_second_hears_what_the_other_did(desk):
    voice = desk.voices[0]
    page = seen(*desk.voices)
    desk.lay(voice)
    came = desk.lay(page=page, on=desk.lines, by=desk.joris)
    assert came.done == [voice.pk for voice in desk.voices[1:]]
    (lost,) = came.lost
    assert (lost.pk, lost.why, lost.now) == (voice.pk, Why.OTHER, {"stacks": ["Wachten"]})
    assert lost.told == "Anouk legde deze stem op «Wachten»."
    assert lost.act.by == desk.anouk
    assert lies_on(voice) == ["Wachten"]
    came = desk.lay(voice, on=desk.lines, by=desk.joris, also=True)
    assert (bool(came), lies_on(voice)) == (True, ["Wachten", "Korte lijnen"])
    assert Fragment.objects.get(pk=voice.pk).destinations == 2


def test_also_needs_what_was_seen_too(desk):
    voice = desk.voices[0]
    page = seen(voice)
    desk.lay(voice)
    came = desk.lay(page=page, on=desk.lines, by=desk.joris, also=True)
    assert (came.lost[0].why, lies_on(voice)) == (Why.OTHER, ["Wachten"])


def test_the_same_step_sent_twice_is_one(desk):
    page = seen(*desk.voices)
    first, again = desk.lay(page=page), desk.lay(page=page)
    assert (again.done, again.lost, again.act, again.version) == (first.done, [], None, first.version)
    assert Destination.objects.count() == 3


def test_words_that_changed_are_read_first(desk):
    voice = desk.voices[0]
    page = seen(voice)
    Post.objects.filter(pk=voice.post_id).update(text="Ik bedoelde iets anders.")
    assert desk.lay(page=page).lost[0].why == Why.WORDS
    assert desk.lay(voice).done == [voice.pk]


@pytest.mark.parametrize("state", ["held", "withdrawn", "removed", "refused", "erased"])
def test_what_may_not_be_read_is_not_laid(desk, state):
    voice = desk.voices[0]
    page = seen(voice)
    factories.become(voice.post, state)
    assert desk.lay(page=page).lost[0].why == Why.GONE
    assert lies_on(voice) == []


def test_a_voice_of_another_harvest_or_none_is_not_laid(desk):
    other = helpers.voice(factories.question(current=False))
    came = desk.lay(page={**seen(other), 0: Seen(0, 1)})
    assert [lost.why for lost in came.lost] == [Why.GONE, Why.GONE]
    elsewhere = helpers.stack(other.harvest)
    with pytest.raises(Refused, match=r"^Deze stapel is er niet meer\.$"):
        desk.lay(desk.voices[0], on=elsewhere)
    with pytest.raises(Refused, match=r"^Deze opbrengst is er niet meer\.$"):
        laying.lay(0, desk.wait.pk, {}, desk.anouk)


@pytest.mark.parametrize("marks", [(0, 9999), (3, 3), (5, 2), (-1, 4)])
def test_a_quote_is_in_the_text(desk, marks):
    voice = desk.voices[0]
    with pytest.raises(ValidationError, match="Markeer de woorden"):
        desk.lay(voice, quotes={voice.pk: marks})
    assert lies_on(voice) == []


def test_moving_and_taking_off(desk):
    first, second, third = desk.voices
    desk.lay(first, second, third)
    cards = [card(voice, desk.wait) for voice in desk.voices]
    came = laying.move(desk.harvest.pk, desk.lines.pk, shown(*cards[:2]), desk.joris)
    assert (len(came.done), lies_on(first), desk.harvest.voices_left) == (2, ["Korte lijnen"], 0)
    page = shown(cards[0], cards[2])
    laying.take_off(desk.harvest.pk, shown(cards[2]), desk.anouk)
    assert (lies_on(third), desk.harvest.voices_left) == ([], 1)
    came = laying.move(desk.harvest.pk, desk.wait.pk, page, desk.joris)
    (lost,) = came.lost
    assert (came.done, lost.why) == ([cards[0].pk], Why.GONE)
    assert lost.told == "Anouk haalde deze stem van een stapel."


def test_a_card_that_another_moved_stays_there(desk):
    voice = desk.voices[0]
    desk.lay(voice)
    page = shown(card(voice, desk.wait))
    laying.move(desk.harvest.pk, desk.lines.pk, page, desk.anouk)
    for act in (laying.take_off, lambda *args: laying.move(args[0], desk.wait.pk, *args[1:])):
        (lost,) = act(desk.harvest.pk, page, desk.joris).lost
        assert (lost.why, lost.now["stack"]) == (Why.OTHER, "Korte lijnen")
        assert lost.told == "Anouk verplaatste deze stem naar «Korte lijnen»."
    assert lies_on(voice) == ["Korte lijnen"]


def test_moving_to_where_it_lies_too_leaves_one_with_what_only_the_other_had(desk):
    voice = desk.voices[0]
    desk.lay(voice, quotes={voice.pk: (0, 6)})
    desk.lay(voice, on=desk.lines, also=True)
    goes = card(voice, desk.wait)
    laying.decide(desk.harvest.pk, goes.pk, goes.version, desk.anouk, choice="next")
    laying.move(desk.harvest.pk, desk.lines.pk, shown(goes), desk.anouk)
    stays = card(voice, desk.lines)
    assert lies_on(voice) == ["Korte lijnen"]
    assert (stays.choice, stays.is_quote, stays.quote_to) == ("next", True, 6)
    assert Fragment.objects.get(pk=voice.pk).destinations == 1


def test_settling_gives_a_choice_without_a_stack(desk):
    voice = desk.voices[0]
    why = {"choice": Choice.NOT, "words": "dit gaat over de bushalte", "decided_by": "het bestuur", "decided_on": DAY}
    came = laying.settle(desk.harvest.pk, seen(voice), desk.anouk, **why)
    assert (came.done, desk.harvest.voices_left, lies_on(voice)) == ([voice.pk], 2, [""])
    assert card(voice).chosen == why
    page = seen(voice)
    assert laying.settle(desk.harvest.pk, page, desk.joris, choice="good").act is None
    assert card(voice).choice == Choice.NOT


CHOICES = [
    ({}, {"choice"}),
    ({"choice": "weg"}, {"choice"}),
    ({"choice": "answer"}, {"words"}),
    ({"choice": "taken_up", "words": ""}, {"words"}),
    ({"choice": "not", "words": "te duur"}, {"decided_by", "decided_on"}),
    ({"choice": "not", "words": "te duur", "decided_by": "bestuur"}, {"decided_on"}),
]


@pytest.mark.parametrize(("chosen", "fields"), CHOICES)
def test_a_choice_says_what_it_needs(desk, chosen, fields):
    with pytest.raises(ValidationError) as refusal:
        laying.settle(desk.harvest.pk, seen(desk.voices[0]), desk.anouk, **chosen)
    assert refusal.value.message_dict.keys() == fields
    assert desk.harvest.voices_left == 3


def test_a_choice_keeps_nothing_that_it_does_not_ask(desk):
    voice = desk.voices[0]
    laying.settle(desk.harvest.pk, seen(voice), desk.anouk, choice="good", words="x", decided_by="y", decided_on=DAY)
    assert card(voice).chosen == {"choice": "good", "words": "", "decided_by": "", "decided_on": None}


def test_a_card_has_a_choice_of_its_own_or_that_of_its_stack(desk):
    voice, loose = desk.voices[:2]
    desk.lay(voice)
    laying.settle(desk.harvest.pk, seen(loose), desk.anouk, choice="good")
    own = card(voice, desk.wait)
    laying.decide(desk.harvest.pk, own.pk, own.version, desk.anouk, choice="answer", words="dat kan al")
    lost = laying.decide(desk.harvest.pk, own.pk, own.version, desk.joris, choice="good").lost[0]
    assert (lost.now["words"], lost.told) == ("dat kan al", "Anouk gaf deze stem een eigen keuze.")
    again = card(voice, desk.wait)
    laying.decide(desk.harvest.pk, again.pk, again.version, desk.joris)
    assert card(voice, desk.wait).choice == ""
    with pytest.raises(ValidationError):
        laying.decide(desk.harvest.pk, card(loose).pk, card(loose).version, desk.joris)


def test_a_quote_is_good_for_the_words_that_were_read(desk):
    voice = desk.voices[0]
    desk.lay(voice)
    mine = card(voice, desk.wait)
    version = voice.source_version
    asked = {"source_version": version, "is_quote": True, "begin": 0, "end": 6}
    assert laying.quote(desk.harvest.pk, mine.pk, mine.version, desk.anouk, **asked).done == [mine.pk]
    Post.objects.filter(pk=voice.post_id).update(text="Kort.")
    voice.refresh_from_db()
    mine = card(voice, desk.wait)
    assert mine.source_version != voice.source_version  # «De bron veranderde»
    (lost,) = laying.quote(desk.harvest.pk, mine.pk, mine.version, desk.anouk, **asked).lost
    assert lost.why == Why.WORDS
    asked["source_version"] = voice.source_version
    with pytest.raises(ValidationError, match="Markeer"):
        laying.quote(desk.harvest.pk, mine.pk, mine.version, desk.anouk, **asked)
    laying.quote(desk.harvest.pk, mine.pk, mine.version, desk.anouk, **asked | {"begin": None, "end": None})
    mine = card(voice, desk.wait)
    assert (mine.is_quote, mine.quote_from, mine.source_version) == (True, None, voice.source_version)
    asked["is_quote"] = False
    laying.quote(desk.harvest.pk, mine.pk, mine.version, desk.anouk, **asked)
    assert not card(voice, desk.wait).is_quote


def test_every_kind_of_voice_has_words(desk):
    factories.wensbeeld(text="Een open deur")
    factories.poll(placed_with=desk.question)
    factories.sticker_round(groups=1, ideas=1)
    helpers.note(desk.harvest, "minder papier")
    voices = Fragment.objects.with_words()
    assert {voice.kind for voice in voices} == {"post", "wensbeeld", "idea", "poll", "note"}
    assert {"Een open deur", "minder papier", "Heb jij een wensbeeld voor Passend Onderwijs?"} <= {
        voice.text for voice in voices
    }


def test_a_new_stack_takes_the_first_free_key_and_the_voices_along(desk):
    first, second, third = desk.voices
    page = seen(first, second)
    desk.lay(second)
    came = stacks.make(desk.harvest.pk, "Uren in de bus", desk.joris, page)
    made = desk.harvest.stacks.get(pk=came.made)
    assert (made.key, came.done, [lost.pk for lost in came.lost]) == ("E", [first.pk], [second.pk])
    assert lies_on(first) == ["Uren in de bus"]
    assert str(came.act) == "Joris maakte de stapel «Uren in de bus»"
    assert lies_on(third) == []
