"""Inviting on «Vandaag»: whom to ask today."""

from inviting import calling


def today(request) -> list[dict]:
    """For who may see it."""
    return calling.due() if request.user.has_perm("inviting.view_call") else []
