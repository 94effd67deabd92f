"""Merging themes that mean the same, and undoing it. Contributions keep their theme under the name that stays."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from posts.models import Post, PostTheme, Theme, ThemeMerge
from werkplaats.models import User


def merge(themes: Iterable[Theme], into: Theme, by: User) -> list[ThemeMerge]:
    """Lets each of these themes go up in `into`: one merge for each, to be undone by itself.

    Twice is once. Raises ValidationError when the one that stays is gone.
    """
    with transaction.atomic():
        found = _locked({into.pk, *(theme.pk for theme in themes)})
        stays = found.pop(into.pk, None)
        if stays is None:
            raise ValidationError(f"Het thema «{into}» is er niet meer.", code="gone")
        return [_go_up(theme, stays, by) for theme in found.values()]


def _locked(pks: set[int]) -> dict[int, Theme]:
    return {theme.pk: theme for theme in Theme.objects.filter(pk__in=pks).order_by("pk").select_for_update()}


def _go_up(theme: Theme, stays: Theme, by: User) -> ThemeMerge:
    had, have = _posts_of(theme), set(_posts_of(stays))
    got = [pk for pk in had if pk not in have]
    PostTheme.objects.bulk_create([PostTheme(post_id=pk, theme=stays) for pk in got], ignore_conflicts=True)
    known = {"gone": theme.pk, "name": theme.name, "position": theme.position}
    theme.delete()
    return ThemeMerge.objects.create(**known, into=stays, stays=stays.pk, had=had, got=got, by=by)


def _posts_of(theme: Theme) -> list[int]:
    return list(PostTheme.objects.filter(theme=theme).order_by("post").values_list("post", flat=True))


def undo(merge: ThemeMerge) -> bool:
    """Brings a theme back, on the contributions that had it. Returns False when that was done already.

    Raises ValidationError when another theme has its name by now.
    """
    with transaction.atomic():
        now = ThemeMerge.objects.select_for_update().get(pk=merge.pk)
        if now.undone_at:
            return False
        if Theme.objects.filter(name=now.name).exists():
            raise ValidationError(f"Er is intussen een ander thema «{now.name}». Geef dat eerst een andere naam.")
        theme = Theme.objects.create(pk=now.gone, name=now.name, position=now.position)
        there = Post.objects.filter(pk__in=now.had, erased_at=None).values_list("pk", flat=True)
        PostTheme.objects.bulk_create([PostTheme(post_id=pk, theme=theme) for pk in there], ignore_conflicts=True)
        PostTheme.objects.filter(theme=now.into_id, post__in=now.got).delete()
        now.undone_at = timezone.now()
        now.save(update_fields=["undone_at"])
        return True
