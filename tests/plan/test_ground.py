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
    round = factories.sticker_round(groups=1, ideas=3)
    one, two, alone = round.ideas.order_by("pk")
    for idea in (one, alone):
        score(idea, roles["ouder"], 4, 1, 1)
    for sticker in list(one.stickers.all())[:2]:
        factories.sticker(two, 3, sticker.visitor)  # the most favourable counts
    assert of(Fragment.objects.get(idea=alone)).words == "ouders 4 groen, 1 blauw, 1 rood"
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


# Ideas that are joined: nothing is told of a part and of the whole


@pytest.fixture
def joining(roles):
    """Of idea 0 and 1 ten people each are told, of idea 2 two: one red of an ouder, one green of a leerkracht."""
    round = factories.sticker_round(groups=1, ideas=3)
    ideas = list(round.ideas.order_by("pk"))
    for idea in ideas[:2]:
        score(idea, roles["ouder"], 5)
        score(idea, roles["leerkracht"], 5)
    score(ideas[2], roles["ouder"], 0, 0, 1)
    score(ideas[2], roles["leerkracht"], 1)
    return ideas


def join(*ideas, text: str = "Samen"):
    return ideas[0].round.ideas.join(ideas[0].round, [idea.pk for idea in ideas], text)


def words(idea) -> str:
    found = of(Fragment.objects.get(idea=idea))
    return found.words if found else ""


ONE = "ouders 5 groen, 0 blauw, 0 rood; leerkrachten 5 groen, 0 blauw, 0 rood"
TWO = "ouders 10 groen, 0 blauw, 0 rood; leerkrachten 10 groen, 0 blauw, 0 rood"
ALL = "ouders 10 groen, 0 blauw, 1 rood; leerkrachten 11 groen, 0 blauw, 0 rood"


def test_a_wording_of_which_a_part_was_told_is_not_told(joining):
    first, _, few = joining
    assert words(first) == ONE
    assert words(few) == ""
    assert words(join(first, few)) == ground.RESTS, "the difference is two people"


def test_a_part_of_a_wording_that_was_told_is_not_told_nor_is_another_wording_with_it(joining):
    whole = join(*joining)
    assert words(whole) == ALL
    whole.take_apart(None)
    assert [words(idea) for idea in joining] == [ground.RESTS] * 3
    other = join(*joining[:2], text="Twee")
    assert words(other) == ground.RESTS
    other.take_apart(None)
    assert words(join(*joining)) == ALL, "the same ideas again are the same wording"


def test_also_where_nothing_was_told_of_the_whole_its_part_is_not(roles):
    """That nothing is told tells something: of six ouders it would have been told, so the red one is of another."""
    round = factories.sticker_round(groups=1, ideas=2)
    many, one = round.ideas.order_by("pk")
    score(many, roles["ouder"], 5)
    score(one, roles["leerkracht"], 0, 0, 1)
    whole = join(many, one)
    assert words(whole) == ""
    whole.take_apart(None)
    assert words(many) == words(one) == ground.RESTS


@pytest.mark.parametrize("away", ["erased", "hidden"])
def test_it_holds_when_the_wording_or_an_idea_goes(joining, away):
    whole = join(*joining)
    assert words(whole) == ALL
    if away == "erased":
        whole.erase()
        assert words(join(*joining[:2], text="Twee")) == words(joining[2]) == ground.RESTS
    else:
        joining[2].hide(None, "kwetsend")
        assert words(whole) == ALL, "it stays what it was, and never gets the difference"
        joining[2].refresh_from_db()
        joining[2].restore()
        assert words(whole) == ALL


def test_a_wording_may_grow_by_what_was_told_nowhere_as_if_so_many_more_voted(joining, roles):
    whole = join(*joining[:2])
    assert words(whole) == TWO
    assert words(join(whole, joining[2])) == TWO, "two more people tell nothing"
    score(joining[2], roles["ouder"], 4)
    score(joining[2], roles["leerkracht"], 4)
    assert words(whole) == "ouders 14 groen, 0 blauw, 1 rood; leerkrachten 15 groen, 0 blauw, 0 rood"


def test_of_a_part_and_its_whole_that_are_asked_for_at_once_the_first_is_told(joining):
    whole = join(*joining[:2])
    voices = {idea.pk: Fragment.objects.get(idea=idea) for idea in (joining[0], whole)}
    found = grounds_of([voice.pk for voice in voices.values()])
    assert found[voices[joining[0].pk].pk].words == ONE
    assert found[voices[whole.pk].pk].words == ground.RESTS
    assert grounds_of([voice.pk for voice in voices.values()]) == found


@pytest.mark.django_db(transaction=True)
def test_of_two_who_look_at_a_part_and_at_its_whole_at_the_same_moment_one_is_told():
    """Both read that nothing was told of it yet."""
    ouder = factories.role("ouder", plural="ouders")
    round = factories.sticker_round(groups=1, ideas=2)
    one, two = round.ideas.order_by("pk")
    score(one, ouder, 5)
    score(two, ouder, 5)
    whole = join(one, two)
    voices = [Fragment.objects.get(idea=idea) for idea in (whole, one, two)]
    rows = [ground.read([voice.pk])[0] for voice in voices]
    ready = Barrier(3)

    def tell_it(row) -> set[int]:
        try:
            ready.wait()
            return ground.keep(row)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        told = set().union(*pool.map(tell_it, rows))
    assert told and (told == {voices[0].pk} or voices[0].pk not in told)
    assert [of(voice).words != ground.RESTS for voice in voices] == [voice.pk in told for voice in voices]
