"""The posts that have some words: as conditions on a post, and for the back office."""

from collections.abc import Iterable

from django.db.models import Q

from posts.finding import asking
from posts.models import Post
from posts.models.visibility import PostQuerySet
from werkplaats.compiled import Given


def has_words(wanted: Iterable[Given | str], unwanted: Given | str) -> Q:
    """The condition on a post that it has all of these patterns, and not the other."""
    found = Q(*(says(pattern) for pattern in wanted))
    return found & ~says(unwanted) if unwanted else found


def says(pattern: Given | str) -> Q:
    """The pattern is in what was said, or in its lemmas."""
    return Q(kept__words__regex=pattern) | Q(kept__lemmas__regex=pattern)


def with_words(typed: str) -> PostQuerySet:
    """Of all posts, whoever may read them, those that have what was typed; if none has, those that nearly do.

    Words that stand everywhere are looked for when nothing else was typed.
    """
    looked = asking.read(typed)
    if looked.only_fillers:
        looked = asking.read(f'"{typed}"')
    if looked.is_empty:
        return Post.objects.none()
    found = Post.objects.filter(has_words(looked.wanted, looked.unwanted)).order_by()
    if looked.near and not found.exists():
        found = Post.objects.filter(has_words(looked.near, looked.unwanted)).order_by()
    return found
