"""Common ground: figures by role for coordinators, words for everyone, and nobody betrayed by looking again."""

from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from threading import Barrier

import pytest
from django.db import connection

from plan.models import Fragment, Ground
from plan.reading import ground
from plan.reading.ground import grounds_of
from polls.rounds.models.stickers import Sticker
from posts.models.thumbs import Thumb
from tests.helpers import factories
from tests.plan import helpers
from werkplaats.people.models import Role


@pytest.fixture
def roles(db) -> dict[str, Role]:
    names = [("ouder", "ouders"), ("leerkracht", "leerkrachten"), ("consulent", "consulenten")]
    return {name: factories.role(name, plural=plural, position=place) for place, (name, plural) in enumerate(names)}


def give(post, role, up: int, down: int = 0) -> None:
    for value in [1] * up + [-1] * down:
        Thumb.objects.wish(post.pk, factories.visitor(role=role).pk, value)


def score(idea, role, *colours: int) -> None:
    for colour, times in enumerate(colours, start=1):
        for _ in range(times):
            sticker = factories.sticker(idea, colour)
            Sticker.objects.filter(pk=sticker.pk).update(role=role)


def of(voice: Fragment):
    return grounds_of([voice.pk]).get(voice.pk)


def test_figures_by_role_and_the_lowest(roles):
    voice = helpers.voice()
    assert of(voice) is None
    give(voice.post, roles["ouder"], 8, 1)
    give(voice.post, roles["leerkracht"], 11, 3)
    found = of(voice)
    assert found.words == "ouders 8 van 9, leerkrachten 11 van 14"
    assert found.lowest.name == "leerkrachten" and found.common == Fraction(23, 30)
    assert [group.share() for group in found.groups] == [Fraction(17, 20), Fraction(23, 30)]
    assert found.in_public == ""


def test_who_never_said_their_role_stands_there_as_such_and_is_never_the_lowest(roles):
    voice = helpers.voice()
    give(voice.post, None, 1, 5)
    give(voice.post, roles["ouder"], 5)
    found = of(voice)
    assert found.words == "ouders 5 van 5, onbekend 1 van 6"
    assert found.lowest.name == "ouders"


def test_few_are_withheld_with_company_and_the_totals_tell_nothing(roles):
    voice = helpers.voice()
    give(voice.post, roles["ouder"], 8, 1)
    give(voice.post, roles["leerkracht"], 6)
    give(voice.post, roles["consulent"], 0, 2)
    assert of(voice).words == "ouders 8 van 9 (en nog 8)"


def test_one_more_thumb_changes_no_figure_whoever_looks_and_when(roles):
    voice = helpers.voice()
    give(voice.post, roles["ouder"], 8, 1)
    give(voice.post, roles["leerkracht"], 6)
    told = of(voice)
    for _ in range(4):
        give(voice.post, roles["ouder"], 0, 1)
        assert of(voice) == told
    give(voice.post, roles["ouder"], 1)
    assert of(voice).words == "ouders 9 van 14, leerkrachten 6 van 6"
    Thumb.objects.filter(role=roles["leerkracht"]).first().delete()
    assert of(voice).words == "ouders 9 van 14, leerkrachten 6 van 6", "who took it back is not betrayed either"


def test_words_in_public_come_after_closing_and_hold_no_figure(roles):
    voice = helpers.voice()
    give(voice.post, roles["ouder"], 8, 1)
    give(voice.post, roles["leerkracht"], 4, 2)
    give(voice.post, roles["consulent"], 3, 3)
    give(voice.post, None, 0, 5)
    factories.question().make_current()  # closes the other
    found = of(voice)
    assert found.in_public == (
        "bijna alle ouders, de meeste leerkrachten, ongeveer de helft van de consulenten, rol onbekend: weinig"
    )
    assert not any(sign.isdigit() for sign in found.in_public)


def test_of_an_idea_all_three_colours_and_each_person_once_for_a_wording(roles):
    round = factories.sticker_round(groups=1, ideas=2)
    one, two = round.ideas.order_by("pk")
    score(one, roles["ouder"], 4, 1, 1)
    for sticker in list(one.stickers.all())[:2]:
        factories.sticker(two, 3, sticker.visitor)  # the most favourable counts
    voice = Fragment.objects.get(idea=one)
    assert of(voice).words == "ouders 4 groen, 1 blauw, 1 rood"
    wording = round.ideas.join(round, [one.pk, two.pk], "Samen")
    joined = Fragment.objects.get(idea=wording)
    assert of(joined).words == "ouders 4 groen, 1 blauw, 1 rood"
    assert of(joined).in_public == ""
    round.stage = "result"
    round.save()
    assert of(joined).in_public == "ouders de meeste groen, weinig blauw, weinig rood"


def test_two_queries_the_first_time_and_one_from_then_on_whatever_the_number(roles, django_assert_num_queries):
    question = factories.question()
    voices = [helpers.voice(question) for _ in range(3)]
    for voice in voices:
        give(voice.post, roles["ouder"], 5)
    for pks in ([voices[0].pk], [voice.pk for voice in voices]):
        with django_assert_num_queries(2):
            assert len(grounds_of(pks)) == len(pks)
        with django_assert_num_queries(1):
            assert len(grounds_of(pks)) == len(pks)


def test_nothing_of_it_stays_when_the_voice_is_erased(roles):
    voice = helpers.voice()
    give(voice.post, roles["ouder"], 5)
    of(voice)
    assert Ground.objects.exists()
    voice.post.erase(None)
    assert not Ground.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_look_at_once_read_the_same():
    """Between their looks somebody gives a thumb: who is second reads what the first was told."""
    ouder = factories.role("ouder", plural="ouders")
    voice = helpers.voice()
    give(voice.post, ouder, 5)
    first, _ = ground.read([voice.pk])
    give(voice.post, ouder, 0, 1)
    second, _ = ground.read([voice.pk])
    assert ground.keep(second) == {voice.pk}
    assert ground.keep(first) == set(), "the first comes too late"
    assert of(voice).words == "ouders 5 van 6"
    give(voice.post, ouder, 5)
    ready = Barrier(4)

    def look(_) -> str:
        try:
            ready.wait()
            return of(voice).words
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(look, range(4))) == {"ouders 10 van 11"}
    assert Ground.objects.get().version == 2
