"""Whom a mail about a café may reach."""

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, OuterRef

from events.models.waiting_list import WaitingQuerySet
from werkplaats import mail
from werkplaats.models import User

if TYPE_CHECKING:
    from events.models.registrations import Registration


class ReachQuerySet(WaitingQuerySet):
    def telling_access(self) -> Self:
        """With `is_blocked`: whether the person of its address was shut out, so that no mail or link is for them."""
        return self.annotate(is_blocked=Exists(User.objects.filter(email=OuterRef("email"), is_active=False)))

    def reachable(self) -> Self:
        """Those whom a mail may reach: they gave an address, and it was not shut out."""
        return self.telling_access().filter(is_blocked=False).exclude(email="")

    def to_mail(self) -> "list[Registration]":
        """Those whom a mail to many goes to: first who is firm, then the others within reach, of a mailbox only one.

        A stranger may have signed up «anna+1@» to «anna+9@», of which Anna reads all. Of these the plain address goes
        before another, and one with a seat before who waits.
        """
        rows: Any = list(self.reachable())
        box = {each: mail.mailbox_of(each.email) for each in rows if not each.is_firm}
        unsure = sorted(box, key=lambda each: (each.email != box[each], each.seat is None))
        one_each = {box[each]: each for each in reversed(unsure)}
        return [each for each in rows if each.is_firm] + [each for each in unsure if one_each[box[each]] is each]
