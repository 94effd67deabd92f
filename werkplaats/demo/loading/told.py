"""A question that was told: sorted, published, and corrected once, so that everyone reads what came of it."""

import datetime
from itertools import cycle
from typing import Any

import pgtrigger
from django.utils import timezone

from plan.actions import answering, informing, laying, noting, publishing, showing, stacks, writing
from plan.actions.answering import Said
from plan.models import Answer, Chapter, Harvest, Publication, Stack, Told, ToldVoice
from plan.models.publications import PAUSE
from posts.models import Phase, Post, Question
from werkplaats.demo.content import told
from werkplaats.demo.loading.half_sorted import Sorting
from werkplaats.demo.loading.moments import at, between, day
from werkplaats.demo.loading.rehearsal import lines_of, roles_by_letter, visitors
from werkplaats.models import HeardPage, User, Werkgebied
from werkplaats.people import visitors as visitors_of

REACTS = datetime.timedelta(weeks=8)


class Telling:
    def __init__(self, now: datetime.datetime, people: tuple[User, User]) -> None:
        self.today, self.people = timezone.localdate(now), people
        self.opens, self.closes = at(self.today, told.opens), at(self.today, told.closes)
        self.roles = roles_by_letter()
        self.said = [each for stack in told.stacks for each in stack["said"]] + [each["said"] for each in told.loose]

    def load(self) -> None:
        fields = {**told.question, "phase": Phase.objects.all()[0]}
        self.question = Question.objects.create(opened_at=self.opens, closed_at=self.closes, **fields)
        self.talk()
        self.harvest = Harvest.objects.get(question=self.question)
        self.meet()
        self.sort()
        self.publish(told.published)
        self.correct()
        self.publish(told.corrected, changed=told.changed)
        self.tell()

    def talk(self) -> None:
        """The contributions; those of pupils without a name."""
        written = [(letter, text) for letter, text, _ in self.said if letter in self.roles]
        people = visitors("verteld", [self.roles[letter] for letter, _ in written])
        names, places = cycle(told.names), cycle(Werkgebied.objects.filter(name__in=told.places))
        moments = between(self.opens, self.closes, len(written))
        Post.objects.bulk_create(
            Post(
                question=self.question,
                visitor=who,
                role=self.roles[letter],
                name="Een leerling" if self.roles[letter].is_pupil else next(names),
                text=text,
                werkgebied=None if self.roles[letter].is_pupil else next(places),
                created_at=when,
                published_at=when,
                published_by=self.people[0],
            )
            for (letter, text), who, when in zip(written, people, moments)
        )

        self.prove()

    def prove(self) -> None:
        """Some of the first contributions are of somebody with an address."""
        user = User.objects.confirmed(told.writer)
        theirs = Post.objects.filter(question=self.question, role__is_pupil=False).order_by("pk")[: told.theirs]
        by = {"author": user, "visitor": visitors_of.own(user), "email": user.email, "name": told.names[0]}
        Post.objects.filter(pk__in=list(theirs.values_list("pk", flat=True))).update(**by)

    def meet(self) -> None:
        """What was written down at the meeting."""
        notes = noting.open_meeting(self.harvest.pk, told.meeting, day(self.today, told.held), self.people[0])
        heard = [f"{letter.rstrip('-') or '-'} {text}" for letter, text, _ in self.said if letter.endswith("-")]
        tables = [{"number": 1, "lines": "\n".join(heard)}]
        noting.write(notes.pk, lines_of(tables, self.roles, "verteld"), self.people[0])

    def sort(self) -> None:
        self.sorting = Sorting(self.harvest, self.people)
        for stack in told.stacks:
            texts = [
                (text.rpartition(" x")[0] if letter.endswith("-") and " x" in text else text, quote)
                for letter, text, quote in stack["said"]
            ]
            decided = {"decided_on": day(self.today, stack["decided"])} if "decided" in stack else {}
            quotes = {text: quote for text, quote in texts if quote}
            self.sorting.lay({**stack, "by": 1, "voices": [text for text, _ in texts], "quotes": quotes, **decided})
            if "sentence" in stack:
                chapter = Chapter.objects.get(number=stack["chapter"])
                sentence = writing.add_sentence(chapter.pk, stack["sentence"], self.people[0])
                writing.link(sentence.pk, self.people[0], stack_id=self.sorting.made[stack["name"]])
        for each in told.loose:
            voice = self.sorting.seen(each["said"][1])
            laying.settle(self.harvest.pk, voice, self.people[1], choice="answer", words=each["words"])

    def correct(self) -> None:
        for each in told.stacks:
            if "corrected" in each:
                stack = Stack.objects.get(pk=self.sorting.made[each["name"]])
                stacks.hear(self.harvest.pk, stack.pk, each["corrected"], stack.version, self.people[0])

    def publish(self, written: str, **more: Any) -> None:
        """As it was on that day, long ago."""
        self.harvest.refresh_from_db()
        until = day(self.today, told.corrected.split()[0]) + REACTS
        seen, by = self.harvest.version, self.people[0]
        made = publishing.publish(self.harvest.pk, seen, by, reacts_until=until, **more)
        moment = at(self.today, written)
        with pgtrigger.ignore("plan.Publication:publication_is_done"):
            Publication.objects.filter(pk=made.pk).update(at=moment)
        page = HeardPage.objects.filter(kind="question", key=self.question.pk)
        page.update(changed_at=moment, **({} if more else {"since": moment}))
        showing.show(made.pk)

    def tell(self) -> None:
        """The letter, as it left after it was corrected; one writer was understood, and another was not."""
        publication = Publication.objects.filter(harvest=self.harvest).latest("number")
        informing.tell(publication.pk)
        moment = at(self.today, told.corrected) + PAUSE
        Publication.objects.filter(pk=publication.pk).update(told_at=moment, leaves_at=moment)
        Told.objects.filter(publication=publication).update(at=moment)
        voices = ToldVoice.objects.filter(publication=publication).order_by("pk")
        answering.answer(voices.filter(told__user__isnull=False)[0].pk, 0, Said(Answer.YES))
        answering.answer(voices.filter(told__user=None)[0].pk, 0, Said(Answer.NO, told.meant))
