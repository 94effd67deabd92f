"""The page of one post, and the house rules."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from posts.composing.arrival import ARRIVED, arrived
from posts.models import Post
from posts.reading import roots, threads
from werkplaats.site.context import site_of


@require_safe
def post(request, pk):
    """A post in its thread: every link to the post leads here."""
    visible = Post.objects.visible_to(request.visitor_id)
    fields = ("text", *ARRIVED, "question", "root__published_at")
    found = get_object_or_404(visible.select_related("question", "root").only(*fields), pk=pk)
    root = roots.root_of(found.root_id, request.visitor_id)
    if root is None:
        raise Http404
    site, asked = site_of(request), found.question
    drawn = threads.draw([root], site=site, question=asked, visitor_id=request.visitor_id, target=pk)
    readable = found.is_public and found.root.published_at
    summary = Truncator(found.text).chars(200) if readable else ""
    context = {"question": asked, "threads": drawn, "summary": summary, **arrived(request, found)}
    return render(request, "posts/post.html", context)


@require_safe
def house_rules(request):
    return render(request, "posts/house_rules.html", {"glossary": site_of(request).lists.glossary})
