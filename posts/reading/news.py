"""How many posts others wrote since a page was opened: every reader of a question asks it twice a minute."""

from datetime import datetime
from uuid import UUID

from django.db.models import CharField, DateTimeField, OuterRef, Q, Subquery, UUIDField

from posts.models import Post, Question
from posts.reading.roots import COUNT
from werkplaats import compiled
from werkplaats.compiled import Given


def new_posts(slug: str, since: datetime, visitor_id: UUID | None) -> int | None:
    """How many posts of others became readable since then; None when there is no such question."""
    found = compiled.rows(counted, visitor_id is not None, slug=slug, since=since, visitor=visitor_id)
    return found[0][0] if found else None


def counted(known: bool):
    posts = Post.objects.readable().filter(question=OuterRef("pk"), published_at__gt=Given("since", DateTimeField()))
    if known:
        posts = posts.filter(Q(visitor=None) | ~Q(visitor=Given("visitor", UUIDField())))
    question = Question.objects.filter(slug=Given("slug", CharField()), opened_at__isnull=False).order_by()
    return question.values_list(Subquery(posts.order_by().values(count=COUNT)))
