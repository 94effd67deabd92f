"""What tests of published harvests share: voices laid, and published."""

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from plan.actions import laying, publishing, stacks, writing
from plan.models import Choice, Does, Fragment, Plan, PlanStep, Publication, Sentence, Stack, Wording
from tests.helpers import factories
from tests.plan import helpers
from werkplaats.models import Role

WORDS = {Choice.TAKEN_UP: "het loket", Choice.ANSWER: "dat doen we al", Choice.NOT: "de wet laat het niet toe"}


def decided(choice: str) -> dict:
    """What `stacks.choose` wants for a choice."""
    chosen = {"choice": choice, "words": WORDS.get(Choice(choice), "")}
    if choice == Choice.NOT:
        chosen |= {"decided_by": "het bestuur", "decided_on": timezone.localdate()}
    return chosen


def write(stack: Stack, heard: str, choice: str = Choice.PLAN) -> Stack:
    """Gives a stack its sentence and its choice."""
    by = helpers.sorter()
    stacks.hear(stack.harvest_id, stack.pk, heard, version(stack), by)
    stacks.choose(stack.harvest_id, stack.pk, version(stack), by, **decided(choice))
    return Stack.objects.get(pk=stack.pk)


def version(stack: Stack) -> int:
    return Stack.objects.values_list("version", flat=True).get(pk=stack.pk)


def lay(stack: Stack, *voices: Fragment, **more) -> None:
    laying.lay(stack.harvest_id, stack.pk, helpers.seen(*voices), helpers.sorter(), **more)


def quote(voice: Fragment, stack: Stack) -> None:
    """All of its words."""
    card = helpers.card(voice, stack)
    voice.refresh_from_db()
    by, now = helpers.sorter(), voice.source_version
    laying.quote(stack.harvest_id, card.pk, card.version, by, source_version=now, is_quote=True)


def people(question, role: str | Role | None, count: int) -> list[Fragment]:
    """So many contributions, each of somebody else of this role."""
    known = factories.role(role) if isinstance(role, str) else role
    return [helpers.voice(question, role=known) for _ in range(count)]


def publish(harvest, **more) -> Publication:
    harvest.refresh_from_db()
    until = timezone.localdate() + timedelta(weeks=8)
    return publishing.publish(harvest.pk, harvest.version, helpers.sorter(), reacts_until=until, **more)


def sentence(
    stacks_: Sequence[Stack], text: str = "Elk kind heeft een vast gezicht.", *, public: bool = True
) -> Sentence:
    """A sentence of the plan that leans on them."""
    by = helpers.sorter()
    made = writing.add_sentence(writing.add_chapter("Ouders en kinderen").pk, text, by)
    for each in stacks_:
        writing.link(made.pk, by, stack_id=each.pk)
    if public:
        make_public(made)
    return made


def make_public(made: Sentence) -> None:
    """Its newest wording, with the sources that it has now."""
    numbers = list(made.footnotes.order_by("source__number").values_list("source__number", flat=True))
    Wording.objects.filter(pk=made.wordings.latest("number").pk).update(published_at=timezone.now(), sources=numbers)


def adopt() -> None:
    Plan.load()
    PlanStep.objects.create(name="vastgesteld", does=Does.ADOPT, reached_at=timezone.now())
