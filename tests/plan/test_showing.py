"""What stands beside a contribution once it was published: a sentence of the plan, or the same line for all others."""

from contextlib import suppress
from threading import Thread

import pytest
from django.db import connection
from django.test import Client

from plan.actions import laying, showing, writing
from plan.models import Choice
from posts.models import Post, PostOutcome, Thumb
from posts.models.holds import Hold
from posts.models.tallies import PostTally
from posts.models.thumb_kinds import UP
from tests.helpers import factories
from tests.helpers.kept import forget
from tests.plan import helpers
from tests.plan.heard_helpers import adopt, decided, lay, make_public, publish, sentence, write

pytestmark = pytest.mark.django_db
COMMON = showing.COMMON


@pytest.fixture
def told(desk):
    """Three contributions: in a sentence of the plan, taken up, and refused."""
    desk.proposed, desk.taken, desk.refused = desk.voices
    for stack, voice, choice in (
        (desk.lines, desk.proposed, Choice.PLAN),
        (desk.wait, desk.taken, Choice.TAKEN_UP),
        (helpers.stack(desk.harvest, "Geld"), desk.refused, Choice.NOT),
    ):
        lay(write(stack, "Wat we hoorden.", choice), voice)
    desk.sentence = sentence([desk.lines])
    return desk


def show(desk, **more) -> None:
    showing.show(publish(desk.harvest, **more).pk)


def lines() -> dict[int, str]:
    return dict(PostOutcome.objects.values_list("post", "words"))


def page(question) -> str:
    forget()
    return Client().get(question.get_absolute_url()).text


def test_who_is_in_the_plan_reads_where_and_all_others_the_same(told):
    show(told)
    address = told.question.get_absolute_url() + "wat-we-hoorden/"
    assert set(PostOutcome.objects.values_list("post", "words", "address")) == {
        (told.proposed.post_id, "Dit staat in zin 1.1 van het concept", "/plan/zin/1.1/"),
        (told.taken.post_id, COMMON, address),
        (told.refused.post_id, COMMON, address),
    }
    html = page(told.question)
    assert html.count(COMMON) == 2 and html.count("Dit staat in zin 1.1 van het concept") == 1


def test_nothing_reads_as_decided_before_it_is(told):
    show(told)
    assert "van het plan" not in page(told.question)
    adopt()
    assert showing.show_all() == 1
    assert lines()[told.proposed.post_id] == "Dit staat in zin 1.1 van het plan"


def test_a_sentence_that_is_no_concept_yet_is_nowhere(told):
    hidden = sentence([told.wait], "Nog geheim.", public=False)
    write(told.wait, "Wat we hoorden.", Choice.PLAN)
    show(told)
    assert lines()[told.taken.post_id] == COMMON
    make_public(hidden)
    showing.show_all()
    assert lines()[told.taken.post_id] == "Dit staat in zin 2.1 van het concept"
    writing.withdraw(hidden.pk)
    showing.show_all()
    assert lines()[told.taken.post_id] == COMMON


def test_when_all_that_is_left_was_refused_the_common_line_would_say_so(told):
    lay(told.lines, told.taken, also=True)
    laying.take_off(told.harvest.pk, helpers.shown(helpers.card(told.taken, told.wait)), told.anouk)
    show(told)
    assert set(lines()) == {told.proposed.post_id, told.taken.post_id}


def test_an_answer_of_its_own_is_told_to_its_writer_alone(told):
    for choice in (Choice.ANSWER, Choice.NOT):
        alone = helpers.voice(told.question)
        laying.settle(told.harvest.pk, helpers.seen(alone), told.anouk, **decided(choice))
    own = helpers.voice(told.question)
    lay(told.lines, own)
    card = helpers.card(own, told.lines)
    laying.decide(told.harvest.pk, card.pk, card.version, told.anouk, **decided(Choice.NOT))
    show(told)
    assert len(lines()) == 4
    assert lines()[own.post_id] == COMMON, "of its stack it is not said that it is in the plan"


@pytest.mark.parametrize("state", ["held", "withdrawn", "removed", "erased"])
def test_what_is_taken_away_afterwards_takes_its_line_along(told, state):
    show(told)
    factories.become(told.proposed.post, state)
    assert "Dit staat in zin" not in page(told.question)
    showing.show_all()
    assert told.proposed.post_id not in lines()


def test_under_other_words_it_does_not_stand(told):
    show(told)
    Post.objects.filter(pk=told.proposed.post_id).update(text="Iets heel anders.")
    assert "Dit staat in zin" not in page(told.question)
    showing.show_all()
    assert lines()[told.proposed.post_id] == COMMON


def test_a_correction_writes_and_takes_away(told):
    show(told)
    write(told.lines, "Wat we hoorden.", Choice.NEXT)
    gone = helpers.card(told.taken, told.wait)
    laying.settle(told.harvest.pk, helpers.seen(told.taken), told.anouk, also=True, **decided(Choice.ANSWER))
    laying.take_off(told.harvest.pk, helpers.shown(gone), told.anouk)
    show(told, changed="De zin gaat mee naar de volgende stap.")
    assert lines() == {told.proposed.post_id: COMMON, told.refused.post_id: COMMON}


def test_twice_is_once(told):
    first = publish(told.harvest)
    assert showing.show(first.pk) == 3
    versions = dict(PostTally.objects.values_list("post", "thread_version"))
    assert showing.show(first.pk) == showing.show_all() == 0
    assert dict(PostTally.objects.values_list("post", "thread_version")) == versions


def test_what_died_halfway_goes_on_where_it_was(told, monkeypatch):
    publication = publish(told.harvest)
    monkeypatch.setattr(showing, "AT_ONCE", 1)
    write_some, done = showing._write_some, []

    def dies(pks, rows):
        if done:
            raise KeyboardInterrupt
        done.append(pks)
        return write_some(pks, rows)

    monkeypatch.setattr(showing, "_write_some", dies)
    with suppress(KeyboardInterrupt):
        showing.show(publication.pk)
    assert len(lines()) == 1
    monkeypatch.setattr(showing, "_write_some", write_some)
    assert showing.show(publication.pk) == 2
    assert len(lines()) == 3


def test_a_card_takes_as_many_queries_as_before(told, django_assert_num_queries):
    show(told)
    factories.post(parent=told.proposed.post)
    page(told.question)
    client = Client()
    with django_assert_num_queries(2):
        client.get(told.question.get_absolute_url())
    PostTally.objects.filter(post=told.proposed.post_id).update(thread_version=99)
    with django_assert_num_queries(3):
        client.get(told.question.get_absolute_url())


@pytest.mark.django_db(transaction=True)
def test_with_thumbs_and_moderators_at_the_same_moment_nobody_waits_for_ever(transactional_db):
    """Answers and contributions, in both orders, while it is written over and over."""
    desk = helpers.Desk()
    answers = [factories.post(parent=voice.post) for voice in desk.voices for _ in range(3)]
    for voice in (*desk.voices, *(answer.fragment for answer in answers)):
        lay(desk.lines, voice)
    write(desk.lines, "Wat we hoorden.", Choice.NEXT)
    publication = publish(desk.harvest)
    posts = [*answers, *(voice.post for voice in desk.voices)]

    def shows() -> None:
        for _ in range(12):
            PostOutcome.objects.all().delete()
            showing.show(publication.pk)

    def thumbs(order: list[Post]) -> None:
        visitor = factories.visitor()
        for post in order:
            Thumb.objects.wish(post.pk, visitor.pk, UP.value)
            Thumb.objects.wish(post.pk, visitor.pk, None)

    def moderates() -> None:
        for post in posts:
            Post.objects.get(pk=post.pk).hold(Hold.REPORTED)

    acts = [(shows,), (moderates,), *[(thumbs, posts), (thumbs, posts[::-1])] * 2]
    assert at_once(*acts) == []
    showing.show(publication.pk)
    assert not PostOutcome.objects.exists(), "a moderator looks at all of them"


def at_once(*acts: tuple) -> list[BaseException]:
    """Does these at the same moment, each on a connection of its own. What went wrong."""
    errors: list[BaseException] = []

    def run(act, *args) -> None:
        try:
            act(*args)
        except Exception as error:  # noqa: BLE001  told below
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=act) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors
