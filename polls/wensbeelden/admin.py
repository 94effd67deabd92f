"""Deciding about wensbeelden and about what people report."""

from collections import Counter

from django import forms
from django.contrib import admin
from django.db.models import Count, Max, Q
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from polls.wensbeelden.models import ABOUT_ONE_CHILD, Wensbeeld, WensbeeldReport
from werkplaats.backoffice import log
from werkplaats.backoffice.asking import FOR_GOOD, SureForm, answered, ask
from werkplaats.backoffice.base import EVERYWHERE, Filter, InOrder, RowFilter, TogetherForm
from werkplaats.backoffice.shown import Decided, ShownAdmin
from werkplaats.models import Picture, Retention
from werkplaats.moderation import parents
from werkplaats.moderation.admin import LoggingAdmin, ReportsAdmin
from werkplaats.moderation.child import ABOUT_CHILD
from werkplaats.moderation.forms import KEPT_LONGER, KeepForm, ReasonForm
from werkplaats.register.entries import Term
from werkplaats.words import isolated


class Wensbeelden(InOrder):
    """The list, in which no story about a child stands but in its own."""

    def get_queryset(self, request, exclude_parameters=None):
        found = super().get_queryset(request, exclude_parameters)
        return found if request.GET.get("toestand") == ABOUT_ONE_CHILD else found.exclude(ABOUT_CHILD)


class StateFilter(Filter):
    title = "toestand"
    parameter_name = "toestand"
    choices_of = {
        "wacht": ("wacht", lambda wensbeelden: wensbeelden.waiting()),
        "gemeld": ("gemeld", lambda wensbeelden: wensbeelden.reported()),
        "zichtbaar": ("zichtbaar", lambda wensbeelden: wensbeelden.public()),
        "weggehaald": ("weggehaald", lambda wensbeelden: wensbeelden.filter(removed_at__isnull=False)),
        ABOUT_ONE_CHILD: ("gaat over één kind", lambda wensbeelden: wensbeelden.about_child()),
    }


class DescriptionForm(TogetherForm):
    """What a coordinator adds: a better description of the picture. The words stay the sender's own."""

    alt = Picture._meta.get_field("alt").formfield(label="Wat zie je?", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.update(self.besides(self.instance))

    def besides(self, row):
        return {"alt": row.picture.alt if row.picture else ""}

    def save(self, commit=True):
        picture = self.instance.picture
        if picture and "alt" in self.changed_data:
            picture.alt = self.cleaned_data["alt"]
            picture.save(update_fields=["alt"])
        return super().save(commit)


class JudgeForm(forms.Form):
    judged = forms.BooleanField(
        label="Ik heb gekeken: op deze afbeeldingen staan geen herkenbare kinderen",
        error_messages={"required": "Kijk eerst naar elke afbeelding, en zet dan het vinkje."},
        help_text="De inzenders vinkten dit ook aan. Lees ook wat er bij «Wat zie je?» staat: iedereen kan dat lezen. "
        "Twijfel je? Ga dan terug en haal dat wensbeeld weg.",
    )


def image(picture: Picture, width: int) -> SafeString:
    """The picture as an <img> of this width in pixels."""
    height = round(width * picture.height / picture.width)
    shape = '<img src="{}" alt="{}" width="{}" height="{}" loading="lazy">'
    return format_html(shape, picture.small, picture.alt, width, height)


def reasons_of(wensbeelden: list[Wensbeeld]) -> dict[int, list[str]]:
    """The open reports about each, in words: «2 × gemeld: Het is reclame»."""
    found: dict[int, list[str]] = {each.pk: [] for each in wensbeelden}
    waiting = WensbeeldReport.objects.waiting().filter(wensbeeld__in=found)
    for (pk, reason), times in Counter(waiting.values_list("wensbeeld", "reason")).items():
        found[pk].append(f"{times} × gemeld: {WensbeeldReport.Reason(reason).label}")
    return found


@admin.register(Wensbeeld)
class WensbeeldAdmin(ShownAdmin, LoggingAdmin):
    form = DescriptionForm
    counted, that = "wensbeeld,wensbeelden", "dat"
    list_display = ["thumbnail", "words", "sender", "state", "reported", "created_at"]
    list_display_links = ["thumbnail", "words"]
    list_filter = [StateFilter, "doubt", ("motto", RowFilter), ("role", RowFilter)]
    list_select_related = ["picture", "role"]
    search_fields = ["text", "name"]
    search_help_text = "Zoek in woorden en naam"
    actions = ["approve", "remove", "set_apart", "keep_longer", "restore", "erase"]
    readonly_fields = ["detail"]

    def get_queryset(self, request):
        waiting = Count("reports", filter=Q(reports__handled_at=None))
        newest = Max("reports__pk", filter=Q(reports__handled_at=None))
        return super().get_queryset(request).annotate(open_reports=waiting, newest_report=newest)

    def get_changelist(self, request, **kwargs):
        return Wensbeelden

    def get_fields(self, request, obj=None):
        return ["detail", "motto", *(["alt"] if obj and obj.picture_id else [])]

    @admin.display(description="beeld")
    def thumbnail(self, wensbeeld):
        return image(wensbeeld.picture, 120) if wensbeeld.picture else "alleen woorden"

    @admin.display(description="woorden", ordering="text")
    def words(self, wensbeeld):
        """All words that become public: what the picture shows becomes a title, on the page and where it is shared."""
        alt = wensbeeld.picture and wensbeeld.picture.alt
        lines = [line for line in (wensbeeld.text, alt and f"Wat zie je? {alt}") if line]
        return format_html_join(mark_safe("<br>"), "{}", ([line] for line in lines)) or "–"

    @admin.display(description="van")
    def sender(self, wensbeeld):
        return ", ".join(filter(None, [isolated(wensbeeld.name), wensbeeld.role and wensbeeld.role.name])) or "–"

    @admin.display(description="toestand", ordering="published_at")
    def state(self, wensbeeld):
        if wensbeeld.is_about_child:
            return "weggehaald: gaat over één kind"
        if wensbeeld.removed_at:
            return "weggehaald"
        if wensbeeld.published_at:
            return "zichtbaar"
        return f"wacht: {wensbeeld.get_doubt_display()}" if wensbeeld.doubt else "wacht"

    @admin.display(description="meldingen", ordering="open_reports", empty_value="")
    def reported(self, wensbeeld):
        return f"{wensbeeld.open_reports} × gemeld" if wensbeeld.open_reports else ""

    @admin.display(description="ingestuurd")
    def detail(self, wensbeeld):
        context = {
            "wensbeeld": wensbeeld,
            "state": self.state(wensbeeld),
            **parents.goes(wensbeeld),
            "picture": wensbeeld.picture and image(wensbeeld.picture, 480),
            "reports": wensbeeld.reports.select_related("handled_by").order_by("created_at"),
        }
        return render_to_string("polls/wensbeelden/admin/detail.html", context)

    @admin.action(description="Goedkeuren", location=EVERYWHERE, permissions=["change"])
    def approve(self, request, queryset):
        """Shows what waits, and lets what was reported stay.

        The moderator has looked at each picture and read what people report, which is settled with this.
        """
        chosen = [each for each in queryset if each.is_waiting or (each.open_reports and not each.removed_at)]
        pictured = any(each.picture_id for each in chosen)
        form = answered(request, JudgeForm if pictured else SureForm)
        if not form.is_valid() and (pictured or any(each.open_reports for each in chosen)):
            title = "Staan er geen kinderen herkenbaar op?" if pictured else "Mag dit blijven staan?"
            return self.ask(request, chosen, form, action="approve", title=title, button="Keur goed")
        done = self.decide_as_shown(request, chosen, lambda each, version: each.publish(request.user, version))
        self.tell(request, done, "Goedgekeurd")

    @admin.action(description="Terugzetten", location=EVERYWHERE, permissions=["change"])
    def restore(self, request, queryset):
        chosen = [each for each in queryset if each.removed_at and not each.is_about_child]
        done = self.decide_as_shown(request, chosen, lambda each, version: each.restore(request.user, version))
        self.tell(request, done, "Teruggezet")

    @admin.action(description="Weghalen …", location=EVERYWHERE, permissions=["change"])
    def remove(self, request, queryset):
        """Asks for the reason first."""
        chosen = [each for each in queryset if not each.removed_at]
        form = answered(request, ReasonForm)
        if not (chosen and form.is_valid()):
            title = "Waarom halen we dit weg?"
            return self.ask(request, chosen, form, action="remove", title=title, button="Haal weg")
        reason = form.cleaned_data["reason"]
        self.each(request, chosen, lambda each: each.remove(request.user, reason), "Weggehaald")

    @admin.action(description="Dit gaat over één kind …", location=EVERYWHERE, permissions=["change"])
    def set_apart(self, request, queryset):
        """Asks first: what is about one child never comes back."""
        chosen = [each for each in queryset if not each.is_about_child]
        if not answered(request, SureForm).is_valid():
            title, button = "Gaat dit over één kind?", "Ja, voorgoed uit het zicht"
            texts = {"action": "set_apart", "title": title, "button": button, "days": parents.days()}
            texts |= {"irreversible": True, "template": "moderation/set_apart.html"}
            return self.ask(request, chosen, SureForm(), **texts)
        done = self.decide_as_shown(request, chosen, lambda each, version: each.set_apart(request.user, version))
        log.forget(Wensbeeld, [each.pk for each in done])
        self.tell(request, [Wensbeeld(pk=each.pk, text=log.GONE) for each in done], "Gaat over één kind")

    @admin.action(description="Bewaar langer …", location=EVERYWHERE, permissions=["change"])
    def keep_longer(self, request, queryset):
        """Asks why first."""
        chosen = [each for each in queryset if each.is_about_child]
        form = answered(request, KeepForm)
        if not (chosen and form.is_valid()):
            texts = {"action": "keep_longer", "title": "Waarom bewaren we dit langer?", "button": "Bewaar langer"}
            return self.ask(request, chosen, form, what=KEPT_LONGER, **texts)
        reason, days = form.cleaned_data["reason"], Retention.objects.days_of(Term.CHILD)
        done = [each for each in chosen if each.keep_longer(reason, days)]
        self.tell(request, [Wensbeeld(pk=each.pk, text=log.GONE) for each in done], f"Langer bewaard: {reason}")

    @admin.action(description="Echt wissen …", location=EVERYWHERE, permissions=["erase"])
    def erase(self, request, queryset):
        """Asks first, because there is no way back. The log keeps who did it and when, not what it showed."""
        chosen, form = list(queryset), answered(request, SureForm)
        if form.is_valid():
            return self.tell(request, self.erase_each(request, chosen), "Echt gewist")
        texts = {"action": "erase", "title": FOR_GOOD, "button": "Wis voorgoed", "irreversible": True}
        what = (
            "De woorden, de naam, de afbeelding en alle eerdere versies gaan voorgoed weg. "
            "Wie het deed en wanneer, blijft bewaard."
        )
        return self.ask(request, chosen, form, what=what, **texts)

    def ask(self, request, wensbeelden: list[Wensbeeld], form: forms.Form, **texts) -> TemplateResponse:
        """The page in between, with every picture and what people report."""
        reasons = reasons_of(wensbeelden)
        for each in wensbeelden:
            # For the template alone: no column of a wensbeeld.
            each.image = each.picture and image(each.picture, 240)  # type: ignore[attr-defined]
            each.reasons = reasons[each.pk]  # type: ignore[attr-defined]
        settled = " Wat gemeld is, is daarmee afgehandeld." if any(reasons.values()) else ""
        texts["what"] = texts.get("what", "Je kunt dit later terugdraaien.") + settled
        texts |= {"line": "polls/wensbeelden/admin/asked.html", "look": "judged", "all_shown": True}
        return ask(self, request, wensbeelden, form, back=self.back_to_list(request), first_look=True, **texts)


@admin.register(WensbeeldReport)
class WensbeeldReportAdmin(ReportsAdmin):
    list_select_related = ["wensbeeld__picture", "handled_by"]
    asked = "polls/wensbeelden/admin/asked_report.html"

    def let_stay(self, request, rows: list[Wensbeeld]) -> None:
        """Nothing that was taken away comes back by this."""
        done = self.decide_as_shown(request, rows, lambda each, version: each.let_stay(request.user, version))
        self.tell_stays(request, Decided(len(done)))

    @admin.display(description="wensbeeld")
    def excerpt(self, report):
        if report.wensbeeld.is_about_child:
            return "gaat over één kind"
        return report.wensbeeld.text or (report.wensbeeld.picture and report.wensbeeld.picture.alt) or "–"

    @admin.display(description="wensbeeld")
    def link(self, report):
        return render_to_string("polls/wensbeelden/admin/reported.html", {"wensbeeld": report.wensbeeld})
