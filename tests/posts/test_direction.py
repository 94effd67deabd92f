"""A name that reads from right to left stands apart, beside numbers and other names."""

import pytest

from tests.helpers import factories

pytestmark = pytest.mark.django_db
NAME, MEETING = "محمد", "אסיפת הורים"


@pytest.fixture
def post():
    root = factories.post(name=NAME, meeting=MEETING, meeting_size=14)
    deep = factories.post(parent=factories.post(parent=root, name=NAME), name="Bo")
    factories.post(parent=deep, name="Els")
    return root


def test_on_pages(client, post):
    page = client.get(post.question.get_absolute_url()).text
    assert f'dir="auto">{NAME}</' in page
    assert f"namens een overleg: <bdi>{MEETING}</bdi>, 14 mensen" in page
    assert f"<h1>Antwoord aan <bdi>{NAME}</bdi></h1>" in client.get(f"/bijdragen/{post.pk}/antwoord/").text


def test_in_the_back_office(client, coordinator, post):
    page = client.get("/beheer/posts/post/").text
    assert f"namens <bdi>{MEETING}</bdi>" in page and f"Antwoord op <bdi>{NAME}</bdi>:" in page
    assert f"Bijdrage van \u2068{NAME}\u2069" in client.get(f"/beheer/posts/post/{post.pk}/change/").text
    wens = factories.wensbeeld(name=NAME, role=factories.role("ouder"))
    assert f"\u2068{NAME}\u2069, ouder" in client.get("/beheer/polls/wensbeeld/").text
    assert f"van <bdi>{NAME}</bdi></h1>" in client.get(wens.get_absolute_url()).text
    assert str(post).startswith(f"\u2068{NAME}\u2069: ")


def test_of_a_sign_up(client):
    made = factories.registration(factories.cafe(), name=NAME, firm=True)
    assert f"<bdi>{NAME}</bdi>, je bent welkom" in " ".join(client.get(made.get_absolute_url()).text.split())
