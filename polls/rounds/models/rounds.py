"""Sticker rounds: small groups put up ideas, then everyone gives each idea a green, blue or red sticker."""

import secrets
from urllib.parse import urlsplit

import pghistory
import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from polls.rounds import placing
from polls.rounds.board import Board, Scores
from polls.rounds.reading import read
from werkplaats.fields import Line, Moment, Position, Prose, Slug
from werkplaats.kept import shared
from werkplaats.models import Visitor
from werkplaats.register.entries import of_a_browser, of_the_site
from werkplaats.versions import counts_version, mark_of

# Without vowels no code spells a word; without I, L, O and digits none can be misread from a screen.
CODE_LETTERS = "BCDFGHJKMNPQRSTVWXZ"
CODE_LENGTH = 5  # two and a half million codes: nobody walks into another group by a slip of the finger


UNLINKED = "De stickers zijn losgemaakt van wie ze plakte. Daarom blijft de ronde bij de uitslag: maak een nieuwe."


class Stage(models.TextChoices):
    """Where a round stands. Only a coordinator moves it, forward and back."""

    IDEAS = "ideas", "ideeën opschrijven"
    STICKERS = "stickers", "stickers plakken"
    RESULT = "result", "uitslag"


class Colour(models.IntegerChoices):
    """A sticker. The lowest number is the most favourable: a joined idea counts a person by that one."""

    GREEN = 1, "groen"
    BLUE = 2, "blauw"
    RED = 3, "rood"

    @property
    def css(self) -> str:
        """The name of the symbol, the token and the class: green, blue or red."""
        return self.name.lower()


class StickerRoundManager(models.Manager["StickerRound"]):
    def running(self) -> models.QuerySet["StickerRound"]:
        """The rounds that take ideas or stickers."""
        return self.exclude(stage=Stage.RESULT)

    def public(self) -> models.QuerySet["StickerRound"]:
        """The running rounds, save those that belong to a concept."""
        return self.running().filter(Q(cycle=None) | Q(cycle__published_at__isnull=False))

    def announced(self) -> "list[StickerRound]":
        """The rounds to take part in today. One query."""
        return [round for round in self.public() if round.is_announced]

    def board(self, slug: str, person=None, **wishes: bool) -> Board:
        """A round as one person sees it, in one query: ideas, groups, counts and their own stickers.

        `person` is a `polls.rounds.person.Person` or None; the wish is `with_hidden`, False unless said.
        Raises StickerRound.DoesNotExist.
        """
        for board in read(self.model, "round.slug = %(key)s", slug, person, **wishes):
            return board
        raise self.model.DoesNotExist

    def scores(self, slug: str, person) -> Scores:
        """A person's stickers on the ideas of a round: one query. Raises StickerRound.DoesNotExist.

        Everyone who scores gets the same board, whose counts may be old: they are not shown before the result.
        """
        return self._scores(slug, placing.ask(placing.READ, slug, person))

    def place(
        self, slug: str, person, idea_id: int, colour: int, version: int | None = None, words: str | None = None
    ) -> Scores:
        """Gives a person's sticker to an idea, or another colour to the one that is there: one statement.

        Returns all their stickers. It is not `placed` without a visitor, when the round takes no stickers now, when
        the idea is not in it any more, or has other words than those of `version`, or the round others than those
        with the mark `words`. Raises StickerRound.DoesNotExist,
        and IntegrityError, outside a transaction at once, when there is no such visitor.
        """
        named = {"idea": idea_id, "colour": colour, "version": version, "words": words}
        return self._scores(slug, placing.ask(placing.PLACE, slug, person, **named), {idea_id: colour})

    def _scores(self, slug: str, found: tuple | None, given: dict[int, int] | None = None) -> Scores:
        if found is None:
            raise self.model.DoesNotExist
        version, own, placed, unknown = found
        board = shared(f"round:{slug}", version, lambda: self.board(slug))
        return Scores(board, own | given if placed else own, placed, unknown and placed)

    def boards_of_cycle(self, cycle_id: int) -> list[Board]:
        """The rounds of a design cycle in order, with all their ideas and counts, in one query."""
        return read(self.model, "round.cycle_id = %(key)s", cycle_id)


def bumps_round_version() -> pgtrigger.Trigger:
    """A trigger for the groups and the ideas of a round: each change raises the version of that round."""
    return pgtrigger.Trigger(
        name="bumps_round_version",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="UPDATE polls_stickerround SET version = version WHERE id IN (OLD.round_id, NEW.round_id); RETURN NULL;",
    )


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(condition=pghistory.AnyChange(exclude=["version"])),
    exclude=["version"],
)
class StickerRound(models.Model):
    slug = Slug()
    title = Line("titel", max_length=120)
    question = Line("de vraag aan de groepen", max_length=200)
    intro = Prose("inleiding", max_length=1500, blank=True)
    people = Line(
        "met wie", max_length=200, blank=True, help_text="Bijvoorbeeld «deelnemersraad en raad van toezicht»."
    )
    cycle = models.ForeignKey(
        "polls.DesignCycle",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="rounds",
        verbose_name="ontwerptraject",
    )
    green_word = Line("groen betekent", max_length=40, default="ja, goed idee")
    blue_word = Line("blauw betekent", max_length=40, default="neutraal")
    red_word = Line("rood betekent", max_length=40, default="niet in het SOP zetten")
    stage = models.CharField("stap", max_length=10, choices=Stage, default=Stage.IDEAS)
    present = models.PositiveSmallIntegerField(
        "aantal mensen in de zaal",
        null=True,
        blank=True,
        help_text="Als je het weet: dan laat de uitslag zien welk deel van de zaal stickers plakte.",
    )
    starts_at = Moment(
        "begint",
        null=True,
        blank=True,
        help_text="Vanaf die dag staat de ronde in het programma. Elke stap open je zelf.",
    )
    ends_at = Moment("eindigt", null=True, blank=True)
    unlinked_at = models.DateTimeField("stickers losgemaakt", null=True, editable=False)
    version = models.PositiveBigIntegerField(default=1, editable=False)  # of all that stands in it

    in_register = of_the_site("slug", "title", "question", "intro", "people", "green_word", "blue_word", "red_word")

    objects = StickerRoundManager()

    class Meta:
        ordering = [F("starts_at").asc(nulls_last=True), "pk"]
        verbose_name = "stickerronde"
        verbose_name_plural = "stickerrondes"
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values),
                name="round_has_a_stage",
                violation_error_message="Kies een van de drie stappen.",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=True) | Q(starts_at__lt=F("ends_at")),
                name="round_starts_before_it_ends",
                violation_error_message="De ronde eindigt voordat ze begint.",
            ),
            # Whose stickers these were nobody knows any more: who placed one could place another.
            models.CheckConstraint(
                condition=Q(unlinked_at=None) | Q(stage=Stage.RESULT),
                name="unlinked_round_stays_closed",
                violation_error_message=UNLINKED,
            ),
        ]
        triggers = [counts_version("counts_round_version")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("polls:round", args=[self.slug])

    @property
    def short_address(self) -> str:
        """The address to type, read from a screen or a table."""
        return urlsplit(settings.SITE_URL).netloc + reverse("polls:short", args=[self.pk]).rstrip("/")

    @property
    def is_announced(self) -> bool:
        """Whether it runs on a day that it was planned for; without days, as long as it runs."""
        first, last = (moment and timezone.localdate(moment) for moment in (self.starts_at, self.ends_at))
        today = timezone.localdate()
        return self.stage != Stage.RESULT and (first or today) <= today <= (last or today)

    @property
    def steps(self) -> list[tuple[str, str]]:
        """The stages in order: their names on the site, and whether each is past, here or ahead."""
        here = Stage.values.index(self.stage)
        states = ["past" if place < here else "here" if place == here else "ahead" for place in range(len(Stage))]
        return list(zip(["Ideeën", "Stickers", "Uitslag"], states, strict=True))

    @property
    def legend(self) -> list[tuple[Colour, str]]:
        """Each colour with its meaning in this round."""
        return [(colour, self.word(colour)) for colour in Colour]

    @property
    def mark(self) -> str:
        """Of what each colour means: polls.rounds.placing.SCALE."""
        return mark_of(*(self.word(colour) for colour in Colour))

    @property
    def asked(self) -> str:
        """The mark of what it asks, for the ideas that are an answer to it."""
        return mark_of(self.question)

    def word(self, colour: Colour) -> str:
        """The meaning of a colour in this round."""
        return getattr(self, f"{Colour(colour).css}_word")

    def move_to(self, stage: str, seen: str | None = None) -> None:
        """Opens a stage for everyone; the same stage twice is once.

        `seen` is the stage on the page of the coordinator, else that of this object. Raises ValidationError when one
        of them is no stage, and when somebody else has moved the round meanwhile.
        """
        seen = self.stage if seen is None else seen
        if not {stage, seen} <= set(Stage.values):
            raise ValidationError("Kies een van de drie stappen.", code="stage")
        moved = StickerRound.objects.filter(pk=self.pk, stage__in=[seen, stage]).update(stage=stage)
        self.refresh_from_db(fields=["stage"])
        if not moved:
            raise ValidationError(
                f"De ronde staat al bij «{self.get_stage_display()}». Er is niets veranderd.", code="moved"
            )

    def join(self, visitor: Visitor, code: str) -> "Group | None":
        """Lets a visitor take part in the group with this code, and leave any other group of the round.

        None when the round has no such group.
        """
        group = self.groups.filter(code=normalise_code(code)).first()
        if group:
            Member.objects.bulk_create(
                [Member(round=self, group=group, visitor=visitor)],
                update_conflicts=True,
                unique_fields=["round", "visitor"],
                update_fields=["group"],
            )
        return group


def new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def normalise_code(code: str) -> str:
    """A code as it is stored, however it was typed: «bc dfg» is BCDFG. Never longer than a code is."""
    return "".join(char for char in code[:40].upper() if char in CODE_LETTERS)[: CODE_LENGTH + 1]


@pghistory.track()
class Group(models.Model):
    """A table in the room, or a team online. Everyone with its code writes in it; the code is no secret."""

    round = models.ForeignKey(StickerRound, models.CASCADE, related_name="groups", verbose_name="stickerronde")
    name = Line("naam", max_length=60)
    code = models.CharField("code", max_length=CODE_LENGTH, unique=True, default=new_code, editable=False)
    position = Position()

    in_register = of_the_site("name", "code")

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "groep"
        verbose_name_plural = "groepen"
        constraints = [
            models.UniqueConstraint(
                fields=["round", "name"], name="one_group_per_name", violation_error_message="Deze groep is er al."
            )
        ]
        triggers = [bumps_round_version()]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        """Looks for another code when chance gave one that is taken; the database has the last word."""
        while self._state.adding and Group.objects.filter(code=self.code).exists():
            self.code = new_code()
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("polls:group", args=[self.round.slug, self.code])


class Member(models.Model):
    """A visitor who takes part in a group, because they typed its code or wrote in it. One group per round.

    They still count when `visitor` is emptied.
    """

    round = models.ForeignKey(StickerRound, models.CASCADE, related_name="members")
    group = models.ForeignKey(Group, models.CASCADE, related_name="members")
    visitor = models.ForeignKey(Visitor, models.CASCADE, null=True, related_name="memberships")

    goes_along = True  # see werkplaats.people.merging

    in_register = of_a_browser("in welke groep iemand zit")

    class Meta:
        verbose_name = "deelnemer"
        verbose_name_plural = "deelnemers"
        constraints = [models.UniqueConstraint(fields=["round", "visitor"], name="one_group_per_visitor")]

    def __str__(self):
        return f"deelnemer van groep {self.group_id}"
