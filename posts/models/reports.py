"""Reports of posts, and how many make a post wait."""

from django.db import models, transaction

from posts.models.holds import Hold
from posts.models.posts import Post
from werkplaats.models import Visitor
from werkplaats.moderation.models import BaseReport, ReportQuerySet

# From so many different people, about a post that no moderator has read yet.
ENOUGH_REPORTS = 3


class PostReportQuerySet(ReportQuerySet):
    def file(self, post: Post, visitor: Visitor, reason: str) -> bool:
        """Adds a report; the same visitor's second one changes nothing.

        Enough reports hold a post that no moderator has approved or restored. Returns whether this one did.
        """
        with transaction.atomic():
            now = Post.objects.select_for_update().get(pk=post.pk)  # two at once count each other
            self.bulk_create([self.model(post=now, visitor=visitor, reason=reason)], ignore_conflicts=True)
            if now.vetted_at or not now.is_public:
                return False
            if self.filter(post=now).waiting().count() < ENOUGH_REPORTS:
                return False
            return now.hold(Hold.REPORTED)


class Report(BaseReport):
    """Someone asks a moderator to look at a post. One report hides nothing; ENOUGH_REPORTS do."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="reports", verbose_name="bijdrage")

    objects = PostReportQuerySet.as_manager()  # type: ignore[misc]  # django-stubs finds the base's first

    class Meta(BaseReport.Meta):
        constraints = [models.UniqueConstraint(fields=["post", "visitor"], name="one_report_per_visitor")]

    def __str__(self):
        return f"melding over bijdrage {self.post_id}"
