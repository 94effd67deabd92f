"""How many posts others wrote since a page was opened: every reader of a question asks it twice a minute."""

from datetime import datetime

from django.db.models import CharField, DateTimeField, OuterRef, Subquery

from posts.models import Post, Question
from posts.models.whose import Reader
from posts.reading.roots import COUNT
from werkplaats import compiled
from werkplaats.compiled import Given


def new_posts(slug: str, since: datetime, reader: Reader) -> int | None:
    """How many posts of others became readable since then; None when there is no such question."""
    found = compiled.rows(counted, *reader.shape, slug=slug, since=since, **reader.values)
    return found[0][0] if found else None


def counted(known: bool, person: bool):
    reader = Reader.given(known, person)
    posts = Post.objects.readable().filter(question=OuterRef("pk"), published_at__gt=Given("since", DateTimeField()))
    if not reader.is_stranger:
        posts = posts.exclude(reader.wrote())
    question = Question.objects.filter(slug=Given("slug", CharField()), opened_at__isnull=False).order_by()
    return question.values_list(Subquery(posts.order_by().values(count=COUNT)))
