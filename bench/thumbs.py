"""What one thumb writes: rows, table by table, and bytes of WAL.

The thumbs go through the site's own view, in this process, on one connection, each of a visitor who gave none to that
post before. Tables are not named here: all that is written counts. WAL is measured twice. Without page images it is
what the changes themselves take. With them (`full_page_writes`, as in production) it is what a server writes just
after a checkpoint: each page goes along whole the first time that it is touched. The posts are chosen at random, so
the more posts there are, the fewer thumbs share a page.
"""

import random
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.client import ClientHandler
from django.urls import reverse

from bench.database import FLUSH, Watch, Written
from bench.reporting import Table
from posts.models import Post
from posts.models.thumb_kinds import UP
from werkplaats.models import Visitor
from werkplaats.people import visitors

THUMBS, PEOPLE = 1000, 200
CHANCE = random.Random(12)  # the same posts in every run


class Cost(NamedTuple):
    """Of one thumb."""

    tables: dict[str, Written]
    wal: float  # bytes

    @property
    def rows(self) -> float:
        return sum(table.inserted + table.updated + table.deleted for table in self.tables.values())


def report(url: str, posts: QuerySet[Post]) -> None:
    """Prints it for contributions and for answers among `posts`. Nothing else may be using the database."""
    print(
        f"\nwhat a thumb writes, with {Post.objects.count():,} posts in the database ({THUMBS:,} thumbs of each kind)"
    )
    table = Table("rows", "KB of WAL", "KB with page images (full_page_writes)")
    posts = posts.filter(published_at__isnull=False, removed_at=None).order_by("pk")
    kinds = {"on a contribution": posts.filter(parent=None), "on an answer": posts.exclude(parent=None)}
    watch, details = Watch(url), []
    for name, of_kind in kinds.items():
        found = list(of_kind.values_list("pk", flat=True))
        with watch.setting(autovacuum="off", full_page_writes="off"):
            bare = cost_of(watch, found)
        with watch.setting(autovacuum="off", full_page_writes="on"):
            whole = cost_of(watch, found)
        table.row(name, f"{bare.rows:.2f}", f"{bare.wal / 1024:.2f}", f"{whole.wal / 1024:.2f}")
        details += [f"  {name}: {each} {told(written)}" for each, written in bare.tables.items()]
    print("\n".join(details))


def cost_of(watch: Watch, posts: list[int]) -> Cost:
    handler = ClientHandler(enforce_csrf_checks=False)  # of all: each of its own would look through the static files
    clients = [client_of(each, handler) for each in Visitor.objects.bulk_create(Visitor() for _ in range(PEOPLE))]
    chosen = CHANCE.sample(posts, min(THUMBS, len(posts)))
    pairs = CHANCE.sample([(client, post) for post in chosen for client in clients], THUMBS)
    give(*pairs[0])  # what a process does once
    watch.connection.execute("CHECKPOINT")
    flush()
    before, position = watch.written(), watch.wal()
    for client, post in pairs[1:]:
        give(client, post)
    wal = watch.wal() - position
    flush()
    given = len(pairs) - 1
    changed = {name: each for name, each in differences(before, watch.written()).items() if any(each)}
    tables = {name: Written(*(count / given for count in each)) for name, each in changed.items()}
    return Cost(tables, wal / given)


def client_of(visitor: Visitor, handler: ClientHandler) -> Client:
    client = Client(headers={"HX-Request": "true"}, SERVER_NAME="127.0.0.1")
    client.handler = handler
    client.cookies[visitors.COOKIE.name] = visitors.COOKIE.sign(visitor.pk.hex)
    return client


def give(client: Client, post: int) -> None:
    answer = client.post(reverse("posts:thumb", args=[post, UP.word]))
    if answer.status_code != 200:
        raise RuntimeError(f"a thumb on {post} was answered with {answer.status_code}")


def flush() -> None:
    with connection.cursor() as cursor:
        cursor.execute(FLUSH)
        cursor.execute("SELECT 1")


def differences(before: dict[str, Written], after: dict[str, Written]) -> dict[str, Written]:
    nothing = Written(0, 0, 0, 0)
    return {
        name: Written(*(now - then for now, then in zip(counts, before.get(name, nothing), strict=True)))
        for name, counts in after.items()
    }


def told(written: Written) -> str:
    words = [f"{written.inserted:.2f} inserted", f"{written.updated:.2f} updated ({written.in_place:.2f} in place)"]
    words.append(f"{written.deleted:.2f} deleted")
    return ", ".join(word for word in words if not word.startswith("0.00"))
