"""The part of posts on the page of one's own: contributions, answers to others, and what others answered."""

from typing import NamedTuple

from posts.models import Post
from posts.models.holds import Removal
from posts.models.whose import Reader
from posts.reading import filters
from posts.reading.own import Own, page_of
from posts.reading.questions import current_question
from posts.reading.states import State, state_of
from werkplaats.models import Site
from werkplaats.moderation import parents
from werkplaats.words import excerpt

LENGTH = 400  # characters; who wants to read the rest opens it


class Card(NamedTuple):
    """`may_change`: not what they wrote under somebody's address who said no to it."""

    own: Own
    state: State
    may_change: bool
    words: str
    begin: str

    @property
    def post(self) -> Post:
        return self.own.post


def read(request, site: Site) -> dict:
    """The context of posts/mine.html: at most three queries, and two more of who wrote about one child."""
    page = page_of(Reader.of(request), request.GET.get("pagina"))
    context = {"page": page, "question": current_question(site)}
    if page is None:
        return context
    cards = [card_of(own, request, site) for own in page.rows]
    seen = filters.written(page.yours.until) if page.shows_all_new else ""
    asked = {own.post.question_id: own.post.question for own in page.rows}
    about = next(iter(asked.values())) if len(asked) == 1 else None
    child = parents.helped() if any(card.post.is_about_child for card in cards) else {}
    return {**context, **child, "cards": cards, "about": about, "seen_until": seen}


def card_of(own: Own, request, site: Site) -> Card:
    post, may_change = own.post, own.post.is_of(request.visitor_id, request.user)
    # What a moderator took away is read again by a writer who is logged in, as in the mail; not on a device of many.
    hidden = post.removed_at and not post.is_held and not (may_change and (post.author_id or by_writer(post)))
    words = "" if hidden or post.is_about_child else post.text
    begin = excerpt(words, LENGTH)
    state = state_of(post, site.soon)
    return Card(own, state, may_change, words, begin if len(begin) < len(" ".join(words.split())) else "")


def by_writer(post: Post) -> bool:
    return post.removal == Removal.WRITER
