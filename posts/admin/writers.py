"""What moderators see about the writers in a list: one query, whatever the number of rows."""

from typing import NamedTuple

from django.db.models import Count, Q

from posts.models import Post, Removal, Report
from posts.queue import ABOUT_ONE_CHILD
from werkplaats.backoffice.base import InOrder
from werkplaats.moderation.child import ABOUT_CHILD


class Record(NamedTuple):
    """How many posts someone wrote, this one included, and how many of them a moderator removed."""

    posts: int = 0
    removed: int = 0


def writer_of(post: Post) -> Q:
    """What the same browser or confirmed person wrote. Nothing once the writer is forgotten."""
    same = Q(pk__in=[])
    if post.visitor_id:
        same |= Q(visitor=post.visitor_id)
    if post.author_id:
        same |= Q(author=post.author_id)
    return same


class Queue(InOrder):
    """The list, with the writer's record and the reports of each contribution."""

    def get_queryset(self, request, exclude_parameters=None):
        """A story about one child stands in its own list alone: no search finds it in another."""
        posts = super().get_queryset(request, exclude_parameters)
        return posts if request.GET.get("toestand") == ABOUT_ONE_CHILD else posts.exclude(ABOUT_CHILD)

    def get_results(self, request):
        super().get_results(request)
        posts = self.result_list = list(self.result_list)
        records, reasons = self.records(posts), self.reasons(posts)
        for post in posts:
            post.record, post.reasons = records[post.pk], reasons.get(post.pk, [])

    @staticmethod
    def records(posts: list[Post]) -> dict[int, Record]:
        visitors = {post.visitor_id for post in posts} - {None}
        authors = {post.author_id for post in posts} - {None}
        written = Post.objects.filter(Q(visitor__in=visitors) | Q(author__in=authors)).order_by()
        rows = list(
            written.values_list("visitor", "author").annotate(
                posts=Count("pk"), removed=Count("pk", filter=Q(removal=Removal.MODERATOR))
            )
        )

        def of(post: Post) -> Record:
            theirs = [
                counts
                for visitor, author, *counts in rows
                if (visitor and visitor == post.visitor_id) or (author and author == post.author_id)
            ]
            return Record(*map(sum, zip(*theirs, strict=True))) if theirs else Record()

        return {post.pk: of(post) for post in posts}

    @staticmethod
    def reasons(posts: list[Post]) -> dict[int, list[tuple[str, int]]]:
        """The reasons of open reports by post, each with how often it was given."""
        found: dict[int, list[tuple[str, int]]] = {}
        reports = Report.objects.filter(post__in=posts, handled_at=None).order_by("reason")
        for row in reports.values("post", "reason").annotate(times=Count("pk")):
            found.setdefault(row["post"], []).append((Report.Reason(row["reason"]).label, row["times"]))
        return found
