"""What became of contributions, written beside them on the side of posts: one line with the way to more.

Who looks at a contribution reads that it stands in a sentence of the plan, or the same «Lees wat we hiermee deden» as
all others: nobody stands in public with a refusal under their name, nor with its place. What has an answer of its own
and lies on no stack has no line: that answer is its writer's alone. When all that would have the common line were
refused, it would say so; then none has it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import batched
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from procrastinate.contrib.django import app

from plan.models import Choice, Does, HeardVoice, PlanStep, Publication
from plan.reading.published import Shown, sentences
from posts.models import Post, PostOutcome
from posts.models.tallies import lock_threads

AT_ONCE = 200
COMMON = "Lees wat we hiermee deden"


class Line(NamedTuple):
    words: str
    address: str
    version: int  # of the words that it stands beside


class Voice(NamedTuple):
    """A card of a contribution, in the last publication of its harvest; `choice` is its own, or that of its stack."""

    publication: int
    post: int
    choice: str
    sentences: list[int]
    read: int
    version: int


def again() -> None:
    """Has a job write all of them anew: sentences became public or were withdrawn, or the chain went on.

    In the transaction of that.
    """
    app.configure_task("plan.tasks.show_outcomes_again", allow_unknown=False).defer()


def show(publication_id: int) -> int:
    """Beside all contributions that were ever published of its harvest. Returns of how many it changed the line."""
    harvest = Publication.objects.values("harvest").get(pk=publication_id)["harvest"]
    published = HeardVoice.objects.filter(publication__harvest=harvest, fragment__post__isnull=False)
    return _write(set(published.values_list("fragment__post", flat=True)))


def show_all() -> int:
    """Beside all there are: sentences that became public since, were withdrawn or adopted; words that changed."""
    published = HeardVoice.objects.filter(fragment__post__isnull=False).values_list("fragment__post", flat=True)
    return _write({*published.distinct(), *PostOutcome.objects.values_list("pk", flat=True)})


def _write(posts: set[int]) -> int:
    """Twice is once: what is right is left as it is. A worker that dies halfway leaves whole batches."""
    lines = {post: line for post, line in wanted().items() if post in posts}
    there = {row.pk: Line(row.words, row.address, row.version) for row in PostOutcome.objects.filter(pk__in=posts)}
    changed = [post for post in posts if lines.get(post) != there.get(post)]
    order = Post.objects.filter(pk__in=changed).order_by("root", "pk").values_list("pk", flat=True)
    return sum(_write_some(some, lines) for some in batched(order, AT_ONCE, strict=False))


def _write_some(pks: Sequence[int], lines: dict[int, Line]) -> int:
    """Locks as who moderates several does, and then the tallies that the trigger raises."""
    with transaction.atomic():
        Post.lock(Post.objects.filter(pk__in=pks).only("parent", "root"))
        lock_threads(pks)
        rows = [PostOutcome(post_id=pk, **lines[pk]._asdict()) for pk in pks if pk in lines]
        fields = [*Line._fields]
        PostOutcome.objects.bulk_create(rows, update_conflicts=True, unique_fields=["post"], update_fields=fields)
        PostOutcome.objects.filter(pk__in=[pk for pk in pks if pk not in lines]).delete()
    return len(pks)


def wanted() -> dict[int, Line]:
    """The line of every contribution that has one now, by its key. Five queries, and one for each publication."""
    last = Publication.objects.order_by("harvest", "-number").distinct("harvest")
    publications = {row.pk: row for row in last.select_related("harvest__question", "harvest__cafe", "harvest__cycle")}
    voices = _voices(publications)
    adopted = PlanStep.objects.filter(does=Does.ADOPT, reached_at__isnull=False).exists()
    shown = sentences({key for voice in voices for key in voice.sentences}, adopted=adopted)
    lines, others = {}, defaultdict(list)
    for voice in voices:
        if found := _sentence(voice, shown):
            lines[voice.post] = Line(f"Dit staat in {found.name}", found.address, voice.version)
        else:
            others[voice.publication].append(voice)
    for pk, left in others.items():
        if any(voice.choice != Choice.NOT for voice in left):
            address = publications[pk].get_absolute_url()
            lines = {voice.post: Line(COMMON, address, voice.version) for voice in left} | lines
    return lines


def _sentence(voice: Voice, shown: dict[int, Shown]) -> Shown | None:
    """The first sentence of the plan that it is in: of words as they were read."""
    if voice.choice != Choice.PLAN or voice.read != voice.version:
        return None
    return next((shown[key] for key in shown if key in voice.sentences), None)


def _voices(publications: Iterable[int]) -> list[Voice]:
    rows = HeardVoice.objects.standing().filter(publication__in=publications, heard__isnull=False)
    rows = rows.filter(fragment__post__isnull=False, fragment__harvest=F("publication__harvest")).order_by("pk")
    fields = ("publication", "fragment__post", "choice", "heard__choice", "heard__sentences")
    versions = ("source_version", "fragment__source_version")
    return [
        Voice(publication, post, own or choice, keys, read, now)
        for publication, post, own, choice, keys, read, now in rows.values_list(*fields, *versions)
    ]
