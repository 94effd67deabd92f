"""Whose words a post holds: one place that says it, to the database and of a row that was read.

A person's, once they said that they wrote it: then the cookie of the browser that typed it opens nothing of it any
more. Until then they are of that browser.
"""

from typing import Any, NamedTuple, Self
from uuid import UUID

from django.db.models import BigIntegerField, Q, UUIDField

from werkplaats.compiled import Given


class Reader(NamedTuple):
    """Who reads: as which visitor, and as which user when somebody is logged in; both None for a stranger."""

    visitor: Any = None
    user: Any = None

    @classmethod
    def of(cls, request: Any) -> Self:
        return cls(request.visitor_id, request.user.pk)

    @classmethod
    def given(cls, known: bool, person: bool) -> Self:
        """For a query that is built once: see `shape` and `values`."""
        visitor = Given("visitor", UUIDField()) if known else None
        return cls(visitor, Given("user", BigIntegerField()) if person else None)

    @property
    def shape(self) -> tuple[bool, bool]:
        return self.visitor is not None, self.user is not None

    @property
    def values(self) -> dict[str, Any]:
        return self._asdict()

    @property
    def is_stranger(self) -> bool:
        return self.shape == (False, False)

    def wrote(self, what: str = "") -> Q:
        """That a post is theirs, or with `what`, the name of a relation and two underscores, that one beside it is."""
        found = []
        if self.visitor is not None:
            found.append(Q(**{f"{what}author": None, f"{what}visitor": self.visitor}))
        if self.user is not None:
            found.append(Q(**{f"{what}author": self.user}))
        return Q(*found, _connector=Q.OR) if found else Q(pk__in=[])

    def has_written(self, author_id: int | None, visitor_id: UUID | None) -> bool:
        """As `wrote`, of a post with this author and this visitor."""
        if author_id is not None:
            return author_id == self.user
        return visitor_id is not None and visitor_id == self.visitor


STRANGER = Reader()
