"""The choices of a poll, each with an answer of its own."""

from django.db import models

from werkplaats.fields import Line, Position
from werkplaats.register.entries import of_the_site
from werkplaats.versions import bumps_site_version


class Choice(models.Model):
    """One choice of a poll, with the answer that people read after it.

    Its button is the partial `choice` in templates/polls/voting/poll.html; coordinators edit it in `ChoiceInline`.
    """

    poll = models.ForeignKey("polls.Poll", models.CASCADE, related_name="choices", verbose_name="peiling")
    text = Line("keuze", max_length=60)
    answer = Line("reactie na deze keuze", max_length=300)
    asks_wensbeeld = models.BooleanField("vraagt daarna om een wensbeeld", default=False)
    position = Position()

    votes: int  # `Poll.options` sets these five
    first_votes: int
    paper: int  # of the votes, hands that were counted on paper
    percent: int
    mark: str

    in_register = of_the_site("text", "answer")

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "keuze"
        verbose_name_plural = "keuzes"
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "text"], name="one_choice_per_text", violation_error_message="Deze keuze staat er al."
            )
        ]
        triggers = [bumps_site_version()]

    def __str__(self):
        return self.text
