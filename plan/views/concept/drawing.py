"""A sentence of the plan as it stands on a page: the same for everyone, with gaps for what moves and for one's own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats
from django.utils.safestring import SafeString

from plan.models import Fragment
from plan.reading.concept import Shown
from plan.reading.differing import differing
from plan.reading.moving import Moves, Moving
from plan.reading.voices import voices
from posts.models.thumb_kinds import KINDS, TAKEN_BACK, Kind
from werkplaats.gaps import Fillings, gap
from werkplaats.kept import kept
from werkplaats.models import Site
from werkplaats.people import viewing
from werkplaats.site.context import site_of
from werkplaats.words import number

BEHIND = "plan/concept/behind.html"
CAME = "veranderd"  # in an address: the place of the sentence that changed before its thumb came
SINCE = "plan/concept/parts.html#since"
NOT_NOW = "Wat hier stond, is nu niet te lezen."
YOU_GAVE, YOU_WROTE = "Jij gaf de vorige zin een duim.", "Jij reageerde op de vorige zin."
LOOK_AGAIN = "Kijk je nog eens?"


@dataclass(frozen=True)
class Thumb:
    """A button: `wish` is what its address says, `pressed` whether it is the reader's own. thumbs.js reads it too."""

    kind: Kind
    count: str
    words: str
    wish: str
    pressed: str


class Drawn(NamedTuple):
    """A sentence with what moves in it, or with gaps in its place. `pk` is the key of its wording."""

    row: Shown
    pk: int
    open: bool
    thumbs: list[Thumb]
    reactions: str
    asked_again: str
    looking: str = ""

    @property
    def path(self) -> str:
        return path_of(self.pk)


def gapped(row: Shown, moves: Moves) -> Drawn:
    """To be kept: filled by `fillings`."""
    pk = row.pk
    parts = ("count", "words", "wish", "pressed")
    thumbs = [Thumb(kind, *(gap(f"{part}{kind.word}{pk}") for part in parts)) for kind in KINDS]
    names = (f"reactions{pk}", f"asked{pk}", f"looking{pk}")
    return Drawn(row, pk, moves.open, thumbs, *map(gap, names))


def drawn(row: Shown, moves: Moves) -> Drawn:
    """As this reader sees it at this moment."""
    return Drawn(row, row.pk, moves.open, thumbs_of(moves), reactions(moves), asked_again(row, moves))


def path_of(pk: int) -> str:
    """The addresses of the thumbs on a wording, without what is wished."""
    return reverse("concept:thumb", args=[pk, TAKEN_BACK]).removesuffix(f"{TAKEN_BACK}/")


def thumbs_of(moves: Moves) -> list[Thumb]:
    return [thumb_of(kind, moves) for kind in KINDS]


def thumb_of(kind: Kind, moves: Moves) -> Thumb:
    count, is_own = moves.count(kind.value), moves.mine == kind.value
    shown = formats.number_format(count, use_l10n=True, force_grouping=True)
    words = "duimpje" if count == 1 else "duimpjes"
    return Thumb(kind, shown, words, TAKEN_BACK if is_own else kind.word, "true" if is_own else "false")


def fillings(request: Any, rows: Iterable[Shown], moving: Moving) -> Fillings:
    """What stands in the gaps of these sentences for who asks."""
    found: dict[str, str | Callable[[], str]] = {}
    led = viewing.led(request)
    for row in rows:
        pk, moves = row.pk, moving.of(row.pk)
        for thumb in thumbs_of(moves):
            of = f"{thumb.kind.word}{pk}"
            found |= {f"count{of}": thumb.count, f"words{of}": thumb.words}
            found |= {f"wish{of}": thumb.wish, f"pressed{of}": thumb.pressed}
        found[f"reactions{pk}"], found[f"asked{pk}"] = reactions(moves), partial(asked_again, row, moves)
        found[f"looking{pk}"] = partial(_looking, request, row) if led == row.place else ""
        if request.GET.get(CAME) == row.place:
            found[f"looking{pk}"] = partial(render_to_string, "plan/concept/parts.html#came")
    return found


def _looking(request: Any, row: Shown) -> SafeString:
    """The line that asks in which role they look along, where a thumb without JavaScript leads to it."""
    request.asked = True
    return viewing.line(request, site_of(request).lists.roles, f"{request.get_full_path()}#{row.place}", row.place)


def once(request: Any, response: Any) -> Any:
    """The response; when the line is in it, no next page asks."""
    return viewing.asked(response) if hasattr(request, "asked") else response


def reactions(moves: Moves) -> str:
    """The words of the way to what people wrote."""
    if moves.reactions:
        return number(moves.reactions, "reactie,reacties")
    return "Reageer" if moves.open else "Geen reacties"


def asked_again(row: Shown, moves: Moves) -> str:
    """For who reacted to words before these; of more than one wording ago with all that changed since."""
    if not moves.is_asked_again:
        return ""
    words = next((old.text for old in row.earlier[1:] if old.number == moves.reacted), None)
    if words is None or row.wording is None:
        return f"{YOU_WROTE if moves.earlier is None else YOU_GAVE} {LOOK_AGAIN}"
    replaced = differing(words, row.wording.text)
    return render_to_string(SINCE, {"gave": moves.earlier is not None, "replaced": replaced, "look_again": LOOK_AGAIN})


def voice_gaps(site: Site, rows: Iterable[Shown]) -> Fillings:
    """By the gap of each single voice behind these sentences, what everyone may read of it at this moment.

    One query when there are any, and those for their words when something in them changed.
    """
    wanted = {each.fragment for row in rows for each in row.behind if each.fragment}
    if not wanted:
        return {}
    live = sorted(Fragment.objects.filter(pk__in=wanted, live=True).values_list("pk", "source_version"))
    words = kept(site, f"{BEHIND}#voice", *live, make=lambda: _draw_voices([pk for pk, _ in live]))
    return {f"voice{pk}": words.get(pk, NOT_NOW) for pk in wanted}


def _draw_voices(pks: list[int]) -> dict[int, SafeString]:
    found = voices(Fragment.objects.filter(pk__in=pks, live=True))
    return {voice.pk: render_to_string(f"{BEHIND}#voice", {"voice": voice}) for voice in found}
