"""What happened to a post, in words, from the rows that the database keeps of every change."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from posts.models import Post
from werkplaats.models import User

WORDING = {
    "text": "de tekst is veranderd",
    "name": "de naam is veranderd",
    "role_id": "de rol is veranderd",
    "werkgebied_id": "het werkgebied is veranderd",
    "meeting": "het overleg is veranderd",
    "question_id": "verplaatst naar een andere vraag",
    "visitor_id": "hoort nu bij een andere bezoeker (iemand logde in, of de bezoeker is gewist)",
    "author_id": "het e-mailadres is bevestigd",
}


class Moment(NamedTuple):
    at: datetime
    who: str
    what: str


def history_of(post: Post) -> list[Moment]:
    """Every change of the post, oldest first, each with who did it: a moderator's name, else the visitor."""
    events = list(post.events.select_related("pgh_context").order_by("pgh_created_at", "pgh_id"))
    ids = {user_of(event) for event in events} - {None}
    users = {user.pk: str(user) for user in User.objects.filter(pk__in=ids)}
    return [
        Moment(event.pgh_created_at, users.get(user_of(event), "een bezoeker"), what)
        for event, before in zip(events, [None, *events], strict=False)
        if (what := "; ".join(changes(event, before)))
    ]


def user_of(event) -> int | None:
    """Who was logged in when it happened."""
    return event.pgh_context.metadata.get("user") if event.pgh_context else None


def changes(event, before) -> Iterator[str]:
    if event.pgh_label == "delete":
        yield "echt gewist"
    elif before is None:
        yield "geschreven" + (", meteen zichtbaar" if event.published_at else ", wacht op goedkeuring")
    else:
        if event.published_at and not before.published_at:
            yield "zichtbaar gemaakt"
        if event.removed_at and not before.removed_at:
            yield f"weggehaald: {event.removal_reason}"
        if before.removed_at and not event.removed_at:
            yield "teruggezet"
        for field, words in WORDING.items():
            if getattr(event, field) != getattr(before, field):
                yield words
