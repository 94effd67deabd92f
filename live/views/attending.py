"""Who takes part, for who leads: phones without names, each of which can be put out of the room, and let in again."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from live.actions import joining
from live.models.cafes import Ended
from live.reading import attending as reading
from live.views.leading import leads
from werkplaats.web.addresses import moment, row_key
from werkplaats.words import number

CHOOSE = "Vink eerst aan welke telefoons je bedoelt."
GONE = "Er is niets gedaan: wat je aanvinkte, is er niet meer. Kijk nog eens."
PUT_OUT = (
    "{} buiten. Er komt niets meer van, en in een peiling die nog verborgen is telt het niet mee. Woorden op het"
    " scherm, stickers en een uitslag die getoond is, blijven."
)
LET_IN = "{} weer mee."


@require_http_methods(["GET", "HEAD", "POST"])
@leads
def attending(request, live):
    ticked = [key for raw in request.POST.getlist("telefoon") if (key := row_key(raw))]
    try:
        problem = act(request, live, ticked) if request.method == "POST" else ""
    except Ended:
        problem = GONE
    if request.method == "POST" and not problem:
        return redirect("live:attending", live.pk)
    found = reading.attending(live)
    context = {"live": live, "attending": found, "problem": problem, "ticked": ticked}
    return render(request, "live/attending.html", context, status=409 if problem else 200)


def act(request, live, ticked: list[int]) -> str:
    """Puts out or lets in what was ticked. Returns why not, if not."""
    since = moment(request.POST.get("sinds"))
    if request.POST.get("doe") == "binnen" and ticked:
        done = joining.let_in(live, ticked)
        words = LET_IN.format(number(done, "telefoon doet,telefoons doen"))
    elif ticked or since:
        done = joining.put_out(live, ticked) if since is None else joining.put_out_since(live, since)
        words = PUT_OUT.format(number(done, "telefoon staat,telefoons staan"))
    else:
        return CHOOSE
    if not done:
        return GONE
    messages.success(request, words)
    return ""
