"""Sticker rounds: setting them up, and the ideas that groups wrote in them."""

from collections.abc import Callable
from functools import partial

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F, Q, Sum
from django.urls import reverse
from django.utils.html import format_html

from polls.rounds.forms import WordingForm
from polls.rounds.models.ideas import Idea
from polls.rounds.models.rounds import Colour, Group, StickerRound
from polls.rounds.models.stickers import Sticker
from werkplaats.backoffice.asking import FOR_GOOD, SureForm, answered, ask
from werkplaats.backoffice.base import EVERYWHERE, BaseAdmin, Filter, RowsInline
from werkplaats.backoffice.renaming import AsksBeforeRenaming, Renamed
from werkplaats.backoffice.shown import ShownAdmin
from werkplaats.moderation.admin import LoggingAdmin
from werkplaats.moderation.forms import ReasonForm
from werkplaats.versions import seen_in


class GroupInline(RowsInline):
    model = Group
    extra_when_new = 3
    fields = [("name", "position"), "kept_code"]
    readonly_fields = ["kept_code"]

    @admin.display(description="code")
    def kept_code(self, group):
        """An empty row has a code that changes when it is saved."""
        return group.code if group.pk else "Komt er zodra je bewaart."

    def has_delete_permission(self, request, obj=None) -> bool:
        """Not once there are ideas: they and their stickers would go with the group."""
        return obj is None or not Idea.objects.filter(round=obj).exists()


@admin.register(StickerRound)
class StickerRoundAdmin(AsksBeforeRenaming, BaseAdmin):
    otherwise = "Is het een andere vraag, of een andere schaal? Maak dan een nieuwe ronde."
    list_display = ["title", "control", "stage", "cycle", "people", "ideas", "starts_at"]
    list_filter = ["stage", ("cycle", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["cycle"]
    search_fields = ["title", "question", "people"]
    prepopulated_fields = {"slug": ["title"]}
    readonly_fields = ["stage", "control"]
    inlines = [GroupInline]
    view_on_site = True
    fieldsets = [
        (None, {"fields": ["title", "slug", "question", "intro", "stage", "control"]}),
        (
            "De kleuren",
            {"fields": ["green_word", "blue_word", "red_word"], "description": "Zo heten de stickers in deze ronde."},
        ),
        ("Waar en wanneer", {"fields": ["cycle", "people", "present", "starts_at", "ends_at"]}),
    ]

    def get_queryset(self, request):
        written = Q(ideas__group__isnull=False, ideas__removed_at=None)  # by people, and still there
        return super().get_queryset(request).annotate(idea_count=Count("ideas", filter=written))

    def renamed(self, form, formsets):
        """The question and the name of a group, once it wrote ideas; what a colour means, once people gave stickers."""
        round = StickerRound.objects.get(pk=form.instance.pk)
        told, then = [], "dat wordt,dat wordt"
        if "question" in form.changed_data:
            written = round.ideas.filter(group__isnull=False).count()
            did = "idee is een antwoord op,ideeën zijn een antwoord op"
            told.append(Renamed(written, did, round.question, then, form.cleaned_data["question"]))
        for colour in Colour:
            if (name := f"{colour.css}_word") in form.changed_data:
                placed = Sticker.objects.filter(idea__round=round, colour=colour).count()
                did = "sticker betekent nu,stickers betekenen nu"
                told.append(Renamed(placed, did, round.word(colour), then, form.cleaned_data[name]))
        for each in formsets[0].forms:
            if each.instance.pk and "name" in each.changed_data:
                group = Group.objects.get(pk=each.instance.pk)
                did = "idee is van,ideeën zijn van"
                told.append(Renamed(group.ideas.count(), did, group.name, then, each.cleaned_data["name"]))
        return told

    @admin.display(description="ideeën", ordering="idea_count")
    def ideas(self, round):
        return round.idea_count

    @admin.display(description="bediening")
    def control(self, round):
        if not round.pk:
            return "Komt er zodra je de ronde bewaart."
        return format_html('<a href="{}">Leid de ronde</a>', reverse("polls:control", args=[round.slug]))


class StateFilter(Filter):
    title = "toestand"
    parameter_name = "toestand"
    choices_of = {
        "zichtbaar": ("zichtbaar", lambda ideas: ideas.filter(removed_at=None, joined_into=None)),
        "samengevoegd": ("samengevoegd", lambda ideas: ideas.filter(removed_at=None, joined_into__isnull=False)),
        "verborgen": ("verborgen", lambda ideas: ideas.filter(removed_at__isnull=False)),
    }


@admin.register(Idea)
class IdeaAdmin(ShownAdmin, LoggingAdmin):
    """Coordinators join, hide and put back."""

    counted, that = "idee,ideeën", "dat"
    list_display = ["text", "group_name", "round", "state", "stickers", "created_at"]
    list_filter = [("round", admin.RelatedOnlyFieldListFilter), StateFilter]
    list_select_related = ["round", "group", "joined_into"]
    search_fields = ["text"]
    search_help_text = "Zoek in de ideeën"
    actions = ["join_ideas", "take_apart", "hide", "restore", "erase"]
    fields = readonly_fields = ("text", "group_name", "round", "state", "stickers", "created_at")

    def get_queryset(self, request):
        sums = {name: Sum(f"tallies__{name}", default=0) for name in ("green", "blue", "red")}
        return super().get_queryset(request).annotate(**sums).order_by(F("group__position").asc(nulls_first=True), "pk")

    @admin.display(description="groep", ordering="group")
    def group_name(self, idea):
        return idea.group or "samengevoegd"

    @admin.display(description="toestand")
    def state(self, idea):
        if idea.removed_at:
            return f"verborgen: {idea.removal_reason}"
        return f"samengevoegd tot «{idea.joined_into}»" if idea.joined_into else "zichtbaar"

    @admin.display(description="groen / blauw / rood", ordering="green")
    def stickers(self, idea):
        return f"{idea.green} / {idea.blue} / {idea.red}"

    @admin.action(description="Samenvoegen …", permissions=["change"])
    def join_ideas(self, request, queryset):
        """Asks for the wording first."""

        def join(text):
            first, ids = queryset.first(), list(queryset.values_list("pk", flat=True))
            if queryset.exclude(round=first.round_id).exists():
                raise ValidationError("Kies ideeën van één ronde.")
            return [Idea.objects.join(first.round, ids, text, seen_in(request.POST))]

        texts = {"action": "join_ideas", "title": "Hoe heten deze ideeën samen?", "button": "Voeg samen"}
        what = "De losse ideeën blijven eronder staan, met hun eigen stickers. Je kunt dit later ongedaan maken."
        return self.ask(request, queryset, WordingForm, join, "Samengevoegd", what=what, **texts)

    @admin.action(description="Losmaken", permissions=["change"])
    def take_apart(self, request, queryset):
        chosen = [idea for idea in queryset if idea.is_wording and not idea.removed_at]
        self.each(request, chosen, lambda idea: idea.take_apart(request.user), "Losgemaakt")

    @admin.action(description="Verbergen …", permissions=["change"])
    def hide(self, request, queryset):
        """Asks for the reason first; hides all that were chosen, or none."""

        def hide(reason):
            chosen, seen = [idea for idea in queryset if not idea.removed_at], seen_in(request.POST)
            with transaction.atomic():
                for idea in chosen:
                    idea.hide(request.user, reason, version=seen.get(idea.pk, 0))
            return chosen

        texts = {"action": "hide", "title": "Waarom verbergen we dit?", "button": "Verberg"}
        return self.ask(request, queryset, ReasonForm, hide, "Verborgen", **texts)

    @admin.action(description="Terugzetten", permissions=["change"], location=EVERYWHERE)
    def restore(self, request, queryset):
        chosen = [idea for idea in queryset if idea.removed_at and not idea.is_wording]
        done = self.decide_as_shown(request, chosen, lambda idea, version: idea.restore(version))
        self.tell(request, done, "Teruggezet")

    @admin.action(description="Echt wissen …", permissions=["erase"])
    def erase(self, request, queryset):
        """Asks first, because there is no way back. The log keeps who did it and when, not the words."""
        texts = {"action": "erase", "title": FOR_GOOD, "button": "Wis voorgoed", "irreversible": True}
        what = (
            "De woorden gaan voorgoed weg, ook uit de geschiedenis, en de stickers erop ook. "
            "Dit kan niet ongedaan worden gemaakt."
        )
        erase = partial(self.erase_each, request, list(queryset))
        return self.ask(request, queryset, SureForm, erase, "Echt gewist", what=what, **texts)

    def ask(self, request, queryset, form_class, act: Callable, done: str, **texts):
        """The page in between. With its answer, `act` does it and returns the ideas it changed."""
        form = answered(request, form_class)
        if form.is_valid():
            try:
                return self.tell(request, act(*form.cleaned_data.values()), done)
            except ValidationError as error:
                form.add_error(None, error)
        texts = {"what": "Je kunt dit later ongedaan maken.", "first_look": True, "all_shown": True, **texts}
        return ask(self, request, list(queryset), form, back=self.back_to_list(request), **texts)
