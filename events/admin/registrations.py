"""The sign-ups in the admin: the list of participants, and the forms to sign someone up or change that."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from events import actions as actions_events
from events import retention
from events.admin.cancelling import ask_first
from events.admin.feedback import tell_queue, tell_to_ring
from events.admin.holds import FIRM, FREE, Verb, ask_about_holds, unsure_of
from events.models import Cafe, Registration
from events.models.waiting_list import order
from events.places import Seat, Wish
from werkplaats.backoffice.asking import SureForm, answered
from werkplaats.backoffice.base import EVERYWHERE, BaseAdmin, Filter, RowFilter, TypedForm
from werkplaats.backoffice.shown import ShownAdmin
from werkplaats.models import FailedMail
from werkplaats.privacy.looking import LookedAtAdmin
from werkplaats.privacy.models import Looked
from werkplaats.versions import seen_in
from werkplaats.web.addresses import whole_number
from werkplaats.words import clock, day, isolated, moment, number

# Why the place does not change, by the code of the refusal.
REFUSED = {
    "people": "Er is geen plaats vrij voor een tweede. De eigen plaats blijft.",
    "closed": "De plaats kan niet meer veranderen: deze mens is afgemeld, of het café is begonnen of afgelast.",
}
WHOSE = ("name", "email")
SOMEBODY_ELSE = (
    "Intussen staat hier een andere naam of een ander adres. Open deze aanmelding opnieuw, en kijk of het nog klopt."
)
GONE = "aanmelding afgemeld,aanmeldingen afgemeld"
# With another name and another address at once.
ANEW = "Dit is nu iemand anders: wat bij de vorige naam stond, is leeg. Vul het opnieuw in als het ook hier klopt."
CANCELLED = "Deze mens is afgemeld met een mail naar het vorige adres. Het nieuwe adres krijgt daar een mail over."
TYPED = ("name", "email", "role", "werkgebied", "wishes", "question")


class StandingFilter(Filter):
    title = "stand"
    parameter_name = "stand"
    choices_of = {
        "zaal": ("in de zaal", lambda rows: rows.filter(seat=Seat.ROOM)),
        "online": ("online", lambda rows: rows.filter(seat=Seat.ONLINE)),
        "wacht-zaal": ("wacht op de zaal", lambda rows: rows.filter(queued_for_room_at__isnull=False)),
        "wacht-online": ("wacht op online", lambda rows: rows.filter(queued_for_online_at__isnull=False)),
        "afgemeld": ("afgemeld", lambda rows: rows.filter(cancelled_at__isnull=False)),
    }


class CameFilter(Filter):
    title = "was er"
    parameter_name = "was-er"
    choices_of = {
        "ja": ("ja", lambda rows: rows.filter(came_at__isnull=False)),
        "nee": ("nee", lambda rows: rows.coming().filter(came_at=None)),
    }


class FirmFilter(Filter):
    title = "vast"
    parameter_name = "vast"
    choices_of = {
        "ja": ("ja", lambda rows: rows.filter(confirmed_at__isnull=False)),
        "nee": ("nog niet", lambda rows: rows.unconfirmed()),
    }


class WishFilter(Filter):
    title = "wens"
    parameter_name = "wens"
    choices_of = {"ja": ("met een wens", lambda rows: rows.with_a_wish())}


class PupilForm(forms.BaseModelForm):
    """As on the site: a child gives no address."""

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if data.get("email") and data.get("role") and data["role"].is_pupil:
            self.add_error("email", "Een leerling geeft geen e-mailadres. Laat het leeg.")
        return data


class RegistrationForm(PupilForm, TypedForm):
    """About the person. The place only changes by signing up and cancelling."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.was = {name: getattr(self.instance, name) for name in WHOSE}

    def clean(self):
        data = super().clean()
        if any(self.showed_another(name) for name in WHOSE):
            raise forms.ValidationError(SOMEBODY_ELSE)
        self.instance.cafe.locked()  # until the form is saved; first the café, as everywhere
        rows = Registration.objects.select_for_update(no_key=True)
        if row := rows.filter(pk=self.instance.pk).first():
            self.compare(row)
        return data

    def showed_another(self, name: str) -> bool:
        """Whether this stood otherwise on the page that was sent: what was typed there is not about this person."""
        shown = self.data.get(self.add_initial_prefix(name))
        return shown is not None and shown != self.was[name]

    def clean_email(self):
        email = self.cleaned_data["email"]
        if email and email != self.was["email"]:
            # The lock holds until the form is saved: nobody signs this address up in between.
            self.instance.cafe.locked()
        others = self.instance.cafe.registrations.exclude(pk=self.instance.pk)
        if email and others.filter(email=email).exists():
            raise forms.ValidationError("Dit adres is al aangemeld voor dit café.")
        return email


class PlacedForm(RegistrationForm):
    """With the place, while the café is ahead: people who signed up by telephone cannot change it themselves."""

    wanted = forms.ChoiceField(label="Plaats", widget=forms.RadioSelect)
    fields: dict[str, Any]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        cafe, self.initial["wanted"] = self.instance.cafe, self.instance.wish
        choices = [(seat.value, f"{seat.label}: {cafe.places(seat).left}") for seat in cafe.kinds]
        both = [(Wish.BOTH.value, Wish.BOTH.label)] if len(choices) > 1 else []
        wanted = self.fields["wanted"]
        wanted.choices = choices + both
        wanted.help_text = "De plaats blijft tot een andere zeker is. Wie een adres gaf, krijgt een mail."

    def besides(self, row):
        return super().besides(row) | {"wanted": row.wish}

    def clean(self):
        data = super().clean()
        self.moves = {"wanted", "people"} & {*self.changed_data}
        if self.moves and not self.errors:
            # The lock holds until the form is saved. What was not typed is what it has become.
            now = Registration.objects.select_related("cafe").get(pk=self.instance.pk)
            now.locked()
            data["wanted"] = data["wanted"] if "wanted" in self.moves else now.wish
            data["people"] = data["people"] if "people" in self.moves else now.people
            try:
                now.would_stand(data["wanted"] and Wish(data["wanted"]), data["people"])
            except forms.ValidationError as error:
                self.add_error("people" if error.code == "people" else "wanted", REFUSED[error.code or ""])
        return data


class NewRegistrationForm(PupilForm, forms.ModelForm):
    """Somebody who signs up by telephone, or at the door. `Cafe.register` does the work."""

    wanted = forms.ChoiceField(label="Plaats", choices=Wish, widget=forms.RadioSelect)

    def clean(self):
        data = super().clean()
        cafe = data.get("cafe")
        if cafe is None:
            return data
        # The lock holds until the form is saved, so what is found here stays true.
        cafe = cafe.locked()
        if not cafe.takes_by_hand:
            self.add_error("cafe", cafe.why_closed)
        elif data.get("wanted") and not {*Wish(data["wanted"]).seats} <= {*cafe.kinds}:
            self.add_error("wanted", "Dit café heeft geen plaatsen van deze soort.")
        elif data.get("email") and cafe.registrations.firm().filter(email=data["email"]).exists():
            self.add_error("email", "Dit adres is al aangemeld voor dit café.")
        return data

    def validate_constraints(self):
        """Left to `Cafe.register`: an address that cancelled or was never confirmed is signed up anew."""


@admin.register(Registration)
class RegistrationAdmin(LookedAtAdmin, ShownAdmin, BaseAdmin):
    looked = Looked.SIGN_UPS
    counted = "persoon,mensen"
    list_display = ["name", "standing", "people", "day", "role", "werkgebied", "email", "came", "created_at"]
    list_filter = [
        ("cafe", RowFilter),
        StandingFilter,
        FirmFilter,
        CameFilter,
        WishFilter,
        ("role", RowFilter),
        ("werkgebied", RowFilter),
    ]
    list_select_related = ["cafe", "role", "werkgebied"]
    search_fields = ["name__unaccent", "email"]
    search_help_text = "Zoek op naam en e-mailadres"
    ordering = ["-created_at", "-pk"]
    actions = ["mail_again", "make_firm", "give_free", "accept", "cancel"]

    def get_queryset(self, request):
        return Registration.objects.telling_access().order_by(*self.get_ordering(request))

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = PlacedForm if self.may_move(request, obj) else RegistrationForm if obj else NewRegistrationForm
        return super().get_form(request, obj, change=change, form=form, **kwargs)

    def may_move(self, request, obj) -> bool:
        return bool(obj and obj.is_coming and obj.cafe.is_ahead and self.has_change_permission(request, obj))

    def get_fields(self, request, obj=None):
        """What people wish for stands here alone: not in the list, on paper or in a file."""
        if obj is None:
            return ["cafe", "wanted", "people", *TYPED]
        place = ["wanted", "people"] if self.may_move(request, obj) else ["people"]
        return ["cafe", "standing", *place, *TYPED, "came", "created_at", "mailed_at", "mail"]

    def get_readonly_fields(self, request, obj=None):
        fixed = [] if self.may_move(request, obj) else ["people"]
        return ["cafe", "standing", *fixed, "came", "created_at", "mailed_at", "mail"] if obj else []

    @admin.display(description="mail")
    def mail(self, registration) -> str:
        """Whether a mail about this sign-up never arrived, and why."""
        failed = FailedMail.objects.about("registration_id", registration.pk).first()
        return f"Kwam niet aan: {failed.why} ({moment(failed.at)})." if failed else "Niets dat niet aankwam."

    def get_list_display(self, request):
        """With one café chosen, its day need not stand on every line."""
        one = "cafe__id__exact" in request.GET
        return [name for name in self.list_display if not (one and name == "day")]

    def changelist_view(self, request, extra_context=None):
        """With one café chosen: its totals, and all that goes with its participants."""
        response = super().changelist_view(request, {"title": "Deelnemers", **(extra_context or {})})
        if changelist := getattr(response, "context_data", {}).get("cl"):
            # The list has refused by now what is no number.
            chosen = request.GET.get("cafe__id__exact")
            cafe = chosen and Cafe.objects.filter(pk=chosen).first()
            if cafe:
                totals = retention.totals_that_stay(cafe) or retention.totals_of(changelist.queryset)
                kept = retention.told(cafe)
                wishes = cafe.registrations.with_a_wish().count()
                response.context_data |= {"shown": cafe, "totals": totals, "kept": kept, "wishes": wishes}
        return response

    def list_looked_at(self, request) -> str:
        """With one café chosen, of which it is."""
        cafe = whole_number(request.GET.get("cafe__id__exact", ""))
        return f"café {cafe}" if cafe > 0 else super().list_looked_at(request)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "cafe":
            still = {"ends_at__gt": timezone.now(), "called_off_at": None}
            kwargs["queryset"] = Cafe.objects.public().filter(**still)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description="café", ordering="cafe__starts_at")
    def day(self, registration):
        return day(registration.cafe.starts_at)

    @admin.display(description="stand")
    def standing(self, registration):
        if not registration.is_coming:
            return "afgemeld"
        seat = Seat(registration.seat).label if registration.seat else ""
        waits = [f"wacht op {'de zaal' if each == Seat.ROOM else 'online'}" for each in registration.waits_for]
        blocked = "toegang uitgezet: krijgt geen mail" if getattr(registration, "is_blocked", False) else ""
        return ", ".join(filter(None, [seat, *waits, *unsure_of(registration), blocked]))

    @admin.display(description="was er", ordering="came_at")
    def came(self, registration):
        return f"{clock(registration.came_at)} uur" if registration.came_at else ""

    def save_model(self, request, obj, form, change):
        if change:
            return self.save_changed(request, obj, form)
        data = form.cleaned_data
        lists = {f"{name}_id": data[name] and data[name].pk for name in ("role", "werkgebied")}
        typed = {name: data[name] for name in ("name", "email", "people", "wishes", "question")}
        try:
            obj.pk = data["cafe"].register(wish=data["wanted"], by_hand=True, **typed, **lists)[0].pk
        except forms.ValidationError as error:
            if error.code != "people":
                raise
            # Of an address that was signed up, and never confirmed: the place that was held for one is theirs now.
            obj.pk = data["cafe"].registrations.get(email=data["email"]).pk
            messages.warning(request, REFUSED["people"])
        obj.refresh_from_db()
        self.tell_standing(request, obj)

    def save_changed(self, request, obj, form) -> None:
        """A new address gets the mail with its own link: those of the old one open nothing any more."""
        typed = {*form.changed_data} - {"wanted", "people"}
        obj.retype(typed)
        if {"name", "email"} <= typed:
            messages.info(request, ANEW)
        if "email" in typed and not obj.is_coming and obj.cancelled_by_id is None and obj.cafe.is_ahead:
            messages.warning(request, CANCELLED)
        moved = False
        if getattr(form, "moves", None):
            data = form.cleaned_data
            moved = obj.change(wish=Wish(data["wanted"]), people=data["people"])
            self.tell_standing(request, obj)
        if "email" in form.changed_data and obj.cafe.is_ahead and not moved:
            obj.mail_again()

    def tell_standing(self, request, registration) -> None:
        """Tells where the person stands, and at which number in the queue."""
        numbers = " en ".join(f"nummer {number}" for _, number in registration.queues if number)
        queue = f" ({numbers} in de rij)" if numbers else ""
        messages.info(request, f"{isolated(registration.name)}: {self.standing(registration)}{queue}.")

    def response_post_save_add(self, request, obj):
        """Back to the list of the café in the address, or to this person at its door."""
        at_the_door = "deur" in request.GET and request.user.has_perm("events.change_registration")
        if at_the_door:
            return redirect(f"{reverse('events:door', args=[obj.cafe.slug])}#mens-{obj.pk}")
        if "cafe" in request.GET:
            here = reverse("admin:events_registration_changelist")
            return redirect(f"{here}?cafe__id__exact={obj.cafe_id}")
        return super().response_post_save_add(request, obj)

    @admin.action(description="Meld af …", permissions=["change"], location=EVERYWHERE)
    def cancel(self, request, queryset):
        """Asks first: everyone chosen is mailed."""
        chosen = queryset.select_related("cafe").order_by("cafe__starts_at", "name_order", "pk")
        people = [each for each in chosen if each.is_coming and each.cafe.is_ahead]
        if not people:
            words = "Hier valt niets af te melden: dat kan alleen wie nog komt, bij een café dat nog moet beginnen."
            return messages.warning(request, words)
        form = answered(request, SureForm)
        if not form.is_valid():
            return ask_first(self, request, people, form, left=len(chosen) - len(people))
        done = self.act_as_shown(request, people, partial(actions_events.cancel, by=request.user), "Afgemeld.", GONE)
        tell_to_ring(request, done)

    @admin.action(description="Komt zeker: maak vast …", permissions=["change"], location=EVERYWHERE)
    def make_firm(self, request, queryset):
        """For people who were telephoned, or stand at the desk."""
        return self.settle_holds(request, queryset, FIRM)

    @admin.action(description="Komt niet zeker: geef de plaats vrij …", permissions=["change"], location=EVERYWHERE)
    def give_free(self, request, queryset):
        """They keep their turn in the queue, and are passed over until they say that they come."""
        return self.settle_holds(request, queryset, FREE)

    def settle_holds(self, request, queryset, verb: Verb):
        chosen = list(queryset.select_related("cafe").order_by("cafe__starts_at", "name_order", "pk"))
        people = [each for each in chosen if verb.concerns(each)]
        if not people:
            return messages.warning(request, verb.nobody)
        form = answered(request, SureForm)
        if not form.is_valid():
            return ask_about_holds(self, request, people, form, verb, left=len(chosen) - len(people))
        self.act_as_shown(request, people, verb.act, verb.logged, verb.done)

    def act_as_shown(self, request, people: list[Registration], act, logged: str, done: str) -> list[Registration]:
        """Acts on those that still are as the page showed them, and tells what came of it; returns these."""
        same, found, decided = actions_events.as_shown(people, seen_in(request.POST), act)
        for registration in same:
            self.log_change(request, registration, logged)
        if same:
            messages.success(request, f"{number(len(same), done)}.")
        tell_queue(request, found)
        self.tell_what_is_left(request, decided)
        return same

    @admin.action(description="Zegt ja: geef de vrije plaats", permissions=["change"], location=EVERYWHERE)
    def accept(self, request, queryset):
        """For people who were telephoned: in the last hours a free place goes to the first who says yes."""
        people = queryset.coming().select_related("cafe").order_by(*order(*Seat))
        same, seated, decided = actions_events.as_shown(people, seen_in(request.POST), actions_events.accept)
        for registration in same:
            if registration in seated:
                self.log_change(request, registration, "Plaats gegeven.")
                self.tell_standing(request, registration)
            else:
                messages.warning(
                    request, f"{isolated(registration.name)}: er is geen plaats vrij waarop deze mens wacht."
                )
        self.tell_what_is_left(request, decided)

    @admin.action(description="Stuur de bevestiging nog een keer", permissions=["change"], location=EVERYWHERE)
    def mail_again(self, request, queryset):
        mailed = 0
        for registration in queryset.coming().exclude(email="").select_related("cafe"):
            mailed += registration.mail_again()
        messages.success(request, f"{number(mailed, 'bevestiging,bevestigingen')} onderweg.")
