"""A thread as it is kept: finished HTML, cut where readers see different things.

The template says where, with {% cut %}. A card holds both ways and nobody's state: the reader's thumbs, the links to
change their own posts, the post that a link points to and the folds around it are chosen while drawing.
"""

from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from posts.models import Question

CUT = "\0"  # no text holds one: neither PostgreSQL nor the site's fields take it

Key = tuple  # ("thumb", post, value), ("own", post), ("target", post), ("fold", post) or ("anew", post)


class Choice(NamedTuple):
    key: Key
    usual: str
    own: str


class Card(NamedTuple):
    """`choices` stand between the `texts`. `folds` has, by post, the folds around it, named by their first post."""

    texts: list[str]
    choices: list[Choice]
    folds: dict[int, list[int]]

    def draw(self, mine: set[Key], target: int | None = None) -> SafeString:
        """The card for a reader with these keys; `target` is the post that a link points to."""
        if target is not None:
            mine = {*mine, ("target", target), *(("fold", pk) for pk in self.folds.get(target, ()))}
        parts = [self.texts[0]]
        for choice, text in zip(self.choices, self.texts[1:], strict=True):
            parts += (choice.own if choice.key in mine else choice.usual, text)
        return mark_safe("".join(parts))  # noqa: S308  our own template


class Cutter:
    """Collects what the template cuts while it renders one card."""

    def __init__(self):
        self.choices: list[Choice] = []

    def cut(self, key: Key, usual: str, own: str) -> str:
        self.choices.append(Choice(key, usual, own))
        return CUT


def make(posts: list[dict], question: Question) -> Card:
    """The card of a thread, from its posts as `nesting.lay_out` orders them."""
    cutter = Cutter()
    html = render_to_string("posts/thread.html", {"posts": posts, "open": question.is_current, "cutter": cutter})
    folds = {post["id"]: post["folds"] for post in posts if post["folds"]}
    return Card(html.split(CUT), cutter.choices, folds)
