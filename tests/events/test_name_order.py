"""People stand in one order: at the door, on paper, in a spreadsheet, in the back office and where they are rung."""

import html
import re

import pytest

from events.admin.feedback import to_ring
from tests.helpers import factories, workbooks

pytestmark = pytest.mark.django_db
IN_ORDER = [
    "anneke de Wit",
    "Åsa Berg",
    "Bart Bos",
    "Bart van Dam",
    "Bart Eek",
    "Émile Bos",
    "IJsbrand Smit",
    "Özlem Kaya",
    "ton Mulder",
    "van der Vliet",
    "Zita Vos",
]


@pytest.fixture
def cafe():
    made = factories.cafe(slug="kafee", room_capacity=0, online_capacity=50)
    for name in sorted(IN_ORDER):
        factories.registration(made, wish="online", name=name, email="")
    return made


def ours(found) -> list[str]:
    return [html.unescape(name) for name in found if html.unescape(name) in IN_ORDER]


def test_everywhere_the_same(client, coordinator, cafe):
    door = client.get("/cafes/kafee/bij-de-deur/").text
    assert ours(re.findall(r'<strong dir="auto">([^<]+)</strong>', door)) == IN_ORDER
    paper = client.get(f"/beheer/events/cafe/{cafe.pk}/deelnemers/").text
    assert ours(re.findall(r'<th scope="row" dir="auto">([^<]+)</th>', paper)) == IN_ORDER
    sheet = workbooks.sheets(client.get(f"/beheer/events/cafe/{cafe.pk}/deelnemers.xlsx").content)["Deelnemers"]
    assert ours(row[0] for row in sheet) == IN_ORDER
    for sign, wanted in (("1", IN_ORDER), ("-1", IN_ORDER[::-1])):
        listed = client.get("/beheer/events/registration/", {"o": sign}).text
        assert ours(re.findall(r'field-name"><a[^>]*>([^<]+)</a>', listed)) == wanted
    assert ours(re.findall(r"<bdi>([^<]+)</bdi>", to_ring(cafe.registrations.all()))) == IN_ORDER


@pytest.mark.parametrize(
    ("path", "made", "column"),
    [
        ("/beheer/werkplaats/user/", lambda name, at: factories.user(name=name, email=f"u{at}@example.org"), 2),
        ("/beheer/werkplaats/role/", lambda name, at: factories.role(name, position=at), 1),
        ("/beheer/posts/post/", lambda name, at: factories.post(name=name), 2),
    ],
)
def test_a_column_of_names_in_the_back_office(client, coordinator, path, made, column):
    for at, name in enumerate(reversed(IN_ORDER)):
        made(name, at)
    page = client.get(path, {"o": column}).text
    page = page[page.index('id="result_list"') :]
    found = [name for name in re.findall(r">([^<>]+)<", page) if html.unescape(name) in IN_ORDER]
    assert list(dict.fromkeys(ours(found))) == IN_ORDER
