"""Writing: a contribution to a question, an answer to a post."""

from django.db import transaction
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from posts import tasks, telling, threads
from posts.forms import WriteForm
from posts.models import Post, Question
from posts.pages import is_known, show_question, writing_box
from werkplaats import htmx, limits, mail, visitors
from werkplaats.context import site_of
from werkplaats.models import User


@require_POST
def create(request, slug):
    question = get_object_or_404(Question.objects.readable(), slug=slug)
    form = WriteForm(request.POST, site=site_of(request), known=is_known(request))
    if not question.is_current:
        return show_question(request, question, form=form, status=409, kept=True)
    if not form.is_valid():
        return show_question(request, question, form=form, status=422)
    post = write(request, form, question=question)
    if not htmx.wants_fragment(request):
        return redirect(arrival(post))
    context = {"question": question, "written": post, **writing_box(request, site_of(request))}
    context["threads"] = drawn_thread(request, post)
    return htmx.respond(request, "posts/question.html", "written", context)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, pk):
    """A page with the post and a box for an answer; for htmx the box alone, which opens under the post."""
    posts = Post.objects.public().filter(removed_at=None).select_related("question__phase", "role")
    parent = get_object_or_404(posts, pk=pk)
    data = request.POST if request.method == "POST" else None
    form = WriteForm(data, site=site_of(request), known=is_known(request), answer_to=pk)
    closed = not parent.question.is_current
    if data is None or closed or not form.is_valid():
        context = {"post": parent, "question": parent.question, "closed": closed}
        context |= writing_box(request, site_of(request), form)
        status = 200 if data is None else 409 if closed else 422
        return htmx.respond(request, "posts/answer.html", "box", context, status=status)
    post = write(request, form, question=parent.question, parent=parent)
    if not htmx.wants_fragment(request):
        return redirect(arrival(post))
    whole_thread = {"HX-Retarget": f"#bijdrage-{post.root_id}", "HX-Reswap": "outerHTML"}
    return HttpResponse("".join(drawn_thread(request, post)), headers=whole_thread)


def write(request, form: WriteForm, **place) -> Post:
    """The post, and the mail that asks its writer to confirm. Sent twice, it is the one that is there."""
    data = dict(form.cleaned_data)
    by = confirmed_user(request)
    visitor = visitors.writing(request)
    if by and visitor.user_id != by.pk:
        visitors.link(request, by)
        visitor = visitors.writing(request)
    address = by.email if by else data.get("email", "")
    asks = bool(address) and not by and limits.allows(request, "confirm_post", address)
    data |= {"email": address, "asked_at": timezone.now() if asks else None, **place}
    with transaction.atomic():
        post, is_new = Post.objects.write(visitor=visitor, by=by, **data)
        if is_new and asks:
            mail.later(tasks.send_confirmation, to=address, post_id=post.pk)
        if is_new and post.published_at:
            telling.became_public([post])
    return post


def confirmed_user(request) -> User | None:
    """Who is logged in, when the address has been proven theirs."""
    proven = {"emailaddress__verified": True, "emailaddress__email": F("email")}
    return User.objects.filter(pk=request.user.pk, **proven).first() if is_known(request) else None


def arrival(post: Post) -> str:
    """Where the writer sees what became of it."""
    return f"{post.get_absolute_url()}{'?geplaatst' if post.published_at else ''}#bijdrage-{post.pk}"


def drawn_thread(request, post: Post) -> list[str]:
    root = threads.root_of(post.root_id, request.visitor_id)
    return threads.draw(
        [root] if root else [],
        site=site_of(request),
        question=post.question,
        visitor_id=request.visitor_id,
        target=post.pk,
    )
