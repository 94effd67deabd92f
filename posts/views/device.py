"""Wiping a device that somebody else is going to use."""

from django.contrib.auth import logout
from django.shortcuts import render
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def wipe(request):
    """Lets the device forget its writer, as a log-out does: see werkplaats.people.visitors. What they wrote stays."""
    wiped = request.method == "POST"
    if wiped:
        logout(request)
    return render(request, "posts/wipe.html", {"wiped": wiped})
