"""How allauth behaves here: log-in by a mailed code, no sign-up page, mails through the job queue."""

from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest

from werkplaats import mail
from werkplaats.accounts.models import Letter


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": "Deze code klopt niet. Kijk of je de code uit de laatste mail hebt.",
        "rate_limited": "Even geduld: je vroeg dit te vaak achter elkaar. Probeer het over een minuut opnieuw.",
        "too_many_login_attempts": "Even geduld: je probeerde het te vaak. Wacht een minuut en vraag een nieuwe code.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from confirming an address (decision 1): nobody signs up first."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Keeps the mail for the worker: a silent mail server must not hold up a log-in."""
        data = {"email": email, "code": context.get("code")}
        with transaction.atomic():
            letter = Letter.objects.create(to=email, template=template_prefix, data=data)
            job = "werkplaats.tasks.send_code" if letter.code else "werkplaats.tasks.send_letter"
            mail.later(job, to=email, letter_id=letter.pk)

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Only what went wrong: that a log-in worked, the page itself says."""
        if level >= messages.ERROR:
            super().add_message(request, level, *args, **kwargs)


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Deze code klopt niet. Neem de code die nu in je app staat.",
    }

    def build_totp_svg(self, url: str) -> str:
        """The QR code as an SVG that stands in the page: a data: address is not allowed by our policy."""
        return segno.make(url, error="m").svg_inline(scale=6, border=2, dark="#16213a", light="#ffffff")
