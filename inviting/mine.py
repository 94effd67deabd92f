"""The way to one's own page to invite from, on «Jouw bijdragen»."""

from inviting.models import Consulent


def read(request) -> dict[str, bool]:
    """Whether who is logged in is a consulent. One query."""
    return {"invites": Consulent.objects.filter(user=request.user).exists()}
