"""Which addresses one visitor signed up: known or new, each counts, so that nobody learns which it was."""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from werkplaats.models import Visitor
from werkplaats.register.entries import Entry, Purpose, Term, by_visitor


class Attempt(models.Model):
    """One visitor, café and address. `address` is a keyed hash, so none can be read from it or guessed.

    The sign-up writes and counts these itself: see `events.models.sign_up`. They go when the café has been.
    """

    goes_along = True  # with the visitor, without asking whose it was

    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="attempts", db_index=False, editable=False)
    cafe = models.ForeignKey("events.Cafe", models.CASCADE, related_name="attempts", editable=False)
    address = models.CharField(max_length=64, editable=False)
    tried_at = models.DateTimeField(default=timezone.now, editable=False)

    in_register = Entry(
        what="welke adressen een browser aanmeldde, als code waaruit geen adres te lezen is",
        purpose=Purpose.CAFES,
        term=Term.SIGN_UPS,
        personal={"visitor": "nummer uit je cookie", "address": "code van het adres"},
        of=(by_visitor("visitor"),),
        secret=("address",),
    )

    class Meta:
        verbose_name = "poging om aan te melden"
        verbose_name_plural = "pogingen om aan te melden"
        constraints = [
            models.UniqueConstraint(
                fields=["visitor", "cafe", "address"],
                name="an_address_counts_once_for_a_visitor",
                violation_error_message="Dit adres is al geteld.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.visitor_id} bij {self.cafe_id}"

    @staticmethod
    def shows_somebody(before: datetime) -> models.Q:
        """A try counts and not its sign-up: that there is only of an address that was new."""
        return models.Q(tried_at__lt=before)


def hash_of(email: str) -> str:
    return salted_hmac("events.attempts", email, algorithm="sha256").hexdigest()
