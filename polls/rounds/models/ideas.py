"""The ideas of a round, and the wording under which a coordinator joins those that overlap."""

import uuid

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from polls.rounds.models.rounds import Group, Member, Stage, StickerRound, bumps_round_version
from werkplaats.fields import Line
from werkplaats.models import User, Visitor
from werkplaats.moderation.models import Removable
from werkplaats.privacy import erased
from werkplaats.register.entries import Entry, Purpose, Term, by_visitor
from werkplaats.versions import raises_version
from werkplaats.web import limits

LONGEST = 280  # characters: they fit on a sheet that people read from across a table
MOST_PER_GROUP = 60  # far above what a table writes; a script stops here
STAYS = "Daarom blijft het zoals het is. Zet het anders als nieuw idee op de lijst."
MOST_ASIDE = 200  # in a round, hidden until a coordinator looks
OFTEN = "Je schrijft snel! Wacht een paar minuten en druk dan nog eens: je tekst blijft staan."
MANY_WAIT = "Er wachten nu te veel ideeën op de begeleider. Druk later nog eens: je tekst blijft staan."
KEEP_WORDS = (
    "Op «{}» zijn al stickers geplakt, dus die woorden blijven staan. Schrijf ze hieronder precies zo. "
    "Of maak dat idee eerst los, en voeg alles samen met andere woorden: dan tellen die stickers niet mee."
)
OTHER_WORDS = "Dit idee is intussen gewijzigd. Lees het opnieuw."
TAKEN_APART = "Het samenvoegen is ongedaan gemaakt."

# The counts of a wording: each person once. Their sticker on the wording itself goes first; without one, their most
# favourable sticker on the originals counts. The lock lets the second of two at once see what the first did.
RECOUNT = """
    PERFORM 1 FROM polls_stickertally WHERE idea_id = wording FOR UPDATE;
    UPDATE polls_stickertally SET (green, blue, red) = (
        SELECT count(*) FILTER (WHERE colour = 1), count(*) FILTER (WHERE colour = 2),
            count(*) FILTER (WHERE colour = 3)
        FROM (
            SELECT COALESCE(min(s.colour) FILTER (WHERE s.idea_id = wording), min(s.colour)) AS colour
            FROM polls_sticker s JOIN polls_idea i ON i.id = s.idea_id
            WHERE i.id = wording OR (i.joined_into_id = wording AND i.removed_at IS NULL)
            GROUP BY s.visitor_id, s.person
        ) verdicts
    ) WHERE idea_id = wording;
"""


class Doubt(models.TextChoices):
    """Why an idea is hidden until a coordinator has looked; its writer reads it too."""

    HURRIED = "Een begeleider kijkt eerst: dit lijkt door een programma geschreven."
    LINKS = "Een begeleider kijkt eerst: er staat een link in."


class IdeaQuerySet(models.QuerySet["Idea"]):
    def own_of(self, visitor_id) -> "IdeaQuerySet":
        """The ideas that this visitor wrote and that are still there."""
        if visitor_id is None:  # `visitor=None` would find what erased visitors left
            return self.none()
        return self.filter(visitor=visitor_id, removed_at=None, group__isnull=False)

    def write(self, group: Group, visitor: Visitor, text: str, key: uuid.UUID, *, doubt: str = "", lead=False) -> None:
        """Puts an idea on the list of a group; the same key twice is one idea. Its writer takes part in the group.

        `doubt` says why a coordinator reads it first: it is hidden until then, and takes no place on the list. `lead`:
        a coordinator types over what a room wrote, and is not slowed down. Raises ValidationError when the round takes
        no ideas now ("closed"), the list is full ("full"), too many wait for a coordinator ("waits"), or the visitor
        wrote many others a moment ago ("often").
        """
        with transaction.atomic():
            _check_writing(group.round_id)
            others = self.filter(round=group.round_id).exclude(key=key)
            if not doubt and others.filter(group=group, removed_at=None).count() >= MOST_PER_GROUP:
                raise ValidationError(f"Jullie lijst is vol: er passen {MOST_PER_GROUP} ideeën op.", code="full")
            if doubt and others.filter(removal_reason__in=Doubt.values).count() >= MOST_ASIDE:
                raise ValidationError(MANY_WAIT, code="waits")
            if not lead and not self.filter(key=key).exists():
                _check_often(visitor)
            idea = self.model(round_id=group.round_id, group=group, visitor=visitor, text=text, key=key)
            if doubt:
                idea.removed_at, idea.removal_reason = timezone.now(), doubt
            self.bulk_create([idea], ignore_conflicts=True)
            member = Member(round_id=group.round_id, group=group, visitor=visitor)
            Member.objects.bulk_create([member], ignore_conflicts=True)

    def join(self, round: StickerRound, ids: list[int], text: str, seen: dict[int, int] | None = None) -> "Idea":
        """Brings overlapping ideas together under one wording, before or after scoring, and returns it.

        The originals stay, with their own stickers. Chosen together with a wording that is there already, others
        come under that one, which gets the new text. Exactly the ideas that were taken apart before get their own
        wording back, with what was given to it. Words that somebody placed a sticker on stay: other words are another
        wording. Raises ValidationError when there is nothing to join, when one of them has not the version any more in
        which it was `seen`, and when it would change such words ("scored").
        """
        with transaction.atomic():
            chosen = list(self.filter(round=round, pk__in=ids, removed_at=None, joined_into=None).in_lock_order())
            if seen is not None and any(idea.version != seen.get(idea.pk) for idea in chosen):
                raise ValidationError("Een idee dat je koos, is intussen gewijzigd. Lees het opnieuw.", code="changed")
            wordings = [idea for idea in chosen if idea.is_wording]
            originals = [idea for idea in chosen if not idea.is_wording]
            if len(wordings) > 1:
                raise ValidationError("Kies hooguit één idee dat al is samengevoegd.", code="wordings")
            if len(originals) < 2 - len(wordings):
                raise ValidationError("Kies minstens twee ideeën om samen te voegen.", code="few")
            for one in wordings:
                if one.text != text and one.is_scored:
                    raise ValidationError(KEEP_WORDS.format(one.text), code="scored")
            ids = [idea.pk for idea in originals]
            wording = next(iter(wordings), None) or self._revive(round, ids, text)
            wording = wording or self.create(round=round, text=text)
            self.filter(pk=wording.pk).exclude(text=text).update(text=text)
            self.filter(pk__in=ids).update(joined_into=wording)
        wording.text = text
        return wording

    def _revive(self, round: StickerRound, ids: list[int], text: str) -> "Idea | None":
        """The wording that stood for exactly these ideas before it was taken apart, back in the round.

        The one with these words, or else one without stickers, whose words may change.
        """
        apart = self.filter(round=round, group=None, removal_reason=TAKEN_APART, stood_for=sorted(ids))
        last_first = list(apart.order_by("-removed_at").select_for_update())
        wording = next((one for one in last_first if one.text == text), None)
        wording = wording or next((one for one in last_first if not one.is_scored), None)
        if wording:
            self.filter(pk=wording.pk).update(**self.model.PUT_BACK)
        return wording

    def in_lock_order(self) -> "IdeaQuerySet":
        """Locked against stickers that are being placed: originals before wordings, as a sticker takes them."""
        return self.order_by(F("group_id").asc(nulls_last=True), "pk").select_for_update()


def _check_often(visitor: Visitor) -> None:
    """Counts one more idea, or one more change of it."""
    if limits.beyond({"write_idea": visitor.pk.hex}):
        raise ValidationError(OFTEN, code="often")


def _check_writing(round_id: int) -> None:
    if not StickerRound.objects.filter(pk=round_id, stage=Stage.IDEAS).exists():
        raise ValidationError("Het opschrijven van ideeën is nu gesloten.", code="closed")


def _take_apart_if_empty(wording: "Idea | None", by: User | None) -> None:
    """A wording goes when none of its originals shows any more."""
    if wording and not wording.originals.filter(removed_at=None).exists():
        wording.take_apart(by)


@pghistory.track(exclude=["key", "stood_for"])
class Idea(Removable):
    """An idea of a group; or, without a group, the one wording of ideas that overlap."""

    # Pressing the button twice sends the same key twice.
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(
        StickerRound, models.CASCADE, related_name="ideas", verbose_name="stickerronde", editable=False
    )
    group = models.ForeignKey(
        Group, models.CASCADE, null=True, related_name="ideas", verbose_name="groep", editable=False
    )
    text = Line("idee", max_length=LONGEST)
    visitor = models.ForeignKey(
        Visitor, models.SET_NULL, null=True, related_name="ideas", verbose_name="bezoeker", editable=False
    )
    created_at = models.DateTimeField("opgeschreven", default=timezone.now, editable=False)
    joined_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="originals", verbose_name="samengevoegd tot", editable=False
    )
    # The ids of what a wording stood for, in order, once it is taken apart.
    stood_for = ArrayField(models.BigIntegerField(), null=True, editable=False)
    version = models.PositiveBigIntegerField(default=1, editable=False)  # of its words

    in_register = Entry(
        what="ideeën in stickerrondes",
        purpose=Purpose.PARTICIPATION,
        term=Term.WORDS,
        personal={"text": "idee", "visitor": "nummer uit je cookie"},
        of=(by_visitor("visitor"),),
        sooner={"visitor": Term.VOTES},
        staff=("removed_by",),
        plain=("key", "removal_reason"),
        children=True,
        unsaid=("joined_into", "stood_for"),
    )

    objects = IdeaQuerySet.as_manager()

    class Meta:
        ordering = ["round", F("group__position").asc(nulls_first=True), "pk"]
        verbose_name = "idee"
        verbose_name_plural = "ideeën"
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""), name="idea_says_something", violation_error_message="Schrijf eerst een idee op."
            ),
            models.CheckConstraint(
                condition=Q(group__isnull=False) | Q(joined_into__isnull=True),
                name="wording_is_joined_into_nothing",
                violation_error_message="Een samengevoegd idee kan niet nog eens worden samengevoegd.",
            ),
        ]
        triggers = [
            bumps_round_version(),
            raises_version("text"),
            pgtrigger.Trigger(
                name="recounts_wording",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("wording", "bigint")],
                func=f"""
                    IF TG_OP = 'INSERT' AND NEW.group_id IS NULL THEN
                        INSERT INTO polls_stickertally (idea_id, shard, green, blue, red)
                        VALUES (NEW.id, 0, 0, 0, 0);
                    END IF;
                    IF TG_OP = 'UPDATE' AND OLD.joined_into_id IS NOT DISTINCT FROM NEW.joined_into_id
                        AND OLD.removed_at IS NOT DISTINCT FROM NEW.removed_at THEN
                        RETURN NULL;
                    END IF;
                    FOR wording IN
                        SELECT DISTINCT id FROM unnest(ARRAY[OLD.joined_into_id, NEW.joined_into_id]) AS w(id)
                        WHERE id IS NOT NULL ORDER BY id
                    LOOP
                        {RECOUNT}
                    END LOOP;
                    RETURN NULL;
                """,  # noqa: S608, all of it is ours
            ),
        ]

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return f"{self.round.get_absolute_url()}#idee-{self.pk}"

    @property
    def is_wording(self) -> bool:
        """Whether a coordinator made it, to stand for several that overlap."""
        return self.group_id is None

    @property
    def is_scored(self) -> bool:
        """Whether somebody placed a sticker on these words, on a screen or on paper. One query."""
        scored = Q(stickers__isnull=False) | Q(on_paper__isnull=False)
        return Idea.objects.filter(scored, pk=self.pk).exists()

    def _lock_family(self) -> "Idea | None":
        """Locks it with all that it is joined with; the wording that it is joined into, if any."""
        wording = Idea.objects.filter(originals=self.pk).first()
        top = wording.pk if wording else self.pk
        list(Idea.objects.filter(Q(pk__in=[self.pk, top]) | Q(joined_into=top)).in_lock_order())
        return wording

    def check_changeable(self) -> None:
        """Raises ValidationError when its writer may not change or take it back any more."""
        _check_writing(self.round_id)
        if self.removed_at:
            raise ValidationError("Een begeleider heeft dit idee verborgen.", code="hidden")
        if self.joined_into_id:
            raise ValidationError(f"Dit idee is samengevoegd met andere ideeën. {STAYS}", code="joined")
        if self.is_scored:
            raise ValidationError(f"Op dit idee zijn al stickers geplakt. {STAYS}", code="scored")

    def reword(self, text: str, version: int | None = None) -> None:
        """Its writer says it better. Raises ValidationError when that is over, or it is no longer the `version` read.

        Another device of theirs may have changed it ("changed"); the very same words are fine.
        """
        with transaction.atomic():
            self._lock_family()
            self.refresh_from_db()
            self.check_changeable()
            if version is not None and version != self.version and text != self.text:
                raise ValidationError("Je idee is intussen veranderd. Er is nog niets bewaard.", code="changed")
            self.text = text
            self.save(update_fields=["text"])

    def reword_by(
        self, visitor: Visitor, text: str, *, version: int | None = None, doubt: str = "", lead: bool = False
    ) -> None:
        """As `reword`, with the checks of `IdeaQuerySet.write`: what was fine may become something else."""
        with transaction.atomic():
            if not lead:
                _check_often(visitor)
            self.reword(text, version)
            if doubt:
                self._change(Q(removed_at__isnull=True), removed_at=timezone.now(), removal_reason=doubt)

    def withdraw(self) -> None:
        """Takes it back for good, history too: it was theirs. Raises ValidationError when that is over."""
        with transaction.atomic():
            self._lock_family()
            self.refresh_from_db()
            self.check_changeable()
            self.erase()

    def erase(self) -> None:
        """Takes it away for good, from its history too, with its stickers. Of a wording the originals stay."""
        with transaction.atomic():
            wording, pk = self._lock_family(), self.pk
            self._delete_with_history()
            _take_apart_if_empty(wording, None)
            erased.note(erased.What.IDEA, [pk])

    def hide(self, by: User | None, reason: str, version: int | None = None) -> None:
        """Takes it out of the round, with the reason for whoever wrote it. Twice is once.

        With the last of its originals a wording goes. Raises ValidationError without a reason, for a wording, which is
        taken apart instead, and when it is no longer the `version` that the coordinator read.
        """
        removal = self.removal_by(by, reason)
        if self.is_wording:
            raise ValidationError("Maak een samengevoegd idee eerst los.", code="wording")
        with transaction.atomic():
            wording = self._lock_family()
            shown = Q(removed_at__isnull=True)
            done = self._change(shown if version is None else shown & Q(version=version), **removal)
            if not done and not self.removed_at:
                raise ValidationError(OTHER_WORDS, code="changed")
            _take_apart_if_empty(wording, by)

    def restore(self, version: int | None = None) -> bool:
        """Puts a hidden idea back, with its stickers. A wording that was taken apart stays apart.

        `version` is what the coordinator read: another one stays hidden. Returns whether it is back by this.
        """
        hidden = Q(group__isnull=False, removed_at__isnull=False)
        return self._change(hidden if version is None else hidden & Q(version=version), **self.PUT_BACK)

    def take_apart(self, by: User | None) -> None:
        """Undoes the joining: each original stands, and counts, by itself again. Twice is once.

        What was given to the wording itself is kept, but counts for none of the originals; it counts again when
        exactly these are joined again in the same words. Raises ValidationError for an idea that is no wording.
        """
        if not self.is_wording:
            raise ValidationError("Dit idee is niet samengevoegd.", code="original")
        with transaction.atomic():
            self._lock_family()
            originals = Idea.objects.filter(joined_into=self.pk)
            shown = list(originals.filter(removed_at=None).order_by("pk").values_list("pk", flat=True))
            originals.update(joined_into=None)
            apart = self.removal_by(by, TAKEN_APART)
            self._change(Q(removed_at__isnull=True), stood_for=shown, **apart)
