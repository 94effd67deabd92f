"""What became of a post, as it stands beside it in public: one line and where to read more."""

import pgtrigger
from django.db import models

from posts.models.posts import Post
from werkplaats.fields import Line
from werkplaats.register.entries import of_the_site

# As for a thumb: the row of the post stays as it is, and its thread is drawn anew.
DRAWS_THREAD = pgtrigger.Trigger(
    name="outcome_shows",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func="""
        UPDATE posts_posttally SET thread_version = thread_version + 1
        WHERE post_id = (SELECT root_id FROM posts_post WHERE id = COALESCE(NEW.post_id, OLD.post_id));
        RETURN NULL;
    """,
)


class PostOutcome(models.Model):
    """Written by whoever publishes what was done with contributions, for the version of the words that was read: under
    other words it does not show. Who writes many locks their threads first (`lock_threads`): see `DRAWS_THREAD`.
    """

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="outcome", verbose_name="bijdrage")
    words = Line("wat ermee gebeurde", max_length=120)
    address = models.CharField("waar het staat", max_length=200)
    version = models.PositiveIntegerField("versie van de bijdrage")

    in_register = of_the_site("words", "address")

    class Meta:
        verbose_name = "wat er met een bijdrage gebeurde"
        verbose_name_plural = "wat er met bijdragen gebeurde"
        default_permissions = ()
        triggers = [DRAWS_THREAD]

    def __str__(self) -> str:
        return self.words
