"""Where the words stand that somebody looks for: the step before the list of a question is read.

A word that few posts have is looked up in the index of words; one that many have is looked for in thread after thread,
in the order of the list, until there are enough. Which of both is less work PostgreSQL cannot tell by itself: it does
not know how posts with a word lie in threads.
"""

from typing import Any, NamedTuple

from django.db.models import BigIntegerField

from posts.finding import asking
from posts.models import Post
from posts.reading.conditions import HITS, NEWEST_FIRST, Words, with_words
from werkplaats import compiled
from werkplaats.compiled import Given

SAMPLE, MANY = 60, 20  # of so many threads, the newest, so many have a word that is looked for in thread after thread
FEW = 500  # posts with a word that is looked up


class Search(NamedTuple):
    """A filter of `posts.reading.conditions` with its values. `near`: with a wrong letter only they stand somewhere."""

    filter: str | Words
    values: dict[str, Any]
    near: bool = False


def search(question: int, typed: str) -> Search | None:
    """What to look for in the posts of a question with what was typed; None when it stands nowhere.

    One query for words that many threads have, two for others; again two when nothing is found as it was typed.
    """
    looked = asking.read(typed)
    found = None
    if not looked.is_empty:
        found = _search(question, looked.wanted, looked.unwanted)
    if not found and looked.near:
        found = _search(question, looked.near, looked.unwanted, near=True)
    return found


def _search(question: int, wanted: tuple[str, ...], unwanted: str, *, near: bool = False) -> Search | None:
    words = Words(len(wanted), bool(unwanted))
    values: dict[str, Any] = {f"wanted{place}": pattern for place, pattern in enumerate(wanted)}
    values["unwanted"] = unwanted
    if len(compiled.rows(sample_of, words, value=question, **values)) >= MANY:
        return Search(words, values, near)
    roots = [root for (root,) in compiled.rows(hits_of, words, value=question, **values)]
    if len(roots) > FEW:
        return Search(words, values, near)
    return Search(HITS, {HITS: sorted(set(roots))}, near) if roots else None


def sample_of(words: Words) -> Any:
    """Those of the newest threads that have these words."""
    newest = of_question().filter(parent=None).order_by(*NEWEST_FIRST).values("pk")[:SAMPLE]
    return Post.objects.filter(with_words(words), pk__in=newest).order_by().values_list("pk")


def hits_of(words: Words) -> Any:
    """The roots of the posts that everyone may read and that have these words: of all, or of one too many."""
    return of_question().readable().filter(words.found()).order_by().values_list("root")[: FEW + 1]


def of_question() -> Any:
    return Post.objects.public().filter(question=Given("value", BigIntegerField()))
