"""A question that is closed, sorted and told, so that there is something behind the sentences of the plan."""

from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from django.utils import timezone

from plan.actions import publishing
from plan.models import Harvest
from plan.models.publications import REACTION_TERM
from posts.models import Phase, Post, Question
from werkplaats.demo.content import rehearsal, told
from werkplaats.demo.loading.half_sorted import Sorting
from werkplaats.demo.loading.moments import at, between, day
from werkplaats.demo.loading.rehearsal import roles_by_letter, visitors
from werkplaats.models import User


def load(now: datetime, people: tuple[User, User]) -> None:
    """What was said, where it was laid, and what was made public of it."""
    today = timezone.localdate(now)
    opens, closes = at(today, told.opens), at(today, told.closes)
    phase = Phase.objects.all()[0]
    question = Question.objects.create(phase=phase, opened_at=opens, closed_at=closes, **told.question)
    roles, names, pupils = roles_by_letter(), cycle(rehearsal.names), cycle(rehearsal.pupils)
    who = [roles[said["by"]] for said in told.voices]
    moments = between(opens, closes, len(who))
    Post.objects.bulk_create(
        Post(
            question=question,
            visitor=visitor,
            text=said["text"],
            name=next(pupils if role.is_pupil else names),
            role=role,
            created_at=when,
            published_at=when + timedelta(minutes=30),
            published_by=people[0],
        )
        for said, visitor, role, when in zip(told.voices, visitors("vooraf", who), who, moments, strict=True)
    )
    harvest = Harvest.objects.get(question=question)
    sorting = Sorting(harvest, people)
    for number, stack in enumerate(told.stacks):
        sorting.lay(as_laid(stack, number % 2, day(today, stack["decided_on"]) if "decided_on" in stack else None))
    harvest.refresh_from_db()
    publishing.publish(harvest.pk, harvest.version, people[0], reacts_until=today + REACTION_TERM)


def as_laid(stack: dict[str, Any], by: int, decided_on: Any) -> dict[str, Any]:
    """As `half_sorted.toml` has them: with how its voices begin, and what is quoted of each."""
    voices = [said for said in told.voices if said["stack"] == stack["name"]]
    quotes = {said["text"]: said["quote"] for said in voices if "quote" in said}
    more = {"by": by, "voices": [said["text"] for said in voices], "quotes": quotes}
    return {**stack, **more} | ({"decided_on": decided_on} if decided_on else {})
