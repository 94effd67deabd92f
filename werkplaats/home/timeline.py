"""The programme: questions, cafés and milestones on one line: what was, what is now, what comes."""

import datetime
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils import formats, timezone

from events.models import Cafe
from posts.models import Question
from werkplaats.models import Milestone
from werkplaats.words import day

DONE, NOW, LATER = STATES = ("done", "now", "later")
SHORT_LATER = 4


@dataclass(frozen=True)
class Entry:
    """One moment on the line. `state` is "done", "now" or "later", `word` says the same to people."""

    date: datetime.date
    when: str
    state: str
    word: str
    kind: str
    icon: str
    title: str
    text: str = ""
    url: str = ""


def moves_by_the_clock(cafes: Iterable[Cafe]) -> tuple[Hashable, ...]:
    """What changes in the line as time goes by, for keys of kept parts: the day, and which cafés began and ended."""
    return timezone.localdate(), *((cafe.pk, cafe.is_past) for cafe in cafes if cafe.has_begun)


def line(
    today: datetime.date, questions: Iterable[Question], cafes: Iterable[Cafe], milestones: Iterable[Milestone]
) -> list[Entry]:
    """All entries: what was, what is now, what comes, each by date. When nothing is now, one that only says so.

    A café is now while it goes on: not all day.
    """
    entries = [
        *_of_questions(questions, today),
        *(_of_cafe(cafe, today) for cafe in cafes),
        *(_of_milestone(milestone, today) for milestone in milestones),
    ]
    if entries and not any(entry.state == NOW for entry in entries):
        entries.append(Entry(today, day(today), NOW, "nu", "vandaag", "map-pin", "Hier zijn we"))
    return sorted(entries, key=lambda entry: (STATES.index(entry.state), entry.date))


def short(entries: list[Entry]) -> list[Entry]:
    """What was last, all that is now, and what comes first."""
    kept = [entry for entry in entries if entry.state == DONE][-1:]
    kept += [entry for entry in entries if entry.state == NOW]
    kept += [entry for entry in entries if entry.state == LATER][:SHORT_LATER]
    return [entry for entry in entries if entry in kept]


def phases(questions: Iterable[Question], today: datetime.date) -> list[tuple[str, list[Entry]]]:
    """The questions per phase, in the order of the phases: name and entries."""
    in_order = sorted(questions, key=lambda question: (question.phase.position, question.phase_id))
    return [
        (name, _of_questions(group, today))
        for name, group in groupby(in_order, key=lambda question: question.phase.name)
    ]


def _of_questions(questions: Iterable[Question], today: datetime.date) -> list[Entry]:
    """Those of which people may know that they come."""
    return [_of_question(each, today) for each in questions if each.opened_at or each.planned_for]


def _of_question(question: Question, today: datetime.date) -> Entry:
    opened = question.opened_at and timezone.localdate(question.opened_at)
    date = opened or timezone.localdate(question.planned_for)
    state, word = (DONE, "gesloten") if question.closed_at else (NOW, "nu") if opened else (LATER, "komt nog")
    return Entry(
        date=date,
        when=f"sinds {day(date)}" if state == NOW else day(date) if opened else _month(date),
        state=state,
        word=word,
        kind=f"vraag · {question.phase.name}",
        icon="circle-help",
        title=question.title,
        # The words of a question that is still to come may change.
        text=question.text if opened else "",
        url=question.get_absolute_url() if opened else "",
    )


def _of_cafe(cafe: Cafe, today: datetime.date) -> Entry:
    date = timezone.localdate(cafe.starts_at)
    if cafe.has_begun:
        # One that was called off is not going on.
        state, word = (DONE, "geweest") if cafe.is_past or cafe.called_off_at else (NOW, "nu")
    else:
        state, word = LATER, "vandaag" if date == today else "komt nog"
    return Entry(
        date=date,
        when=day(cafe.starts_at),
        state=state,
        word="afgelast" if cafe.called_off_at else word,
        kind=f"café, {cafe.label}" if cafe.label else "café",
        icon="coffee",
        title=cafe.title,
        text=cafe.question,
        url=cafe.get_absolute_url(),
    )


def _of_milestone(milestone: Milestone, today: datetime.date) -> Entry:
    first = last = milestone.date
    if milestone.whole_month:
        first = milestone.date.replace(day=1)
        last = (first + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
    state, word = _state(first, last, today)
    return Entry(
        date=milestone.date,
        when=_month(milestone.date) if milestone.whole_month else day(milestone.date),
        state=state,
        word=word,
        kind="mijlpaal",
        icon="milestone",
        title=milestone.title,
        text=milestone.text,
    )


def _state(first: datetime.date, last: datetime.date, today: datetime.date) -> tuple[str, str]:
    if last < today:
        return DONE, "geweest"
    return (NOW, "nu") if first <= today else (LATER, "komt nog")


def _month(date: datetime.date) -> str:
    return formats.date_format(date, "F Y")
