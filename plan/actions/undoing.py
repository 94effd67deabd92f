"""Undoing one's own steps, as long as nobody changed the same since."""

from collections.abc import Mapping
from typing import Any

from django.db.models import BigIntegerField, Q

from plan.actions.outcomes import Outcome, Refused
from plan.actions.steps import MODELS, columns_of, rows_of, step
from plan.actions.telling import sentence
from plan.models import Act, Destination, Harvest, Source, Stack, Verb
from werkplaats import compiled
from werkplaats.compiled import Given
from werkplaats.models import User

NOTHING = "Er is niets om ongedaan te maken."
STAYS = "Daarom blijft jouw stap staan."


def own_steps(harvest_id: int, by: User, most: int = 20) -> list[Act]:
    """What this person can still try to undo here, the last first. One query."""
    return list(Act.objects.to_undo(harvest_id, by)[:most])


def undo(harvest_id: int, by: User, act_id: int | None = None) -> Outcome:
    """Undoes a step of one's own, without an id the last one: each row gets back what it had, with that version.

    Sent twice it is done once: name the act. Raises Refused, with what is in the way, when somebody changed one of the
    rows since, when there is no such step, and when a voice was erased that it was about.
    """
    with step(harvest_id, by, Verb.UNDO) as this:
        act = _find(this.harvest, by, act_id)
        if act.is_undone:
            return this.outcome(act.fragments)
        if act.before is None:
            raise Refused(f"Een stem van deze stap is intussen gewist. {STAYS}", act)
        now = {kind: rows_of(kind, map(int, rows)) for kind, rows in act.after.items()}
        _check_same(act, now, by)
        _put_back(act, now)
        this.undoes, this.fragments = act, set(act.fragments)
        this.stack = None if act.verb in (Verb.MAKE, Verb.SPLIT) else act.stack
        this.after = {
            kind: {pk: row and row["version"] for pk, row in rows.items()} for kind, rows in act.before.items()
        }
        return this.outcome(act.fragments)


def _find(harvest: Harvest, by: User, act_id: int | None) -> Any:
    """The step to undo; `is_undone` when that was done already."""
    named = act_id is not None
    found = compiled.objects(own_act, named, harvest=harvest.pk, by=by.pk, act=act_id)
    if not found:
        raise Refused(NOTHING)
    return found[0]


def own_act(named: bool) -> compiled.AnyQuerySet:
    """The step that is `named`, or the last that was not undone."""
    harvest, by, act = (Given(name, BigIntegerField()) for name in ("harvest", "by", "act"))
    acts = Act.objects.own(harvest, by).select_related("stack")
    return acts.filter(pk=act) if named else acts.filter(Q(is_undone=False)).order_by("-number")[:1]


def _check_same(act: Act, now: Mapping[str, Mapping[int, Any]], by: User) -> None:
    """Raises Refused unless all rows have the version that the step gave them."""
    for kind, rows in act.after.items():
        for key, version in rows.items():
            row = now[kind].get(int(key))
            if (row and row.version) != version:
                raise _refusal(act, kind, key, by)


def _refusal(act: Act, kind: str, key: str, by: User) -> Refused:
    later = Act.objects.filter(harvest=act.harvest_id, number__gt=act.number)
    found = later.filter(**{f"after__{kind}__has_key": key}).select_related("by", "stack").order_by("-number").first()
    return Refused(f"{sentence(found, by)} {STAYS}", found)


def _put_back(act: Act, now: Mapping[str, Mapping[int, Any]]) -> None:
    """Stacks first, for what lies on them; what the step made goes last."""
    before = act.before or {}
    made = {kind: [int(pk) for pk, row in rows.items() if row is None] for kind, rows in before.items()}
    if cards := made.get("destination"):
        Destination.objects.filter(pk__in=cards).delete()
    for kind in MODELS:
        rows = {int(pk): row for pk, row in before.get(kind, {}).items() if row is not None}
        if kind == "destination" and rows:
            _check_stacks({row["stack_id"] for row in rows.values()} - {None})
        _restore(kind, rows, now.get(kind, {}))
    if stacks := made.get("stack"):
        _unmake(stacks)


def _restore(kind: str, before: dict[int, dict[str, Any]], now: Mapping[int, Any]) -> None:
    model: Any = MODELS[kind]
    fields = columns_of(kind)
    rows = [now.get(pk) or model(pk=pk) for pk in before]
    for row in rows:
        for name, field in fields.items():
            setattr(row, name, field.to_python(before[row.pk][name]))
    known, gone = [row for row in rows if row.pk in now], [row for row in rows if row.pk not in now]
    if known:
        model.objects.bulk_update(known, [field.name for field in fields.values()])
    if gone:
        model.objects.bulk_create(gone)


def _check_stacks(pks: set[int]) -> None:
    """Raises Refused when a card would lie on a stack that is not on the desk any more."""
    gone = Stack.objects.filter(pk__in=pks).exclude(joined_into=None).select_related("joined_into").first()
    if gone:
        raise Refused(f"«{gone}» is intussen samengevoegd met «{gone.joined_into}». {STAYS}")


def _unmake(stacks: list[int]) -> None:
    """Takes away stacks that the step made. Raises Refused when others use them by now."""
    if Destination.objects.filter(stack__in=stacks).exists():
        raise Refused(f"Er liggen intussen andere stemmen op deze stapel. {STAYS}")
    if Source.objects.filter(stack__in=stacks).exists():
        raise Refused(f"Deze stapel is intussen een bron van het plan. {STAYS}")
    Stack.objects.filter(pk__in=stacks).delete()
