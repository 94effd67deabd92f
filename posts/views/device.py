"""Wiping a device that somebody else is going to use."""

from django.contrib.auth import logout
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from posts.composing.device import COOKIE


@require_http_methods(["GET", "HEAD", "POST"])
def wipe(request):
    """Lets the device forget its writer. What they wrote stays."""
    wiped = request.method == "POST"
    if wiped:
        logout(request)  # takes the visitor's cookie too: see werkplaats.people.visitors
        rotate_token(request)  # or the next first write would count as a double tap of the last one
    response = render(request, "posts/wipe.html", {"wiped": wiped})
    if wiped:
        COOKIE.delete(response)
        response.headers["Clear-Site-Data"] = '"storage"'
    return response
