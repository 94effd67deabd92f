"""Who comes: the list of participants."""

from django import forms
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from events import keeping
from events.admin import cancelling
from events.admin.notices import tell_queue, tell_to_ring
from events.admin.pages import TELL
from events.models import Cafe, Registration
from events.places import Seat, Wish
from werkplaats.admin.base import EVERYWHERE, BaseAdmin, Filter, RowFilter, TypedForm
from werkplaats.templatetags.werkplaats import clock, day, number

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


class WishFilter(Filter):
    title = "wens"
    parameter_name = "wens"
    choices_of = {"ja": ("met een wens", lambda rows: rows.with_a_wish())}


class RegistrationForm(TypedForm):
    """Who it is; the place changes by signing up and cancelling only."""

    def clean_email(self):
        email = self.cleaned_data["email"]
        others = self.instance.cafe.registrations.exclude(pk=self.instance.pk)
        if email and others.filter(email=email).exists():
            raise forms.ValidationError("Dit adres is al aangemeld voor dit café.")
        return email


class NewRegistrationForm(forms.ModelForm):
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
        elif data.get("email") and cafe.registrations.coming().filter(email=data["email"]).exists():
            self.add_error("email", "Dit adres is al aangemeld voor dit café.")
        return data

    def validate_constraints(self):
        """Left to `Cafe.register`: an address that cancelled may come back."""


@admin.register(Registration)
class RegistrationAdmin(BaseAdmin):
    list_display = ["name", "standing", "people", "day", "role", "werkgebied", "email", "came", "created_at"]
    list_filter = [
        ("cafe", RowFilter),
        StandingFilter,
        CameFilter,
        WishFilter,
        ("role", RowFilter),
        ("werkgebied", RowFilter),
    ]
    list_select_related = ["cafe", "role", "werkgebied"]
    search_fields = ["name", "email"]
    search_help_text = "Zoek op naam en e-mailadres"
    ordering = ["-created_at", "-pk"]
    actions = ["mail_again", "cancel"]

    def get_form(self, request, obj=None, **kwargs):
        return super().get_form(request, obj, form=RegistrationForm if obj else NewRegistrationForm, **kwargs)

    class Media:
        css = {"all": ["css/cafe-admin.css"]}

    def get_fields(self, request, obj=None):
        """What people wish for stands here alone: not in the list, on paper or in a file."""
        if obj is None:
            return ["cafe", "wanted", "people", *TYPED]
        return ["cafe", "standing", "people", *TYPED, "came", "created_at", "mailed_at"]

    def get_readonly_fields(self, request, obj=None):
        return ["cafe", "standing", "people", "came", "created_at", "mailed_at"] if obj else []

    def get_list_display(self, request):
        """With one café chosen, which one it is needs not stand on every line."""
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
                totals = keeping.totals_that_stay(cafe) or keeping.totals_of(changelist.queryset)
                kept = keeping.told(cafe)
                wishes = cafe.registrations.with_a_wish().count()
                response.context_data |= {"shown": cafe, "totals": totals, "kept": kept, "wishes": wishes}
        return response

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
        waits = [
            f"wacht op {'de zaal' if each == Seat.ROOM else 'online'}" for each in registration.waits_for
        ]
        return ", ".join(filter(None, [seat, *waits]))

    @admin.display(description="was er", ordering="came_at")
    def came(self, registration):
        return f"{clock(registration.came_at)} uur" if registration.came_at else ""

    def save_model(self, request, obj, form, change):
        if change:
            # Only what was typed: the place may have changed since the form was opened.
            obj.save(update_fields=form.changed_data)
            return
        data = form.cleaned_data
        lists = {f"{name}_id": data[name] and data[name].pk for name in ("role", "werkgebied")}
        typed = {name: data[name] for name in ("name", "email", "people", "wishes", "question")}
        registration, _ = data["cafe"].register(wish=data["wanted"], by_hand=True, **typed, **lists)
        obj.pk = registration.pk
        obj.refresh_from_db()
        messages.info(request, f"{obj}: {self.standing(obj)}.")

    def response_post_save_add(self, request, obj):
        """Back to where one came from with a café in the address: its list, or the door, at this person."""
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
        chosen = queryset.select_related("cafe").order_by("cafe__starts_at", "name", "pk")
        people = [each for each in chosen if each.is_coming and each.cafe.is_ahead]
        if not people:
            words = "Hier valt niets af te melden: dat kan alleen wie nog komt, bij een café dat nog moet beginnen."
            return messages.warning(request, words)
        if TELL not in request.POST:
            return cancelling.ask(self, request, people, left=len(chosen) - len(people))
        let_in = cancelling.cancel(people, by=request.user)
        for registration in people:
            self.log_change(request, registration, "Afgemeld.")
        messages.success(request, f"{number(len(people), 'aanmelding afgemeld,aanmeldingen afgemeld')}.")
        tell_to_ring(request, people)
        tell_queue(request, let_in)

    @admin.action(
        description="Stuur de bevestiging nog een keer", permissions=["change"], location=EVERYWHERE
    )
    def mail_again(self, request, queryset):
        mailed = 0
        for registration in queryset.coming().exclude(email="").select_related("cafe"):
            mailed += registration.mail_again()
        messages.success(request, f"{number(mailed, 'bevestiging,bevestigingen')} onderweg.")
