"""Puts the demo's design cycle in the database, with its sticker rounds and the stickers of invented people."""

import datetime

from django.utils import timezone

from events.models.cafes import Cafe
from polls.cycles.models import Addition, DesignCycle, Perspective
from polls.rounds.models.ideas import Idea
from polls.rounds.models.rounds import Colour, Group, Member, StickerRound
from polls.rounds.models.stickers import Sticker
from posts.models.questions import Question
from werkplaats.demo.content import rounds
from werkplaats.people.models import Visitor


def load(visitors: list[Visitor], now: datetime.datetime) -> None:
    """Everything about the profile, as it would be by `now`; only where there is no such cycle yet."""
    cycle, is_new = DesignCycle.objects.get_or_create(slug=rounds.CYCLE["slug"], defaults=rounds.CYCLE)
    if not is_new:
        return
    tell_the_story(cycle, now)
    evening = dict(rounds.EVENING)
    day = timezone.localdate(now) - datetime.timedelta(days=evening.pop("days"))
    begins, ends = (datetime.time.fromisoformat(clock) for clock in evening.pop("at"))
    evening["starts_at"] = timezone.make_aware(datetime.datetime.combine(day, begins))
    evening["ends_at"] = timezone.make_aware(datetime.datetime.combine(day, ends))
    held = StickerRound.objects.create(cycle=cycle, **evening)
    ideas = put_up(held, rounds.GROUPS, visitors[: rounds.SCORERS], held.starts_at)
    joined = [ideas[group][place] for group, place in rounds.JOINED]
    Idea.objects.join(held, [idea.pk for idea in joined], rounds.WORDING)
    give(rounds.GROUPS, ideas, visitors[: rounds.SCORERS], held.ends_at)
    open_now = StickerRound.objects.create(cycle=cycle, **rounds.TRY)
    began = now - datetime.timedelta(days=5)
    ideas = put_up(open_now, rounds.TRY_GROUPS, visitors[40 : 40 + rounds.TRY_SCORERS], began)
    give(
        rounds.TRY_GROUPS, ideas, visitors[40 : 40 + rounds.TRY_SCORERS], began + datetime.timedelta(hours=2)
    )


def tell_the_story(cycle: DesignCycle, now: datetime.datetime) -> None:
    today = timezone.localdate(now)
    for step, (days, yielded, feedback) in zip(cycle.steps.all(), rounds.STEPS, strict=True):
        step.yielded, step.feedback = yielded, feedback
        step.done_on = days and today - datetime.timedelta(days=days)
        step.save()
    Perspective.objects.bulk_create(
        Perspective(cycle=cycle, name=name, state=state, note=note, position=position)
        for position, (name, state, note) in enumerate(rounds.PERSPECTIVES)
    )
    dialogue = DesignCycle.objects.create(**rounds.DIALOGUE)
    addition = Addition.objects.create(
        cycle=cycle,
        date=today - datetime.timedelta(days=rounds.ADDITION["days"]),
        occasion=rounds.ADDITION["occasion"],
        text=rounds.ADDITION["text"],
    )
    addition.into.add(dialogue)
    cycle.questions.set(Question.objects.readable()[:1])
    cycle.cafes.set(Cafe.objects.filter(slug="onze-themas"))


def put_up(held: StickerRound, groups, people: list[Visitor], at: datetime.datetime) -> list[list[Idea]]:
    """The people by turns in a group, and the ideas of each group, each written by someone of it."""
    ideas = []
    for position, (name, texts) in enumerate(groups):
        group = Group.objects.create(round=held, name=name, position=position)
        table = people[position :: len(groups)]
        Member.objects.bulk_create(Member(round=held, group=group, visitor=visitor) for visitor in table)
        ideas.append(
            Idea.objects.bulk_create(
                Idea(
                    round=held,
                    group=group,
                    text=text,
                    visitor=table[place],
                    created_at=at + datetime.timedelta(minutes=20 + 7 * place + position),
                )
                for place, (text, _) in enumerate(texts)
            )
        )
    return ideas


def give(groups, ideas: list[list[Idea]], people: list[Visitor], at: datetime.datetime) -> None:
    """As many stickers of each colour as `groups` say. Who gives which differs per idea, always in the same way."""
    stickers = []
    for number, (idea, counts) in enumerate(
        (idea, counts) for row, (_, texts) in zip(ideas, groups) for idea, (_, counts) in zip(row, texts)
    ):
        colours = [colour for colour, count in zip(Colour, counts) for _ in range(count)]
        for place, colour in enumerate(colours):
            visitor = people[(place * 5 + number * 3) % len(people)]
            stickers.append(
                Sticker(
                    idea=idea,
                    visitor=visitor,
                    colour=colour,
                    placed_at=at - datetime.timedelta(seconds=9 * place),
                )
            )
    Sticker.objects.bulk_create(stickers)
