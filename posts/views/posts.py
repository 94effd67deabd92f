"""The page of one post, and the house rules."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from posts.composing import looking
from posts.composing.arrival import ARRIVED, arrived
from posts.models import Post
from posts.models.whose import Reader
from posts.reading import roots, threads
from posts.views.own import log_in_first
from werkplaats.site.context import site_of


@require_safe
def post(request, pk):
    """A post in its thread: every link to the post leads here."""
    return show(request, pk)


def show(request, pk: int, *, status: int = 200, is_anew: bool = False):
    """`is_anew`: its words changed while the reader pressed something, and it says so."""
    reader = Reader.of(request)
    visible = Post.objects.visible_to(reader)
    fields = ("text", *ARRIVED, "question", "root__published_at")
    found = visible.select_related("question", "root").only(*fields).filter(pk=pk).first()
    if found is None:
        waits = Post.objects.filter(removed_at=None).select_related("visitor")
        return log_in_first(request, get_object_or_404(waits, pk=pk), to="read")
    root = roots.root_of(found.root_id, reader)
    if root is None:
        raise Http404
    site, asked, mine = site_of(request), found.question, [("anew", pk)] if is_anew else []
    thread = threads.draw([root], site=site, question=asked, reader=reader, target=pk, mine=mine)
    drawn = looking.put_in(request, thread)
    readable = found.is_public and found.root.published_at
    summary = Truncator(found.text).chars(200) if readable else ""
    context = {"question": asked, "threads": drawn, "summary": summary, **arrived(request, found)}
    return looking.once(request, render(request, "posts/post.html", context, status=status))


@require_safe
def house_rules(request):
    return render(request, "posts/house_rules.html", {"glossary": site_of(request).lists.glossary})
