"""Signing up for a café: a place, a name and an address; the rest if you like."""

from django import forms
from django.utils.functional import lazy
from django.utils.html import format_html

from events.models import Cafe
from events.places import Seat
from werkplaats.fields import AddressField, LineField
from werkplaats.templatetags.werkplaats import number


class RegistrationForm(forms.Form):
    """`lists` comes from `lists_of(site)`, so that the form asks no query for its choices."""

    wish = forms.ChoiceField(
        label="Zo doe ik mee",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies of je naar de zaal komt of online meedoet.",
            "invalid_choice": "Deze plaatsen zijn er niet bij dit café. Kies een van de mogelijkheden.",
        },
    )
    name = LineField(
        label="Je naam",
        max_length=60,
        help_text="Dan weten we wie we verwachten. Een voornaam is genoeg.",
        error_messages={"required": "Vul je naam in. Een voornaam is genoeg."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = AddressField(
        label="Je e-mailadres",
        help_text="Voor je bevestiging, met een link om je af te melden. Het komt nooit op de site.",
        error_messages={"required": "Vul je e-mailadres in. Zonder adres kunnen we je niets bevestigen."},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    role_id = forms.TypedChoiceField(
        label="Je rol",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="Zo zien we wie er meepraat.",
        error_messages={"invalid_choice": "Kies een rol uit de lijst."},
    )
    werkgebied_id = forms.TypedChoiceField(
        label="Je werkgebied",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="Zo zien we of alle gebieden meedoen.",
        error_messages={"invalid_choice": "Kies een werkgebied uit de lijst."},
    )

    def __init__(self, *args, cafe, lists, **kwargs):
        super().__init__(*args, **kwargs)
        wish = self.fields["wish"]
        # Lazy labels: a form that is only checked counts no places.
        wish.choices = [(seat, lazy(seat_label, str)(cafe, seat)) for seat in cafe.kinds]
        if len(cafe.kinds) == 1:
            wish.initial = cafe.kinds[0]
        roles = [(role.pk, role.name) for role in lists.roles if not role.is_pupil]
        self.fields["role_id"].choices = [("", "Kies je rol"), *roles]
        areas = [(area.pk, area.name) for area in lists.werkgebieden]
        self.fields["werkgebied_id"].choices = [("", "Kies je werkgebied"), *areas]


def seat_label(cafe: Cafe, seat: Seat) -> str:
    places = cafe.places(seat)
    name = "In de zaal" if seat == Seat.ROOM else "Online"
    after = f", na {number(places.waiting, 'ander,anderen')}" if places.waiting else ""
    told = places.left if places.has_room else f"vol: je komt op de wachtlijst{after}"
    return format_html("{} <small>{}</small>", name, told)
