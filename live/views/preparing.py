"""«Leid dit café»: the running order is made once, from the agenda of the café."""

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from events.models import Cafe
from live.actions import preparing
from live.models import LiveCafe
from live.models.cafes import OPEN_AFTER
from polls.models import Poll, StickerRound
from werkplaats.backoffice.rights import with_right


class PrepareForm(forms.Form):
    """What the agenda cannot tell: which poll and which stickers are for this evening."""

    poll = forms.ModelChoiceField(
        Poll.objects.filter(is_of_room=False).order_by("-pk"),
        label="Peiling",
        required=False,
        empty_label="Geen",
        help_text="De zaal krijgt een eigen kopie. De uitslag komt pas als jij hem toont.",
    )
    round = forms.ModelChoiceField(
        StickerRound.objects.running().order_by("-pk"),
        label="Stickerronde",
        required=False,
        empty_label="Geen",
        help_text="De zaal plakt in de ronde zelf. Wat de site al plakte, telt mee, en «Toon de uitslag» sluit de "
        "ronde voor iedereen. Wil je dat niet, maak dan eerst een eigen ronde voor deze avond. Rondes die al zijn "
        "afgelopen, staan er niet bij.",
        error_messages={"invalid_choice": preparing.ROUND_IS_OVER},
    )


@with_right("events.change_cafe")
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request, cafe):
    cafe = get_object_or_404(Cafe.objects.select_related("topic"), pk=cafe)
    live = LiveCafe.objects.filter(cafe=cafe).first()
    if live and live.scenes.exists():
        return redirect("live:lead", live.pk)
    if cafe.called_off_at or cafe.ends_at + OPEN_AFTER <= timezone.now():
        raise Http404
    form = PrepareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        live = preparing.prepare(cafe, form.cleaned_data["poll"], form.cleaned_data["round"])
        return redirect("live:lead", live.pk)
    context = {"cafe": cafe, "form": form, "asked": preparing.question_of(cafe)}
    return render(request, "live/prepare.html", context, status=422 if form.is_bound else 200)
