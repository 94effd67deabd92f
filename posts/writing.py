"""Writing: a contribution to a question, an answer to a post."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from posts import device, moderation, strangers, tasks, telling, threads
from posts.forms import WriteForm
from posts.models import Hold, Post, Question
from posts.pages import is_known, show_question, unanswered, writing_box
from werkplaats import htmx, limits, mail, posted, visitors
from werkplaats.context import site_of
from werkplaats.models import Picture, User

TOO_MUCH = "Je schrijft snel! Wacht een paar minuten en druk dan nog eens: je tekst blijft staan."
FULL = (
    "Er wachten nu heel veel bijdragen op een moderator. Druk later nog eens: je tekst blijft staan. "
    'Kennen we je al? <a href="{}">Log in met een code</a>, dan kun je nu ook plaatsen.'
)


class TooMuch(Exception):
    """One visitor writes more than a person does."""


@posted.only("posts:question", "slug")
def create(request, slug):
    question = get_object_or_404(Question.objects.readable(), slug=slug)
    form = sent_form(request)
    if not question.is_current:
        return show_question(request, question, form=form, status=409, kept=True)
    post, status = send(request, form, question=question)
    if not post:
        return show_question(request, question, form=form, status=status)
    if not htmx.wants_fragment(request):
        return device.keep(request, redirect(arrival(post)))
    context = {"question": question, "written": post, **writing_box(request, site_of(request))}
    context |= {"threads": drawn_thread(request, post), "offer": unanswered(question, post)}
    return placed(request, htmx.respond(request, "posts/question.html", "written", context))


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, pk):
    """A page with the post and a box for an answer; for htmx the box alone, which opens under the post."""
    posts = Post.objects.public().filter(removed_at=None).select_related("question__phase", "role")
    parent = get_object_or_404(posts, pk=pk)
    form = sent_form(request, answer_to=pk)
    closed = not parent.question.is_current
    post, status = None, 409 if closed and form.is_bound else 200
    if form.is_bound and not closed:
        post, status = send(request, form, question=parent.question, parent=parent)
    if not post:
        context = {"post": parent, "question": parent.question, "closed": closed}
        context |= writing_box(request, site_of(request), form)
        return htmx.respond(request, "posts/answer.html", "box", context, status=status)
    if not htmx.wants_fragment(request):
        return device.keep(request, redirect(arrival(post)))
    drawn = threads.draw_answer(post, question=parent.question, visitor_id=request.visitor_id)
    return placed(
        request, HttpResponse(drawn, headers={"HX-Reswap": "innerHTML swapEmpty:true"})
    )  # closes the box


def sent_form(request, **options) -> WriteForm:
    """The writing box with what was sent; empty when nothing was."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    known = {"known": is_known(request), "remembered": device.remembered(request)}
    known["visitor_id"] = request.visitor_id
    return WriteForm(*sent, site=site_of(request), **known, **options)


def send(request, form: WriteForm, **place) -> tuple[Post | None, int]:
    """The post; or none, and the status with which the form goes back to its writer, who reads in it why."""
    post, status = try_to_send(request, form, **place)
    if not post:
        form.keep_picture(request)
    return post, status


def try_to_send(request, form: WriteForm, **place) -> tuple[Post | None, int]:
    if not form.is_valid() or form.asks_first():
        return None, 422
    if strangers.queue_is_full() and not confirmed_user(request):
        log_in = f"{reverse('account_login')}?next={reverse('posts:current')}"
        form.add_error(None, format_html(FULL, log_in))
        return None, 503
    try:
        return write(request, form, **place), 302
    except TooMuch:
        form.add_error(None, TOO_MUCH)
        return None, 429
    except ValidationError as error:
        form.add_error("picture", error)
        return None, 422


def write(request, form: WriteForm, **place) -> Post:
    """The post, and the mail that asks its writer to confirm. Sent twice, it is the one that is there.

    TooMuch when the visitor wrote many others a moment ago, ValidationError when the picture that was kept is gone;
    then nothing is written.
    """
    data = form.content()
    by = confirmed_user(request)
    visitor = visitors.writing(request)
    if by and visitor.user_id != by.pk:
        visitors.link(request, by)
        visitor = visitors.writing(request)
    address = by.email if by else data.get("email", "")
    hold = hold_for(request, form, by)
    mailable = bool(address) and not by and hold != Hold.HURRIED
    asks = mailable and limits.allows(request, "confirm_post", address)
    data |= {"email": address, "asked_at": timezone.now() if asks else None, "held_for": hold, **place}
    with transaction.atomic():
        post, is_new = Post.objects.write(visitor=visitor, by=by, **data)
        if is_new and strangers.writes_too_much(request):
            raise TooMuch
        give_picture(post, form)
        if is_new and asks:
            mail.later(tasks.send_confirmation, to=address, post_id=post.pk)
        if is_new and post.published_at:
            telling.became_public([post])
    device.note(request, form.cleaned_data)
    return post


def hold_for(request, form: WriteForm, by: User | None) -> str:
    """Why a moderator reads this first, also when its writer is known; empty when there is no such reason."""
    if strangers.looks_hurried(request):
        return Hold.HURRIED
    if form.hints:
        return Hold.HINT
    if by:
        return Hold.RECORD if moderation.has_record(by) else ""
    return Hold.LINKS if strangers.has_link(form.words) else ""


def give_picture(post: Post, form: WriteForm) -> None:
    """Stores the picture that came along. Of a post that has one already, or that was just written, it is the one."""
    if not form.cleaned_data["picture"] or post.picture_id:
        return
    post.picture = Picture.objects.use(form.cleaned_data["picture"], form.cleaned_data["alt"])
    post.save(update_fields=["picture"])


def placed(request, response):
    """Tells site.js that the draft of this form has arrived."""
    response.headers["X-Geplaatst"] = "1"
    return device.keep(request, response)


def confirmed_user(request) -> User | None:
    """Who is logged in, when the address has been proven theirs."""
    return User.objects.proven(request.user)


def arrival(post: Post, what: str = "geplaatst") -> str:
    """Where the writer sees what became of it: geplaatst, gewijzigd or teruggezet."""
    return f"{post.get_absolute_url()}?{what}#bijdrage-{post.pk}"


def drawn_thread(request, post: Post) -> list[str]:
    root = threads.root_of(post.root_id, request.visitor_id)
    return threads.draw(
        [root] if root else [],
        site=site_of(request),
        question=post.question,
        visitor_id=request.visitor_id,
        target=post.pk,
    )
