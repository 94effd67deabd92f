"""Whose something is that hangs on a visitor: a person's, or a stranger's."""

from django.http import Http404, HttpRequest

from werkplaats.people.models import Visitor


def waits_under(email: str) -> bool:
    """Whether something waits under an address for its owner, of which models tell that have `waits_under`."""
    models = (relation.related_model for relation in Visitor._meta.related_objects)
    return any(model.waits_under(email) for model in models if hasattr(model, "waits_under"))


def asks_log_in(request: HttpRequest, visitor: Visitor | None) -> bool:
    """Whether it is a person's, while nobody is logged in: by a cookie that stayed behind nothing of theirs changes.

    Raises Http404 when somebody else is logged in.
    """
    theirs = bool(visitor and visitor.user_id and visitor.user_id != request.user.pk)
    if theirs and request.user.is_authenticated:
        raise Http404
    return theirs
