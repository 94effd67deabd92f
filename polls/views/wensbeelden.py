"""The gallery, sending in a wensbeeld, and taking one's own back."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from polls.cards import cards_of
from polls.forms import WensbeeldForm
from polls.models import Poll, Wensbeeld
from werkplaats import visitors
from werkplaats.cards import kept
from werkplaats.context import site_of
from werkplaats.fields import page_number
from werkplaats.models import Motto, lists_of

PER_PAGE = 24


@require_safe
def gallery(request):
    visible = Wensbeeld.objects.visible_to(request.visitor_id)
    pages = max(1, -(-visible.count() // PER_PAGE))
    page = page_number(request.GET.get("pagina"), pages)
    cards = cards_of(visible[(page - 1) * PER_PAGE : page * PER_PAGE])
    own = [card for card in cards if request.visitor_id and card.visitor_id == request.visitor_id]
    context = {
        "cards": cards,
        "own": {card.pk for card in own},
        "sent": any(card.is_waiting and str(card.pk) == request.GET.get("nieuw") for card in own),
        "page": page,
        "pages": pages,
    }
    return render(request, "polls/gallery.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def send(request):
    site = site_of(request)
    prompt, mottos = kept(f"wensbeeld-form:{site.version}", read_prompt_and_mottos)
    sent_in = (request.POST, request.FILES) if request.method == "POST" else ()
    form = WensbeeldForm(*sent_in, lists=lists_of(site), mottos=mottos)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "polls/send.html", {"form": form, "prompt": prompt}, status=status)
    sent = Wensbeeld.send_in(visitors.writing(request), **form.wensbeeld())
    return HttpResponseRedirect(f"{reverse('polls:gallery')}?nieuw={sent.pk}#wensbeeld-{sent.pk}")


def read_prompt_and_mottos() -> tuple[str, list[tuple[int, str]]]:
    """What the form asks: the prompt of the poll that leads to it, and the mottos to choose from."""
    prompt = (
        Poll.objects.filter(choices__asks_wensbeeld=True)
        .order_by("-on_landing_page", "-pk")
        .values_list("wensbeeld_prompt", flat=True)
        .first()
    )
    return prompt or "", [(motto.pk, motto.text) for motto in Motto.objects.all()]


@require_POST
def withdraw(request, pk):
    # Without a visitor nothing is theirs; `visitor=None` would find what erased visitors left.
    own = (
        Wensbeeld.objects.filter(visitor=request.visitor_id)
        if request.visitor_id
        else Wensbeeld.objects.none()
    )
    get_object_or_404(own, pk=pk).withdraw()
    return redirect("polls:gallery")
