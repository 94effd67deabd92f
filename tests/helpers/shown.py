"""What a page says that it shows, for a decision about that."""

from werkplaats.versions import named_with_state


def seen(rows) -> str:
    """As a page that was opened just now."""
    return named_with_state(type(row)._base_manager.get(pk=row.pk) for row in rows)
