"""What is handed out holds no number that counts rows.

Who signs up twice, and another address in between, would read from their own numbers whether that address was known.
"""

import json
from collections.abc import Iterator

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone
from pghistory.models import Context

from events.models import Registration
from polls.models import Choice
from posts.models import Post, Report, Thumb
from tests.helpers import factories
from tests.helpers.counting import COUNTED, FIRST, count_from_far
from tests.helpers.logging_in import log_in
from werkplaats.models import Picture, User
from werkplaats.moderation.reasons import ReportReason
from werkplaats.people import visitors

pytestmark = pytest.mark.django_db
EMAIL = "fatima@example.org"
FILE, BY_STAFF = "/jouw-gegevens/bestand/", "/beheer/avg/persoon/bestand/"
TOLD = {  # what they did and what is kept of it; more may be in it
    *("bijdragen en antwoorden", "duimpjes bij bijdragen", "meldingen over bijdragen", "stemmen in peilingen"),
    *("wensbeelden", "ideeën in stickerrondes", "stickers bij ideeën", "aanmeldingen voor cafés", "accounts"),
    *("bevestigde e-mailadressen", "foto's en tekeningen, met hun bestanden", "wie een wijziging deed"),
    *("het logboek van het beheer", "bezoekers: een browser, of iemand die inlogt"),
}


@pytest.fixture
def browser(settings):
    """Of somebody who did all that one can do here, each row with a number from far, but contributions."""
    settings.DEMO = True
    count_from_far(but_for=("posts_post_",))
    client = Client()
    user = User.objects.confirmed(EMAIL)
    own = visitors.own(user)
    log_in(client, EMAIL)
    picture = Picture.objects.create(name="tuin", width=9, height=9, alt="Een tuin", visitor=own)
    post = factories.post(author=user, visitor=own, email=EMAIL, text="Kanarie", picture=picture)
    other = factories.post(post.question, text="Van een ander")
    factories.post(parent=other, author=user, visitor=own, text="Kanarie antwoordt")
    Thumb.objects.wish(other.pk, own.pk, 1)
    Report.objects.create(post=other, visitor=own, reason=ReportReason.SPAM)
    factories.vote(factories.poll(), own, Choice.objects.first())
    factories.wensbeeld(visitor=own)
    group = factories.sticker_round(stage="ideas").groups.first()
    factories.idea(group, visitor=own)
    factories.sticker(factories.idea(group), 1, own)
    sign_up = factories.registration(factories.cafe(), email=EMAIL, visitor_id=factories.visitor().pk)
    assert min(sign_up.pk, user.pk, post.picture_id) > FIRST > other.pk
    where = {"content_type": ContentType.objects.get_for_model(Registration), "object_id": sign_up.pk}
    LogEntry.objects.create(user=user, object_repr="Fatima", action_flag=CHANGE, **where)
    page = f"/beheer/events/registration/{sign_up.pk}/change/"
    Context.objects.create(metadata={"user": user.pk, "url": page})
    return client


@pytest.fixture(params=["own", "handed over"])
def file(request, browser, client):
    """The one of their own, or that which a coordinator hands over."""
    if request.param == "own":
        return json.loads(browser.get(FILE).content)
    client.force_login(factories.coordinator())
    return json.loads(client.post(BY_STAFF, {"adres": EMAIL}).content)


def leaves(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """What stands in a file, each with the way to it."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from leaves(each, f"{path}.{key}")
    elif isinstance(value, list):
        for each in value:
            yield from leaves(each, path)
    else:
        yield path, str(value)


def test_a_file_holds_no_number_that_counts(file):
    assert {kind["wat"] for kind in file["soorten"]} >= TOLD
    counted = [(kind["wat"], path) for kind in file["soorten"] for path, said in leaves(kind) if COUNTED.findall(said)]
    assert counted == []
    assert COUNTED.findall(json.dumps(file)) == []


def test_nor_a_key_of_another_row_which_the_browser_of_a_stranger_would_be(file):
    stranger = Registration.objects.get().visitor_id
    assert str(stranger) not in json.dumps(file)


def test_what_a_row_points_to_is_named_and_a_contribution_by_its_own_number(file):
    rows = {kind["wat"]: kind["rijen"] for kind in file["soorten"]}
    first = Post.objects.get(text="Van een ander")
    assert [row["post"] for row in rows["duimpjes bij bijdragen"]] == [first.pk]
    assert {row["parent"] for row in rows["bijdragen en antwoorden"]} == {None, first.pk}
    mine = Post.objects.exclude(pk=first.pk).values_list("pk", flat=True)
    assert {row["id"] for row in rows["bijdragen en antwoorden"]} == {*mine}
    assert [row["idea"] for row in rows["stickers bij ideeën"]] == ["Het profiel"]
    assert [row["choice"] for row in rows["stemmen in peilingen"]] == ["ja"]
    assert "/beheer/events/registration/…/change/" in {row["metadata"] for row in rows["wie een wijziging deed"]}


@pytest.mark.parametrize("was_public", [False, True])
def test_who_typed_an_address_is_not_told_when_or_why_its_owner_said_no(browser, was_public):
    own = visitors.own(User.objects.get(email=EMAIL))
    post = factories.post(visitor=own, email="ander@example.org", text="Spreeuw", published=was_public)
    before = timezone.now()
    post.refuse("Wie dit e-mailadres heeft, schreef deze bijdrage niet.")
    told = browser.get(FILE).content.decode()
    (rows,) = [kind["rijen"] for kind in json.loads(told)["soorten"] if kind["wat"] == "bijdragen en antwoorden"]
    mine = [row for row in rows if row["id"] == post.pk]
    assert {row["removal"] for row in mine} == {"", "held" if was_public else "weggehaald"}
    assert {(row["removal_reason"], row["removed_at"]) for row in mine} == {("", None)}
    assert '"refused"' not in told and "schreef deze bijdrage niet" not in told
    moments = [row["pgh_created_at"] for row in mine if "pgh_created_at" in row]
    assert moments and max(moments) < before.isoformat()
    page = browser.get("/jouw-gegevens/").text
    assert "niet geschreven door" not in page and "schreef deze bijdrage niet" not in page
