"""The small line under a post after somebody's first thumb: in which role do you look along?"""

from django.http import HttpResponse
from django.utils.safestring import SafeString, mark_safe

from posts.composing import device
from werkplaats.people import viewing
from werkplaats.people.merging import look_along_as
from werkplaats.site.context import site_of

PLACE = '<div class="post-reply" id="antwoord-{}"></div>'


def asks(request, unknown: bool) -> bool:
    """Whether to ask it with the answer to this thumb. Of whom the device knows the role, that one is kept."""
    if not unknown or not viewing.is_due(request):
        return False
    known = device.role(request)
    if known:
        look_along_as(request.visitor_id, known)
    return not known


def put_beside(pk: int, back: str) -> SafeString:
    """The line for htmx, which puts it under the thumbs of post `pk`: what is typed in its answer stays."""
    line = viewing.awaited(back, pk)
    place = f'hx-target="#antwoord-{pk}" hx-swap="beforebegin"'
    return mark_safe(f"<hx-partial {place}>{line}</hx-partial>")  # noqa: S308  our own template


def put_in(request, threads: list[SafeString]) -> list[SafeString]:
    """The threads, with the line in its place where a thumb without JavaScript leads to it. Mostly nothing changes."""
    pk = viewing.led(request)
    place = PLACE.format(pk)
    if pk is None or not any(place in thread for thread in threads):
        return threads
    request.asked = True
    line = viewing.line(request, site_of(request).lists.roles, f"{request.get_full_path()}#bijdrage-{pk}", pk)
    return [mark_safe(thread.replace(place, line + place)) for thread in threads]  # noqa: S308  our own template


def once(request, response: HttpResponse) -> HttpResponse:
    """The response; when `put_in` put the line in it, no next page does."""
    return viewing.asked(response) if hasattr(request, "asked") else response
