"""Puts the demo's design cycle in the database, with its sticker rounds and the stickers of invented people."""

import datetime
from itertools import chain

from django.utils import timezone

from events.models import Cafe
from polls.models import Addition, Colour, DesignCycle, Group, Idea, Member, Perspective, Sticker, StickerRound
from posts.models import Question
from werkplaats.demo.content import rounds
from werkplaats.demo.loading.moments import moment
from werkplaats.models import Visitor


def load(visitors: list[Visitor], now: datetime.datetime) -> None:
    """Everything about the profile, as it would be by `now`; only where there is no such cycle yet."""
    cycle, is_new = DesignCycle.objects.get_or_create(slug=rounds.cycle["slug"], defaults=rounds.cycle)
    if not is_new:
        return
    tell_the_story(cycle, now)
    evening = dict(rounds.evening)
    day = timezone.localdate(now) - datetime.timedelta(days=evening.pop("days"))
    starts_at, ends_at = (moment(day, clock) for clock in evening.pop("at"))
    held = StickerRound.objects.create(cycle=cycle, starts_at=starts_at, ends_at=ends_at, **evening)
    people = visitors[: rounds.scorers]
    ideas = put_up(held, rounds.groups, people, starts_at)
    joined = [ideas[group][place] for group, place in rounds.joined]
    Idea.objects.join(held, [idea.pk for idea in joined], rounds.wording)
    give(rounds.groups, ideas, people, ends_at)
    open_now = StickerRound.objects.create(cycle=cycle, **rounds.open_now)
    began = now - datetime.timedelta(days=5)
    people = visitors[40 : 40 + rounds.open_scorers]
    ideas = put_up(open_now, rounds.open_groups, people, began)
    give(rounds.open_groups, ideas, people, began + datetime.timedelta(hours=2))


def tell_the_story(cycle: DesignCycle, now: datetime.datetime) -> None:
    today = timezone.localdate(now)
    for step, told in zip(cycle.steps.all(), rounds.steps):  # the others are not done yet
        step.yielded, step.feedback = told["yielded"], told["feedback"]
        step.done_on = today - datetime.timedelta(days=told["days"])
        step.save()
    Perspective.objects.bulk_create(
        Perspective(cycle=cycle, name=name, state=state, note=note, position=position)
        for position, (name, state, note) in enumerate(rounds.perspectives)
    )
    dialogue = DesignCycle.objects.create(**rounds.dialogue)
    fields = dict(rounds.addition)
    date = today - datetime.timedelta(days=fields.pop("days"))
    addition = Addition.objects.create(cycle=cycle, date=date, **fields)
    addition.into.add(dialogue)
    cycle.questions.set(Question.objects.readable()[:1])
    cycle.cafes.set(Cafe.objects.filter(slug="onze-themas"))


def put_up(held: StickerRound, groups, people: list[Visitor], at: datetime.datetime) -> list[list[Idea]]:
    """The people by turns in a group, and the ideas of each group, each written by someone of it."""
    ideas = []
    for position, told in enumerate(groups):
        group = Group.objects.create(round=held, name=told["name"], position=position)
        table = people[position :: len(groups)]
        Member.objects.bulk_create(Member(round=held, group=group, visitor=visitor) for visitor in table)
        rows = []
        for place, (text, _) in enumerate(told["ideas"]):
            created_at = at + datetime.timedelta(minutes=20 + 7 * place + position)
            rows.append(Idea(round=held, group=group, text=text, visitor=table[place], created_at=created_at))
        ideas.append(Idea.objects.bulk_create(rows))
    return ideas


def give(groups, ideas: list[list[Idea]], people: list[Visitor], at: datetime.datetime) -> None:
    """As many stickers of each colour as `groups` say. Who gives which differs per idea, always in the same way."""
    counts = [counts for told in groups for _, counts in told["ideas"]]
    stickers = []
    for number, (idea, count_of) in enumerate(zip(chain(*ideas), counts, strict=True)):
        colours = [colour for colour, count in zip(Colour, count_of) for _ in range(count)]
        for place, colour in enumerate(colours):
            visitor = people[(place * 5 + number * 3) % len(people)]
            placed_at = at - datetime.timedelta(seconds=9 * place)
            given = {"visitor": visitor, "role_id": visitor.role_id, "colour": colour, "placed_at": placed_at}
            stickers.append(Sticker(idea=idea, **given))
    Sticker.objects.bulk_create(stickers)
