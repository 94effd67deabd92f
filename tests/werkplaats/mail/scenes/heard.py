"""What became of somebody's words: published, told, and answered."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace

from plan.actions import answering, noting
from plan.actions.answering import Said
from plan.models import Answer, Choice, Note
from tests.events import mailing
from tests.helpers import factories
from tests.plan import helpers, telling
from tests.werkplaats.mail.scenes.contributions import proven, question
from tests.werkplaats.mail.scenes.typed import NAMES, QUESTION, TITLE, WORDS, Told, World, address
from werkplaats.words import excerpt

SENTENCE = "Wat d'Hont & Bo zeggen: «één» vast gezicht < drie."
NOT = {"choice": Choice.NOT, "words": "het mag niet van d'Hont & Bo.", "decided_by": "Het bestuur van d'Hont & Bo"}
START = excerpt(QUESTION, 60)


def desk_of(world: World, count: int = 0) -> SimpleNamespace:
    """A question with so many voices of one person, some with the choice of a refusal, ready to publish."""
    where, user = question(), proven()
    voices = [telling.voice_of(user, where, text=WORDS, name=next(NAMES)) for _ in range(count)]
    harvest = voices[0].harvest if voices else helpers.Harvest.objects.of_subject(question_id=where.pk)
    stack = helpers.stack(harvest, by=world.by)
    return SimpleNamespace(question=where, user=user, voices=voices, harvest=harvest, lines=stack, anouk=world.by)


def told(count: int) -> Callable[[World], Told]:
    def make(world: World) -> Told:
        desk = desk_of(world, count)
        telling.lay(desk, *desk.voices)
        telling.finish(desk.lines, world.by, heard=SENTENCE, decided_on=date(2026, 11, 1), **NOT)
        telling.publish_and_tell(desk)
        return {"to": desk.user.email, "start": START}

    return make


def told_guest(*, account: bool) -> Callable[[World], Told]:
    def make(world: World) -> Told:
        desk = desk_of(world)
        cafe = factories.cafe(topic=desk.question, title=TITLE)
        guest = factories.registration(cafe, email=desk.user.email if account else address())
        line = noting.Line(helpers.uuid.uuid4(), WORDS)
        noting.write(noting.open_cafe(cafe.pk, world.by).pk, [line], world.by)
        telling.lay(desk, Note.objects.get(key=line.key).fragment)
        telling.finish(desk.lines, world.by, heard=SENTENCE, choice=Choice.TAKEN_UP, words="d'Hont & Bo")
        mailing.forget()
        telling.publish_and_tell(desk)
        return {"to": guest.email, "cafe": excerpt(TITLE, 60)}

    return make


def replied(world: World) -> Told:
    made = told(1)(world)
    mailing.forget()
    row = telling.ToldVoice.objects.latest("pk")
    answering.answer(row.pk, 0, Said(Answer.NO, "Ik bedoelde d'Hont & Bo."))
    answering.reply(row.pk, 1, "Dat staat er nu ook.\n.En een regel die met een punt begint.", world.by)
    telling.a_quarter_later()
    return made
