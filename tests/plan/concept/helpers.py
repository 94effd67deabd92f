"""What the tests of the public plan share: a plan, its chain, and what the page of the workbench showed."""

from datetime import timedelta

from django.utils import timezone

from plan.actions import chain, concept, writing
from plan.models import Chapter, Does, Plan, PlanStep, Sentence, Wording
from plan.reading import changes
from tests.helpers import factories
from tests.plan import helpers


class Written:
    """A plan with the chapters «Ouders en kinderen» (two sentences from voices, one of the law) and «In de klas»."""

    def __init__(self) -> None:
        self.desk = helpers.Desk()
        self.by = self.desk.anouk
        Plan.load()
        steps = [("concept", ""), ("voor reactie", Does.REACT), ("instemming", Does.AGREE), ("vastgesteld", Does.ADOPT)]
        today = timezone.localdate()
        self.concept, self.react, self.agree, self.adopt = (
            PlanStep.objects.create(name=name, does=does, position=place, day=today + timedelta(days=10 * place))
            for place, (name, does) in enumerate(steps)
        )
        PlanStep.objects.filter(pk=self.react.pk).update(day=today, until=today + timedelta(days=14))
        self.parents, self.classes = writing.add_chapter("Ouders en kinderen"), writing.add_chapter("In de klas")
        self.first = self.write("Een kind praat mee over zijn eigen plan.", self.parents)
        self.second = self.write("Ouders horen binnen een maand hoe lang wachten duurt.", self.parents)
        self.law = writing.add_sentence(
            self.parents.pk, "Wie het niet eens is, kan naar de geschillencommissie.", self.by, origin="law"
        )
        self.third = self.write("Wie hulp vraagt, krijgt iemand die meekijkt.", self.classes)

    def write(self, text: str, chapter: Chapter) -> Sentence:
        """A sentence that leans on the stack Wachten."""
        sentence = writing.add_sentence(chapter.pk, text, self.by)
        writing.link(sentence.pk, self.by, stack_id=self.desk.wait.pk)
        return sentence

    def publish(self) -> int:
        return concept.publish(changes.read().mark)

    def open(self) -> None:
        """Public, and everyone can react."""
        self.publish()
        for step in (self.concept, self.react):
            chain.reach(step.pk, self.by)

    def take(self, *steps: PlanStep) -> None:
        for step in steps:
            chain.reach(step.pk, self.by)

    def reword(self, sentence: Sentence, text: str, why: str = "door 9 reacties", **more) -> None:
        seen = sentence.wordings.latest("number").number
        assert not writing.reword(sentence.pk, text, seen, self.by, why=why, **more).lost


def shown(sentence: Sentence) -> Wording:
    """What everyone reads of it."""
    return Wording.objects.public().get(sentence=sentence)


def react(sentence: Sentence, **fields):
    """A reaction to it that everyone may read."""
    sentence.refresh_from_db()
    return factories.post(sentence.question, **fields)
