"""What a coordinator finds: contributions by their words or by how the address begins, people by address or name."""

from functools import partial

import pytest

from posts.finding import keeping
from tests.helpers import factories

pytestmark = pytest.mark.django_db

POSTS, GUESTS, USERS = ("/beheer/posts/post/", "/beheer/events/registration/", "/beheer/werkplaats/user/")


@pytest.fixture
def search(client, settings):
    """A function that gives which of these rows a list shows for what is typed in its box."""
    settings.DEMO = True
    client.force_login(factories.coordinator())

    def search(address: str, typed: str, rows: list) -> list:
        html = client.get(address, {"q": typed}).text
        return [row for row in rows if f'href="{address}{row.pk}/change/' in html]

    return search


def test_contributions_are_found_by_the_same_words_whoever_may_read_them(search):
    shown = factories.post(text="Jeugdhulp hoort op school.", name="Zoë", email="zoe.elmas@example.org")
    waits = factories.post(text="Kleine steden hebben dat niet.", name="Bo", meeting="Teamoverleg", published=False)
    removed = factories.post(text="Het kind van de buren.", name="Cem", email="%@example.org")
    removed.remove(by=None, reason="weg")
    keeping.add_lemmas()
    rows = [shown, waits, removed]
    for typed, found in {
        "hulp": [shown],
        "zoe": [shown],
        "zoe.elm": [shown],
        "ZOE.ELMAS@example.org": [shown],
        "elmas": [],
        "%": [removed],
        "stad": [waits],
        "teamoverleg": [waits],
        "kinderen": [removed],
        "jeugdhlup": [shown],  # a letter wrong
        "de het": [],
        "van de": [removed],
        "school kind": [],
        "-school": [waits, removed],
        "": rows,
        '"': [],
        "x" * 5000: [],
    }.items():
        assert search(POSTS, typed, rows) == found, typed


def test_erased_words_are_found_by_nobody(search):
    post = factories.post(text="Iets eigenaardigs.", name="Eigenheimer")
    keeping.add_lemmas()
    assert search(POSTS, "eigenaardig", [post]) == [post]
    post.erase(None)
    assert search(POSTS, "eigenaardig", [post]) == search(POSTS, "eigenheimer", [post]) == []


@pytest.mark.parametrize("address", [GUESTS, USERS])
def test_people_are_found_by_address_or_name_or_the_start_of_either(search, address):
    cafe = factories.cafe()
    make = partial(factories.registration, cafe) if address == GUESTS else factories.user
    zoe = make(name="Zoë van den Berg", email="z.berg@school.example")
    jan = make(name="Jan Åkerman", email="jan@example.org")
    rows = [zoe, jan]
    for typed, found in {
        "zoe": [zoe],
        "ZOË V": [zoe],
        "van den b": [zoe],
        "berg zoe": [zoe],
        "z.berg@school.example": [zoe],
        "z.be": [zoe],
        "ake": [jan],
        "jan@": [jan],
        "piet": [],
    }.items():
        assert search(address, typed, rows) == found, typed
