"""Words are whose they are: yes counts for what was on the page, and an author's words change by them alone."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client

from posts import tokens
from posts.actions import confirming, moderating, writing
from posts.models.holds import Hold
from posts.models.posts import Post
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.helpers.consent import forms, press
from tests.helpers.races import in_between
from tests.helpers.shown import to_change
from werkplaats import mail
from werkplaats.people.models import User, Werkgebied

pytestmark = pytest.mark.django_db
EMAIL = "ouder@example.org"
CLAIMS = "/bijdragen/bevestigen/"
CHANGED = "is veranderd nadat jij het opende"
KEPT = "Dit is op dit apparaat getypt en nog niet bewaard"


def typed(text="Korte lijnen helpen.", **fields) -> Post:
    """What a stranger typed under somebody's address, and waits until its owner says whether they wrote it."""
    return factories.post(published=False, email=EMAIL, asked_at="2026-10-01T12:00Z", text=text, **fields)


def link_of(post: Post) -> str:
    return f"/bijdragen/bevestigen/{tokens.make(post)}/"


def change(browser, post: Post, text: str):
    return browser.post(f"/bijdragen/{post.pk}/wijzigen/", to_change(post, text=text, name="Fatima"))


def public() -> set[str]:
    return set(Post.objects.public().filter(removed_at=None).values_list("text", flat=True))


def code_in(mails) -> str:
    (sent,) = [each for each in mails if "code" in each["Subject"].lower()]
    return re.search(r"^    (\S+)$", sent.get_body(["plain"]).get_content(), re.MULTILINE)[1]


def log_in(browser, mailbox, path="/accounts/login/"):
    mailbox()
    asked = browser.post(path, {"email": EMAIL})
    return browser.post(asked.url, {"code": code_in(mailbox())})


def owner_at(path: str) -> Client:
    """The browser of the owner of the address, which may open this page."""
    browser = Client()
    if path == "/bijdragen/bevestigen/":
        browser.force_login(User.objects.confirmed(EMAIL))
    return browser


@pytest.mark.parametrize("where", ["link", "claims"])
@pytest.mark.parametrize("what", ["text", "name", "role", "werkgebied", "meeting", "picture"])
@pytest.mark.parametrize("said", ["ja", "nee"])
def test_what_changed_after_the_page_was_opened_is_shown_and_asked_again(image_row, where, what, said):
    post = typed()
    path = link_of(post) if where == "link" else "/bijdragen/bevestigen/"
    owner = owner_at(path)
    opened = forms(owner.get(path).text)
    fields = {
        "text": "Iedereen moet weg.",
        "name": "Wethouder Jansen",
        "role": factories.role("wethouder"),
        "werkgebied": Werkgebied.objects.create(name="Zuid"),
        "meeting": "De hele school",
        "picture": image_row(alt="Een hand"),
    }
    Post.objects.filter(pk=post.pk).update(**{what: fields[what]})
    answer = owner.post(path, {"bijdrage": post.pk, "gezien": opened[post.pk], "antwoord": said}, follow=True)
    post.refresh_from_db()
    assert (post.is_waiting, post.author) == (True, None)
    assert CHANGED in answer.text
    assert str(getattr(post, what)) in answer.text
    press(owner, path, said)
    post.refresh_from_db()
    assert (post.is_public, post.removal) == ((True, "") if said == "ja" else (False, "refused"))


@pytest.mark.parametrize("where", ["link", "claims"])
@pytest.mark.parametrize("what", ["role", "werkgebied"])
def test_another_name_for_the_role_or_werkgebied_is_shown_and_asked_again(where, what):
    """A coordinator renames it: then words would be under what their writer did not say that they are."""
    post = typed(werkgebied=Werkgebied.objects.create(name="Noord"))
    path = link_of(post) if where == "link" else CLAIMS
    owner = owner_at(path)
    opened = forms(owner.get(path).text)
    row = getattr(post, what)
    type(row).objects.filter(pk=row.pk).update(name="docent speciaal")
    answer = owner.post(path, {"bijdrage": post.pk, "gezien": opened[post.pk], "antwoord": "ja"}, follow=True)
    assert not public()
    assert CHANGED in answer.text and "docent speciaal" in answer.text
    press(owner, path, "ja")
    assert public()


def test_all_that_an_answer_is_to_stands_on_the_page_that_asks():
    above = factories.post(text="Wij willen dat ieder kind gezien wordt. " * 20 + "Dus minder geld.")
    post = typed(parent=above)
    assert "Dus minder geld." in Client().get(link_of(post)).text


def test_without_saying_what_was_shown_it_is_asked(client):
    post = typed()
    for seen in ("", "x", f"{post.pk}", f"{post.pk}.2", f"{post.pk}.{'9' * 40}", f"x{post.pk}.1"):
        client.post(link_of(post), {"bijdrage": post.pk, "gezien": seen, "antwoord": "ja"})
    assert not public()


def test_one_button_for_several_is_about_each_of_them(client):
    post = typed()
    also = typed("Van hetzelfde apparaat.", question=post.question, visitor=post.visitor)
    path = link_of(post)
    seen = forms(client.get(path).text)[post.pk]
    change(browser_of(post.visitor), also, "Iets heel anders.")
    later = typed("Pas later geschreven.", question=post.question, visitor=post.visitor)
    ticked = {"bijdrage": post.pk, "gezien": seen, "antwoord": "ja", "ook": also.pk}
    answer = client.post(path, ticked, follow=True)
    assert not public()
    assert CHANGED in answer.text
    seen = forms(answer.text)[post.pk]
    Post.objects.filter(pk=later.pk).update(removed_at="2026-10-01T12:00Z", removal="writer")
    assert press(client, path, "ja", also=(also.pk,)).status_code == 302
    assert public() == {post.text, "Iets heel anders."}
    # What came after the page was opened was not on it.
    Post.objects.filter(pk=later.pk).update(removed_at=None, removal="")
    client.post(path, {"bijdrage": post.pk, "gezien": seen, "antwoord": "ja"})
    assert later.text not in public()


def test_of_nobody_else_can_be_said_that_it_was_shown(client):
    post, other = typed(), factories.post(published=False, email="ander@example.org", text="Van een ander.")
    seen = f"{post.pk}.1 {other.pk}.1"
    client.post(link_of(post), {"bijdrage": post.pk, "gezien": seen, "antwoord": "ja"})
    assert public() == {post.text}


def test_a_code_publishes_what_the_page_showed_and_nothing_else(mailbox):
    post = typed()
    also = typed("Op hetzelfde apparaat.", question=post.question, visitor=post.visitor)
    browser = browser_of(post.visitor)
    page = browser.get(f"/bijdragen/{post.pk}/").text
    seen = re.search(r'name="gezien" value="([\d.]+)"', page)[1]
    assert browser.post(f"/bijdragen/{post.pk}/code/", {"gezien": f"{post.pk}.7"}).url == post.place
    assert mailbox() == []
    asked = browser.post(f"/bijdragen/{post.pk}/code/", {"gezien": seen})
    browser.post(asked.url, {"code": code_in(mailbox())})
    assert public() == {post.text}
    assert also.text in browser.get(CLAIMS).text


def test_a_code_that_nobody_typed_says_yes_to_nothing(mailbox):
    """Another asked for it on this computer and walked off; the owner presses the button for her own words here."""
    theirs, own = typed("De conrector liegt."), typed()
    Post.objects.filter(pk=own.pk).update(visitor=theirs.visitor)
    browser = browser_of(theirs.visitor)
    browser.post(f"/bijdragen/{theirs.pk}/code/", {"gezien": f"{theirs.pk}.1"})
    press(browser, link_of(own), "ja")
    assert browser.session["_auth_user_id"]
    assert public() == {own.text}
    assert Post.objects.get(pk=theirs.pk).author is None


def test_a_code_for_words_that_changed_meanwhile_asks_again(mailbox):
    post = typed()
    browser, other_tab = browser_of(post.visitor), browser_of(post.visitor)
    asked = browser.post(f"/bijdragen/{post.pk}/code/", {"gezien": f"{post.pk}.1"})
    change(other_tab, post, "Iets heel anders.")
    browser.post(asked.url, {"code": code_in(mailbox())})
    assert not public()
    page = browser.get(CLAIMS).text
    assert CHANGED in page
    assert "Iets heel anders." in page
    press(browser, CLAIMS, "ja")
    assert public() == {"Iets heel anders."}


def test_logging_in_publishes_nothing_that_was_not_asked_for(mailbox):
    """On a shared computer somebody typed under the address of who logs in there later."""
    post, _ = typed(), User.objects.confirmed(EMAIL)
    browser = browser_of(post.visitor)
    log_in(browser, mailbox)
    assert not public()
    assert post.text in browser.get("/bijdragen/bevestigen/").text


def test_a_code_that_was_asked_for_on_a_shared_computer_publishes_nothing_for_who_logs_in_there_later(mailbox):
    """Somebody types under her address, asks for the code and walks away; she asks for one of her own."""
    post, _ = typed(), User.objects.confirmed(EMAIL)
    browser = browser_of(post.visitor)
    asked = browser.post(f"/bijdragen/{post.pk}/code/", {"gezien": f"{post.pk}.1"})
    assert post.text in browser.get(asked.url).text  # the page of the code shows what it stands for
    mailbox()
    log_in(browser, mailbox)
    assert not public()
    assert post.text in browser.get("/bijdragen/bevestigen/").text


def test_a_link_of_who_was_shut_out_writes_nothing(client):
    post = typed()
    shut_out = factories.user(email=EMAIL)
    opened = forms(client.get(link_of(post)).text)
    User.objects.filter(pk=shut_out.pk).update(is_active=False)
    assert "zet het online" not in client.get(link_of(post)).text
    before = Post.objects.values().get(), shut_out.emailaddress_set.count()
    client.post(link_of(post), {"bijdrage": post.pk, "gezien": opened[post.pk], "antwoord": "ja"})
    assert (Post.objects.values().get(), shut_out.emailaddress_set.count()) == before


@pytest.mark.parametrize("why", ["hint", "links", "hurried", "record", "pupil", "no role", ""])
def test_the_page_and_the_mail_promise_only_what_happens(client, mailbox, why):
    post = typed()
    if why == "record":
        factories.post(author=User.objects.confirmed(EMAIL)).remove(factories.coordinator(), "kwetsend")
    elif why == "pupil":  # a coordinator says so only now
        type(post.role).objects.filter(pk=post.role_id).update(is_pupil=True)
    elif why == "no role":
        Post.objects.filter(pk=post.pk).update(role=None)
    elif why:
        post.hold(why)
    page = client.get(link_of(post)).text
    with transaction.atomic():
        mail.later("posts.tasks.send_confirmation", to=EMAIL, post_id=post.pk)
    (sent,) = [each for each in mailbox() if each["To"] == EMAIL]
    words = "".join(sent.get_body([part]).get_content() for part in ("plain", "html"))
    press(client, link_of(post), "ja")
    post.refresh_from_db()
    assert post.is_public == (not why)
    assert ("zet het online" in page) == ("meteen online" in page) == post.is_public
    assert ("Een moderator leest je bijdrage nog" in page) == bool(why)
    assert ("meteen online" in words) == ("Zet mijn bijdrage online" in words) == post.is_public


def claimed(**fields) -> tuple[Post, Client]:
    """A post that its owner claimed, and the browser in which it was typed."""
    post = typed(**fields)
    browser = browser_of(post.visitor)
    press(Client(), link_of(post), "ja")
    post.refresh_from_db()
    assert post.author.email == EMAIL
    return post, browser


def test_the_browser_that_typed_it_is_told_to_log_in_and_keeps_what_is_typed(mailbox):
    post, browser = claimed()
    address = f"/bijdragen/{post.pk}/wijzigen/"
    told = change(browser, post, "Nog beter gezegd.")
    assert told.status_code == 403
    assert "Log in met een code" in told.text
    assert "Je tekst hebben we bewaard" in told.text
    assert f'href="/accounts/login/?next={address}"' in told.text
    post.refresh_from_db()
    assert (post.text, post.edited_at) == ("Korte lijnen helpen.", None)
    back = log_in(browser, mailbox, f"/accounts/login/?next={address}")
    assert back.url == address
    page = browser.get(back.url).text
    assert "Nog beter gezegd.</textarea>" in page
    assert KEPT in page
    now = browser.get(f"{back.url}?nu").text
    assert "Korte lijnen helpen.</textarea>" in now and KEPT not in now
    post.refresh_from_db()
    assert post.text == "Korte lijnen helpen."  # the page says that it waits for «Bewaar»
    change(browser, post, "Nog beter gezegd.")
    assert public() == {"Nog beter gezegd."}
    assert KEPT not in browser.get(back.url).text


def test_what_is_kept_for_its_owner_is_nobodys_who_logs_in_on_that_browser(mailbox, settings):
    settings.DEMO = True  # no second factor
    post, browser = claimed()
    change(browser, post, "Nog beter gezegd.")
    browser.force_login(factories.coordinator())
    page = browser.get(f"/beheer/niet-bewaard/?voor=post%20{post.pk}")
    assert page.status_code == 200
    assert "Dit is nog niet verstuurd" not in page.text
    gone = browser.post("/beheer/niet-bewaard/", {"voor": f"post {post.pk}", "terug": "1"})
    assert gone.url == "/beheer/"
    assert "niet-bewaard" not in browser.session or not browser.session["niet-bewaard"]


def test_what_was_kept_until_the_log_in_puts_nothing_back_unseen(mailbox):
    """Typed where it was written first, while its owner changed it at home."""
    post, browser = claimed()
    change(browser, post, "Nog beter gezegd.")
    post.edit(text="Thuis al veranderd.")
    address = f"/bijdragen/{post.pk}/wijzigen/"
    log_in(browser, mailbox, f"/accounts/login/?next={address}")
    page = browser.get(address).text
    assert "Nog beter gezegd.</textarea>" in page and KEPT in page
    assert "<p>Thuis al veranderd.</p>" in page and "Er is nog niets bewaard" in page


@pytest.mark.parametrize("post_data", [{}, {"terug": "1"}])
def test_nobody_else_takes_it_away_or_puts_it_back(post_data):
    post, typist = claimed()
    if post_data:
        post.withdraw()
    before = Post.objects.values().get()
    other = Client()
    other.force_login(User.objects.confirmed("ander@example.org"))
    for browser, status in ((typist, 403), (Client(), 403), (other, 404)):
        for what in ("wijzigen", "weghalen"):
            assert browser.get(f"/bijdragen/{post.pk}/{what}/").status_code == status
        assert browser.post(f"/bijdragen/{post.pk}/weghalen/", post_data).status_code == status
        assert change(browser, post, "Iets heel anders.").status_code == status
    assert Post.objects.values().get() == before


def test_of_what_waits_a_stranger_is_told_nothing():
    post = factories.post(author=User.objects.confirmed(EMAIL), published=False, held_for=Hold.RECORD)
    assert Client().get(f"/bijdragen/{post.pk}/wijzigen/").status_code == 404


def test_who_is_shut_out_changes_nothing_any_more():
    post, browser = claimed()
    browser.force_login(post.author)
    User.objects.filter(pk=post.author_id).update(is_active=False)
    assert change(browser, post, "Iets heel anders.").status_code == 403
    assert browser.post(f"/bijdragen/{post.pk}/weghalen/").status_code == 403
    assert public() == {post.text}


def test_a_moderator_has_not_read_what_was_changed_since():
    post, browser = claimed()
    moderating.approve([post], factories.coordinator(), {post.pk: post.version})
    browser.force_login(post.author)
    change(browser, post, "Nog beter gezegd.")
    post.refresh_from_db()
    assert post.is_public
    assert post.vetted_at is None


def test_with_a_record_changed_words_wait_too():
    post, browser = claimed()
    factories.post(author=post.author).remove(factories.coordinator(), "kwetsend")
    browser.force_login(post.author)
    change(browser, post, "Nog beter gezegd.")
    post.refresh_from_db()
    assert (post.is_held, post.held_for) == (True, Hold.RECORD)


def compared_without_waiting(email, seen, under):
    """The negative control: what was read before the lock decides."""
    posts = list(Post.objects.unclaimed_under(email).filter(pk__in=seen).order_by("root", "pk"))
    if any(post.version != seen[post.pk] for post in posts):
        raise confirming.Changed
    return posts


@pytest.mark.parametrize(("hold", "held_for"), [(Hold.PUPIL, "pupil"), (Hold.HINT, "hint"), ("", "child")])
def test_what_would_come_back_unread_does_not_when_the_new_words_must_wait(hold, held_for):
    post, _ = claimed()
    post.hold(Hold.CHILD)
    post.edit(text="Bel 0612345678.", hold=hold)
    assert (post.is_held, post.held_for) == (True, held_for)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("careful", [True, False])
def test_words_that_change_while_yes_is_pressed_are_not_published(monkeypatch, careful):
    post = typed()
    writer = writing.Writer(post.visitor_id, AnonymousUser())
    if not careful:
        monkeypatch.setattr(confirming, "locked", compared_without_waiting)
    content = {"text": "Iedereen moet weg.", "role": post.role}
    errors = in_between(
        lambda: writing.edit(Post.objects.get(pk=post.pk), writer, dict(content)),
        lambda: confirming.confirm(EMAIL, {post.pk: 1}),
    )
    assert (public() == {"Iedereen moet weg."}) != careful
    assert [type(error) for error in errors] == ([confirming.Changed] if careful else [])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("careful", [True, False])
def test_words_that_become_somebodys_are_not_changed_by_the_typist(monkeypatch, careful):
    post = typed()
    writer = writing.Writer(post.visitor_id, AnonymousUser())
    if not careful:
        monkeypatch.setattr(Post, "is_of", lambda self, *writer: True)
    content = {"text": "Iedereen moet weg.", "role": post.role}
    errors = in_between(
        lambda: confirming.confirm(EMAIL, {post.pk: 1}),
        lambda: writing.edit(Post.objects.get(pk=post.pk), writer, dict(content)),
    )
    assert (public() == {"Iedereen moet weg."}) != careful
    assert [type(error) for error in errors] == ([writing.NotTheirs] if careful else [])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("careful", [True, False])
def test_who_is_shut_out_while_they_press_publishes_nothing(monkeypatch, careful):
    post, user = typed(), User.objects.confirmed(EMAIL)
    if not careful:
        monkeypatch.setattr(confirming, "lock_owner", lambda email: None)
    errors = in_between(
        lambda: (Post.lock([post]), User.objects.filter(pk=user.pk).update(is_active=False)),
        lambda: confirming.confirm(EMAIL, {post.pk: 1}),
    )
    assert not errors
    assert bool(public()) != careful
