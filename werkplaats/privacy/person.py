"""Who somebody is in the database: an account, browsers and addresses; and which rows are theirs."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Q

from werkplaats.fields import normalise_address
from werkplaats.people.models import User, Visitor
from werkplaats.register.entries import Path, Whose


class Words(StrEnum):
    """What becomes of the contributions of who is erased. Nobody chooses it for them."""

    STAY = "laten-staan"
    GO = "weghalen"


@dataclass(frozen=True)
class Person:
    """`user` is the key of the account, `visitors` the ids of what browsers of theirs are known by.

    Under `addresses` they signed up for cafés. A browser that proved nothing is a visitor alone: what it typed as an
    address may be anybody's.
    """

    user: int | None = None
    visitors: frozenset[UUID] = frozenset()
    addresses: frozenset[str] = frozenset()

    @classmethod
    def of_user(cls, user: User) -> Self:
        """Somebody whose address is proven, or whom a coordinator knows by it. Two queries."""
        others = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
        visitors = Visitor.objects.filter(user=user).values_list("pk", flat=True)
        addresses = {user.email, *(normalise_address(email) for email in others)}
        return cls(user.pk, frozenset(visitors), frozenset(addresses))

    @classmethod
    def of_visitor(cls, visitor_id: UUID | None) -> Self:
        """A browser, by its cookie; nobody when the visitor is of an account, which a cookie does not open."""
        found = Visitor.objects.filter(pk=visitor_id, user=None).values_list("pk", flat=True) if visitor_id else []
        return cls(visitors=frozenset(found))

    @classmethod
    def of_address(cls, email: str) -> Self:
        """Whoever has this address, with or without an account."""
        email = normalise_address(email)
        user = User.objects.filter(email=email).first()
        return cls.of_user(user) if user else cls(addresses=frozenset({email}))

    def __bool__(self) -> bool:
        return bool(self.user or self.visitors or self.addresses)

    def whose(self, paths: tuple[Path, ...], before: str = "") -> Q:
        """That a row is theirs by one of these paths; `before` stands in front of each lookup. Never of nobody."""
        found: list[Q] = []
        for path in paths:
            known: Any = {Whose.USER: self.user and [self.user], Whose.VISITOR: self.visitors}
            if values := known.get(path.whose, self.addresses):
                theirs = Q(**{f"{before}{path.lookup}__in": sorted(values, key=str)})
                found.append(theirs & self._not_of_another(before, path.unless))
        return Q(*found, _connector=Q.OR) if found else Q(pk__in=[])

    def _not_of_another(self, before: str, owner: str) -> Q:
        """Words of a person are theirs, whichever browser typed them."""
        if not owner:
            return Q()
        nobodys = Q(**{f"{before}{owner}__isnull": True})
        return nobodys | Q(**{f"{before}{owner}": self.user}) if self.user else nobodys
