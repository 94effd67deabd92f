"""What the room says: the post that somebody sent from a phone, and whether it stands on the screen."""

import pgtrigger
from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from live.models.cafes import LiveCafe
from live.models.kinds import SeatKind
from live.models.scenes import Scene
from live.models.seats import Seat
from posts.models import Hold, Post, Removal
from werkplaats.fields import Prose
from werkplaats.register.entries import Entry, Purpose, Term, by_visitor

LONGEST = 280  # characters of what is written in the room: it has to be readable on a screen
# Why words wait that their writer changed on the screen. What was hidden or reported is for a moderator.
BY_WRITER = (Hold.EDITED, Hold.HINT, Hold.LINKS, Hold.RECORD, Hold.PUPIL)


class VoiceQuerySet(models.QuerySet["Voice"]):
    def of_evening(self) -> "VoiceQuerySet":
        """Those of the evening that the room is in now: what it says of its voices is of these alone.

        Of one that was broken off and begins anew, what was said before is a contribution like any other.
        """
        return self.filter(came_at__gte=F("live__begun_at"))

    def waiting(self) -> "VoiceQuerySet":
        """What somebody has to read first: for who leads and who helps, and never for others.

        The first of each phone, the oldest on top, then the second of each: one that sends many hides nobody. Of one
        that was put out nothing: that waits in the ordinary list.
        """
        still = Q(post__published_at=None, post__removed_at=None, post__isnull=False) | Q(post=None)
        again = Q(number__isnull=False, post__removal=Removal.HELD, post__held_for__in=BY_WRITER)
        turn = Window(RowNumber(), partition_by="seat", order_by="pk")
        asking = self.of_evening().filter(Q(still, number=None) | again, aside_at=None, seat__put_out_at=None)
        return asking.annotate(its_turn=turn).order_by("its_turn", "pk")

    def unread(self) -> "VoiceQuerySet":
        """What nobody read yet, whoever reads it: in the room or afterwards."""
        still = Q(post=None) | Q(post__published_at=None, post__removed_at=None)
        return self.of_evening().filter(still, number=None)

    def shown(self) -> "VoiceQuerySet":
        """What everyone may see now of the question that it was an answer to, as it came on the screen."""
        its_question = Q(scene=None) | Q(post__question=F("scene__question"))
        readable = Q(its_question, post__published_at__isnull=False, post__removed_at=None)
        shown = self.of_evening().filter(readable | Q(post=None, hidden_at=None), number__isnull=False)
        return shown.order_by("number")


class Voice(models.Model):
    """A post of the room; `number` is its place in the order in which they came on the screen.

    Words of a rehearsal are no post: they stand in `said`, and go with it. `aside_at`: whoever leads left it to the
    ordinary list of what waits. `hidden_at`: words of a rehearsal that were on the screen; a post says so itself.
    """

    live = models.ForeignKey(LiveCafe, models.CASCADE, related_name="voices", verbose_name="zaal")
    scene = models.ForeignKey(Scene, models.SET_NULL, null=True, related_name="voices", verbose_name="onderdeel")
    post = models.OneToOneField(
        Post, models.CASCADE, null=True, blank=True, related_name="voice_in_room", verbose_name="bijdrage"
    )
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, related_name="voices", verbose_name="plek")
    kind = models.CharField("van waar", max_length=6, choices=SeatKind)
    table = models.PositiveSmallIntegerField("tafel", null=True, blank=True)
    said = Prose("woorden van een proef", max_length=LONGEST, blank=True)
    number = models.PositiveIntegerField("nummer", null=True, editable=False)
    came_at = models.DateTimeField("kwam", default=timezone.now, editable=False)
    shown_at = models.DateTimeField("op het scherm", null=True, editable=False)
    aside_at = models.DateTimeField("later te lezen", null=True, editable=False)
    hidden_at = models.DateTimeField("van het scherm", null=True, editable=False)

    in_register = Entry(
        what="van welke tafel iets kwam, en woorden van een proef",
        purpose=Purpose.PARTICIPATION,
        term=Term.BRIEF,
        personal={"said": "woorden van een proef", "seat": "plek in de zaal", "post": "bijdrage"},
        of=(by_visitor("seat__visitor"),),
    )

    objects = VoiceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = "stem uit de zaal"
        verbose_name_plural = "stemmen uit de zaal"
        constraints = [
            models.UniqueConstraint(fields=["live", "number"], name="one_voice_per_number"),
            models.CheckConstraint(
                condition=Q(post__isnull=False, said="") | Q(post=None) & ~Q(said=""), name="voice_says_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(number=None, shown_at=None) | Q(number__isnull=False, shown_at__isnull=False),
                name="shown_voice_has_a_number",
            ),
        ]
        triggers = [
            # A post that is deleted takes it along. At the end of the transaction: the room is locked last.
            pgtrigger.Trigger(
                name="leaves_with_its_post",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Condition("OLD.number IS NOT NULL AND OLD.post_id IS NOT NULL"),
                func="""
                    UPDATE live_livecafe SET version = version WHERE closed_at IS NULL AND id = OLD.live_id;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"stem {self.pk} uit de zaal"

    @property
    def text(self) -> str:
        return self.post.text if self.post else self.said

    @property
    def waits_again(self) -> bool:
        """Whether it stood on the screen until its writer changed it."""
        post = self.post
        return bool(self.number and post and post.removal == Removal.HELD and post.held_for in BY_WRITER)

    @property
    def seen(self) -> str:
        """What a form about it says that it shows: itself, with the version of its words."""
        return f"{self.pk}.{self.post.version if self.post else 0}"

    @property
    def place(self) -> str:
        """«Tafel 4», «in de zaal», «online»; «aan tafel» when it is forgotten which one."""
        return f"Tafel {self.table}" if self.table else str(SeatKind(self.kind).label)
