"""Polls, and the votes."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

import pghistory
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse
from django.utils import timezone

from polls.tallies import BaseTally, in_percent
from polls.voting import handing
from polls.voting.ballot_triggers import TRIGGERS
from polls.voting.choices import Choice
from polls.voting.placing import VOTE
from werkplaats import compiled
from werkplaats.compiled import Given
from werkplaats.fields import Line, Moment, Prose, Slug
from werkplaats.models import Visitor
from werkplaats.register.entries import of_a_browser, of_the_site
from werkplaats.versions import bumps_site_version, mark_of

OF_ROOM = "Over deze peiling stemt een café. Doe mee met de code op het scherm."
CHANGED = "Deze peiling zegt nu iets anders dan op je bladzijde stond. Lees opnieuw, en kies dan."


def shown_polls() -> compiled.AnyQuerySet:
    """The poll of a slug with its choices, their counts, and the last vote of a visitor."""
    return shown(Poll.objects.filter(slug=Given("slug", models.SlugField()))).values_list(*shown_names())


def front_poll() -> compiled.AnyQuerySet:
    """The same of the landing page's, as JSON: for a query that asks for more."""
    row = JSONObject(**{name: name for name in shown_names()})
    return shown(Poll.objects.filter(on_landing_page=True)).values(row=row)


def shown(polls: compiled.AnyQuerySet) -> compiled.AnyQuerySet:
    tallied = {name: Coalesce(Sum(f"tallies__{name}"), 0) for name in ("votes", "first_votes")}
    each = {name: name for name in (*attnames(Choice), *tallied)} | {"paper": "on_paper__people"}
    choices = Choice.objects.filter(poll=OuterRef("pk")).annotate(**tallied).order_by("position", "pk")
    own = Ballot.objects.filter(poll=OuterRef("pk"), visitor=Given("visitor", models.UUIDField()))
    last = own.order_by("-number").values(row=JSONObject(choice="choice_id", number="number"))[:1]
    return polls.annotate(choice_rows=ArraySubquery(choices.values(row=JSONObject(**each))), own_row=Subquery(last))


def shown_names() -> list[str]:
    return [*attnames(Poll), "choice_rows", "own_row"]


def attnames(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


class PollManager(models.Manager["Poll"]):
    def on_front(self, row: str) -> "Poll":
        """The poll in a row of `front_poll`, as `shown_to` gives it."""
        said = json.loads(row)
        for name in ("opens_at", "closes_at"):
            said[name] = said[name] and datetime.fromisoformat(said[name])
        return self._made_of([said[name] for name in shown_names()])

    def shown_to(self, visitor_id: UUID | None, slug: str) -> "Poll":
        """A poll with `options`, `votes`, `people`, `own` and `own_number`, in one query; raises Poll.DoesNotExist."""
        for row in compiled.rows(shown_polls, visitor=visitor_id, slug=slug):
            return self._read(row)
        raise self.model.DoesNotExist

    def _read(self, row: Sequence[Any]) -> "Poll":
        """The poll in a row of `shown_polls`."""
        *columns, choices, own = row
        return self._made_of([*columns, [json.loads(each) for each in choices], own and json.loads(own)])

    def _made_of(self, values: Sequence[Any]) -> "Poll":
        """The poll with these values, in the order of `shown_names`."""
        *columns, choice_rows, own_row = values
        poll = self.model.from_db(None, attnames(self.model), columns)
        poll.choice_rows, poll.own_row = choice_rows, own_row or {}
        if isinstance(poll.room_result, str):  # as it comes from a row
            poll.room_result = json.loads(poll.room_result)
        return poll

    def vote(
        self,
        slug: str,
        visitor_id: UUID | None,
        choice_id: int,
        number: int = 1,
        words: str | None = None,
        *,
        in_room: bool = False,
    ) -> "Poll":
        """Casts the visitor's vote number `number` (1 is the first) in one statement: sent twice, it counts once.

        `words` is the `Choice.mark` on their page; `in_room`: a phone in a café sends it. Returns the poll as
        `shown_to` gives it after that.

        With repeat votes on, each deliberate next vote has the next number, and a number that was used keeps
        its first choice. With repeat votes off there is one vote, which can be changed. Without a visitor nothing
        is written. Raises Poll.DoesNotExist, ValidationError "closed", "choice" or "changed" when the poll is not
        open, has no such choice, or reads otherwise by now, and IntegrityError, outside a transaction at once, when
        there is no such visitor.
        """
        names = {"slug": slug, "visitor": visitor_id, "choice": choice_id, "number": number, "words": words}
        names |= {"in_room": in_room}
        sql, constants = compiled.named_sql(shown_polls)
        with connection.cursor() as cursor:
            cursor.execute(VOTE + sql, {**constants, **names, "now": timezone.now()})
            found = cursor.fetchone()
            if found is None:
                raise self.model.DoesNotExist
            cursor.nextset()
            poll = self._read(cursor.fetchone())
        is_open, is_choice, is_same, poll.is_first_vote = found
        if poll.is_of_room and not in_room:
            raise ValidationError(OF_ROOM, code="closed")
        if not is_open:
            raise ValidationError("Deze peiling is nu niet open. Je stem is niet geteld.", code="closed")
        if not is_choice:
            raise ValidationError("Deze keuze is er niet. Kies een van de antwoorden.", code="choice")
        if not is_same:
            raise ValidationError(CHANGED, code="changed")
        return poll


class ResultsShown(models.TextChoices):
    """When visitors see how others voted. Coordinators always do, in the admin."""

    ALWAYS = "always", "altijd"
    VOTED = "voted", "na het stemmen (na het sluiten: voor iedereen)"
    CLOSED = "closed", "als de peiling gesloten is"
    NEVER = "never", "nooit, alleen hier in het beheer"


@pghistory.track()
class Poll(models.Model):
    slug = Slug()
    question = Line("de vraag", max_length=200)
    intro = Prose("inleiding", max_length=1500, blank=True)
    repeat_votes = models.BooleanField(
        "opnieuw stemmen telt mee",
        default=False,
        help_text="Aan: iemand kan later nog eens stemmen; stemmen en mensen worden apart geteld. "
        "Uit: iemand kan zijn stem wijzigen en telt één keer.",
    )
    wensbeeld_prompt = Prose("vraag bij het insturen van een wensbeeld", max_length=600, blank=True)
    results_shown = models.CharField("uitslag te zien", max_length=6, choices=ResultsShown, default=ResultsShown.ALWAYS)
    on_landing_page = models.BooleanField("op de voorpagina", default=False)
    placed_with = models.OneToOneField(
        "posts.Question",
        models.SET_NULL,
        null=True,
        blank=True,
        limit_choices_to={"kind": "asked"},
        related_name="poll",
        verbose_name="bij de vraag",
        help_text="Dan staat de peiling ook op de bladzijde van deze vraag.",
        error_messages={"unique": "Bij deze vraag staat al een andere peiling."},
    )
    opens_at = Moment("opent", null=True, blank=True)
    closes_at = Moment("sluit", null=True, blank=True)
    unlinked_at = models.DateTimeField("stemmen losgemaakt", null=True, editable=False)
    # One that a café asks in its room, where alone people vote. Its result is what the room saw when it was shown: how
    # many people chose what, by the key of a choice, with hands that were counted. Nobody reads anything before it.
    # It is empty when the room saw nothing and hands on paper were typed: see `polls.voting.paper`.
    is_of_room = models.BooleanField("van een café", default=False, editable=False)
    room_cafe = models.ForeignKey(
        "events.Cafe", models.SET_NULL, null=True, blank=True, editable=False, related_name="polls"
    )
    room_question = models.ForeignKey(
        "posts.Question", models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    room_result = models.JSONField("uitslag van de zaal", null=True, editable=False)

    in_register = of_the_site("slug", "question", "intro", "wensbeeld_prompt", "room_result")

    objects = PollManager()

    choice_rows: list[dict[str, Any]]  # these two come with a row of `shown`
    own_row: dict[str, int]
    is_first_vote = False  # `vote` just counted the first one of this visitor

    class Meta:
        verbose_name = "peiling"
        verbose_name_plural = "peilingen"
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(on_landing_page=True),
                name="one_poll_on_landing_page",
                violation_error_message="Er staat al een andere peiling op de voorpagina.",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(opens_at__lt=models.F("closes_at")),
                name="poll_opens_before_it_closes",
                violation_error_message="De peiling sluit voordat ze opent.",
            ),
            # Whose votes these were nobody knows any more: who voted could vote again.
            models.CheckConstraint(
                condition=Q(unlinked_at=None) | Q(closes_at__isnull=False, closes_at__lte=models.F("unlinked_at")),
                name="unlinked_poll_stays_closed",
                violation_error_message="De stemmen zijn losgemaakt van wie ze gaf. Daarom blijft deze peiling dicht: "
                "maak een nieuwe.",
            ),
            models.CheckConstraint(
                condition=Q(results_shown__in=ResultsShown.values),
                name="poll_says_when_results_show",
                violation_error_message="Kies wanneer de uitslag te zien is.",
            ),
        ]
        triggers = [bumps_site_version()]

    def __str__(self):
        return self.question

    def get_absolute_url(self):
        return reverse("polls:poll", args=[self.slug])

    def clean(self):
        if self.pk and not self.repeat_votes and self.ballots.filter(number__gt=1).exists():
            raise ValidationError(
                {"repeat_votes": "Er is al opnieuw gestemd. Zet dit alleen bij een nieuwe peiling uit."}
            )

    @property
    def is_open(self) -> bool:
        return not self.is_to_come and (self.closes_at is None or timezone.now() < self.closes_at)

    @property
    def is_to_come(self) -> bool:
        return self.opens_at is not None and timezone.now() < self.opens_at

    @property
    def is_closed(self) -> bool:
        """Whether it is over: it was open, or could have been, and nobody can vote any more."""
        return not self.is_open and not self.is_to_come

    @property
    def shows_results(self) -> bool:
        """Whether this visitor may see how others voted."""
        if self.is_of_room:
            return self.room_result is not None
        shows: dict[str, bool] = {
            ResultsShown.ALWAYS: True,
            ResultsShown.VOTED: self.own is not None or self.is_closed,
            ResultsShown.CLOSED: self.is_closed,
        }
        return shows.get(self.results_shown, False)

    @cached_property
    def options(self) -> list[Choice]:
        """The choices in order, each with `votes`, `percent` and `mark`: of what its button says to what.

        Of a room the hands that were counted on paper are among its votes, and told apart as `paper`.
        """
        options = []
        for row in self.choice_rows:
            votes, first_votes, paper = row.pop("votes"), row.pop("first_votes"), row.pop("paper")
            option = Choice(**row)
            option.votes, option.first_votes, option.paper = votes, first_votes, paper or 0
            if (people := self.room_chose(option.pk, option.paper)) is not None:
                option.votes = option.first_votes = people
            options.append(option)
        for option, percent in zip(options, in_percent([option.votes for option in options]), strict=True):
            option.percent = percent
            option.mark = mark_of(self.question, option.text)
        return options

    def mark_with(self, choices: Iterable[Choice]) -> str:
        """Of all the words that somebody reads who answers for several people at once: see `mark_of`."""
        return mark_of(self.question, *(f"{choice.pk} {choice.text}" for choice in choices))

    def room_chose(self, choice: int, paper: int | None) -> int | None:
        """How many people of the room chose this, with the hands on paper; None without a result: the votes say it."""
        return None if self.room_result is None else self.room_result.get(str(choice), 0) + (paper or 0)

    @property
    def votes(self) -> int:
        return sum(option.votes for option in self.options)

    @property
    def people(self) -> int:
        """How many people voted: everyone's first vote has number 1."""
        return sum(option.first_votes for option in self.options)

    @property
    def on_paper(self) -> int:
        """How many of these are hands that were counted on paper."""
        return sum(option.paper for option in self.options) if self.room_result is not None else 0

    @property
    def own(self) -> Choice | None:
        """The last choice of this visitor."""
        return self.option(self.own_row.get("choice"))

    @property
    def own_number(self) -> int:
        """How often this visitor voted."""
        return self.own_row.get("number", 0)

    def option(self, pk) -> Choice | None:
        """The choice with this id (a number, or the text of a form); None when this poll has none such."""
        return next((option for option in self.options if str(option.pk) == str(pk)), None)


class Ballot(models.Model):
    """One vote. `number` counts the votes of one visitor in one poll; the highest is what they think now.

    A vote outlives its visitor: it still counts when `visitor` is emptied. A trigger notes in `before` what the same
    person chose the time before, so that the movement needs no visitor; another gives the votes of one person that are
    unlinked together one `series`, a number that leads to nobody, so that they still count as one person.
    """

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="ballots", verbose_name="peiling")
    choice = models.ForeignKey(Choice, models.PROTECT, related_name="ballots", verbose_name="keuze")
    visitor = models.ForeignKey(Visitor, models.CASCADE, null=True, related_name="ballots", verbose_name="bezoeker")
    number = models.PositiveSmallIntegerField("hoeveelste stem", default=1)
    before = models.ForeignKey(
        Choice,
        models.PROTECT,
        null=True,
        editable=False,
        db_index=False,  # looked up only when a choice goes, which none with votes does
        related_name="+",
        verbose_name="vorige keuze",
    )
    voted_at = models.DateTimeField("gestemd", default=timezone.now, editable=False)
    series = models.BigIntegerField("reeks", null=True, editable=False)

    in_register = of_a_browser("stemmen in peilingen")

    class Meta:
        ordering = ["voted_at", "pk"]
        verbose_name = "stem"
        verbose_name_plural = "stemmen"
        constraints = [
            models.UniqueConstraint(fields=["poll", "visitor", "number"], name="one_ballot_per_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="ballot_number_from_one"),
            models.CheckConstraint(
                condition=Q(before__isnull=True) | Q(number__gt=1), name="nothing_before_first_ballot"
            ),
        ]
        triggers = TRIGGERS

    def __str__(self):
        return f"stem {self.number} in peiling {self.poll_id}"

    @staticmethod
    def shows_somebody(before: datetime) -> Q:
        return Q(voted_at__lt=before)

    def give_to(self, visitor: Visitor) -> None:
        """Hands over all votes of its visitor to the one that it turned out to be; the next row finds it done.

        The last vote in time is what somebody thinks now, whichever device they gave it on.
        """
        if self.visitor_id and self.visitor_id != visitor.pk:
            handing.hand_over(Ballot.objects.all(), self.visitor_id, visitor.pk)


class Tally(BaseTally):
    """How often a choice was chosen, in all and as somebody's first vote. Ballots keep it by trigger."""

    choice = models.ForeignKey(Choice, models.CASCADE, related_name="tallies")
    votes = models.IntegerField()
    first_votes = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["choice", "shard"], name="one_tally_per_shard")]

    def __str__(self):
        return f"telling {self.shard} van keuze {self.choice_id}"
