"""One stranger does not fill the list of a group, and what a program seems to write is seen by nobody else first."""

import pytest
from django.test import Client

from polls.rounds.models import ideas as models
from polls.rounds.models.ideas import Idea
from tests.helpers import factories
from tests.helpers.shown import seen
from werkplaats.people.models import User
from werkplaats.versions import named
from werkplaats.web import programs

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def round():
    return factories.sticker_round(stage="ideas", groups=2, ideas=0, slug="sop")


@pytest.fixture
def group(round):
    return round.groups.first()


def write(client, group, text="Kennis reist", headers=None, **data):
    path = f"/stickerrondes/sop/groep/{group.code}/idee/"
    sent = {"text": text, "moment": programs.moment(ago=10), **data}
    return client.post(path, sent, headers=headers)


def shown(group) -> list[str]:
    return list(group.ideas.filter(removed_at=None).order_by("pk").values_list("text", flat=True))


@pytest.mark.parametrize("headers", [None, HTMX], ids=["plain", "htmx"])
def test_one_stranger_does_not_fill_the_list(client, group, headers):
    answers = [write(client, group, f"Idee {number}", headers) for number in range(60)]
    assert [answer.status_code for answer in answers[20:]] == [429] * 40
    assert "Wacht een paar minuten" in answers[-1].text and "Idee 59</textarea>" in answers[-1].text
    assert len(shown(group)) == 20
    assert write(client, group, "Idee 3", headers, key="").status_code == 429
    assert write(Client(), group, "Van een ander aan tafel").status_code == 302


def test_a_double_click_is_not_counted(client, group):
    key = "6fa459ea-ee8a-3ca4-894e-db77e160355e"
    for _ in range(25):
        assert write(client, group, key=key).status_code == 302
    assert shown(group) == ["Kennis reist"]


def test_who_leads_the_round_types_over_what_a_room_wrote(client, coordinator, group):
    assert {write(client, group, f"Idee {number}", moment="").status_code for number in range(25)} == {302}
    assert len(shown(group)) == 25


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"moment": ""}, "dit lijkt door een programma geschreven"),
        ({"website": "x"}, "dit lijkt door een programma geschreven"),
        ({"text": "Koop op winkel.nl"}, "er staat een link in"),
    ],
)
@pytest.mark.parametrize("headers", [None, HTMX], ids=["plain", "htmx"])
def test_a_coordinator_looks_first_and_the_writer_is_told(client, group, fields, why, headers):
    fields = {"text": "Kennis reist", **fields}
    answer = write(client, group, headers=headers, **fields)
    page = answer if headers else client.get(answer.url)
    assert "We hebben je idee. Een begeleider kijkt er eerst naar." in page.text
    assert f"Een begeleider kijkt eerst: {why}" in page.text and fields["text"] in page.text
    assert "Je idee staat op jullie lijst" not in page.text
    assert fields["text"] not in Client().get(group.get_absolute_url()).text
    assert shown(group) == []
    Idea.objects.get().restore()
    assert fields["text"] in Client().get(group.get_absolute_url()).text


def test_a_coordinator_finds_it_beside_the_list(client, coordinator, group):
    write(Client(), group, "Koop op winkel.nl")
    page = client.get("/stickerrondes/sop/bediening/").text
    assert "Koop op winkel.nl" in page and "er staat een link in" in page
    idea = Idea.objects.get()
    address = f"/stickerrondes/sop/bediening/terugzetten/{idea.pk}/"
    assert client.post(address, {"gezien": seen([idea])}).status_code == 302
    assert shown(group) == ["Koop op winkel.nl"]


def test_a_program_takes_no_place_on_the_list_and_has_a_ceiling(round, group, monkeypatch):
    monkeypatch.setattr(models, "MOST_PER_GROUP", 3)
    monkeypatch.setattr(models, "MOST_ASIDE", 4)
    statuses = [write(Client(), group, f"Koop {number}", moment="").status_code for number in range(6)]
    assert statuses == [302] * 4 + [503] * 2
    assert write(Client(), round.groups.last(), "Koop", moment="").status_code == 503
    assert write(Client(), group, "Van de tafel").status_code == 302


def test_a_fine_idea_does_not_become_a_link_unseen(client, group):
    write(client, group)
    path = f"/stickerrondes/sop/ideeen/{Idea.objects.get().pk}/"
    sent = {"text": "Koop op winkel.nl", "moment": programs.moment(ago=10), "gezien": named([Idea.objects.get()])}
    assert client.post(path, sent).status_code == 302
    assert shown(group) == []
    assert "er staat een link in" in client.get(group.get_absolute_url()).text


def test_changes_count_too(client, group):
    write(client, group)
    path = f"/stickerrondes/sop/ideeen/{Idea.objects.get().pk}/"
    texts = [{"text": f"Beter {number}", "moment": programs.moment(ago=10)} for number in range(21)]
    statuses = [client.post(path, sent | {"gezien": named([Idea.objects.get()])}).status_code for sent in texts]
    assert statuses == [302] * 19 + [429] * 2


def test_a_link_of_somebody_whom_we_know_is_nothing_odd(client, group):
    client.force_login(User.objects.confirmed("ouder@example.org"))
    write(client, group, "Zie www.school.example")
    assert shown(group) == ["Zie www.school.example"]
