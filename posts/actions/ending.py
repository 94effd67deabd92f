"""What terms do to posts, many at a time: names go, words are erased."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import Coalesce, Left
from django.utils import timezone

from posts.models import Post, Report
from posts.models.holds import A_PUPIL, ERASED, ERASED_ROW, SOMEBODY, Removal
from werkplaats.backoffice import log
from werkplaats.models import Picture, Role

LONGEST_NAME = 60
# Nobody's: no address, no account, no browser.
NOBODYS: dict[str, Any] = {"author": None, "visitor": None}


def role_instead_of_name() -> Case:
    """The role instead of the name; who gave none, and pupils, stay what they are called."""
    roles = [When(role=role.pk, then=Value(role.name)) for role in Role.objects.all()]
    named = Left(Case(*roles, default=Value(SOMEBODY)), LONGEST_NAME)
    return Case(When(name__in=[A_PUPIL, SOMEBODY], then=F("name")), default=named)


def lock(pks: Iterable[int]) -> QuerySet[Post]:
    """These posts, locked as everyone does who changes several."""
    posts = Post.objects.filter(pk__in=pks)
    Post.lock(posts)
    return posts


def forget_names(pks: list[int]) -> int:
    """The name becomes the role, and the words are nobody's any more: in the history and in the admin's log, too."""
    with transaction.atomic():
        posts = lock(pks).filter(unnamed_at=None)
        forget_writers(posts)
        done = posts.update(name=role_instead_of_name(), email="", unnamed_at=timezone.now(), **NOBODYS)
        history_of(pks).update(name=role_instead_of_name(), **NOBODYS)
        log.forget(Post, pks)
    return done


def forget_addresses(pks: list[int]) -> int:
    return lock(pks).update(email="")


def forget_writers(posts: QuerySet[Post]) -> None:
    """Of what the history holds of these posts: who was logged in when it was written or changed, if they wrote it."""
    theirs: dict[int, list[int]] = defaultdict(list)
    for pk, *users in posts.values_list("pk", "author", "visitor__user"):
        for user in {*users} - {None}:
            theirs[user].append(pk)
    for user, pks in theirs.items():
        written = history_of(pks).filter(pgh_context__metadata__user=user)
        written.update(pgh_context=None)


def history_of(pks: Iterable[int]) -> QuerySet[Any]:
    """What these posts were before."""
    found: QuerySet[Any] = Post.pgh_event_model.objects.filter(pgh_obj__in=pks)
    return found


def wipe(pks: list[int], **how: Any) -> int:
    """Takes words, picture and writer from these posts, which are locked, and from their history: as `Post.erase` does
    of one. Place and answers stay. `how` says by whom and why. Returns how many there are.
    """
    posts = Post.objects.filter(pk__in=pks)
    pictures = list(posts.exclude(picture=None).values_list("picture", flat=True))
    now = timezone.now()
    done = posts.update(**ERASED_ROW, erased_at=now, removed_at=Coalesce("removed_at", now), **how)
    Picture.objects.filter(pk__in=pictures).delete()
    history_of(pks).update(**ERASED)
    return done


def erase(pks: list[int], due: QuerySet[Post]) -> int:
    """Erases these posts, of those that still are `due`, as `moderating.erase` does one."""
    with transaction.atomic():
        lock(pks)
        pks = list(due.filter(pk__in=pks).values_list("pk", flat=True))  # as they are now that nobody changes them
        forget_writers(Post.objects.filter(pk__in=pks))
        done = wipe(pks, removal=Removal.MODERATOR, removal_reason="Echt gewist.")
        Report.objects.filter(post__in=pks).settle(None)
        for pk in pks:
            log.forget(Post, [pk], f"gewiste bijdrage {pk}")
    return done


def delete(pks: list[int]) -> int:
    """Takes posts away that nobody answered and that were never public, with picture and history."""
    with transaction.atomic():
        posts = lock(pks).filter(published_at=None, answers=None)
        found = list(posts.values_list("pk", "picture"))
        gone = [pk for pk, _ in found]
        Post.objects.filter(pk__in=gone).delete()
        Picture.objects.filter(pk__in=[picture for _, picture in found if picture]).delete()
        history_of(gone).delete()
        log.forget(Post, gone)
    return len(gone)
