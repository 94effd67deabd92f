"""Signing up for a café, and changing that: a place, a name and an address; the rest if you like."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.html import format_html

from events.models import Cafe, Registration
from events.places import Seat, Wish
from werkplaats.fields import AddressField, NameField, ProseField

NAMES: dict[str, str] = {
    Wish.ROOM: "In de zaal",
    Wish.ONLINE: "Online",
    Wish.BOTH: "Online, en op de wachtlijst voor de zaal",
}
LABEL = "{} <small>{}</small>"


def number_chosen(label: str, why: str, wrong: str) -> forms.TypedChoiceField:
    """A list to choose a row from, or nothing."""
    errors = {"invalid_choice": wrong}
    return forms.TypedChoiceField(
        label=label, required=False, coerce=int, empty_value=None, help_text=why, error_messages=errors
    )


class PlaceForm(forms.Form):
    """What people ask of a café: which place, with whom, and what to know beforehand."""

    fields: dict[str, Any]  # of which some have choices: Field has none
    wish = forms.ChoiceField(
        label="Zo doe ik mee",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies of je naar de zaal komt of online meedoet.",
            "invalid_choice": "Deze plaatsen zijn er niet bij dit café. Kies een van de mogelijkheden.",
        },
    )
    together = forms.BooleanField(
        label="Ik neem iemand mee",
        required=False,
        help_text="Bijvoorbeeld je partner of een tolk. Dan houden we twee plaatsen voor je vrij.",
    )
    wishes = ProseField(
        label="Waar kunnen we rekening mee houden?",
        required=False,
        max_length=500,
        help_text="Een rolstoel, een ringleiding, eten. Alleen wie het café voorbereidt leest dit. We wissen het op "
        "de dag erna.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    question = ProseField(
        label="Heb je nu al een vraag?",
        required=False,
        max_length=500,
        help_text="Misschien nemen we die mee in het café.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, cafe: Cafe, **kwargs):
        super().__init__(*args, **kwargs)
        self.cafe = cafe
        wish = self.fields["wish"]
        # Lazy labels: a form that is only checked asks for no places.
        wish.choices = [(seat, told_of_seat(cafe, seat)) for seat in cafe.kinds]
        if len(cafe.kinds) == 1:
            wish.initial = cafe.kinds[0]
        else:
            wish.choices = [*wish.choices, (Wish.BOTH, told_of_both(cafe))]

    def offer_what_helps(self) -> None:
        """Before the form is shown: no waiting for a room that has places, also for two."""
        if self.cafe.places_told(Seat.ROOM).fits(2) and self["wish"].value() != Wish.BOTH:
            wish = self.fields["wish"]
            wish.choices = [choice for choice in wish.choices if choice[0] != Wish.BOTH]

    def place(self) -> dict:
        """The fields of Registration that were filled in, and the wish."""
        data = dict(self.cleaned_data)
        wish, people = Wish(data.pop("wish")), 2 if data.pop("together") else 1
        return {"wish": wish, "people": people, **data}


class PersonForm(PlaceForm):
    """Also who it is that comes. `lists` are those of the site, so that the choices take no query."""

    name = NameField(
        label="Je naam",
        max_length=60,
        help_text="Dan weten we wie we verwachten. Een voornaam is genoeg.",
        error_messages={"required": "Vul je naam in. Een voornaam is genoeg."},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    role_id = number_chosen("Je rol", "Zo zien we wie er meepraat.", "Kies een rol uit de lijst.")
    werkgebied_id = number_chosen(
        "Je werkgebied", "Zo zien we of alle gebieden meedoen.", "Kies een werkgebied uit de lijst."
    )

    def __init__(self, *args, lists, **kwargs):
        super().__init__(*args, **kwargs)
        roles = [(role.pk, role.name) for role in lists.roles if not role.is_pupil]
        self.fields["role_id"].choices = [("", "Kies je rol"), *roles]
        areas = [(area.pk, area.name) for area in lists.werkgebieden]
        self.fields["werkgebied_id"].choices = [("", "Kies je werkgebied"), *areas]


class RegistrationForm(PersonForm):
    """A new sign-up."""

    email = AddressField(
        label="Je e-mailadres",
        help_text="Voor je bevestiging, met een link om je aanmelding te wijzigen. Het komt nooit op de site.",
        error_messages={"required": "Vul je e-mailadres in. Zonder adres kunnen we je niets bevestigen."},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ("wish", "name", "email", "role_id", "werkgebied_id", "together", "wishes", "question")


class ChangeForm(PersonForm):
    """Changing a sign-up; the choices say what is so already.

    `typed` are values to show instead of those of the sign-up. Who it is can change as long as a stranger may have
    typed that: all that becomes somebody's own by a button stands beside it, to change.
    """

    def __init__(self, data=None, *, registration: Registration, lists, typed: dict | None = None):
        initial = {"wish": registration.asks_for, "together": registration.brings_someone}
        names = ("name", "role_id", "werkgebied_id", "wishes", "question")
        initial |= {name: getattr(registration, name) for name in names} | (typed or {})
        super().__init__(data, initial=initial, cafe=registration.cafe, lists=lists)
        self.registration = registration
        if registration.is_own:
            for name in ("name", "role_id", "werkgebied_id"):
                del self.fields[name]
        choices = self.fields["wish"].choices
        self.fields["wish"].choices = [(value, self.own_label(value) or label) for value, label in choices]

    def own_label(self, value: str) -> str:
        """What is so already; empty when the places themselves say what would come of the choice.

        What somebody wished stays chosen while they wait for it, so that saving something else keeps it.
        """
        standing = self.registration.standing
        if value == standing.seat:
            so = "die plaats heb je"
        elif value in standing.queues:
            keeps = f", tot dan houd je je plaats {standing.seat.label}" if standing.seat else ""
            so = f"daar wacht je op{keeps}"
        elif value == standing.wish:
            so = "zo ben je nu aangemeld"
        else:
            return ""
        return format_html(LABEL, NAMES[value], so)

    def offer_what_helps(self) -> None:
        super().offer_what_helps()
        if self.registration.seat == Seat.ROOM:  # nobody waits for a place they have
            wish = self.fields["wish"]
            wish.choices = [choice for choice in wish.choices if choice[0] != Wish.BOTH]


def seat_label(cafe: Cafe, seat: Seat) -> str:
    """In words, of some minutes ago: from a figure of now one reads whether a sign-up was new."""
    return format_html(LABEL, NAMES[seat], cafe.places_told(seat).in_words)


def both_label(cafe: Cafe) -> str:
    if cafe.places_told(Seat.ROOM).has_room:
        return format_html(LABEL, NAMES[Wish.BOTH], "als je iemand meeneemt: in de zaal zijn geen twee plaatsen meer")
    if cafe.places_told(Seat.ONLINE).has_room:
        then = "vragen we je met een mail" if cafe.asks_now else "schuif je door"
        return format_html(LABEL, NAMES[Wish.BOTH], f"komt er in de zaal een plaats vrij, dan {then}")
    return format_html(LABEL, NAMES[Wish.BOTH], "online is ook vol: je wacht op allebei")


# Made once: `lazy` builds a class, which takes longer than to check the form.
told_of_seat, told_of_both = lazy(seat_label, str), lazy(both_label, str)
