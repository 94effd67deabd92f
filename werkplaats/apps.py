"""The project as an app of Django, and the back office with our own site."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.db.models import fields


class WerkplaatsConfig(AppConfig):
    name = "werkplaats"
    default = True
    verbose_name = "De werkplaats"

    def ready(self) -> None:
        # Models, which Django loads only after this module.
        from werkplaats.accounts import second_factor
        from werkplaats.people import earlier, sessions, visitors
        from werkplaats.web import unsent

        # Django's own is not translated yet; its documentation says to set it here.
        fields.BLANK_CHOICE_LABEL = "Kies …"
        visitors.connect_signals()
        earlier.connect_signals()
        sessions.connect_signals()
        unsent.connect_signals()
        second_factor.connect_signals()


class BeheerConfig(admin.AdminConfig):
    """Django admin with our own site: in Dutch, with "Vandaag", behind the log-in by code."""

    default = False  # Django takes the other one for this app
    default_site = "werkplaats.home.beheer.Beheer"
