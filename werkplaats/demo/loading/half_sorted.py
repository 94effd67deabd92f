"""Sorts half of the question of now, as two people did; and puts what was sorted of a harvest back."""

from typing import Any

import pgtrigger
from django.db import transaction
from django.db.models import Q

from events.models import Cafe
from plan.actions import laying, stacks, writing
from plan.actions.outcomes import Seen
from plan.models import (
    Act,
    Destination,
    Footnote,
    Fragment,
    Harvest,
    Heard,
    HeardVoice,
    Presence,
    Publication,
    Sentence,
    Source,
    Stack,
    Told,
)
from plan.models.choices import CHOICE_FIELDS
from werkplaats.demo.content import half_sorted
from werkplaats.demo.loading.rehearsal import write_down
from werkplaats.models import HeardPage, User


class Sorting:
    """Two people who sort a harvest: `people` are the coordinator and the other one."""

    def __init__(self, harvest: Harvest, people: tuple[User, User]) -> None:
        self.harvest, self.people = harvest, people
        self.texts = {row.pk: row.text for row in harvest.fragments.filter(live=True).with_words()}
        self.made: dict[str, int] = {}

    def load(self) -> None:
        for told in half_sorted.loose:
            chosen = {name: told[name] for name in ("choice", "words")}
            laying.settle(self.harvest.pk, self.seen(told["voice"]), self.people[told["by"]], **chosen)
        for told in half_sorted.stacks:
            self.lay(told)
        for told in half_sorted.own:
            lies = {"stack": self.made[told["stack"]], "fragment": self.find(told["voice"])}
            card = Destination.objects.get(**lies)
            laying.decide(self.harvest.pk, card.pk, card.version, self.people[told["by"]], choice=told["choice"])
        for told in half_sorted.chapters:
            self.write(told)

    def find(self, begins: str) -> int:
        """The key of the one voice that begins so. Raises ValueError when there is none, or another."""
        (found,) = (pk for pk, text in self.texts.items() if text.startswith(begins))
        return found

    def seen(self, *voices: str) -> dict[int, Seen]:
        rows = Fragment.objects.filter(pk__in=[self.find(voice) for voice in voices])
        return {row.pk: Seen(row.version, row.source_version) for row in rows}

    def lay(self, told: dict[str, Any]) -> None:
        by = self.people[told["by"]]
        quotes = {}
        for voice, words in told["quotes"].items():
            pk = self.find(voice)
            begin = self.texts[pk].index(words)
            quotes[pk] = (begin, begin + len(words))
        voices = self.seen(*told["voices"])
        stacks.make(self.harvest.pk, told["name"], by, voices, also=True, quotes=quotes)
        stack = Stack.objects.get(harvest=self.harvest, name=told["name"])
        self.made[stack.name] = stack.pk
        if told["heard"]:
            stacks.hear(self.harvest.pk, stack.pk, told["heard"], stack.version, by)
        if told["choice"]:
            chosen = {name: told[name] for name in CHOICE_FIELDS if told.get(name)}
            stacks.choose(self.harvest.pk, stack.pk, stack.version, by, **chosen)

    def write(self, told: dict[str, Any]) -> None:
        by = self.people[0]
        chapter = writing.add_chapter(told["title"])
        for each in told["sentences"]:
            sentence = writing.add_sentence(chapter.pk, each["text"], by)
            for name in each["stacks"]:
                writing.link(sentence.pk, by, stack_id=self.made[name])
            for voice in each["voices"]:
                writing.link(sentence.pk, by, fragment_id=self.find(voice))


def load(harvest: Harvest, people: tuple[User, User]) -> None:
    """The notes of the café about the question, and half of all that was said to it sorted."""
    cafe = Cafe.objects.filter(topic=harvest.question).earliest("starts_at")
    write_down(cafe, half_sorted.tables, people[0])
    Sorting(harvest, people).load()


@transaction.atomic
def put_back(harvest: Harvest) -> None:
    """Takes away all that was sorted of a harvest, as if nobody had been at its desk.

    Sentences of the plan that leaned on nothing else are withdrawn: they were written for what is gone now.
    """
    harvest = Harvest.locked(harvest.pk)
    unpublish(harvest)
    sources = Source.objects.filter(Q(stack__harvest=harvest) | Q(fragment__harvest=harvest))
    leaned = list(Footnote.objects.filter(source__in=sources).values_list("sentence", flat=True))
    Footnote.objects.filter(source__in=sources).delete()
    for sentence in Sentence.objects.filter(pk__in=leaned, footnotes=None):
        writing.withdraw(sentence.pk)
    Destination.objects.filter(Q(harvest=harvest) | Q(fragment__harvest=harvest)).delete()
    with pgtrigger.ignore("plan.Act:act_stays", "plan.Source:source_stays"):
        sources.delete()
        Act.objects.filter(harvest=harvest).exclude(undoes=None).delete()
        Act.objects.filter(harvest=harvest).delete()
    # One that was joined goes before the one it was joined into.
    while Stack.objects.filter(harvest=harvest, joined=None).delete()[0]:
        pass
    Presence.objects.filter(harvest=harvest).delete()
    Fragment.objects.filter(harvest=harvest).update(version=0)
    # Another one than any page has that is still open.
    Harvest.objects.filter(pk=harvest.pk).update(version=harvest.version + 1)


def unpublish(harvest: Harvest) -> None:
    """What was rehearsed of publishing goes too; the lines beside contributions with the job of the hour."""
    Told.objects.filter(publication__harvest=harvest).delete()
    HeardVoice.objects.filter(publication__harvest=harvest).delete()
    for kind in ("question", "cafe", "cycle"):
        HeardPage.objects.filter(kind=kind, key=getattr(harvest, f"{kind}_id")).delete()
    with pgtrigger.ignore("plan.Heard:heard_stays", "plan.Publication:publication_stays"):
        Heard.objects.filter(publication__harvest=harvest).delete()
        Publication.objects.filter(harvest=harvest).delete()
