"""The words of a post as the search compares them: beside its wide row, which thumbs and the search leave alone."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from posts.models.posts import Post
from werkplaats.register.entries import Entry, Purpose, Term, by_user, by_visitor


class PostWords(models.Model):
    """What was said and by whom, folded (`posts.models.folding`), and the lemmas of it that stand in no word.

    Triggers write the words with the post, and delete them with it. A job of the worker adds the lemmas in a minute:
    it `waits` till then.
    """

    post = models.OneToOneField(Post, models.DO_NOTHING, primary_key=True, related_name="kept")
    words = models.TextField(editable=False)
    lemmas = models.TextField(blank=True, db_default="", editable=False)
    waits = models.BooleanField(db_default=True)

    in_register = Entry(
        what="woorden van bijdragen, om op te zoeken",
        purpose=Purpose.PARTICIPATION,
        term=Term.WORDS,
        personal={"words": "woorden, naam en overleg", "lemmas": "hun woordenboekvorm"},
        of=(by_user("post__author"), by_visitor("post__visitor", unless="post__author")),
        children=True,
    )

    class Meta:
        default_permissions = ()
        indexes = [
            GinIndex(fields=["words", "lemmas"], opclasses=["gin_trgm_ops", "gin_trgm_ops"], name="posts_words"),
            models.Index(fields=["post"], name="words_without_lemmas", condition=Q(waits=True)),
        ]

    def __str__(self):
        return f"woorden van bijdrage {self.pk}"
