"""The yield of a question: all that everyone may read, by theme and by role, for the writers of the plan.

Names are left out unless asked for, addresses always. What visitors typed is text wherever it lands, never a formula.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from posts.models import Language, Post, Question
from posts.models.holds import WITHOUT_PLACE
from posts.models.thumb_kinds import Kind
from werkplaats.fields import clean_text
from werkplaats.words import day, number

SMALL = 5  # fewer of one role in one werkgebied could tell who someone is
DEEPEST = 4  # levels of indentation: deeper answers stand under one another
GONE = "(Deze bijdrage is weggehaald.)"
NO_THEME = "Nog zonder thema"
NO_ROLE = "Zonder rol"


@dataclass(eq=False)
class Entry:
    """One contribution or answer, ready to be written down; `text` is cleaned of what files cannot hold."""

    number: int
    text: str
    name: str
    role: str
    werkgebied: str
    meeting: str
    people: int | None
    themes: list[str]
    thumbs: list[tuple[Kind, int]]
    date: date
    readable: bool
    language: str = ""
    rendering: str = ""
    depth: int = 0
    above: "Entry | None" = None
    answers: list["Entry"] = field(default_factory=list)

    @property
    def counted(self) -> str:
        """How many thumbs of each kind, in words; nothing when there are none."""
        if not any(count for _, count in self.thumbs):
            return ""
        (first, count), *others = self.thumbs
        words = [f"{number(count, 'duimpje,duimpjes')} {first.label}"]
        return ", ".join(words + [f"{count} {kind.label}" for kind, count in others])

    def flat(self) -> Iterator["Entry"]:
        """This and all its answers, each under what it answers; without recursion, however deep it goes."""
        todo = [self]
        while todo:
            entry = todo.pop()
            yield entry
            todo += reversed(entry.answers)

    @property
    def about(self) -> str:
        """The line under the text: who, for whom, when, and how many thumbs."""
        meeting = f"namens {self.meeting}, {number(self.people or 0, 'persoon,mensen')}" if self.meeting else ""
        other = f"taal: {self.language}" if self.language not in ("", Language.DUTCH.label) else ""
        parts = [self.name, self.role, self.werkgebied, meeting, other, day(self.date), self.counted]
        return " · ".join(filter(None, parts))


def harvest_of(question: Question) -> list[Entry]:
    """The contributions in order, each with its answers: two queries, whatever their number.

    Of what was taken away only the place is kept, and that only where there are answers to it.
    """
    public = Post.objects.public().filter(question=question, root__published_at__isnull=False)
    posts = list(
        public.select_related("role", "werkgebied", "tally").prefetch_related("themes").order_by("created_at", "pk")
    )
    small = small_numbers(posts)
    entries = {post.pk: entry_of(post, post.removed_at is None, small) for post in posts}
    roots = []
    for post in posts:
        entry = entries[post.pk]
        above = (entries.get(post.parent_id) or entries.get(post.root_id)) if post.parent_id else None
        if above is None:
            roots.append(entry)
        else:
            entry.above = above
            above.answers.append(entry)
    for root in roots:
        for entry in root.flat():
            entry.depth = min(entry.above.depth + 1, DEEPEST) if entry.above else 0
    return [root for root in map(without_empty_places, roots) if root]


def line(text: str) -> str:
    """One line without what a file cannot hold."""
    return clean_text(text, multiline=False)


def small_numbers(posts: list[Post]) -> set[tuple[int | None, int | None]]:
    """The pairs of role and werkgebied with too few posts that tell their place to name the werkgebied."""
    told = (post for post in posts if post.removed_at is None and post.name not in WITHOUT_PLACE)
    counted = Counter((post.role_id, post.werkgebied_id) for post in told)
    return {pair for pair, times in counted.items() if times < SMALL}


def entry_of(post: Post, readable: bool, small: set[tuple[int | None, int | None]]) -> Entry:
    named = readable and post.name not in WITHOUT_PLACE and (post.role_id, post.werkgebied_id) not in small
    return Entry(
        number=post.pk,
        text=clean_text(post.text, multiline=True) if readable else GONE,
        name=line(post.name) if readable else "",
        role=(line(post.role.name) if post.role else NO_ROLE) if readable else "",
        werkgebied=line(post.werkgebied.name) if named and post.werkgebied else "",
        meeting=line(post.meeting) if readable else "",
        people=post.meeting_size if readable else None,
        themes=[line(theme.name) for theme in post.themes.all()] if readable else [],
        thumbs=[(kind, count if readable else 0) for kind, count in post.tally.by_kind],
        date=timezone.localtime(post.created_at).date(),
        readable=readable,
        language=post.get_lang_display() if readable else "",
        rendering=clean_text(post.shown_rendering, multiline=True) if readable else "",
    )


def without_empty_places(root: Entry) -> Entry | None:
    """The thread without removed posts that nobody answered. None when nothing is left."""
    for entry in reversed(list(root.flat())):
        entry.answers = [answer for answer in entry.answers if answer.readable or answer.answers]
    return root if root.readable or root.answers else None


def by_theme(roots: list[Entry]) -> dict[str, list[Entry]]:
    """A contribution with two themes stands under both; those without a theme come last."""
    found = defaultdict(list)
    for root in roots:
        for theme in root.themes or [NO_THEME]:
            found[theme].append(root)
    return {name: found[name] for name in sorted(found, key=lambda name: (name == NO_THEME, name.lower()))}


def by_role(roots: list[Entry]) -> dict[str, list[Entry]]:
    found = defaultdict(list)
    for root in roots:
        found[root.role or GONE].append(root)
    return {name: found[name] for name in sorted(found, key=lambda name: (name == GONE, name.lower()))}


def counts_of(question: Question) -> dict[str, int]:
    """How many contributions, answers and people in meetings the yield holds."""
    entries = [entry for root in harvest_of(question) for entry in root.flat() if entry.readable]
    answers = sum(1 for entry in entries if entry.above)
    return {
        "contributions": len(entries) - answers,
        "answers": answers,
        "people": sum(entry.people or 0 for entry in entries),
    }
