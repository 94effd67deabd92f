"""The page behind the link in a letter, and the same on «Jouw bijdragen»: what it shows, and what it takes."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from plan import tokens
from plan.actions import answering, laying, stacks
from plan.actions.answering import Said
from plan.actions.outcomes import Refused
from plan.models import Answer, Choice, OutcomesSeen, Publication, Told, ToldVoice
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.plan import helpers, telling
from tests.plan.telling import finish, lay, mark, person, publish_and_tell, voice_of
from werkplaats.models import User
from werkplaats.people import visitors
from werkplaats.people.visitors import merge
from werkplaats.words import day

pytestmark = pytest.mark.django_db
NOT = {"choice": Choice.NOT, "words": "het mag niet.", "decided_by": "Het bestuur", "decided_on": date(2026, 11, 1)}


@pytest.fixture
def desk(desk):
    """Six voices say the same, of which one is Bram's (a person) and one of a browser."""
    desk.bram = person("bram@example.org")
    desk.his = voice_of(desk.bram, desk.question, name="Bram", text="Ik wil het één keer vertellen. En dan klaar.")
    desk.browser = factories.visitor()
    desk.theirs = helpers.voice(desk.question, visitor=desk.browser, name="Fatima", text="Steeds hetzelfde verhaal.")
    lay(desk, *desk.voices, desk.theirs, helpers.voice(desk.question))
    lay(desk, desk.his)
    card = helpers.card(desk.his, desk.lines)
    laying.quote(desk.harvest.pk, card.pk, card.version, desk.anouk, source_version=1, is_quote=True, begin=0, end=30)
    finish(desk.lines, desk.anouk)
    return desk


def link_of(user: User) -> str:
    told = Told.objects.filter(user=user).latest("pk")
    return tokens.url_of(told, user).removeprefix("http://testserver")


def words(response) -> str:
    main = response.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def press(page: str, voice, doe: str, browser: Client | None = None, **more):
    seen = {"gezien": telling.told_of(voice).version, "woorden": mark(voice)}
    sent = {"stem": f"post-{voice.post_id}", "doe": doe, **seen, **more}
    return (browser or Client()).post(f"{page}antwoord/", sent)


# What it shows


def test_it_shows_their_words_the_used_part_and_what_became_of_it(desk):
    publish_and_tell(desk)
    response = Client().get(link_of(desk.bram))
    assert "<mark>Ik wil het één keer vertellen.</mark> En dan klaar." in response.text
    said = words(response)
    assert "Voor jou, Bram" in said
    assert f"Met 5 anderen werd dat {telling.SENTENCE}" in said
    assert "Voorstel voor het plan Hierover schrijven we een voorstel." in said
    assert "Ja, dat bedoelde ik" in said and "Nee, ik bedoelde …" in said
    assert "Steeds hetzelfde verhaal." not in said, "of nobody else"
    assert response["Cache-Control"] == "private, no-store"
    assert '<meta name="robots" content="noindex">' in response.text


def test_few_others_are_not_counted(desk):
    laying.move(desk.harvest.pk, desk.wait.pk, helpers.shown(helpers.card(desk.his, desk.lines)), desk.anouk)
    finish(desk.wait, desk.anouk, heard="Niemand wacht.")
    publish_and_tell(desk)
    assert "Dat werd Niemand wacht." in words(Client().get(link_of(desk.bram)))


def test_it_names_each_outcome(desk):
    """On two stacks, on one of which it has a choice of its own; another voice is answered by itself."""
    laying.lay(desk.harvest.pk, desk.wait.pk, helpers.seen(desk.his), desk.anouk, also=True)
    finish(desk.wait, desk.anouk, heard="Niemand wacht.", choice=Choice.TAKEN_UP, words="het loket.")
    card = helpers.card(desk.his, desk.wait)
    laying.decide(desk.harvest.pk, card.pk, card.version, desk.anouk, **NOT)
    alone = voice_of(desk.bram, desk.question, text="Wanneer is het café?", name="Bram")
    laying.settle(desk.harvest.pk, helpers.seen(alone), desk.anouk, choice=Choice.ANSWER, words="op dinsdag.")
    publish_and_tell(desk)
    said = words(Client().get(link_of(desk.bram)))
    assert "Je schreef 2 keer" in said and "1 van 2" in said
    assert "Niemand wacht. Doen we niet Want het mag niet. Besloten door Het bestuur" in said
    assert "Antwoord Op dinsdag." in said
    assert "het loket" not in said, "its own choice counts before that of the stack"


def test_what_was_taken_away_since_is_gone(desk):
    publish_and_tell(desk)
    desk.his.post.remove(None, "kwetsend")
    said = words(Client().get(link_of(desk.bram)))
    assert "Deze woorden staan niet meer op de site." in said and "één keer vertellen." not in said
    assert press(link_of(desk.bram), desk.his, "ja").status_code == 409
    desk.his.post.erase(None)
    assert "Wat je schreef is gewist." in words(Client().get(link_of(desk.bram)))


def test_words_that_turned_out_to_be_anothers_are_not_shown(desk):
    publish_and_tell(desk)
    other = person("els@example.org")
    type(desk.his.post).objects.filter(pk=desk.his.post_id).update(author=other, visitor=visitors.own(other))
    assert "vertellen" not in words(Client().get(link_of(desk.bram)))


def test_other_words_since_are_shown_without_a_mark(desk):
    publish_and_tell(desk)
    type(desk.his.post).objects.filter(pk=desk.his.post_id).update(text="Iets anders.")
    response = Client().get(link_of(desk.bram))
    assert "Iets anders." in words(response) and "<mark>" not in response.text


def test_an_old_link_shows_what_was_told_last(desk):
    publish_and_tell(desk)
    old = link_of(desk.bram)
    stacks.hear(desk.harvest.pk, desk.lines.pk, "Eén keer.", telling.version(desk.lines), desk.anouk)
    publish_and_tell(desk, changed="Korter.")
    assert old != link_of(desk.bram)
    assert "Eén keer." in words(Client().get(old)) and telling.SENTENCE not in words(Client().get(old))


@pytest.mark.parametrize("spoil", ["address", "access", "row", "token", "nonsense"])
def test_a_link_that_is_nobodys_any_more_gets_a_kind_page(desk, spoil):
    publish_and_tell(desk)
    link = link_of(desk.bram)
    if spoil == "address":
        User.objects.filter(pk=desk.bram.pk).update(email="nieuw@example.org")
    elif spoil == "access":
        User.objects.filter(pk=desk.bram.pk).update(is_active=False)
    elif spoil == "row":
        Told.objects.filter(user=desk.bram).delete()
    else:
        link = link[:-9] + "AAAAAAAA/" if spoil == "token" else "/jouw-inbreng/x/"
    for response in (Client().get(link), Client().post(f"{link}antwoord/", {"doe": "ja"})):
        assert response.status_code == 404
        assert "Deze link werkt niet meer" in response.text and "vertellen" not in response.text
    assert not ToldVoice.objects.exclude(answer="").exists()


def test_opening_everything_in_a_mail_answers_nothing(desk):
    publish_and_tell(desk)
    link = link_of(desk.bram)
    before = list(ToldVoice.objects.order_by("pk").values())
    for path in (link, f"{link}antwoord/", "/jouw-inbreng/antwoord/", "/jouw-inbreng/gezien/"):
        assert Client().get(path).status_code in (200, 302)
        assert Client().head(path).status_code in (200, 302)
    assert list(ToldVoice.objects.order_by("pk").values()) == before
    assert not OutcomesSeen.objects.exists()


def test_it_takes_as_many_queries_for_one_voice_as_for_three(desk):
    publish_and_tell(desk)
    taken = []
    for _ in range(2):
        Client().get("/mijn-bijdragen/")  # publishing changes the site
        with CaptureQueriesContext(connection) as captured:
            Client().get(link_of(desk.bram))
        taken.append(len(captured) - 1)  # the test asks for the link
        lay(desk, *(voice_of(desk.bram, desk.question) for _ in range(2)))
        publish_and_tell(desk, changed="Er kwamen er twee bij.")
    assert taken == [6, 6]


# What it takes


def test_a_yes_is_kept_and_may_become_a_no(desk):
    publish_and_tell(desk)
    link = link_of(desk.bram)
    response = press(link, desk.his, "ja")
    assert (response.status_code, response.url) == (302, f"{link}#inbreng-post-{desk.his.post_id}")
    assert "Fijn dat je het laat weten." in words(Client().get(link))
    assert press(link, desk.his, "nee", bedoelde="Vooral bij de overstap.").status_code == 302
    row = telling.told_of(desk.his)
    assert (row.answer, row.meant, row.version) == (Answer.NO, "Vooral bij de overstap.", 2)
    by = timezone.localdate(timezone.now() + timedelta(weeks=2))
    assert f"Je krijgt uiterlijk op {day(by)} antwoord" in words(Client().get(link))
    assert press(link, desk.his, "ja").status_code == 302
    row.refresh_from_db()
    assert (row.answer, row.meant) == (Answer.YES, "")


def test_the_same_answer_twice_is_one(desk):
    publish_and_tell(desk)
    link, sent = link_of(desk.bram), {"stem": f"post-{desk.his.post_id}", "woorden": mark(desk.his), "doe": "ja"}
    assert [Client().post(f"{link}antwoord/", sent).status_code for _ in range(2)] == [302, 302]
    assert telling.told_of(desk.his).version == 1


def test_a_no_without_words_is_asked_for_them_and_long_words_are_kept(desk):
    publish_and_tell(desk)
    link = link_of(desk.bram)
    for typed, told in (("  ", "Schrijf in een paar woorden wat je bedoelde."), ("a" * 301, "Dat zijn 301 tekens.")):
        response = press(link, desk.his, "nee", bedoelde=typed)
        assert response.status_code == 409 and told in response.text
        assert typed.strip() in response.text and '<details class="told-no" open>' in response.text
    assert telling.told_of(desk.his).answer == ""


def test_of_two_devices_the_second_sees_what_the_first_said(desk):
    publish_and_tell(desk)
    link, sent = link_of(desk.bram), {"stem": f"post-{desk.his.post_id}", "gezien": 0, "woorden": mark(desk.his)}
    assert Client().post(f"{link}antwoord/", sent | {"doe": "ja"}).status_code == 302
    response = Client().post(f"{link}antwoord/", sent | {"doe": "nee", "bedoelde": "Toch niet."})
    assert response.status_code == 409
    assert "Op een ander apparaat" in response.text and "Fijn dat je het laat weten." in response.text
    assert "Toch niet." in response.text, "what was typed stays"
    assert telling.told_of(desk.his).answer == Answer.YES


def test_after_the_term_it_says_so(desk):
    publication = publish_and_tell(desk)
    Publication.objects.filter(pk=publication.pk).update(reacts_until=timezone.localdate() - timedelta(days=1))
    link = link_of(desk.bram)
    assert "Antwoorden kon tot en met" in words(Client().get(link))
    response = press(link, desk.his, "ja")
    assert response.status_code == 409 and "De tijd om te antwoorden is voorbij." in response.text


@pytest.mark.parametrize("sent", [{}, {"stem": "post-1"}, {"doe": "ja", "stem": "note-1"}, {"doe": "x"}])
def test_nonsense_keeps_nothing(desk, sent):
    publish_and_tell(desk)
    assert Client().post(f"{link_of(desk.bram)}antwoord/", sent).status_code == 409
    assert not ToldVoice.objects.exclude(answer="").exists()


def test_nobody_answers_for_another(desk):
    publish_and_tell(desk)
    assert press(link_of(desk.bram), desk.theirs, "ja").status_code == 409
    assert press("/jouw-inbreng/", desk.theirs, "ja").status_code == 409
    assert press("/jouw-inbreng/", desk.his, "ja", browser_of(desk.browser)).status_code == 409
    assert not ToldVoice.objects.exclude(answer="").exists()


def test_under_a_refusal_they_may_let_their_name_stand_and_take_it_back(desk):
    stacks.choose(desk.harvest.pk, desk.lines.pk, telling.version(desk.lines), desk.anouk, **NOT)
    publication = publish_and_tell(desk)
    link = link_of(desk.bram)
    assert "Mijn naam mag erbij staan" in words(Client().get(link))
    assert press(link, desk.his, "naam").status_code == 302
    assert telling.told_of(desk.his).named_at
    Publication.objects.filter(pk=publication.pk).update(reacts_until=timezone.localdate() - timedelta(days=1))
    assert press(link, desk.his, "zondernaam").status_code == 302
    assert not telling.told_of(desk.his).named_at
    assert press(link, desk.his, "naam").status_code == 409


def test_a_pupil_is_not_asked_for_a_name(desk):
    stacks.choose(desk.harvest.pk, desk.lines.pk, telling.version(desk.lines), desk.anouk, **NOT)
    publish_and_tell(desk)
    desk.his.post.__class__.objects.filter(pk=desk.his.post_id).update(name="Een leerling")
    assert "Mijn naam mag erbij" not in words(Client().get(link_of(desk.bram)))
    assert press(link_of(desk.bram), desk.his, "naam").status_code == 409
    assert "Mijn naam mag erbij" not in words(Client().get(link_of(desk.bram)))


# Who left no address


def test_without_an_address_it_stands_on_the_page_of_ones_own(desk):
    publish_and_tell(desk)
    browser = browser_of(desk.browser)
    front = browser.get("/").text
    assert "Dit deden we met jouw inbreng" in front and 'href="/mijn-bijdragen/#inbreng"' in front
    said = words(browser.get("/mijn-bijdragen/"))
    assert "Dit deden we met jouw inbreng 1 nieuw sinds je hier was." in said
    assert f"Met 5 anderen werd dat {telling.SENTENCE}" in said
    assert press("/jouw-inbreng/", desk.theirs, "nee", browser, bedoelde="Bij de dokter.").status_code == 302
    assert "Je bedoelde: Bij de dokter." in words(browser.get("/mijn-bijdragen/")).replace("je bedoelde", "Je bedoelde")


def test_it_is_new_until_it_was_seen_and_again_when_there_is_an_answer(desk):
    publish_and_tell(desk)
    browser = browser_of(desk.browser)
    until = re.search(r'name="tot" value="([^"]+)"', browser.get("/mijn-bijdragen/").text)[1]
    assert browser.post("/jouw-inbreng/gezien/", {"tot": until}).status_code == 302
    assert "nieuw sinds" not in words(browser.get("/mijn-bijdragen/"))
    assert "Dit deden we" not in browser.get("/").text
    row = telling.told_of(desk.theirs)
    answering.answer(row.pk, 0, Said(Answer.NO, "Bij de dokter."))
    answering.reply(row.pk, 1, "Dat nemen we mee.", desk.anouk)
    assert "Dit deden we" in browser.get("/").text
    assert "Dat nemen we mee." in words(browser.get("/mijn-bijdragen/"))


NONSENSE = ["", "x", "2026-13-45T00:00Z", "2026-11-01T00:00", "9999-12-31T23:59:59Z"]
NONSENSE += ["0001-01-01T00:00:00+23:59", "2026-01-01T00:00:00+20:00"]  # PostgreSQL knows no such zones


@pytest.mark.parametrize("until", NONSENSE)
def test_seen_takes_any_nonsense(desk, until):
    assert Client().post("/jouw-inbreng/gezien/", {"tot": until}).status_code == 302
    assert not OutcomesSeen.objects.exists()
    assert browser_of(desk.browser).post("/jouw-inbreng/gezien/", {"tot": until}).status_code == 302
    assert not OutcomesSeen.objects.filter(until__gt=timezone.now()).exists()


def test_a_stranger_and_a_cookie_left_behind_see_nothing(desk):
    from tests.helpers.browsers import left_by

    publish_and_tell(desk)
    for browser in (Client(), left_by(visitors.own(desk.bram)), browser_of(factories.visitor())):
        assert "jouw inbreng" not in browser.get("/").text
        assert telling.SENTENCE not in browser.get("/mijn-bijdragen/").text


def test_who_logs_in_sees_what_was_mailed_too(desk):
    publish_and_tell(desk)
    browser = browser_of(visitors.own(desk.bram))
    assert telling.SENTENCE in browser.get("/mijn-bijdragen/").text
    assert "Dit deden we met jouw inbreng" in browser.get("/").text
    assert press("/jouw-inbreng/", desk.his, "ja", browser).status_code == 302
    assert telling.told_of(desk.his).answer == Answer.YES


def test_the_front_page_takes_no_query_more(desk, django_assert_num_queries):
    publish_and_tell(desk)
    browser = browser_of(desk.browser)
    browser.get("/")
    with django_assert_num_queries(3):
        browser.get("/")
    stranger = Client()
    stranger.get("/")
    with django_assert_num_queries(2):
        stranger.get("/")


def test_ones_own_takes_as_many_queries_for_three_told_voices(desk):
    publish_and_tell(desk)
    taken = []
    for _ in range(2):
        Client().get("/mijn-bijdragen/")
        browser = browser_of(desk.browser)
        with CaptureQueriesContext(connection) as captured:
            browser.get("/mijn-bijdragen/")
        taken.append(len(captured))
        lay(desk, *(helpers.voice(desk.question, visitor=desk.browser) for _ in range(2)))
        publish_and_tell(desk, changed="Er kwamen er twee bij.")
    assert taken == [9, 9]


# Who they turn out to be


def test_who_logs_in_takes_along_what_their_browser_was_told(desk):
    publish_and_tell(desk)
    own = visitors.own(desk.bram)
    merge(desk.browser, own)
    own.refresh_from_db()
    said = words(browser_of(own).get("/mijn-bijdragen/"))
    assert "Steeds hetzelfde verhaal." in said and "Ik wil het één keer vertellen." in said
    assert press("/jouw-inbreng/", desk.theirs, "ja", browser_of(own)).status_code == 302


def test_two_browsers_of_one_were_told_once_with_all_they_answered(desk):
    second = factories.visitor()
    voice = helpers.voice(desk.question, visitor=second)
    lay(desk, voice)
    publish_and_tell(desk)
    answering.answer(telling.told_of(voice).pk, 0, Said(Answer.YES))
    merge(second, desk.browser)
    (told,) = Told.objects.filter(visitor=desk.browser)
    assert set(told.voices.values_list("fragment", "answer")) == {(voice.pk, "yes"), (desk.theirs.pk, "")}


def test_what_was_not_seen_by_one_of_two_browsers_is_new(desk):
    publish_and_tell(desk)
    other = factories.visitor()
    OutcomesSeen.objects.look(other, timezone.now())
    OutcomesSeen.objects.look(desk.browser, timezone.now() - timedelta(days=9))
    merge(other, desk.browser)
    assert "nieuw sinds" in words(browser_of(desk.browser).get("/mijn-bijdragen/"))


def test_of_what_is_erased_no_answer_stays(desk):
    publish_and_tell(desk)
    row = telling.told_of(desk.theirs)
    answering.answer(row.pk, 0, Said(Answer.NO, "KANARIE bij de dokter"))
    desk.theirs.post.erase(None)
    assert not ToldVoice.objects.filter(pk=row.pk).exists()


def test_who_is_gone_takes_along_what_they_were_told(desk):
    publish_and_tell(desk)
    visitors.Visitor.objects.filter(pk=desk.browser.pk).delete()
    assert not Told.objects.filter(visitor=desk.browser.pk).exists()
    with pytest.raises(Refused):
        answering.reply(telling.told_of(desk.his).pk, 0, "Antwoord.", desk.anouk)
