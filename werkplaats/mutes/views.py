"""The page of the link in a mail: which mails someone gets. Whoever has the link needs no log-in."""

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from werkplaats.mutes.links import read, set_mutes, wants
from werkplaats.mutes.models import Kind


@cache_control(private=True, no_store=True)
@csrf_exempt  # a mail program sends this form by itself (RFC 8058); the link is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def switches(request: HttpRequest, token: str) -> HttpResponse:
    try:
        user, kind = read(token)
    except signing.BadSignature:
        raise Http404 from None
    if request.POST.get("List-Unsubscribe") == "One-Click":
        set_mutes(user, [], [kind])
        return HttpResponse("Deze mails zijn uitgezet.", content_type="text/plain; charset=utf-8")
    kinds = Kind.of(user)
    if request.method == "POST":
        wanted = request.POST.getlist("soort")
        set_mutes(user, [each for each in kinds if each in wanted], kinds)
        return redirect(f"{request.path}?bewaard")
    context = {
        "kinds": [(each, wants(user, each)) for each in kinds],
        "address": user.email,
        "saved": "bewaard" in request.GET,
    }
    return render(request, "mutes/mutes.html", context)
