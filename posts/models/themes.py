"""What coordinators sort contributions into."""

import pghistory
import pgtrigger
from django.db import models

from werkplaats.lists import ListedName


class Theme(ListedName):
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
