"""Giving a sentence of the plan a thumb, and taking it back."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django_htmx.http import reswap, retarget

from plan.models import WordingThumb
from plan.models.reacting import Counted
from plan.reading.moving import Moves
from plan.views.concept import drawing, pages
from posts.models.thumb_kinds import wished
from posts.talk import asks_role
from werkplaats.gaps import GappedPage
from werkplaats.people import viewing, visitors
from werkplaats.site.context import site_of
from werkplaats.web import htmx, only_post
from werkplaats.web.audit import leaves_no_history

PARTS = "plan/concept/parts.html"
REFUSED = "Reageren kan nu niet."


@leaves_no_history
@only_post.only("concept:plan")
def thumb(request, pk, wish):
    """Gives a wording the thumb that the visitor wishes, or takes theirs back. Twice is once.

    When everyone reads another wording by now nothing is given: that one is shown, to be looked at first.
    """
    try:
        value = wished(wish)
    except KeyError:
        raise Http404 from None
    counted = visitors.tap(request, lambda visitor: WordingThumb.objects.wish(pk, visitor, value))
    if counted is None:
        raise Http404
    asks = asks_role(request, counted.unknown)
    if not htmx.wants_fragment(request):
        place = place_of(request, counted)
        if counted.open and not counted.newest:
            return redirect(f"?{drawing.CAME}={id_of(counted)}#".join(place.split("#")))
        return viewing.lead(redirect(place), id_of(counted)) if asks else redirect(place)
    response = (
        render(request, f"{PARTS}#thumbs", thumbs_shown(pk, counted)) if counted.newest else anew(request, counted)
    )
    if asks:
        response.write(put_beside(counted, place_of(request, counted)))
        viewing.asked(response)
    return response


def id_of(counted: Counted) -> str:
    return f"zin-{counted.number.replace('.', '-')}"


def thumbs_shown(pk: int, counted: Counted) -> dict:
    """The context of the thumbs of a sentence after a wish."""
    moves = Moves({str(kind): count for kind, count in counted.counts.items()}, mine=counted.given)
    each = {"pk": pk, "path": drawing.path_of(pk), "open": counted.open, "thumbs": drawing.thumbs_of(moves)}
    return {"each": each, "refused": "" if counted.open else REFUSED}


def anew(request, counted: Counted):
    """The whole sentence as everyone reads it by now, in the place of what was on the page."""
    chapter, sentence = map(int, counted.number.split("."))
    found, moves = pages.now(request, chapter=chapter, sentence=sentence)
    _, row = found.by_number[counted.number]
    context = {"concept": found, "each": drawing.drawn(row, moves.of(row.pk)), "came": True}
    page = GappedPage(f"{PARTS}#sentence", context, request)
    response = HttpResponse(page.fill(drawing.voice_gaps(site_of(request), [row])))
    return retarget(reswap(response, "outerHTML"), f"#{row.place}")


def put_beside(counted: Counted, back: str) -> SafeString:
    """The line about the role for htmx, which puts it under the thumbs of the sentence."""
    line = viewing.awaited(back, id_of(counted))
    place = f'hx-target="#kijk-{id_of(counted)}" hx-swap="innerHTML"'
    return mark_safe(f"<hx-partial {place}>{line}</hx-partial>")  # noqa: S308  our own template


def place_of(request, counted: Counted) -> str:
    """The page on which a button was pressed without JavaScript: that of a sentence names the page of its list."""
    if "pagina" in request.POST:
        return f"{reverse('concept:sentence', args=[counted.number])}#{id_of(counted)}"
    return f"{reverse('concept:chapter', args=[int(counted.number.partition('.')[0])])}#{id_of(counted)}"
