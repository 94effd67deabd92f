"""Who comes to a café, for the coordinator: totals, paper, file, and writing to them."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from events.models.cafes import Cafe
from events.models.mailings import Mailing
from events.models.registrations import Registration
from tests.events import mailing
from tests.helpers import factories
from tests.helpers.workbooks import sheets
from werkplaats.people.models import Werkgebied

pytestmark = pytest.mark.django_db
LIST = "/beheer/events/registration/"
SECRET = "Ik eet geen noten"


def pages(cafe) -> list[str]:
    return [f"/beheer/events/cafe/{cafe.pk}/{name}" for name in ("bericht/", "deelnemers/", "deelnemers.xlsx")]


def totals(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<th scope="row">([^<]+)</th><td>(\d+)</td>', page)


def test_totals_by_role_and_werkgebied_follow_the_filters(client, coordinator):
    cafe, other = factories.cafe(pk=1_234_567, room_capacity=2), factories.cafe()
    parent, teacher = factories.role("ouder"), factories.role("leerkracht")
    area = Werkgebied.objects.create(name="Polder")
    came = factories.registration(cafe, people=2, role_id=parent.pk, werkgebied_id=area.pk)
    factories.registration(cafe, role_id=teacher.pk)
    factories.registration(cafe, role_id=teacher.pk, wish="online").cancel()
    factories.registration(other, role_id=teacher.pk)
    came.check_in(by=coordinator)
    page = client.get(LIST, {"cafe__id__exact": cafe.pk}).text
    by_place = [("in de zaal", "2"), ("wachtlijst", "1")]
    by_role = [("ouder", "2"), ("leerkracht", "1"), ("Polder", "2"), ("niet ingevuld", "1")]
    assert totals(page) == by_place + by_role
    assert "3 mensen in deze lijst, van wie 2 afgevinkt" in page
    assert "De aanmeldingen worden gewist op" in page
    page = client.get(LIST, {"cafe__id__exact": cafe.pk, "was-er": "ja"}).text
    assert totals(page) == [("in de zaal", "2"), ("ouder", "2"), ("Polder", "2")]
    page = client.get(LIST, {"cafe__id__exact": cafe.pk, "stand": "wacht-zaal"}).text
    assert totals(page)[:2] == [("wachtlijst", "1"), ("leerkracht", "1")]
    assert "Kies een café" in client.get(LIST).text
    assert client.get(LIST, {"cafe__id__exact": "x"}).status_code == 302


def test_the_list_asks_the_same_queries_for_one_and_for_three(client, coordinator, django_assert_num_queries):
    cafe = factories.cafe()
    for amount in (1, 2):
        for _ in range(amount):
            factories.registration(cafe)
        with django_assert_num_queries(11):  # one of these counts the wishes, one writes down that somebody looked
            client.get(LIST, {"cafe__id__exact": cafe.pk})


@pytest.mark.parametrize(("page", "queries"), [(1, 6), (2, 6)], ids=["paper", "file"])
def test_paper_and_file_too(client, coordinator, page, queries, django_assert_num_queries):
    cafe = factories.cafe()
    for amount in (1, 2):
        for _ in range(amount):
            factories.registration(cafe, role_id=factories.role().pk)
        with django_assert_num_queries(queries):
            client.get(pages(cafe)[page])


def test_wishes_stand_on_the_page_of_the_person_alone(client, coordinator):
    cafe = factories.cafe()
    made = factories.registration(cafe, name="Fatima", wishes=SECRET, question="Komt er soep?")
    assert SECRET in client.get(f"{LIST}{made.pk}/change/").text
    paper, file = client.get(pages(cafe)[1]).text, client.get(pages(cafe)[2]).content
    for shown in (client.get(LIST).text, paper, str(sheets(file))):
        assert "Fatima" in shown and SECRET not in shown
    assert "Fatima" not in client.get(LIST, {"q": "noten"}).text.split('id="result_list"')[-1]
    assert "Komt er soep?" in str(sheets(file)) and "Komt er soep?" not in paper
    assert made.email not in paper


def test_who_wrote_a_wish_is_found_and_what_it_says_is_not(client, coordinator):
    cafe = factories.cafe()
    for name, wishes in [("Fatima", SECRET), ("Bas", ""), ("Noor", SECRET)]:
        factories.registration(cafe, name=name, wishes=wishes)
    factories.registration(cafe, name="Weg", wishes=SECRET).cancel()
    factories.registration(factories.cafe(), name="Elders", wishes=SECRET)
    page = client.get(LIST, {"cafe__id__exact": cafe.pk}).text
    query = re.search(r'<a href="\?([^"]+)">2 mensen schreven een wens</a>', page)[1].replace("&amp;", "&")
    found = client.get(f"{LIST}?{query}").text.split('id="result_list"')[1]
    assert [name for name in ("Fatima", "Bas", "Noor", "Weg", "Elders") if name in found] == ["Fatima", "Noor"]
    assert SECRET not in page + found
    assert "met een wens" in client.get(LIST).text
    cafe.registrations.update(wishes="")
    assert "een wens</a>:" not in client.get(LIST, {"cafe__id__exact": cafe.pk}).text


def test_the_file_holds_no_formula_and_no_link(client, coordinator):
    cafe = factories.cafe(room_capacity=1)
    names = ['=HYPERLINK("https://kwaad.example")', "+31", "-2+3", "@SUM(A1)", "https://gewoon.example", "{=1}"]
    for name in names:
        factories.registration(cafe, name=name, question=name, wish="both")
    rows = sheets(client.get(pages(cafe)[2]).content)["Deelnemers"]
    column = rows[0].index("naam")
    assert sorted(row[column] for row in rows[1:]) == sorted(names)
    assert {(row[1], "de zaal" in row) for row in rows[1:]} == {("in de zaal", False), ("online", True)}


def test_by_hand_with_all_that_the_form_of_the_site_asks(client, coordinator):
    cafe = factories.cafe(room_capacity=1)
    factories.registration(cafe)
    data = {"cafe": cafe.pk, "wanted": "both", "people": 2, "name": "Opa", "email": "", "wishes": SECRET}
    client.post(f"{LIST}add/", data)
    made = Registration.objects.get(name="Opa")
    assert (made.seat, made.waits_for, made.people, made.wishes) == ("online", ["room"], 2, SECRET)
    room_only = factories.cafe(online_capacity=0)
    page = client.post(f"{LIST}add/", {**data, "cafe": room_only.pk}).text
    assert "Dit café heeft geen plaatsen van deze soort." in page and not room_only.registrations.exists()


@pytest.mark.parametrize("times", [{"opens_at": 1}, {"closes_at": -1}], ids=["before", "after"])
def test_by_hand_also_outside_the_times_of_sign_up_until_it_ends(client, coordinator, times):
    now = timezone.now()
    cafe = factories.cafe(**{name: now + timedelta(hours=hours) for name, hours in times.items()})
    data = {"cafe": cafe.pk, "wanted": "room", "people": 1, "name": "Opa", "email": ""}
    client.post(f"{LIST}add/", data)
    assert cafe.registrations.get().seat == "room"
    with pytest.raises(ValidationError):
        cafe.register(email="", wish="room", name="Oma")
    going_on = {"starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=1)}
    Cafe.objects.update(**going_on, opens_at=None, closes_at=None)
    with pytest.raises(ValidationError):
        cafe.register(email="", wish="room", name="Oma")
    client.post(f"{LIST}add/", data)  # who walks in
    assert cafe.registrations.count() == 2


@pytest.fixture
def full(coordinator):
    """A café with somebody in the room, online, in the queue (and online), without an address, and gone."""
    cafe = factories.cafe(room_capacity=1)
    for name, wish in [("room", "room"), ("online", "online"), ("both", "both"), ("queue", "room")]:
        factories.registration(cafe, name=name, wish=wish)
    factories.registration(cafe, wish="online", email="")
    factories.registration(cafe, wish="online").cancel()
    mailing.forget()
    return cafe


def written(client, cafe, **typed) -> dict:
    """The fields of a new message."""
    page = client.get(pages(cafe)[0]).text
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    return {"audience": "all", "subject": "De deur", "text": "Neem de zijdeur.", "key": key, **typed}


@pytest.mark.parametrize(
    ("audience", "names"),
    [
        ("all", ["room", "online", "both", "queue"]),
        ("room", ["room"]),
        ("online", ["online", "both"]),
        ("queue", ["both", "queue"]),
    ],
)
def test_a_message_is_seen_first_and_then_goes_once_to_whom_it_is_for(
    client, full, settings, tmp_path, audience, names
):
    folder = mailing.folder(settings, tmp_path)
    message = written(client, full, audience=audience)
    page = client.post(pages(full)[0], message).text
    persons = "persoon" if len(names) == 1 else "mensen"
    assert f"Deze mail gaat naar {len(names)} {persons}" in page and "Neem de zijdeur." in page
    assert not mailing.jobs() and not Mailing.objects.exists()
    done = [client.post(pages(full)[0], {**message, "_tell": "x"}, follow=True).text for _ in range(2)]
    assert "Het bericht gaat naar" in done[0] and "Dit bericht ging al naar" in done[1]
    assert [Registration.objects.get(pk=pk).name for _, pk in mailing.jobs()] == names
    sent = Mailing.objects.get()
    assert (sent.people, sent.audience, sent.by.name) == (len(names), audience, "Coördinator")
    mails = mailing.deliver(folder)
    assert {mail["Subject"] for mail in mails} == {"De deur"} and len(mails) == len(names)
    # The same words once more is another message.
    client.post(pages(full)[0], {**written(client, full, audience=audience), "_tell": "x"})
    assert len(mailing.jobs()) == len(names)


@pytest.mark.parametrize(("audience", "rings"), [("all", True), ("room", False), ("online", True)])
def test_a_message_says_whom_to_telephone(client, full, audience, rings):
    name = '1 persoon gaf geen adres: bel <a href="/beheer/events/registration/'
    message = written(client, full, audience=audience)
    assert name in client.get(pages(full)[0]).text
    assert (name in client.post(pages(full)[0], message).text) == rings
    done = client.post(pages(full)[0], {**message, "_tell": "x"}, follow=True).text
    assert (name in done.split('class="asking"')[0]) == rings


def test_a_trial_goes_to_oneself_alone(client, full, coordinator, settings, tmp_path):
    folder = mailing.folder(settings, tmp_path)
    message = written(client, full)
    page = client.post(pages(full)[0], {**message, "_test": "x"}).text
    assert f"De proef gaat naar {coordinator.email}" in page and "Verstuur aan 4 mensen" in page
    (mail,) = mailing.deliver(folder)
    assert (mail["To"], mail["Subject"]) == (coordinator.email, "Proef: De deur")
    assert "Neem de zijdeur." in mail.get_body(("plain",)).get_content()
    assert "Eerder gemaild over dit café" in client.get(pages(full)[0]).text
    assert "proef" not in client.get(pages(full)[0]).text.lower().split("eerder gemaild")[1]


def test_a_trial_goes_nowhere_once_the_account_is_gone(client, full, coordinator, settings, tmp_path):
    folder = mailing.folder(settings, tmp_path)
    client.post(pages(full)[0], {**written(client, full), "_test": "x"})
    coordinator.delete()
    assert mailing.deliver(folder) == []


def test_links_in_a_message_can_be_pressed_and_markup_stays_words(client, full, settings, tmp_path):
    folder = mailing.folder(settings, tmp_path)
    text = 'Lees https://voorbeeld.example/a?b=1&c="2 of <a href="https://kwaad.example">dit</a>.\n\nTot dan!'
    message = written(client, full, audience="room", text=text)
    assert "geen gegevens van mensen" in client.get(pages(full)[0]).text
    preview = client.post(pages(full)[0], message).text.split('class="mail-sheet"')[1].split("</article>")[0]
    client.post(pages(full)[0], {**message, "_tell": "x"})
    (mail,) = mailing.deliver(folder)
    for shown in (preview, mail.get_body(("html",)).get_content()):
        assert '<a href="https://voorbeeld.example/a?b=1&amp;c=' in shown
        assert "&lt;a href=" in shown and "<p>Tot dan!</p>" in shown
        assert "<a href=&quot;" not in shown and 'href="https://kwaad.example">dit</a>' not in shown
    assert text in mail.get_body(("plain",)).get_content()


def test_a_message_is_changed_before_it_goes_and_nothing_empty_goes(client, full):
    message = written(client, full, text='Een twee\r\n\r\n<b>drie</b> & "vier"')
    page = client.post(pages(full)[0], {**message, "_edit": "x"}).text
    assert "Een twee" in page and "&lt;b&gt;drie&lt;/b&gt;" in page and message["key"] in page
    answer = client.post(pages(full)[0], {**message, "subject": " ", "_tell": "x"})
    assert answer.status_code == 422 and "Vul dit in." in answer.text
    assert client.post(pages(full)[0], {**message, "audience": "x", "_tell": "x"}).status_code == 422
    assert client.post(pages(full)[0], {**message, "key": "x", "_tell": "x"}).status_code == 422
    assert not mailing.jobs()


def test_others_see_nothing_of_it(client, settings):
    settings.DEMO = True
    cafe = factories.cafe()
    factories.registration(cafe, name="Fatima")
    for login in (False, True):
        if login:
            client.force_login(factories.user(is_staff=True))
        for path in pages(cafe):
            answer = client.get(path)
            assert answer.status_code == (403 if login else 302) and "Fatima" not in answer.text
            assert client.post(path, {"_tell": "x"}).status_code == (403 if login else 302)
    assert not Mailing.objects.exists()
