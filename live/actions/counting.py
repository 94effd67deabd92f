"""Votes and stickers of the room. They take no lock on its row: the processes that listen gather them (COUNTS)."""

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from live.models import Headcount, Scene, Seat
from live.models.cafes import COUNTS
from live.models.seats import MOST_PEOPLE
from live.reading.results import hands_of
from polls.models import Poll, StickerRound
from polls.rounds.person import Person
from werkplaats.words import number

OVER = "De uitslag is al getoond. Tellen kan niet meer."
MORE_THAN_PEOPLE = (
    "Dat zijn meer handen dan er mensen aan tafel zitten: {}. Tel nog eens, of verander met hoeveel jullie zijn."
)
NOBODY = "Vul bij minstens één antwoord in hoeveel handen jullie telden."
OTHER_WORDS = "De woorden van deze peiling zijn net veranderd. Lees ze opnieuw. Klopt het nog, druk dan nog eens."
TOO_MANY = f"Een tafel telt hooguit {MOST_PEOPLE} mensen. Kijk de aantallen na."


def count_hands(scene: Scene, seat: Seat, hands: dict[int, int], words: str | None = None) -> None:
    """Keeps how many people at a table chose what, instead of what this phone counted before: by the key of a choice.

    A phone counts for one table: where it sits. No table has more hands than people, and the first
    count of one has a hand. `words` is the mark of the poll that was read (`Poll.mark_with`), None of who read no page.

    Raises ValidationError when the result stands on the screen, when the words are others by now, with a choice that
    is none, with too many people or none; and Ended.
    """
    choices = list(scene.poll.choices.all()) if scene.poll else []
    keys = {choice.pk for choice in choices}
    if not hands.keys() <= keys or not all(0 <= count <= MOST_PEOPLE for count in hands.values()):
        raise ValidationError(TOO_MANY)
    if sum(hands.values()) > seat.people:
        raise ValidationError(MORE_THAN_PEOPLE.format(number(seat.people, "mens,mensen")))
    with transaction.atomic():
        _open(scene)
        if words is not None and words != scene.its_poll.mark_with(choices):
            raise ValidationError(OTHER_WORDS, code="words")
        if not any(hands.values()) and seat.table not in hands_of(scene):
            raise ValidationError(NOBODY)
        counted = {"table": seat.table, "counted_by": seat, "at": timezone.now()}
        _put([Headcount(scene=scene, choice_id=pk, people=hands.get(pk, 0), **counted) for pk in sorted(keys)])
        scene.live.tell(COUNTS)


def vote(scene: Scene, seat: Seat, choice: int, words: str | None) -> None:
    """The vote of one person: a ballot like any other, which can be changed until the result is shown.

    In a rehearsal it is a count of this phone. Raises ValidationError, Ended, and IntegrityError as Poll.objects.vote.
    """
    with transaction.atomic():
        _open(scene)
        if scene.live.rehearses:
            others = Headcount.objects.filter(scene=scene, seat=seat, choice__isnull=False).exclude(choice=choice)
            others.update(people=0)
            _put([Headcount(scene=scene, seat=seat, choice_id=choice, people=1)])
        else:
            Poll.objects.vote(scene.its_poll.slug, seat.visitor_id, choice, 1, words, in_room=scene.its_poll.is_of_room)
        scene.live.tell(COUNTS)


def place(scene: Scene, seat: Seat, person: Person, idea: int, colour: int, version: int | None, words: str | None):
    """A sticker of one person: one like any other. In a rehearsal it is a count of this phone.

    Returns the `Scores` of the round as they are then, None in a rehearsal. Raises ValidationError and Ended.
    """
    with transaction.atomic():
        _open(scene)
        scores = None
        if scene.live.rehearses:
            _put([Headcount(scene=scene, seat=seat, idea_id=idea, colour=colour, people=1)])
        else:
            scores = StickerRound.objects.place(scene.its_round.slug, person, idea, colour, version, words)
        scene.live.tell(COUNTS)
    return scores


def _open(scene: Scene) -> None:
    """Whoever reveals waits for what comes in at this moment; those who vote do not wait for each other.

    Raises Ended, and ValidationError when it was revealed.
    """
    scene.live.stays()
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM live_scene WHERE id = %s AND revealed_at IS NULL FOR SHARE", [scene.pk])
        if not cursor.rowcount:
            raise ValidationError(OVER)


def _put(rows: list[Headcount]) -> None:
    Headcount.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["scene", "table", "seat", "choice", "idea", "counted_by"],
        update_fields=["people", "colour", "at"],
    )
