"""A plan of a hundred sentences that is open for reactions, with what was heard behind each."""

from datetime import timedelta

from django.utils import timezone

from plan.actions import chain, concept, laying, publishing, stacks, writing
from plan.actions.outcomes import Seen
from plan.models import Does, Fragment, Plan, PlanStep, Stack, Wording
from plan.reading import changes
from posts.models import Phase, Post, Question
from werkplaats.models import Role, User, Visitor

CHAPTERS, SENTENCES, STACKS, VOICES = 5, 20, 4, 12
TEXT = "Wie hulp vraagt, hoort binnen tien schooldagen hoe lang wachten duurt, en wie er ondertussen helpt ({})."


def load() -> None:
    """Fills a database that has the demo's texts. Each sentence gets thumbs and a reaction."""
    by = User.objects.confirmed("schrijver-van-het-plan@example.org")
    heard = [told(by, number) for number in range(STACKS)]
    Plan.load()
    today = timezone.localdate()
    first, react = (
        PlanStep.objects.create(name=name, position=place) for place, name in enumerate(("concept", "reactie"))
    )
    PlanStep.objects.filter(pk=react.pk).update(does=Does.REACT, until=today + timedelta(days=30))
    for number in range(CHAPTERS):
        chapter = writing.add_chapter(f"Hoofdstuk over iets van belang ({number})")
        for place in range(SENTENCES):
            sentence = writing.add_sentence(chapter.pk, TEXT.format(place), by)
            for stack in heard[: 1 + place % 2]:
                writing.link(sentence.pk, by, stack_id=stack.pk)
    concept.publish(changes.read().mark)
    for step in (first, react):
        chain.reach(step.pk, by)
    role = Role.objects.filter(is_pupil=False).first()
    for wording in Wording.objects.public().select_related("sentence"):
        said(wording.sentence.question_id, role)


def said(question: int | None, role: Role | None) -> Post:
    now = timezone.now()
    more = {"visitor": Visitor.objects.create(role=role), "role": role, "published_at": now}
    return Post.objects.create(question_id=question, text="Dat duurt nu te lang.", name="Fatima", **more)


def told(by: User, number: int) -> Stack:
    """A stack with voices that everyone reads about."""
    closed = timezone.now() - timedelta(days=30)
    fields = {"slug": f"verteld-{number}", "title": "Verteld", "text": f"Wat helpt ({number})?", "easy": "Wat helpt?"}
    moments = {"opened_at": closed - timedelta(days=30), "closed_at": closed}
    question = Question.objects.create(phase=Phase.objects.first(), **fields, **moments)
    role = Role.objects.filter(is_pupil=False).first()
    voices = Fragment.objects.filter(post__in=[said(question.pk, role) for _ in range(VOICES)])
    harvest = voices[0].harvest
    stack = Stack.objects.get(pk=stacks.make(harvest.pk, "Wachten", by).made)
    laying.lay(harvest.pk, stack.pk, {each.pk: Seen(each.version, each.source_version) for each in voices}, by)
    stacks.hear(harvest.pk, stack.pk, "Wachten zonder bericht is het ergste.", stack.version, by)
    stack.refresh_from_db()
    stacks.choose(harvest.pk, stack.pk, stack.version, by, choice="plan")
    harvest.refresh_from_db()
    publishing.publish(harvest.pk, harvest.version, by, reacts_until=timezone.localdate() + timedelta(days=30))
    return stack
