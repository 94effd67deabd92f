"""What the terms do to what belongs to no app: visitors, sessions, letters, jobs, and the trail of who did what."""

from typing import Any

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from pghistory.models import Context
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from werkplaats.mail.models import FailedMail
from werkplaats.models import Letter, Look, Visitor
from werkplaats.moderation.models import BaseReport
from werkplaats.people.merging import relations
from werkplaats.people.seen import Seen
from werkplaats.privacy.running import At, Work, Works
from werkplaats.register.entries import Term

OVER = ("failed", "aborted", "cancelled")


def visitors(at: At) -> QuerySet[Visitor]:
    """Browsers of nobody in particular of which nothing is left, a year after they came."""
    idle = Visitor.objects.filter(user=None, created_at__lte=at.cut)
    for model, name in relations():
        rows = model._base_manager.filter(**{name: OuterRef("pk")})
        if issubclass(model, BaseReport):
            rows = rows.exclude(handled_at__lte=at.cut)  # these go in the same run
        if not issubclass(model, Seen):
            idle = idle.filter(~Exists(rows))
    return idle


def forget_visitors(pks: list[Any], at: At) -> int:
    """As few statements as can be, for there are many: who writes at this moment makes it begin anew."""
    with transaction.atomic():
        idle = list(visitors(at).filter(pk__in=pks).values_list("pk", flat=True))
        for model, name in relations():
            if issubclass(model, Seen | BaseReport):
                model._base_manager.filter(**{f"{name}__in": idle}).delete()
        rows = Visitor.objects.filter(pk__in=idle)
        done: int = rows._raw_delete(rows.db)
        return done


def histories() -> list[Any]:
    """The tables with what rows were before."""
    return [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model") and not model._meta.proxy]


def of_history(model: Any) -> Work:
    rows = model._base_manager

    def forget(pks: list[Any], at: At) -> int:
        done: int = rows.filter(pk__in=pks)._raw_delete(rows.db)
        return done

    return Work(CHANGES, lambda at: rows.filter(pgh_created_at__lte=at.cut), forget)


CHANGES = "wijziging in de geschiedenis,wijzigingen in de geschiedenis"


def contexts(at: At) -> QuerySet[Any]:
    """Who did what of which no history speaks any more."""
    found = Context.objects.filter(created_at__lte=at.cut)
    for model in histories():
        found = found.filter(~Exists(model._base_manager.filter(pgh_context=OuterRef("pk"))))
    return found


def failed(at: At) -> QuerySet[Any]:
    lately = ProcrastinateEvent.objects.filter(job=OuterRef("pk"), at__gt=at.cut)
    return QuerySet(ProcrastinateJob).filter(~Exists(lately), status__in=OVER)


def raw_delete(model: Any) -> Any:
    def act(pks: list[Any], at: At) -> int:
        rows: QuerySet[Any] = QuerySet(model).filter(pk__in=pks)
        done: int = rows._raw_delete(rows.db)
        return done

    return act


def plain(counted: str, rows: Any) -> Work:
    """Deletes these rows."""
    return Work(counted, rows, lambda pks, at: rows(at).filter(pk__in=pks).delete()[0])


def older(model: Any, column: str) -> Any:
    """The rows of which this moment is longer ago than the term."""
    return lambda at: model.objects.filter(**{f"{column}__lte": at.cut})


WORKS: Works = {
    Term.VISITORS: [Work("bezoeker,bezoekers", visitors, forget_visitors)],
    Term.LETTERS: [plain("mail die nooit vertrok,mails die nooit vertrokken", older(Letter, "created_at"))],
    Term.JOBS: [
        Work("mislukte taak,mislukte taken", failed, raw_delete(ProcrastinateJob)),
        plain("mail die niet aankwam,mails die niet aankwamen", lambda at: FailedMail.objects.old(at.now, at.cut)),
    ],
    Term.SESSIONS: [plain("sessie,sessies", lambda at: Session.objects.filter(expire_date__lte=at.now))],
    Term.AUDIT: [
        *map(of_history, histories()),
        Work("verzoek,verzoeken", contexts, raw_delete(Context)),
        plain("regel in het logboek,regels in het logboek", older(LogEntry, "action_time")),
        plain("inzage,inzages", older(Look, "at")),
    ],
}
