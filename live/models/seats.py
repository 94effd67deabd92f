"""Where in the room the phones are."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from live.models.cafes import COUNTS, MOST_TABLES, LiveCafe
from live.models.kinds import SeatKind
from werkplaats.models import Visitor
from werkplaats.register.entries import Entry, Purpose, Term, by_visitor

MOST_PEOPLE = 30  # at a table


def mark_of(pk: int) -> str:
    """By which a phone finds itself among those that were put out. It tells nobody anything else."""
    return salted_hmac("live.seats", str(pk), algorithm="sha256").hexdigest()[:8]


class PutOut(Exception):
    """Who leads put this phone out of the room."""

    def __init__(self, seat: "Seat") -> None:
        super().__init__(seat)
        self.seat = seat


class SeatQuerySet(models.QuerySet["Seat"]):
    def inside(self) -> "SeatQuerySet":
        """Those that count: who leads put none of them out."""
        return self.filter(put_out_at=None)


class Seat(models.Model):
    """A browser that takes part: for a table of so many people, or for one person.

    Several phones of one table are one table: what the last of them said counts (`taken_at`). One that who leads put
    out stays a row, so that it does not come back as another; nothing of it counts, and it may be let in again.
    """

    live = models.ForeignKey(LiveCafe, models.CASCADE, related_name="seats", verbose_name="zaal")
    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="live_seats", verbose_name="bezoeker")
    kind = models.CharField("waar", max_length=6, choices=SeatKind)
    table = models.PositiveSmallIntegerField("tafel", null=True, blank=True)
    people = models.PositiveSmallIntegerField("mensen", default=1)
    taken_at = models.DateTimeField("sinds", default=timezone.now)
    put_out_at = models.DateTimeField("buiten sinds", null=True, blank=True)

    goes_along = of_browser = True  # see werkplaats.people.merging

    in_register = Entry(
        what="waar iemand zat tijdens een café",
        purpose=Purpose.PARTICIPATION,
        term=Term.BRIEF,
        personal={"visitor": "nummer uit je cookie"},
        of=(by_visitor("visitor"),),
    )

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = "plek in de zaal"
        verbose_name_plural = "plekken in de zaal"
        constraints = [
            models.UniqueConstraint(fields=["live", "visitor"], name="one_seat_per_browser"),
            models.CheckConstraint(
                condition=Q(kind=SeatKind.TABLE, table__range=(1, MOST_TABLES))
                | ~Q(kind=SeatKind.TABLE) & Q(table=None),
                name="seat_at_a_table_or_not",
                violation_error_message="Kies een tafel.",
            ),
            models.CheckConstraint(condition=Q(kind__in=SeatKind.values), name="seat_of_a_known_kind"),
            models.CheckConstraint(
                condition=Q(kind=SeatKind.TABLE, people__range=(1, MOST_PEOPLE)) | Q(people=1),
                name="seat_of_so_many_people",
                violation_error_message=f"Vul 1 tot en met {MOST_PEOPLE} mensen in.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_table(self) -> bool:
        return self.kind == SeatKind.TABLE

    @property
    def key(self) -> str:
        """How a form names it: by the number of its table, or its kind."""
        return str(self.table or self.kind)

    @property
    def mark(self) -> str:
        return mark_of(self.pk)

    @property
    def called(self) -> str:
        """In a sentence: «tafel 4», «wie alleen in de zaal zit», «wie online meedoet»"""
        if self.is_table:
            return f"tafel {self.table}"
        return "wie online meedoet" if self.kind == SeatKind.ONLINE else "wie alleen in de zaal zit"

    def give_to(self, visitor: Visitor) -> None:
        """Of two seats of one person the last that they took stays, with what they said from both. Out is out."""
        rows = Seat.objects.select_for_update(of=("self",)).filter(
            live=self.live_id, visitor__in=[self.visitor_id, visitor.pk]
        )
        if not (seats := list(rows.order_by("pk"))):  # the room was closed meanwhile
            return
        last, *others = sorted(seats, key=lambda seat: seat.taken_at, reverse=True)
        for other in others:
            other.voices.update(seat=last)
            if not last.counted.exists():
                other.counted.update(counted_by=last)
            other.delete()
        last.visitor = visitor
        last.put_out_at = max((seat.put_out_at for seat in seats if seat.put_out_at), default=None)
        last.save(update_fields=["visitor", "put_out_at"])
        self.live.tell(COUNTS)

    @property
    def name(self) -> str:
        """«Tafel 4», «in de zaal», «online»"""
        return f"Tafel {self.table}" if self.is_table else str(SeatKind(self.kind).label)
