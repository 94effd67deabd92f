"""The engine of settings.DATABASES: Django's own for PostgreSQL, behind a `Breaker`."""

from typing import Any

from django.db import NotSupportedError, OperationalError
from django.db.backends.postgresql import base, features

from werkplaats.pool import AwayError, Breaker

OLDEST = 15  # that all tests pass on, in CI too: see .ci/run
breaker = Breaker()


class DatabaseFeatures(features.DatabaseFeatures):
    # They came with PostgreSQL 18, and ours are stored. Django would ask the server for its version to check a model.
    supports_virtual_generated_columns = False


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """As Django's; OperationalError at once while another thread has just found the server away."""
        try:
            with breaker.through():
                return super().get_new_connection(conn_params)
        except AwayError as error:
            raise OperationalError(str(error)) from None

    def check_database_version_supported(self) -> None:
        """At the first connection of a process; what is too old stops it with a sentence for who installs the site."""
        found = self.get_database_version()[0]
        if found < OLDEST:
            raise NotSupportedError(
                f"De site heeft PostgreSQL {OLDEST} of nieuwer nodig. Deze server is van versie {found}."
            )
