"""How allauth behaves here: log-in by a mailed code, no sign-up page, mails through the job queue."""

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction

from werkplaats import mail
from werkplaats.models import Letter
from werkplaats.tasks import send_letter


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        """Accounts come from confirming an address (decision 1): nobody signs up first."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Keeps the rendered mail for the worker: a silent mail server must not hold up a log-in."""
        context = {"email": email, "code": context.get("code")}
        with transaction.atomic():
            letter = Letter.objects.create(to=email, template=template_prefix, data=context)
            mail.later(send_letter, to=email, letter_id=letter.pk)
