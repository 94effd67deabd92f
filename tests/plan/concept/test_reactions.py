"""Reacting to a sentence: the conversation of posts, unchanged, and out of every list of questions."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from plan.actions import writing
from plan.models import Fragment, Harvest, PlanStep
from posts.actions import moderating
from posts.models import Post, Question
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.helpers.logging_in import log_in
from tests.helpers.shown import as_read
from tests.plan.concept.helpers import react
from werkplaats.people.models import User
from werkplaats.web import programs

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
SENTENCE = "Een kind praat mee over zijn eigen plan."
TEXT = "Kinderen willen graag meepraten."


@pytest.fixture
def asked(plan) -> Question:
    """The place to react to the first sentence, open."""
    plan.open()
    plan.first.refresh_from_db()
    return plan.first.question


@pytest.fixture
def anna() -> Client:
    """The browser of somebody whose words are public at once."""
    User.objects.confirmed("anna@example.org")
    browser = Client()
    log_in(browser, "anna@example.org")
    return browser


def create(question: Question) -> str:
    return reverse("posts:create", args=[question.slug])


def said(text: str = TEXT, **more) -> dict:
    return {"text": text, "name": "Anna", "role": factories.role().pk, "moment": programs.moment(ago=10), **more}


def test_the_box_stands_under_the_sentence_and_posts_where_all_boxes_do(asked):
    text = Client().get("/plan/zin/1.1/").text
    assert SENTENCE in text
    assert f'action="{create(asked)}"' in text
    assert "Wat vind je van deze zin?" in text
    assert "application/atom+xml" not in text


def test_a_sentence_is_called_by_its_number_with_how_it_begins(plan, asked, anna, mailbox, settings):
    settings.DEMO = True
    long = "Een kind praat mee over zijn eigen plan, en de school schrijft op wat het kind zelf zegt, in gewone taal."
    plan.reword(plan.first, long)
    plan.publish()
    anna.post(create(asked), said())
    post = Post.objects.get(question=asked)
    begin = "Een kind praat mee over zijn eigen plan, en de school schrijft op wat het kind …"
    own = " ".join(anna.get("/mijn-bijdragen/").text.split())
    assert f'bij <a href="/plan/zin/1.1/">zin 1.1 van het plan</a>: «{begin}»' in own
    assert long not in own
    assert '<p class="eyebrow">Zin 1.1 van het plan</p>' in anna.get(reverse("posts:edit", args=[post.pk])).text
    staff = Client()
    staff.force_login(factories.coordinator())
    for path in ("/beheer/posts/post/?toestand=online", f"/beheer/posts/post/{post.pk}/change/"):
        text = staff.get(path).text.lower()
        assert "zin 1.1 van het plan" in text and begin.lower() in text, path
        assert long.lower() not in text, path
    mailbox()
    moderating.remove([post], plan.by, "Er staat een naam in.", as_read(post))
    (letter,) = mailbox()
    for kind in ("plain", "html"):
        said_so = " ".join(letter.get_body(kind).get_content().split())
        assert f"Dit schreef je bij zin 1.1 van het plan («{begin}»)" in said_so


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_what_is_said_stands_under_the_sentence(asked, anna, headers):
    anna.post(create(asked), said(), headers=headers)
    post = Post.objects.get(question=asked)
    assert (post.question, post.is_public) == (asked, True)
    assert TEXT in Client().get("/plan/zin/1.1/").text
    assert "1 reactie" in " ".join(Client().get("/plan/").text.split())
    assert TEXT in anna.get("/mijn-bijdragen/").text
    assert 'href="/plan/zin/1.1/"' in Client().get(post.get_absolute_url()).text


def test_a_stranger_takes_the_second_step(asked):
    browser = Client()
    answer = browser.post(create(asked), {"text": TEXT, "moment": programs.moment(ago=10)}, follow=True)
    assert "Hoe mogen we je noemen?" in answer.text
    assert SENTENCE in answer.text
    path = answer.redirect_chain[-1][0]
    answer = browser.post(path, said(), follow=True)
    assert Post.objects.get(question=asked).finished_at
    assert "Dit gebeurt er nu" in answer.text


def test_a_form_that_failed_has_the_sentence_above_it_and_what_was_typed(asked, anna):
    for sent, status in ((said(""), 422), (said(woorden="0" * 12), 409)):
        answer = anna.post(create(asked), sent)
        assert answer.status_code == status
        assert SENTENCE in answer.text
        assert 'href="/plan/zin/1.1/"' in answer.text
    assert "De zin is intussen veranderd" in answer.text
    assert TEXT in answer.text
    assert not Post.objects.filter(question=asked).exists()


def test_words_are_not_said_under_a_sentence_that_changed_in_its_last_words(plan, anna):
    long = "Elk kind telt. " * 40
    sentence = plan.write(f"{long}Altijd.", plan.parents)
    plan.open()
    page = Client().get("/plan/zin/1.4/").text
    (mark,) = set(re.findall(r'name="woorden" value="([^"]*)"', page))
    plan.reword(sentence, f"{long}Soms.")
    plan.publish()
    sentence.refresh_from_db()
    answer = anna.post(create(sentence.question), said(woorden=mark))
    assert answer.status_code == 409
    assert not sentence.question.posts.exists()


def test_when_reacting_closes_what_was_typed_stays(plan, asked, anna):
    plan.take(plan.agree, plan.adopt)
    answer = anna.post(create(asked), said())
    assert answer.status_code == 409
    assert TEXT in answer.text
    assert "Reageren sloot terwijl je schreef." in answer.text
    assert "Reageren op deze zin kan niet meer." in Client().get("/plan/zin/1.1/").text


def test_answers_thumbs_and_complaints_are_as_everywhere(plan, asked, anna):
    post = react(plan.first)
    anna.post(f"/bijdragen/{post.pk}/antwoord/", said("Eens!"))
    browser = browser_of(factories.visitor())
    place = browser.post(f"/bijdragen/{post.pk}/duim/op/", {"pagina": "1"}, follow=True)
    assert place.redirect_chain[-1][0].startswith("/plan/zin/1.1/?pagina=1")
    assert "Eens!" in place.text
    post.tally.refresh_from_db()
    assert post.tally.thumbs == {"1": 1}
    assert browser.get(f"/bijdragen/{post.pk}/melden/").status_code == 200
    assert browser.get(f"{reverse('posts:news', args=[asked.slug])}?na=2026-01-01T00:00:00Z").status_code == 200


def test_its_own_address_leads_to_the_page_of_the_sentence(asked):
    path = reverse("posts:question", args=[asked.slug])
    assert Client().get(path)["Location"] == "/plan/zin/1.1/"
    assert Client().get(f"{path}?zoek=kind")["Location"] == "/plan/zin/1.1/?zoek=kind"
    for name in ("feed", "invite", "talk_card"):
        assert Client().get(reverse(f"posts:{name}", args=[asked.slug])).status_code == 404


def test_the_list_can_be_searched_and_pages_on(plan, asked):
    for number in range(21):
        react(plan.first, text=f"Reactie nummer {number}.")
    text = Client().get("/plan/zin/1.1/?pagina=2").text
    assert "Pagina 2 van 2" in text
    assert SENTENCE in text
    assert "1 bijdrage gevonden" in " ".join(Client().get('/plan/zin/1.1/?zoek="nummer 7"').text.split())


def test_it_is_no_question_in_any_list(plan, asked, settings):
    settings.DEMO = True
    now = plan.desk.question
    assert Question.objects.current() == now
    other = factories.question(text="De volgende vraag?")
    asked.refresh_from_db()
    assert (asked.is_current, Question.objects.current()) == (True, other)
    assert not set(Question.objects.readable()) & set(Question.objects.filter(kind="plan"))
    staff = Client()
    staff.force_login(factories.coordinator())
    lists = ["/", "/programma/", "/denk-praat-doe-mee/", "/beheer/posts/question/", "/beheer/events/cafe/add/"]
    for path in [*lists, "/beheer/polls/poll/add/", "/beheer/polls/designcycle/add/"]:
        text = staff.get(path).text
        assert SENTENCE not in text, path
        assert "Wat vind je van het concept" not in text, path
    assert staff.get(f"/beheer/posts/question/{asked.pk}/change/").status_code == 302


def test_a_question_becomes_the_current_one_without_opening_or_closing_a_sentence(plan, asked):
    PlanStep.objects.filter(pk=plan.react.pk).update(until=timezone.localdate())
    before = set(Question.objects.filter(kind="plan").values_list("pk", "opened_at", "closed_at"))
    factories.question().make_current()
    Question.objects.open_due()
    assert set(Question.objects.filter(kind="plan").values_list("pk", "opened_at", "closed_at")) == before


def test_reactions_to_all_sentences_are_voices_of_one_harvest(plan, asked):
    voices = [Fragment.objects.get(post=react(each)) for each in (plan.first, plan.third)]
    (harvest,) = {voice.harvest for voice in voices}
    assert harvest == Harvest.objects.get(question=asked.parent)
    assert harvest != plan.desk.harvest
    assert all(voice.live for voice in voices)


def test_a_sentence_that_leans_on_a_reaction_to_another(plan, asked):
    voice = Fragment.objects.get(post=react(plan.third, text="Meekijken helpt echt."))
    writing.link(plan.first.pk, plan.by, fragment_id=voice.pk)
    plan.reword(plan.first, "Een kind praat altijd mee.")
    plan.publish()
    assert "Meekijken helpt echt." in Client().get("/plan/").text


def test_under_the_plan_as_a_whole_nobody_writes(asked, anna):
    """No page shows what would stand there. What is said under its sentences is one harvest, as ever."""
    whole = asked.parent
    assert whole.opened_at and not whole.closed_at
    assert not whole.is_current
    for browser in (anna, Client()):
        answer = browser.post(create(whole), said(), follow=True)
        assert "het-plan/afzender" not in str(answer.redirect_chain)
        assert answer.status_code == 409
    assert not Post.objects.filter(question=whole).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.post(whole)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=factories.post(asked).pk).update(question=whole)
    assert Fragment.objects.get(post=factories.post(asked)).harvest == Harvest.objects.get(question=whole)


EARLIER = "Geschreven bij een eerdere versie van deze zin."


def test_a_reaction_says_that_it_was_to_an_earlier_wording(plan, asked):
    """Words stay with what they were said of, also on the day on which both were."""
    post = factories.post(asked, text="Helemaal mee eens.")
    answer = factories.post(parent=post)
    pages = ["/plan/zin/1.1/", f"/bijdragen/{post.pk}/", f"/vragen/{asked.slug}/feed/"]
    for page in pages[:2]:
        assert EARLIER not in Client().get(page).text
    plan.reword(plan.first, "Een kind praat nergens over mee.")
    plan.publish()
    later = factories.post(plan.first.question, text="Nu niet meer.")
    for page in pages[:2]:
        text = Client().get(page).text
        assert text.count(EARLIER) == 1 and 'href="/plan/zin/1.1/#eerder"' in text, page
    text = Client().get(pages[0]).text
    assert 'id="eerder"' in text and SENTENCE in text
    assert EARLIER not in text.partition(f'id="bijdrage-{post.pk}"')[0]
    Post.objects.filter(pk=post.pk).update(edited_at=timezone.now())  # a letter: the sentence was not read anew
    assert EARLIER in Client().get(pages[1]).text
    assert answer.pk and later.pk
