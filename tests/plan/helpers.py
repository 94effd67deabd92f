"""What the tests of the workbench share: voices, stacks, and what a page showed of them."""

import uuid
from itertools import count

from plan.actions import laying, noting, stacks
from plan.actions.outcomes import Outcome, Seen
from plan.models import Destination, Fragment, Harvest, Note, Stack
from tests.helpers import factories
from werkplaats.models import User

numbers = count(1)


def sorter(name: str = "Anouk") -> User:
    return factories.user(name=name, is_staff=True)


def voice(question=None, **fields) -> Fragment:
    """A voice: a contribution that everyone may read."""
    return Fragment.objects.get(post=factories.post(question, **fields))


def note(harvest: Harvest, text: str = "Minder papier.", **fields) -> Note:
    meeting, key = f"avond {next(numbers)}", uuid.uuid4()
    notes = noting.open_meeting(harvest.pk, meeting, factories.timezone.localdate(), sorter())
    noting.write(notes.pk, [noting.Line(key, text, **fields)], sorter())
    return Note.objects.get(key=key)


def seen(*voices: Fragment) -> dict[int, Seen]:
    """What a page shows of them at this moment."""
    found = Fragment.objects.in_bulk([voice.pk for voice in voices])
    return {pk: Seen(row.version, row.source_version) for pk, row in found.items()}


def stack(harvest: Harvest, name: str = "", by: User | None = None) -> Stack:
    made = stacks.make(harvest.pk, name or f"stapel {next(numbers)}", by or sorter()).made
    return Stack.objects.get(pk=made)


def card(voice: Fragment, on: Stack | None = None) -> Destination:
    return Destination.objects.get(fragment=voice, stack=on)


def shown(*cards: Destination) -> dict[int, int]:
    """The versions that a page shows of them at this moment."""
    return dict(Destination.objects.filter(pk__in=[card.pk for card in cards]).values_list("pk", "version"))


def lies_on(voice: Fragment) -> list[str]:
    """The names of the stacks under a voice; "" for a choice of its own."""
    found = Destination.objects.filter(fragment=voice).order_by("pk").values_list("stack__name", flat=True)
    return [name or "" for name in found]


class Desk:
    """Three voices of a question, the stacks Wachten and Korte lijnen, and two people who sort."""

    def __init__(self) -> None:
        self.question = factories.question()
        self.voices = [voice(self.question) for _ in range(3)]
        self.harvest = self.voices[0].harvest
        self.anouk, self.joris = sorter("Anouk"), sorter("Joris")
        self.wait, self.lines = (
            stack(self.harvest, "Wachten", self.joris),
            stack(self.harvest, "Korte lijnen", self.joris),
        )

    def lay(self, *voices: Fragment, on: Stack | None = None, by: User | None = None, page=None, **more) -> Outcome:
        """Lays voices as they are now, or as a page showed them: on Wachten, by Anouk."""
        asked = page or seen(*voices)
        return laying.lay(self.harvest.pk, (on or self.wait).pk, asked, by or self.anouk, **more)
