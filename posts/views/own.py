"""One's own posts: changing them, taking them away, and putting them back."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from posts.actions import writing
from posts.composing.arrival import arrival
from posts.composing.box import render_fields
from posts.forms import EditForm
from posts.models import Post, Removal
from posts.screening import strangers
from posts.views.writing import TOO_MUCH
from werkplaats.models import User
from werkplaats.people import visitors
from werkplaats.site.context import site_of


def own_post(request, pk: int) -> Post:
    """A post of this browser or user. Http404 for others, and for what a moderator took away."""
    mine = Post.objects.owned_by(request.visitor_id, request.user).filter(erased_at=None)
    post = get_object_or_404(mine.select_related("question__phase", "role"), pk=pk)
    if post.removal in (Removal.MODERATOR, Removal.REFUSED):
        raise Http404
    return post


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk):
    post = own_post(request, pk)
    if post.removal == Removal.WRITER:
        return redirect("posts:withdraw", pk)
    form = EditForm(request.POST if request.method == "POST" else None, post=post, site=site_of(request))
    status = goes_back(request, form) if form.is_bound else 200
    if status:
        context = {"post": post, "form": form, "fields": render_fields(form)}
        return render(request, "posts/edit.html", context, status=status)
    if form.changed_data:
        hold = strangers.hold_for(form, User.objects.proven(request.user))
        writing.edit(post, form.content(), hold=hold)
    return redirect(arrival(post, "gewijzigd"))


def goes_back(request, form: EditForm) -> int:
    """The status with which the form goes back, with errors in it; 0 when the change may be made."""
    if not form.is_valid() or form.asks_first():
        return 422
    if strangers.writes_too_much(visitors.writing(request).pk):
        form.add_error(None, TOO_MUCH)
        return 429
    return 0


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, pk):
    """Asks first; then offers to put it back, while that may."""
    post = own_post(request, pk)
    if request.method == "POST":
        if "terug" not in request.POST:
            post.withdraw()
            return redirect("posts:withdraw", pk)
        post.put_back()
        if post.removal != Removal.WRITER:
            return redirect(arrival(post, "teruggezet"))
    gone = post.removal == Removal.WRITER
    return render(request, "posts/withdraw.html", {"post": post, "gone": gone})
