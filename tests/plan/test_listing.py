"""The list of the desk: whoever walks it meets each voice once, in each order and from both ends."""

import pytest

from plan.actions import comparing
from plan.models import Compared, Fragment
from plan.reading.listing import ALIKE, MOST, OLDEST, Listing, Wanted
from posts.models import Thumb
from tests.helpers import factories
from tests.plan import helpers

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(desk):
    """Eight voices: five that were compared, one in another harvest, and two that came after; one has a thumb."""
    more = [helpers.voice(desk.question, text=f"Een woord over {name}.") for name in ("bussen", "klassen", "loketten")]
    comparing.compare(desk.harvest)
    elsewhere = helpers.voice(factories.question(current=False)).harvest
    Compared.objects.filter(pk=more[0].pk).update(harvest=elsewhere)
    for name in ("tolken", "toetsen"):
        helpers.voice(desk.question, text=f"Een woord over {name}.")
    Thumb.objects.wish(more[2].post_id, factories.visitor().pk, 1)
    return desk


def walked(listing: Listing, most: int = 20) -> list[int]:
    window = listing.from_start(set())
    met = []
    while window.chosen and window.chosen.pk not in met and len(met) < most:
        met.append(window.chosen.pk)
        window = listing.behind(window.chosen, set())
    return met


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("order", [ALIKE, OLDEST, MOST])
def test_each_is_met_once(desk, order, backwards):
    every = set(Fragment.objects.filter(harvest=desk.harvest).values_list("pk", flat=True))
    met = walked(Listing(desk.harvest, Wanted(order), backwards=backwards))
    assert len(met) == len(every) == 8
    assert set(met) == every
    assert met == walked(Listing(desk.harvest, Wanted(order), backwards=not backwards))[::-1]


@pytest.mark.parametrize("order", [ALIKE, OLDEST, MOST])
def test_what_stands_around_a_voice_is_what_comes_before_and_after_it(desk, order):
    listing = Listing(desk.harvest, Wanted(order))
    met = walked(listing)
    for number, pk in enumerate(met):
        window = listing.around(listing.find(pk))
        assert [row.pk for row in window.before] == met[max(number - 3, 0) : number]
        assert [row.pk for row in window.after] == met[number + 1 :]


def test_what_others_read_is_passed_over(desk):
    listing = Listing(desk.harvest, Wanted(OLDEST))
    first, second, third, *rest = walked(listing)
    assert listing.from_start({first}).chosen.pk == second
    assert listing.behind(listing.find(first), {second}).chosen.pk == third
    assert listing.behind(listing.find(rest[-1]), {first}).chosen.pk == second
    assert listing.from_start({first, second, third, *rest}).chosen.pk == first


def test_most_thumbs_stand_first(desk):
    thumbed = Fragment.objects.get(post__text="Een woord over loketten.")
    assert walked(Listing(desk.harvest, Wanted(MOST)))[0] == thumbed.pk
