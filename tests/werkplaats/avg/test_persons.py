"""The staff see what is kept of a person, and erase on request; each look is written down without the address."""

import pytest
from django.contrib.admin.models import LogEntry

from plan.models import Harvest, Note, Notes
from posts.models import Post
from tests.helpers import factories
from tests.helpers.shown import hidden
from werkplaats.models import Erasure, Look, User
from werkplaats.people import visitors

pytestmark = pytest.mark.django_db
EMAIL = "fatima@example.org"
FIND, FILE, WIPE = "/beheer/avg/persoon/", "/beheer/avg/persoon/bestand/", "/beheer/avg/persoon/wissen/"


def agreed(staff, address: str) -> dict[str, str]:
    """The second press, about what the page of the first one shows now."""
    return {"zeker": "1", "gezien": hidden(staff.post(WIPE, {"adres": address}).text, "gezien")}


@pytest.fixture(autouse=True)
def in_the_demo(settings, tmp_path):
    settings.DEMO = True
    settings.ERASED_LIST = tmp_path / "erased.jsonl"


@pytest.fixture
def staff(client):
    client.force_login(factories.coordinator())
    return client


@pytest.fixture
def person():
    user = User.objects.confirmed(EMAIL)
    factories.post(
        author=user, visitor=visitors.own(user), email=EMAIL, name="Fatima Kanarie", text="Kanarie zegt iets over rust"
    )
    return user


def note(text: str) -> Note:
    cafe = factories.cafe()
    notes = Notes.objects.create(harvest=Harvest.objects.create(cafe=cafe), cafe=cafe)
    return Note.objects.create(notes=notes, number=1, text=text)


def test_for_who_has_the_right_alone(client, person):
    helper = factories.user(is_staff=True)
    client.force_login(helper)
    for path in (FIND, FILE, WIPE):
        assert client.post(path, {"adres": EMAIL}).status_code == 403


def test_what_is_kept_is_shown_and_each_look_written_down(staff, person):
    shown = staff.post(FIND, {"adres": " Fatima@example.org "})
    assert "Kanarie zegt iets" in shown.text
    assert "Kanarie" in staff.post(FILE, {"adres": EMAIL}).content.decode()
    looks = list(Look.objects.order_by("pk"))
    assert [look.what for look in looks] == ["inzage", "bestand"]
    assert {look.about for look in looks} == {f"account {person.pk}"}
    assert all(look.rows for look in looks)
    assert not LogEntry.objects.filter(object_repr__contains=EMAIL).exists()


def test_an_address_without_anything(staff):
    assert "bewaren we niets" in staff.post(FIND, {"adres": "niemand@example.org"}).text
    assert staff.post(FIND, {"adres": "geen adres"}).status_code == 422
    assert staff.post(WIPE, {"adres": "geen adres"}).status_code == 302


def test_erasing_asks_first_and_takes_the_lines_that_were_ticked(staff, person):
    named, other = note("Fatima Kanarie vroeg naar rust"), note("Meer handen in de klas")
    asked = staff.post(WIPE, {"adres": EMAIL}).text
    assert "Fatima Kanarie vroeg naar rust" in asked
    assert "Meer handen" not in asked
    assert "checked" not in asked
    assert staff.post(WIPE, {"adres": EMAIL, **agreed(staff, EMAIL)}).status_code == 422
    assert User.objects.filter(pk=person.pk).exists()
    done = staff.post(
        WIPE, {"adres": EMAIL, **agreed(staff, EMAIL), "woorden": "weghalen", "regel": f"plan.Note:{named.pk}"}
    )
    assert "1 bijdrage: weg" in done.text
    assert list(Note.objects.all()) == [other]
    row = Erasure.objects.get()
    assert (row.why, row.by.name, row.elsewhere) == ("staf", "Coördinator", {})


def test_what_was_not_ticked_waits_on_vandaag_until_somebody_decided(staff, person):
    named = note("Dit zei fatima kanarie ook")
    staff.post(WIPE, {"adres": EMAIL, **agreed(staff, EMAIL), "woorden": "laten-staan"})
    row = Erasure.objects.get()
    assert row.elsewhere == {"plan.Note": [named.pk]}
    assert "staat misschien nog ergens" in staff.get("/beheer/").text
    page = f"/beheer/avg/gewist/{row.pk}/"
    shown = staff.get(page).text
    assert "Dit zei fatima kanarie ook" in shown
    ticks = [f"plan.Note:{named.pk}", "plan.Note:999", "posts.Post:1", "x"]
    staff.post(page, {"regel": ticks, "gezien": hidden(shown, "gezien")})
    assert not Note.objects.exists()
    assert "staat misschien nog ergens" not in staff.get("/beheer/").text


def test_a_line_that_was_corrected_meanwhile_is_shown_again_before_it_goes(staff, person):
    named = note("Fatima Kanarie zei dat het te lang duurt.")
    staff.post(WIPE, {"adres": EMAIL, **agreed(staff, EMAIL), "woorden": "laten-staan"})
    page = f"/beheer/avg/gewist/{Erasure.objects.get().pk}/"
    sent = {"regel": f"plan.Note:{named.pk}", "gezien": hidden(staff.get(page).text, "gezien")}
    Note.objects.filter(pk=named.pk).update(text="De hele zaal wil meer leerkrachten.")
    again = staff.post(page, sent)
    assert (again.status_code, Note.objects.count()) == (409, 1)
    assert "De hele zaal wil meer leerkrachten." in again.text and "lees het opnieuw" in again.text
    assert staff.post(page, {**sent, "gezien": hidden(again.text, "gezien")}).status_code == 302
    assert not Note.objects.exists()


def test_that_page_erases_nothing_else(staff, person):
    named, other = note("Fatima Kanarie"), note("Meer handen in de klas")
    staff.post(WIPE, {"adres": EMAIL, **agreed(staff, EMAIL), "woorden": "laten-staan"})
    page = f"/beheer/avg/gewist/{Erasure.objects.get().pk}/"
    staff.post(page, {"regel": f"plan.Note:{other.pk}", "gezien": hidden(staff.get(page).text, "gezien")})
    assert set(Note.objects.all()) == {named, other}


def test_a_coordinator_cannot_erase_themselves(staff):
    own = User.objects.get(is_superuser=True)
    answer = staff.post(WIPE, {"adres": own.email, **agreed(staff, own.email), "woorden": "weghalen"})
    assert answer.status_code == 409
    assert "andere coördinator" in answer.text


def test_contributions_of_others_that_name_them_are_shown_to_look_at_and_their_own_are_not(staff, person):
    other = factories.post(text="Ik ken Fatima Kanarie van school.")
    own = person.posts.get()
    Post.objects.filter(pk=own.pk).update(text="Fatima Kanarie zegt iets over rust")
    asked = staff.post(WIPE, {"adres": EMAIL}).text
    assert f'href="/beheer/posts/post/{other.pk}/change/"' in asked
    assert "bijdrage van een ander" in asked.lower()
    assert asked.count("Fatima Kanarie") == 1
    staff.post(
        WIPE, {"adres": EMAIL, **agreed(staff, EMAIL), "woorden": "laten-staan", "regel": f"posts.Post:{other.pk}"}
    )
    assert Erasure.objects.get().elsewhere == {"posts.Post": [other.pk]}
    assert "Ik ken Fatima Kanarie" in staff.get(f"/beheer/avg/gewist/{Erasure.objects.get().pk}/").text
    other.refresh_from_db()
    assert other.text == "Ik ken Fatima Kanarie van school."


def test_a_tick_tells_what_it_erases_and_is_kept_when_a_choice_is_missing(staff, person):
    named = note("Fatima Kanarie vroeg naar rust")
    again = staff.post(WIPE, {"adres": EMAIL, **agreed(staff, EMAIL), "regel": f"plan.Note:{named.pk}"})
    assert again.status_code == 422
    assert f'value="plan.Note:{named.pk}" checked' in again.text
    assert "Een vinkje wist de hele regel." in again.text
    assert f'href="/beheer/werkbank/aantekeningen/{named.notes_id}/"' in again.text


def unclaimed(**fields):
    """A moderator showed it, and nobody said that it is theirs."""
    return factories.post(author=None, email="los@example.org", **fields)


def wipe_loose(staff, **sent):
    return staff.post(WIPE, {"adres": "los@example.org", **agreed(staff, "los@example.org"), **sent})


def test_what_stands_under_the_address_and_is_nobodys_is_shown_and_goes_when_it_was_ticked(staff):
    theirs, other = unclaimed(name="Losse Canaria", text="Dit is van mij."), unclaimed(name="Piet", text="Grapje.")
    asked = staff.post(WIPE, {"adres": "los@example.org"}).text
    assert "Losse Canaria: Dit is van mij." in asked
    assert "Het account" not in asked
    assert wipe_loose(staff, van=theirs.pk).status_code == 422
    assert "Kies eerst wat er met de bijdragen gebeurt" in wipe_loose(staff, van=theirs.pk).text
    done = wipe_loose(staff, van=theirs.pk, woorden="weghalen").text
    assert "1 bijdrage: weg" in done
    theirs.refresh_from_db()
    other.refresh_from_db()
    assert (theirs.name, theirs.text, theirs.email) == ("", "", "")
    assert (other.name, other.text, other.email) == ("Piet", "Grapje.", "")


def test_what_is_nobodys_can_stay_without_a_name_and_nothing_of_another_goes_with_it(staff, person):
    theirs, fatimas = unclaimed(name="Losse Canaria", text="Dit is van mij."), person.posts.get()
    wipe_loose(staff, van=[theirs.pk, fatimas.pk], woorden="laten-staan")
    theirs.refresh_from_db()
    fatimas.refresh_from_db()
    assert (theirs.name, theirs.text, theirs.email) == (theirs.role.name, "Dit is van mij.", "")
    assert (fatimas.name, fatimas.email) == ("Fatima Kanarie", EMAIL)


def test_two_people_without_an_account_are_two_looks(staff):
    post, row = unclaimed(name="Losse Canaria"), factories.registration(factories.cafe(), email="gast@example.org")
    for email in ("los@example.org", "gast@example.org", "niemand@example.org"):
        staff.post(FIND, {"adres": email})
    looks = set(Look.objects.values_list("about", flat=True))
    assert looks == {f"bijdrage {post.pk}", f"aanmelding {row.pk}", "een adres waarvan we niets bewaren"}


def test_that_it_is_a_colleague_is_told_first(staff):
    chief = factories.coordinator()
    assert (
        "Dit is een collega</strong>, en die mag alles in het beheer" in staff.post(WIPE, {"adres": chief.email}).text
    )
    assert "Dit is een collega" not in staff.post(WIPE, {"adres": "los@example.org"}).text


def test_what_changed_since_the_page_was_shown_is_read_first(staff):
    """Two coordinators and time: the account has another address by now, and somebody new has this one."""
    els = User.objects.confirmed(EMAIL)
    factories.post(author=els, visitor=visitors.own(els), email=EMAIL)
    stale = agreed(staff, EMAIL)
    User.objects.filter(pk=els.pk).update(email="elders@example.org")
    new = User.objects.confirmed(EMAIL)
    answer = staff.post(WIPE, {"adres": EMAIL, **stale, "woorden": "weghalen"})
    assert answer.status_code == 409 and "Er is nog niets gewist" in answer.text
    assert User.objects.filter(pk__in=[els.pk, new.pk]).count() == 2
