"""Hands of a café's poll that were counted on paper: an evening without internet, or a table without a phone."""

from django.db import models, transaction
from django.db.models import Q

from polls.on_paper import MOST_ON_PAPER, OnPaper
from polls.voting.choices import Choice
from polls.voting.models import Poll
from werkplaats.models import User
from werkplaats.register.entries import of_the_site


class HandsOnPaperManager(models.Manager["HandsOnPaper"]):
    def put(self, choice_id: int, people: int | None, seen: int | None, by: User) -> "tuple[bool, HandsOnPaper]":
        """Keeps how many hands were counted on paper for a choice of a room's poll; None when nobody counted them.

        `seen` is what stood there on the page of who counted. Returns whether it stands as asked, and the row: it does
        not when another put something else there meanwhile. The same number twice is once. Raises Choice.DoesNotExist,
        of a poll of the site too.
        """
        with transaction.atomic():
            of_room = Choice.objects.filter(poll__is_of_room=True).select_related("poll__room_cafe")
            choice = of_room.select_for_update(of=("poll",), no_key=True).get(pk=choice_id)
            row = self.filter(choice=choice_id).select_related("by").first() or self.model(choice_id=choice_id)
            if row.take("people", people, seen, by):
                self._make_known(choice.poll)
            return row.people == people, row

    def _make_known(self, poll: Poll) -> None:
        """The first hands of a poll that the room never saw make its result known; without any it is unknown again.

        An evening that nobody began on the site is about the question that its café has by now, as its notes are.
        """
        same = Poll.objects.filter(pk=poll.pk)
        if not self.filter(choice__poll=poll, people__isnull=False).exists():
            same.filter(room_result={}).update(room_result=None)
        elif poll.room_result is None:
            cafe = poll.room_cafe
            asked = (cafe and cafe.topic_id) or poll.room_question_id
            same.update(room_result={}, room_question=asked)


class HandsOnPaper(OnPaper):
    """How many hands were counted for a choice.

    They are in the result beside what the room saw, and marked there: on paper nobody knows whose hand it was.
    """

    choice = models.OneToOneField(
        Choice, models.CASCADE, primary_key=True, related_name="on_paper", verbose_name="keuze"
    )
    people = models.PositiveSmallIntegerField("mensen", null=True, blank=True)

    in_register = of_the_site(staff=("by",))

    objects = HandsOnPaperManager()

    class Meta:
        verbose_name = "handen op papier"
        verbose_name_plural = "handen op papier"
        constraints = [
            models.CheckConstraint(
                condition=Q(people__lte=MOST_ON_PAPER),
                name="hands_on_paper_fit",
                violation_error_message=f"Vul hooguit {MOST_ON_PAPER} in.",
            )
        ]

    def __str__(self) -> str:
        return f"handen op papier bij keuze {self.pk}"
