"""What happened to a post, in words, from the rows that the database keeps of every change."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from posts.actions.moderating import TRUSTED
from posts.models import Hold, Post, PostTheme, Question, Removal, Theme
from werkplaats.backoffice import log
from werkplaats.models import User
from werkplaats.words import day

WORDING = {
    "name": "de naam is veranderd",
    "role_id": "de rol is veranderd",
    "werkgebied_id": "het werkgebied is veranderd",
    "meeting": "het overleg is veranderd",
    "meeting_size": "het aantal mensen is veranderd",
    "lang": "de taal is verbeterd",
    "visitor_id": "hoort nu bij een andere bezoeker (iemand logde in, of de bezoeker is gewist)",
}
REMOVED = {
    Removal.MODERATOR: "weggehaald",
    Removal.WRITER: "weggehaald door de schrijver",
    Removal.REFUSED: "geweigerd",
    Removal.CHILD: "weggehaald: gaat over één kind",
    Removal.HELD: "aangehouden, de woorden zijn even niet te zien",
}
GONE = "een thema dat er niet meer is"


class Moment(NamedTuple):
    """`before` is the text as it was until then, when that changed."""

    at: datetime
    who: str
    what: str
    before: str = ""


def history_of(post: Post) -> list[Moment]:
    """Every change of the post, oldest first, each with who did it: a name, else "een bezoeker".

    What one request changed in several steps is one moment.
    """
    events = list(post.events.select_related("pgh_context").order_by("pgh_created_at", "pgh_id"))
    themes = list(
        PostTheme.pgh_event_model.objects.filter(post=post)  # type: ignore[attr-defined]  # pghistory puts it there
        .select_related("pgh_context")
        .order_by("pgh_created_at", "pgh_id")
    )
    ids = {user for event in [*events, *themes] if (user := user_of(event))}
    users: dict[int | None, str] = {user.pk: str(user) for user in User.objects.filter(pk__in=ids)}
    titles = dict(Question.objects.filter(pk__in={event.question_id for event in events}).values_list("pk", "title"))
    at_once = [list(group)[-1] for _, group in groupby(events, key=lambda event: event.pgh_context_id or event)]
    own = [
        Moment(event.pgh_created_at, users.get(user_of(event), "een bezoeker"), what, earlier_text(event, before))
        for event, before in zip(at_once, [None, *at_once], strict=False)
        if (what := "; ".join(changes(event, before, titles)))
    ]
    return sorted([*own, *themes_given(themes, users), *trusted(post)], key=lambda moment: moment.at)


def user_of(event) -> int | None:
    """The user who was logged in when it happened."""
    return event.pgh_context.metadata.get("user") if event.pgh_context else None


def earlier_text(event, before) -> str:
    return before.text if before and before.text != event.text else ""


def changes(event, before, titles: dict[int, str]) -> Iterator[str]:
    if event.pgh_label == "delete":
        yield "de hele rij is verwijderd"
    elif before is None:
        waits = ", wacht op goedkeuring" if event.finished_at else ", nog zonder naam en rol"
        yield "geschreven" + (", meteen zichtbaar" if event.published_at else waits)
        yield from why_held(event)
    elif event.erased_at and not before.erased_at:
        yield "echt gewist: de woorden, de afbeelding en wie het schreef"
    else:
        said = [*what_became_of_it(event, before), *what_changed(event, before, titles)]
        yield from said
        if event.vetted_at != before.vetted_at and not said:
            yield "gelezen door een moderator, blijft staan"


def what_became_of_it(event, before) -> Iterator[str]:
    """Waiting, seen, held, taken away, given back."""
    if event.published_at and not before.published_at:
        yield "zichtbaar gemaakt"
    elif before.removed_at and not event.removed_at:
        yield {Removal.HELD: "weer zichtbaar gemaakt", Removal.WRITER: "teruggezet door de schrijver"}.get(
            before.removal, "teruggezet"
        )
    if event.removal != before.removal and event.removal:
        why = Hold(event.held_for).label if event.removal == Removal.HELD else event.removal_reason
        yield f"{REMOVED[event.removal]}: {why}" if why else REMOVED[event.removal]
    elif event.held_for != before.held_for:
        yield from why_held(event)


def why_held(event) -> Iterator[str]:
    if event.held_for:
        yield f"wacht omdat: {Hold(event.held_for).label}"


def what_changed(event, before, titles: dict[int, str]) -> Iterator[str]:
    """The words and where they stand."""
    if event.kept_until and event.kept_until != before.kept_until:
        yield f"langer bewaard, tot {day(event.kept_until)}: {event.kept_why}"
    if event.text != before.text:
        yield "de tekst is veranderd"
    for field, words in WORDING.items():
        if getattr(event, field) != getattr(before, field):
            yield words
    yield from rendering_changed(event, before)
    if event.finished_at and not before.finished_at and not event.published_at:
        yield "de schrijver vulde in wie die is"
    if event.author_id and event.author_id != before.author_id:
        yield "het e-mailadres is bevestigd"
    if event.denied_at and not before.denied_at:
        yield Hold.DENIED.label
    if event.picture_id != before.picture_id:
        yield "er kwam een andere afbeelding" if event.picture_id else "de afbeelding is weggehaald"
    if event.picture_shown_at and not before.picture_shown_at:
        yield "de afbeelding is zichtbaar gemaakt"
    if bool(event.pinned_at) != bool(before.pinned_at):
        yield "bovenaan gezet" if event.pinned_at else "niet meer bovenaan"
    if event.question_id != before.question_id:
        old, new = (titles.get(pk, "?") for pk in (before.question_id, event.question_id))
        yield f"verplaatst van «{old}» naar «{new}»"


def rendering_changed(event, before) -> Iterator[str]:
    """What it says in Dutch."""
    if event.rendering_refused_at and not before.rendering_refused_at:
        yield "de schrijver wil geen vertaling"
    elif before.rendering_refused_at and not event.rendering_refused_at:
        yield "de schrijver wil weer een vertaling" if event.rendered_at == before.rendered_at else "toch weer vertaald"
    elif event.rendered_at and event.rendered_at != before.rendered_at:
        yield "in het Nederlands gezet"
    elif before.rendered_at and not event.rendered_at:
        yield "de vertaling staat er niet meer"


def themes_given(events: list, users: dict[int | None, str]) -> Iterator[Moment]:
    """What was given or taken at once is one moment."""
    names = dict(Theme.objects.filter(pk__in={event.theme_id for event in events}).values_list("pk", "name"))

    def at_once(event):
        return event.pgh_context_id, event.pgh_label

    for (_, label), group in groupby(events, key=at_once):
        together = list(group)
        what = "thema gegeven" if label == "insert" else "thema weggehaald"
        listed = ", ".join(names.get(event.theme_id, GONE) for event in together)
        first = together[0]
        yield Moment(first.pgh_created_at, users.get(user_of(first), "een bezoeker"), f"{what}: {listed}")


def trusted(post: Post) -> Iterator[Moment]:
    """When the writer was trusted again; the admin's log knows, on the page of the user."""
    if not post.author_id:
        return
    logged = log.logged(User, [post.author_id])
    for entry in logged.filter(change_message=TRUSTED).select_related("user"):
        yield Moment(entry.action_time, str(entry.user), "de schrijver is weer vertrouwd")
