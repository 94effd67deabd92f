"""The signed link in the mail: what it changes, for whom, and what it never does."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from posts import tokens
from posts.actions import moderating
from posts.models.holds import Hold, Removal
from posts.models.posts import Post
from tests.helpers import factories
from tests.helpers.consent import press
from werkplaats import mail
from werkplaats.people.models import User, Visitor
from werkplaats.web import programs

pytestmark = pytest.mark.django_db
EMAIL = "ouder@example.org"


@pytest.fixture
def writer():
    """A browser that wrote something under an address, and its post."""
    question = factories.question()
    browser = Client()
    data = {"text": "Eén vast gezicht.", "name": "Fatima", "role": factories.role().pk, "email": EMAIL}
    data["moment"] = programs.moment(ago=10)
    browser.post(f"/vragen/{question.slug}/bijdragen/", data)
    browser.written = Post.objects.get()
    return browser


@pytest.fixture
def link(writer, mailbox):
    """The path in the mail."""
    (mail,) = mailbox()
    return re.search(r"http://testserver(/bijdragen/bevestigen/\S+/)", mail.get_body(["plain"]).get_content())[1]


def changed() -> tuple:
    """All that a link could change."""
    users = list(User.objects.values_list("email", "is_active", "last_login"))
    return list(Post.objects.values_list("pk", "published_at", "removed_at").order_by("pk")), users


def is_logged_in(browser) -> bool:
    return "_auth_user_id" in browser.session


def test_opening_it_shows_the_text_and_changes_nothing(writer, link):
    before = changed()
    for browser in (writer, Client()):
        for _ in range(2):
            answer = browser.get(link)
            assert answer.status_code == browser.head(link).status_code == 200
            assert "Eén vast gezicht." in answer.text
            assert "Ja, dit schreef ik: zet het online" in answer.text
            assert "Dit schreef ik niet" in answer.text
    assert changed() == before


def test_in_the_browser_that_wrote_it_yes_publishes_and_logs_in(writer, link):
    answer = press(writer, link, "ja")
    post = writer.written
    post.refresh_from_db()
    assert answer.url == f"/bijdragen/{post.pk}/?geplaatst"
    assert post.is_public
    user = User.objects.get(email=EMAIL)
    assert user.emailaddress_set.get().verified
    assert post.published_by == post.visitor.user == user
    assert is_logged_in(writer)
    assert "Je bijdrage staat online" in writer.get(answer.url).text
    assert "Eén vast gezicht." in Client().get("/denk-praat-doe-mee/").text


def test_in_another_browser_yes_publishes_and_logs_nobody_in(writer, link):
    phone = Client()
    assert press(phone, link, "ja", follow=True).status_code == 200
    writer.written.refresh_from_db()
    assert writer.written.is_public
    assert not is_logged_in(phone)
    assert not is_logged_in(writer)
    assert writer.written.visitor.user == writer.written.author  # no longer of the browser that typed it


@pytest.mark.parametrize("ticked", [False, True])
def test_it_takes_along_what_the_same_visitor_wrote_when_that_is_ticked(writer, link, ticked):
    """Many people write on a computer at school, and some in the name of the one before."""
    question, visitor = writer.written.question, writer.written.visitor
    waits = {"published": False, "email": EMAIL}
    also = factories.post(question, visitor=visitor, **waits)
    elsewhere = factories.post(question, visitor=visitor, published=False, email="ander@example.org")
    someone_else = factories.post(question, **waits)
    refused = factories.post(question, visitor=visitor, **waits)
    refused.remove(by=None, reason="kwetsend")
    page = writer.get(link).text
    assert "checked" not in re.search(r'<input type="checkbox" name="ook"[^>]*>', page)[0]
    press(writer, link, "ja", also=(also.pk, someone_else.pk, elsewhere.pk) if ticked else ())
    public = set(Post.objects.filter(published_at__isnull=False))
    assert public == ({writer.written, also} if ticked else {writer.written})
    assert not {elsewhere, someone_else, refused} & public


def test_of_an_erased_visitor_it_takes_nothing_along(writer, link):
    other = factories.post(writer.written.question, published=False, email=EMAIL)
    Post.objects.update(visitor=None)
    press(Client(), link, "ja")
    assert set(Post.objects.filter(published_at__isnull=False)) == {writer.written}
    assert other != writer.written


def test_no_takes_it_away(writer, link):
    answer = press(Client(), link, "nee")
    assert "de bijdrage is weg" in answer.text
    writer.written.refresh_from_db()
    assert writer.written.removed_at
    assert not writer.written.published_at
    assert not User.objects.exists()
    assert writer.get(f"/bijdragen/{writer.written.pk}/").status_code == 404


@pytest.mark.parametrize("what", ["published", "removed", "erased"])
def test_replayed_it_is_kind_and_changes_nothing(writer, link, what):
    if what == "published":
        press(writer, link, "ja")
    elif what == "removed":
        press(writer, link, "nee")
    else:
        Post.objects.all().delete()
    before = changed()
    browser = Client()
    assert browser.get(link).status_code == 410
    for said in ("ja", "nee"):
        assert press(browser, link, said).status_code in (302, 410)
    assert changed() == before
    assert not is_logged_in(browser)


def test_when_a_moderator_was_quicker_it_still_becomes_its_writers(writer, link):
    post, moderator = writer.written, factories.coordinator()
    moderating.approve([post], moderator, {post.pk: post.version})
    page = Client().get(link).text
    assert "Een moderator las dit, en het staat online" in page
    assert "zet het online" not in page
    press(Client(), link, "ja")
    post.refresh_from_db()
    assert post.is_public
    assert (post.author, post.published_by) == (User.objects.get(email=EMAIL), moderator)
    assert post.vetted_at
    assert Client().get(link).status_code == 410


def test_when_a_moderator_was_quicker_no_hides_it_and_lets_go_of_the_address(writer, link):
    post, moderator = writer.written, factories.coordinator()
    moderating.approve([post], moderator, {post.pk: post.version})
    press(Client(), link, "nee")
    post.refresh_from_db()
    assert (post.removal, post.held_for, post.email) == (Removal.HELD, Hold.DENIED, "")
    assert Post.objects.for_moderator().get() == post
    moderating.approve([post], moderator, {post.pk: post.version})
    post.refresh_from_db()
    assert post.is_public
    assert not Post.objects.unclaimed_under(EMAIL)


def test_what_waits_since_a_report_becomes_its_writers_and_still_waits(writer, link):
    post = writer.written
    post.publish()
    post.hold(Hold.REPORTED)
    press(Client(), link, "ja")
    post.refresh_from_db()
    assert (post.author.email, post.is_held, post.held_for) == (EMAIL, True, Hold.REPORTED)


def test_expired_it_is_kind_and_changes_nothing(writer, link, monkeypatch):
    before = changed()
    monkeypatch.setattr(tokens, "MAX_AGE", timedelta(seconds=-1))
    for answer in (writer.get(link), press(writer, link, "ja")):
        assert answer.status_code == 410
        assert "Deze link is verlopen" in answer.text
        assert "Een moderator leest die eerst" in answer.text
        assert "/accounts/login/?next=/bijdragen/bevestigen/" in answer.text
    assert changed() == before
    moderating.approve([writer.written], factories.coordinator(), {writer.written.pk: 1})
    assert "Je bijdrage staat online" in writer.get(link).text
    writer.written.remove(by=None, reason="kwetsend")
    assert "Deze bijdrage is weggehaald" in writer.get(link).text


def test_it_lives_24_hours():
    assert tokens.MAX_AGE == timedelta(hours=24)


@pytest.mark.parametrize("odd", ["x", "1.a.b", "1", "..", "%00", "é", "1.1x.x" * 500])
def test_foreign_or_changed_it_is_not_found(writer, link, odd):
    token = link.split("/")[-2]
    number, rest = token.split(".", 1)
    for wrong in (odd, f"{int(number) + 1}.{rest}", token[:-1], f"{token}x"):
        for answer in (writer.get(f"/bijdragen/bevestigen/{wrong}/"), writer.post(f"/bijdragen/bevestigen/{wrong}/")):
            assert answer.status_code in (400, 404), wrong
    assert not Post.objects.filter(published_at__isnull=False).exists()


def test_staff_never_log_in_by_it(writer, link):
    user = factories.user(email=EMAIL, is_staff=True)
    press(writer, link, "ja")
    writer.written.refresh_from_db()
    assert writer.written.is_public
    assert not is_logged_in(writer)
    assert writer.written.visitor.user == user


def test_who_was_shut_out_waits_for_a_moderator(writer, link):
    factories.user(email=EMAIL, is_active=False)
    assert "Een moderator leest die eerst" in press(writer, link, "ja").text
    writer.written.refresh_from_db()
    assert writer.written.is_waiting
    assert not is_logged_in(writer)


def test_what_others_typed_under_the_address_is_listed_and_claimed_one_by_one(writer, link):
    question = writer.written.question
    theirs = factories.post(question, published=False, email=EMAIL, text="Van mijn telefoon.")
    not_theirs = factories.post(question, published=False, email=EMAIL, text="Van een grapjas.")
    page = Client().get(link).text
    assert "Van mijn telefoon." in page
    assert "Van een grapjas." in page
    first = press(writer, link, "ja")
    assert first.url == f"{link}?klaar={writer.written.pk}"
    again = writer.get(link).text
    assert "Eén vast gezicht." not in again
    assert "Schreef jij dit ook?" in again
    press(writer, link, "ja", theirs.pk)
    assert "de bijdrage is weg" in press(writer, link, "nee", not_theirs.pk).text
    public = set(Post.objects.filter(published_at__isnull=False))
    assert public == {writer.written, theirs}
    assert theirs in Post.objects.filter(author__email=EMAIL)
    not_theirs.refresh_from_db()
    assert not_theirs.removal == "refused"
    assert writer.get(link).status_code == 410


@pytest.mark.parametrize(
    ("hold", "about", "said", "told"),
    [
        ("", "own", "ja", "Je bijdrage staat online."),
        ("hint", "own", "ja", "Je bijdrage is bewaard. Een moderator leest die eerst, "),
        ("", "other", "ja", "Je bijdrage staat online."),
        ("", "other", "nee", "Dank je. De bijdrage is weg, "),
    ],
)
def test_where_more_is_asked_the_page_tells_first_what_became_of_the_one_before(writer, link, hold, about, said, told):
    question = writer.written.question
    other, last = (factories.post(question, published=False, email=EMAIL) for _ in range(2))
    post = writer.written if about == "own" else other
    if hold:
        post.hold(hold)
    page = press(Client(), link, said, post.pk, follow=True).text
    notice, rest = page.split('role="status"')[1].split("<h1>")[0], page.split("<h1>")[1]
    assert told in re.sub(r"\s+", " ", notice) and "Schreef jij dit" in rest and last.text in rest
    assert (f'<a href="{post.place}">Bekijk</a>' in notice) == (told == "Je bijdrage staat online.")


def test_what_is_told_of_the_one_before_is_told_to_who_answered_alone(writer, link):
    theirs = factories.post(author=User.objects.confirmed("ander@example.org"), email="ander@example.org")
    for odd in (theirs.pk, "0", "x", "9" * 30, "", "%00", writer.written.pk):
        assert 'class="notice success"' not in writer.get(f"{link}?klaar={odd}").text


def test_the_link_opens_nothing_of_another_address(writer, link):
    other = factories.post(writer.written.question, published=False, email="ander@example.org", text="Geheim.")
    for number in (other.pk, "0", "x", "9" * 30):
        answer = writer.post(link, {"antwoord": "ja", "bijdrage": number})
        assert answer.status_code == 200
        assert "Geheim." not in answer.text
    assert not Post.objects.public().exists()


def test_a_held_post_is_theirs_but_still_waits(writer, link):
    writer.written.hold("hint")
    said = press(writer, link, "ja", follow=True).text
    assert "Een moderator leest je bijdrage eerst" in said and writer.written.text in said
    assert "Kijk intussen in je mail" not in said
    writer.written.refresh_from_db()
    assert writer.written.is_waiting
    assert writer.written.author.email == EMAIL
    assert writer.get(link).status_code == 410


def test_of_whom_something_was_removed_waits_until_a_moderator_says_otherwise(writer, link):
    user = User.objects.confirmed(EMAIL)
    factories.post(writer.written.question, author=user).remove(factories.coordinator(), "kwetsend")
    press(writer, link, "ja")
    writer.written.refresh_from_db()
    assert (writer.written.is_waiting, writer.written.held_for) == (True, "record")
    trusted = factories.post(writer.written.question, visitor=writer.written.visitor, published=False, email=EMAIL)
    User.objects.filter(pk=user.pk).update(trusted_at=timezone.now())
    press(Client(), f"/bijdragen/bevestigen/{tokens.make(trusted)}/", "ja")
    trusted.refresh_from_db()
    assert trusted.is_public


def asks_code(writer, browser=None):
    """Presses «Mail me liever een code» on the page of the post."""
    seen = f"{writer.written.pk}.{Post.objects.get(pk=writer.written.pk).version}"
    return (browser or writer).post(f"/bijdragen/{writer.written.pk}/code/", {"gezien": seen})


def code_in(mails) -> str:
    (mail,) = [mail for mail in mails if "code" in mail["Subject"].lower()]
    return re.search(r"^    (\S+)$", mail.get_body(["plain"]).get_content(), re.MULTILINE)[1]


def test_a_code_in_the_browser_that_asked_does_the_same(writer, mailbox):
    other = factories.post(writer.written.question, published=False, email=EMAIL, text="Van mijn telefoon.")
    asked = asks_code(writer)
    assert asked.url == "/accounts/login/code/confirm/?next=/bijdragen/bevestigen/"
    assert not User.objects.get(email=EMAIL).emailaddress_set.filter(verified=True).exists()
    entered = writer.post(asked.url, {"code": code_in(mailbox())})
    assert entered.url == "/bijdragen/bevestigen/"
    writer.written.refresh_from_db()
    other.refresh_from_db()
    assert (writer.written.is_public, other.is_public) == (True, False)
    assert "Van mijn telefoon." in writer.get(entered.url).text
    press(writer, entered.url, "ja", other.pk)
    other.refresh_from_db()
    assert other.is_public
    assert writer.get(entered.url).url.startswith("/bijdragen/")


def test_a_code_is_mailed_for_ones_own_waiting_post_only(writer, mailbox):
    mailbox()
    stranger = Client()
    assert asks_code(writer, stranger).status_code == 404
    assert writer.get(f"/bijdragen/{writer.written.pk}/code/").url == f"/bijdragen/{writer.written.pk}/"
    answers = [asks_code(writer).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 429]
    assert len(mailbox()) == 3
    writer.written.publish()
    assert asks_code(writer).status_code == 404


def test_who_is_not_logged_in_claims_nothing(client):
    factories.post(published=False, email=EMAIL)
    assert client.get("/bijdragen/bevestigen/").url.startswith("/accounts/login/")


def test_without_an_answer_it_asks_again(writer, link):
    assert writer.post(link, {"antwoord": "misschien"}).status_code == 200
    assert not changed()[1]


def test_the_mail_does_not_go_when_it_makes_no_sense_any_more(writer, mailbox):
    writer.written.publish()
    assert mailbox() == []


def test_what_was_written_before_the_log_in_stays_with_the_writer(writer, link):
    """The visitor of the browser becomes the one that the person already was elsewhere."""
    user = User.objects.confirmed(EMAIL)
    at_work = Visitor.objects.create(user=user, created_at=timezone.now())
    press(writer, link, "ja")
    writer.written.refresh_from_db()
    assert writer.written.visitor == at_work
    assert writer.written.is_public


@pytest.fixture
def approved(writer, mailbox):
    """The path in the mail that tells, days later, that a moderator showed it."""
    mailbox()
    moderating.approve([writer.written], factories.coordinator(), {writer.written.pk: 1})
    (mail,) = mailbox()
    text = mail.get_body(["plain"]).get_content()
    assert "Schreef jij het niet? Dan zeg je dat op dezelfde pagina" in text
    return re.search(r"http://testserver(/bijdragen/bevestigen/\S+/)", text)[1]


def test_what_a_moderator_showed_is_claimed_with_the_link_of_that_mail(writer, approved):
    press(Client(), approved, "ja")
    writer.written.refresh_from_db()
    assert writer.written.author == User.objects.get(email=EMAIL)


def test_what_a_moderator_showed_is_denied_with_the_link_of_that_mail(writer, approved):
    press(Client(), approved, "nee")
    writer.written.refresh_from_db()
    assert (writer.written.held_for, writer.written.is_public, writer.written.email) == (Hold.DENIED, False, "")
    again = Client().get(approved).text
    assert "Je zei dat je dit niet schreef" in again
    assert "Daarna staat die online" not in again


def test_that_link_works_a_month_and_then_tells_how_to_get_on(writer, approved, monkeypatch):
    assert tokens.A_MONTH == timedelta(days=30)
    monkeypatch.setattr(tokens, "A_MONTH", timedelta(seconds=-1))
    answer = Client().get(approved)
    assert answer.status_code == 410
    assert "Je bijdrage staat online" in answer.text
    assert "/accounts/login/?next=/bijdragen/bevestigen/" in answer.text


def test_an_address_under_which_something_waits_gets_a_code(writer, link, mailbox):
    """Its owner is no user yet, and can neither say yes nor no without one."""
    for address, about in ((EMAIL, "code"), ("niemand@example.org", "kennen dit adres")):
        mailbox()
        assert Client().post("/accounts/login/", {"email": address}).url == "/accounts/login/code/confirm/"
        (mail,) = mailbox()
        assert about in mail.get_body(["plain"]).get_content()


@pytest.mark.parametrize("shown", [False, True])
def test_no_holds_for_what_its_writer_has_taken_away(writer, link, shown):
    """They would put it back, and it would be public under the address of who denied it."""
    post, owner = writer.written, Client()
    if shown:
        moderating.approve([post], factories.coordinator(), {post.pk: 1})
    seen = f"{post.pk}.1"
    writer.post(f"/bijdragen/{post.pk}/weghalen/")
    answer = owner.post(link, {"bijdrage": post.pk, "gezien": seen, "antwoord": "nee"})
    assert "kan het niet terugzetten" in answer.text
    writer.post(f"/bijdragen/{post.pk}/weghalen/", {"terug": "1"})
    post.refresh_from_db()
    assert (post.removal, post.is_public, post.email) == (Removal.REFUSED, False, "")


def test_the_page_shows_what_an_answer_answers_and_the_mail_does_not(writer, mailbox):
    """Who answers their own words with the address of another would have these sent to them, with a link."""
    words = "Win 500 euro! Ga naar https://kwaad.example/klik"
    parent = factories.post(writer.written.question, name="Schoolbestuur", text=words)
    data = {"text": "Ja, doe mee.", "name": "Annabel", "role": factories.role().pk, "email": EMAIL}
    mailbox()
    writer.post(f"/bijdragen/{parent.pk}/antwoord/", data | {"moment": programs.moment(ago=10)})
    (mail,) = mailbox()
    text, html = (mail.get_body([kind]).get_content() for kind in ("plain", "html"))
    assert "Het is een antwoord op een andere bijdrage." in text and "een andere bijdrage." in html
    for typed in ("500 euro", "kwaad.example", "Schoolbestuur", "doe mee", "Annabel"):
        assert typed not in text + html + mail["Subject"]
    path = re.search(r"http://testserver(/bijdragen/bevestigen/\S+/)", text)[1]
    assert words in Client().get(path).text


def test_what_moved_to_another_question_is_shown_and_asked_again(writer, link):
    owner = Client()
    seen = f"{writer.written.pk}.1"
    moderating.move([writer.written], factories.question(current=False), {writer.written.pk: 1})
    answer = owner.post(link, {"bijdrage": writer.written.pk, "gezien": seen, "antwoord": "ja"})
    assert answer.url.endswith("?gewijzigd")
    writer.written.refresh_from_db()
    assert not writer.written.is_public


def test_the_mail_to_who_is_shut_out_promises_nothing(mailbox):
    """The page behind it has a no alone."""
    factories.user(email="anna@example.org", is_active=False)
    post = factories.post(published=False, email="anna@example.org", asked_at=timezone.now())
    mail.later("posts.tasks.send_confirmation", to=post.email, post_id=post.pk)
    (letter,) = mailbox()
    said = letter.get_body(("plain",)).get_content() + letter.get_body(("html",)).get_content()
    assert said.count("Met dit adres kun je nu niet meedoen") == 2
    assert "meteen online" not in said and "Zet mijn bijdrage online" not in said
