"""Questions, their phases and themes, and the way to the yield of a question."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, TextField
from django.db.models.functions import Cast, Coalesce
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from posts.models import Phase, Post, Question, Translation
from posts.models.questions import QuestionKind
from werkplaats.backoffice.asking import SureForm, answered, ask
from werkplaats.backoffice.base import EVERYWHERE, BaseAdmin, Filter, RowsInline, TogetherForm
from werkplaats.backoffice.renaming import AsksBeforeRenaming, Renamed
from werkplaats.web.addresses import whole_number
from werkplaats.words import moment, number

CLOSES = "sluit"  # the field that tells which question the page named as the one that closes


class StandFilter(Filter):
    title = "stand"
    parameter_name = "stand"
    choices_of = {
        "nu": ("nu aan de beurt", lambda found: found.filter(opened_at__isnull=False, closed_at=None)),
        "gesloten": ("gesloten", lambda found: found.filter(closed_at__isnull=False)),
        "gepland": ("gepland", lambda found: found.filter(opened_at=None, planned_for__isnull=False)),
        "concept": ("concept", lambda found: found.filter(opened_at=None, planned_for=None)),
    }


class PartFilter(Filter):
    title = "deelvragen"
    parameter_name = "deelvraag"
    choices_of = {
        "nee": ("hele vragen", lambda found: found.filter(parent=None)),
        "ja": ("deelvragen", lambda found: found.filter(parent__isnull=False)),
    }


class QuestionForm(TogetherForm):
    """Two levels: a question and its parts."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "parent" in self.fields:  # not for who may only look
            wholes = Question.objects.asked().filter(parent=None)
            cast(forms.ModelChoiceField, self.fields["parent"]).queryset = (
                wholes.exclude(pk=self.instance.pk) if self.instance.pk else wholes
            )

    def clean_parent(self):
        parent = self.cleaned_data["parent"]
        if parent and self.instance.pk and self.instance.parts.exists():
            raise forms.ValidationError("Deze vraag heeft zelf deelvragen, en kan er dus geen zijn.")
        return parent


class TranslationForm(TogetherForm):
    """Fields in which Arabic is typed, too."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("text", "line", "readers"):
            if name in self.fields:  # not for who may only look
                self.fields[name].widget.attrs["dir"] = "auto"


class TranslationInline(RowsInline):
    """A native speaker reads a translation before it is put here: its help text asks for that."""

    model = Translation
    form = TranslationForm
    fields = ["lang", "text", "line", "readers", "link"]
    readonly_fields = ["link"]

    @admin.display(description="link om te delen")
    def link(self, translation):
        if not translation.pk:
            return "Die staat hier als je hebt bewaard."
        return f"{settings.SITE_URL}{translation.get_absolute_url()}"


@admin.register(Question)
class QuestionAdmin(AsksBeforeRenaming, BaseAdmin):
    form = QuestionForm
    otherwise = "Is het een andere vraag? Maak dan een nieuwe: deze blijft leesbaar, met haar bijdragen."
    list_display = ["title", "text", "state", "phase", "parent_title", "planned_for"]
    list_filter = [StandFilter, "phase", PartFilter]
    list_select_related = ["phase", "parent"]
    search_fields = ["text", "title"]
    fieldsets = [
        (None, {"fields": ["title", "text", "easy", "slug", "phase", "parent", "state"]}),
        ("Wanneer", {"fields": ["planned_for"]}),
        ("Op de bladzijde", {"fields": ["intro", "take_part", "promise", "thumbs"]}),
        ("Uitnodigen", {"fields": ["invitation"]}),
    ]
    readonly_fields = ["state"]
    inlines = [TranslationInline]
    prepopulated_fields = {"slug": ["title"]}
    actions = ["make_current", "harvest"]
    counted = "vraag,vragen"

    def get_queryset(self, request):
        """The sentences of the plan are asked about on the workbench."""
        return super().get_queryset(request).filter(kind=QuestionKind.ASKED)

    def has_harvest_permission(self, request) -> bool:
        return request.user.has_perm("plan.sort_voices")

    @admin.display(description="stand")
    def state(self, question):
        if question.is_current:
            return "nu aan de beurt"
        if question.opened_at:
            return "gesloten, blijft leesbaar"
        if question.planned_for:
            return f"komt vanzelf aan de beurt op {moment(question.planned_for)}"
        return "concept, alleen hier te zien"

    @admin.display(description="deelvraag van", ordering="parent")
    def parent_title(self, question):
        return question.parent.title if question.parent else ""

    def renamed(self, form, formsets):
        return list(retold(form, next((each for each in formsets if each.model is Translation), None)))

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        ahead = obj.planned_for and not obj.opened_at
        if ahead and obj.planned_for <= timezone.now():
            messages.warning(
                request,
                "Het moment dat je koos, is al voorbij. Deze vraag komt binnen een minuut aan de beurt, en de vorige "
                "sluit dan. Wil je dat niet? Maak het veld «komt aan de beurt op» weer leeg.",
            )

    @admin.action(description="Nu aan de beurt maken …", permissions=["change"], location=EVERYWHERE)
    def make_current(self, request, queryset):
        """Asks first, and names the question that closes."""
        if len(queryset) != 1:
            return messages.warning(request, "Kies één vraag: er is er steeds maar een aan de beurt.")
        question, closed = queryset[0], Question.objects.current()
        if question.is_current:
            return messages.info(request, f"«{question.text}» is al aan de beurt.")
        told = whole_number(request.POST.get(CLOSES, ""))
        if not answered(request, SureForm).is_valid():
            return self.ask_before(request, question, closed)
        try:
            question.make_current(closes=max(told, 0))
        except ValidationError as refused:
            return messages.warning(request, " ".join(refused.messages))
        closes = f" «{closed.text}» is gesloten." if closed else ""
        messages.success(request, f"«{question.text}» is nu aan de beurt.{closes}")
        if closed and self.has_harvest_permission(request):
            messages.info(request, asks_to_tell(closed))

    def ask_before(self, request, question, closed):
        what = f"«{question.text}» komt nu aan de beurt: iedereen ziet deze vraag, en kan erop schrijven."
        if closed:
            what += f" «{closed.text}» sluit dan. Die blijft te lezen, en schrijven kan daar niet meer."
        names = {
            "action": "make_current",
            "title": "Deze vraag nu aan de beurt maken?",
            "button": "Ja, nu aan de beurt",
        }
        seen = format_html('<input type="hidden" name="{}" value="{}">', CLOSES, closed.pk if closed else 0)
        return ask(self, request, [question], SureForm(), what=what, seen=seen, **names)

    @admin.action(description="Opbrengst ophalen …", permissions=["harvest"], location=EVERYWHERE)
    def harvest(self, request, queryset):
        if len(queryset) != 1:
            return messages.warning(request, "Kies één vraag: de opbrengst is er per vraag.")
        return redirect(harvest_page(queryset[0].pk))

    def get_urls(self):
        page = self.admin_site.admin_view(self.harvest_view)
        return [path("<id:pk>/opbrengst/", page, name="posts_question_harvest"), *super().get_urls()]

    def harvest_view(self, request, pk):
        """Where the yield of a question was, before there was one page for all of it."""
        return redirect(harvest_page(pk))


def retold(form: Any, translations: Any) -> Iterator[Renamed]:
    """What changes of the words in which a question was told to those who wrote, each in their language."""
    rows = translations.forms if translations else []
    if not (form.changed_data or any(row.has_changed() for row in rows)):
        return
    question = Question.objects.get(pk=form.instance.pk)
    languages = question.posts.filter(erased_at=None).order_by().values_list("lang")
    wrote = Counter(dict(languages.annotate(Count("pk"))))
    now = {name: form.cleaned_data.get(name, getattr(question, name)) for name in ("text", "easy")}
    yield written(wrote.total(), question.text, now["text"])
    changed = {row.instance.pk: row.cleaned_data for row in rows if row.instance.pk and row.has_changed()}
    for was in question.translations.all():
        then, times = changed.get(was.pk, vars(was)), wrote.pop(was.lang, 0)
        if then.get("DELETE") or then["lang"] != was.lang:
            yield written(times, was.text, now["text"])  # the question itself is left
            continue
        for name in Translation.WORDS:
            yield written(times, getattr(was, name), then[name] or then["text"])
    yield written(wrote.total(), question.easy, now["easy"])


def written(times: int, was: str, now: str) -> Renamed:
    """With `times` 0 when it stays as it was, or nothing was told there."""
    did = "bijdrage is geschreven bij,bijdragen zijn geschreven bij"
    return Renamed(times if was and was != now else 0, did, was, "die staat dan bij,ze staan dan bij", now)


def asks_to_tell(question: Question) -> str:
    """For who may sort, when a question is closed: these people now wait for what becomes of it."""
    wrote = Post.objects.readable().filter(question=question)
    people = wrote.aggregate(
        people=Count(Coalesce(Cast("visitor", TextField()), Cast("pk", TextField())), distinct=True)
    )["people"]
    words = "{} Vertel wat jullie ermee doen, <a href='{}'>op de werkbank</a>."
    who = number(people, "mens schreef,mensen schreven")
    return format_html(words, f"«{question.title}» is dicht: {who}.", reverse("plan:harvests"))


def harvest_page(pk: int) -> str:
    """Where the yield of a question is asked for, on the workbench."""
    return reverse("plan:exports", query={"vraag": pk})


@admin.register(Phase)
class PhaseAdmin(BaseAdmin):
    list_display = fields = ("name", "position")
    list_editable = ["position"]
