"""The pages of allauth that this site has; the names that allauth's code asks for besides lead to the log-in.

A list of what is there, because `allauth.urls` also brings sign-up, passwords and e-mail management, and every later
version may bring more.
"""

from functools import wraps
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.views.generic import RedirectView

from werkplaats.accounts import again, views
from werkplaats.accounts.second_factor import adding, for_staff
from werkplaats.web.requests import View


def ours(view: View) -> View:
    """The view in our look: its context brings another thing under the name `site`, which our base.html uses."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if context := getattr(response, "context_data", None):
            context.pop("site", None)
        return response

    return wrapped


to_login = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("login/", ours(views.login), name="account_login"),
    path("opnieuw/", ours(again.again), name="account_again"),
    path("login/code/", to_login, name="account_request_login_code"),
    path("login/code/confirm/", ours(views.confirm_code), name="account_confirm_login_code"),
    path("logout/", ours(views.logout), name="account_logout"),
    path("was-jij-dat/", views.earlier, name="account_earlier"),
    path("inactive/", ours(account.account_inactive), name="account_inactive"),
    path("signup/", to_login, name="account_signup"),
    path("email/", to_login, name="account_email"),
    path("reauthenticate/", ours(account.reauthenticate), name="account_reauthenticate"),
    path("2fa/", ours(for_staff(mfa.index)), name="mfa_index"),
    path("2fa/authenticate/", ours(views.second_factor), name="mfa_authenticate"),
    path("2fa/reauthenticate/", ours(for_staff(mfa.reauthenticate)), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", ours(adding(totp.activate_totp)), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", ours(for_staff(totp.deactivate_totp)), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", ours(for_staff(recovery_codes.view_recovery_codes)), name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/",
        ours(for_staff(recovery_codes.generate_recovery_codes)),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        for_staff(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("2fa/webauthn/", ours(for_staff(webauthn.list_webauthn)), name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", ours(adding(webauthn.add_webauthn)), name="mfa_add_webauthn"),
    path(
        "2fa/webauthn/reauthenticate/",
        ours(for_staff(webauthn.reauthenticate_webauthn)),
        name="mfa_reauthenticate_webauthn",
    ),
    path("2fa/webauthn/keys/<id:pk>/remove/", ours(for_staff(webauthn.remove_webauthn)), name="mfa_remove_webauthn"),
    path("2fa/webauthn/keys/<id:pk>/edit/", ours(for_staff(webauthn.edit_webauthn)), name="mfa_edit_webauthn"),
]
