"""Inviting in the admin: consulenten with the mail of Monday."""

from inviting.admin.mondays import ConsulentAdmin, FreePeriodAdmin, MondayAdmin

__all__ = ["ConsulentAdmin", "FreePeriodAdmin", "MondayAdmin"]
