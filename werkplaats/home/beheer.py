"""The admin site: in Dutch, behind the log-in by code and a second factor, with "Vandaag" as its first page."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import admin, auth
from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.views import shortcut
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

OUR_APPS = {"werkplaats", "posts", "polls", "events"}


class Beheer(admin.AdminSite):
    """A module of its own, because registering needs the site: `werkplaats.admin` is read after it."""

    site_header = "Beheer van de werkplaats"
    site_title = "Beheer"
    index_title = "Vandaag"
    enable_nav_sidebar = False  # the lists need the width; all there is stands on "Vandaag"

    def register(self, model_or_iterable, admin_class=None, **options):
        """Only our own tables: what libraries bring along is for developers, not for coordinators."""
        models = model_or_iterable if isinstance(model_or_iterable, (list, tuple)) else [model_or_iterable]
        super().register(
            [model for model in models if model._meta.app_label in OUR_APPS], admin_class, **options
        )

    def get_urls(self):
        see = self.admin_view(self.see)
        return [
            path("r/<id:content_type_id>/<path:object_id>/", see, name="view_on_site"),
            *super().get_urls(),
        ]

    def see(self, request, content_type_id: int, object_id: str):
        """To where a row shows on the site. Django's own way there looks in the table of any model, also of none."""
        found = ContentType.objects.filter(pk=content_type_id).first()
        if found is None or found.model_class() not in self._registry:
            raise Http404
        return shortcut(request, content_type_id, object_id)

    def has_permission(self, request) -> bool:
        """Active staff; outside the demo only when a second factor was used in this session."""
        return super().has_permission(request) and (settings.DEMO or used_second_factor(request))

    @method_decorator(never_cache)
    def login(self, request, extra_context=None):
        """Sends people to what they miss: the log-in of the site, a second factor, or its use."""
        wanted = request.GET.get(auth.REDIRECT_FIELD_NAME) or reverse("admin:index")
        if self.has_permission(request):
            return redirect("admin:index")
        if not request.user.is_authenticated:
            return redirect_to_login(wanted)
        if not request.user.is_staff:
            raise PermissionDenied
        if not is_mfa_enabled(request.user):
            return redirect("mfa_index")
        return redirect_to_login(wanted, reverse("account_reauthenticate"))

    def logout(self, request, extra_context=None):
        auth.logout(request)
        return redirect("home")

    def password_change(self, request, extra_context=None):
        raise Http404("Nobody has a password here.")

    password_change_done = password_change

    def index(self, request, extra_context=None):
        """Vandaag: what waits for a coordinator, above all there is."""
        from events.today import today
        from polls.today import today as polls_today
        from posts.today import today as posts_today

        items = [*posts_today(request), *polls_today(request), *today(request)]
        return super().index(request, {"today": items, **(extra_context or {})})


def used_second_factor(request) -> bool:
    """Whether this session was opened, or confirmed later, with an app, a key or a recovery code."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))
