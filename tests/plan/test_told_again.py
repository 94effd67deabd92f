"""What a writer was told, and then reads otherwise: consent, an answered no, words claimed since, letters stopped."""

import pytest
from django.test import Client
from django.utils import timezone

from plan import mails
from plan.actions import answering, informing, laying, publishing
from plan.actions.answering import Said
from plan.actions.outcomes import Refused
from plan.models import Answer, OutcomesSeen, Told, ToldVoice
from plan.reading import meant, receivers
from plan.reading import told as reading
from plan.today import stopped
from plan.views.told import answers
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.plan import helpers, telling
from tests.plan.telling import finish, lay, lay_another, person, publish, publish_and_tell, voice_of
from tests.plan.test_told_pages import NOT, link_of, press, words
from werkplaats.people import visitors

pytestmark = pytest.mark.django_db
OTHERWISE = NOT | {"words": "het geld is op."}


@pytest.fixture
def desk(desk):
    """Bram, a person, and Fatima, a browser, say the same; what Bram says is quoted."""
    desk.bram, desk.browser = person("bram@example.org"), factories.visitor()
    desk.his = voice_of(desk.bram, desk.question, name="Bram", text="Ik wil het één keer vertellen.")
    desk.hers = helpers.voice(desk.question, visitor=desk.browser, name="Fatima", text="Steeds hetzelfde.")
    lay(desk, *desk.voices, desk.his, desk.hers)
    card = helpers.card(desk.his, desk.lines)
    laying.quote(desk.harvest.pk, card.pk, card.version, desk.anouk, source_version=1, is_quote=True)
    return desk


def public(desk, number: int | None = None) -> str:
    version = f"?versie={number}" if number else ""
    return words(Client().get(f"{desk.question.get_absolute_url()}wat-we-hoorden/{version}"))


def own(desk) -> str:
    return words(browser_of(desk.browser).get("/mijn-bijdragen/"))


# A name under a refusal


@pytest.fixture
def named(desk):
    """Bram agreed to his name under the refusal; then the reason became another."""
    finish(desk.lines, desk.anouk, **NOT)
    publish_and_tell(desk)
    desk.first = link_of(desk.bram)
    assert press(desk.first, desk.his, "naam").status_code == 302
    assert "Bram" in public(desk)
    finish(desk.lines, desk.anouk, **OTHERWISE)
    publish(desk, changed="Een andere reden.")
    return desk


def test_a_name_is_for_the_refusal_that_was_agreed_to(named):
    assert "Bram" not in public(named) and "Bram" not in public(named, 1)
    informing.tell(named.harvest.publications.first().pk)
    assert "Bram" not in public(named)
    shown = words(Client().get(link_of(named.bram)))
    assert "daar staat je naam niet bij" in shown and "Mijn naam mag erbij staan" in shown
    assert press(link_of(named.bram), named.his, "naam").status_code == 302
    assert "Bram" in public(named) and "Bram" in public(named, 1)


@pytest.mark.parametrize("is_told", [False, True])
def test_taking_a_name_back_takes_it_back_everywhere(named, is_told):
    if is_told:
        informing.tell(named.harvest.publications.first().pk)
        assert press(link_of(named.bram), named.his, "naam").status_code == 302
    for link in {named.first, link_of(named.bram)}:
        assert "Toch liever niet" in words(Client().get(link))
    assert press(named.first, named.his, "zondernaam").status_code == 302
    assert not ToldVoice.objects.filter(named_at__isnull=False).exists()
    assert "Bram" not in public(named) and "Bram" not in public(named, 1)
    assert "Toch liever niet" not in words(Client().get(link_of(named.bram)))


def test_a_name_stays_with_the_same_refusal_in_a_correction(desk):
    finish(desk.lines, desk.anouk, **NOT)
    publish_and_tell(desk)
    assert press(link_of(desk.bram), desk.his, "naam").status_code == 302
    lay(desk, helpers.voice(desk.question))
    publish_and_tell(desk, changed="Een stem erbij.")
    assert "Bram" in public(desk) and "Op de site mag jouw naam" in words(Client().get(link_of(desk.bram)))


# A no, and the answer to it


@pytest.fixture
def meant_otherwise(desk):
    """Bram and Fatima said no to the first sentence; then it was corrected, and told."""
    finish(desk.lines, desk.anouk)
    publish_and_tell(desk)
    desk.first = link_of(desk.bram)
    desk.noes = [telling.told_of(voice) for voice in (desk.his, desk.hers)]
    for row in desk.noes:
        answering.answer(row.pk, 0, Said(Answer.NO, "Vooral bij de dokter."))
    finish(desk.lines, desk.anouk, heard="Een andere zin.")
    publish_and_tell(desk, changed="Een andere zin.")
    return desk


def test_a_no_and_its_answer_stay_with_who_gave_it(meant_otherwise):
    for row in meant_otherwise.noes:
        answering.reply(row.pk, 1, "Dat staat er nu in.", meant_otherwise.anouk)
    links = [meant_otherwise.first, link_of(meant_otherwise.bram)]
    for shown in [*(words(Client().get(link)) for link in links), own(meant_otherwise)]:
        assert "Een andere zin." in shown and "Eerder zei je: nee, je bedoelde: Vooral bij de dokter." in shown
        assert "Dat staat er nu in." in shown and "Klopt het nu?" in shown


def test_the_answer_to_a_no_is_news_until_it_is_read(meant_otherwise):
    browser = browser_of(meant_otherwise.browser)
    OutcomesSeen.objects.look(meant_otherwise.browser, timezone.now())
    assert "nieuw sinds" not in own(meant_otherwise)
    answering.reply(meant_otherwise.noes[1].pk, 1, "Dat staat er nu in.", meant_otherwise.anouk)
    assert "jouw inbreng" in browser.get("/").text
    until = browser.get("/mijn-bijdragen/").text.split('name="tot" value="')[1]
    browser.post("/jouw-inbreng/gezien/", {"tot": until.partition('"')[0]})
    assert "jouw inbreng" not in browser.get("/").text
    assert "Dat staat er nu in." in own(meant_otherwise)


def test_a_newer_answer_takes_the_place_of_an_older_one(meant_otherwise):
    assert meant.waiting() == {meant_otherwise.harvest.pk: (2, 0)}
    answering.answer(telling.told_of(meant_otherwise.hers).pk, 0, Said(Answer.YES))
    assert "dokter" not in own(meant_otherwise) and "Fijn dat je het laat weten." in own(meant_otherwise)
    assert meant.waiting() == {meant_otherwise.harvest.pk: (1, 0)}
    with pytest.raises(Refused):
        answering.reply(meant_otherwise.noes[1].pk, 1, "Te laat.", meant_otherwise.anouk)


# Whose it turned out to be


def test_what_was_told_to_a_browser_goes_along_to_who_claims_it(desk):
    voice = helpers.voice(desk.question, email="ina@example.org", visitor=desk.browser, name="Ina")
    lay(desk, voice)
    finish(desk.lines, desk.anouk, **NOT)
    publish_and_tell(desk)
    assert press("/jouw-inbreng/", voice, "naam", browser_of(desk.browser)).status_code == 302
    ina = person("ina@example.org")
    voice.post.confirm(ina)
    assert f"inbreng-post-{voice.post_id}" in browser_of(visitors.own(ina)).get("/mijn-bijdragen/").text
    row = telling.told_of(voice)
    assert (row.told.user, row.named_at) == (ina, None), "she agreed to nothing"
    assert [each.row.fragment_id for each in reading.of_reader(desk.browser.pk, None)] == [desk.hers.pk]
    lay_another(desk)
    publish_and_tell(desk, changed="Niets voor haar.")
    assert ToldVoice.objects.filter(fragment=voice).count() == 1, "nobody is told twice"


def test_of_all_that_was_told_to_a_browser_nothing_is_left_when_all_was_claimed(desk):
    browser = factories.visitor()
    voice = helpers.voice(desk.question, email="ina@example.org", visitor=browser)
    lay(desk, voice)
    finish(desk.lines, desk.anouk)
    publish_and_tell(desk)
    voice.post.confirm(person("ina@example.org"))
    assert not Told.objects.filter(visitor=browser).exists()


def test_who_was_not_told_what_is_theirs_is_told_at_the_next_one(desk):
    """As when it was claimed at the very moment of telling: the row is of who had it before."""
    finish(desk.lines, desk.anouk)
    publication = publish_and_tell(desk)
    els = Told.objects.create(publication=publication, user=person("els@example.org"))
    ToldVoice.objects.filter(fragment=desk.his).update(told=els)
    assert receivers.counts(desk.harvest) == (1, 0, 0)
    lay_another(desk)
    publish_and_tell(desk, changed="Eén erbij.")
    assert telling.told_of(desk.his).told.user == desk.bram


# Letters stopped


@pytest.fixture
def turned(desk):
    """Told as a proposal; then published as refused, of which the letters were stopped."""
    finish(desk.lines, desk.anouk)
    publish_and_tell(desk)
    finish(desk.lines, desk.anouk, **NOT)
    desk.second = publish(desk, changed="Toch niet.")
    return desk


@pytest.mark.parametrize("is_stopped", [False, True])
def test_a_writers_page_says_what_is_public(turned, is_stopped):
    if is_stopped:
        publishing.stop(turned.second.pk, turned.anouk)
    for shown in (words(Client().get(link_of(turned.bram))), own(turned)):
        assert "Dit is gewijzigd sinds we het je vertelden." in shown and "Want het mag niet." in shown
        assert "Voorstel voor het plan" not in shown and "Hebben we je goed begrepen?" not in shown
    for doe in ("ja", "naam"):
        assert press(link_of(turned.bram), turned.his, doe).status_code == 409
    assert telling.told_of(turned.his).answer == ""


def test_what_is_not_public_any_more_is_not_on_a_writers_page(desk):
    finish(desk.lines, desk.anouk)
    publish_and_tell(desk)
    other = factories.question(current=False, opened_at=timezone.now(), closed_at=timezone.now())
    type(desk.his.post).objects.filter(pk=desk.his.post_id).update(question=other)
    publish(desk, changed="Een bijdrage hoort ergens anders.")
    shown = words(Client().get(link_of(desk.bram)))
    assert "staat niet meer op de site" in shown and telling.SENTENCE not in shown


def test_vandaag_reminds_of_letters_that_were_stopped(turned):
    assert stopped() == []
    publishing.stop(turned.second.pk, turned.anouk)
    (block,) = stopped()
    assert block["items"][0]["url"] == f"/beheer/werkbank/{turned.harvest.pk}/openbaar/"
    publishing.send_after_all(turned.second.pk)
    assert stopped() == []


def test_vandaag_does_not_remind_where_nobody_would_be_told(desk):
    finish(desk.lines, desk.anouk)
    publish_and_tell(desk)
    voice = lay_another(desk)
    publishing.stop(publish(desk, changed="Niets voor wie al schreef.").pk, desk.anouk)
    assert len(stopped()) == 1
    voice.post.remove(None, "kwetsend")
    assert stopped() == []


@pytest.mark.parametrize("count", [1, 3])
def test_vandaag_asks_no_more_of_three_that_were_stopped_than_of_one(count, django_assert_num_queries):
    for number in range(count):
        desk = helpers.Desk()
        lay(desk, *desk.voices, voice_of(person(f"bram{number}@example.org"), desk.question))
        finish(desk.lines, desk.anouk)
        publishing.stop(publish(desk).pk, desk.anouk)
    with django_assert_num_queries(3):
        (block,) = stopped()
    assert block["count"] == count


def test_a_letter_that_waited_leaves_out_what_is_public_otherwise_by_now(turned):
    told = Told.objects.get(user=turned.bram)
    assert reading.in_letter(told) == []
    sent = []
    mails.links.send, kept = (lambda *args, **more: sent.append(args)), mails.links.send
    try:
        mails.send_told(None, told.pk)
    finally:
        mails.links.send = kept
    assert sent == []
    informing.tell(turned.second.pk)
    assert [voice.row.fragment_id for voice in reading.in_letter(Told.objects.filter(user=turned.bram).latest("pk"))]


# Erased while its writer presses


def between(monkeypatch, change) -> None:
    """Makes a change while somebody presses: after their voice was found, and before it is locked."""
    find = answers.find

    def found(*given):
        voice = find(*given)
        monkeypatch.setattr(answers, "find", find)
        change()
        return voice

    monkeypatch.setattr(answers, "find", found)


@pytest.mark.parametrize("doe", ["ja", "zondernaam"])
def test_words_erased_at_the_moment_of_a_press_are_said_to_be_gone(desk, monkeypatch, doe):
    finish(desk.lines, desk.anouk)
    publish_and_tell(desk)
    link = link_of(desk.bram)
    between(monkeypatch, lambda: desk.his.post.erase(None))
    response = press(link, desk.his, doe)
    assert response.status_code == 409 and "Deze woorden zijn gewist." in response.text
    assert "vertellen." not in response.text and "Wat je schreef is gewist." in response.text


# What they wrote, and then otherwise


def edit(desk) -> None:
    for voice in (desk.his, desk.hers):
        voice.post.refresh_from_db()
        type(voice.post).objects.filter(pk=voice.post_id).update(text="Meer geld voor muziekles.")


def test_of_words_that_were_edited_since_is_said_that_it_was_about_those_of_before(desk, mailbox):
    mailbox()
    finish(desk.lines, desk.anouk)
    publish(desk)
    edit(desk)
    informing.tell(desk.harvest.publications.get().pk)
    (letter,) = mailbox()
    for kind in ("plain", "html"):
        text = letter.get_body(kind).get_content()
        assert "Dit deden we met wat er eerst stond." in text and "muziekles" not in text and telling.SENTENCE in text
    for shown in (words(Client().get(link_of(desk.bram))), own(desk)):
        assert "Je wijzigde je woorden nadat we ze lazen." in shown and "Meer geld voor muziekles." in shown


def test_of_words_that_stand_it_is_not(desk, mailbox):
    mailbox()
    finish(desk.lines, desk.anouk)
    publish_and_tell(desk)
    assert "Ik wil het één keer vertellen." in mailbox()[0].get_body("plain").get_content()
    assert "Je wijzigde" not in words(Client().get(link_of(desk.bram))) + own(desk)
