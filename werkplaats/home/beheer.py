"""The admin site: in Dutch, behind the log-in by code and a second factor, with "Vandaag" as its first page."""

from collections.abc import Iterable
from functools import wraps
from typing import Any, NoReturn

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import admin, auth
from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

import events.today
import inviting.today
import live.today
import plan.today
import polls.today
import posts.today
from werkplaats.accounts import views as accounts
from werkplaats.avg import today as avg_today
from werkplaats.home import backups, mail
from werkplaats.privacy import elsewhere
from werkplaats.web import unsent

PARTS = {"do": "Nu doen", "runs": "Loopt vanzelf", "figures": "Cijfers"}  # of «Vandaag», in this order
OF_APPS = (live.today, posts.today, polls.today, events.today, inviting.today, plan.today)
APPS = (*OF_APPS, elsewhere, avg_today, mail, backups)
OUR_APPS = {"werkplaats", "posts", "polls", "events", "plan", "inviting", "live"}


class Beheer(admin.AdminSite):
    """A module of its own, because registering needs the site: `werkplaats.admin` is read after it."""

    site_header = "Beheer van de werkplaats"
    site_title = "Beheer"
    index_title = "Vandaag"
    enable_nav_sidebar = False  # the lists need the width; all there is stands on "Vandaag"

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: "type[admin.ModelAdmin[Any]] | None" = None,
        **options: Any,
    ) -> None:
        """Only our own tables: what libraries bring along is for developers, not for coordinators."""
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        ours = [model for model in models if model._meta.app_label in OUR_APPS]
        super().register(ours, admin_class, **options)

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """With a way to the site of our own; Django's would stand behind it, and take what ours does not."""
        see = self.admin_view(self.see)
        ours = path("r/<id:content_type_id>/<path:object_id>/", see, name="view_on_site")
        return [ours, *(each for each in super().get_urls() if getattr(each, "name", None) != ours.name)]

    def see(self, request: HttpRequest, content_type_id: int, object_id: str) -> HttpResponse:
        """Goes to where a row shows on the site, for who may see it here, when its admin says that it shows there.

        Django itself looks in the table of any model, for all staff. The address of a sign-up is the key in its mail.
        """
        found = ContentType.objects.filter(pk=content_type_id).first()
        rows = self._registry.get(found.model_class()) if found else None  # type: ignore[arg-type]  # None is no key
        if rows is None or not rows.view_on_site or not rows.has_view_permission(request):
            raise Http404
        row = rows.get_object(request, object_id)
        if row is None:
            raise Http404
        return redirect(row)

    def has_permission(self, request: HttpRequest) -> bool:
        """Active staff; outside the demo only when a second factor was used in this session."""
        return super().has_permission(request) and (settings.DEMO or used_second_factor(request))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Keeps what was sent by who has to log in first: see `werkplaats.web.unsent`."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            is_sent = request.method == "POST" and not self.has_permission(request)
            if is_sent and request.path != reverse("admin:logout"):
                return unsent.log_in_first(request)
            answer: HttpResponseBase = inner(request, *args, **kwargs)
            return answer

        return kept

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
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

    def logout(  # type: ignore[override]  # Django answers with a page of its own here
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method != "POST":
            return redirect("account_logout")
        return accounts.leave(request)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> NoReturn:
        raise Http404("Nobody has a password here.")

    password_change_done = password_change

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Vandaag: what waits for a coordinator, above the list of all tables."""
        blocks = [block for app in APPS for block in app.today(request)]
        parts = [(title, [each for each in blocks if each.get("part", "do") == part]) for part, title in PARTS.items()]
        return super().index(request, {"today": parts, **(extra_context or {})})


def used_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened, or confirmed later, with an app, a key or a recovery code."""
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))
