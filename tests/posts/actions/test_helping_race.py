"""A helper presses while somebody else has decided, or changed the words, and not committed yet."""

import pytest

from posts.actions import helping, moderating
from posts.actions.helping import Outcome
from posts.models.posts import Post
from tests.helpers import factories, races
from tests.posts.helpers import helper

pytestmark = pytest.mark.django_db(transaction=True)


def waits():
    """A post that waits, and what a helper's page shows of it."""
    post = factories.post(published=False)
    return post, helping.seen_of(helping.listed().get(pk=post.pk))


@pytest.mark.parametrize("reason", ["", "Dit kunnen we niet plaatsen."])
def test_whoever_is_quicker_decides(reason):
    (post, seen), mieke, coordinator, outcomes = waits(), helper(), factories.coordinator(), []
    errors = races.in_between(
        lambda: moderating.approve([post], coordinator, {post.pk: post.version}),
        lambda: outcomes.append(helping.decide(post.pk, mieke, seen, reason)),
    )
    assert (errors, outcomes) == ([], [Outcome.SETTLED])
    assert Post.objects.get().published_by == coordinator and Post.objects.get().is_public


def test_words_that_change_meanwhile_are_read_first():
    (post, seen), mieke, outcomes = waits(), helper(), []
    errors = races.in_between(
        lambda: Post.objects.get(pk=post.pk).edit(text="Iets heel anders."),
        lambda: outcomes.append(helping.decide(post.pk, mieke, seen)),
    )
    assert (errors, outcomes) == ([], [Outcome.CHANGED])
    assert Post.objects.get().is_waiting
