"""The gallery, the page of one wensbeeld, sending one in, taking one's own back, reporting one."""

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from polls.voting.models import Poll
from polls.wensbeelden import gallery as galleries
from polls.wensbeelden.cards import cards_of
from polls.wensbeelden.forms import WensbeeldForm
from polls.wensbeelden.models import Doubt, Wensbeeld
from werkplaats.kept import kept
from werkplaats.models import Site
from werkplaats.moderation.views import report_page
from werkplaats.people import visitors
from werkplaats.people.models import User
from werkplaats.people.owning import asks_log_in
from werkplaats.pictures.forms import status_of
from werkplaats.site.context import site_of
from werkplaats.web import htmx, only_post, programs
from werkplaats.web.limits import TooMuch

TOO_MUCH = "Je stuurt snel achter elkaar in! Wacht een paar minuten en druk dan nog eens: alles blijft staan."
FULL = (
    "Er wachten nu heel veel wensbeelden op een moderator. Druk later nog eens: alles blijft staan. "
    'Kennen we je al? <a href="{}">Log in met een code</a>, dan kun je nu ook insturen.'
)


@require_safe
def gallery(request):
    shown = galleries.read(request.GET, site_of(request), request.visitor_id)
    own = [card for card in shown.cards if request.visitor_id and card.visitor_id == request.visitor_id]
    context = {
        "gallery": shown,
        "own": {card.pk for card in own},
        "erased": "gewist" in request.GET,
        "sent": next((card for card in own if card.is_waiting and str(card.pk) == request.GET.get("nieuw")), None),
    }
    return render(request, "polls/wensbeelden/gallery.html", context)


@require_safe
def wensbeeld(request, pk):
    """One wensbeeld, to share. Its sender also sees it while it waits, and reads why it was taken away."""
    found = cards_of(Wensbeeld.objects.visible_to(request.visitor_id).filter(pk=pk), site_of(request))
    if not found:
        raise Http404
    (card,) = found
    own = request.visitor_id is not None and card.visitor_id == request.visitor_id
    return render(request, "polls/wensbeelden/wensbeeld.html", {"card": card, "own": own})


@require_http_methods(["GET", "HEAD", "POST"])
def send(request):
    site = site_of(request)
    sent_in = (request.POST, request.FILES) if request.method == "POST" else ()
    mottos = galleries.mottos_of(site)
    form, status = WensbeeldForm(*sent_in, visitor_id=request.visitor_id, lists=site.lists, mottos=mottos), 200
    if form.is_bound:
        sent, status = send_in(request, form)
        if sent:
            # drafts.js drops the draft there.
            return htmx.redirect(request, f"{reverse('polls:gallery')}?nieuw={sent.pk}")
    context = {"form": form, "moment": programs.moment_for(request), **asked_by(request.GET.get("peiling", ""), site)}
    return htmx.respond(request, "polls/wensbeelden/send.html", "form", context, status=status)


def send_in(request, form: WensbeeldForm) -> tuple[Wensbeeld | None, int]:
    """The new wensbeeld; or None, and the status with which the form goes back, with the picture that came along."""
    sent, status = try_to_send(request, form)
    if not sent:
        form.keep_picture(request)
    return sent, status


def try_to_send(request, form: WensbeeldForm) -> tuple[Wensbeeld | None, int]:
    if not form.is_valid():
        return None, status_of(form)
    by = User.objects.proven(request.user)
    if not by and Wensbeeld.objects.is_full():
        form.add_error(None, format_html(FULL, f"{reverse('account_login')}?next={reverse('polls:send')}"))
        return None, 503
    try:
        sender = visitors.writing_as(request, by)
        return Wensbeeld.send_in(sender, **form.wensbeeld(), doubt=doubt_of(request, form, by)), 302
    except TooMuch:
        form.add_error(None, TOO_MUCH)
        return None, 429
    except ValidationError as error:
        form.add_error("picture", error)
        return None, 422


def doubt_of(request, form: WensbeeldForm, by: User | None) -> str:
    """What a moderator should know besides; empty for nearly everyone."""
    if programs.looks_hurried(request):
        return Doubt.HURRIED
    return Doubt.LINKS if not by and programs.has_link(form.words) else ""


def asked_by(slug: str, site: Site) -> dict[str, str]:
    """The question of the poll that led to the form, or else of the first poll that asks for a wensbeeld."""
    prompts = kept(site, "wensbeeld-prompts", make=read_prompts)
    first = next(iter(prompts.values()), "")
    return {"prompt": prompts.get(slug) or first, "asked_by": slug if slug in prompts else ""}


def read_prompts() -> dict[str, str]:
    """By the address of each poll that asks for a wensbeeld, that of the landing page first."""
    asking = Poll.objects.filter(choices__asks_wensbeeld=True, is_of_room=False).order_by("-on_landing_page", "-pk")
    return dict(asking.values_list("slug", "wensbeeld_prompt"))


@only_post.only("polls:wensbeeld", "pk")
def withdraw(request, pk):
    """Erases one's own wensbeeld; doing it twice is no mistake."""
    if found := Wensbeeld.objects.select_related("visitor").filter(pk=pk).first():
        known = visitors.stayed_behind(request)
        if not known or found.visitor_id != known:
            raise Http404
        if asks_log_in(request, found.visitor):
            return redirect_to_login(found.get_absolute_url())
        found.erase()
    return redirect(f"{reverse('polls:gallery')}?gewist")


@require_http_methods(["GET", "HEAD", "POST"])
def report(request, pk):
    """Asks a moderator to look at a wensbeeld."""
    wensbeeld = get_object_or_404(Wensbeeld.objects.public().select_related("picture"), pk=pk)
    quote = "polls/wensbeelden/quote.html" if wensbeeld.text else ""
    said = f"{wensbeeld.text}\n{wensbeeld.name}\n{wensbeeld.picture.alt if wensbeeld.picture else ''}"
    texts = {"one": "een wensbeeld", "it": "het wensbeeld", "quote": quote, "wensbeeld": wensbeeld}
    ways = {"back": wensbeeld.get_absolute_url(), "place": "melding"}
    has_picture = bool(wensbeeld.picture_id)
    return report_page(request, wensbeeld, wensbeeld.report, picture=has_picture, said=said, **texts, **ways)
