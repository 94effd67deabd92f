"""Polls with their choices and results, and the wensbeelden that wait for approval."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from polls.models import Choice, Poll, Wensbeeld
from werkplaats.admin.base import EVERYWHERE, BaseAdmin, Filter
from werkplaats.fields import LineField
from werkplaats.models import Picture
from werkplaats.templatetags.werkplaats import number


class ChoiceInline(admin.StackedInline):
    model = Choice
    extra = 0
    min_num = 2
    fields = [("text", "position"), "answer", "asks_wensbeeld", "votes"]
    readonly_fields = ["votes"]

    def get_queryset(self, request):
        votes = Coalesce(Sum("tallies__votes"), 0)
        return super().get_queryset(request).annotate(votes=votes).order_by(*Choice._meta.ordering)

    @admin.display(description="stemmen")
    def votes(self, choice):
        return getattr(choice, "votes", 0)


@admin.register(Poll)
class PollAdmin(BaseAdmin):
    list_display = ["question", "result", "on_landing_page", "repeat_votes", "opens_at", "closes_at"]
    search_fields = ["question"]
    prepopulated_fields = {"slug": ["question"]}
    readonly_fields = ["result"]
    inlines = [ChoiceInline]
    view_on_site = True
    fieldsets = [
        (None, {"fields": ["question", "slug", "intro", "result"]}),
        ("Stemmen", {"fields": ["on_landing_page", "repeat_votes", "opens_at", "closes_at"]}),
        (
            "Wensbeeld",
            {
                "fields": ["wensbeeld_prompt"],
                "description": "Voor wie een keuze maakt die daarna om een wensbeeld vraagt.",
            },
        ),
    ]

    def get_queryset(self, request):
        tallies = {"votes": "votes", "people": "first_votes"}
        sums = {f"tallied_{name}": Sum(f"choices__tallies__{field}") for name, field in tallies.items()}
        return super().get_queryset(request).annotate(**sums)

    @admin.display(description="uitslag tot nu toe")
    def result(self, poll):
        if not poll.pk or not poll.tallied_votes:
            return "nog geen stemmen"
        return (
            f"{number(poll.tallied_votes, 'stem,stemmen')} van {number(poll.tallied_people, 'mens,mensen')}"
        )


class StateFilter(Filter):
    title = "toestand"
    parameter_name = "toestand"
    choices_of = {
        "wacht": ("wacht", lambda wensbeelden: wensbeelden.waiting()),
        "zichtbaar": ("zichtbaar", lambda wensbeelden: wensbeelden.public()),
        "weggehaald": ("weggehaald", lambda wensbeelden: wensbeelden.filter(removed_at__isnull=False)),
    }


class DescriptionForm(forms.ModelForm):
    """What a coordinator adds: a better description of the picture. The words stay the sender's own."""

    alt = Picture._meta.get_field("alt").formfield(label="wat zie je?", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["alt"].initial = self.instance.picture.alt if self.instance.picture else ""

    def save(self, commit=True):
        if picture := self.instance.picture:
            picture.alt = self.cleaned_data["alt"]
            picture.save(update_fields=["alt"])
        return super().save(commit)


class ReasonForm(forms.Form):
    reason = LineField(
        label="Waarom halen we dit weg?",
        max_length=300,
        help_text="De inzender leest deze reden, op de plek van het wensbeeld. Anderen zien niets meer.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )


def image(picture: Picture, width: int) -> SafeString:
    """The picture as an <img> of this width in pixels."""
    height = round(width * picture.height / picture.width)
    shape = '<img src="{}" alt="{}" width="{}" height="{}" loading="lazy">'
    return format_html(shape, picture.small, picture.alt, width, height)


@admin.register(Wensbeeld)
class WensbeeldAdmin(BaseAdmin):
    """Moderators decide what is seen; nobody changes what someone else said."""

    form = DescriptionForm
    list_display = ["thumbnail", "words", "sender", "state", "created_at"]
    list_display_links = ["thumbnail", "words"]
    list_filter = [StateFilter, "motto", "role"]
    list_select_related = ["picture", "role"]
    search_fields = ["text", "name"]
    search_help_text = "Zoek in woorden en naam"
    actions = ["approve", "remove", "restore"]
    readonly_fields = ["detail"]

    def get_fields(self, request, obj=None):
        return ["detail", "motto", *(["alt"] if obj and obj.picture_id else [])]

    def has_add_permission(self, request) -> bool:
        return False

    @admin.display(description="beeld")
    def thumbnail(self, wensbeeld):
        return image(wensbeeld.picture, 120) if wensbeeld.picture else "alleen woorden"

    @admin.display(description="woorden", ordering="text")
    def words(self, wensbeeld):
        return wensbeeld.text or "–"

    @admin.display(description="van")
    def sender(self, wensbeeld):
        return ", ".join(filter(None, [wensbeeld.name, wensbeeld.role and wensbeeld.role.name])) or "–"

    @admin.display(description="toestand", ordering="published_at")
    def state(self, wensbeeld):
        if wensbeeld.removed_at:
            return "weggehaald"
        return "zichtbaar" if wensbeeld.published_at else "wacht"

    @admin.display(description="")
    def detail(self, wensbeeld):
        picture = wensbeeld.picture and image(wensbeeld.picture, 480)
        context = {"wensbeeld": wensbeeld, "state": self.state(wensbeeld), "picture": picture}
        return render_to_string("polls/admin/detail.html", context)

    @admin.action(description="Goedkeuren", location=EVERYWHERE, permissions=["change"])
    def approve(self, request, queryset):
        chosen = [each for each in queryset if each.is_waiting]
        self.each(request, chosen, lambda each: each.publish(request.user), "Goedgekeurd")

    @admin.action(description="Terugzetten", location=EVERYWHERE, permissions=["change"])
    def restore(self, request, queryset):
        chosen = [each for each in queryset if each.removed_at]
        self.each(request, chosen, lambda each: each.restore(request.user), "Teruggezet")

    @admin.action(description="Weghalen …", location=EVERYWHERE, permissions=["change"])
    def remove(self, request, queryset):
        """Asks for the reason first: the page comes back here with it."""
        form = ReasonForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            chosen = [each for each in queryset if not each.removed_at]
            return self.each(request, chosen, lambda each: each.remove(request.user, reason), "Weggehaald")
        context = {
            **self.admin_site.each_context(request),
            "title": "Waarom halen we dit weg?",
            "opts": self.opts,
            "form": form,
            "wensbeelden": queryset.select_related("picture"),
            "checkbox": helpers.ACTION_CHECKBOX_NAME,
        }
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "polls/admin/remove.html", context, status=status)

    def each(self, request, wensbeelden: list[Wensbeeld], act, done: str) -> None:
        """Does it to each, notes it in the history of each, and tells how many there were."""
        for wensbeeld in wensbeelden:
            act(wensbeeld)
            reason = f" Reden: {wensbeeld.removal_reason}" if wensbeeld.removal_reason else ""
            self.log_change(request, wensbeeld, f"{done}.{reason}")
        level = messages.SUCCESS if wensbeelden else messages.WARNING
        count = number(len(wensbeelden), "wensbeeld,wensbeelden")
        messages.add_message(request, level, f"{done}: {count}.")
