"""Proving that an address is one's own: by the link in the mail on any device, or by a code in the browser that asked.

Opening a page changes nothing. It never publishes what somebody else wrote under the address: that is listed with its
words, and claimed or refused one by one.
"""

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from posts import tokens
from posts.actions import confirming
from posts.composing.arrival import arrival
from posts.models import Post
from werkplaats.models import User
from werkplaats.people import earlier
from werkplaats.web import limits, only_post

NOT_MINE = "Wie dit e-mailadres heeft, schreef deze bijdrage niet."


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """The page behind the link in the mail."""
    try:
        post = Post.objects.select_related("role", "question").filter(pk=tokens.read(token)).first()
    except signing.SignatureExpired:
        return gone(request, "expired")
    except signing.BadSignature:
        raise Http404 from None
    if post is None:
        return gone(request, "removed")
    others = Post.objects.unclaimed_under(post.email).exclude(pk=post.pk)
    if post.is_waiting and post.author_id is None:
        mine = others.filter(visitor=post.visitor_id) if post.visitor_id else others.none()
        return ask(request, post.email, [post], mine=mine, others=others.exclude(pk__in=mine.values("pk")))
    if others:
        return ask(request, post.email, [], others=others)
    if post.removed_at or post.is_waiting:
        return gone(request, "removed" if post.removed_at else "waits")
    return redirect(arrival(post)) if request.method == "POST" else gone(request, "published", post)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claims(request):
    """What waits under the address of a user who has just logged in: that alone does not publish it."""
    user = User.objects.proven(request.user)
    if user is None:
        return redirect("posts:current")
    if others := Post.objects.unclaimed_under(user.email):
        return ask(request, user.email, [], others=others)
    newest = Post.objects.filter(author=user, removed_at=None).first()
    return redirect(arrival(newest) if newest else "posts:current")


@only_post.only("posts:post", "pk")
def mail_code(request, pk):
    """Mails a code to the address of one's own waiting post, to type instead of opening a link."""
    own = Post.objects.owned_by(request.visitor_id).waiting().filter(author=None, asked_at__isnull=False)
    post = get_object_or_404(own, pk=pk)
    if not limits.allows_code(request, post.email):
        return render(request, "429.html", status=429)
    user = User.objects.unconfirmed(post.email)
    LoginCodeVerificationProcess.initiate(request=request, user=user, email=post.email)
    return redirect(f"{reverse('account_confirm_login_code')}?next={reverse('posts:claims')}")


def ask(request, email: str, first: list[Post], *, others, mine=()):
    """Shows what waits under an address, each with its words; carries out the answer in the form, if any."""
    listed = {str(post.pk): post for post in [*first, *others]}
    chosen = listed.get(request.POST.get("bijdrage") or next(iter(listed)))
    left, said = len(listed) > 1, request.POST.get("antwoord")
    if chosen and said == "ja":
        return accept(request, chosen, left=left)
    if chosen and said == "nee":
        chosen.refuse(NOT_MINE)
        return redirect(request.path) if left else render(request, "posts/refused.html")
    context = {"first": first, "mine": mine, "others": others, "email": email}
    return render(request, "posts/confirm.html", context)


def accept(request, post: Post, *, left: bool):
    """Publishes what this visitor wrote under the address, which is proven now, and logs them in.

    A user whom a coordinator has shut out waits for a moderator like everyone else.
    """
    user = User.objects.confirmed(post.email)
    if not user.is_active:
        return saved(request)
    confirming.confirm(post, user)
    if request.visitor_id and request.visitor_id == post.visitor_id:
        welcome(request, user)
    if left:
        return redirect(request.path)
    post.refresh_from_db()
    return redirect(earlier.ask_first(request, arrival(post))) if post.is_public else saved(request)


def welcome(request, user: User) -> None:
    """Logs the writer in, in the browser that they wrote with. Never staff or a user with a second factor."""
    if user.is_staff or is_mfa_enabled(user):
        earlier.settle(user)
    elif not request.user.is_authenticated:
        login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")


def saved(request):
    return render(request, "posts/link_used.html", {"why": "waits"})


def gone(request, why: str, post: Post | None = None):
    return render(request, "posts/link_used.html", {"why": why, "post": post}, status=410)
