"""Who may do what, and what people can say they are."""

from allauth.mfa.models import Authenticator
from django.contrib import admin, messages

from werkplaats.backoffice.base import BaseAdmin
from werkplaats.people.models import Role, User, Werkgebied


@admin.register(User)
class UserAdmin(BaseAdmin):
    """Nobody has a password: who is listed here can log in with a code that is mailed to the address."""

    list_display = ["email", "name", "is_staff", "is_active", "date_joined"]
    list_filter = ["is_staff", "is_active"]
    search_fields = ["email", "name"]
    ordering = ["-is_staff", "email"]
    fields = ["email", "name", "is_active", "is_staff", "is_superuser", "date_joined"]
    actions = ["forget_second_factor"]

    def get_readonly_fields(self, request, obj=None):
        """Nobody locks themselves out, nor raises themselves."""
        own = ["is_active", "is_staff", "is_superuser"] if obj == request.user else []
        return ["date_joined", *own]

    def has_module_permission(self, request) -> bool:
        return request.user.is_superuser

    def has_view_permission(self, request, obj=None) -> bool:
        return request.user.is_superuser

    has_add_permission = has_module_permission
    has_change_permission = has_view_permission

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)

    @admin.action(description="Haal het tweede slot weg (telefoon kwijt)")
    def forget_second_factor(self, request, queryset):
        Authenticator.objects.filter(user__in=queryset).delete()
        for user in queryset:
            self.log_change(request, user, "Tweede slot weggehaald.")
        messages.success(
            request, "Het tweede slot is weg. Bij het volgende bezoek aan het beheer komt er een nieuw op."
        )


@admin.register(Role)
class RoleAdmin(BaseAdmin):
    list_display = fields = ("name", "plural", "is_pupil", "position")
    list_editable = ["position"]


@admin.register(Werkgebied)
class WerkgebiedAdmin(BaseAdmin):
    list_display = ["name", "position"]
    list_editable = ["position"]
