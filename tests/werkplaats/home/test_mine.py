"""«Jouw bijdragen»: what somebody wrote, what became of it, what others answered, and who sees that."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from posts.models import AnswersSeen
from posts.models.holds import Hold
from posts.models.posts import Post
from tests.helpers import factories
from tests.helpers.browsers import as_visitor, browser_of, left_by
from werkplaats.people import visitors
from werkplaats.people.models import User, Visitor

pytestmark = pytest.mark.django_db
MINE, SEEN = "/mijn-bijdragen/", "/mijn-bijdragen/gezien/"
HOUR = timedelta(hours=1)


@pytest.fixture
def visitor():
    return factories.visitor()


@pytest.fixture
def browser(visitor):
    return browser_of(visitor)


def person(email: str = "fatima@example.org") -> Visitor:
    return visitors.own(User.objects.confirmed(email))


def answer(to: Post, **fields) -> Post:
    return factories.post(parent=to, **{"name": "Bram", "text": "Dat herken ik.", **fields})


def shown(browser: Client, path: str = MINE) -> str:
    """The words of the page, each on one line with one space between."""
    main = browser.get(path).text.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split()).replace("&#x27;", "'")


def told_on_front(browser: Client) -> str:
    """What the landing page says of one's own; empty for strangers."""
    found = re.search(r'<p class="yours">.*?</p>', browser.get("/").text, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


def press(browser: Client, **headers):
    """The form of the page, as it stands there."""
    until = re.search(r'name="tot" value="([^"]+)"', browser.get(MINE).text)[1]
    return browser.post(SEEN, {"tot": until}, headers=headers)


# The states


def asked(**fields) -> dict:
    return {"published": False, "email": "fatima@example.org", "asked_at": timezone.now(), **fields}


LATER = "Wacht op een moderator. Een moderator leest je bijdrage eerst, meestal"
STATES = {
    "unfinished": (
        {"published": False, "finished_at": None, "role": None},
        "",
        "Nog één stap. Je tekst is bewaard, en staat",
    ),
    "a mail": (asked(), "", "Wacht op jou. Kijk in je mail en druk op de knop."),
    "an old mail": (asked(asked_at="2026-01-01T12:00Z"), "", LATER),
    "no address": ({"published": False}, "", LATER),
    "a hint": (asked(held_for=Hold.HINT), "", "Wacht op een moderator. Misschien staat er iets persoonlijks in."),
    "public": ({}, "", "Staat online"),
    "nameless": ({"role": None, "name": "Iemand"}, "", "Staat online. Er staat ‘Iemand’ bij"),
    "held": ({}, "held", "Wacht op een moderator. Een moderator leest dit na"),
    "withdrawn": ({}, "withdrawn", "Je haalde dit weg. Niemand ziet je tekst nog. Je kunt hem terugzetten tot"),
    "removed": ({}, "removed", "Weggehaald, want: kwetsend"),
    "refused": ({"published": False}, "refused", "Weggehaald. Lees waarom dat kan in de huisregels."),
}


@pytest.mark.parametrize("name", STATES)
def test_what_became_of_it_in_words(visitor, browser, name):
    fields, then, told = STATES[name]
    post = factories.become(factories.post(visitor=visitor, text="Korte lijnen.", **fields), then)
    page = shown(browser)
    assert told in page
    assert "1 bijdrage" in page
    others = {words for _, _, words in STATES.values()} - {told}
    assert not [words for words in others if words in page and words not in told]
    gone_by_others = then in ("removed", "refused")
    assert ("Korte lijnen." in page) == (not gone_by_others)  # nobody reads them again on a device of many
    assert (f"/bijdragen/{post.pk}/wijzigen/" in browser.get(MINE).text) == (
        then in ("", "held") and name != "unfinished"
    )


def test_what_was_erased_is_gone(visitor, browser):
    factories.become(factories.post(visitor=visitor), "erased")
    assert "Je hebt hier nog niets geschreven" in shown(browser)


def test_the_last_step_is_found_from_here(client):
    """Who left after the words finds them, here and on the landing page."""
    question = factories.question()
    client.post(f"/vragen/{question.slug}/bijdragen/", {"text": "Een vast gezicht."})
    post = Post.objects.get()
    assert post.is_unfinished
    assert told_on_front(client) == "Jouw bijdragen nog één stap"
    page = client.get(MINE).text
    assert "Een vast gezicht." in page
    assert f'href="/bijdragen/{post.pk}/afzender/"' in page
    assert "Hoe mogen we je noemen?" in client.get(f"/bijdragen/{post.pk}/afzender/").text


def test_thanks_lead_here(client):
    """Only whoever wrote it is told where answers will be."""
    question = factories.question()
    data = {"text": "Een vast gezicht.", "name": "Noor", "role": factories.role().pk}
    client.post(f"/vragen/{question.slug}/bijdragen/", data)
    post = Post.objects.get()
    client.post(f"/bijdragen/{post.pk}/afzender/", data)
    told = f'bij <a href="{MINE}">Jouw bijdragen</a>'
    assert told in client.get(f"/bijdragen/{post.pk}/?geplaatst").text
    post.publish()
    assert told in client.get(f"/bijdragen/{post.pk}/?geplaatst").text
    assert told not in Client().get(f"/bijdragen/{post.pk}/?geplaatst").text


# Answers


def test_answers_of_others_are_new_until_they_were_seen(visitor, browser):
    own = factories.post(visitor=visitor)
    answer(own)
    assert told_on_front(browser) == "Jouw bijdragen 1 nieuw antwoord"
    page = shown(browser)
    assert "1 nieuw antwoord sinds je hier was." in page
    assert "Bram ouder" in page and "nieuw Dat herken ik." in page
    assert told_on_front(browser) == "Jouw bijdragen 1 nieuw antwoord"  # a GET changes nothing, however often
    assert press(browser).url == MINE
    assert told_on_front(browser) == "Jouw bijdragen"
    page = shown(browser)
    assert "1 nieuw" not in page and "nieuw Dat" not in page and "Dat herken ik." in page
    later = answer(own, text="En nu?", published_at=timezone.now() + HOUR)
    assert told_on_front(browser) == "Jouw bijdragen 1 nieuw antwoord"
    assert f'href="/bijdragen/{later.pk}/#bijdrage-{later.pk}"' in browser.get(MINE).text


def test_the_script_of_the_page_gets_no_page(visitor, browser):
    answer(factories.post(visitor=visitor))
    done = press(browser, **{"HX-Request": "true", "HX-Request-Type": "partial"})
    assert (done.status_code, done.content) == (204, b"")
    assert told_on_front(browser) == "Jouw bijdragen"
    assert browser.get(SEEN).url == MINE  # an address that somebody copied


def test_which_answers_count(visitor, browser):
    """Those to them, and those under their contribution; not their own, nor what others do not read."""
    root, other = factories.post(visitor=visitor), factories.post()
    mine = answer(other, visitor=visitor)
    stranger = answer(root)  # counts
    answer(mine)  # counts
    answer(stranger)  # counts: under what they wrote
    answer(answer(root, visitor=visitor))  # counts once: to them, under them
    answer(other)  # beside theirs
    answer(stranger, visitor=visitor)
    answer(root, published=False)
    answer(root, removed_at=timezone.now(), removal="moderator")
    assert told_on_front(browser) == "Jouw bijdragen 4 nieuwe antwoorden"
    assert browser.get(MINE).text.count('class="label sun">nieuw<') == 4


def test_a_long_list_of_answers_stays_in_its_thread(visitor, browser):
    own = factories.post(visitor=visitor)
    for number in range(5):
        answer(own, text=f"antwoord {number}", published_at=timezone.now() + number * HOUR)
    page = shown(browser)
    assert "Lees ook de andere 2 antwoorden" in page
    assert [number for number in range(5) if f"antwoord {number} " in page] == [2, 3, 4]
    assert page.index("antwoord 2 ") < page.index("antwoord 4 ")
    assert "5 nieuwe antwoorden sinds je hier was." in page


@pytest.mark.parametrize("until", ["", "x", "9999-12-31T00:00:00Z", "2027-01-01", "0001-01-01T00:00:00Z"])
def test_nonsense_marks_nothing(visitor, browser, until):
    answer(factories.post(visitor=visitor))
    assert browser.post(SEEN, {"tot": until}).status_code == 302
    assert told_on_front(browser) == "Jouw bijdragen 1 nieuw antwoord"


def test_nobody_sees_what_is_still_to_come(visitor, browser):
    own = factories.post(visitor=visitor)
    browser.post(SEEN, {"tot": "2099-01-01T00:00:00Z"})
    answer(own, published_at=timezone.now() + timedelta(seconds=1))
    assert told_on_front(browser) == "Jouw bijdragen 1 nieuw antwoord"


def test_an_older_page_takes_nothing_back(visitor, browser):
    own = factories.post(visitor=visitor)
    answer(own, published_at=timezone.now() - 2 * HOUR)
    old = re.search(r'name="tot" value="([^"]+)"', browser.get(MINE).text)[1]
    answer(own, published_at=timezone.now() - HOUR)
    press(browser)
    browser.post(SEEN, {"tot": old})
    assert told_on_front(browser) == "Jouw bijdragen"


def test_a_stranger_marks_nothing(client):
    assert client.post(SEEN, {"tot": "2026-01-01T00:00:00Z"}).status_code == 302
    assert not AnswersSeen.objects.exists() and not Visitor.objects.exists()
    assert visitors.COOKIE.name not in client.cookies


# Whose it is


def test_a_person_sees_it_seen_on_every_device():
    visitor = person()
    answer(factories.post(visitor=visitor, author=visitor.user))
    phone, laptop = browser_of(visitor), browser_of(visitor)
    assert told_on_front(phone) == told_on_front(laptop) == "Jouw bijdragen 1 nieuw antwoord"
    press(phone)
    assert told_on_front(laptop) == "Jouw bijdragen"


def test_a_log_in_shows_what_was_written_elsewhere(visitor):
    """Proven by a mailed link: it still hangs on the browser that typed it."""
    user = User.objects.confirmed("fatima@example.org")
    post = factories.post(visitor=visitor, author=user, email=user.email, text="Vanaf de telefoon.")
    answer(post)
    laptop = Client()
    laptop.force_login(user)  # no visitor's cookie came along
    assert "Vanaf de telefoon." in shown(laptop)
    assert told_on_front(laptop) == "Jouw bijdragen 1 nieuw antwoord"
    press(laptop)
    assert told_on_front(laptop) == "Jouw bijdragen"


def test_an_authors_words_are_theirs_after_a_log_in_alone(visitor, browser):
    """The browser that typed them may be another person's, so it lists nothing of them; it leads to the log-in."""
    user = User.objects.confirmed("fatima@example.org")
    post = factories.post(visitor=visitor, author=user, email=user.email)
    page = browser.get(MINE).text
    assert post.text not in page
    assert f"/bijdragen/{post.pk}/wijzigen/" not in page
    assert f'href="/accounts/login/?next={MINE}"' in page
    assert told_on_front(browser) == ""
    as_visitor(browser, visitors.own(user)).force_login(user)
    assert f"/bijdragen/{post.pk}/wijzigen/" in browser.get(MINE).text
    post.remove(None, "Er staat een naam in.")
    page = shown(browser)
    assert "Weggehaald, want: Er staat een naam in." in page
    assert post.text in page  # as in the mail about it


def test_nobody_sees_what_is_not_theirs(visitor, browser):
    factories.post(visitor=visitor, text="Van de een.")
    other = person("ander@example.org")
    factories.post(visitor=other, author=other.user, text="Van de ander.")
    assert "Van de een." in shown(browser) and "Van de ander." not in shown(browser)
    assert "Van de een." not in shown(browser_of(other)) and "Van de ander." in shown(browser_of(other))
    for nobody in (Client(), browser_of(factories.visitor())):
        assert "Je hebt hier nog niets geschreven" in shown(nobody)
        assert told_on_front(nobody) == ""


def test_a_log_out_and_begin_anew_leave_nothing(visitor, browser):
    factories.post(visitor=visitor, text="Van de een.")
    browser.post("/apparaat/wissen/")
    assert "Je hebt hier nog niets geschreven" in shown(browser) and told_on_front(browser) == ""
    other = person()
    factories.post(visitor=other, author=other.user, text="Van de ander.")
    browser = browser_of(other)
    assert "Van de ander." in shown(browser)
    browser.post("/accounts/logout/")
    assert "Van de ander." not in shown(browser) and told_on_front(browser) == ""


def test_a_cookie_that_stayed_behind_leads_to_the_log_in():
    visitor = person()
    factories.post(visitor=visitor, author=visitor.user, text="Van de een.")
    page = shown(left_by(visitor))
    assert "Van de een." not in page and "Je was op dit apparaat ingelogd, en nu niet meer." in page
    assert told_on_front(left_by(visitor)) == ""


def test_who_was_shut_out_sees_nothing():
    visitor = person()
    factories.post(visitor=visitor, author=visitor.user, text="Van de een.")
    browser = browser_of(visitor)
    User.objects.update(is_active=False)
    assert "Van de een." not in shown(browser) and told_on_front(browser) == ""


def test_who_logs_in_is_asked_what_was_written_here_before(visitor, browser):
    """Until then it is not theirs."""
    factories.post(visitor=visitor, text="Van dit apparaat.")
    browser.force_login(User.objects.confirmed("fatima@example.org"))
    session = browser.session
    session["eerder"] = visitor.pk.hex
    session.save()
    as_visitor(browser, visitors.own(User.objects.get()))
    page = shown(browser)
    assert "Was jij dat?" in page and "Van dit apparaat." not in page


def test_no_copy_is_kept_and_no_search_engine_comes(browser):
    page = browser.get(MINE)
    assert set(page["Cache-Control"].split(", ")) == {"private", "no-store"}
    assert '<meta name="robots" content="noindex">' in page.text
    assert browser.post(MINE).status_code == 405


# Two devices that become one person


@pytest.mark.parametrize(
    ("theirs", "old", "after"),
    [(3, 5, 3), (5, 3, 3), (None, 3, None), (5, None, 5)],
    ids=["older stays", "older comes", "who never looked", "nothing comes"],
)
def test_what_was_new_to_one_of_two_stays_new(theirs, old, after):
    """In days: the older moment counts, and who never looked saw nothing."""
    day, now = timedelta(days=1), timezone.now()
    rows = {}
    for name, seen in (("theirs", theirs), ("old", old)):
        rows[name] = factories.visitor()
        Visitor.objects.filter(pk=rows[name].pk).update(created_at=now - 9 * day)
        if seen:
            AnswersSeen.objects.look(rows[name], now - (10 - seen) * day)
    visitors.merge(*(Visitor.objects.get(pk=rows[name].pk) for name in ("old", "theirs")))
    left = list(AnswersSeen.objects.values_list("visitor", "until"))
    assert left == ([(rows["theirs"].pk, now - (10 - after) * day)] if after else [])


def test_a_first_log_in_keeps_what_the_device_saw(visitor, browser):
    answer(factories.post(visitor=visitor))
    press(browser)
    new = person()
    visitors.merge(visitor, new)
    assert told_on_front(browser_of(new)) == "Jouw bijdragen"


# Many


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_queries_by_the_cookie(visitor, browser, django_assert_num_queries, rows):
    fill(visitor, rows)
    browser.get(MINE)
    with django_assert_num_queries(5):  # the site, the totals, the page, the answers, what was told
        browser.get(MINE)
    before = queries_of(Client(), "/")
    assert queries_of(browser, "/") == before + 1


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_queries_after_a_log_in(django_assert_num_queries, rows):
    visitor = person()
    fill(visitor, rows, author=visitor.user)
    for _ in range(rows):
        factories.wensbeeld(visitor=visitor)
        factories.idea(factories.sticker_round(groups=1, ideas=0).groups.get(), visitor=visitor)
    browser = browser_of(visitor)
    browser.get(MINE)
    with django_assert_num_queries(9):  # and the session, the user, wensbeelden, ideas
        browser.get(MINE)


def fill(visitor: Visitor, rows: int, **fields) -> None:
    question = factories.question()
    for _ in range(rows):
        answer(factories.post(question, visitor=visitor, **fields))


def queries_of(browser: Client, path: str) -> int:
    browser.get(path)
    with CaptureQueriesContext(connection) as found:
        browser.get(path)
    return len(found)


def test_twenty_on_a_page_with_what_asks_for_something_on_top(visitor, browser):
    question, now = factories.question(), timezone.now()
    posts = [
        factories.post(question, visitor=visitor, text=f"tekst {number}.", created_at=now - number * HOUR)
        for number in range(45)
    ]
    answer(posts[44])
    Post.objects.filter(pk=posts[43].pk).update(published_at=None, finished_at=None, role=None)
    first, last = shown(browser), shown(browser, f"{MINE}?pagina=3")
    assert re.findall(r"tekst (\d+)\.", first)[:4] == ["43", "44", "0", "1"]
    assert "Pagina 1 van 3" in first and "45 bijdragen" in first
    assert re.findall(r"tekst (\d+)\.", last) == ["38", "39", "40", "41", "42"]
    for odd in ("0", "x", "-3", "99999999999999999999"):
        assert shown(browser, f"{MINE}?pagina={odd}") in (first, last)


def test_answers_on_a_later_page_are_not_seen_yet(visitor, browser):
    question = factories.question()
    for _ in range(25):
        answer(factories.post(question, visitor=visitor))
    first, second = browser.get(MINE).text, browser.get(f"{MINE}?pagina=2").text
    assert 'name="tot"' not in first and 'name="tot"' in second
    browser.post(SEEN, {"tot": re.search(r'name="tot" value="([^"]+)"', second)[1]})
    assert told_on_front(browser) == "Jouw bijdragen"


def test_the_soap_film_holds_long_and_strange_words(visitor, browser):
    factories.post(visitor=visitor, text="<b>Vet</b> " + "heel lang " * 300 + "EINDE", name="علي 🙂")
    page = browser.get(MINE).text
    assert "&lt;b&gt;Vet" in page and "<b>Vet" not in page
    assert "Lees alles" in page and "EINDE" in page


def test_more_than_one_question_names_each(visitor, browser):
    for text in ("De ene vraag?", "De andere vraag?"):
        factories.post(factories.question(text=text), visitor=visitor)
    page = shown(browser)
    assert "bij De ene vraag?" in page and "bij De andere vraag?" in page


def test_nothing_yet_leads_to_the_question(client):
    assert "Schreef je op een ander apparaat? Log in met een code" in shown(client)
    question = factories.question()
    assert f'href="{question.get_absolute_url()}#schrijf"' in client.get(MINE).text
    assert f'<a href="{MINE}">Jouw bijdragen</a>' in client.get("/over/").text  # where people look for it
