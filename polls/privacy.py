"""What erasing a person does to wensbeelden, ideas, votes and stickers: for `werkplaats.avg`."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from polls.models import Ballot, Idea, Member, Poll, Scorer, Stage, Sticker, Wensbeeld, WensbeeldReport
from werkplaats.backoffice import log
from werkplaats.models import Picture
from werkplaats.moderation.models import PUBLIC
from werkplaats.privacy import erased
from werkplaats.privacy.person import Person, Words


def erase(person: Person, words: Words) -> Counter[str]:
    """Erases a person here; call it in the transaction that does. Returns how many of each kind.

    What nobody can read now goes in any case.
    """
    counts = Counter(reports=WensbeeldReport.objects.unlink(person.visitors))
    counts += erase_wensbeelden(person, words)
    counts += erase_ideas(person, words)
    counts += unlink_votes(person)
    counts += unlink_stickers(person)
    Member.objects.filter(visitor__in=person.visitors).delete()
    return counts


def erase_wensbeelden(person: Person, words: Words) -> Counter[str]:
    rows = Wensbeeld.objects.filter(visitor__in=person.visitors).order_by("pk")
    found = list(rows.select_for_update())
    stay = [each for each in found if words == Words.STAY and each.is_public]
    for each in found:
        if each not in stay:
            each.erase()
    log.forget(Wensbeeld, [each.pk for each in found])
    left = Wensbeeld.objects.filter(pk__in=[each.pk for each in stay])
    Picture.objects.filter(wensbeeld__in=left).update(credit="", visitor=None)
    left.update(name="", visitor=None, published_by=None, unnamed_at=timezone.now())
    history = forget_earlier(left)
    history.filter(Q(pgh_obj__in=left) | Q(visitor__in=person.visitors)).update(name="", visitor=None)
    return Counter(wensbeelden_gone=len(found) - len(stay), wensbeelden_stay=len(stay))


def erase_ideas(person: Person, words: Words) -> Counter[str]:
    found = list(Idea.objects.filter(visitor__in=person.visitors).in_lock_order())
    stay = [each for each in found if words == Words.STAY and not each.removed_at]
    for each in found:
        if each not in stay:
            each.erase()
    log.forget(Idea, [each.pk for each in found])
    left = Idea.objects.filter(pk__in=[each.pk for each in stay])
    left.update(visitor=None)
    history = forget_earlier(left)
    history.filter(visitor__in=person.visitors).update(visitor=None)
    return Counter(ideas_gone=len(found) - len(stay), ideas_stay=len(stay))


def forget_earlier(rows: QuerySet[Any]) -> Any:
    """Empties what these said before and took out of their words. Returns the rows of that history."""
    history: Any = rows.model.pgh_event_model.objects
    history.filter(pgh_obj__in=rows).exclude(text=F("pgh_obj__text")).update(text="")
    return history


def unlink_votes(person: Person) -> Counter[str]:
    """A closed poll keeps its counts. From an open one votes are taken back: else somebody could vote twice."""
    open_now = [poll.pk for poll in Poll.objects.all() if not poll.is_closed]
    cast = Ballot.objects.filter(visitor__in=person.visitors)
    taken_back, _ = cast.filter(poll__in=open_now).order_by().delete()
    return Counter(votes_taken_back=taken_back, votes_unlinked=cast.update(visitor=None))


def unlink_stickers(person: Person) -> Counter[str]:
    """As votes: of a round that takes stickers now they are taken back."""
    placed = Sticker.objects.filter(visitor__in=person.visitors)
    before = placed.count()
    taken_back, _ = placed.filter(idea__round__stage=Stage.STICKERS).delete()
    scorers = Scorer.objects.filter(visitor__in=person.visitors)
    scorers.filter(round__stage=Stage.STICKERS).delete()
    # A trigger takes their stickers of the round along.
    scorers.update(visitor=None)
    return Counter(stickers_taken_back=taken_back, stickers_unlinked=before - taken_back)


def counted(person: Person) -> Counter[str]:
    """What there is now, for the page that asks first."""
    wensbeelden = Wensbeeld.objects.filter(visitor__in=person.visitors)
    ideas = Idea.objects.filter(visitor__in=person.visitors)
    return Counter(
        wensbeelden=wensbeelden.count(),
        wensbeelden_public=wensbeelden.filter(PUBLIC).count(),
        ideas=ideas.count(),
        ideas_public=ideas.filter(removed_at=None).count(),
        votes=Ballot.objects.filter(visitor__in=person.visitors).count(),
        stickers=Sticker.objects.filter(visitor__in=person.visitors).count(),
    )


def names(person: Person) -> set[str]:
    """Under which names they sent in a wensbeeld, now or earlier."""
    return told(Wensbeeld, "name", person) | told(Wensbeeld.pgh_event_model, "name", person)


def words(person: Person) -> set[str]:
    return told(Wensbeeld, "text", person) | told(Idea, "text", person)


def own_words(person: Person) -> dict[str, list[int]]:
    """The keys of what they wrote themselves, by table."""
    mine = {"visitor__in": person.visitors}
    return {
        model._meta.label: list(model.objects.filter(**mine).values_list("pk", flat=True))
        for model in (Wensbeeld, Idea)
    }


def told(model: Any, column: str, person: Person) -> set[str]:
    """What stands in a column of their rows."""
    return set(model.objects.filter(visitor__in=person.visitors).values_list(column, flat=True)) - {""}


def replay(what: str, ids: list[int], before: datetime) -> int:
    """As that of posts, of wensbeelden or ideas."""
    model: Any = {erased.What.WENSBEELD: Wensbeeld, erased.What.IDEA: Idea}[erased.What(what)]
    found = list(model.objects.filter(pk__in=ids, created_at__lt=before).order_by("pk"))
    for row in found:
        row.erase()
    return len(found)
