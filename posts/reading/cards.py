"""A thread as it is kept: finished HTML, cut where one reader sees something else than another.

The template says where, with {% cut %}. What is kept holds both ways and nobody's state: the thumbs that someone gave,
the links to change what they wrote, the post that a link points to and the folds around it are chosen while drawing.
"""

from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from posts.models.questions import Question

CUT = "\0"  # no text holds one: neither PostgreSQL nor the site's fields take it

Key = tuple  # ("thumb", post, value), ("own", post), ("target", post) or ("fold", post)


class Choice(NamedTuple):
    key: Key
    usual: str
    own: str


class Card(NamedTuple):
    """`texts` has one more than `choices`, which stand between them; `folds`: the folds around a post that is folded
    away, each named by the post that it begins with."""

    texts: list[str]
    choices: list[Choice]
    folds: dict[int, list[int]]

    def draw(self, mine: set[Key], target: int | None = None) -> SafeString:
        """The card for who has these keys; `target` is the post that a link points to."""
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
    """The card of a thread from its posts in reading order, as `nesting.lay_out` gives them."""
    cutter = Cutter()
    html = render_to_string(
        "posts/thread.html", {"posts": posts, "open": question.is_current, "cutter": cutter}
    )
    folds = {post["id"]: post["folds"] for post in posts if post["folds"]}
    return Card(html.split(CUT), cutter.choices, folds)
