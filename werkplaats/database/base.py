"""The engine of settings.DATABASES: Django's own for PostgreSQL, behind a `Breaker`."""

from typing import Any

from django.db import OperationalError
from django.db.backends.postgresql import base

from werkplaats.pool import AwayError, Breaker

breaker = Breaker()


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """As Django's; OperationalError at once while another thread has just found the server away."""
        try:
            with breaker.through():
                return super().get_new_connection(conn_params)
        except AwayError as error:
            raise OperationalError(str(error)) from None
