"""The cafés in the admin: all their fields, moving one and calling it off."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from events import mails, retention
from events.admin.cafe_pages import TELL, CafePages
from events.admin.feedback import tell_queue, tell_to_ring, to_ring
from events.invitation import sheets
from events.models.cafes import AROUND, LONGEST, NO_ROOM, OFF, ONE_DAY, Cafe
from events.models.mailings import Mailing
from events.places import Seat
from werkplaats.backoffice.base import BaseAdmin, Filter, TypedForm
from werkplaats.words import moment, number, period

CAPACITIES = ("room_capacity", "online_capacity")
# When one of these changes, people who signed up have to know.
WHEN = ("starts_at", "ends_at")
MOVES = (*WHEN, "room", "online_link")
SILENT = "_silent"
NO_FIT = "Deze tekst past niet op de uitnodiging. Maak hem korter, of met minder regels."
STAYS_VISIBLE = (
    "Er zijn mensen aangemeld. Zij krijgen mails over dit café, dus het blijft zichtbaar. "
    "Gaat het niet door? Kies dan «Afgelasten …»: dan weet iedereen het."
)


class CafeForm(TypedForm):
    published = forms.BooleanField(
        label="Zichtbaar op de site", required=False, initial=True, help_text="Uit: dit café is een concept."
    )
    cycles = forms.ModelMultipleChoiceField(
        None,
        label="Hoort bij een ontwerptraject",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Dan heet het op de site een themacafé.",
    )
    moved: dict = {}  # what changed about when and where, for the people who signed up
    shifted: dict = {}  # the moments that come along to another day

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "cycles" in self.fields:  # not for who may only look
            self.fields["cycles"].queryset = Cafe.cycles.rel.related_model._default_manager.all()
        if self.instance.pk:
            self.initial["published"] = self.instance.published_at is not None
            self.initial["cycles"] = self.instance.cycles.all()

    def clean(self):
        super().clean()
        if self.instance.pk:
            # The lock holds until the form is saved: nobody takes a place in between.
            self.clean_change(self.instance.locked())
        self.clean_end()
        data = self.cleaned_data
        if data.get("room_capacity") == data.get("online_capacity") == 0:
            raise forms.ValidationError("Geef dit café plaatsen in de zaal, online, of allebei.")
        if data.get("room_capacity") and data.get("room") == "":
            self.add_error("room", NO_ROOM)
        for name in ("opens_at", "asks_from"):
            if data.get(name) and data.get("starts_at") and data[name] >= data["starts_at"]:
                self.add_error(name, "Dan is het café al begonnen. Kies een moment ervoor.")
        return data

    def clean_end(self) -> None:
        """On the day of the start: a second date that was forgotten made a café of a week."""
        start, end = (self.cleaned_data.get(name) for name in WHEN)
        if not (start and end and start < end and {*WHEN} & {*self.changed_data}):
            return
        if end - start > LONGEST or timezone.localdate(start) != timezone.localdate(end):
            self.add_error("ends_at", ONE_DAY)

    def clean_change(self, cafe: Cafe) -> None:
        """What may become of a café, as it is now, and what that means for who signed up."""
        self.leave_the_rest(cafe)
        data, now = self.cleaned_data, timezone.now()
        if cafe.called_off_at and {*WHEN, "room"} & {*self.changed_data}:
            raise forms.ValidationError(OFF)
        if "starts_at" in data and "starts_at" in self.changed_data:
            if data["starts_at"] <= now and not cafe.has_begun:
                self.add_error("starts_at", "Dit moment is al voorbij. Kies een moment dat nog komt.")
            else:
                self.shifted = cafe.shifted(data["starts_at"], typed=self.changed_data)
                data |= self.shifted
        if cafe.is_past and data.get("ends_at", now) > now and self.has_been_held(cafe):
            raise forms.ValidationError("Dit café is geweest. Maak een nieuw café voor een andere dag.")
        if cafe.published_at and not data.get("published") and self.is_awaited(cafe):
            self.add_error("published", STAYS_VISIBLE)
        self.moved = self.moved_from(cafe)
        cafe.check_capacities({name: data[name] for name in CAPACITIES if name in data})

    @staticmethod
    def is_awaited(cafe: Cafe) -> bool:
        return not (cafe.called_off_at or cafe.is_past) and cafe.registrations.coming().exists()

    @staticmethod
    def has_been_held(cafe: Cafe) -> bool:
        return bool(cafe.forgotten_at) or cafe.registrations.coming().exists()

    def clean_front_text(self):
        text = self.cleaned_data["front_text"]
        if not sheets.fits_front(text):
            raise forms.ValidationError(NO_FIT)
        return text

    def clean_next_text(self):
        """Beside the name and the question, which stand above the columns."""
        text = self.cleaned_data["next_text"]
        above = (self.cleaned_data.get(name, "") for name in ("title", "question"))
        if not sheets.fits_second(*above, text):
            raise forms.ValidationError(NO_FIT)
        return text

    def moved_from(self, cafe: Cafe) -> dict:
        """What people who signed up have to know; nothing of a concept, or of what has been or is called off.

        The first link to take part online is no change: it is mailed when the time has come.
        """
        data = self.cleaned_data
        is_over = data.get("ends_at", cafe.ends_at) <= timezone.now()
        if is_over or cafe.called_off_at or not cafe.published_at:
            return {}
        changed = {name: data[name] for name in MOVES if name in data and getattr(cafe, name) != data[name]}
        first_link = set(changed) == {"online_link"} and not cafe.online_link
        return {} if first_link else changed

    def save(self, commit=True):
        """Turns the tick into a moment."""
        if "published" in self.changed_data or not self.instance.pk:
            moment = self.instance.published_at or timezone.now()
            self.instance.published_at = moment if self.cleaned_data["published"] else None
        return super().save(commit)


def told_of(shifted: dict) -> str:
    names = (f"{Cafe._meta.get_field(name).verbose_name} {moment(value)}" for name, value in shifted.items())
    return f"Dit schuift mee: {', '.join(names)}. Klopt dat niet? Verander het dan na het bewaren."


class StateFilter(Filter):
    title = "staat"
    parameter_name = "staat"
    choices_of = {
        "komt": ("komt nog", lambda cafes: going_on(cafes).filter(ends_at__gt=timezone.now())),
        "geweest": ("geweest", lambda cafes: going_on(cafes).filter(ends_at__lte=timezone.now())),
        "concept": ("concept", lambda cafes: cafes.filter(published_at=None)),
        "afgelast": ("afgelast", lambda cafes: cafes.filter(called_off_at__isnull=False)),
    }


def going_on(cafes):
    return cafes.filter(published_at__isnull=False, called_off_at=None)


@admin.register(Cafe)
class CafeAdmin(CafePages, BaseAdmin):
    form = CafeForm
    list_display = ["title", "label", "when", "state", "in_the_room", "online", "waiting"]
    list_filter = [StateFilter]
    ordering = ["-starts_at"]
    search_fields = ["title", "question", "room"]
    search_help_text = "Zoek in naam, vraag en zaal"
    prepopulated_fields = {"slug": ["title"]}
    readonly_fields = ["state", "totals", "kept"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "label", "published", "state", "totals"]}),
        (
            "Wanneer",
            {
                "fields": ["starts_at", "ends_at"],
                "description": "Nederlandse tijd. Verander je dit of de plek, dan zie je eerst de mail die eruit gaat.",
            },
        ),
        ("De zaal", {"fields": ["room", "room_capacity", "route"]}),
        ("Online", {"fields": ["online_link", "online_capacity"]}),
        ("Waarover", {"fields": ["question", "text", "agenda", "topic", "cycles"]}),
        ("Aanmelden", {"fields": ["opens_at", "closes_at", "asks_from", "late", "keep_months", "kept"]}),
        (
            "Uitnodiging",
            {
                "fields": ["front_text", "next_text", "shows_mottos"],
                "description": "Laat een tekst leeg, dan staat er een algemene tekst. Een eigen tekst voor de volgende "
                "bladzijde begin je met «## Wat?» en «## Hoe?».",
            },
        ),
    ]

    class Media:
        css = {"all": ["css/cafe-admin.css"]}

    def get_readonly_fields(self, request, obj=None):
        """The keys in the mails of who signed up are made with the address of the café."""
        fixed = obj and obj.registrations.exists()
        return [*self.readonly_fields, *(["slug"] if fixed else [])]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def get_queryset(self, request):
        return super().get_queryset(request).with_counts()

    @admin.display(description="wanneer", ordering="starts_at")
    def when(self, cafe):
        return period(cafe)

    @admin.display(description="staat")
    def state(self, cafe):
        return cafe.state.label if cafe.pk else "nieuw"

    @admin.display(description="zaal")
    def in_the_room(self, cafe):
        return f"{cafe.places('room').taken} van {cafe.room_capacity}"

    @admin.display(description="online")
    def online(self, cafe):
        return f"{cafe.places('online').taken} van {cafe.online_capacity}"

    @admin.display(description="wachtlijst")
    def waiting(self, cafe):
        return sum(cafe.places(seat).waiting for seat in Seat)

    @admin.display(description="aanmeldingen")
    def totals(self, cafe):
        if cafe.pk is None:
            return "nog geen"
        if cafe.forgotten_at:
            return f"zaal {self.in_the_room(cafe)}, online {self.online(cafe)}"
        return format_html(
            'zaal {}, online {}, op de wachtlijst {} (<a href="{}?cafe__id__exact={}">bekijk ze</a>)',
            self.in_the_room(cafe),
            self.online(cafe),
            self.waiting(cafe),
            reverse("admin:events_registration_changelist"),
            cafe.pk,
        )

    @admin.display(description="gewist")
    def kept(self, cafe):
        return retention.told(cafe) if cafe.pk else ""

    def save_model(self, request, obj, form, change):
        """More places let the queue in at once; who signed up hears when and where it is now."""
        if not change:
            return super().save_model(request, obj, form, change)
        moved = {} if SILENT in request.POST else form.moved
        # Only what was typed: the rest may have changed since the form was opened.
        typed = {field.name for field in self.opts.concrete_fields} & set(form.changed_data)
        if "published" in form.changed_data:
            typed.add("published_at")
        around = {name: form.cleaned_data[name] for name in AROUND}
        # A room without places may go unnamed: these go first. New places come last, when it has a name.
        later = {name for name in CAPACITIES if getattr(obj, name)} | ({*moved, *around} if moved else set())
        obj.save(update_fields=(typed | form.shifted.keys()) - later)
        if moved and (mailing := obj.move(by=request.user, **moved | around)):
            if mailing.people:
                messages.success(request, f"{number(mailing.people, 'mens krijgt,mensen krijgen')} een mail.")
            tell_to_ring(request, mailing.meant)
        if form.shifted:
            messages.info(request, told_of(form.shifted))
        capacities = {name: form.cleaned_data[name] for name in CAPACITIES if name in typed}
        tell_queue(request, obj.resize(**capacities))

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if "cycles" in form.changed_data:
            form.instance.cycles.set(form.cleaned_data["cycles"])

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Between typing another time or place and saving it: the mail that everyone gets."""
        if object_id and request.method == "POST" and not {TELL, SILENT} & request.POST.keys():
            with transaction.atomic():
                if page := self.before_moving(request, object_id):
                    return page
        return super().changeform_view(request, object_id, form_url, extra_context)

    def before_moving(self, request, object_id) -> TemplateResponse | None:
        """The page in between; None when nobody has to be told anything, or the form is not right yet."""
        cafe = self.get_object(request, unquote(object_id))
        if cafe is None or not self.has_change_permission(request, cafe):
            return None
        was = cafe.starts_at
        form = self.get_form(request, cafe, change=True)(request.POST, instance=cafe)
        if not (form.is_valid() and form.moved and cafe.registrations.coming().exists()):
            return None
        mailing = Mailing(cafe=cafe, kind=Mailing.Kind.MOVED, starts_at=cafe.starts_at, was=was)
        people = mailing.recipients.count()
        context = {
            "title": "Iedereen laten weten wat er verandert?",
            "preview": mails.preview(mailing, people),
            "to_ring": to_ring(mailing.meant),
            "typed": [(name, value) for name, values in request.POST.lists() for value in values],
            "action": request.path,
            "buttons": [(TELL, f"Bewaar en mail {number(people, 'mens,mensen')}" if people else "Bewaar")],
        }
        if form.shifted:
            context["note"] = told_of(form.shifted)
        if not {"starts_at", "ends_at"} & form.moved.keys():
            context["buttons"].append((SILENT, "Bewaar zonder mail"))
            context["note"] = "Was het alleen een typefout? Dan kun je het ook bewaren zonder mail."
        return self.page(request, cafe, "events/admin/sure.html", context)
