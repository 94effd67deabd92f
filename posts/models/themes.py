"""What coordinators sort contributions into."""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from werkplaats.fields import Line
from werkplaats.lists import ListedName
from werkplaats.models import User
from werkplaats.register.entries import of_the_site


class Theme(ListedName):
    in_register = of_the_site("name")

    class Meta(ListedName.Meta):
        verbose_name = "thema"
        verbose_name_plural = "thema's"


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class PostTheme(models.Model):
    """A moderator gave a post a theme. The trigger raises the version of the thread."""

    post = models.ForeignKey("posts.Post", models.CASCADE)
    theme = models.ForeignKey(Theme, models.CASCADE, verbose_name="thema")

    class Meta:
        verbose_name = "thema van een bijdrage"
        verbose_name_plural = "thema's van een bijdrage"
        constraints = [models.UniqueConstraint(fields=["post", "theme"], name="theme_once_per_post")]
        triggers = [
            pgtrigger.Trigger(
                name="touches_thread",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    UPDATE posts_posttally SET thread_version = thread_version + 1 WHERE post_id IN (
                        SELECT root_id FROM posts_post WHERE id = coalesce(NEW.post_id, OLD.post_id)
                    );
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self):
        return f"{self.theme} bij {self.post_id}"


class ThemeMergeManager(models.Manager["ThemeMerge"]):
    def in_force(self) -> dict[int, int]:
        """For the key of each theme that went up in another: that of the one where its contributions stand now."""
        merged = dict(self.filter(undone_at=None).order_by("pk").values_list("gone", "stays"))
        found = {}
        for gone, stays in merged.items():
            passed = {gone}
            while stays in merged and stays not in passed:
                passed.add(stays)
                stays = merged[stays]
            found[gone] = stays
        return found


class ThemeMerge(models.Model):
    """One theme went up in another, and what it takes to undo that.

    `had` are the contributions that had the theme that went, `got` those of them that have the other by this alone.
    The theme that went has the key `gone`, and gets it back. `stays` is the key of the other, also once that went up
    in a third.
    """

    gone = models.BigIntegerField("thema dat opging", editable=False)
    name = Line("naam", max_length=60)
    position = models.IntegerField(default=0, editable=False)
    into = models.ForeignKey(
        Theme, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="samengevoegd met"
    )
    stays = models.BigIntegerField(editable=False)
    had = ArrayField(models.BigIntegerField(), default=list, editable=False)
    got = ArrayField(models.BigIntegerField(), default=list, editable=False)
    by = models.ForeignKey(User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="door")
    at = models.DateTimeField("samengevoegd", default=timezone.now, editable=False)
    undone_at = models.DateTimeField("ongedaan gemaakt", null=True, editable=False)

    in_register = of_the_site("name", staff=("by",))

    objects = ThemeMergeManager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "samengevoegd thema"
        verbose_name_plural = "samengevoegde thema's"

    def __str__(self) -> str:
        return f"«{self.name}» ging op in «{self.into or 'een thema dat er niet meer is'}»"
