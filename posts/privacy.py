"""What erasing a person does to contributions, thumbs and reports: for `werkplaats.avg`."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from posts.actions import ending
from posts.models import Post, Report, Thumb
from posts.models.holds import A_PUPIL, SOMEBODY, Removal
from posts.models.visibility import UNCLAIMED
from werkplaats.backoffice import log
from werkplaats.models import Picture
from werkplaats.moderation.models import PUBLIC
from werkplaats.privacy import erased
from werkplaats.privacy.person import Person, Words

# What goes with the name: for whom somebody spoke, and from where.
NAMELESS: dict[str, Any] = {"meeting": "", "meeting_size": None, "werkgebied": None, "visitor": None, "author": None}


def erase(person: Person, words: Words, also: Iterable[int] = ()) -> Counter[str]:
    """Erases a person here; call it in the transaction that does. Returns how many of each kind.

    `also` are those of `unclaimed` that the staff knows to be theirs. What nobody can read now goes in any case: it
    would be of nobody, and stand nowhere.
    """
    posts = locked(person, also)
    ids = [post.pk for post in posts]
    # A story that the staff keeps for a reason stays out of sight, and of nobody.
    stay = [post.pk for post in posts if words == Words.STAY and post.is_public or post.kept_until]
    go = sorted(set(ids) - set(stay))
    take_away(go)
    leave(stay)
    forget_history(person)
    log.forget(Post, ids)
    Report.objects.filter(post__in=go).settle(None)
    return Counter(
        posts_gone=len(go),
        posts_stay=len(stay),
        addresses_at_posts=forget_addresses(person.addresses),
        reports=Report.objects.unlink(person.visitors),
        **Thumb.objects.take_back(person.visitors, Q(post__question__closed_at=None)),
    )


def theirs(person: Person, also: Iterable[int] = ()) -> Any:
    mine = person.whose(Post.in_register.of)
    if also:
        mine |= Q(pk__in=unclaimed(person).filter(pk__in=list(also)).order_by().values("pk"))
    return Post.objects.filter(mine, erased_at=None).order_by("pk")


def unclaimed(person: Person) -> Any:
    """What stands under their address, and nobody said to be theirs: somebody else may have typed that."""
    typed = Post.objects.filter(UNCLAIMED, email__in=sorted(person.addresses), erased_at=None)
    return typed.exclude(person.whose(Post.in_register.of)).order_by("pk")


def locked(person: Person, also: Iterable[int] = ()) -> list[Post]:
    """Theirs, as they are once whoever changes them at this moment is done."""
    Post.lock(theirs(person, also))
    return list(theirs(person, also))


def take_away(ids: list[int]) -> None:
    """Place and answers stay; nobody of the staff did it."""
    nobody = {"removed_by": None, "published_by": None, "asked_at": None, "removal_reason": ""}
    ending.wipe(ids, removal=Removal.WRITER, **nobody)
    ending.history_of(ids).update(removal_reason="")
    if ids:
        erased.note(erased.What.POST, ids)


def leave(ids: list[int]) -> None:
    """Lets the words stand, with the role instead of the name: in public, and in what they said before.

    They are the same words: what was quoted of them and what became of them stays.
    """
    rows = Post.objects.filter(pk__in=ids)
    Picture.objects.filter(post__in=ids).update(credit="", visitor=None)
    gone = {**NAMELESS, "email": "", "asked_at": None, "published_by": None, "unnamed_at": timezone.now()}
    name = ending.role_instead_of_name()
    rows.update(**gone, name=name)
    history = ending.history_of(ids)
    # What they took out of their words earlier, they took out.
    history.exclude(text=F("pgh_obj__text")).update(text="", rendering="", rendered_at=None)
    history.update(**NAMELESS, name=name)


def forget_history(person: Person) -> None:
    """Of what is another's by now, the versions of when it was theirs."""
    events = Post.pgh_event_model.objects
    events.filter(visitor__in=person.visitors).update(visitor=None)
    if person.user:
        events.filter(author=person.user).update(author=None)


def forget_addresses(addresses: Iterable[str]) -> int:
    """What others typed under their address is not theirs, and stays without it."""
    return Post.objects.filter(email__in=addresses).update(email="", asked_at=None)


def counted(person: Person) -> Counter[str]:
    """What there is now, for the page that asks first."""
    return Counter(
        posts_public=theirs(person).filter(PUBLIC).count(),
        posts=theirs(person).count(),
        unclaimed=count_unclaimed(person),
        thumbs=Thumb.objects.filter(visitor__in=person.visitors).count(),
    )


def count_unclaimed(person: Person) -> int:
    """How many contributions they can still say to be theirs."""
    return sum(Post.objects.unclaimed_under(email).count() for email in sorted(person.addresses))


def typed_ids(person: Person) -> list[int]:
    """The keys of all that stands under their address and is nobody's."""
    typed = Post.objects.filter(UNCLAIMED, email__in=sorted(person.addresses))
    return list(typed.order_by("pk").values_list("pk", flat=True))


def addresses(ids: list[int], before: Any) -> set[str]:
    """Under which addresses these stand that are nobody's, of before this moment: for who erases after a restore."""
    rows = Post.objects.filter(UNCLAIMED, pk__in=ids, created_at__lt=before)
    return set(rows.values_list("email", flat=True))


def answers(person: Person) -> int:
    """How many answers of others there are to theirs: that they exist, and nothing else of them."""
    mine = person.whose(Post.in_register.of)
    return Post.objects.readable().filter(person.whose(Post.in_register.of, "parent__")).exclude(mine).count()


def shown_on_device(person: Person) -> set[int]:
    """Whose words «Jouw bijdragen» shows by the cookie alone: not of what a moderator took away."""
    there = Q(removed_at=None) | Q(removal__in=[Removal.HELD, Removal.WRITER])
    return set(theirs(person).filter(there, child_at=None).values_list("pk", flat=True))


def names(person: Person, also: Iterable[int] = ()) -> set[str]:
    """Under which names they wrote, now or earlier."""
    rows = theirs(person, also)
    before = ending.history_of(rows.order_by().values("pk"))
    found = {*rows.values_list("name", flat=True), *before.values_list("name", flat=True)}
    return found - {"", SOMEBODY, A_PUPIL}


def words(person: Person, also: Iterable[int] = ()) -> set[str]:
    return {text for text in theirs(person, also).values_list("text", flat=True) if text}


def replay(ids: list[int], before: Any) -> int:
    """Erases again what was erased before a back-up was put back, if it is of before that moment. Returns how many."""
    again = Post.objects.filter(pk__in=ids, created_at__lt=before, erased_at=None)
    found = list(again.order_by("pk"))
    Post.lock(found)
    for post in found:
        post.erase(None)
    return len(found)
