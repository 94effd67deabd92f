"""Reading the conversation, and responding to it with a thumb or a report."""

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.text import Truncator
from django.views.decorators.http import require_http_methods, require_safe

from posts import finding, moderation, threads
from posts.models import Post, Question, Removal, Report, Thumb
from posts.models.responses import Counted
from posts.pages import ARRIVED, announced, arrived, current_question, readable_question, show_question
from werkplaats import htmx, posted, visitors
from werkplaats.context import site_of
from werkplaats.fields import page_number
from werkplaats.history import leaves_no_history
from werkplaats.report_form import ReportForm

WISHES = {"op": Thumb.Value.UP, "neer": Thumb.Value.DOWN, "weg": None}


@require_safe
def current(request):
    site = site_of(request)
    if question := current_question(site):
        return show_question(request, question)
    others = [other for other in announced(site) if other.opened_at]
    return render(request, "posts/no_question.html", {"others": others})


@require_safe
def question(request, slug):
    return show_question(request, readable_question(site_of(request), slug))


@require_safe
def news(request, slug):
    """How much others wrote on a question since the moment `na`: asked again and again while someone reads it."""
    since = finding.moment(request.GET.get("na"))
    found = Question.objects.news(slug, since, request.visitor_id) if since else 0
    if found is None:
        raise Http404
    link = f"{reverse('posts:question', args=[slug])}{finding.EVERYTHING.link(since=since)}" if since else ""
    return render(request, "posts/question.html#news", {"count": found, "link": link})


@require_safe
def post(request, pk):
    """One contribution in its thread: where every link to it leads."""
    visible = Post.objects.visible_to(request.visitor_id)
    wanted = visible.select_related("question", "root").only(
        "text", *ARRIVED, "question", "root__published_at"
    )
    found = get_object_or_404(wanted, pk=pk)
    root = threads.root_of(found.root_id, request.visitor_id)
    if root is None:
        raise Http404
    site, asked = site_of(request), found.question
    drawn = threads.draw([root], site=site, question=asked, visitor_id=request.visitor_id, target=pk)
    readable = found.is_public and found.root.published_at
    context = {
        "question": asked,
        "threads": drawn,
        "summary": Truncator(found.text).chars(200) if readable else "",
        **arrived(request, found),
    }
    return render(request, "posts/post.html", context)


@leaves_no_history
@posted.only("posts:post", "pk")
def thumb(request, pk, wish):
    """Makes the visitor's thumb on a post what they wish. The same wish twice is one thumb."""
    if wish not in WISHES:
        raise Http404
    value = WISHES[wish]
    counted = visitors.tap(request, lambda visitor_id: Thumb.objects.wish(pk, visitor_id, value))
    if counted is None:
        raise Http404
    if not htmx.wants_fragment(request):
        return redirect(place_of(request, pk, counted.question))
    return render(request, "posts/thread.html#thumbs", thumbs_shown(request, pk, counted, value))


def thumbs_shown(request, pk: int, counted: Counted, value: int | None) -> dict:
    """What the thumbs of a post need after a wish; one that was not allowed left what was there, and says so."""
    if not counted.allowed:
        given = Thumb.objects.filter(post=pk, visitor=request.visitor_id or None)
        value = given.values_list("value", flat=True).first()
    post = {
        "thumbs_up": counted.up,
        "thumbs_down": counted.down,
        "up_tag": threads.thumb_tag(pk, Thumb.Value.UP, value == Thumb.Value.UP),
        "down_tag": threads.thumb_tag(pk, Thumb.Value.DOWN, value == Thumb.Value.DOWN),
    }
    refused = "" if counted.allowed or not counted.open else "Dit duimpje staat uit bij deze vraag."
    context = {"post": post, "open": counted.open, "kinds": counted.kinds, "refused": refused}
    return {**context, "icons": static("img/icons.svg")}


def place_of(request, pk: int, slug: str) -> str:
    """Where a button was pressed without JavaScript: the list names its page, a post's page names none."""
    if "pagina" not in request.POST:
        return f"{reverse('posts:post', args=[pk])}#bijdrage-{pk}"
    number = page_number(request.POST["pagina"], last=10**6)
    wanted = finding.read(request.POST, site_of(request))
    return f"{reverse('posts:question', args=[slug])}{wanted.link(page=number)}#bijdrage-{pk}"


@require_http_methods(["GET", "HEAD", "POST"])
def report(request, pk):
    """Asks a moderator to look at a post; asking twice is asking once."""
    found = get_object_or_404(reportable(request.visitor_id), pk=pk)
    has_picture = bool(found.picture_id and found.picture_shown_at)
    form = ReportForm(request.POST if request.method == "POST" else None, picture=has_picture)
    if form.is_valid():
        moderation.report(found, visitors.writing(request), form.cleaned_data["reason"])
        if not htmx.wants_fragment(request):
            return redirect("posts:report", pk)
    reported = Report.objects.filter(post=found, visitor=request.visitor_id or None).exists()
    context = {"post": found, "form": form, "reported": reported}
    status = 422 if form.is_bound and form.errors else 200
    return htmx.respond(request, "posts/report.html", "reasons", context, status=status)


def reportable(visitor_id) -> QuerySet:
    """What people can read; and what this visitor reported and waits since: they are still thanked for it."""
    mine = Q(removal=Removal.HELD, pk__in=Report.objects.filter(visitor=visitor_id).values("post"))
    readable = Q(pk__in=Post.objects.readable().order_by().values("pk"))
    return Post.objects.filter(readable | mine).select_related("role")


@require_safe
def house_rules(request):
    return render(request, "posts/house_rules.html", {"glossary": site_of(request).lists.glossary})
