"""One's own posts: changing them, taking them away, and putting them back.

A stranger's post is of the browser that wrote it. Once it is a person's, only they change it, logged in; every other
browser is told to log in, and keeps what was typed.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from posts.actions import writing
from posts.actions.confirming import Changed
from posts.actions.writing import NotTheirs, Writer
from posts.composing import kept_change
from posts.composing.arrival import arrival
from posts.composing.box import asked_otherwise, asks_otherwise, render_fields
from posts.forms import EditForm
from posts.models import Post, Removal
from posts.models.saying import answers_somebody, mark_of
from posts.reading.questions import question_of
from posts.screening import strangers
from posts.views import step
from posts.views.writing import TOO_MUCH
from werkplaats.models import User
from werkplaats.people import visitors
from werkplaats.site.context import site_of
from werkplaats.versions import SEEN, named, seen_in
from werkplaats.web.typed import typed_in

CHANGED = "gewijzigd"  # in the address: what was answered is another by now, and asked again


def of_its_writer(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A decorator of views that get a post: for its writer alone, who may have to log in first.

    Http404 for others, and for what a moderator took away or who has its address did not write.
    """

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request, pk):
        away = [Removal.MODERATOR, Removal.REFUSED, Removal.CHILD]
        posts = Post.objects.filter(erased_at=None).exclude(removal__in=away)
        post = get_object_or_404(posts.select_related("question__phase", "parent", "role", "visitor"), pk=pk)
        if not post.is_of(*writer_of(request)):
            return log_in_first(request, post)
        try:
            return view(request, post)
        except NotTheirs:
            return log_in_first(request, post)

    return guarded


def writer_of(request) -> Writer:
    return Writer(request.visitor_id, request.user)


def log_in_first(request, post: Post, *, to: str = "change"):
    """Asks to log in to change or to read it, without telling others of a post that they do not see.

    What was typed is kept.
    """
    away = request.user.is_authenticated or post.denied_at or post.erased_at or not post.owner_id
    if away or not (post.published_at or typed_on(request, post)):
        raise Http404
    kept = request.method == "POST" and kept_change.keep(request, post)
    context = {"post": post, "kept": kept, "to": to, "typed": typed_in(request)}
    return render(request, "posts/log_in.html", context, status=403)


def typed_on(request, post: Post) -> bool:
    """Whether this browser typed it, or its cookie is that of its owner who has to log in again.

    A post that its owner said yes to is no longer of the browser that typed it: its history knows which that was.
    """
    known = visitors.known(request)
    if known is None or known.visitor_id == post.visitor_id:
        return known is not None
    return known.user_key is None and post.events.filter(visitor=known.visitor_id).exists()


@of_its_writer
def edit(request, post):
    if not_there := away_from(request, post):
        return redirect(not_there)
    # What was typed before the log-in may be of another, who sat here.
    kept = kept_change.read(request, post) if request.method != "POST" and "nu" not in request.GET else None
    form = EditForm(request.POST if request.method == "POST" else kept, post=post, site=site_of(request))
    if request.method != "POST":
        return show(request, post, form, kept=kept)
    if status := goes_back(request, post, form):
        return show(request, post, form, status=status)
    if form.changed_data:
        hold = strangers.hold_for(form, User.objects.proven(request.user))
        try:
            writing.edit(post, writer_of(request), form.content(), hold=hold, seen=request.POST.get(SEEN, ""))
        except Changed:
            return show(request, post, form, status=409)
    kept_change.forget(request, post)
    return redirect(arrival(post, "gewijzigd"))


def away_from(request, post: Post) -> str:
    """Where to go with a post that is not to be changed now; empty for all others."""
    if post.removal == Removal.WRITER:
        if request.method == "POST":  # taken away on another device: put back, they have what they typed here
            kept_change.keep(request, post)
        return reverse("posts:withdraw", args=[post.pk])
    return step.address(post) if post.is_unfinished else ""


def show(request, post: Post, form: EditForm, *, kept: dict[str, Any] | None = None, status: int = 200):
    """The form; above it what the post says by now, if that is not what was on the page where this was typed."""
    now, typed_in = mark_of(post), kept if kept else request.POST
    context = {"post": post, "form": form, "fields": render_fields(form), "kept": bool(kept), "seen": now}
    context["changed"] = bool(typed_in) and typed_in.get(SEEN) != now
    context |= step.asked(post, site_of(request))
    return render(request, "posts/edit.html", context, status=status)


def goes_back(request, post: Post, form: EditForm) -> int:
    """The status with which the form goes back, with errors in it; 0 when the change may be made."""
    if asks_otherwise(request, form, post.language, question_of(post, site_of(request)), post.parent):
        return 409
    if not form.is_valid() or form.asks_first():
        return 422
    visitor, by = visitors.writing(request), User.objects.proven(request.user)
    if strangers.writes_too_much(visitor.pk, by, meeting=bool(post.meeting)):
        form.add_error(None, TOO_MUCH)
        return 429
    return 0


@of_its_writer
def withdraw(request, post):
    """Asks first; then offers to put it back, while that may: under what the page showed."""
    otherwise, site = "", site_of(request)
    if request.method == "POST":
        if "terug" not in request.POST:
            writing.withdraw(post, writer_of(request))
            return redirect("posts:withdraw", post.pk)
        otherwise = asked_otherwise(request, post.language, question_of(post, site), post.parent)
        if not otherwise:
            writing.put_back(post, writer_of(request))
        if post.removal != Removal.WRITER:
            return redirect(arrival(post, "teruggezet"))
    gone = post.removal == Removal.WRITER
    context = {"post": post, "gone": gone, "kept": kept_change.read(request, post), "otherwise": otherwise}
    context |= {"answers": answers_somebody(post.parent), **step.asked(post, site)}
    return render(request, "posts/withdraw.html", context, status=409 if otherwise else 200)


@of_its_writer
def rendering(request, post):
    """Takes what a moderator wrote in Dutch away from beside one's words, or lets it come back as it was read."""
    if request.method == "POST" and "terug" in request.POST:
        if writing.want_rendering(post, writer_of(request), seen_in(request.POST).get(post.pk, 0)):
            return redirect(post.place)
        return redirect(f"{request.path}?{CHANGED}")
    if request.method == "POST":
        writing.refuse_rendering(post, writer_of(request))
        return redirect("posts:rendering", post.pk) if post.rendering_refused_at else redirect(post.place)
    refused = post.rendering_refused_at is not None
    if not (refused or post.shown_rendering):
        return redirect(post.place)
    context = {"post": post, "refused": refused, "changed": CHANGED in request.GET, "seen": named([post])}
    return render(request, "posts/no_rendering.html", context)
