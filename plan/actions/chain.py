"""Taking the steps of the chain: from concept to inspectie, one after the other."""

from django.db import transaction
from django.utils import timezone

from plan.actions import reacting, showing
from plan.actions.outcomes import Refused
from plan.models import Does, Plan, PlanStep, Wording
from werkplaats.models import User

NO_CONCEPT = "Er is nog geen concept openbaar."


def reach(step_id: int, by: User) -> PlanStep:
    """Says that a step was taken. Twice is once.

    Raises PlanStep.DoesNotExist, and Refused while an earlier step was not taken, or when there is no public concept
    to react to or to adopt.
    """
    with transaction.atomic():
        step, chain = _locked(step_id)
        if step.reached_at:
            return step
        ahead = next(each for each in chain if not each.reached_at)
        if ahead != step:
            raise Refused(f"Eerst komt «{ahead}».")
        if step.does in (Does.REACT, Does.ADOPT) and not Wording.objects.public().exists():
            raise Refused(NO_CONCEPT)
        step.reached_at, step.reached_by = timezone.now(), by
        step.save(update_fields=["reached_at", "reached_by"])
        reacting.keep_open()
        showing.again()
        return step


def take_back(step_id: int) -> PlanStep:
    """Says that a step was not taken after all. Twice is once.

    Raises PlanStep.DoesNotExist, and Refused when a later one was, or when something was decided after it.
    """
    with transaction.atomic():
        step, chain = _locked(step_id)
        if not step.reached_at:
            return step
        last = [each for each in chain if each.reached_at][-1]
        if last != step:
            raise Refused(f"Neem eerst «{last}» terug.")
        if step.does == Does.ADOPT and Wording.objects.published().exclude(decided_on=None).exists():
            raise Refused("Er staan al besluiten van daarna bij het plan. Deze stap kan niet meer terug.")
        step.reached_at = step.reached_by = None
        step.save(update_fields=["reached_at", "reached_by"])
        reacting.keep_open()
        showing.again()
        return step


def _locked(step_id: int) -> tuple[PlanStep, list[PlanStep]]:
    Plan.locked()
    chain = list(PlanStep.objects.order_by("position", "pk").select_for_update(no_key=True))
    for step in chain:
        if step.pk == step_id:
            return step, chain
    raise PlanStep.DoesNotExist
