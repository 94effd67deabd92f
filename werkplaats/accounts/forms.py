"""The forms of allauth with our words, and with text that is cleaned before anything looks at it."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms

from werkplaats.fields import AddressField, LineField


def code_field(label: str, help_text: str = "") -> LineField:
    attrs = {"autocomplete": "one-time-code", "autocapitalize": "characters", "class": "short"}
    return LineField(label=label, help_text=help_text, max_length=40, widget=forms.TextInput(attrs))


class RequestCodeForm(account.RequestLoginCodeForm):
    email = AddressField(
        label="Je e-mailadres",
        help_text="We mailen je een code. Daarmee kom je erin: een wachtwoord heb je niet nodig.",
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


class ConfirmCodeForm(account.ConfirmLoginCodeForm):
    code = code_field("De code uit je mail")


class AuthenticateForm(mfa.AuthenticateForm):
    code = code_field("De code uit je app", "Je telefoon kwijt? Vul dan een van je herstelcodes in.")


class ReauthenticateForm(mfa.ReauthenticateForm):
    code = code_field("De code uit je app", "Je telefoon kwijt? Vul dan een van je herstelcodes in.")


class ActivateForm(totp.ActivateTOTPForm):
    code = code_field("De code die de app nu laat zien")


class AddKeyForm(webauthn.AddWebAuthnForm):
    name = LineField(label="Naam van de sleutel", max_length=60, required=False)


class EditKeyForm(webauthn.EditWebAuthnForm):
    name = LineField(label="Naam van de sleutel", max_length=60)
