"""Adds the lemmas of what was said to the words that a trigger keeps of it."""

from typing import Any

from django.db import connection

from posts.finding.forms import lemmas_of
from posts.models.posts import Post
from posts.models.words import PostWords

A_TIME = 1000  # posts, so that no other statement waits for long


def add_lemmas() -> int:
    """To all posts that have none. Returns to how many.

    Words that change meanwhile keep none: the next run reads the new ones.
    """
    count = 0
    while rows := list(waiting()):
        write([(pk, words, lemmas_of("\n".join(said))) for pk, words, *said in rows])
        count += len(rows)
    return count


def waiting() -> Any:
    columns = ("pk", "kept__words", "text", "name", "meeting")
    return Post.objects.filter(kept__waits=True).order_by("pk").values_list(*columns)[:A_TIME]


def write(found: list[tuple[int, str, str]]) -> None:
    """One statement for any number."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            UPDATE {PostWords._meta.db_table} AS kept SET lemmas = found.lemmas, waits = false
            FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS found (post_id, words, lemmas)
            WHERE kept.post_id = found.post_id AND kept.words = found.words
            """,  # noqa: S608  the name of our own table
            [list(column) for column in zip(*found, strict=True)],
        )
