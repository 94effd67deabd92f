"""Publishing what was heard of a harvest, and stopping the letters about it."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, connection, transaction
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from procrastinate.contrib.django import app

from plan.actions.outcomes import LOOK_AGAIN, Refused
from plan.models import Choice, Destination, Does, Harvest, Heard, PlanStep, Publication, Stack
from plan.models.choices import CHOICE_FIELDS
from plan.models.publications import PAUSE, REACTION_TERM
from plan.reading import heard as reading
from plan.reading import in_plan
from plan.reading.unchanged import is_unchanged
from werkplaats.models import User
from werkplaats.words import moment

BEFORE_YOU = "was je net voor: dit is al openbaar gemaakt. Kijk hieronder hoe het er nu staat."
CORRECTED = "Dit is intussen verbeterd. De mails van de verbetering vertellen hoe het er nu staat."
# Where each voice lies now; its own choice counts before that of its stack.
VOICES = """
    INSERT INTO plan_heardvoice (
        publication_id, heard_id, fragment_id, source_version, is_quote, quote_from, quote_to,
        choice, words, decided_by, decided_on
    )
    SELECT %(publication)s, heard.id, card.fragment_id, card.source_version, card.is_quote, card.quote_from,
        card.quote_to, card.choice, card.words, card.decided_by, card.decided_on
    FROM plan_destination card JOIN plan_fragment f ON f.id = card.fragment_id
    LEFT JOIN plan_heard heard ON heard.stack_id = card.stack_id AND heard.publication_id = %(publication)s
    WHERE f.live AND f.harvest_id = %(harvest)s AND card.harvest_id = %(harvest)s
    ORDER BY card.id
"""


@dataclass(frozen=True)
class Open:
    """What is in the way of publishing: voices without destination, stacks without a sentence or a choice.

    And `changed`: cards of voices that say something else by now, which nobody read yet.
    """

    left: int
    unwritten: list[Stack]
    changed: list[Destination]

    def __bool__(self) -> bool:
        return bool(self.left or self.unwritten or self.changed)

    @property
    def changed_stacks(self) -> list[Stack]:
        """On which such cards lie."""
        return list({card.stack_id: card.stack for card in self.changed if card.stack}.values())

    @property
    def changed_alone(self) -> list[int]:
        """The keys of voices that were answered by themselves, in other words than they have now."""
        return [card.fragment_id for card in self.changed if not card.stack_id]


def in_the_way(harvest: Harvest) -> Open:
    """Three queries."""
    unwritten = [stack for stack in Stack.objects.in_place().filter(harvest=harvest).with_cards() if stack.cards]
    changed = Destination.objects.standing().filter(harvest=harvest).changed()
    return Open(
        harvest.voices_left,
        [stack for stack in unwritten if not stack.is_done],
        list(changed.select_related("stack").order_by("stack", "pk")),
    )


def publish(
    harvest_id: int, seen: int, by: User, *, reacts_until: date, changed: str = "", after: int | None = None
) -> Publication:
    """Makes public what was heard, as the page showed it at version `seen` of the harvest, and has everyone told.

    The letters leave after PAUSE; those of an earlier publication that still wait do not leave any more. `changed` says
    of a correction what is other than before. `after` is the number of the last publication that the page knew, 0 for
    none: the second of two clicks gets what the first made. None where nobody looked at a page, as in the demo.

    Raises Refused while a voice has no destination or says something else by now, or a stack with cards lacks its
    sentence or choice, when somebody sorted on, published or moderated meanwhile, when nothing was heard, for a
    correction in which nothing changed or that does not say what, and when the term to react is over before it begins.
    """
    with transaction.atomic():
        harvest = Harvest.locked(harvest_id)
        last = harvest.publications.select_related("by").order_by("-number").first()
        if last and after is not None and last.number > after:
            if last.by == by and last.version == seen:
                return last
            raise Refused(f"{last.by or 'Iemand'} {BEFORE_YOU}")
        _check(harvest, seen, reacts_until)
        if last and is_unchanged(harvest, last):
            raise Refused(f"Er is niets veranderd sinds {moment(last.at)}. Dan is er ook niets om te verbeteren.")
        publication = _publication(harvest, last.number if last else 0, by, reacts_until, changed)
        _stop_earlier(publication)
        _keep_heard(publication)
        _keep_voices(publication)
        app.configure_task("plan.tasks.show_outcomes", allow_unknown=False).defer(publication_id=publication.pk)
        _tell_later(publication)
    return publication


def send_after_all(publication_id: int, stopped: str | None = None) -> None:
    """Lets the letters that were stopped leave PAUSE from now; twice is once, and who waits may be stopped anew.

    `stopped` is the moment of the stop that a page showed, as ISO 8601: one that came later is not undone by it.

    Raises Refused when it was corrected since: the letters of the correction tell what is public.
    """
    with transaction.atomic():
        harvest = Harvest.locked(Publication.objects.values_list("harvest", flat=True).get(pk=publication_id))
        publication = Publication.objects.select_for_update(no_key=True).get(pk=publication_id)
        if publication.stopped_at is None or stopped not in (None, publication.stopped_at.isoformat()):
            return
        if harvest.publications.filter(number__gt=publication.number).exists():
            raise Refused(CORRECTED)
        publication.stopped_at = publication.stopped_by = None
        publication.leaves_at = timezone.now() + PAUSE
        publication.save(update_fields=["stopped_at", "stopped_by", "leaves_at"])
        _tell_later(publication)


def stop(publication_id: int, by: User) -> bool:
    """Stops the letters, as long as none was put in the queue. Returns whether they are stopped; twice is once."""
    with transaction.atomic():
        publication = Publication.objects.select_for_update(no_key=True).get(pk=publication_id)
        if publication.is_waiting:
            publication.stopped_at, publication.stopped_by = timezone.now(), by
            publication.save(update_fields=["stopped_at", "stopped_by"])
        return publication.stopped_at is not None


def default_term(today: date) -> date:
    """Until when people may react: as long as the plan is open for reactions, where that is known. One query."""
    step = PlanStep.objects.filter(does=Does.REACT, until__gt=today).first()
    return step.until if step and step.until else today + REACTION_TERM


def _tell_later(publication: Publication) -> None:
    tell = app.configure_task("plan.tasks.tell", allow_unknown=False, schedule_at=publication.leaves_at)
    tell.defer(publication_id=publication.pk)


def _stop_earlier(publication: Publication) -> None:
    """A letter tells what is public, once: those that wait would tell what was corrected since."""
    waiting = publication.harvest.publications.filter(told_at=None, stopped_at=None, number__lt=publication.number)
    waiting.update(stopped_at=publication.at, stopped_by=publication.by)


def _check(harvest: Harvest, seen: int, reacts_until: date) -> None:
    if harvest.version != seen:
        raise Refused(LOOK_AGAIN)
    if reacts_until < timezone.localdate():
        raise Refused("Kies een dag die nog komt: tot en met dan kunnen mensen reageren.")
    if in_the_way(harvest):
        raise Refused("Nog niet alles heeft een plek. Kijk bij Afronden wat er nog ontbreekt.")
    if not Destination.objects.standing().filter(harvest=harvest).exists():
        raise Refused("Er is nog niets om openbaar te maken.")


def _publication(harvest: Harvest, last: int, by: User, reacts_until: date, changed: str) -> Publication:
    if last and not changed:
        raise Refused("Schrijf in één zin op wat er veranderde.")
    now = timezone.now()
    return Publication.objects.create(
        harvest=harvest,
        number=last + 1,
        version=harvest.version,
        by=by,
        at=now,
        changed=changed if last else "",
        figures=reading.figures(harvest),
        reacts_until=reacts_until,
        leaves_at=now + PAUSE,
    )


def _keep_heard(publication: Publication) -> None:
    """One for each stack with cards, by choice, what was said most in front."""
    standing = Q(cards_on__fragment__live=True, cards_on__fragment__harvest=publication.harvest)
    times = Sum(Coalesce("cards_on__fragment__note__times", 1), filter=standing)
    lying = Stack.objects.lying().filter(harvest=publication.harvest)
    stacks = list(lying.annotate(times=times).filter(times__gt=0))
    stacks.sort(key=lambda stack: (Choice.values.index(stack.choice), -stack.times, stack.pk))
    joined = in_plan.joined(publication.harvest)
    said = reading.speakers_of(stacks)
    Heard.objects.bulk_create(
        Heard(
            publication=publication,
            stack=stack,
            place=place,
            heard=stack.heard,
            times=stack.times,
            speakers=said[stack.pk].roles,
            others=said[stack.pk].others,
            by_role=said[stack.pk].by_role,
            stacks=joined[stack.pk],
            **{name: getattr(stack, name) for name in CHOICE_FIELDS},
        )
        for place, stack in enumerate(stacks, 1)
    )


def _keep_voices(publication: Publication) -> None:
    """A voice that came back after what was heard was counted has no place in it: then it is to be looked at again."""
    with connection.cursor() as cursor:
        try:
            cursor.execute(VOICES, {"publication": publication.pk, "harvest": publication.harvest_id})
        except IntegrityError as error:
            raise Refused(LOOK_AGAIN) from error
