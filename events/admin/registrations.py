"""Who comes: the list of participants."""

from django import forms
from django.contrib import admin, messages
from django.utils import timezone

from events.models import Cafe, Registration
from events.places import Seat
from werkplaats.admin.base import EVERYWHERE, BaseAdmin
from werkplaats.templatetags.werkplaats import day, number


class StandingFilter(admin.SimpleListFilter):
    title = "stand"
    parameter_name = "stand"
    CHOICES = {
        "zaal": ("in de zaal", {"seat": Seat.ROOM}),
        "online": ("online", {"seat": Seat.ONLINE}),
        "wacht-zaal": ("wacht op de zaal", {"queued_for_room_at__isnull": False}),
        "wacht-online": ("wacht op online", {"queued_for_online_at__isnull": False}),
        "afgemeld": ("afgemeld", {"cancelled_at__isnull": False}),
    }

    def lookups(self, request, model_admin):
        return [(value, label) for value, (label, _) in self.CHOICES.items()]

    def queryset(self, request, queryset):
        return queryset.filter(**self.CHOICES[self.value()][1]) if self.value() in self.CHOICES else queryset


class RegistrationForm(forms.ModelForm):
    """Who it is; the place changes by signing up and cancelling only."""

    def clean_email(self):
        email = self.cleaned_data["email"]
        others = self.instance.cafe.registrations.exclude(pk=self.instance.pk)
        if email and others.filter(email=email).exists():
            raise forms.ValidationError("Dit adres is al aangemeld voor dit café.")
        return email


class NewRegistrationForm(forms.ModelForm):
    """Somebody who signs up by telephone. `Cafe.register` does the work."""

    wanted = forms.ChoiceField(label="Plaats", choices=Seat, widget=forms.RadioSelect)

    def clean(self):
        data = super().clean()
        cafe = data.get("cafe")
        if cafe is None:
            return data
        # The lock holds until the form is saved, so what is found here stays true.
        cafe = cafe.locked()
        if not cafe.is_open:
            self.add_error("cafe", "Aanmelden voor dit café kan niet meer.")
        elif data.get("wanted") and data["wanted"] not in cafe.kinds:
            self.add_error("wanted", "Dit café heeft geen plaatsen van deze soort.")
        elif data.get("email") and cafe.registrations.coming().filter(email=data["email"]).exists():
            self.add_error("email", "Dit adres is al aangemeld voor dit café.")
        return data

    def validate_constraints(self):
        """Left to `Cafe.register`: an address that cancelled may come back."""


@admin.register(Registration)
class RegistrationAdmin(BaseAdmin):
    list_display = ["name", "standing", "day", "role", "werkgebied", "email", "created_at"]
    list_filter = [
        ("cafe", admin.RelatedOnlyFieldListFilter),
        StandingFilter,
        ("role", admin.RelatedOnlyFieldListFilter),
        ("werkgebied", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["cafe", "role", "werkgebied"]
    search_fields = ["name", "email"]
    ordering = ["-created_at", "-pk"]
    actions = ["cancel", "mail_again"]

    def get_form(self, request, obj=None, **kwargs):
        return super().get_form(request, obj, form=RegistrationForm if obj else NewRegistrationForm, **kwargs)

    def get_fields(self, request, obj=None):
        if obj is None:
            return ["cafe", "wanted", "name", "email", "role", "werkgebied"]
        return ["cafe", "standing", "name", "email", "role", "werkgebied", "created_at", "mailed_at"]

    def get_readonly_fields(self, request, obj=None):
        return ["cafe", "standing", "created_at", "mailed_at"] if obj else []

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "cafe":
            ahead = {"starts_at__gt": timezone.now(), "called_off_at": None}
            kwargs["queryset"] = Cafe.objects.public().filter(**ahead)
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

    def save_model(self, request, obj, form, change):
        if change:
            # Only what was typed: the place may have changed since the form was opened.
            obj.save(update_fields=form.changed_data)
            return
        data = form.cleaned_data
        lists = {f"{name}_id": data[name] and data[name].pk for name in ("role", "werkgebied")}
        typed = {name: data[name] for name in ("name", "email")}
        registration, _ = data["cafe"].register(wish=data["wanted"], **typed, **lists)
        obj.pk = registration.pk
        obj.refresh_from_db()
        messages.info(request, f"{obj}: {self.standing(obj)}.")

    @admin.action(
        description="Meld af: wie het langst wacht krijgt de plaats",
        permissions=["change"],
        location=EVERYWHERE,
    )
    def cancel(self, request, queryset):
        let_in = 0
        coming = list(queryset.coming().select_related("cafe"))
        for registration in coming:
            let_in += len(registration.cancel())
            self.log_change(request, registration, "Afgemeld.")
        text = number(len(coming), "aanmelding afgemeld,aanmeldingen afgemeld")
        if let_in:
            text += f"; {number(let_in, 'mens,mensen')} van de wachtlijst: nu een plaats, en een mail"
        messages.success(request, f"{text}.")

    @admin.action(
        description="Stuur de bevestiging nog een keer", permissions=["change"], location=EVERYWHERE
    )
    def mail_again(self, request, queryset):
        mailed = 0
        for registration in queryset.coming().exclude(email="").select_related("cafe"):
            mailed += registration.mail_again()
        messages.success(request, f"{number(mailed, 'bevestiging,bevestigingen')} onderweg.")
