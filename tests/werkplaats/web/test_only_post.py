"""Addresses that take what a form sends lead who opens them to the page with the form."""

from pathlib import Path

import pytest

from polls.rounds.models.ideas import Idea
from tests.helpers import factories

pytestmark = pytest.mark.django_db
ROUND = "/stickerrondes/sop/"
PANEL = f"{ROUND}bediening/"
PAGES = {
    f"{ROUND}meedoen/": ROUND,
    f"{ROUND}groep/CODE/idee/": f"{ROUND}groep/CODE/",
    f"{ROUND}ideeen/1/weg/": f"{ROUND}ideeen/1/",
    f"{ROUND}plakken/sticker/": f"{ROUND}plakken/",
    f"{ROUND}eerste-persoon/": f"{ROUND}plakken/",
    f"{PANEL}stap/": PANEL,
    f"{PANEL}samenvoegen/": PANEL,
    f"{PANEL}losmaken/1/": PANEL,
    f"{PANEL}verbergen/1/": PANEL,
    f"{PANEL}terugzetten/1/": PANEL,
    "/peilingen/wensbeeld/stem/": "/peilingen/wensbeeld/",
    "/wensbeelden/1/terughalen/": "/wensbeelden/1/",
    "/vragen/eerste/bijdragen/": "/vragen/eerste/",
    "/bijdragen/1/duim/op/": "/bijdragen/1/",
    "/bijdragen/1/code/": "/bijdragen/1/",
    "/cafes/kafee/bij-de-deur/1/": "/cafes/kafee/bij-de-deur/",
}


@pytest.mark.parametrize(("address", "page"), PAGES.items())
def test_who_opens_the_address_of_a_form_comes_to_its_page(client, coordinator, address, page):
    for answer in (client.get(address), client.head(address)):
        assert (answer.status_code, answer.url) == (302, page)
    assert client.put(address).status_code == 405


def test_a_refusal_can_be_opened_once_more(client):
    group = factories.sticker_round(slug="sop", stage="ideas", ideas=0).groups.first()
    address = f"{ROUND}groep/{group.code}/idee/"
    assert client.post(address, {"text": ""}).status_code == 422
    assert "Jullie idee" in client.get(address, {"text": "Kennis reist"}, follow=True).text
    assert not Idea.objects.exists()


def test_for_who_may_not_lead_the_round_there_is_no_such_address(client):
    factories.sticker_round(slug="sop")
    assert client.get(f"{PANEL}stap/").status_code == 404


def test_no_page_of_ours_is_an_empty_405():
    root = Path(__file__).parents[2]
    apps = ("posts", "polls", "events", "plan", "inviting", "live")
    sources = [path for app in apps for path in (root / app).rglob("*.py")]
    assert len(sources) > 50
    assert [path.name for path in sources if "require_POST" in path.read_text()] == []
