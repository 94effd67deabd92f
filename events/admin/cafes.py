"""The cafés in the admin: all their fields, moving one and calling it off."""

from typing import cast

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from events import retention
from events.admin.cafe_form import CAPACITIES, WHEN, CafeForm, told_of
from events.admin.cafe_pages import TELL, CafePages
from events.admin.feedback import tell_queue, tell_to_ring
from events.models import Cafe, Mailing
from events.models.moving import AROUND
from events.places import Seat
from werkplaats.backoffice.base import BaseAdmin, Filter
from werkplaats.words import number, period

SILENT = "_silent"


class StateFilter(Filter):
    title = "staat"
    parameter_name = "staat"
    choices_of = {
        "komt": ("komt nog of is bezig", lambda cafes: going_on(cafes).filter(ends_at__gt=timezone.now())),
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
        ("Aanmelden", {"fields": ["opens_at", "closes_at", "hold_hours", "asks_from", "late", "keep_months", "kept"]}),
        (
            "Uitnodiging",
            {
                "fields": ["front_text", "next_text", "shows_mottos"],
                "description": "Laat een tekst leeg, dan staat er een algemene tekst. Een eigen tekst voor de volgende "
                "bladzijde begin je met «## Wat?» en «## Hoe?».",
            },
        ),
    ]

    def get_readonly_fields(self, request, obj=None):
        """The slug is fixed after the first sign-up: the keys in mails are made with it."""
        fixed = obj and obj.registrations.exists()
        return [*self.readonly_fields, *(["slug"] if fixed else [])]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def get_queryset(self, request):
        return Cafe.objects.with_counts().order_by(*self.get_ordering(request))

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
        """More places let the queue in at once. People who signed up hear about a new time or place."""
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
        obj.correct((typed | form.shifted.keys()) - later)
        if moved and (mailing := obj.move(by=request.user, **moved | around)):
            if mailing.people:
                messages.success(request, f"{number(mailing.people, 'persoon krijgt,mensen krijgen')} een mail.")
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
        """Before another time or place is saved, shows the mail that everyone gets."""
        if object_id and request.method == "POST" and not {TELL, SILENT} & request.POST.keys():
            with transaction.atomic():
                if page := self.before_moving(request, object_id):
                    return page
        return super().changeform_view(request, object_id, form_url, extra_context)

    def before_moving(self, request, object_id) -> TemplateResponse | None:
        """The page in between. None when nobody has to be told, or the form is not right yet."""
        cafe = self.get_object(request, unquote(object_id))
        if cafe is None or not self.has_change_permission(request, cafe):
            return None
        was = cafe.starts_at
        form = cast(CafeForm, self.get_form(request, cafe, change=True)(request.POST, instance=cafe))
        if not (form.is_valid() and form.moved and cafe.registrations.coming().exists()):
            return None
        mailing = Mailing(cafe=cafe, kind=Mailing.Kind.MOVED, starts_at=cafe.starts_at, was=was)
        people = len(mailing.recipients)
        buttons = [(TELL, f"Bewaar en mail {number(people, 'persoon,mensen')}" if people else "Bewaar")]
        note = told_of(form.shifted) if form.shifted else ""
        if not {*WHEN} & form.moved.keys():
            buttons.append((SILENT, "Bewaar zonder mail"))
            note = "Was het alleen een typefout? Dan kun je het ook bewaren zonder mail."
        typed = [(name, value) for name, values in request.POST.lists() for value in values]
        title = "Iedereen laten weten wat er verandert?"
        return self.mail_first(request, cafe, mailing, people, title=title, typed=typed, buttons=buttons, note=note)
