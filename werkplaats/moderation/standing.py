"""Whose report counts towards hiding something: of who took part here before.

Three fresh browsers must hide nothing, and opening one, giving a thumb and reporting takes a minute. So what costs
nothing counts only when it is a day old, an account too: one mailbox has as many addresses as one likes. That stops who
acts in anger, not who prepares: against them helps that what a moderator read is never hidden so. What somebody else
vouches for counts at once: words or a picture that a moderator approved. A report that does not count still calls a
moderator.

A model whose rows show that somebody took part has a static method `shows_somebody(before)`: which of its rows do.
`before` is a day ago.
"""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from werkplaats.people.models import Visitor

A_DAY = timedelta(days=1)


def took_part(visitor: Visitor) -> bool:
    """Whether this visitor did something else here, before now. One query."""
    before = timezone.now() - A_DAY
    did = Q(user__is_active=True, user__date_joined__lt=before)
    for relation in Visitor._meta.related_objects:
        model = relation.related_model
        if hasattr(model, "shows_somebody"):
            did |= Q(Exists(model._base_manager.filter(model.shows_somebody(before), visitor=OuterRef("pk"))))
    return Visitor.objects.filter(did, pk=visitor.pk).exists()
