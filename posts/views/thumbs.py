"""Giving a thumb and taking it back."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django_htmx.http import reswap, retarget

from posts.composing import looking
from posts.models import Post, Thumb
from posts.models.thumb_kinds import taken_by, wished
from posts.models.thumbs import Counted
from posts.models.whose import Reader
from posts.reading import filters, roots, threads
from posts.views import posts
from werkplaats.people import viewing, visitors
from werkplaats.site.context import site_of
from werkplaats.versions import seen_in
from werkplaats.web import htmx, only_post
from werkplaats.web.addresses import page_number
from werkplaats.web.audit import leaves_no_history
from werkplaats.web.places import Place


@leaves_no_history
@only_post.only("posts:post", "pk")
def thumb(request, pk, wish):
    """Gives a post the thumb that the visitor wishes, or takes theirs back. Twice is once.

    A thumb is for the words that the page showed: when they are others by now these are shown, and nothing is given.
    """
    try:
        value = wished(wish)
    except KeyError:
        raise Http404 from None
    seen = seen_in(request.POST).get(pk)
    counted = visitors.tap(request, lambda visitor_id: Thumb.objects.wish(pk, visitor_id, value, seen))
    if counted is None:
        raise Http404
    if not counted.same:
        return anew(request, pk)
    asks = looking.asks(request, counted.unknown)
    if not htmx.wants_fragment(request):
        place = place_of(request, pk, counted.question)
        return viewing.lead(redirect(place), str(pk)) if asks else redirect(place)
    response = render(request, "posts/thread.html#thumbs", thumbs_shown(request, pk, counted, value, seen))
    if asks:
        response.write(looking.put_beside(pk, place_of(request, pk, counted.question)))
        viewing.asked(response)
    return response


def anew(request, pk: int):
    """The thread as it is now, with thumbs for these words: in the place of what stood there, or a page of its own."""
    if not htmx.wants_fragment(request):
        return posts.show(request, pk, status=409, is_anew=True)
    reader, found = Reader.of(request), get_object_or_404(Post.objects.select_related("question"), pk=pk)
    root = roots.root_of(found.root_id, reader)
    if root is None:
        raise Http404
    site, mine = site_of(request), [("anew", pk)]
    (drawn,) = threads.draw([root], site=site, question=found.question, reader=reader, target=pk, mine=mine)
    response = HttpResponse(drawn, status=409)
    return retarget(reswap(response, "outerHTML"), f"#bijdrage-{found.root_id}")


def thumbs_shown(request, pk: int, counted: Counted, value: int | None, seen: int | None) -> dict:
    """The context of the thumbs of a post after a wish. A wish that is not allowed changes nothing, and says so.

    They are still for the words that the page shows, the version `seen`: taking back is allowed under others too.
    """
    if not counted.allowed:
        given = Thumb.objects.filter(post=pk, visitor=request.visitor_id or None)
        value = given.values_list("value", flat=True).first()
    post = {
        "id": pk,
        "pk": str(pk),
        "path": reverse("posts:post", args=[pk]),
        "seen": f"{pk}.{seen or counted.version}",
        "thumbs": [(kind, counted.counts[kind.value]) for kind in taken_by(counted.setting)],
        "given_before": threads.given_before(counted.before, counted.counts),
    }
    refused = "" if counted.allowed or not counted.open else "Dit duimpje staat uit bij deze vraag."
    context = {"post": post, "open": counted.open, "mine": {("thumb", pk, value)}, "refused": refused}
    return {**context, "icons": static("img/icons.svg")}


def place_of(request, pk: int, slug: str) -> str:
    """The page on which a button was pressed without JavaScript: a list names its number, a post's page none."""
    if "pagina" not in request.POST:
        return f"{reverse('posts:post', args=[pk])}#bijdrage-{pk}"
    number = page_number(request.POST["pagina"], last=10**6)
    wanted, place = filters.read(request.POST, site_of(request)), Place.asked(request.POST)
    link = wanted.link(place=place) if place else wanted.link(page=number)
    return f"{reverse('posts:question', args=[slug])}{link}#bijdrage-{pk}"
