"""Who may log in, and who may do what."""

from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from werkplaats.accounts import changes
from werkplaats.backoffice.base import BaseAdmin, TogetherForm
from werkplaats.people.models import User
from werkplaats.privacy.looking import LookedAtAdmin
from werkplaats.privacy.models import Looked


class UserForm(TogetherForm):
    """With a tick for each right that is given by itself."""

    helps = forms.BooleanField(
        label="Leest mee vanuit de mail",
        required=False,
        help_text="Krijgt een mail als er bijdragen wachten, met een link om ze zonder inloggen te tonen of te "
        "weigeren. Daar is geen toegang tot het beheer voor nodig. Eerst moet het adres zijn bevestigd: log daarvoor "
        "één keer in met een code.",
    )

    sorts = forms.BooleanField(
        label="Mag sorteren",
        required=False,
        help_text="Mag op de werkbank stemmen op stapels leggen en zinnen van het plan schrijven. Vink dan ook "
        "«Mag in het beheer» aan. Wie alles mag, mag dit ook.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[no-untyped-call]  # the back office has no types
        self.initial.update(self.besides(self.instance))

    def besides(self, row: Any) -> dict[str, Any]:
        return {"helps": row.helps, "sorts": row.sorts}


@admin.register(User)
class UserAdmin(LookedAtAdmin, BaseAdmin):
    """Nobody has a password: who is listed here can log in with a code that is mailed to the address.

    The address is proven theirs by the first code that they type.
    """

    looked = Looked.PERSON
    list_display = ["email", "name", "is_staff", "is_active", "date_joined"]
    list_filter = ["is_staff", "is_active"]
    search_fields = ["email", "name__unaccent"]
    ordering = ["-is_staff", "email"]
    form = UserForm
    fields = ["email", "name", "is_active", "is_staff", "is_superuser", "helps", "sorts", "date_joined"]
    actions = ["forget_second_factor"]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Nobody locks themselves out, nor raises themselves."""
        own = ["is_active", "is_staff", "is_superuser"] if obj == request.user else []
        return ["date_joined", *own]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return bool(request.user.is_superuser)

    has_add_permission = has_module_permission
    has_change_permission = has_view_permission

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        before = User.objects.filter(pk=obj.pk).first()  # the form locked it
        if change and {"email", "is_active"} & {*form.changed_data}:
            obj.changed_at = timezone.now()  # what nobody logs in to goes from here on, and not that very night
        super().save_model(request, obj, form, change)
        if "helps" in form.changed_data:
            obj.let_help(form.cleaned_data["helps"])
        if "sorts" in form.changed_data:
            obj.let_sort(form.cleaned_data["sorts"])
        if before:
            changes.follow(before, obj)

    @admin.action(description="Haal het tweede slot weg (telefoon kwijt)")
    def forget_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        Authenticator.objects.filter(user__in=queryset).delete()
        for user in queryset:
            self.log_change(request, user, "Tweede slot weggehaald.")
        messages.success(
            request, "Het tweede slot is weg. Bij het volgende bezoek aan het beheer komt er een nieuw op."
        )
