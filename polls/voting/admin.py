"""Polls in the admin, with their choices and results."""

from typing import ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.forms.formsets import DELETION_FIELD_NAME
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from polls.voting.choices import Choice
from polls.voting.exports import poll_sheet
from polls.voting.models import Poll
from polls.voting.movement import PEOPLE, latest_of, movement_of
from polls.voting.paper import HandsOnPaper
from werkplaats.backoffice.base import BaseAdmin, RowsInline, TogetherForm
from werkplaats.backoffice.gone import RowsFormSet
from werkplaats.backoffice.renaming import AsksBeforeRenaming, Renamed
from werkplaats.privacy.models import Look, Looked
from werkplaats.spreadsheets import download
from werkplaats.words import number

THEN = "die stem staat dan bij,hun stem staat dan bij"
NEW_CHOICE = ("text", "answer", "asks_wensbeeld")  # what a renamed choice leaves to the new one


def people_of(answered: Poll | Choice) -> int:
    """How many people voted in this poll, or for this choice: with the hands that were counted on paper."""
    voted = answered.ballots.order_by().aggregate(people=PEOPLE)["people"]
    return voted + (hands_for(answered).aggregate(people=Sum("people"))["people"] or 0)


def hands_for(answered: Poll | Choice) -> QuerySet[HandsOnPaper]:
    there = Q(choice__poll=answered) if isinstance(answered, Poll) else Q(choice=answered)
    return HandsOnPaper.objects.filter(there, people__gt=0)


def has_answers(answered: Poll | Choice) -> bool:
    return answered.ballots.exists() or hands_for(answered).exists()


class ChoiceForm(TogetherForm):
    """Says in a sentence why a choice stays, where Django's admin lists every vote for it."""

    def clean(self):
        data = super().clean()
        if data.get(DELETION_FIELD_NAME) and has_answers(self.instance):
            data[DELETION_FIELD_NAME] = False
            raise forms.ValidationError(f"Op «{self.instance}» is al gestemd. Deze keuze kan niet meer weg.")
        return data


class ChoiceFormSet(RowsFormSet):
    default_error_messages: ClassVar = {
        **RowsFormSet.default_error_messages,
        "too_few_forms": "Een peiling heeft minstens %(num)d keuzes nodig.",
    }


class ChoiceInline(RowsInline):
    model = Choice
    extra, extra_when_new = 0, 1  # a third one for a new poll
    form = ChoiceForm
    formset = ChoiceFormSet
    min_num = 2
    fields = [("text", "position"), "answer", "asks_wensbeeld", "votes"]
    readonly_fields = ["votes"]

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, validate_min=True, **kwargs)

    def get_queryset(self, request):
        votes = Coalesce(Sum("tallies__votes"), 0)
        return super().get_queryset(request).annotate(votes=votes).order_by("position", "pk")

    @admin.display(description="stemmen")
    def votes(self, choice):
        return getattr(choice, "votes", 0)


class PollForm(TogetherForm):
    """Links to the poll that is in the way: there is room for one in each place."""

    def clean_on_landing_page(self):
        wanted = self.cleaned_data["on_landing_page"]
        if wanted:
            self.make_sure_of_room("Er staat al een andere peiling op de voorpagina", on_landing_page=True)
        return wanted

    def clean_placed_with(self):
        question = self.cleaned_data["placed_with"]
        if question:
            self.make_sure_of_room("Bij deze vraag staat al een andere peiling", placed_with=question)
        return question

    def make_sure_of_room(self, what: str, **there) -> None:
        if other := Poll.objects.filter(**there).exclude(pk=self.instance.pk).first():
            address = reverse("admin:polls_poll_change", args=[other.pk])
            problem = '{}: <a href="{}">«{}»</a>. Haal die daar eerst weg, of bewaar deze zonder die plaats.'
            raise forms.ValidationError(format_html(problem, what, address, other.question))


@admin.register(Poll)
class PollAdmin(AsksBeforeRenaming, BaseAdmin):
    form = PollForm
    otherwise = (
        "Betekent een keuze nu iets anders? Maak er dan een nieuwe keuze van: de oude houdt haar stemmen. "
        "Is het een andere vraag? Maak dan een nieuwe peiling."
    )
    offers_new = "Maak er een nieuwe keuze van"
    list_display = ["question", "result", "on_landing_page", "placed_with", "opens_at", "closes_at"]
    list_select_related = ["placed_with"]
    search_fields = ["question"]
    prepopulated_fields = {"slug": ["question"]}
    readonly_fields = ["result"]
    inlines = [ChoiceInline]
    view_on_site = True
    deletable = True
    fieldsets = [
        (None, {"fields": ["question", "slug", "intro", "result"]}),
        ("Waar staat de peiling?", {"fields": ["on_landing_page", "placed_with"]}),
        ("Stemmen", {"fields": ["repeat_votes", "results_shown", "opens_at", "closes_at"]}),
        (
            "Wensbeeld",
            {
                "fields": ["wensbeeld_prompt"],
                "description": "Voor wie een keuze maakt die daarna om een wensbeeld vraagt.",
            },
        ),
    ]

    def renamed(self, form, formsets):
        told = []
        if "question" in form.changed_data:
            poll, now = Poll.objects.get(pk=form.instance.pk), form.cleaned_data["question"]
            told.append(Renamed(people_of(poll), "persoon stemde bij,mensen stemden bij", poll.question, THEN, now))
        for each in formsets[0].forms:
            if each.instance.pk and "text" in each.changed_data:
                choice, now = Choice.objects.get(pk=each.instance.pk), each.cleaned_data["text"]
                told.append(Renamed(people_of(choice), "persoon koos,mensen kozen", choice.text, THEN, now))
        return told

    def as_new(self, request, row):
        """Each choice with votes that was renamed stays what it was; what was typed becomes a choice of its own."""
        request.POST = sent = request.POST.copy()
        for place in range(int(sent.get("choices-TOTAL_FORMS", 0))):
            typed, last = f"choices-{place}", sent["choices-TOTAL_FORMS"]
            choice = row.choices.filter(pk=sent.get(f"{typed}-id") or 0).first()
            if choice is None or sent.get(f"{typed}-text") == choice.text or not has_answers(choice):
                continue
            new = {name: sent[f"{typed}-{name}"] for name in (*NEW_CHOICE, "position") if f"{typed}-{name}" in sent}
            for name, value in new.items():
                sent[f"choices-{last}-{name}"] = value
            for name in NEW_CHOICE:
                sent.pop(f"{typed}-{name}", None)
                if value := getattr(choice, name):
                    sent[f"{typed}-{name}"] = "on" if value is True else value
            sent["choices-TOTAL_FORMS"] = str(int(last) + 1)

    def get_queryset(self, request):
        tallies = {"votes": "votes", "people": "first_votes"}
        sums = {f"tallied_{name}": Sum(f"choices__tallies__{field}") for name, field in tallies.items()}
        return super().get_queryset(request).annotate(**sums)

    def has_delete_permission(self, request, obj=None) -> bool:
        """A poll made by mistake can go, but not one with votes."""
        return super().has_delete_permission(request, obj) and (obj is None or not has_answers(obj))

    @admin.display(description="uitslag tot nu toe")
    def result(self, poll):
        if not poll.pk or not poll.tallied_votes and poll.room_result is None:
            return "nog geen stemmen"
        votes = number(poll.tallied_votes, "stem,stemmen")
        address = reverse("admin:polls_poll_results", args=[poll.pk])
        if poll.room_result is not None:
            return format_html('<a href="{}">Bekijk wat de zaal koos</a>', address)
        shape = '{} van {} · <a href="{}">Bekijk uitslag en beweging</a>'
        return format_html(shape, votes, number(poll.tallied_people, "persoon,mensen"), address)

    def get_urls(self):
        pages = [
            path("<id:pk>/uitslag/", self.admin_site.admin_view(self.results_view), name="polls_poll_results"),
            path("<id:pk>/uitslag.xlsx", self.admin_site.admin_view(self.sheet_view), name="polls_poll_sheet"),
        ]
        return [*pages, *super().get_urls()]

    def results_view(self, request, pk):
        """The counts and the changes of mind: five queries besides the user's, whatever the votes."""
        poll = self.poll_of(request, pk)
        latest = latest_of(poll)
        context = {
            **self.admin_site.each_context(request),
            "title": "Uitslag en beweging",
            "subtitle": poll.question,
            "opts": self.opts,
            "poll": poll,
            "rows": [(option, latest.get(option.pk, 0)) for option in poll.options],
            "movement": movement_of(poll),
        }
        return TemplateResponse(request, "polls/voting/admin/results.html", context)

    def sheet_view(self, request, pk):
        poll = self.poll_of(request, pk)
        Look.note(request.user, Looked.FILE, f"peiling {poll.pk}", len(poll.options))
        return download(poll_sheet(poll), f"peiling-{poll.slug}-{timezone.localdate():%Y-%m-%d}.xlsx")

    def poll_of(self, request, pk: int) -> Poll:
        """With its counts. Raises PermissionDenied and Http404."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return Poll.objects.shown_to(None, get_object_or_404(Poll.objects.only("slug"), pk=pk).slug)
