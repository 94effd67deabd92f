"""The admin's own log of who did what."""

from collections.abc import Iterable

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

GONE = "(gewist)"


def logged(model: type[Model], pks: Iterable):
    """What the log says about these rows."""
    kind = ContentType.objects.get_for_model(model)
    return LogEntry.objects.filter(content_type=kind, object_id__in=[str(pk) for pk in pks])


def forget(model: type[Model], pks: Iterable, name: str = GONE) -> None:
    """Takes out what these rows said. That something was done, by whom and when, stays, under this name."""
    logged(model, pks).update(object_repr=name, change_message="")
