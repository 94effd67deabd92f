"""The programme: questions, cafés and milestones, what was, what is now, what comes."""

import datetime
import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import groupby

from django.template.defaultfilters import capfirst
from django.urls import reverse
from django.utils import formats, timezone

from events.models import Cafe
from plan.landing import Known
from plan.models import Does, PlanStep
from plan.models.chain import Stage
from posts.models import Question
from werkplaats.models import Milestone
from werkplaats.words import day

DONE, NOW, LATER = "done", "now", "later"
DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Entry:
    """Something on the programme. `state` is "done", "now" or "later", `word` says the same to people.

    It lasts from `date` until the day `until`, which is None when nobody knows. `label` and `in_short` say what and
    when in a few words; `step` is what to do about it: an address and words.
    """

    date: datetime.date
    until: datetime.date | None
    when: str
    in_short: str
    state: str
    word: str
    kind: str
    icon: str
    title: str
    label: str
    text: str = ""
    url: str = ""
    step: tuple[str, str] | None = None


def moves_by_the_clock(cafes: Iterable[Cafe]) -> tuple[Hashable, ...]:
    """What changes as time goes by, for keys of kept parts: the day, and what one can do with cafés."""
    return timezone.localdate(), *((cafe.pk, cafe.has_begun, cafe.is_past, cafe.is_open) for cafe in cafes)


def line(
    today: datetime.date,
    questions: Iterable[Question],
    cafes: Iterable[Cafe],
    milestones: Iterable[Milestone],
    heard: Iterable[Known] = (),
    steps: Iterable[Stage] = (),
) -> list[Entry]:
    """All entries by date: first all that began, then all that is to come. `heard` is what was published of it, `steps`
    the chain of the plan.

    A café is now while it goes on: not all day.
    """
    entries = [
        *_of_questions(questions, today),
        *(_of_cafe(cafe, today) for cafe in cafes),
        *(_of_milestone(milestone, today) for milestone in milestones),
        *(_of_heard(page, today) for page in heard),
        *(_of_step(stage, date, today) for stage in steps if (date := _day_of(stage.step))),
    ]
    return sorted(entries, key=lambda entry: (entry.state == LATER, entry.date))


def phases(questions: Iterable[Question], today: datetime.date) -> list[tuple[str, list[Entry]]]:
    """The questions per phase, in the order of the phases: name and entries."""
    in_order = sorted(questions, key=lambda question: (question.phase.position, question.phase_id))
    return [
        (name, _of_questions(group, today))
        for name, group in groupby(in_order, key=lambda question: question.phase.name)
    ]


def _of_questions(questions: Iterable[Question], today: datetime.date) -> list[Entry]:
    """Those of which people may know that they come. The next one ends the one before it."""
    told = [each for each in questions if each.opened_at or each.planned_for]
    planned = sorted(_planned(each, today) for each in told if not each.opened_at)
    return [_of_question(each, today, planned) for each in told]


def _planned(question: Question, today: datetime.date) -> datetime.date:
    """The day for which it is planned; today when that went by and nothing opened it."""
    return max(timezone.localdate(question.planned_for), today)


def _of_question(question: Question, today: datetime.date, planned: list[datetime.date]) -> Entry:
    opened = question.opened_at and timezone.localdate(question.opened_at)
    closed = question.closed_at and timezone.localdate(question.closed_at)
    date = opened or _planned(question, today)
    state, word = (DONE, "gesloten") if closed else (NOW, "nu") if opened else (LATER, "komt nog")
    until = closed or next((each for each in planned if each > date), None)
    in_short = f"tot {_date(until)}" if until else f"sinds {_date(date)}"
    return Entry(
        date=date,
        until=until,
        when=f"sinds {day(date)}" if state == NOW else day(date) if opened else _month(date),
        in_short=_date(date, "F") if state == LATER else in_short,
        state=state,
        word=word,
        kind=f"vraag · {question.phase.name}",
        icon="circle-help",
        title=question.title,
        label=question.title,
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
    step = None
    if cafe.is_open:
        step = (f"{cafe.get_absolute_url()}#aanmelden", "Meld je aan")
    elif cafe.is_past and cafe.topic and cafe.topic.opened_at and not cafe.called_off_at:
        step = (cafe.said_url, "Lees en praat verder")
    return Entry(
        date=date,
        until=date + DAY,
        when=day(cafe.starts_at),
        in_short=f"café · {_date(date, 'D j F')}",
        state=state,
        word="afgelast" if cafe.called_off_at else word,
        kind=f"café, {cafe.label}" if cafe.label else "café",
        icon="coffee",
        title=cafe.title,
        label=capfirst(re.sub(r"^passend onderwijscafé\W+", "", cafe.title, flags=re.IGNORECASE)),
        text=cafe.question,
        url=cafe.get_absolute_url(),
        step=step,
    )


def _of_milestone(milestone: Milestone, today: datetime.date) -> Entry:
    first, last = milestone.date, milestone.end or milestone.date
    if milestone.whole_month:
        first, last = first.replace(day=1), (last.replace(day=1) + 31 * DAY).replace(day=1) - DAY
    state, word = _state(first, last, today)
    return Entry(
        date=first,
        until=last + DAY,
        when=_months(first, last) if milestone.whole_month else _days(first, last),
        in_short=_period(first, last, whole_month=milestone.whole_month),
        state=state,
        word=word,
        kind="mijlpaal",
        icon="milestone",
        title=milestone.title,
        label=milestone.label or milestone.title,
        text=milestone.text,
    )


def _of_heard(page: Known, today: datetime.date) -> Entry:
    date = timezone.localdate(page.since)
    state, word = _state(date, date, today)
    return Entry(
        date=date,
        until=date + DAY,
        when=day(date),
        in_short=_date(date),
        state=state,
        word=word,
        kind="mijlpaal",
        icon="message-circle",
        title=f"Wat we hoorden: {page.title}",
        label="Wat we hoorden",
        text=page.words,
        url=page.url,
    )


def _day_of(step: PlanStep) -> datetime.date | None:
    """When it begins, or was taken; of one with a last day alone, that."""
    return step.day or (timezone.localdate(step.reached_at) if step.reached_at else step.until)


def _of_step(stage: Stage, date: datetime.date, today: datetime.date) -> Entry:
    """A day that passes takes no step: one that was not taken is still to come, today at the earliest."""
    step, state = stage.step, stage.state
    if state == LATER:
        date = max(date, today)
    last = max(step.until or date, date)
    at_most = "" if step.day or state != LATER else "uiterlijk "
    if state == NOW and (last < today or step.does != Does.REACT):
        state = DONE
    word = {DONE: "geweest", NOW: "nu", LATER: "komt nog"}[state]
    return Entry(
        date=date,
        until=last + DAY,
        when=at_most + _days(date, last),
        in_short=at_most + _period(date, last, whole_month=False),
        state=state,
        word=word,
        kind=f"stap van het plan, {step.body}" if step.body else "stap van het plan",
        icon="milestone",
        title=f"Het plan: {step.name}" + (f" ({step.short})" if step.short else ""),
        label=step.name,
        text=step.explained,
        url=reverse("concept:plan"),
        step=(reverse("concept:plan"), "Lees en reageer") if state == NOW else None,
    )


def _state(first: datetime.date, last: datetime.date, today: datetime.date) -> tuple[str, str]:
    if last < today:
        return DONE, "geweest"
    return (NOW, "nu") if first <= today else (LATER, "komt nog")


def _month(date: datetime.date) -> str:
    return formats.date_format(date, "F Y")


def _months(first: datetime.date, last: datetime.date) -> str:
    """«september 2026», «mei – juni 2027», «december 2026 – januari 2027»"""
    if first.year != last.year:
        return f"{_month(first)} – {_month(last)}"
    return _month(last) if first.month == last.month else f"{formats.date_format(first, 'F')} – {_month(last)}"


def _days(first: datetime.date, last: datetime.date) -> str:
    return day(first) if first == last else f"{day(first)} – {day(last)}"


def _date(date: datetime.date, form: str = "j F") -> str:
    """«1 december», with the year when it is about a year away or more."""
    far = abs(date - timezone.localdate()) > 300 * DAY
    return formats.date_format(date, f"{form} Y" if far else form)


def _period(first: datetime.date, last: datetime.date, *, whole_month: bool) -> str:
    """«september», «maart – april», «15 maart», «28 maart – 3 april»: what both have in common stands there once."""
    form = "F" if whole_month else "j F"
    end = _date(last, form)
    months = (first.year, first.month), (last.year, last.month)
    if first == last or (whole_month and months[0] == months[1]):
        return end
    if first.year != last.year:
        return f"{_date(first, form)} – {end}"
    return f"{formats.date_format(first, 'j' if months[0] == months[1] else form)} – {end}"
