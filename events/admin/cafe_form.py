"""The form of a café: what may still change, what comes along with it, and who has to know."""

from typing import cast

from django import forms
from django.contrib.admin.utils import label_for_field
from django.utils import timezone

from events import around
from events.invitation import sheets
from events.models import Cafe
from events.models.cafes import LONGEST, NO_ROOM, ONE_DAY
from events.models.moving import OFF
from werkplaats.backoffice.base import PublishedForm
from werkplaats.words import moment

CAPACITIES = ("room_capacity", "online_capacity")
# When one of these changes, people who signed up have to know.
WHEN = ("starts_at", "ends_at")
MOVES = (*WHEN, "room", "online_link")
NO_FIT = "Deze tekst past niet op de uitnodiging. Maak hem korter, of met minder regels."
IS_ON = (
    "Dit café is nu bezig, met mensen in de zaal: op een andere dag begint alles opnieuw. Kies die dag als het voorbij"
    " is. Breek je het af? Kies dan eerst «Afgelasten …»."
)
STAYS_VISIBLE = (
    "Er zijn mensen aangemeld. Zij krijgen mails over dit café, dus het blijft zichtbaar. "
    "Gaat het niet door? Kies dan «Afgelasten …»: dan weet iedereen het."
)


class CafeForm(PublishedForm):
    cycles: forms.ModelMultipleChoiceField = forms.ModelMultipleChoiceField(
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
            cycles = Cafe.cycles.rel.related_model._default_manager.all()
            cast(forms.ModelMultipleChoiceField, self.fields["cycles"]).queryset = cycles
        if self.instance.pk:
            self.initial["cycles"] = self.instance.cycles.all()

    def besides(self, row):
        return super().besides(row) | {"cycles": list(row.cycles.all())}

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
        """A café ends on the day it starts: a forgotten second date once made one last a week."""
        start, end = (self.cleaned_data.get(name) for name in WHEN)
        if not (start and end and start < end and {*WHEN} & {*self.changed_data}):
            return
        if end - start > LONGEST or timezone.localdate(start) != timezone.localdate(end):
            self.add_error("ends_at", ONE_DAY)

    def clean_change(self, cafe: Cafe) -> None:
        """What may still change about the café as it is now, and what that means for the people who signed up."""
        self.leave_the_rest(cafe)
        data, now = self.cleaned_data, timezone.now()
        if cafe.called_off_at and {*WHEN, "room"} & {*self.changed_data}:
            raise forms.ValidationError(OFF)
        if "starts_at" in data and "starts_at" in self.changed_data:
            if data["starts_at"] <= now and not cafe.has_begun:
                self.add_error("starts_at", "Dit moment is al voorbij. Kies een moment dat nog komt.")
            elif timezone.localdate(data["starts_at"]) != timezone.localdate(now) and around.is_on(cafe):
                self.add_error("starts_at", IS_ON)
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
        """Measured with the name and the question, which stand above the columns."""
        text = self.cleaned_data["next_text"]
        title, question = (self.cleaned_data.get(name, "") for name in ("title", "question"))
        if not sheets.fits_second(title, question, text):
            raise forms.ValidationError(NO_FIT)
        return text

    def moved_from(self, cafe: Cafe) -> dict:
        """What the people who signed up have to know. Of a draft, a past café or one called off: nothing.

        The first link to take part online is no change: it is mailed when the time has come.
        """
        data = self.cleaned_data
        is_over = data.get("ends_at", cafe.ends_at) <= timezone.now()
        if is_over or cafe.called_off_at or not cafe.published_at:
            return {}
        changed = {name: data[name] for name in MOVES if name in data and getattr(cafe, name) != data[name]}
        first_link = set(changed) == {"online_link"} and not cafe.online_link
        return {} if first_link else changed


def told_of(shifted: dict) -> str:
    names = (f"{label_for_field(name, Cafe)} {moment(value)}" for name, value in shifted.items())
    return f"Dit schuift mee: {', '.join(names)}. Klopt dat niet? Verander het dan na het bewaren."
