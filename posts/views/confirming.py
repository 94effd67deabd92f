"""Proving that an address is one's own: by the link in the mail on any device, or by a code in the browser that asked.

Opening a page changes nothing. It never publishes what somebody else wrote under the address: that is listed with its
words, and claimed or refused one by one. The answer is about the words that were on the page.
"""

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
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
from posts.models import Denied, Post
from posts.models.saying import answers_somebody, named_under, state_beside, told_by
from werkplaats.accounts.views import WORDS, under_way
from werkplaats.models import User
from werkplaats.people import earlier
from werkplaats.site.context import site_of
from werkplaats.versions import seen_in, states_in
from werkplaats.web import limits, only_post
from werkplaats.web.addresses import whole_number
from werkplaats.words import in_the_cafe, isolated, number

NOT_MINE = "Wie dit e-mailadres heeft, schreef deze bijdrage niet."
SHOWN = "onder"  # the field of a form that proves what its page showed, and under which address
CHANGED = "gewijzigd"  # in the address: what was answered is another by now, and asked again
DONE = "klaar"  # in the address: which post was answered, where more are asked about


@cache_control(private=True, no_store=True)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request, token):
    """The page behind the link in the mail."""
    try:
        pk, works = tokens.read(token)
    except signing.BadSignature:
        raise Http404 from None
    post, shown = Post.objects.filter(pk=pk).first(), shown_on(request)
    email = (post and post.email) or (shown.email if pk in shown.posts else "")  # its writer took that away meanwhile
    # A no on a page that was opened in time comes in time.
    in_time = works or (shown.email == email and request.POST.get("antwoord") == "nee")
    page = ask(request, email, about=post) if post and in_time else None
    return page or gone(request, post, expired=not works)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def claims(request):
    """What stands under the address of a user who has just logged in: that alone does not make it theirs."""
    user = User.objects.proven(request.user)
    if user is None:
        return redirect("posts:current")
    if page := ask(request, user.email):
        return page
    newest = Post.objects.filter(author=user, removed_at=None).first()
    return redirect(arrival(newest) if newest else "posts:current")


@only_post.only("posts:post", "pk")
def mail_code(request, pk):
    """Mails a code to the address of one's own waiting post, to type instead of opening a link.

    The code proves the address; what it publishes is what the page showed.
    """
    asking = Post.objects.asking(request.visitor_id).select_related(
        "question", "parent", "role", "werkgebied", "picture"
    )
    post = get_object_or_404(asking.with_translation(), pk=pk)
    if seen_in(request.POST) != {pk: post.version}:
        return redirect(post.place)
    if not limits.allows_code(request, post.email):
        return render(request, "429.html", status=429)
    user = User.objects.unconfirmed(post.email)
    LoginCodeVerificationProcess.initiate(request=request, user=user, email=post.email)
    begun = under_way(request)
    request.session[ASKED_FOR] = (pk, post.version, begun, state_beside(post))
    request.session[WORDS] = (begun, f"{place_of(post)}\n\n{signed(post)}: {post.text}{picture_of(post)}")
    return redirect(f"{reverse('account_confirm_login_code')}?next={reverse('posts:claims')}")


def signed(post: Post) -> str:
    """All that stands by its words, as who says yes to them puts it under these."""
    if post.in_room:
        meeting, size = in_the_cafe(post.meeting_size), ""
    else:
        meeting = f"namens een overleg: {isolated(post.meeting)}" if post.meeting else ""
        size = number(post.meeting_size, "persoon,mensen") if post.meeting and post.meeting_size else ""
    return ", ".join(filter(None, map(str, (post.name, post.role or "", post.werkgebied or "", meeting, size))))


def picture_of(post: Post) -> str:
    return f"\n\nMet een foto of tekening: {post.picture.alt}" if post.picture else ""


def place_of(post: Post) -> str:
    """What its words are an answer to."""
    if post.parent and answers_somebody(post.parent):
        return f"Antwoord aan {post.parent.name}: «{post.parent.text}»"
    asked = (post.question.text, *told_by(post.question, post.translation))
    return "Bij " + " ".join(f"«{each}»" for each in asked if each)


def ask(request, email: str, *, about: Post | None = None):
    """Shows what is nobody's yet under an address, each with its words; or carries out the answer in the form.

    `about` is the post of the mail. What was written in the same browser comes with its button if it is ticked: many
    people write on a computer at school. None when there is nothing to ask, and nothing was answered.
    """
    unclaimed = list(Post.objects.unclaimed_under(email))
    if page := answered(request, email, unclaimed):
        return page
    if not unclaimed:
        return None
    first = [post for post in unclaimed if post == about]
    same = {post.visitor_id for post in first} - {None}
    mine = [post for post in unclaimed if post.visitor_id in same and post not in first]
    others = [post for post in unclaimed if post not in (*first, *mine)]
    shown = [confirming.asked(posts, email, site_of(request).soon) for posts in (first, mine, others)]
    changed = CHANGED in request.GET or request.session.pop(ASK_AGAIN, False)
    context = {"email": email, "changed": changed, "together": named_under([*first, *mine])}
    context["done"] = just_done(request, email)
    context["only_no"] = confirming.is_shut_out(email)
    context |= {"shown": tokens.make_shown(email, unclaimed)}
    context |= zip(("first", "mine", "others"), shown, strict=True)
    return render(request, "posts/confirm.html", context)


def just_done(request, email: str) -> dict | None:
    """What became of the post that was answered on the page before, if it was by who has this address."""
    pk = whole_number(request.GET.get(DONE, ""))
    post = Post.objects.filter(pk=pk).select_related("author").first() if pk else None
    if post and post.proven_address == email and (post.is_held or not post.removed_at):
        return {"post": post, "opens": post.is_public or request.user.pk == post.author_id}
    return {"post": None} if post and post.denied_at else None


def shown_on(request) -> tokens.Shown:
    """What the page showed on which this answer was given."""
    return tokens.read_shown(request.POST.get(SHOWN, ""))


def answered(request, email: str, unclaimed: list[Post]):
    """Carries out what the owner of an address says of a post and of what they ticked with it; None when nothing.

    Asks again, and changes nothing, when one of these is another by now.
    """
    said, about, versions = request.POST.get("antwoord"), request.POST.get("bijdrage"), seen_in(request.POST)
    meant = {about, *request.POST.getlist("ook")}
    seen = {pk: version for pk, version in versions.items() if str(pk) in meant}
    post = Post.objects.filter(pk__in=[pk for pk in seen if str(pk) == about]).first()
    if not email or not post or said not in ("ja", "nee"):
        return None
    try:
        return said_no(request, email, post, seen) if said == "nee" else said_yes(request, email, post, seen, unclaimed)
    except confirming.Changed:
        return redirect(f"{request.path}?{CHANGED}")


def said_yes(request, email: str, post: Post, seen: dict[int, int], unclaimed: list[Post]):
    if post not in unclaimed:
        return too_late(request, email, post, unclaimed)
    if not welcome(request, post, confirming.confirm(email, seen, states_in(request.POST))):
        return saved(request)
    if Post.objects.unclaimed_under(email).exists():
        return redirect(f"{request.path}?{DONE}={post.pk}")
    post.refresh_from_db()
    sees_it = post.is_public or request.user.pk == post.author_id
    return redirect(earlier.ask_first(request, arrival(post))) if sees_it else saved(request)


def too_late(request, email: str, post: Post, unclaimed: list[Post]):
    """A yes to what is not asked any more: tells what became of it who was shown that it stood there."""
    shown = shown_on(request)
    if shown.email != email or post.pk not in shown.posts:
        return None
    if unclaimed:
        return redirect(f"{request.path}?{CHANGED}")
    return redirect(arrival(post)) if post.is_public and post.author_id else gone(request, post)


def said_no(request, email: str, post: Post, seen: dict[int, int]):
    """Tells what it did: that depends on what became of the post since the page was opened."""
    shown = shown_on(request)
    came = confirming.refuse(email, seen, NOT_MINE, shown=shown.posts if shown.email == email else ()).get(post.pk)
    if came is None:
        return None
    more = Post.objects.unclaimed_under(email).exists()
    if more and came != Denied.WITHDRAWN:
        return redirect(f"{request.path}?{DONE}={post.pk}")
    post.refresh_from_db()
    if came == Denied.NOTHING:
        return gone(request, post)
    return render(request, "posts/refused.html", {"came": came, "post": post, "more": more})


def welcome(request, post: Post, user: User | None) -> bool:
    """Logs the writer in, in the browser that they wrote with. Never staff or a user with a second factor.

    Returns whether there is a user: who was shut out waits for a moderator like everyone else.
    """
    wrote_here = request.visitor_id and request.visitor_id == post.visitor_id  # as it was before their yes
    if not user or user.is_staff or is_mfa_enabled(user):
        return user is not None
    if wrote_here and not request.user.is_authenticated:
        login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
        earlier.say_yes(request)
    return True


def saved(request):
    return render(request, "posts/link_used.html", {"why": "waits"})


def gone(request, post: Post | None, *, expired: bool = False):
    """What became of the post of a link that has no use any more, and how to get on."""
    why = what_became_of(post)
    claimable = bool(post and post.email and not post.author_id and why in ("waits", "published"))
    context = {"why": why, "post": post, "expired": expired, "claimable": claimable}
    return render(request, "posts/link_used.html", context, status=410)


def what_became_of(post: Post | None) -> str:
    if post is None:
        return "removed"
    if post.is_public or post.is_waiting or (post.is_held and not post.denied_at):
        let_go = not post.email and not post.author_id  # its writer turned pupil, or a moderator brought it back
        return "let go" if let_go else "published" if post.is_public else "waits"
    return "denied" if post.denied_at else "removed"
