"""Fills the database to any size, and checks that what triggers keep is right afterwards.

Everything follows from a post's number, so filling to 1,000 and later on to 100,000 gives what filling to 100,000 at
once gives. Rows go in by the ORM in batches, each in a transaction of its own, and all triggers run: counts of thumbs,
versions of threads, tallies and the audit trail come about as they do in life. So a table more, or a count that moves
to another one, asks for no change here. Should triggers ever be too slow for it, `write` is the one place where they
can be switched off and what they keep be filled in; `check` finds what is forgotten.
"""

import random
from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import batched

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from events.models import Cafe, Registration
from polls.models import Ballot, Choice, Colour, Group, Idea, Poll, Stage, Sticker, StickerRound
from posts.finding.keeping import add_lemmas
from posts.models import Phase, Post, PostTheme, Question, Report, Theme, Thumb
from posts.models.thumb_kinds import DOWN, KINDS, UP
from posts.reading import roots
from werkplaats.models import Role, Visitor, Werkgebied

SLUG = "groei"  # of the question, the poll, the round and the café that grow
THREAD = 5  # posts: a contribution and four answers
OTHERS = 5  # questions that share the other half of the posts
IDEAS, GROUPS = 60, 10
SPAN = timedelta(days=60)  # in which all was said
RARE, EVERY = "vleermuizen", 997  # a word that one in so many posts has
LARGEST = 1_000_000  # posts; later ones come after the span
BATCH = 1000
SENTENCES = [
    "Onze school heeft korte lijnen met de consulent.",
    "Als een kind vastloopt, zitten we binnen een week om de tafel.",
    "Dat geeft rust, ook thuis.",
    "Wat mij betreft mag dat overal zo: eerst samen kijken, dan pas een plan.",
    "Kleinere klassen zouden veel schelen.",
    "De jeugdhulp komt nu pas als het al misgaat.",
    "Vraag het de leerlingen zelf eens, die weten precies wat er niet werkt.",
    "Op onze school loopt een ambulant begeleider mee in de klas.",
    "Ik zou willen dat de gemeente en het onderwijs dezelfde taal spreken.",
    "Na de overstap naar het voortgezet onderwijs moesten we alles opnieuw vertellen.",
    "Leraren hebben tijd nodig, geen formulieren.",
    "Het vervoer is voor ons het grootste probleem.",
]
NAMES = ["Fatima", "Joost", "Ayşe", "Marijke", "Sem", "Ingrid", "Karim", "Loes", "Bram", "Noor", "Wim", "Zoë", "Ruth"]


class Filling:
    """The question, poll, round and café that grow; `posts` says how far they are."""

    def __init__(self):
        self.posts = 0
        self.people: list[Visitor] = []
        self.began = timezone.now() - SPAN
        self.roles = list(Role.objects.filter(is_pupil=False))
        self.werkgebieden = list(Werkgebied.objects.all())
        self.themes = list(Theme.objects.all())
        self.questions = [self.question(number) for number in range(OTHERS)]
        self.question = self.question(OTHERS, slug=SLUG)
        self.question.make_current()
        self.poll = Poll.objects.create(slug=SLUG, question="Groeit het?", repeat_votes=True)
        texts = ["ja", "nee", "nog niet"]
        self.choices = Choice.objects.bulk_create(
            Choice(poll=self.poll, text=text, answer="Dank je.", position=place) for place, text in enumerate(texts)
        )
        self.round = StickerRound.objects.create(slug=SLUG, title="Groei", question="?", stage=Stage.STICKERS)
        groups = [Group.objects.create(round=self.round, name=f"Tafel {n}", position=n) for n in range(GROUPS)]
        self.ideas = Idea.objects.bulk_create(
            Idea(round=self.round, group=groups[number % GROUPS], text=f"{number}: {SENTENCES[number % 12]}")
            for number in range(IDEAS)
        )
        begins = timezone.now() + timedelta(days=20)
        self.cafe = Cafe.objects.create(
            slug=SLUG,
            starts_at=begins,
            ends_at=begins + timedelta(hours=2),
            text="Groei",
            question="Groeit het?",
            room="Zaal",
            room_capacity=30_000,
        )

    def question(self, number: int, slug: str = "") -> Question:
        return Question.objects.create(
            slug=slug or f"groei-{number}",
            title=f"Groei {number}",
            text="Wat maakt ons Passend Onderwijs tot een succes?",
            phase=Phase.objects.first(),
            opened_at=self.began,
            closed_at=timezone.now(),
        )

    def to(self, posts: int) -> None:
        """Fills up to so many posts, with as many thumbs and ballots; a fifth of them stickers, a tenth guests."""
        start, self.posts = self.posts, posts
        people = len(self.people)
        write(Visitor, (Visitor() for _ in range(people, max(posts // 4, 20))), keep=self.people.append)
        for threads in batched(range(start // THREAD, posts // THREAD), BATCH // THREAD):
            self.talk(threads)
        add_lemmas()
        write(Ballot, map(self.ballot, range(start, posts)))
        write(Sticker, map(self.sticker, range(start // 5, posts // 5)))
        write(Registration, map(self.guest, range(start // 10, posts // 10)))

    def talk(self, threads: Iterable[int]) -> None:
        """So many threads, with their thumbs, themes and reports."""
        found: list[Post] = []
        write(Post, (self.post(THREAD * thread) for thread in threads), keep=found.append)
        contributions = list(zip(threads, found))
        answers = (
            self.post(THREAD * thread + place, parent=parent)
            for thread, parent in contributions
            for place in range(1, THREAD)
        )
        write(Post, answers, keep=found.append)
        write(Thumb, (thumb for number, post in enumerate(found) for thumb in self.thumbs(number, post)))
        themed = [(thread, post) for thread, post in contributions if thread % 3 == 0]
        write(PostTheme, (PostTheme(post=post, theme=self.themes[n % len(self.themes)]) for n, post in themed))
        reasons = Report.Reason.values
        reported = (
            Report(post=post, visitor=self.anyone(post.pk), reason=reasons[post.pk % len(reasons)])
            for post in found[::200]
        )
        write(Report, reported)

    def post(self, number: int, parent: Post | None = None) -> Post:
        """Half of the threads are of the one question. One answer in eighty waits for a moderator."""
        thread = number // THREAD
        said = self.began + SPAN * (number / LARGEST)
        chance = random.Random(number)
        return Post(
            question=self.question if thread % 2 else self.questions[thread // 2 % OTHERS],
            parent=parent,
            visitor=self.anyone(number),
            text=" ".join(chance.sample(SENTENCES, 3)) + f" ({number}" + (f" {RARE})" if number % EVERY == 0 else ")"),
            name=NAMES[number % len(NAMES)],
            role=self.roles[number % len(self.roles)],
            werkgebied=self.werkgebieden[number % len(self.werkgebieden)],
            created_at=said,
            published_at=None if parent and number % 101 == 0 else said,
        )

    def thumbs(self, number: int, post: Post) -> list[Thumb]:
        """One a post on average: none on most, up to seven on a few."""
        amount = (0, 0, 1, 0, 7, 0, 0, 1, 1, 0)[number % 10]
        values = [(DOWN if place == 3 else UP).value for place in range(amount)]
        return [Thumb(post=post, visitor=self.anyone(post.pk + n), value=value) for n, value in enumerate(values)]

    def ballot(self, number: int) -> Ballot:
        """Everyone votes four times, and most of them change their mind."""
        person, times = divmod(number, 4)
        return Ballot(
            poll=self.poll,
            choice=self.choices[(person + times * (person % 5)) % len(self.choices)],
            visitor=self.anyone(person),
            number=times + 1,
            voted_at=self.began + SPAN * (times / 4) + timedelta(minutes=person % 9000),
        )

    def sticker(self, number: int) -> Sticker:
        person, idea = divmod(number, IDEAS)
        colour = Colour.values[(person + idea) % 7 % 3]
        return Sticker(idea=self.ideas[idea], visitor=self.anyone(person), colour=colour)

    def guest(self, number: int) -> Registration:
        return Registration(
            cafe=self.cafe,
            email=f"groei{number}@example.org",
            name=f"{NAMES[number % len(NAMES)]} {number}",
            seat="online" if number % 3 == 0 and number < 90 else "room",
            role=self.roles[number % len(self.roles)],
            confirmed_at=self.began,
        )

    def anyone(self, number: int) -> Visitor:
        return self.people[number % len(self.people)]


def write(model: type[Model], rows: Iterable[Model], keep: Callable[[Model], None] = lambda row: None) -> None:
    """Puts rows in, a batch at a time, so that no transaction updates one counter ten thousand times."""
    for batch in batched(rows, BATCH):
        for row in model._base_manager.bulk_create(batch):
            keep(row)


def check() -> None:
    """Raises AssertionError when counts or versions are not what they would be had people done all this.

    It asks as the site does, by whatever tables: the counts that a thumb answers with, the version under which a
    thread is kept.
    """
    public = Post.objects.public().filter(question__slug=SLUG, removed_at=None)
    for post in public.order_by("?")[:100]:
        told = Thumb.objects.wish(post.pk, None, UP.value)
        for kind in KINDS:
            given = post.thumbs.filter(value=kind.value).count()
            assert told.counts[kind.value] == given, f"post {post.pk}: {told}, not {given} {kind.label}"
    for answer in public.exclude(parent=None).order_by("?")[:20]:
        with transaction.atomic():
            before = roots.root_of(answer.root_id)
            Thumb.objects.create(post=answer, visitor=Visitor.objects.create(), value=UP.value)
            after = roots.root_of(answer.root_id)
            transaction.set_rollback(True)
        assert after.version > before.version, f"thread {answer.root_id} keeps its version after a thumb"
