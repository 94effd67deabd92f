"""What one may not see is not found: every address, as a stranger, the writer, another writer and a moderator."""

import io
import zipfile

import pytest
from django.test import Client

from posts.models.holds import Hold
from posts.models.posts import Post
from tests.helpers import factories
from tests.plan.export_helpers import content, made
from tests.werkplaats.web.test_bad_input import addresses
from werkplaats.people.models import User
from werkplaats.pictures.models import Picture

pytestmark = pytest.mark.django_db

EMAIL = "adres-van-de-schrijver@example.org"
# Each state of a post, with a word that stands in that post alone.
SECRETS = {
    "waiting": "wachtwoordeloos",
    "answer": "antwoordgeheim",
    "held": "vastgehoudenzin",
    "removed": "weggehaaldezin",
    "withdrawn": "teruggetrokkenzin",
    "refused": "geweigerdezin",
    "concept": "conceptvraagzin",
    "picture": "fotovanachterdeschermen",
}
WRITERS_OWN = {"waiting", "answer", "held", "withdrawn", "picture"}


@pytest.fixture
def said(settings):
    """One post in every state, all by one writer; `said.writer` is that visitor."""
    settings.DEMO = True  # no second factor for the moderator, and the Postvak is open
    writer, moderator = factories.visitor(), factories.coordinator()
    question = factories.question()
    text = {name: f"Dit is {word}." for name, word in SECRETS.items()}
    by = {"visitor": writer, "email": EMAIL}
    posts = {
        "public": factories.post(question, text="Iedereen leest dit.", **by),
        "waiting": factories.post(question, published=False, text=text["waiting"], **by),
        "held": factories.post(question, text=text["held"], name="Vastnaam", **by),
        "removed": factories.post(question, text=text["removed"], name="Wegnaam", **by),
        "withdrawn": factories.post(question, text=text["withdrawn"], name="Terugnaam", **by),
        "refused": factories.post(question, published=False, text=text["refused"], **by),
    }
    posts["answer"] = factories.post(parent=posts["public"], published=False, text=text["answer"], **by)
    picture = Picture.objects.create(name="f" * 32, width=640, height=480, alt=SECRETS["picture"])
    posts["picture"] = factories.post(question, text="Met een foto.", picture=picture, **by)
    posts["held"].hold(Hold.REPORTED)
    posts["removed"].remove(moderator, "Er staat een naam in.")
    posts["withdrawn"].withdraw()
    posts["refused"].refuse("Iemand anders schreef dit.")
    factories.question(current=False, text=f"Wat is {SECRETS['concept']}?", slug="concept")
    return posts


def paths(said) -> list[str]:
    """All addresses, of the rows that exist and of those that do not, and every secret as something to search."""
    question = said["public"].question.get_absolute_url()
    found = set(addresses()) | {question, f"{question}feed/", f"{question}nieuw/?na=0", "/vragen/concept/"}
    for post in said.values():
        found |= {f"/bijdragen/{post.pk}/{page}" for page in ("", "antwoord/", "melden/", "wijzigen/", "weghalen/")}
    for word in [*SECRETS.values(), "Vastnaam", "Wegnaam", EMAIL]:
        found.add(f"{question}?zoek={word}")
    found |= {f"{question}?sorteer={order}" for order in ("nieuwste", "duimpjes", "zonder-antwoord")}
    return sorted(found)


def seen(client, said) -> dict[str, set[str]]:
    """Which secrets show, and where. What one has searched oneself is written in the field, and is no find."""
    shown = {}
    for path in paths(said):
        answer = client.get(path)
        body = answer.getvalue().decode("utf-8", "replace")
        searched = path.partition("?zoek=")[2]
        for name, secret in {**SECRETS, "email": EMAIL, "file": "f" * 32}.items():
            if secret in body and secret != searched:
                shown.setdefault(name, set()).add(path)
    return shown


def test_what_is_walked_is_there(said):
    """Or finding nothing would prove nothing."""
    client, question = Client(), said["public"].question.get_absolute_url()
    for path in (question, f"{question}feed/", f"{question}nieuw/?na=0", f"{question}?zoek=iedereen"):
        assert client.get(path).status_code == 200, path
    assert "Iedereen leest dit." in client.get(f"{question}feed/").text
    found = [path for path in paths(said) if client.get(path).status_code == 200]
    assert len(found) > 40


def test_a_stranger_finds_nothing(said):
    assert seen(Client(), said) == {}


def test_another_writer_finds_nothing_of_someone_elses(said, browser_of):
    other = factories.visitor()
    factories.post(said["public"].question, visitor=other, published=False, email="ander@example.org")
    assert seen(browser_of(other), said) == {}


def test_another_confirmed_person_finds_nothing(said):
    client = Client()
    client.force_login(User.objects.confirmed("ander@example.org"))
    assert seen(client, said) == {}


def test_the_writer_sees_what_is_their_own(said, browser_of):
    shown = seen(browser_of(said["public"].visitor), said)
    theirs = {"/jouw-gegevens/", "/jouw-gegevens/bestand/"}  # all that is kept of them, also what was taken away
    assert {name for name, where in shown.items() if where - theirs} - {"file"} <= WRITERS_OWN
    assert {"waiting", "held", "answer"} <= set(shown)


def test_a_search_finds_only_what_may_be_read(said, client):
    url = said["public"].question.get_absolute_url()
    for word in SECRETS.values():
        assert "<article" not in client.get(url, {"zoek": word}).text, word
    assert f'id="bijdrage-{said["public"].pk}"' in client.get(url, {"zoek": "iedereen"}).text


def test_a_moderator_sees_all_of_it_in_the_back_office_and_nothing_more_on_the_site(said):
    client = Client()
    client.force_login(User.objects.get(is_staff=True))
    assert seen(client, said) == {}
    for name in ("waiting", "held", "removed", "withdrawn", "refused", "answer"):
        page = client.get(f"/beheer/posts/post/{said[name].pk}/change/").text
        assert SECRETS[name] in page
        assert (EMAIL in page) == (name != "refused")


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_the_yield_holds_only_what_may_be_read(said, form):
    with zipfile.ZipFile(io.BytesIO(content(made(form, names=True)))) as file:
        inside = "".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())
    assert "Iedereen leest dit." in inside
    unseen = [EMAIL, "Vastnaam", "Wegnaam", "Terugnaam", *(SECRETS[name] for name in SECRETS if name != "picture")]
    assert [word for word in unseen if word in inside] == []


def test_what_is_erased_is_nowhere(said):
    post = said["removed"]
    post.erase(User.objects.get(is_staff=True))
    client = Client()
    client.force_login(User.objects.get(is_staff=True))
    for page in ("change", "history"):
        body = client.get(f"/beheer/posts/post/{post.pk}/{page}/").text
        assert SECRETS["removed"] not in body
        assert "Wegnaam" not in body
    rows = [*post.events.values(), *Post.objects.filter(pk=post.pk).values()]
    assert rows
    assert not any(secret in str(rows) for secret in (SECRETS["removed"], "Wegnaam", EMAIL))
