"""What a page says that it shows, for a decision about that or a change of it."""

import re

from posts.models.saying import mark_of
from werkplaats.versions import named_with_state


def seen(rows) -> str:
    """As a page that was opened just now."""
    return named_with_state(type(row)._base_manager.get(pk=row.pk) for row in rows)


def as_read(*rows) -> dict[int, int]:
    """The version of each, for who decides without a page."""
    return {row.pk: type(row)._base_manager.get(pk=row.pk).version for row in rows}


def to_change(post, **fields) -> dict:
    """What the form of a change sends, from a page that was opened just now."""
    now = type(post)._base_manager.get(pk=post.pk)
    return {"text": now.text, "name": now.name, "role": now.role_id, "gezien": mark_of(now)} | fields


def hidden(page: str, name: str) -> str:
    """What a hidden field on a page holds; "" when there is none."""
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    return found[1] if found else ""
