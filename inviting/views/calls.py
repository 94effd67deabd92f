"""A gerichte actie: its link, code, text and card; making one of who is missing; what came of all inviting."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from inviting import calling, figures
from inviting.actions.calling import call_for
from inviting.models import Call, CallState
from plan import missed
from plan.models import Harvest
from posts import card
from posts.models import Question
from werkplaats import qr
from werkplaats.backoffice.rights import with_right
from werkplaats.paper import pdf
from werkplaats.web import htmx
from werkplaats.web.addresses import row_key

GONE = "Hiervan hoorden we intussen, of het staat niet meer op de lijst."


@require_safe
@with_right("inviting.view_call")
def call(request, pk):
    """The page from which somebody is asked."""
    line = find(pk)
    calling.tell_filled([line])
    question = Question.objects.current()
    context = {
        "call": line,
        "question": question,
        "invitation": calling.invitation(line, question),
        "qr": qr.svg(calling.link_of(line)),
        "states": CallState.choices,
        "figures": figures.of_calls([line]).get(line.pk, []),
        "few": figures.FEWER,
    }
    return render(request, "inviting/call.html", context)


def find(pk: int) -> Call:
    rows = Call.objects.select_related("link", "cafe", "harvest__question", "harvest__cafe", "harvest__cycle")
    return get_object_or_404(rows, pk=pk)


@require_safe
@with_right("inviting.view_call")
def card_file(request, pk):
    """The praatkaart of the question of now, with the link of this line."""
    line, question = find(pk), Question.objects.current()
    if question is None:
        raise Http404
    made = card.card(question, calling.link_of(line), two=card.TWO in request.GET)
    return pdf.show(made, f"praatkaart-{line.link.code}.pdf")


@require_POST
@with_right("inviting.change_call")
def move(request, pk):
    """Another state by one press, in the list or on its page. Twice is once."""
    line = find(pk)
    try:
        line.move(request.POST.get("stand", ""))
        messages.success(request, f"{line}: {line.get_state_display()}.")
    except ValidationError as error:
        messages.error(request, f"{line}: {error.messages[0]}")
    if "lijst" in request.GET:
        return HttpResponseRedirect(f"{reverse('admin:inviting_call_changelist')}?{request.GET['lijst']}")
    return redirect("inviting:call", pk)


@require_POST
@with_right("inviting.add_call")
def fill(request):
    """Makes a line of who is missing, or leads to the one that is open. htmx gets the way there in its place."""
    harvest = Harvest.objects.filter(pk=row_key(request.POST.get("opbrengst"))).first()
    kind, pk = request.POST.get("soort", ""), row_key(request.POST.get("nr"))
    gap = calling.of_gap(kind, pk, missed.gaps(harvest))
    if gap is None:
        return nobody_missing(request)
    line, is_new = call_for(gap, harvest, request.user)
    if htmx.wants_fragment(request):
        return render(request, "inviting/gap.html", {"gap": gap, "harvest": harvest, "call": line})
    if not is_new:
        messages.info(request, "Deze actie stond al op de lijst.")
    return redirect("inviting:call", line.pk)


def nobody_missing(request):
    """Somebody wrote since: the list says so itself."""
    if htmx.wants_fragment(request):
        return render(request, "inviting/gap.html", {"gone": GONE})
    return redirect("plan:missing")


@require_safe
@with_right("inviting.view_call")
def show_figures(request):
    """Per month and kind of link what came of inviting."""
    return render(request, "inviting/figures.html", {"months": figures.by_month(), "few": figures.FEWER})
