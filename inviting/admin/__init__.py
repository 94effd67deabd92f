"""Inviting in the admin: consulenten with the mail of Monday, and gerichte acties."""

from inviting.admin.calls import CallAdmin
from inviting.admin.mondays import ConsulentAdmin, FreePeriodAdmin, MondayAdmin

__all__ = ["CallAdmin", "ConsulentAdmin", "FreePeriodAdmin", "MondayAdmin"]
