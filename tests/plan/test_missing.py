"""Who is missing: nought to four people is (almost) nobody; no number is told, and no place that is not public."""

import datetime

import pytest
from django.utils import timezone

from plan import today
from plan.actions import consulting, noting
from plan.models import Body, BodyMeeting, Harvest
from plan.reading import missing
from plan.reading.listing import Listing, Wanted
from plan.reading.missing import Scope
from posts.models.holds import A_PUPIL, SOMEBODY
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.plan import helpers
from werkplaats.people.models import Werkgebied

pytestmark = pytest.mark.django_db
PAGE = "/beheer/werkbank/wie-ontbreekt/"


@pytest.fixture
def question():
    factories.role("leerkracht", plural="leerkrachten", position=2)
    factories.role("ouder", plural="ouders", position=1)
    for name in ("Bosrand", "Polderland"):
        Werkgebied.objects.create(name=name)
    return factories.question()


@pytest.fixture
def coordinator(client, settings):
    settings.DEMO = True  # no second factor
    user = factories.coordinator()
    client.force_login(user)
    return client


def write(question, times: int, role: str = "ouder", place: str = "", **fields) -> None:
    fields |= {"role": factories.role(role), "werkgebied": Werkgebied.objects.filter(name=place).first()}
    for _ in range(times):
        helpers.voice(question, **fields)


def of(question) -> missing.Missing:
    return missing.of_harvest(Harvest.objects.get(question=question))


def test_up_to_four_people_are_almost_nobody(question):
    write(question, 4, place="Bosrand")
    assert (of(question).roles, of(question).places) == (["ouders", "leerkrachten"], ["Bosrand", "Polderland"])
    write(question, 1, place="Bosrand")
    assert (of(question).roles, of(question).places) == (["leerkrachten"], ["Polderland"])


def test_somebody_who_writes_five_times_is_one_and_a_meeting_of_five_is_five(question):
    visitor = factories.visitor()
    write(question, 5, visitor=visitor)
    assert "ouders" in of(question).roles
    write(question, 1, "leerkracht", meeting="Team De Ark", meeting_size=5)
    assert of(question).roles == ["ouders"]


@pytest.mark.parametrize("name", [SOMEBODY, A_PUPIL])
def test_where_somebody_is_from_who_left_out_their_name_is_not_betrayed(question, name):
    """Before and after they wrote, the list of places is the same."""
    write(question, 4, place="Bosrand")
    before = of(question).places
    write(question, 3, place="Bosrand", name=name)
    assert of(question).places == before
    assert of(question).roles == ["leerkrachten"], "the role is public"


@pytest.mark.parametrize("name", [SOMEBODY, A_PUPIL])
def test_nor_on_the_desk_and_by_its_filter(question, coordinator, name):
    write(question, 1, place="Bosrand", name=name)
    area, harvest = Werkgebied.objects.get(name="Bosrand"), Harvest.objects.get(question=question)
    assert "Bosrand" not in coordinator.get(f"/beheer/werkbank/{harvest.pk}/").text
    assert Listing(harvest, Wanted.of({"gebied": str(area.pk)})).from_start(set()).chosen is None
    write(question, 1, place="Bosrand")
    assert Listing(harvest, Wanted.of({"gebied": str(area.pk)})).from_start(set()).chosen.post.name == "Fatima"
    assert "Bosrand" in coordinator.get(f"/beheer/werkbank/{harvest.pk}/?volgorde=oudste").text


def test_what_nobody_may_read_counts_for_nobody(question):
    write(question, 5)
    question.harvest.fragments.first().post.remove(by=None, reason="kwetsend")
    assert "ouders" in of(question).roles


def test_notes_count_and_a_cafe_counts_by_itself(question):
    cafe = factories.cafe(topic=question, starts_at=timezone.now() - datetime.timedelta(days=40))
    write(question, 5)
    notes = noting.open_cafe(cafe.pk, helpers.sorter())
    role = factories.role("leerkracht").pk
    noting.write(notes.pk, [noting.Line(helpers.uuid.uuid4(), "Wachten.", role_id=role, times=5)], helpers.sorter())
    assert of(question).roles == []
    at_cafe = missing.of(Scope(harvest=notes.harvest_id, cafe=cafe.pk))
    assert at_cafe.roles == ["ouders"]
    today_ = timezone.localdate()
    assert missing.of(Scope(first_day=today_, last_day=today_)).roles == ["leerkrachten"]
    long_ago = Scope(first_day=today_ - datetime.timedelta(days=50), last_day=today_ - datetime.timedelta(days=30))
    assert missing.of(long_ago).roles == ["ouders"]


def test_a_wensbeeld_counts_where_it_belongs(question):
    for _ in range(5):
        factories.wensbeeld(role=factories.role("leerkracht"))
    assert of(question).roles == ["ouders"]
    assert missing.of(Scope()).roles == ["ouders"]


def test_three_queries_whatever_there_is(question, django_assert_num_queries):
    body = Body.objects.create(name="OPR")
    for times in (1, 3):
        write(question, times)
        harvest = Harvest.objects.get(question=question)
        consulting.record(harvest.pk, body.pk, timezone.localdate() - datetime.timedelta(days=times), helpers.sorter())
        with django_assert_num_queries(3):
            missing.of_harvest(harvest)


def test_a_body_is_heard_when_a_meeting_was_recorded_and_never_by_count(question, coordinator):
    body, other = Body.objects.create(name="OPR"), Body.objects.create(name="gemeenten")
    write(question, 9)
    harvest = Harvest.objects.get(question=question)
    assert of(question).silent == ["gemeenten", "OPR"]
    form = {"opbrengst": harvest.pk, "overleg": body.pk, "dag": "2026-03-02"}
    for _ in range(2):  # twice is once
        answer = coordinator.post(f"{PAGE}overleg/?over=o{harvest.pk}", form)
        assert answer.url == f"{PAGE}?over=o{harvest.pk}#overleggen"
    assert of(question).silent == ["gemeenten"]
    html = coordinator.get(f"{PAGE}?over=o{harvest.pk}").text
    assert "2 maart" in html and "nog geen bijeenkomst vastgelegd" in html
    assert missing.of(Scope(first_day=datetime.date(2026, 3, 3))).silent == ["gemeenten", "OPR"]
    meeting = BodyMeeting.objects.get()
    for _ in range(2):
        assert coordinator.post(f"{PAGE}overleg/{meeting.pk}/weg/").status_code == 302
    assert of(question).silent == ["gemeenten", "OPR"]
    assert other.name in html


@pytest.mark.parametrize(
    "change", [{"dag": ""}, {"dag": "morgen"}, {"dag": "2099-01-01"}, {"overleg": ""}, {"overleg": "9" * 30}]
)
def test_a_meeting_without_a_body_or_a_day_is_refused_and_what_was_filled_in_stays(question, coordinator, change):
    body = Body.objects.create(name="OPR")
    write(question, 1)
    form = {"opbrengst": Harvest.objects.get().pk, "overleg": body.pk, "dag": "2026-03-02", **change}
    answer = coordinator.post(f"{PAGE}overleg/", form)
    assert answer.status_code == 422 and "Kies een overleg en een dag" in answer.text
    if "overleg" not in change:
        assert f'value="{body.pk}" selected' in answer.text
    assert not BodyMeeting.objects.exists()


def test_the_page_tells_names_and_no_number_and_leads_to_the_invitation(question, coordinator):
    write(question, 3, place="Bosrand")
    harvest = Harvest.objects.get(question=question)
    html = coordinator.get(f"{PAGE}?over=o{harvest.pk}&van=2000-01-01&tot=onzin").text
    assert "<li>leerkrachten" in html and "<li>Polderland" in html
    assert f"/vragen/{question.slug}/uitnodigen/" in html and f"/vragen/{question.slug}/praatkaart/" in html
    assert coordinator.get(f"{PAGE}?over=o999999&over=c1").status_code == 200


def test_beside_the_list_it_is_a_short_list(question, coordinator):
    write(question, 5, place="Bosrand")
    harvest = Harvest.objects.get(question=question)
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
    line = " ".join(coordinator.get(f"{PAGE}?over=o{harvest.pk}", headers=headers).text.split())
    assert "<strong>Nog (bijna) niemand:</strong></p> <ul><li>leerkrachten" in line and "<li>Polderland" in line
    assert "<html" not in line


def test_only_who_may_sort_opens_it(question, client):
    assert client.get(PAGE).status_code == 302
    staff = browser_of(factories.visitor(user=helpers.sorter()))
    assert staff.get(PAGE).status_code in (302, 403)
    assert staff.post(f"{PAGE}overleg/").status_code in (302, 403)


def test_vandaag_shows_five_and_how_many_there_are(question, rf):
    request = rf.get("/beheer/")
    request.user = helpers.sorter()
    assert today.today(request) == []
    request.user = factories.coordinator()
    assert len(today.today(request)) == 1, "no harvest yet"
    write(question, 5)
    _, block = today.today(request)
    assert (block["count"], [item["text"] for item in block["items"]]) == (3, ["leerkrachten", "Bosrand", "Polderland"])
    assert block["part"] == "figures" and block["url"].startswith(PAGE)


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_page(question, coordinator, rows, django_assert_num_queries):
    body = Body.objects.create(name="OPR")
    write(question, rows)
    harvest = Harvest.objects.get(question=question)
    for number in range(rows):
        consulting.record(harvest.pk, body.pk, datetime.date(2026, 3, 1 + number), factories.coordinator())
    coordinator.get(PAGE)  # the session
    with django_assert_num_queries(8):  # the last: which of them are called upon
        coordinator.get(f"{PAGE}?over=o{harvest.pk}")
