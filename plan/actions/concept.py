"""Making public what was written of the plan."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import OuterRef
from django.utils import timezone

from plan.actions import reacting, showing
from plan.actions.outcomes import LOOK_AGAIN, Refused
from plan.models import Footnote, Plan, Sentence, Wording
from plan.reading import changes as reading
from werkplaats.models import Site


def publish(seen: str) -> int:
    """Makes public the sentences that are new or changed, as the page showed them: `seen` is its `Changes.mark`.

    Each gets the sources that it has now, and a question to react to; what has a problem stays behind. After the plan
    was adopted these are dated additions. Returns how many; 0 when there is nothing new, as for a second press. Raises
    Refused when something changed meanwhile, and when none can be public yet.
    """
    with transaction.atomic():
        Plan.locked()
        # Who rewords one or links a source waits.
        list(Sentence.objects.standing().order_by("pk").select_for_update(no_key=True).values_list("pk"))
        changes = reading.read()
        if not changes.rows:
            return 0
        if changes.mark != seen:
            raise Refused(LOOK_AGAIN)
        if not changes.ready:
            raise Refused("Nog geen van deze zinnen kan openbaar. Bij elke zin staat waarom.")
        numbers = Footnote.objects.filter(sentence=OuterRef("sentence")).order_by("source__number")
        Wording.objects.filter(pk__in=[row.wording.pk for row in changes.ready]).update(
            published_at=timezone.now(), sources=ArraySubquery(numbers.values("source__number"))
        )
        reacting.ask_about(row.wording for row in changes.ready if not row.wording.decided_on)
        reacting.keep_open()
        showing.show_soon()
        Site.objects.filter(plan_since=None).update(plan_since=timezone.now())
    return len(changes.ready)
