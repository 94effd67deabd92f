"""Inviting in the admin: gerichte acties."""

from inviting.admin.calls import CallAdmin

__all__ = ["CallAdmin"]
