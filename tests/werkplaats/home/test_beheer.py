"""The admin: only what a coordinator needs, every page opens, pictures come and go with what they belong to."""

import io

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from PIL import Image

from live.models import LiveCafe
from polls.cycles.models import DesignCycle
from polls.rounds.models.rounds import StickerRound
from polls.voting.models import Poll
from tests.helpers import factories
from tests.helpers.shown_form import shown_form
from werkplaats.people.models import User
from werkplaats.pictures.models import Picture
from werkplaats.site.models import Milestone, Motto, Site

pytestmark = pytest.mark.django_db


def photo(name: str = "foto.png") -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue(), "image/png")


def form_of(client, url: str) -> dict:
    """What the form on an admin page would send as it stands."""
    form = client.get(url).context["adminform"].form
    values = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def test_only_our_own_tables_are_there():
    apps = {model._meta.app_label for model in admin.site._registry}
    assert apps == {"werkplaats", "posts", "polls", "events", "plan", "inviting", "live"}
    hidden = {"picture", "visitor", "letter", "ballot", "thumb"}
    assert not hidden & {model._meta.model_name for model in admin.site._registry}


def test_every_list_form_and_history_opens(client, coordinator):
    call_command("loaddemo", verbosity=0)
    factories.post().remove(coordinator, "dubbel")
    opened = 0
    for model, model_admin in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        paths = [reverse(f"{name}_changelist"), f"{reverse(f'{name}_changelist')}?q=zoek"]
        if model_admin.has_add_permission(type("Asked", (), {"user": coordinator, "method": "GET"})()):
            paths.append(reverse(f"{name}_add"))
        for row in model._default_manager.all()[:2]:
            paths += [reverse(f"{name}_change", args=[row.pk]), reverse(f"{name}_history", args=[row.pk])]
        for path in paths:
            answer = client.get(path, follow=True)
            assert answer.status_code == 200, path
            opened += 1
    assert opened > 40
    for app in ("werkplaats", "posts", "polls", "events", "inviting", "live"):
        assert client.get(f"/beheer/{app}/").status_code == 200


def test_vandaag_shows_what_waits(client, coordinator):
    post, wens = factories.post(published=False), factories.wensbeeld(published=False)
    cafe = factories.cafe()
    page = client.get("/beheer/").text
    for shown in (post.text, wens.text, cafe.title, "Vandaag"):
        assert shown in page


def test_nobody_changes_a_password_here(client, coordinator):
    assert client.get("/beheer/password_change/").status_code == 404
    assert client.get("/beheer/password_change/done/").status_code == 404


def test_log_out_ends_the_session(client, coordinator):
    client.post("/beheer/logout/")
    assert "_auth_user_id" not in client.session


def test_the_site_has_one_row_that_stays(client, coordinator):
    assert client.get("/beheer/werkplaats/site/").headers["Location"] == "/beheer/werkplaats/site/1/change/"
    assert client.get("/beheer/werkplaats/site/add/").status_code == 403
    assert client.post("/beheer/werkplaats/site/1/delete/", {"post": "yes"}).status_code == 403


def test_a_header_picture_is_set_replaced_and_taken_away(client, coordinator, django_capture_on_commit_callbacks):
    url = "/beheer/werkplaats/site/1/change/"

    def send(**changes):
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(url, {**form_of(client, url), **changes})
        assert answer.status_code == 302, answer.context["errors"]
        return Site.objects.load().header

    first = send(header_upload=photo(), header_alt="Twee bellen", header_focus_x=30)
    assert (first.alt, first.focus_x, first.focus_y) == ("Twee bellen", 30, 50)
    assert default_storage.exists(first.small.removeprefix("/media/"))
    assert send(header_alt="Drie bellen") == first
    first.refresh_from_db()
    assert first.alt == "Drie bellen"
    second = send(header_upload=photo(), header_alt="Een windmolen")
    assert list(Picture.objects.all()) == [second]
    assert not default_storage.exists(first.small.removeprefix("/media/"))
    assert send(header_remove="on") is None
    assert not Picture.objects.exists()
    assert not default_storage.exists(second.small.removeprefix("/media/"))


def test_a_picture_without_words_or_that_is_none_is_refused_and_the_input_kept(client, coordinator):
    url = "/beheer/werkplaats/site/1/change/"
    values = {**form_of(client, url), "intro": "Nieuwe inleiding"}
    answer = client.post(url, {**values, "header_upload": photo()})
    assert "Schrijf wat er te zien is" in answer.text
    assert "Nieuwe inleiding" in answer.text
    answer = client.post(
        url, {**values, "header_upload": SimpleUploadedFile("x.png", b"<svg/>", "image/png"), "header_alt": "x"}
    )
    assert "geen foto die we kennen" in answer.text
    assert not Picture.objects.filter(shown=True).exists()
    assert Site.objects.load().intro != "Nieuwe inleiding"


def test_a_motto_keeps_its_picture_when_its_text_changes(client, coordinator):
    motto = Motto.objects.create(text="samen", artwork="motto-bubbles", artwork_alt="Bellen")
    url = reverse("admin:werkplaats_motto_change", args=[motto.pk])
    client.post(url, {**form_of(client, url), "picture_upload": photo(), "picture_alt": "Kinderen"})
    motto.refresh_from_db()
    picture = motto.picture
    client.post(url, {**form_of(client, url), "text": "samen leren leven"})
    motto.refresh_from_db()
    assert (motto.text, motto.picture) == ("samen leren leven", picture)
    assert picture is not None


def test_text_is_cleaned_on_its_way_in(client, coordinator):
    url = "/beheer/werkplaats/site/1/change/"
    client.post(url, {**form_of(client, url), "intro": "Een\x00 twee\u202e drie\r\n\r\n\r\n\r\n\r\nvier"})
    assert Site.objects.load().intro == "Een twee drie\n\n\nvier"


@pytest.mark.parametrize(
    "wrong", [{"period_start": "9" * 30}, {"period_start": "2031", "period_end": "2027"}, {"contact_email": "x"}]
)
def test_what_cannot_be_is_told_so_and_not_written(client, coordinator, wrong):
    url = "/beheer/werkplaats/site/1/change/"
    before = Site.objects.values().get()
    answer = client.post(url, {**form_of(client, url), **wrong})
    assert answer.status_code == 200
    assert answer.context["errors"]
    assert Site.objects.values().get() == before


@pytest.mark.parametrize("date", ["0001-01-01", "01-01-0001", "9999-12-31", "x"])
def test_a_milestone_outside_the_calendar_is_refused(client, coordinator, date):
    answer = client.post("/beheer/werkplaats/milestone/add/", {"date": date, "title": "Ooit"})
    assert answer.status_code == 200
    assert client.get("/programma/").status_code == 200


def test_a_colleague_is_added_without_a_password(client, coordinator):
    client.post("/beheer/werkplaats/user/add/", {"email": "Collega@Example.org", "name": "Col", "is_active": "on"})
    colleague = User.objects.get(email="collega@example.org")
    assert not colleague.has_usable_password()
    assert not colleague.is_staff


def test_nobody_locks_themselves_out(client, coordinator):
    url = reverse("admin:werkplaats_user_change", args=[coordinator.pk])
    client.post(url, {"email": coordinator.email, "name": "Nieuwe naam"})
    coordinator.refresh_from_db()
    assert coordinator.name == "Nieuwe naam"
    assert coordinator.is_active
    assert coordinator.is_superuser


def test_staff_that_may_not_do_all_cannot_raise_themselves(client, settings):
    settings.DEMO = True
    user = factories.user(is_staff=True)
    client.force_login(user)
    url = reverse("admin:werkplaats_user_change", args=[user.pk])
    assert client.post(url, {"email": user.email, "is_superuser": "on"}).status_code == 403
    assert client.get("/beheer/werkplaats/user/").status_code == 403


def test_a_lost_phone_is_helped_by_a_colleague(client, coordinator):
    colleague = factories.user(is_staff=True)
    Authenticator.objects.create(user=colleague, type=Authenticator.Type.TOTP, data={})
    client.post("/beheer/werkplaats/user/", {"action": "forget_second_factor", "_selected_action": [colleague.pk]})
    assert not Authenticator.objects.exists()


SHOWN_ON_THE_SITE = {Poll, StickerRound, DesignCycle}


def one_of_each() -> dict:
    """A row of each model that says where it shows, by its model."""
    sticker_round = factories.sticker_round(groups=1, ideas=1)
    cafe = factories.cafe()
    made = [
        *[cafe, factories.registration(cafe), factories.question(), factories.post(), factories.cycle(), sticker_round],
        *[factories.poll(), factories.wensbeeld(), sticker_round.groups.first(), sticker_round.ideas.first()],
        LiveCafe.objects.of_cafe(cafe),
    ]
    return {type(row): row for row in made}


def ways_to(row) -> list[str]:
    """The addresses by which a row of any table was found, by its number."""
    kind = ContentType.objects.get_for_model(row).pk
    return [f"/beheer/r/{written}/{row.pk}/" for written in (kind, f"0{kind}", f"+{kind}", f"%20{kind}", f"{kind}/.")]


def test_only_what_its_admin_shows_there_leads_to_the_site(client, coordinator):
    rows = one_of_each()
    has_page = {model for model in admin.site._registry if hasattr(model, "get_absolute_url")}
    assert has_page <= {*rows}, "a row of these too"
    for model, row in rows.items():
        answers = [client.get(way) for way in ways_to(row)]
        if model in SHOWN_ON_THE_SITE:
            assert answers.pop(0).url == row.get_absolute_url()
        assert {answer.status_code for answer in answers} == {404}, model
    for kind in ContentType.objects.all():
        for row in ("x", "9" * 30, "1/2"):
            assert client.get(f"/beheer/r/{kind.pk}/{row}/").status_code == 404, kind
    assert client.get(f"/beheer/r/{2**63}/1/").status_code == 404


def test_no_number_leads_staff_without_the_right_to_a_row(client, settings):
    """The address of a sign-up is the key that was mailed to its owner."""
    settings.DEMO = True
    user = factories.user(is_staff=True)
    client.force_login(user)
    rows = one_of_each()
    for row in rows.values():
        assert {client.get(way).status_code for way in ways_to(row)} == {404}, row
    user.user_permissions.add(Permission.objects.get(codename="view_poll"))
    opened = {model for model, row in rows.items() if client.get(ways_to(row)[0]).status_code == 302}
    assert opened == {Poll}


@pytest.mark.parametrize("kind", ["cycle", "round", "question", "site", "motto", "milestone"])
def test_what_two_people_type_in_one_form_is_kept(client, coordinator, kind):
    """Each of them opens the form before the other saves."""
    make, one, other = {
        "cycle": (factories.cycle, "purpose", "next_text"),
        "round": (factories.sticker_round, "intro", "people"),
        "question": (factories.question, "intro", "promise"),
        "site": (lambda: Site.objects.get_or_create(pk=1)[0], "poem", "header_alt"),
        "motto": (
            lambda: Motto.objects.create(text="samen leren leven", artwork="motto-bubbles", artwork_alt="Bellen"),
            "position",
            "text",
        ),
        "milestone": (lambda: Milestone.objects.create(date="2027-01-02", title="Start"), "title", "date"),
    }[kind]
    row = make()
    if kind == "site":
        row.header = Picture.objects.create(name="a" * 32, width=9, height=9, alt="Een plein")
        row.save()
    url = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    first, second = shown_form(client, url), shown_form(client, url)
    typed = {"position": "7", "date": "2027-02-03"}
    first[one], second[other] = typed.get(one, "De eerste"), typed.get(other, "De tweede")
    for sent in (first, second):
        answer = client.post(url, sent)
        assert answer.status_code == 302, answer.context["errors"]
    shown = shown_form(client, url)
    assert (shown[one], shown[other]) == ([first[one]], [second[other]])


def test_who_only_corrects_a_word_does_not_undo_a_publication(client, coordinator):
    cycle, question = factories.cycle(published_at=None), factories.question()
    url = reverse("admin:polls_designcycle_change", args=[cycle.pk])
    first, second = shown_form(client, url), shown_form(client, url)
    assert "published" not in first
    client.post(url, first | {"published": "on", "questions": question.pk})
    client.post(url, second | {"purpose": "Zonder tikfout"})
    cycle.refresh_from_db()
    assert cycle.published_at and cycle.purpose == "Zonder tikfout" and cycle.questions.get() == question
