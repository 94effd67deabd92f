"""Who may see a stored picture. `Picture.shown` says that everyone may; triggers keep it, so one row tells it."""

import uuid
from typing import Any
from urllib.parse import quote

import pgtrigger
from django.contrib import admin
from django.core import signing
from django.http import HttpRequest

from werkplaats.pictures.models import Picture

AN_HOUR = 3600  # seconds
KEY = "sleutel"
signer = signing.TimestampSigner(salt="pictures.showing")


def shows_picture(condition: str) -> pgtrigger.Trigger:
    """A trigger for a table with a `picture_id`: everyone sees that picture while `condition` holds, SQL about NEW.

    A picture that was replaced, or whose row is deleted, is shown no more.
    """
    shown = f"COALESCE({condition}, false)"
    return pgtrigger.Trigger(
        name="shows_picture",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF OLD.picture_id IS DISTINCT FROM NEW.picture_id THEN
                UPDATE werkplaats_picture SET shown = false WHERE id = OLD.picture_id AND shown;
            END IF;
            IF NEW.picture_id IS NOT NULL THEN
                UPDATE werkplaats_picture SET shown = {shown}
                WHERE id = NEW.picture_id AND shown IS DISTINCT FROM {shown};
            END IF;
            RETURN NULL;
        """,  # noqa: S608, the condition is ours
    )


def with_key(address: str) -> str:
    """The address of a picture that waits, for whoever reads the page that shows it; it opens for an hour."""
    return f"{address}?{KEY}={quote(signer.sign(address))}"


def has_key(request: HttpRequest) -> bool:
    try:
        return bool(signer.unsign(request.GET.get(KEY, ""), max_age=AN_HOUR) == request.path)
    except signing.BadSignature:
        return False


def is_theirs(picture: Picture, visitor_id: uuid.UUID | None, request: HttpRequest) -> bool:
    """Whether this visitor sent the picture, is shown it, or is staff in the back office; for what is not public.

    A picture that asks for a right (`Picture.right`) is seen by staff who have it.

    What a moderator took away its sender does not see either, also not by a key; staff may have to put it back. A model
    with a picture of visitors has a manager with `owned_by(visitor_id, user)` and `not_taken_away()`.
    """
    if picture.kept_since:
        return has_key(request) or visitor_id is not None and picture.visitor_id == visitor_id
    if admin.site.has_permission(request) and (not picture.right or request.user.has_perm(picture.right)):
        return True
    stays = [rows.not_taken_away().filter(picture=picture) for rows in shown_by()]
    if has_key(request):
        return any(rows.exists() for rows in stays)
    return any(rows.owned_by(visitor_id, request.user).exists() for rows in stays)


def shown_by() -> list[Any]:
    """The managers of the models that show pictures of visitors."""
    models = [relation.related_model for relation in Picture._meta.related_objects]
    return [model._default_manager for model in models if hasattr(model._default_manager, "owned_by")]
