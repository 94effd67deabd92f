"""Writing a contribution or an answer: who sees it when, what survives, and that twice is once."""

import re

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from posts.models.posts import Post
from tests.helpers import factories
from werkplaats.people.models import Visitor, Werkgebied
from werkplaats.web import programs
from werkplaats.web.limits import Limit

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
TEXT = "Bij ons helpt één vast gezicht."


@pytest.fixture
def question():
    return factories.question()


@pytest.fixture
def create(question):
    return f"/vragen/{question.slug}/bijdragen/"


def form(**fields) -> dict:
    """What the box sends when a person took ten seconds for it."""
    sent = {"text": TEXT, "name": "Fatima", "role": factories.role().pk, "moment": programs.moment(ago=10)}
    return sent | fields


def only_post() -> Post:
    return Post.objects.get()


def logged_in(email="ouder@example.org") -> Client:
    from werkplaats.people.models import User

    client = Client()
    client.force_login(User.objects.confirmed(email))
    return client


def test_without_an_address_it_waits_and_only_the_writer_sees_it(client, question, create):
    werkgebied = Werkgebied.objects.create(name="Schagen")
    answer = client.post(create, form(werkgebied=werkgebied.pk, meeting="Teamoverleg", meeting_size="14"))
    post = only_post()
    assert answer.status_code == 302
    assert answer.url == f"/bijdragen/{post.pk}/?geplaatst"
    assert (post.text, post.name, post.role.name, post.question) == (TEXT, "Fatima", "ouder", question)
    assert (post.werkgebied, post.meeting, post.meeting_size) == (werkgebied, "Teamoverleg", 14)
    assert (post.is_waiting, post.email, post.visitor) == (True, "", Visitor.objects.get())
    for url in (f"/bijdragen/{post.pk}/", question.get_absolute_url()):
        html = client.get(url).text
        assert TEXT in html
        assert "Wacht op goedkeuring" in html
    assert Client().get(f"/bijdragen/{post.pk}/").status_code == 404
    assert TEXT not in Client().get(question.get_absolute_url()).text
    assert not ProcrastinateJob.objects.exists()


def test_with_an_address_a_mail_asks_to_confirm(client, question, create, mailbox):
    client.post(create, form(email=" Ouder@Example.ORG "))
    post = only_post()
    assert (post.is_waiting, post.email) == (True, "ouder@example.org")
    assert "Kijk in je mail" in client.get(f"/bijdragen/{post.pk}/").text
    assert set(ProcrastinateJob.objects.get().args) == {"post_id"}
    (mail,) = mailbox()
    assert mail["To"] == "ouder@example.org"
    assert "/bijdragen/bevestigen/" in mail.get_body(["plain"]).get_content()
    assert "/bijdragen/bevestigen/" in mail.get_body(["html"]).get_content()
    # Whoever types someone's address must not be able to mail them a text of their own.
    for part in ("plain", "html"):
        assert TEXT not in mail.get_body([part]).get_content()
        assert "Fatima" not in mail.get_body([part]).get_content()


def test_a_confirmed_person_who_is_logged_in_is_public_at_once(question, create):
    client = logged_in()
    html = client.get(question.get_absolute_url()).text
    assert 'name="email"' not in html
    answer = client.post(create, form(email="iemand.anders@example.org"), follow=True)
    post = only_post()
    assert post.is_public
    assert post.email == "ouder@example.org"
    assert post.visitor.user == post.published_by
    assert "Je bijdrage staat online" in answer.text
    assert TEXT in Client().get(question.get_absolute_url()).text
    assert not ProcrastinateJob.objects.exists()


def test_a_pupil_gives_no_address_and_always_waits(client, create):
    pupil = factories.role("leerling", is_pupil=True)
    html = client.post(create, {"text": "Hallo", "moment": programs.moment(ago=10)}, follow=True).text
    assert re.search(rf'<option value="{pupil.pk}"[^>]* data-pupil', html)
    assert "Fijn dat je meedoet. Wij lezen eerst mee" in html
    Post.objects.all().delete()
    client.post(create, form(role=pupil.pk, email="kind@example.org"))
    client.post(create, form(role=pupil.pk, text="Nog iets", email="geen adres"))
    logged_in().post(create, form(role=pupil.pk, text="En nog iets"))
    assert [(post.email, post.is_waiting) for post in Post.objects.all()] == [("", True)] * 3
    assert not ProcrastinateJob.objects.exists()


def test_an_answer_opens_under_the_post_and_waits_in_its_place(client):
    parent = factories.post()
    url = f"/bijdragen/{parent.pk}/antwoord/"
    assert parent.text in client.get(url).text
    fragment = client.get(url, headers=HTMX).text
    assert "<html" not in fragment
    assert "autofocus" in fragment
    assert "csrfmiddlewaretoken" in fragment
    client.post(url, form())
    answer = Post.objects.get(parent=parent)
    assert (answer.root, answer.question, answer.is_waiting) == (parent, parent.question, True)
    thread = client.get(f"/bijdragen/{answer.pk}/").text
    assert thread.index(parent.text) < thread.index(TEXT)


@pytest.mark.parametrize("state", ["waiting", "removed"])
def test_nobody_answers_what_is_not_shown(client, state):
    parent = factories.post(published=state != "waiting")
    if state == "removed":
        parent.remove(by=None, reason="kwetsend")
    url = f"/bijdragen/{parent.pk}/antwoord/"
    assert client.get(url).status_code == client.post(url, form()).status_code == 404
    assert Post.objects.count() == 1


def test_with_htmx_a_contribution_comes_back_in_its_place(client, create):
    fragment = client.post(create, form(), headers=HTMX)
    assert fragment.status_code == 200
    assert "<html" not in fragment.text
    box, placed = fragment.text.split("<hx-partial")
    assert 'id="schrijf"' in box
    assert TEXT not in box
    assert f'id="bijdrage-{only_post().pk}"' in placed
    assert "Wacht op goedkeuring" in placed


def test_with_htmx_an_answer_comes_back_in_its_place(client):
    parent = factories.post()
    answer = client.post(f"/bijdragen/{parent.pk}/antwoord/", form(), headers=HTMX)
    assert f'hx-target="#antwoorden-{parent.pk}"' in answer.text
    assert TEXT in answer.text
    assert answer.headers["X-Geplaatst"] == "1"  # drafts.js drops the draft


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"text": " \u200b "}, "Schrijf eerst iets in dit vak. Een paar woorden is al goed."),
        ({"name": "www.winkel.nl"}, "Hier past geen webadres of e-mailadres."),
        ({"role": ""}, "Kies je rol."),
        ({"role": "999"}, "Kies een rol uit de lijst."),
        ({"werkgebied": "0"}, "Kies een werkgebied uit de lijst."),
        ({"email": "ouder@school"}, "Dit is geen volledig e-mailadres."),
        ({"meeting": "Teamoverleg"}, "Vul in met hoeveel mensen jullie waren."),
        ({"meeting_size": "12"}, "Vul ook de naam van het overleg in."),
        ({"meeting": "Team", "meeting_size": "0"}, "Vul een aantal mensen in tussen 1 en 5000."),
    ],
)
def test_a_mistake_is_told_beside_the_field_and_nothing_is_lost(client, create, headers, fields, message):
    answer = client.post(create, form(**fields), headers=headers)
    assert answer.status_code == 422
    assert ("<html" in answer.text) == (not headers)
    assert answer.text.count(message) == 2  # in the summary and beside the field
    assert 'class="error-summary"' in answer.text
    if "text" not in fields:
        assert TEXT in answer.text
    if "name" not in fields:
        assert 'value="Fatima"' in answer.text
    assert not Post.objects.exists()
    assert not Visitor.objects.exists()


def test_twice_is_once(client, create, mailbox):
    data = form(email="ouder@example.org")
    first, second = client.post(create, data), client.post(create, data)
    assert first.url == second.url
    assert len(mailbox()) == 1
    assert only_post().name == "Fatima"


def test_under_another_name_or_role_it_is_another_post(client, create):
    """On a computer at school a second person says the same: it is theirs, and so is the picture that comes along."""
    for other in ({}, {"name": "Bob"}, {"role": factories.role("leerkracht").pk}):
        client.post(create, form(**other))
    assert sorted(Post.objects.values_list("name", "role__name")) == [
        ("Bob", "ouder"),
        ("Fatima", "leerkracht"),
        ("Fatima", "ouder"),
    ]


@pytest.mark.parametrize(
    "first, then",
    [
        ({"meeting": "Team A", "meeting_size": "12"}, {"meeting": "Team B", "meeting_size": "12"}),
        ({"meeting": "Team A", "meeting_size": "12"}, {"meeting": "Team A", "meeting_size": "9"}),
        ({}, {"meeting": "Team B", "meeting_size": "9"}),
        ({"werkgebied": "Schagen"}, {"werkgebied": "Texel"}),
        ({}, {"werkgebied": "Texel"}),
    ],
)
def test_of_another_meeting_or_place_it_is_another_post(client, create, first, then):
    places = {name: Werkgebied.objects.create(name=name).pk for name in ("Schagen", "Texel")}
    for _ in range(2):  # each twice is once
        for said in (first, then):
            place = {"werkgebied": places[said["werkgebied"]]} if "werkgebied" in said else {}
            client.post(create, form(**said | place))
    kept = Post.objects.order_by("pk").values("meeting", "werkgebied__name")
    assert [(row["meeting"], row["werkgebied__name"]) for row in kept] == [
        (said.get("meeting", ""), said.get("werkgebied")) for said in (first, then)
    ]


def test_under_another_address_it_is_another_post_that_gets_its_mail(client, create, mailbox):
    for address in ("els.fuot@example.org", "els.goed@example.org"):
        client.post(create, form(email=address))
    assert [mail["To"] for mail in mailbox()] == ["els.fuot@example.org", "els.goed@example.org"]


def test_two_clicks_of_a_stranger_are_one_post():
    """Both leave before the first answer brought the visitor's cookie."""
    create = f"/vragen/{factories.question().slug}/bijdragen/"
    first, second = Client(enforce_csrf_checks=True), Client(enforce_csrf_checks=True)
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)', first.get("/denk-praat-doe-mee/").text)[1]
    second.cookies["csrf"] = first.cookies["csrf"].value
    urls = {browser.post(create, form(csrfmiddlewaretoken=token)).url for browser in (first, second)}
    assert urls == {f"/bijdragen/{only_post().pk}/?geplaatst"}
    assert TEXT in second.get(urls.pop()).text


def test_words_that_were_taken_away_may_be_said_again(client, create):
    client.post(create, form())
    only_post().remove(by=None, reason="Er stond een naam in.")
    client.post(create, form())
    assert Post.objects.waiting().count() == 1


def test_the_same_words_somewhere_else_are_another_post(client, question, create):
    parent = factories.post(question)
    client.post(create, form())
    client.post(f"/bijdragen/{parent.pk}/antwoord/", form())
    assert Post.objects.filter(text=TEXT).count() == 2


def test_beyond_the_limit_the_words_are_kept_and_no_more_mail_goes(create, mailbox):
    pages = [
        Client().post(create, form(text=f"bericht {number}", email="doel@example.org"), follow=True).text
        for number in range(5)
    ]
    assert Post.objects.waiting().count() == 5
    assert len(mailbox()) == 3
    assert all("Kijk in je mail" in page for page in pages[:3])
    assert all("dus nu niet nog een" in page for page in pages[3:])


def test_a_room_full_of_people_behind_one_address_is_not_refused(create):
    for number in range(30):
        answer = Client().post(create, form(email=f"mens{number}@example.org"), REMOTE_ADDR="192.0.2.1")
        assert answer.status_code == 302
    assert ProcrastinateJob.objects.count() == 30


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_question_that_closed_meanwhile_gives_the_text_back(client, question, create, headers):
    parent = factories.post(question)
    factories.question()
    for url in (create, f"/bijdragen/{parent.pk}/antwoord/"):
        answer = client.post(url, form(), headers=headers)
        assert answer.status_code == 409
        assert f"{TEXT}</textarea>" in answer.text
        assert "kopieer die" in answer.text
    assert Post.objects.count() == 1


ODD = {
    "nul": "a\x00b",
    "bidi": "\u202eabc\u2066",
    "emoji": "👨‍👩‍👧‍👦🫪",
    "surrogate": "a\ud800b",
    "zalgo": "a" + "\u0315" * 5000,
    "huge": "é" * 100_000,
    "digits": "9" * 5000,
    "bigint": str(2**63),
    "markup": "<script>alert(1)</script>{{ 7|add:7 }}",
    "formula": "=HYPERLINK(1)",
    "header": "a@b.nl\r\nBcc: c@d.nl",
}


FIELDS = ["text", "name", "role", "werkgebied", "email", "meeting", "meeting_size", "alt", "picture"]
FIELDS += ["no_children", "remember", "klopt", "moment", "website"]


@pytest.mark.parametrize("odd", ODD)
def test_odd_input_is_cleaned_or_refused_and_never_breaks_a_page(client, question, create, odd):
    for field in FIELDS:
        Limit.objects.all().delete()  # nobody writes so much in so short a time
        data = {**form(), field: ODD[odd]}
        for url in (create, f"/bijdragen/{factories.post(question).pk}/antwoord/"):
            answer = client.post(url, encode(data), content_type="application/x-www-form-urlencoded")
            assert answer.status_code in (302, 409, 422, 400, 413), (field, answer)
    page = question.get_absolute_url()
    for url in (page, f"{page}?pagina=2", f"{page}?pagina=3", "/"):
        html = client.get(url).text
        assert "<script>alert" not in html
        assert "\x00" not in html
        assert "\u202e" not in html


def encode(data: dict) -> bytes:
    """As a browser would, but with lone surrogates in it."""
    from urllib.parse import quote

    return "&".join(f"{name}={quote(str(value), errors='surrogatepass')}" for name, value in data.items()).encode()


def test_writing_changes_nothing_by_get(client, create):
    assert client.get(create).url == create.removesuffix("bijdragen/")


def test_queries_of_a_contribution(client, create, django_assert_num_queries):
    """With BEGIN and COMMIT; one more for a browser's first, which keeps who the writer says to be."""
    for count, number in [(16, 1), (15, 2), (15, 3)]:
        sent = form(text=f"{TEXT} {number}", email=f"ouder{number}@example.org")
        with django_assert_num_queries(count):
            assert client.post(create, sent, headers=HTMX).status_code == 200
