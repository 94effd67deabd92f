"""The page behind the link in the mail: shows the text and asks. Opening it changes nothing."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import login
from django.core import signing
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from posts import tokens
from posts.models import Post
from posts.writing import arrival
from werkplaats import visitors
from werkplaats.models import User

NOT_MINE = "Wie dit e-mailadres heeft, schreef deze bijdrage niet."


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    try:
        post = Post.objects.select_related("role", "question").filter(pk=tokens.read(token)).first()
    except signing.SignatureExpired:
        return gone(request, "expired")
    except signing.BadSignature:
        raise Http404 from None
    if post is None or post.removed_at:
        return gone(request, "removed")
    if post.published_at:
        return redirect(arrival(post)) if request.method == "POST" else gone(request, "published", post)
    match request.POST.get("antwoord"):
        case "ja":
            return accept(request, post)
        case "nee":
            post.refuse(NOT_MINE)
            return render(request, "posts/refused.html")
    return render(request, "posts/confirm.html", {"post": post})


def accept(request, post: Post):
    """The address is proven: publishes what this visitor wrote under it, and logs them in if they ask.

    Whom a coordinator has shut out waits for a moderator like anyone else.
    """
    user = User.objects.confirmed(post.email)
    if not user.is_active:
        return render(request, "posts/link_used.html", {"why": "waits"})
    post.confirm(user)
    post.refresh_from_db(fields=["published_at"])
    if request.visitor_id and request.visitor_id == post.visitor_id:
        welcome(request, user)
    return redirect(arrival(post))


def welcome(request, user: User) -> None:
    """Logs the writer in, in the browser that they wrote with. Never staff, nor who has a second factor."""
    if user.is_staff or is_mfa_enabled(user):
        visitors.link(request, user)
    elif not request.user.is_authenticated:
        login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")


def gone(request, why: str, post: Post | None = None):
    return render(request, "posts/link_used.html", {"why": why, "post": post}, status=410)
