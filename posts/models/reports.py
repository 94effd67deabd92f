"""Reports of posts, and which of them make a post wait."""

from dataclasses import replace
from typing import NamedTuple, Self
from uuid import UUID

from django.db import models, transaction

from posts.models.holds import Hold
from posts.models.posts import Post
from werkplaats.models import Visitor
from werkplaats.moderation.models import BaseReport, ReportQuerySet
from werkplaats.moderation.reasons import ReportReason
from werkplaats.moderation.standing import took_part
from werkplaats.web import limits

# From so many different people who took part before, about words that no moderator has read.
ENOUGH_REPORTS = 3


class Filed(NamedTuple):
    """What came of a report: the new one, if it is, and whether it held the post."""

    new: "Report | None"
    held: bool


class PostReportQuerySet(ReportQuerySet):
    def of(self, about: Post, visitor_id: UUID | None) -> Self:
        return super().of(about, visitor_id).filter(version=about.version)

    def file(self, post: Post, visitor: Visitor, reason: str, words: str = "", *, hurried: bool = False) -> Filed:
        """Adds a report; the same visitor's second one of the same words changes nothing.

        Enough reports that count, or one about a child, hold a post of which no moderator has read these words.
        `hurried`: a program seems to report, so it only calls.
        """
        with transaction.atomic():
            now = Post.objects.select_for_update().get(pk=post.pk)  # two at once count each other
            if self.of(now, visitor.pk).exists():
                return Filed(None, held=False)
            counts = not hurried and took_part(visitor)
            report = Report(post=now, version=now.version, visitor=visitor, reason=reason, words=words, counts=counts)
            report.save(force_insert=True)
            return Filed(report, held=self._hold(now, report, hurried))

    def _hold(self, post: Post, report: "Report", hurried: bool) -> bool:
        """Holds the post if this report, or all together, may. Returns whether it did."""
        if post.vetted_at or not post.is_public:
            return False
        if report.reason == ReportReason.ONE_CHILD and not hurried and self._may_hide(post, report):
            self.filter(pk=report.pk).update(hid=post.version)
            return post.hold(Hold.CHILD)
        enough = self.filter(post=post, version=post.version).counting().count() >= ENOUGH_REPORTS
        return enough and post.hold(Hold.REPORTED)

    def _may_hide(self, post: Post, report: "Report") -> bool:
        """Whether a report about a child may still hide these words at once, and counts that.

        Each version once: what came back because nobody read it, is not hidden again by the next browser.
        """
        if self.filter(post=post, hid=post.version).exists():
            return False
        with transaction.atomic():
            if limits.beyond({"hide_for_child": str(report.visitor_id)}):
                return False
            if limits.beyond({"hide_for_child_here": "site"}):
                transaction.set_rollback(True)  # it was not the visitor who went beyond
                return False
        return True


class Report(BaseReport):
    """Someone asks a moderator to look at a post.

    It is about the words of one `version`. One report hides nothing, unless it is about a child: then `hid` is the
    version of the post that it hid.
    """

    about, once, one = "post", ("post", "version"), "een bijdrage"
    counted = "gemelde bijdrage,gemelde bijdragen"

    post = models.ForeignKey(Post, models.CASCADE, related_name="reports", verbose_name="bijdrage")
    version = models.PositiveIntegerField(default=1, editable=False)
    hid = models.PositiveIntegerField(null=True, editable=False)

    in_register = replace(BaseReport.in_register, what="meldingen over bijdragen", unsaid=("counts", "hid"))

    objects = PostReportQuerySet.as_manager()  # type: ignore[misc]  # django-stubs finds the base's first

    class Meta(BaseReport.Meta):
        constraints = [models.UniqueConstraint(fields=["post", "version", "visitor"], name="one_report_per_visitor")]

    def __str__(self):
        return f"melding over bijdrage {self.post_id}"
