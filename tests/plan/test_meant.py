"""«Nee, ik bedoelde …»: at the stack, on Vandaag, answered once, and told. No sentence changes by it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from plan import tokens
from plan.actions import answering, laying
from plan.actions.answering import Said
from plan.models import Answer, Stack, ToldVoice
from plan.reading import meant as reading
from plan.today import today
from posts.models import Question
from tests.helpers import factories
from tests.helpers.browsers import logged_in
from tests.helpers.races import in_between
from tests.plan import helpers
from tests.plan.telling import a_quarter_later, finish, lay, person, publish_and_tell, told_of, voice_of, with_bram

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(desk, settings):
    """Bram said that it was meant otherwise; Anouk and Joris sort."""
    with_bram(desk, settings)
    lay(desk, *desk.voices, desk.his)
    finish(desk.lines, desk.anouk)
    publish_and_tell(desk)
    desk.row = answering.answer(told_of(desk.his).pk, 0, Said(Answer.NO, "Vooral bij de overstap."))
    desk.page = f"/beheer/werkbank/{desk.harvest.pk}/bedoeld/"
    desk.stack_page = f"/beheer/werkbank/{desk.harvest.pk}/stapels/{desk.lines.pk}/"
    return desk


def reply(desk, user, text: str = "Dat nemen we mee.", **more):
    sent = {"bedoeld": desk.row.pk, "gezien": desk.row.version, "antwoord": text, **more}
    return logged_in(user).post(f"{desk.page}antwoord/", sent)


def blocks(user) -> dict[str, dict]:
    request = type("Request", (), {"user": user})
    return {block["title"]: block for block in today(request)}


def test_it_lies_at_the_stack_and_on_vandaag(desk):
    for page in (desk.page, desk.stack_page):
        shown = logged_in(desk.anouk).get(page).text
        assert "Zo was het niet bedoeld" in shown and "Vooral bij de overstap." in shown and "Bram" in shown
    block = blocks(desk.anouk)["Zo was het niet bedoeld"]
    assert (block["count"], block["url"]) == (1, desk.page)
    assert block["items"][0]["meta"] == "1 antwoord gevraagd, binnen twee weken beloofd"


def test_after_two_weeks_it_is_late(desk):
    ToldVoice.objects.filter(pk=desk.row.pk).update(answered_at=timezone.now() - timedelta(days=14, minutes=1))
    assert "te laat" in logged_in(desk.anouk).get(desk.stack_page).text
    assert blocks(desk.anouk)["Zo was het niet bedoeld"]["items"][0]["meta"] == "1 antwoord gevraagd, 1 te laat"


def test_it_goes_along_when_the_card_is_laid_elsewhere(desk):
    laying.move(desk.harvest.pk, desk.wait.pk, helpers.shown(helpers.card(desk.his, desk.lines)), desk.anouk)
    assert reading.of_stack(desk.lines) == []
    assert [each.row for each in reading.of_stack(desk.wait)] == [desk.row]


def test_an_answer_is_kept_mailed_once_and_changes_no_sentence(desk, mailbox):
    mailbox()
    before = Stack.objects.values_list("heard", "choice", "version").get(pk=desk.lines.pk)
    response = reply(desk, desk.anouk, stapel=desk.lines.pk)
    assert (response.status_code, response.url) == (302, f"{desk.stack_page}#bedoeld-{desk.row.pk}")
    assert reply(desk, desk.anouk).status_code == 302, "a double click"
    a_quarter_later()
    (letter,) = mailbox()
    assert letter["To"] == "bram@example.org" and "List-Unsubscribe" in letter
    text = letter.get_body("plain").get_content()
    assert text.startswith("Hallo Bram,") and "Vooral bij de overstap." in text and "Dat nemen we mee." in text
    assert Stack.objects.values_list("heard", "choice", "version").get(pk=desk.lines.pk) == before
    assert "Zo was het niet bedoeld" not in blocks(desk.anouk)
    link = text.partition("http://testserver")[2].split()[0]
    assert "Dat nemen we mee." in Client().get(link).text


def test_the_second_of_two_sees_the_first(desk):
    assert reply(desk, desk.joris, "Van Joris.").status_code == 302
    response = reply(desk, desk.anouk, "Van Anouk.")
    assert response.status_code == 409
    assert "Joris was je net voor, en schreef: «Van Joris.»" in response.text and "Van Anouk." in response.text
    desk.row.refresh_from_db()
    assert (desk.row.reply, desk.row.replied_by) == ("Van Joris.", desk.joris)


def test_an_answer_goes_to_the_words_that_were_read(desk):
    answering.answer(desk.row.pk, 1, Said(Answer.NO, "Eigenlijk de dokter."))
    response = reply(desk, desk.anouk)
    assert response.status_code == 409 and "zegt het intussen anders" in response.text
    assert "Eigenlijk de dokter." in response.text and "Dat nemen we mee." in response.text
    assert not ProcrastinateJob.objects.filter(task_name=answering.JOB).exists()


@pytest.mark.parametrize(("typed", "told"), [("  ", "Schrijf eerst een antwoord."), ("a" * 1001, "1001 tekens")])
def test_what_does_not_fit_is_kept_on_the_page(desk, typed, told):
    response = reply(desk, desk.anouk, typed)
    assert response.status_code == 409 and told in response.text


def correct(desk, user, text: str, was: str = "Dat nemen we mee."):
    return reply(desk, user, text, stond=was)


def said_in(letters) -> list[str]:
    return [letter.get_body("plain").get_content() for letter in letters]


def jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name=answering.JOB).count()


def test_an_answer_that_is_corrected_before_its_letter_leaves_is_told_once(desk, mailbox):
    mailbox()
    reply(desk, desk.anouk)
    assert ProcrastinateJob.objects.get(task_name=answering.JOB).scheduled_at - timezone.now() > timedelta(minutes=14)
    page = logged_in(desk.joris).get(desk.page).text
    assert "Verbeter dit antwoord" in page and "De mail is nog niet weg" in page
    row = ToldVoice.objects.filter(pk=desk.row.pk)
    row.update(replied_at=timezone.now() - timedelta(minutes=14))
    assert correct(desk, desk.joris, "Dat nemen we nu mee.").status_code == 302
    assert correct(desk, desk.joris, "Dat nemen we nu mee.").status_code == 302, "a double click"
    assert jobs() == 2
    assert mailbox() == [], "neither is due: the letter of the correction waits"
    a_quarter_later()
    answering.mail.later(answering.JOB, to="bram@example.org", voice_id=desk.row.pk)
    (said,) = said_in(mailbox())
    assert "Dat nemen we nu mee." in said


def test_a_correction_after_it_left_is_told_again_unless_nothing_changed(desk, mailbox):
    mailbox()
    reply(desk, desk.anouk)
    a_quarter_later()
    mailbox()
    assert "De schrijver krijgt een nieuwe mail." in logged_in(desk.anouk).get(desk.page).text
    assert correct(desk, desk.anouk, "Dat nemen we mee.").status_code == 302
    assert jobs() == 0
    assert correct(desk, desk.anouk, "Dat doen we toch niet.").status_code == 302
    a_quarter_later()
    (said,) = said_in(mailbox())
    assert "Dat doen we toch niet." in said and "Dat nemen we mee." not in said


def test_the_second_who_corrects_sees_the_first(desk):
    reply(desk, desk.anouk)
    assert correct(desk, desk.joris, "Van Joris.").status_code == 302
    response = correct(desk, desk.anouk, "Van Anouk.")
    assert response.status_code == 409
    assert "Joris was je net voor, en schreef: «Van Joris.»" in response.text and "Van Anouk." in response.text


def test_nothing_is_corrected_that_was_meant_otherwise_since(desk):
    reply(desk, desk.anouk)
    answering.answer(desk.row.pk, 1, Said(Answer.NO, "Nee, iets anders."))
    response = correct(desk, desk.anouk, "Toch zo.")
    assert response.status_code == 409 and "zegt het intussen anders" in response.text and "Toch zo." in response.text


def test_who_waits_longer_than_promised_reads_that(desk):
    page = tokens.url_of(desk.row.told, desk.bram).removeprefix("http://testserver")
    assert "Je krijgt uiterlijk op" in Client().get(page).text
    ToldVoice.objects.filter(pk=desk.row.pk).update(answered_at=timezone.now() - timedelta(days=14, minutes=1))
    shown = Client().get(page).text
    assert "Je krijgt uiterlijk op" not in shown and "Dat lukte niet. Het komt nog" in shown


def test_other_words_after_an_answer_wait_for_a_new_one(desk):
    reply(desk, desk.anouk)
    answering.answer(desk.row.pk, 1, Said(Answer.NO, "Nee, iets anders."))
    assert blocks(desk.anouk)["Zo was het niet bedoeld"]["count"] == 1


def test_who_has_no_address_reads_it_on_the_site(desk):
    row = answering.answer(told_of(desk.voices[0]).pk, 0, Said(Answer.NO, "Ik ook niet."))
    answering.reply(row.pk, 1, "Goed dat je het zegt.", desk.anouk)
    assert not ProcrastinateJob.objects.filter(task_name=answering.JOB).exists()


def test_of_words_that_are_gone_nothing_waits(desk):
    desk.his.post.remove(None, "kwetsend")
    assert "Zo was het niet bedoeld" not in blocks(desk.anouk)
    assert "Vooral bij" not in logged_in(desk.anouk).get(desk.page).text


def test_nobody_else_opens_it(desk):
    assert logged_in(factories.user(is_staff=True)).get(desk.page).status_code == 403
    assert Client().get(desk.page).status_code == 302
    assert reply(desk, factories.user(is_staff=True)).status_code == 403
    other = helpers.voice(factories.question()).harvest
    sent = {"bedoeld": desk.row.pk, "gezien": 1, "antwoord": "x"}
    response = logged_in(desk.anouk).post(f"/beheer/werkbank/{other.pk}/bedoeld/antwoord/", sent)
    assert response.status_code == 409 and not ToldVoice.objects.exclude(reply="").exists()


def test_three_figures_from_ten_on(desk, settings):
    assert "Vertellen wat ermee gebeurde" not in blocks(desk.anouk)
    more = [helpers.voice(desk.question) for _ in range(8)]
    lay(desk, *more)
    closed = timezone.now() - timedelta(days=12, hours=1)
    Question.objects.filter(pk=desk.question.pk).update(closed_at=closed, opened_at=closed - timedelta(days=30))
    publish_and_tell(desk, changed="Er kwamen er acht bij.")
    for voice in more:
        answering.answer(told_of(voice).pk, 0, Said(Answer.YES))
    assert reading.figures() == (12, 100, None, 12)
    answering.answer(told_of(desk.voices[0]).pk, 0, Said(Answer.YES))
    assert reading.figures() == (12, 100, 90, 12)
    items = blocks(desk.anouk)["Vertellen wat ermee gebeurde"]["items"]
    assert [item["meta"] for item in items] == ["100%", "90%", "12 dagen"]
    settings.DEMO = True
    page = logged_in(desk.anouk).get("/beheer/").text
    block = page[page.index("Vertellen wat ermee gebeurde") :][:2000]
    said = " ".join(re.sub(r"<[^>]+>", " ", block).split())
    assert "Antwoorden «ja, dat bedoelde ik» 90%" in said and "None" not in said


@pytest.mark.django_db(transaction=True)
def test_two_answer_at_the_same_moment(transactional_db):
    desk = helpers.Desk()
    voice = voice_of(person("bram@example.org"), desk.question)
    lay(desk, *desk.voices, voice)
    finish(desk.lines, desk.anouk)
    publish_and_tell(desk)
    row = answering.answer(told_of(voice).pk, 0, Said(Answer.NO, "Anders."))
    errors = in_between(
        lambda: answering.reply(row.pk, 1, "Van Anouk.", desk.anouk),
        lambda: answering.reply(row.pk, 1, "Van Joris.", desk.joris),
    )
    assert [str(error) for error in errors] == ["Anouk was je net voor, en schreef: «Van Anouk.»"]
    assert ProcrastinateJob.objects.filter(task_name=answering.JOB).count() == 1
