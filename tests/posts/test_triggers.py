"""What the database keeps right by itself, however a row is written."""

import pytest
from django.db import IntegrityError, transaction

from posts.models.posts import Post
from posts.models.questions import Question
from posts.models.tallies import PostTally
from posts.models.thumb_kinds import DOWN, UP
from posts.models.thumbs import Thumb
from tests.helpers import factories

pytestmark = pytest.mark.django_db


def version(root) -> int:
    return PostTally.objects.values_list("thread_version", flat=True).get(pk=root.pk)


def test_an_answer_gets_the_root_and_the_question_of_what_it_answers():
    other = factories.question()
    root = factories.post()
    answer = factories.post(parent=root)
    deeper = Post.objects.create(parent=answer, question=other, root=None, text="x", name="y")
    deeper.refresh_from_db()
    assert root.root == answer.root == deeper.root == root
    assert deeper.question == root.question


def test_every_change_in_a_thread_raises_its_version():
    root = factories.post()
    answer = factories.post(parent=root)
    deeper = factories.post(parent=answer)
    visitor = factories.visitor()
    steps = [
        lambda: factories.post(parent=deeper),
        lambda: Post.objects.filter(pk=deeper.pk).update(text="anders"),
        lambda: deeper.remove(by=None, reason="kwetsend"),
        lambda: deeper.restore(by=None),
        lambda: Thumb.objects.wish(deeper.pk, visitor.pk, 1),
        lambda: Thumb.objects.wish(deeper.pk, visitor.pk, -1),
        lambda: Thumb.objects.wish(deeper.pk, visitor.pk, None),
        lambda: Thumb.objects.wish(root.pk, visitor.pk, 1),
        lambda: root.remove(by=None, reason="kwetsend"),
    ]
    for number, step in enumerate(steps):
        before = version(root)
        step()
        assert version(root) > before, number
    stale = Post.objects.get(pk=root.pk)
    factories.post(parent=root)
    before = version(root)
    stale.save()
    assert version(root) > before


def test_the_same_thumb_again_changes_nothing():
    root, visitor = factories.post(), factories.visitor()
    Thumb.objects.wish(root.pk, visitor.pk, 1)
    before = version(root)
    Thumb.objects.wish(root.pk, visitor.pk, 1)
    assert version(root) == before


def test_counts_follow_the_thumbs_also_when_a_visitor_is_erased():
    post = factories.post()
    visitors = [factories.visitor() for _ in range(3)]
    for visitor, value in zip(visitors, [1, 1, -1], strict=True):
        Thumb.objects.create(post=post, visitor=visitor, value=value)
    visitors[0].delete()
    post.refresh_from_db()
    assert (post.tally.count(UP), post.tally.count(DOWN)) == (1, 1)


def test_a_thumb_without_its_visitor_still_counts():
    post, visitor = factories.post(), factories.visitor()
    other = factories.visitor()
    for each in (visitor, other):
        Thumb.objects.create(post=post, visitor=each, value=1)
    Thumb.objects.update(visitor=None)
    post.refresh_from_db()
    assert post.tally.count(UP) == Thumb.objects.filter(visitor=None).count() == 2
    Thumb.objects.all().delete()
    assert PostTally.objects.get(pk=post.pk).count(UP) == 0


def test_what_people_read_raises_the_version_of_a_post_and_nothing_else_does(image_row):
    post = factories.post()
    raising = [
        {"text": "anders"},
        {"name": "Els"},
        {"role": factories.role("directeur")},
        {"meeting": "team", "meeting_size": 12},
        {"meeting_size": 13},
        {"picture": image_row()},
        {"text": "weer anders", "name": "Jan"},
    ]
    for number, values in enumerate(raising, start=2):
        Post.objects.filter(pk=post.pk).update(**values)
        assert Post.objects.get(pk=post.pk).version == number, values
    Post.objects.filter(pk=post.pk).update(text="weer anders", email="jan@example.org")
    post.publish(vetted=True)
    post.hold("reported")
    post.remove(None, "Reclame.")
    post.restore(None)
    Thumb.objects.wish(post.pk, factories.visitor().pk, 1)
    factories.post(parent=post)
    assert Post.objects.get(pk=post.pk).version == len(raising) + 1


def test_a_tally_says_where_a_contribution_stands_in_its_question():
    root, other = factories.post(), factories.question(current=False)
    answer = factories.post(parent=root)
    for post in (root, answer):
        Thumb.objects.wish(post.pk, factories.visitor().pk, 1)
    tally = PostTally.objects.get(pk=root.pk)
    assert (tally.question, tally.created_at, tally.rank) == (root.question, root.created_at, 1)
    assert PostTally.objects.get(pk=answer.pk).question is None
    root.remove(None, "Reclame.")
    assert PostTally.objects.get(pk=root.pk).rank == 0
    root.restore(None)
    root.move_to(other)
    tally.refresh_from_db()
    assert (tally.question, tally.rank) == (other, 1)


def test_one_question_is_current():
    factories.question()
    other = factories.question(current=False)
    with pytest.raises(IntegrityError, match="one_current_question"), transaction.atomic():
        Question.objects.filter(pk=other.pk).update(opened_at="2026-10-01T00:00Z", closed_at=None)
    other.make_current()
    assert Question.objects.current() == other
    assert Question.objects.readable().count() == 2
