"""The forms of allauth with our words, and with text that is cleaned before anything looks at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError

from werkplaats.fields import AddressField, LineField, normalise_address
from werkplaats.people import owning
from werkplaats.people.models import User

UNREADABLE = "We konden het antwoord van je sleutel niet lezen. Probeer het opnieuw."


@contextmanager
def readable() -> Iterator[None]:
    """ValidationError for what allauth and fido2 raise about a credential that misses parts, or has other kinds."""
    try:
        yield
    except (TypeError, ValueError, LookupError, AttributeError, RecursionError) as error:
        raise ValidationError(UNREADABLE, code="invalid") from error


def code_field(label: str, help_text: str = "") -> LineField:
    attrs = {"autocomplete": "one-time-code", "autocapitalize": "characters", "class": "short"}
    return LineField(label=label, help_text=help_text, max_length=40, widget=forms.TextInput(attrs))


class RequestCodeForm(account.RequestLoginCodeForm):
    email = AddressField(
        label="Je e-mailadres",
        help_text="We mailen je een code. Daarmee kom je erin: een wachtwoord heb je niet nodig.",
        widget=forms.EmailInput({"autocomplete": "email"}),
    )

    def clean_email(self) -> str:
        """An address under which something waits for its owner is known, too: only they can say whose it is."""
        email = normalise_address(self.cleaned_data["email"])
        if email and owning.waits_under(email):
            User.objects.unconfirmed(email)
        return str(super().clean_email())


class ConfirmCodeForm(account.ConfirmLoginCodeForm):
    code = code_field("De code uit je mail")


class RememberForm(forms.Form):
    """Whether the log-in of staff outlives the browser. Named by `werkplaats.accounts.adapters.REMEMBER`."""

    onthoud = forms.BooleanField(
        label="Onthoud mij op dit apparaat",
        required=False,
        help_text="Alleen op een apparaat dat van jou alleen is. Anders ben je uitgelogd als je de browser sluit.",
    )


class AuthenticateForm(mfa.AuthenticateForm):
    code = code_field("De code uit je app", "Je telefoon kwijt? Vul dan een van je herstelcodes in.")


class ReauthenticateForm(mfa.ReauthenticateForm):
    code = code_field("De code uit je app", "Je telefoon kwijt? Vul dan een van je herstelcodes in.")


class ActivateForm(totp.ActivateTOTPForm):
    code = code_field("De code die de app nu laat zien")


class CredentialField(forms.JSONField):
    """What a browser says of a passkey."""

    def to_python(self, value: Any) -> Any:
        """ValidationError when it is no JSON, or nested so deep that Python gives up."""
        try:
            return super().to_python(value)
        except (RecursionError, ValueError) as error:
            raise ValidationError(UNREADABLE, code="invalid") from error

    def bound_data(self, data: Any, initial: Any) -> str:
        """Nothing: it holds for one try, and what cannot be read cannot be shown again."""
        return ""


class ReadsCredential(forms.Form):
    """For allauth's forms with a passkey, which trust that a browser made what they read."""

    credential = CredentialField(widget=forms.HiddenInput, error_messages={"invalid": UNREADABLE})

    def clean(self) -> dict[str, Any]:
        with readable():
            return super().clean() or {}


class UseKeyForm(ReadsCredential, webauthn.AuthenticateWebAuthnForm):
    def clean_credential(self) -> Any:
        with readable():
            return super().clean_credential()


class UseKeyAgainForm(ReadsCredential, webauthn.ReauthenticateWebAuthnForm):
    def clean_credential(self) -> Any:
        with readable():
            return super().clean_credential()


class AddKeyForm(ReadsCredential, webauthn.AddWebAuthnForm):
    name = LineField(label="Naam van de sleutel", max_length=60, required=False)


class EditKeyForm(webauthn.EditWebAuthnForm):
    name = LineField(label="Naam van de sleutel", max_length=60)
