"""What the tests of telling share: a harvest with writers of every kind, published, and its letters."""

from datetime import timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from plan.actions import informing, laying, publishing, stacks
from plan.models import Choice, Fragment, Publication, Stack, ToldVoice
from plan.models.publications import PAUSE
from plan.reading import told as reading
from tests.plan import helpers
from werkplaats.models import User
from werkplaats.people import visitors

SENTENCE = "Vertel je verhaal één keer."


def person(email: str) -> User:
    return User.objects.confirmed(email)


def voice_of(user: User, question: Any, **fields: Any) -> Fragment:
    """A contribution of somebody whose address is proven."""
    return helpers.voice(question, author=user, email=user.email, visitor=visitors.own(user), **fields)


def with_bram(desk: Any, settings: Any) -> None:
    """Both may sort; and Bram, whose address is proven, said something too."""
    settings.DEMO = True
    for user in (desk.anouk, desk.joris):
        user.let_sort(True)
    desk.bram = person("bram@example.org")
    desk.his = voice_of(desk.bram, desk.question, name="Bram", text="Eén keer vertellen is genoeg.")


def finish(stack: Stack, by: User, *, heard: str = SENTENCE, **choice: Any) -> None:
    """Writes the sentence of a stack and chooses what is done with it."""
    stacks.hear(stack.harvest_id, stack.pk, heard, version(stack), by)
    stacks.choose(stack.harvest_id, stack.pk, version(stack), by, **(choice or {"choice": Choice.PLAN}))


def version(stack: Stack) -> int:
    return Stack.objects.values_list("version", flat=True).get(pk=stack.pk)


def lay(desk: Any, *voices: Fragment, on: Stack | None = None) -> None:
    laying.lay(desk.harvest.pk, (on or desk.lines).pk, helpers.seen(*voices), desk.anouk)


def publish(desk: Any, **more: Any) -> Publication:
    desk.harvest.refresh_from_db()
    until = timezone.localdate() + timedelta(weeks=8)
    given = {"reacts_until": until, "by": desk.anouk, "seen": desk.harvest.version, **more}
    return publishing.publish(desk.harvest.pk, given.pop("seen"), given.pop("by"), **given)


def publish_and_tell(desk: Any, **more: Any) -> Publication:
    """As the worker does, who has done the jobs of it."""
    publication = publish(desk, **more)
    informing.tell(publication.pk)
    done = ProcrastinateJob.objects.filter(task_name__in=["plan.tasks.show_outcomes", "plan.tasks.tell"])
    done._raw_delete(using="default")
    publication.refresh_from_db()
    return publication


def lay_another(desk: Any) -> Fragment:
    """A voice of a browser comes to the stack: a correction that tells nobody else anything new."""
    voice = helpers.voice(desk.question)
    lay(desk, voice)
    return voice


def a_quarter_later() -> None:
    """The letters about all replies are due."""
    ToldVoice.objects.filter(replied_at__isnull=False).update(replied_at=F("replied_at") - PAUSE)


def told_of(fragment: Fragment) -> ToldVoice:
    """What was told of a voice last."""
    return ToldVoice.objects.select_related("told").filter(fragment=fragment.pk).latest("pk")


def mark(voice: Fragment) -> str:
    """Of what a page that is opened now says of it."""
    return "".join(
        each.mark for each in reading.with_outcomes(reading.newest(ToldVoice.objects.filter(fragment=voice)))
    )
