"""Writing a contribution to a question, or an answer to a post: its text, or all at once."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods
from django_htmx.http import reswap

from posts.actions.writing import TooMuch, write, write_text
from posts.composing import device
from posts.composing.arrival import arrival, thanks
from posts.composing.box import asks_otherwise, box_form, writing_box
from posts.forms import TextForm, WriteForm
from posts.models import Hold, Post, Question
from posts.models.saying import under
from posts.models.whose import Reader
from posts.reading import roots, threads
from posts.screening import strangers
from posts.talk import show_question
from posts.views import step
from werkplaats import versions
from werkplaats.invited import via
from werkplaats.invited.models import Act
from werkplaats.models import User
from werkplaats.people import visitors
from werkplaats.pictures.forms import status_of
from werkplaats.site.context import site_of
from werkplaats.web import htmx, only_post, programs

TOO_MUCH = "Je schrijft snel! Wacht een paar minuten en druk dan nog eens: je tekst blijft staan."
FULL = (
    "Er wachten nu heel veel bijdragen op een moderator. Druk later nog eens: je tekst blijft staan. "
    'Kennen we je al? <a href="{}">Log in met een code</a>, dan kun je nu ook plaatsen.'
)
CROWDED = "Er komen nu heel veel bijdragen tegelijk binnen. Druk over een uur nog eens: je tekst blijft staan."


@only_post.only("posts:question", "slug")
def create(request, slug):
    """Adds a contribution. htmx gets the second step, or what became of it and the new thread beside it."""
    form = box_form(request)  # reads the site first: what is kept under its version may be newer, never older
    question = get_object_or_404(Question.objects.opened().with_translations(), slug=slug)
    if not question.is_current:
        return show_question(request, question, form=form, status=409, kept=True)
    post, status = send(request, form, question=question)
    if not post:
        return show_question(request, question, form=form, status=status)
    count_sent(request, post)
    if post.is_unfinished:
        return ask_sender(request, post, form)
    if not htmx.wants_fragment(request):
        return device.keep(request, redirect(arrival(post)))
    context = {"question": question, "threads": drawn_thread(request, post, target=post.pk)}
    context |= {**thanks(request, post, just_sent=True), **writing_box(request, site_of(request), question=question)}
    return placed(request, htmx.respond(request, "posts/question.html", "written", context))


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, pk):
    """A page with the post and a box for an answer; for htmx the box alone, to open under the post."""
    posts = Post.objects.public().filter(removed_at=None).select_related("question__phase", "role")
    parent = get_object_or_404(posts, pk=pk)
    form = box_form(request, answer_to=pk)
    closed = not parent.question.is_current
    post, status = None, 409 if closed and form.is_bound else 200
    if form.is_bound and not closed:
        post, status = send(request, form, question=parent.question, parent=parent)
    if not post:
        context = {"post": parent, "question": parent.question, "closed": closed}
        context["under"] = under(parent.question, parent)
        context["is_anew"] = versions.is_other(request.GET, parent)
        context |= writing_box(request, site_of(request), form)
        return htmx.respond(request, "posts/answer.html", "box", context, status=status)
    return ask_sender(request, post, form) if post.is_unfinished else answered(request, post, parent)


def ask_sender(request, post: Post, form: TextForm | WriteForm):
    """The second step, in the place of the box or at an address of its own."""
    if htmx.wants_fragment(request):
        return placed(request, step.show(request, post, meeting=form.for_meeting))
    return device.keep(request, redirect(via.along(request, step.address(post, meeting=form.for_meeting))))


def answered(request, post: Post, parent: Post):
    """What became of an answer; htmx gets it in its place in the thread."""
    if not htmx.wants_fragment(request):
        return device.keep(request, redirect(arrival(post)))
    reader = Reader.of(request)
    drawn = threads.draw_answer(post, parent, site=site_of(request), question=post.question, reader=reader)
    # All of it is in <hx-partial>: nothing is left to swap into the box, which closes it.
    closing = reswap(HttpResponse(drawn), "innerHTML swapEmpty:true")  # type: ignore[arg-type]  # with a modifier
    return placed(request, closing)


def send(request, form: TextForm | WriteForm, **place) -> tuple[Post | None, int]:
    """The post; or None, and the status with which the form goes back, with errors in it."""
    otherwise = asks_otherwise(request, form, form.language, **place)
    if isinstance(form, TextForm):
        return (None, 409) if otherwise else try_to_keep(request, form, **place)
    post, status = (None, 409) if otherwise else try_to_send(request, form, **place)
    if not post:
        form.keep_picture(request)
    return post, status


def count_sent(request, post: Post) -> None:
    """That somebody wrote in the box of a question, by the link that opened the page or without one."""
    if post.question.page:
        return
    finished = post.is_just_finished or (post.is_new and not post.is_unfinished)
    acts = [Act.SENT] * post.is_new + [Act.FINISHED] * finished
    via.count(request, *acts, also_without=True)


def try_to_keep(request, form: TextForm, **place) -> tuple[Post | None, int]:
    """Keeps a text until its writer says who they are."""
    if not form.is_valid() or form.asks_first():
        return None, 422
    if strangers.too_many_unfinished():
        form.add_error(None, CROWDED)
        return None, 503
    by = User.objects.proven(request.user)
    hold = Hold.HURRIED if programs.looks_hurried(request) else strangers.hold_for(form, by)
    try:
        visitor, content = visitors.writing_as(request, by), form.content() | place
        return write_text(visitor, content, hold=hold, by=by, meeting=form.for_meeting), 302
    except TooMuch:
        form.add_error(None, TOO_MUCH)
        return None, 429


def try_to_send(request, form: WriteForm, **place) -> tuple[Post | None, int]:
    if not form.is_valid() or form.asks_first():
        return None, status_of(form)
    by = User.objects.proven(request.user)
    if not by and strangers.queue_is_full():
        form.add_error(None, full())
        return None, 503
    given = {name: form.cleaned_data[name] for name in ("picture", "alt")}
    hold = Hold.HURRIED if programs.looks_hurried(request) else strangers.hold_for(form, by)
    try:
        post = write(visitors.writing_as(request, by), by, form.content() | place, hold=hold, **given)
    except TooMuch:
        form.add_error(None, TOO_MUCH)
        return None, 429
    except ValidationError as error:
        form.add_error("picture", error)
        return None, 422
    device.note(request, form.cleaned_data)
    return post, 302


def full() -> SafeString:
    return format_html(FULL, f"{reverse('account_login')}?next={reverse('posts:current')}")


def placed(request, response):
    """Tells drafts.js that the draft of this form was posted."""
    response.headers["X-Geplaatst"] = "1"
    return device.keep(request, response)


def drawn_thread(request, post: Post, *, target: int | None) -> list[SafeString]:
    reader = Reader.of(request)
    root = roots.root_of(post.root_id, reader)
    return threads.draw(
        [root] if root else [], site=site_of(request), question=post.question, reader=reader, target=target
    )
