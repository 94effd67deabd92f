"""A story about one child: a moderator takes it out of sight for good, and after its term it is erased by itself."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from werkplaats.fields import Line
from werkplaats.moderation.models import Moderated
from werkplaats.moderation.reasons import LONGEST, check_reason
from werkplaats.people.models import User
from werkplaats.privacy import erased

ABOUT_CHILD = Q(child_at__isnull=False)


def over(now: datetime, days: int) -> Q:
    """Those whose term is over: `days` after a moderator took them away, or when they were to be kept no longer."""
    return ABOUT_CHILD & (Q(kept_until=None, child_at__lte=now - timedelta(days=days)) | Q(kept_until__lte=now))


class ChildStory(Moderated):
    """What may turn out to be about one child. From `child_at` on it is in no list but its own, and never comes back.

    `kept_until`: somebody wanted it to be kept longer than its term, and said in `kept_why` what for.
    """

    # Which rows may be set apart, and what becomes of them besides when and by whom.
    MAY_BE_APART: ClassVar[Q] = ~ABOUT_CHILD
    APART: ClassVar[dict] = {}
    # What erasing leaves of it.
    NOT_APART: ClassVar[dict] = {"child_at": None, "kept_until": None, "kept_why": ""}

    child_at = models.DateTimeField("gaat over één kind sinds", null=True, editable=False)
    kept_until = models.DateTimeField("langer bewaard tot", null=True, editable=False)
    kept_why = Line("waarom langer bewaard", max_length=LONGEST, blank=True, editable=False)

    CHILD_RULES: ClassVar[list] = [
        models.CheckConstraint(
            condition=Q(child_at=None) | Q(removed_at__isnull=False), name="%(class)s_about_child_is_removed"
        ),
        models.CheckConstraint(
            condition=Q(kept_until=None) | Q(child_at__isnull=False), name="%(class)s_kept_about_child"
        ),
    ]

    class Meta:
        abstract = True

    @property
    def is_about_child(self) -> bool:
        return self.child_at is not None

    def erased_on(self, days: int) -> datetime:
        """After which moment, never one that was, it is erased by itself in the first night; `days` is its term."""
        if self.child_at is None:
            raise ValueError("this is no story about one child")
        return max(self.kept_until or self.child_at + timedelta(days=days), timezone.now())

    def set_apart(self, by: User | None, version: int | None = None) -> bool:
        """Takes it out of sight for good, whatever became of it before. Returns whether this did it: twice is once.

        `version` is what the moderator read: another one is left as it is.
        """
        now = timezone.now()
        gone = {"child_at": now, "removed_at": now, "removed_by": by, "removal_reason": "", **self.APART}
        as_read = Q() if version is None else Q(version=version)
        with transaction.atomic():
            done = self._decide(by, self.MAY_BE_APART & as_read, **gone)
            if done:  # a back-up of before would show it again
                erased.note(erased.What.APART, [self.pk], table=self._meta.label)
        return done

    def keep_longer(self, reason: str, days: int) -> bool:
        """Keeps it `days` from now. Raises ValidationError without a reason. Returns whether it still was there."""
        why = check_reason(reason, "wie dit later nakijkt")
        return self._change(ABOUT_CHILD, kept_until=timezone.now() + timedelta(days=days), kept_why=why)
