"""Reading the conversation, and responding to it with a thumb or a report."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from posts import threads
from posts.forms import ReportForm
from posts.models import Post, Report, Thumb
from posts.pages import announced, current_question, readable_question, show_question
from werkplaats import htmx, visitors
from werkplaats.context import site_of
from werkplaats.fields import page_number
from werkplaats.history import leaves_no_history
from werkplaats.models import lists_of

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
def post(request, pk):
    """One contribution in its thread: where every link to it leads."""
    visible = Post.objects.visible_to(request.visitor_id)
    found = get_object_or_404(
        visible.select_related("question").only("root", "published_at", "question"), pk=pk
    )
    root = threads.root_of(found.root_id, request.visitor_id)
    if root is None:
        raise Http404
    site, asked = site_of(request), found.question
    drawn = threads.draw([root], site=site, question=asked, visitor_id=request.visitor_id, target=pk)
    context = {
        "question": asked,
        "threads": drawn,
        "placed": "geplaatst" in request.GET and found.published_at,
    }
    return render(request, "posts/post.html", context)


@leaves_no_history
@require_POST
def thumb(request, pk, wish):
    """Makes the visitor's thumb on a post what they wish. The same wish twice is one thumb."""
    if wish not in WISHES:
        raise Http404
    found = Thumb.objects.of(pk)
    if found is None:
        raise Http404
    value = WISHES[wish]
    if found.open:
        visitor = visitors.writing(request)
        if value:
            Thumb.objects.give(pk, visitor, value)
        else:
            Thumb.objects.take_back(pk, visitor)
    if not htmx.wants_fragment(request):
        return redirect(place_of(request, pk, found.question))
    counted = Thumb.objects.of(pk) or found  # it may have been removed meanwhile
    post = {
        "thumbs_up": counted.up,
        "thumbs_down": counted.down,
        "up_tag": threads.thumb_tag(pk, Thumb.Value.UP, value == Thumb.Value.UP),
        "down_tag": threads.thumb_tag(pk, Thumb.Value.DOWN, value == Thumb.Value.DOWN),
    }
    context = {"post": post, "open": found.open, "icons": static("img/icons.svg")}
    return render(request, "posts/thread.html#thumbs", context)


def place_of(request, pk: int, slug: str) -> str:
    """Where a button was pressed without JavaScript: the list names its page, a post's page names none."""
    if "pagina" not in request.POST:
        return f"{reverse('posts:post', args=[pk])}#bijdrage-{pk}"
    number = page_number(request.POST["pagina"], last=10**6)
    return f"{reverse('posts:question', args=[slug])}?pagina={number}#bijdrage-{pk}"


@require_http_methods(["GET", "HEAD", "POST"])
def report(request, pk):
    """Asks a moderator to look at a post. It hides nothing, and asking twice is asking once."""
    found = get_object_or_404(Post.objects.public().filter(removed_at=None).select_related("role"), pk=pk)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        visitor = visitors.writing(request)
        Report.objects.file(found, visitor, form.cleaned_data["reason"])
        if not htmx.wants_fragment(request):
            return redirect("posts:report", pk)
    reported = Report.objects.filter(post=found, visitor=request.visitor_id or None).exists()
    context = {"post": found, "form": form, "reported": reported, "reasons": Report.Reason.choices}
    status = 422 if form.is_bound and form.errors else 200
    return htmx.respond(request, "posts/report.html", "reasons", context, status=status)


@require_safe
def house_rules(request):
    return render(request, "posts/house_rules.html", {"glossary": lists_of(site_of(request)).glossary})
