"""What the terms do to polls, rounds and wensbeelden; `werkplaats.avg` runs them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from polls.models import Ballot, Idea, Member, Poll, Scorer, Stage, StickerRound, Wensbeeld, WensbeeldReport
from werkplaats.backoffice import log
from werkplaats.moderation.child import over
from werkplaats.privacy.running import At, Work, Works
from werkplaats.register.entries import Term


def voted(at: At) -> QuerySet[Ballot]:
    closed = Q(poll__closes_at__lte=at.cut) | Q(poll__unlinked_at__isnull=False)
    return Ballot.objects.filter(closed, visitor__isnull=False)


def unlink_votes(pks: list[int], at: At) -> int:
    """All votes of these people in these polls at once, so that each stays one series. The polls stay closed."""
    votes = Ballot.objects.filter(pk__in=pks)
    polls, visitors = list(votes.values_list("poll", flat=True)), list(votes.values_list("visitor", flat=True))
    with transaction.atomic():
        Poll.objects.filter(pk__in=polls, closes_at__lte=at.cut, unlinked_at=None).update(unlinked_at=timezone.now())
        theirs = Ballot.objects.filter(poll__in=polls, visitor__in=visitors, poll__unlinked_at__isnull=False)
        return theirs.update(visitor=None)


def closed_rounds(before: datetime) -> QuerySet[StickerRound]:
    """Rounds that show their result since then, as their history knows; and those that were unlinked."""
    events = StickerRound.pgh_event_model.objects.filter(pgh_obj=OuterRef("pk"))  # type: ignore[attr-defined]
    moved = events.filter(pgh_created_at__gt=before).filter(~Q(stage=Stage.RESULT) | Q(pgh_label="insert"))
    was = events.filter(pgh_created_at__lte=before).order_by("-pgh_created_at", "-pgh_id").values("stage")[:1]
    rested = StickerRound.objects.filter(~Exists(moved), stage=Stage.RESULT)
    still = rested.annotate(was=Coalesce(was, Value(Stage.RESULT.value))).filter(was=Stage.RESULT).values("pk")
    return StickerRound.objects.filter(Q(pk__in=still) | Q(unlinked_at__isnull=False))


def of_closed(model: Any) -> Callable[[At], QuerySet[Any]]:
    return lambda at: model.objects.filter(round__in=closed_rounds(at.cut).values("pk"), visitor__isnull=False)


def unlink(model: Any) -> Callable[[list[int], At], int]:
    """Empties the visitor of these rows of a round, which stays closed. Stickers follow their scorer, by a trigger."""

    def act(pks: list[int], at: At) -> int:
        with transaction.atomic():
            rounds = model.objects.filter(pk__in=pks).values("round")
            ended = closed_rounds(at.cut).filter(pk__in=rounds, unlinked_at=None)
            StickerRound.objects.filter(pk__in=list(ended.values_list("pk", flat=True))).update(
                unlinked_at=timezone.now()
            )
            gone = list(model.objects.filter(pk__in=pks, round__unlinked_at__isnull=False).values_list("pk", flat=True))
            model.objects.filter(pk__in=gone).update(visitor=None)
            if hasattr(model, "pgh_event_model"):
                model.pgh_event_model.objects.filter(pgh_obj__in=gone).update(visitor=None)
            return len(gone)

    return act


def named(at: At) -> QuerySet[Wensbeeld]:
    return Wensbeeld.objects.filter(at.names_go, unnamed_at=None).exclude(name="")


def forget_names(pks: list[int], at: At) -> int:
    """The role alone stands there then, as of who gave no name; history and log forget it too."""
    with transaction.atomic():
        done = Wensbeeld.objects.filter(pk__in=pks, unnamed_at=None).update(name="", unnamed_at=timezone.now())
        Wensbeeld.pgh_event_model.objects.filter(pgh_obj__in=pks).update(name="")
        log.forget(Wensbeeld, pks)
    return done


def never_public(at: At) -> QuerySet[Wensbeeld]:
    return Wensbeeld.objects.filter(published_at=None, child_at=None, created_at__lte=at.cut)


def about_child(at: At) -> QuerySet[Wensbeeld]:
    return Wensbeeld.objects.filter(over(at.now, (at.now - at.cut).days))


def written(rows: QuerySet[Any]) -> Callable[[At], QuerySet[Any]]:
    """Those of the period of the plan, once that is over."""
    return lambda at: rows.filter(created_at__lt=at.ended) if at.is_over else rows.none()


def erase(rows: Callable[[At], QuerySet[Any]]) -> Callable[[list[int], At], int]:
    """Each as its sender would, out of the admin's log too: as long as it is among these."""

    def act(pks: list[int], at: At) -> int:
        with transaction.atomic():
            list(rows(at).model._base_manager.filter(pk__in=pks).order_by("pk").select_for_update())
            found = list(rows(at).filter(pk__in=pks))  # as they are now that nobody changes them
            for row in found:
                row.erase()
            log.forget(rows(at).model, pks)
        return len(found)

    return act


def reported(at: At) -> QuerySet[WensbeeldReport]:
    """What a moderator looked at so long ago."""
    return WensbeeldReport.objects.filter(handled_at__lte=at.cut)


MEMBERS, IDEAS, SCORERS = (of_closed(model) for model in (Member, Idea, Scorer))
WENSBEELDEN, ALL_IDEAS = written(Wensbeeld.objects.all()), written(Idea.objects.all())
A_FEW = 50  # rows that are erased one by one
COUNTED = "wensbeeld,wensbeelden"
WORKS: Works = {
    Term.NAMES: [Work("naam bij een wensbeeld,namen bij wensbeelden", named, forget_names)],
    Term.VOTES: [
        Work("stem,stemmen", voted, unlink_votes),
        Work("plakker van stickers,plakkers van stickers", SCORERS, unlink(Scorer), first=A_FEW),
        Work("deelnemer van een groep,deelnemers van groepen", MEMBERS, unlink(Member)),
        Work("schrijver van een idee,schrijvers van ideeën", IDEAS, unlink(Idea)),
    ],
    Term.UNPUBLISHED: [Work(COUNTED, never_public, erase(never_public), first=A_FEW, most=A_FEW)],
    Term.CHILD: [Work(COUNTED, about_child, erase(about_child), first=A_FEW, most=A_FEW)],
    Term.WORDS: [
        Work(COUNTED, WENSBEELDEN, erase(WENSBEELDEN), first=A_FEW, most=A_FEW),
        Work("idee,ideeën", ALL_IDEAS, erase(ALL_IDEAS), first=A_FEW, most=A_FEW),
    ],
    Term.VISITORS: [
        Work(
            "melding over een wensbeeld,meldingen over wensbeelden",
            reported,
            lambda pks, at: WensbeeldReport.objects.filter(pk__in=pks, handled_at__isnull=False).delete()[0],
        )
    ],
}
