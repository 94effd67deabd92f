"""The second step: whoever sent a text says who they are. The browser that wrote it alone gets here."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from posts.actions.writing import NotTheirs, Writer, finish
from posts.composing import device
from posts.composing.arrival import arrival, thanks
from posts.composing.box import asks_otherwise, sender_form
from posts.forms import SenderForm
from posts.models import Hold, Post, Removal
from posts.reading.questions import question_of
from posts.screening import strangers
from posts.views import step
from posts.views.writing import answered, drawn_thread
from werkplaats.invited import via
from werkplaats.invited.models import Act
from werkplaats.models import User
from werkplaats.people import earlier, visitors
from werkplaats.pictures.forms import status_of
from werkplaats.site.context import site_of
from werkplaats.web import htmx, programs
from werkplaats.web.typed import typed_in

FULL = (
    "Je bijdrage is bewaard, maar er wachten nu heel veel bijdragen op een moderator. Druk later nog eens op Klaar. "
    'Kennen we je al? <a href="{}">Log in met een code</a>, dan kun je nu ook plaatsen.'
)


@require_http_methods(["GET", "HEAD", "POST"])
def sender(request, pk):
    """Asks who wrote a text that was kept, and finishes it. Its question may have closed since: it came in time."""
    post = Post.objects.select_related("question__phase", "visitor", "parent").filter(pk=pk).first()
    if not post or not post.is_of(request.visitor_id, request.user):
        return not_here(request, post)
    if not post.is_unfinished:
        return what_became(request, post)
    if request.method != "POST":
        return step.show(request, post)
    form = sender_form(request, request.POST, request.FILES)
    try:
        status = try_to_finish(request, post, form)
    except NotTheirs:
        return not_here(request, post)
    if not status:
        return finished(request, post)
    form.keep_picture(request)
    return step.show(request, post, form, status=status)


def try_to_finish(request, post: Post, form: SenderForm) -> int:
    """The status with which the form goes back, with errors in it; 0 when it was finished, now or before."""
    if asks_otherwise(request, form, post.language, question_of(post, site_of(request)), post.parent):
        return 409
    if not form.is_valid() or form.asks_first():
        return status_of(form)
    by = User.objects.proven(request.user)
    if not by and strangers.queue_is_full():
        form.add_error(None, format_html(FULL, f"{reverse('account_login')}?next={step.address(post)}"))
        return 503
    hold = Hold.HURRIED if request.POST.get(programs.TRAP) else step.hold_for(post, form, by)
    given = {name: form.cleaned_data[name] for name in ("picture", "alt")}
    writer, in_a_box = Writer(request.visitor_id, request.user), not (post.parent_id or post.question.page)
    try:
        finish(post, writer, visitors.writing_as(request, by), by, form.content(), hold=hold, **given)
    except ValidationError as error:
        form.add_error("picture", error)
        return 422
    if post.is_just_finished and in_a_box:
        via.count(request, Act.FINISHED, also_without=True)
    device.note(request, form.cleaned_data)
    return 0


def finished(request, post: Post):
    """What became of it: thanks in the place of the step, with the new thread beside it; or the page of the post."""
    if not post.is_waiting and not post.is_public:
        return what_became(request, post)
    page = arrival(post)
    if not htmx.wants_fragment(request):
        return device.keep(request, redirect(page))
    if post.parent:
        return answered(request, post, post.parent)
    context = {"question": post.question, "threads": drawn_thread(request, post, target=None)}
    context |= {**thanks(request, post, just_sent=True), "thanked": True}
    response = htmx.respond(request, "posts/sender.html", "done", context)
    response.headers["HX-Replace-Url"] = page
    return device.keep(request, response)


def what_became(request, post: Post):
    """There is no step left: it was taken, or a moderator was quicker."""
    gone = post.removal == Removal.WRITER
    if post.removal and not gone and not post.is_held:
        return missing(request, removed=True)
    place = reverse("posts:withdraw", args=[post.pk]) if gone else arrival(post)
    if typed_in(request):
        return missing(request, went=place, status=409)
    return htmx.redirect(request, place)


def not_here(request, post: Post | None):
    """Who logged in since first says whether they were here before; nobody else learns that there is such a post."""
    wrote = post.visitor if post else None
    if wrote and request.user.is_authenticated and earlier.of(request) == wrote:
        return htmx.redirect(request, earlier.ask_first(request, request.path))
    return missing(request)


def missing(request, *, removed: bool = False, went: str = "", status: int = 404):
    """There is no step: its post was `removed`, or `went` to that address without it, or is not known here."""
    context = {"removed": removed, "went": went, "typed": typed_in(request)}
    return htmx.respond(request, "posts/no_step.html", "words", context, status=status)
