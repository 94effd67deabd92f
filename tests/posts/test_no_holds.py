"""«Dit schreef ik niet» holds, whatever became of the post since the page was opened; the answer tells what it did."""

import html
import re
from datetime import timedelta

import pytest
from django.test import Client

from posts import tokens
from posts.actions import confirming, moderating
from posts.models.denials import NO, Denied, state_of
from posts.models.holds import SOMEBODY, Hold, Removal
from posts.models.posts import Post
from tests.helpers import factories
from tests.helpers.browsers import browser_of, left_by
from tests.helpers.consent import press, sent
from tests.helpers.races import in_between
from tests.helpers.shown import as_read, to_change
from werkplaats.people.models import Role, User, Visitor, Werkgebied

pytestmark = pytest.mark.django_db
EMAIL, NAME = "ouder@example.org", "Karel de Wit"
CLAIMS = "/bijdragen/bevestigen/"
GONE, OWN, AWAY = (
    "wie het schreef kan het niet terugzetten",
    "Je zei eerder dat je dit schreef",
    "had de bijdrage al weggehaald",
)
HIDDEN = "Een moderator las de bijdrage eerder en kijkt er opnieuw naar. Wie het schreef, kan het niet terugzetten"
LIES = ("staat al online", "Je bijdrage is bewaard", "Je bijdrage staat online", "Daarna staat die online")


def typed(**fields) -> Post:
    """What a stranger typed under somebody's address and name."""
    said = {"email": EMAIL, "name": NAME, "asked_at": "2026-10-01T12:00Z", "text": "Ouders zijn lastig."}
    return factories.post(published=False, **said | fields)


def approve(post: Post) -> None:
    now = Post.objects.get(pk=post.pk)
    moderating.approve([now], factories.coordinator(), {now.pk: now.version})


def remove(post: Post) -> None:
    moderating.remove([Post.objects.get(pk=post.pk)], factories.coordinator(), "kwetsend", as_read(post))


def restore(post: Post) -> None:
    now = Post.objects.get(pk=post.pk)
    moderating.restore([now], factories.coordinator(), {now.pk: now.version})


def change(post: Post, **said) -> None:
    data = to_change(post, text="Ouders zijn heel lastig.", name=NAME) | said
    browser_of(post.visitor).post(f"/bijdragen/{post.pk}/wijzigen/", data)


def turn_pupil(post: Post) -> None:
    change(post, role=Role.objects.get_or_create(name="leerling", is_pupil=True)[0].pk)


def withdraw(post: Post) -> None:
    browser_of(post.visitor).post(f"/bijdragen/{post.pk}/weghalen/")


def put_back(post: Post) -> None:
    browser_of(post.visitor).post(f"/bijdragen/{post.pk}/weghalen/", {"terug": "1"})


def report(post: Post) -> None:
    Post.objects.get(pk=post.pk).hold(Hold.REPORTED)


# What happens between opening the page and pressing, and what the answer says then.
MEANWHILE = {
    "nothing": ([], GONE),
    "shown": ([approve], HIDDEN),
    "shown, reported": ([approve, report], HIDDEN),
    "pupil": ([turn_pupil], GONE),
    "shown, pupil": ([approve, turn_pupil], HIDDEN),
    "pupil, shown": ([turn_pupil, approve], HIDDEN),
    "withdrawn": ([withdraw], GONE),
    "shown, withdrawn": ([approve, withdraw], GONE),
    "changed, withdrawn": ([change, withdraw], GONE),
    "pupil, withdrawn": ([turn_pupil, withdraw], GONE),
    "removed": ([remove], AWAY),
    "shown, removed": ([approve, remove], AWAY),
    "pupil, removed": ([turn_pupil, remove], AWAY),
    "removed, restored": ([remove, restore], HIDDEN),
}
LATER = (put_back, change, turn_pupil, restore, change, approve)


def open_page(where: str, post: Post) -> tuple[Client, str, str]:
    """A browser of the owner in which the page lies that asks about a post, its address, and what it shows."""
    owner, path = Client(), f"{CLAIMS}{tokens.make(post)}/"
    if where == "shut out":
        factories.user(email=EMAIL, is_active=False)
    if where == "claims":
        owner.force_login(User.objects.confirmed(EMAIL))
        path = CLAIMS
    elif where == "other":
        path = f"{CLAIMS}{tokens.make(typed(name='Iemand', text='Iets heel anders.'))}/"
    return owner, path, owner.get(path).text


def say(owner: Client, path: str, page: str, post: Post, said: str = "nee"):
    return owner.post(path, {**sent(page, post.pk), "antwoord": said})


def in_their_name() -> set[str]:
    public = Post.objects.public().filter(removed_at=None)
    return {post.text for post in public if post.name == NAME or post.email == EMAIL or post.author}


@pytest.mark.parametrize("where", ["link", "claims", "other", "shut out", "shut out since"])
@pytest.mark.parametrize("meanwhile", MEANWHILE)
def test_a_no_holds_whatever_became_of_the_post_meanwhile(where, meanwhile):
    post = typed()
    owner, path, page = open_page(where, post)
    happened, says = MEANWHILE[meanwhile]
    for happens in happened:
        happens(post)
    if where == "shut out since":
        factories.user(email=EMAIL, is_active=False)
    answer = say(owner, path, page, post)
    if where != "other":  # there the next one is asked
        assert says in html.unescape(answer.text).replace("\n", " ")
        assert not [words for words in LIES if words in answer.text]
    now = Post.objects.get(pk=post.pk)
    assert (now.email, now.asked_at, now.author, now.is_public) == ("", None, None, False)
    assert NAME not in now.name
    before = now.text
    for happens in LATER[:3]:
        happens(post)
    now.refresh_from_db()
    assert (now.text, now.is_public, NAME in now.name) == (before, False, False)  # who typed it does nothing any more
    assert post.text not in say(owner, path, page, post, "ja").text
    for happens in LATER[3:]:
        happens(post)
        assert not in_their_name(), happens


def say_yes(post: Post) -> None:
    press(Client(), f"{CLAIMS}{tokens.make(post)}/", "ja", post.pk)


def own_change(post: Post) -> None:
    owner = Client()
    owner.force_login(User.objects.get(email=EMAIL))
    data = to_change(post, text="Nog beter gezegd.", name=NAME)
    owner.post(f"/bijdragen/{post.pk}/wijzigen/", data)
    assert Post.objects.get(pk=post.pk).text == "Nog beter gezegd."


def own_withdraw(post: Post) -> None:
    owner = Client()
    owner.force_login(User.objects.get(email=EMAIL))
    owner.post(f"/bijdragen/{post.pk}/weghalen/")


@pytest.mark.parametrize("state", ["waiting", "public", "held", "removed"])
def test_a_no_takes_meeting_and_place_with_the_name(client, coordinator, state):
    said = {"meeting": "Team van Karel", "meeting_size": 3, "werkgebied": Werkgebied.objects.create(name="Duinstreek")}
    post = typed(**said)
    owner, path, page = open_page("mail", post)
    if state != "waiting":
        approve(post)
    factories.become(Post.objects.get(pk=post.pk), state)
    say(owner, path, page, post)
    post.refresh_from_db()
    assert (post.name, post.meeting, post.meeting_size, post.werkgebied) == (SOMEBODY, "", None, None)
    restore(post)
    read = client.get(f"/bijdragen/{post.pk}/").text
    assert "Ouders zijn lastig." in read and "Karel" not in read and "Duinstreek" not in read


@pytest.mark.parametrize("where", ["link", "claims", "other"])
@pytest.mark.parametrize(
    ("meanwhile", "says"),
    [
        ([say_yes], OWN),
        ([say_yes, own_change], OWN),
        ([say_yes, own_withdraw], OWN),
        ([say_yes, report], OWN),
        ([approve, say_yes], OWN),
        ([say_yes, remove], AWAY),
        ([say_yes, remove, restore], OWN),
    ],
)
def test_a_no_after_ones_own_yes_takes_it_away_as_its_writer_does(where, meanwhile, says):
    post = typed()
    owner, path, page = open_page(where, post)
    for happens in meanwhile:
        happens(post)
    answer = say(owner, path, page, post)
    if where != "other" or says == OWN:
        assert says in answer.text
    assert not in_their_name()
    now = Post.objects.get(pk=post.pk)
    assert (now.removal, now.author.email) == (Removal.WRITER if says == OWN else Removal.MODERATOR, EMAIL)
    for happens in (put_back, restore, approve):
        happens(post)
        assert NAME not in {post.name for post in Post.objects.filter(published_at__isnull=False, removed_at=None)}


def test_who_said_yes_and_then_no_may_put_it_back_themselves_for_an_hour():
    post = typed()
    owner, path, page = open_page("link", post)
    say(owner, path, page, post, "ja")
    answer = say(owner, path, page, post)
    address = f"/bijdragen/{post.pk}/weghalen/"
    assert f'href="{address}"' in answer.text
    for browser in (owner, browser_of(post.visitor)):
        assert browser.post(address, {"terug": "1"}).status_code == 403
    owner.force_login(User.objects.get(email=EMAIL))
    owner.post(address, {"terug": "1"})
    assert in_their_name() == {post.text}


def test_who_typed_it_is_offered_no_way_to_change_it_any_more():
    """Not while a moderator decides, and not once it is back."""
    post = typed()
    approve(post)
    typist, links = browser_of(post.visitor), [f"/bijdragen/{post.pk}/{what}/" for what in ("wijzigen", "weghalen")]
    assert all(link in typist.get(f"/bijdragen/{post.pk}/").text for link in links)
    owner, path, page = open_page("link", post)
    say(owner, path, page, post)
    for happens in (lambda post: None, approve):
        happens(post)
        page = typist.get(f"/bijdragen/{post.pk}/").text
        assert post.text in page
        assert not [link for link in links if link in page]
        assert {typist.get(link).status_code for link in links} == {404}
    Visitor.objects.filter(pk=post.visitor_id).update(user=factories.user())
    assert left_by(Visitor.objects.get(pk=post.visitor_id)).get(links[0]).status_code == 404  # no log-in would help


@pytest.mark.parametrize("meanwhile", [[], [withdraw], [turn_pupil], [approve, withdraw]])
def test_a_no_on_a_page_that_lay_open_longer_than_its_link_lives_holds_too(monkeypatch, meanwhile):
    post = typed()
    owner, path, page = open_page("link", post)
    for happens in meanwhile:
        happens(post)
    monkeypatch.setattr(tokens, "MAX_AGE", timedelta(seconds=-1))
    for said in ({"antwoord": "nee"}, {"bijdrage": post.pk, "gezien": f"{post.pk}.1", "antwoord": "nee"}):
        assert Client().post(path, said).status_code == 410  # without that page
    assert say(owner, path, page, post, "ja").status_code == 410
    before = Post.objects.values("removal", "author").get()
    assert before == {"removal": "writer" if withdraw in meanwhile else "", "author": None}
    assert GONE in say(owner, path, page, post).text
    for happens in LATER:
        happens(post)
        assert not in_their_name(), happens


def test_a_page_that_somebody_kept_for_weeks_takes_nothing_away(monkeypatch):
    """The mail was forwarded to a colleague, who opened it and pressed nothing; the owner said yes."""
    post = typed()
    colleague, path, page = open_page("link", post)
    owner, _, shown = open_page("link", post)
    say(owner, path, shown, post, "ja")
    for name in ("MAX_AGE", "PAGE_AGE"):
        monkeypatch.setattr(tokens, name, timedelta(seconds=-1))
    assert say(colleague, path, page, post).status_code == 410
    assert Post.objects.get().is_public


def test_a_code_that_was_asked_for_before_the_no_publishes_nothing(mailbox):
    """Whoever typed the words asks for one in that browser; the owner says no on the phone, and types it."""
    post = typed()
    typist = browser_of(post.visitor)
    asked = typist.post(f"/bijdragen/{post.pk}/code/", {"gezien": f"{post.pk}.1"})
    (letter,) = [each for each in mailbox() if "code" in each["Subject"].lower()]
    code = re.search(r"^    (\S+)$", letter.get_body(["plain"]).get_content(), re.MULTILINE)[1]
    owner, path, page = open_page("link", post)
    say(owner, path, page, post)
    assert typist.post(asked.url, {"code": code}).status_code == 302
    assert typist.session["_auth_user_id"]
    assert not in_their_name()


def test_pressing_no_twice_is_once():
    post = typed()
    owner, path, page = open_page("link", post)
    first = say(owner, path, page, post)
    row = Post.objects.values().get()
    assert say(owner, path, page, post).text == first.text
    assert Post.objects.values().get() == row


@pytest.mark.parametrize("before", [[], [approve], [remove]])
def test_a_no_that_was_heard_does_not_undo_what_a_moderator_decided_after_it(before):
    post = typed()
    owner, path, page = open_page("link", post)
    for happens in before:
        happens(post)
    say(owner, path, page, post)
    for happens in (approve, restore):
        happens(post)
    row = Post.objects.values().get()
    assert row["removal"] == "" and row["published_at"]
    assert "De bijdrage staat online, zonder jouw adres" in say(owner, path, page, post).text
    assert Post.objects.values().get() == row


def test_of_what_is_erased_nothing_is_left_to_deny():
    post = typed()
    owner, path, page = open_page("link", post)
    moderating.erase([post], factories.coordinator(), {post.pk: post.version})
    row = Post.objects.values().get()
    assert "Deze bijdrage is weggehaald" in say(owner, path, page, post).text
    assert Post.objects.values().get() == row


def test_the_link_tells_that_the_address_is_gone_from_the_post():
    post = typed()
    turn_pupil(post)
    page = Client().get(f"{CLAIMS}{tokens.make(post)}/")
    assert (page.status_code, "Je adres hoort hier niet meer bij" in page.text) == (410, True)
    assert post.text not in page.text
    approve(post)
    page = Client().get(f"{CLAIMS}{tokens.make(post)}/").text
    assert "De bijdrage staat online, zonder jouw adres" in page


def test_a_yes_to_what_is_not_asked_any_more_tells_what_became_of_it():
    post = typed()
    for happens, says in ((withdraw, "Deze bijdrage is weggehaald"), (turn_pupil, "Je adres hoort hier niet meer bij")):
        Post.objects.update(removed_at=None, removal="")
        owner, path, page = open_page("claims", post)
        happens(post)
        answer = say(owner, path, page, post, "ja")
        assert (answer.status_code, says in answer.text) == (410, True)
    assert Post.objects.get().author is None


@pytest.mark.parametrize("state", ["unclaimed", "claimed", "pupil", "withdrawn", "removed"])
def test_nobody_denies_what_did_not_stand_under_their_address(state):
    """With the link and the page of another post, with what another page signed, or without."""
    post = typed()
    if state == "claimed":
        say_yes(post)
    elif state != "unclaimed":
        {"pupil": turn_pupil, "withdrawn": withdraw, "removed": remove}[state](post)
    theirs = typed(email="ander@example.org", name="Anna")
    browser, path, page = open_page("link", theirs)
    shown = sent(page, theirs.pk)["onder"]
    before = Post.objects.filter(pk=post.pk).values().get()
    seen = {"bijdrage": post.pk, "gezien": f"{post.pk}.{before['version']}", "antwoord": "nee", "ook": theirs.pk}
    forged = f"{shown[:-1]}{'A' if shown[-1] != 'A' else 'B'}"
    for signed in (shown, forged, "", "x", tokens.make(post), tokens.make_later(post)):
        browser.post(path, {**seen, "onder": signed})
    for signed in (shown, tokens.make_shown("ander@example.org", [post])):
        browser.post(f"{CLAIMS}{tokens.make(theirs)}/", {**seen, "bijdrage": theirs.pk, "ook": "", "onder": signed})
    assert Post.objects.filter(pk=post.pk).values().get() == before


def test_an_old_link_takes_nothing_away_that_was_claimed_since():
    """Who finds the mail later has no page that was opened before the yes: they log in."""
    post = typed()
    say_yes(post)
    data = {"bijdrage": post.pk, "gezien": f"{post.pk}.1", "antwoord": "nee"}
    answer = Client().post(f"{CLAIMS}{tokens.make(post)}/", data)
    assert answer.status_code == 410
    assert "Wil je iets wijzigen of weghalen? Log dan in" in answer.text
    assert in_their_name() == {post.text}


def test_an_address_that_is_another_persons_by_now_takes_away_nothing_of_who_said_yes():
    post = typed()
    owner, path, page = open_page("link", post)
    say(owner, path, page, post, "ja")
    User.objects.filter(email=EMAIL).update(email="nieuw@example.org")
    answer = say(owner, path, page, post)
    assert (answer.status_code, "Dank je" in answer.text) == (410, False)
    assert Post.objects.get().is_public


def test_who_is_shut_out_is_asked_for_a_no_alone():
    """Taking one's name off words of somebody else is no way to write; saying yes is."""
    post = typed()
    page = open_page("shut out", post)[2]
    assert post.text in page and 'value="nee"' in page and 'value="ja"' not in page
    assert "online" not in page.partition("<main")[2].partition("</main>")[0]


def test_who_is_shut_out_takes_away_what_they_said_yes_to_and_is_offered_no_way_back():
    post = typed()
    owner, path, page = open_page("link", post)
    say_yes(post)
    User.objects.filter(email=EMAIL).update(is_active=False)
    answer = say(owner, path, page, post).text
    assert OWN in answer and "Zet terug" not in answer and "Log dan in" not in answer
    assert Post.objects.get().removal == "writer"


def test_a_moderator_reads_that_it_was_denied(client, settings):
    settings.DEMO = True  # no second factor
    post = typed()
    owner, path, page = open_page("link", post)
    remove(post)
    say(owner, path, page, post)
    client.force_login(factories.coordinator())
    for happens in (approve, restore):  # also once it is back
        happens(post)
        for page in ("change", "history"):
            told = client.get(f"/beheer/posts/post/{post.pk}/{page}/").text
            assert "wie het e-mailadres heeft, schreef dit niet" in told
    assert "wie het e-mailadres heeft, schreef dit niet" in client.get("/beheer/posts/post/").text


def test_every_state_has_a_line():
    found = {
        state_of(factories.become(typed(), state)) for state in ("waiting", "withdrawn", "removed", "refused", "erased")
    }
    found |= {state_of(factories.become(factories.post(), state)) for state in ("public", "held", "refused")}
    apart = factories.post()
    apart.set_apart(None)
    found.add(state_of(Post.objects.get(pk=apart.pk)))
    back = factories.become(typed(), "refused")
    restore(back)
    found.add(state_of(Post.objects.get(pk=back.pk)))
    assert found == NO.keys() == {"waiting", "public", "brought back", "erased", *Removal}
    assert {did for line in NO.values() for did in line} == set(Denied)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("happens", [approve, turn_pupil, withdraw, remove, say_yes])
def test_a_no_holds_that_is_pressed_at_the_same_moment(happens):
    post = typed()
    User.objects.confirmed(EMAIL)
    factories.coordinator()
    errors = in_between(
        lambda: happens(post), lambda: confirming.refuse(EMAIL, {post.pk: 1}, "Niet van mij.", shown={post.pk})
    )
    assert not errors
    assert not in_their_name()
    put_back(post)
    restore(post)
    assert not in_their_name()
