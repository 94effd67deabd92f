"""What the second step promises against what happens: sentence, state, mail and who sees it agree, in every case."""

import re
from dataclasses import dataclass, field

import pytest
from django.test import Client

from posts import tokens
from posts.models.holds import Hold
from posts.models.posts import Post
from posts.screening import strangers
from tests.helpers import factories
from tests.helpers.consent import forms
from tests.posts.test_finishing import EMAIL, HTMX, PERSONAL, TEXT, photo, somebody, step_of, words
from werkplaats.people.models import User

pytestmark = pytest.mark.django_db
READ_FIRST = "Een moderator leest je bijdrage eerst"
BY_MAIL = "Kijk in je mail (o…\u2060@example.org) en druk op de knop."
EITHER = "<b>Met adres:</b> je krijgt een mail met een knop."


@dataclass
class Case:
    """`promised` stands in the step, `told` in what comes after it; `mails` are asked to confirm.

    `then` is whether pressing the button in the mail makes it public.
    """

    promised: str
    told: list[str]
    sent: dict = field(default_factory=dict)
    text: str = TEXT
    before: str = ""
    is_public: bool = False
    held_for: str = ""
    mails: int = 0
    then: bool = False


CASES = {
    "no address": Case(EITHER, [READ_FIRST, "Daarna staat je bijdrage online."]),
    "new address": Case(
        EITHER, [BY_MAIL, "Dan staat je bijdrage meteen online."], {"email": EMAIL}, mails=1, then=True
    ),
    "known address": Case(EITHER, [BY_MAIL], {"email": EMAIL}, before="known", mails=1, then=True),
    # Told as everyone is: nobody learns from it whose access was ended.
    "deactivated": Case(EITHER, [BY_MAIL], {"email": EMAIL}, before="shut out", mails=1),
    "logged in": Case("meteen online.", ["Je bijdrage staat online."], before="logged in", is_public=True),
    "logged in, removed before": Case(
        "haalde eerder iets van je weg", ["haalde eerder iets van je weg"], before="record", held_for=Hold.RECORD
    ),
    "pupil": Case(
        "zoals bij alle leerlingen",
        ["Fijn dat je meedoet. Wij lezen eerst mee.", "Er staat ‘Een leerling’ bij."],
        {"role": "leerling", "email": EMAIL},
        held_for=Hold.PUPIL,
    ),
    "spam hint": Case(
        "er staat een link in", ["Er staat een link in"], text="Zie winkel.nl/actie", held_for=Hold.LINKS
    ),
    "spam hint, address": Case(
        "er staat een link in",
        ["Er staat een link in", "Kijk in je mail (o…"],
        {"email": EMAIL},
        text="Zie winkel.nl/actie",
        held_for=Hold.LINKS,
        mails=1,
    ),
    "name hint": Case("iets persoonlijks in", ["iets persoonlijks in"], text=PERSONAL, held_for=Hold.HINT),
    "closed meanwhile": Case(EITHER, [READ_FIRST], before="closed"),
    "picture": Case(
        EITHER, [READ_FIRST, "Je foto bekijken we eerst"], {"picture": photo, "alt": "Een boom", "no_children": "on"}
    ),
    "meeting": Case(EITHER, [READ_FIRST], {"meeting": "Team 5", "meeting_size": "8"}),
}


def begin(client: Client, before: str) -> None:
    if before in ("known", "shut out"):
        User.objects.confirmed(EMAIL)
    if before == "shut out":
        User.objects.filter(email=EMAIL).update(is_active=False)
    if before in ("logged in", "record"):
        client.force_login(User.objects.confirmed(EMAIL))
    if before == "record":
        removed = factories.post(author=User.objects.get(email=EMAIL), email=EMAIL)
        removed.remove(by=None, reason="kwetsend")


def text_of(html: str) -> str:
    return " ".join(re.sub(r"\s+", " ", html).split())


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize("name", CASES)
def test_what_is_promised_happens(client, name, headers, mailbox, tmp_path_factory, settings):
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    case = CASES[name]
    factories.role("leerling", is_pupil=True)
    begin(client, case.before)
    create = f"/vragen/{factories.question().slug}/bijdragen/"
    answer = client.post(create, words(case.text), headers=headers)
    if answer.status_code == 422:  # asks first
        consent = re.search(r'name="klopt" value="(\w+)"', answer.text)[1]
        answer = client.post(create, words(case.text, klopt=consent), headers=headers)
    post = Post.objects.get(text=case.text)
    step = text_of(answer.text if headers else client.get(answer.url).text)
    assert case.promised in step
    if case.held_for not in ("", Hold.PUPIL):
        assert "meteen online" not in step

    if case.before == "closed":
        factories.question()
    sent = somebody(**case.sent)
    if sent["role"] == "leerling":
        sent["role"] = factories.role("leerling").pk
    if "picture" in sent:
        sent["picture"] = photo()
    answer = client.post(step_of(post), sent, headers=headers)
    thanks = text_of(answer.text if headers else client.get(answer.url).text)
    for told in case.told:  # a page that can be opened again shows no part of the address
        assert (told if headers else re.sub(r" \(o….*example\.org\)| \(o….*", "", told)) in thanks
        assert headers or "(o…" not in thanks
    if case.held_for != Hold.PUPIL:
        assert "Dank je wel, <bdi>Fatima</bdi>!" in thanks

    post.refresh_from_db()
    assert (post.is_public, post.is_waiting, post.held_for) == (case.is_public, not case.is_public, case.held_for)
    assert (case.text in Client().get(post.question.get_absolute_url()).text) == case.is_public
    assert len(mailbox()) == case.mails
    if case.mails:
        link = f"/bijdragen/bevestigen/{tokens.make(post)}/"
        seen = forms(Client().get(link).text).get(post.pk, "")
        Client().post(link, {"bijdrage": post.pk, "gezien": seen, "antwoord": "ja"})
        post.refresh_from_db()
        assert post.is_public == case.then


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_full_queue_promises_nothing(client, headers, monkeypatch, mailbox):
    create = f"/vragen/{factories.question().slug}/bijdragen/"
    client.post(create, words())
    monkeypatch.setattr(strangers, "MOST_WAITING", 0)
    answer = client.post(step_of(Post.objects.get()), somebody(email=EMAIL), headers=headers)
    assert answer.status_code == 503 and "Druk later nog eens op Klaar." in answer.text
    assert Post.objects.unfinished().count() == 1 and mailbox() == []


def test_both_steps_together_take_few_statements(client, django_assert_max_num_queries):
    create = f"/vragen/{factories.question().slug}/bijdragen/"
    sent = somebody(email=EMAIL)
    client.get("/denk-praat-doe-mee/")
    with django_assert_max_num_queries(60) as both:
        page = client.post(create, words()).url
        client.post(page, sent)
    # In life the outermost transactions are no savepoints.
    statements = [query["sql"] for query in both.captured_queries if " SAVEPOINT " not in f" {query['sql']}"]
    assert len(statements) == 22  # two of them count that somebody wrote, and said who
