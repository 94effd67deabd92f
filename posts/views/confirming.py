"""Proving that an address is one's own: by the link in the mail on any device, or by a code in the browser that asked.

Opening a page changes nothing. It never publishes what somebody else wrote under the address: that is listed with its
words, and claimed or refused one by one. The answer is about the words that were on the page.
"""

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from posts import tokens
from posts.actions import confirming
from posts.actions.confirming import ASK_AGAIN, ASKED_FOR
from posts.composing.arrival import arrival
from posts.models import Hold, Post, Removal
from werkplaats.accounts.views import WORDS, under_way
from werkplaats.models import User
from werkplaats.people import earlier
from werkplaats.site.context import site_of
from werkplaats.versions import named, seen_in
from werkplaats.web import limits, only_post

NOT_MINE = "Wie dit e-mailadres heeft, schreef deze bijdrage niet."
CHANGED = "gewijzigd"  # in the address: what was answered is another by now, and asked again


@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """The page behind the link in the mail."""
    try:
        pk, works = tokens.read(token)
    except signing.BadSignature:
        raise Http404 from None
    post = Post.objects.filter(pk=pk).first()
    if post and works:
        unclaimed = list(Post.objects.unclaimed_under(post.email))
        if unclaimed or denies_withdrawn(request, post):
            return ask(request, post.email, unclaimed, about=post)
        if post.is_public and request.method == "POST":
            return redirect(arrival(post))
    return gone(request, post, expired=not works)


def denies_withdrawn(request, post: Post) -> bool:
    """Whether this is a *nee* about what its writer took away after the page was opened, and may put back."""
    about_it = request.POST.get("antwoord") == "nee" and request.POST.get("bijdrage") == str(post.pk)
    return about_it and post.removal == Removal.WRITER and not post.author_id


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claims(request):
    """What stands under the address of a user who has just logged in: that alone does not make it theirs."""
    user = User.objects.proven(request.user)
    if user is None:
        return redirect("posts:current")
    if unclaimed := list(Post.objects.unclaimed_under(user.email)):
        return ask(request, user.email, unclaimed)
    newest = Post.objects.filter(author=user, removed_at=None).first()
    return redirect(arrival(newest) if newest else "posts:current")


@only_post.only("posts:post", "pk")
def mail_code(request, pk):
    """Mails a code to the address of one's own waiting post, to type instead of opening a link.

    The code proves the address; what it publishes is what the page showed.
    """
    post = get_object_or_404(Post.objects.asking(request.visitor_id), pk=pk)
    if seen_in(request.POST) != {pk: post.version}:
        return redirect(post.place)
    if not limits.allows_code(request, post.email):
        return render(request, "429.html", status=429)
    user = User.objects.unconfirmed(post.email)
    LoginCodeVerificationProcess.initiate(request=request, user=user, email=post.email)
    begun = under_way(request)
    request.session[ASKED_FOR] = (pk, post.version, begun)
    request.session[WORDS] = (begun, f"{post.name}: {post.text}")
    return redirect(f"{reverse('account_confirm_login_code')}?next={reverse('posts:claims')}")


def ask(request, email: str, unclaimed: list[Post], *, about: Post | None = None):
    """Shows what is nobody's yet under an address, each with its words; carries out the answer in the form, if any.

    `about` is the post of the mail. What was written in the same browser comes with its button if it is ticked: many
    people write on a computer at school.
    """
    if confirming.is_shut_out(email):
        return saved(request)
    first = [post for post in unclaimed if post == about]
    same = {post.visitor_id for post in first} - {None}
    mine = [post for post in unclaimed if post.visitor_id in same and post not in first]
    others = [post for post in unclaimed if post not in (*first, *mine)]
    listed = {str(post.pk): post for post in [*first, *others]}
    answered_about = request.POST.get("bijdrage") or next(iter(listed), "")
    chosen, said = listed.get(answered_about), request.POST.get("antwoord")
    if said == "nee" and chosen is None and about and answered_about == str(about.pk):
        chosen = about  # its writer took it away meanwhile, and may put it back
    if chosen and said in ("ja", "nee"):
        return answered(request, chosen, yes=said == "ja")
    shown = [confirming.asked(posts, email, site_of(request).soon) for posts in (first, mine, others)]
    changed = CHANGED in request.GET or request.session.pop(ASK_AGAIN, False)
    context = {"email": email, "changed": changed, "together": named([*first, *mine])}
    context |= zip(("first", "mine", "others"), shown, strict=True)
    return render(request, "posts/confirm.html", context)


def answered(request, post: Post, *, yes: bool):
    """Carries out what the owner of an address says of a post and of what they ticked with it.

    Asks again, and changes nothing, when one of these is another by now.
    """
    shown, meant = seen_in(request.POST), {str(post.pk), *request.POST.getlist("ook")}
    seen = {pk: version for pk, version in shown.items() if str(pk) in meant}
    try:
        if post.pk not in seen:
            raise confirming.Changed
        if not yes:
            confirming.refuse(post.email, seen, NOT_MINE)
        elif not welcome(request, post, confirming.confirm(post.email, seen)):
            return saved(request)
    except confirming.Changed:
        return redirect(f"{request.path}?{CHANGED}")
    if Post.objects.unclaimed_under(post.email).exists():
        return redirect(request.path)
    if not yes:
        return render(request, "posts/refused.html")
    post.refresh_from_db()
    return redirect(earlier.ask_first(request, arrival(post))) if post.is_public else saved(request)


def welcome(request, post: Post, user: User | None) -> bool:
    """Logs the writer in, in the browser that they wrote with. Never staff or a user with a second factor.

    Returns whether there is a user: who was shut out waits for a moderator like everyone else.
    """
    wrote_here = request.visitor_id and request.visitor_id == post.visitor_id
    if user and wrote_here and (user.is_staff or is_mfa_enabled(user)):
        earlier.settle(user)
    elif user and wrote_here and not request.user.is_authenticated:
        login(request, user, backend="allauth.account.auth_backends.AuthenticationBackend")
        earlier.say_yes(request)
    return user is not None


def saved(request):
    return render(request, "posts/link_used.html", {"why": "waits"})


def gone(request, post: Post | None, *, expired: bool):
    """What became of the post of a link that has no use any more, and how to get on."""
    why = what_became_of(post)
    claimable = bool(post and post.email and not post.author_id and why in ("waits", "published"))
    context = {"why": why, "post": post, "expired": expired, "claimable": claimable}
    return render(request, "posts/link_used.html", context, status=410)


def what_became_of(post: Post | None) -> str:
    if post is None:
        return "removed"
    if post.removal == Removal.REFUSED or post.held_for == Hold.DENIED:
        return "denied"
    if post.is_public:
        return "published"
    return "waits" if post.is_waiting or post.is_held else "removed"
