"""The concept of the plan, open for reactions; and what people think of it."""

from datetime import datetime, timedelta
from itertools import cycle, islice
from typing import Any

import pgtrigger
from django.utils import timezone

from plan.actions import chain, concept, writing
from plan.models import Chapter, Fragment, Plan, PlanStep, Sentence, Stack, Wording, WordingThumb
from plan.reading import changes
from posts.models import Post, Question
from posts.models.thumb_kinds import DOWN, UP
from werkplaats.demo.content import concept as content
from werkplaats.demo.content import rehearsal
from werkplaats.demo.loading.rehearsal import roles_by_letter, visitors
from werkplaats.models import Milestone, User, Visitor


class Concept:
    """Written and published by the coordinator; the days of it lie before `now`."""

    def __init__(self, now: datetime, by: User) -> None:
        self.now, self.by, self.today = now, by, timezone.localdate(now)
        self.stacks = dict(Stack.objects.lying().values_list("name", "pk"))
        self.sentences: dict[str, Sentence] = {}
        self.told: dict[str, dict[str, Any]] = {}
        self.voters = cycle(Visitor.objects.exclude(role=None).filter(user=None).order_by("pk")[:80])

    def load(self) -> None:
        Plan.load()
        Plan.objects.update(title=content.title, intro=content.intro)
        for told in content.chapters:
            self.write(told)
        self.publish(content.published_days_ago)
        steps = [self.step(place, told) for place, told in enumerate(content.steps)]
        Milestone.objects.filter(title__in=content.foretold).delete()
        for step in steps[:2]:
            chain.reach(step.pk, self.by)
        PlanStep.objects.reached().update(reached_at=self.ago(content.published_days_ago))
        Question.objects.filter(kind="plan").update(opened_at=self.ago(content.published_days_ago))
        for number, told in self.told.items():
            self.give(number, told.get("first_thumbs", told["thumbs"]))
        self.react()
        for number, told in self.told.items():
            if "first" in told:
                sentence = self.sentences[number]
                writing.reword(sentence.pk, told["text"], 1, self.by, why=told["why"])
                self.publish(content.changed_days_ago)
                self.give(number, told["thumbs"])

    def ago(self, days: int) -> datetime:
        return self.now - timedelta(days=days)

    def step(self, place: int, told: dict[str, Any]) -> PlanStep:
        days: dict[str, Any] = {
            name: self.today + timedelta(days=told[name]) for name in ("day", "until") if name in told
        }
        return PlanStep.objects.create(position=place, **{**told, **days})

    def write(self, told: dict[str, Any]) -> None:
        chapter = Chapter.objects.filter(title=told["title"]).first() or writing.add_chapter(told["title"])
        for each in told["sentences"]:
            text = each.get("first", each["text"])
            there = Sentence.objects.filter(chapter=chapter, wordings__text=text).select_related("chapter").first()
            sentence = there or self.add(chapter, text, each)
            self.sentences[sentence.shown_number], self.told[sentence.shown_number] = sentence, each

    def add(self, chapter: Chapter, text: str, told: dict[str, Any]) -> Sentence:
        sentence = writing.add_sentence(chapter.pk, text, self.by, origin="law" if told.get("law") else "voices")
        for name in told.get("stacks", []):
            writing.link(sentence.pk, self.by, stack_id=self.stacks[name])
        for begins in told.get("voices", []):
            voice = Fragment.objects.get(post__text__startswith=begins)
            writing.link(sentence.pk, self.by, fragment_id=voice.pk)
        return sentence

    def publish(self, days: int) -> None:
        """As it would have been so many days ago."""
        drafts = list(Wording.objects.filter(published_at=None).values_list("pk", flat=True))
        concept.publish(changes.read().mark)
        with pgtrigger.ignore("plan.Wording:published_wording_stays"):
            Wording.objects.filter(pk__in=drafts).update(at=self.ago(days), published_at=self.ago(days))

    def give(self, number: str, thumbs: list[int]) -> None:
        wording = Wording.objects.public().get(sentence=self.sentences[number])
        WordingThumb.objects.bulk_create(
            WordingThumb(wording=wording, visitor=voter, role_id=voter.role_id, value=kind.value)
            for kind, count in zip((UP, DOWN), thumbs, strict=True)
            for voter in islice(self.voters, count)
        )

    def react(self) -> None:
        roles, names = roles_by_letter(), cycle(rehearsal.names)
        said = content.reactions
        people = cycle(visitors("concept", [roles[each["by"]] for each in said] * 2))

        def post(each: dict[str, Any], when: datetime, **place: Any) -> Post:
            role = roles[each["by"]]
            more = {"created_at": when, "published_at": when, "published_by": self.by, "role": role}
            return Post.objects.create(text=each["text"], name=next(names), visitor=next(people), **more, **place)

        for each in said:
            sentence = self.sentences[each["sentence"]]
            sentence.refresh_from_db()
            root = post(each, self.ago(each["days"]), question=sentence.question)
            for answer in each.get("answers", []):
                post(answer, self.ago(each["days"] - 1), question=sentence.question, parent=root)
