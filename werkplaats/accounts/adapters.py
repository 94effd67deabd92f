"""How allauth behaves here: log-in by a mailed code, no sign-up page, mails through the job queue."""

from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from werkplaats.accounts import changes
from werkplaats.accounts.models import Letter
from werkplaats.fields import normalise_address
from werkplaats.people import earlier
from werkplaats.people.models import User

REMEMBER = "onthoud"  # the field of the checkbox for staff


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": "Deze code klopt niet. Kijk of je de code uit de laatste mail hebt.",
        "rate_limited": "Even geduld: je vroeg dit te vaak achter elkaar. Probeer het over een minuut opnieuw.",
        "code_of_another_address": "Deze code werkt niet meer. Vraag een nieuwe.",
        "too_many_login_attempts": "Even geduld: je probeerde het te vaak. Wacht een minuut en vraag een nieuwe code.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from confirming an address (decision 1): nobody signs up first."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Keeps the mail for the worker: a silent mail server must not hold up a log-in."""
        if template_prefix == Letter.UNKNOWN and User.objects.shut_out(email):
            template_prefix = "account/email/shut_out"
        with transaction.atomic():
            changes.write(email, template_prefix, code=context.get("code", ""))

    def pre_login(
        self, request: HttpRequest, user: User, *, email: str | None = None, **options: Any
    ) -> HttpResponse | None:
        """A code that was right proves the address that it was mailed to, unless that is not the user's any more."""
        if normalise_address(email or "") != user.email:
            return self.refuse(request)
        refused: HttpResponse | None = super().pre_login(request, user, email=email, **options)
        return refused or (None if user.prove() else self.refuse(request))

    def refuse(self, request: HttpRequest) -> HttpResponse:
        clear_login(request)
        self.add_message(request, messages.ERROR, message=self.error_messages["code_of_another_address"])
        return redirect("account_login")

    def login(self, request: HttpRequest, user: User) -> None:
        """After the last step. Since the code, access may have ended, or a coordinator changed the address."""
        asked = [each.get("email") for each in get_authentication_records(request, user) if each["method"] == "code"]
        if not user.is_active:
            clear_login(request)
            raise ImmediateHttpResponse(self.respond_user_inactive(request, user))
        if any(normalise_address(email or "") != user.email for email in asked):
            raise ImmediateHttpResponse(self.refuse(request))
        super().login(request, user)
        if user.is_staff and REMEMBER not in request.POST:
            request.session.set_expiry(0)  # until the browser closes

    def post_login(self, request: HttpRequest, user: User, **options: Any) -> HttpResponse:
        """On to where they wanted to go, past the question about what was written here before."""
        response = super().post_login(request, user, **options)
        return redirect(earlier.ask_first(request, response.headers["Location"]))

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Only what went wrong: that a log-in worked, the page itself says."""
        if level >= messages.ERROR:
            super().add_message(request, level, *args, **kwargs)


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Deze code klopt niet. Neem de code die nu in je app staat.",
    }

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        """By `User.key`: it stands in the page, and their number would count who came since."""
        assert isinstance(user, User)  # noqa: S101
        return {**super().get_public_key_credential_user_entity(user), "id": user.key.bytes}

    def build_totp_svg(self, url: str) -> str:
        """The QR code as an SVG that stands in the page: a data: address is not allowed by our policy."""
        return segno.make(url, error="m").svg_inline(scale=6, border=2, dark="#16213a", light="#ffffff")
