"""Who takes part, for who leads: phones without names, each of which can be put out of the room, and let in again."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from live.actions import joining
from live.reading import attending as reading
from live.views.leading import leads
from werkplaats.words import number

CHOOSE = "Vink eerst aan welke telefoons je bedoelt."
ELSEWHERE = "Er is niets gedaan: wat je aanvinkte, zit intussen ergens anders. Kijk nog eens."
PUT_OUT = "{} buiten. Wat daar geteld of geschreven is, telt niet meer mee."
LET_IN = "{} weer mee."


@require_http_methods(["GET", "HEAD", "POST"])
@leads
def attending(request, live):
    problem = act(request, live) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        return redirect("live:attending", live.pk)
    found = reading.attending(live)
    context = {"live": live, "attending": found, "problem": problem, "ticked": request.POST.getlist("telefoon")}
    return render(request, "live/attending.html", context, status=409 if problem else 200)


def act(request, live) -> str:
    """Puts out or lets in what was ticked. Returns why not, if not."""
    ticked = request.POST.getlist("telefoon")
    if not ticked:
        return CHOOSE
    if request.POST.get("doe") == "binnen":
        done = joining.let_in(live, ticked)
        words = LET_IN.format(number(done, "telefoon doet,telefoons doen"))
    else:
        done = joining.put_out(live, ticked)
        words = PUT_OUT.format(number(done, "telefoon staat,telefoons staan"))
    if not done:
        return ELSEWHERE
    messages.success(request, words)
    return ""
