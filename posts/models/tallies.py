"""The counts of a post: they change with every thumb, so they stand apart from the wide row with its text index."""

from collections.abc import Iterable, Mapping

import pgtrigger
from django.db import models, transaction

from posts.models.posts import Post
from posts.models.questions import Question
from posts.models.thumb_kinds import KINDS, UP, Kind
from werkplaats.register.entries import of_the_site


class PostTallyManager(models.Manager["PostTally"]):
    def tell(self, words: Mapping[int, str]) -> int:
        """Keeps, by the key of a post, what each role thought of it, in words. Returns of how many it changed.

        Their threads are drawn anew. Empty words are none: so it is of what reads otherwise now than when people gave
        their thumbs. It is told of this version of the post alone.
        """
        with transaction.atomic():
            rows = list(self.select_related("post").filter(pk__in=words).order_by("pk").select_for_update(of=("self",)))
            changed = [row for row in rows if row.take(words[row.pk])]
            self.bulk_update(changed, ["common", "common_version"], batch_size=500)
            roots = sorted({row.post.root_id for row in changed})
            self.filter(pk__in=roots).update(thread_version=models.F("thread_version") + 1)
        return len(changed)


class PostTally(models.Model):
    """The thumbs of a post, and how often its thread changed. Only triggers write it, and `tell`.

    `before` of the thumbs were given before the text became what it is, at `reworded_at`.

    The row of a contribution also has the question, the moment of writing and whether it was removed, by which the
    list of a question is sorted, after `rank`. Its `thread_version` rises with every change that shows in the thread.
    """

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="tally")
    question = models.ForeignKey(
        Question, models.DO_NOTHING, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    created_at = models.DateTimeField(null=True)
    removed = models.BooleanField(db_default=False)
    thumbs = models.JSONField(db_default=models.Value({}, models.JSONField()))  # the value of a kind → how many
    thread_version = models.PositiveBigIntegerField(db_default=0)
    rank = models.PositiveIntegerField(db_default=0)
    common = models.TextField(
        blank=True, db_default=""
    )  # «bijna alle ouders, de meeste leerkrachten»; shown once it is closed
    common_version = models.PositiveIntegerField(null=True)  # of the post of which that is told
    reworded_at = models.DateTimeField(null=True)
    before = models.PositiveIntegerField(db_default=0)

    in_register = of_the_site("thumbs", "common")

    objects = PostTallyManager()

    class Meta:
        indexes = [
            models.Index(
                fields=["question", "-rank", "-created_at", "-post"],
                name="most_thumbs_first",
                condition=models.Q(question__isnull=False),
            )
        ]
        triggers = [
            # Thumbs that nobody sees lift nothing: what was removed stands where its moment puts it.
            pgtrigger.Trigger(
                name="ranks",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__question__isnull=False),
                func=f"""
                    NEW.rank = CASE WHEN NEW.removed THEN 0 ELSE COALESCE((NEW.thumbs ->> '{UP.value}')::int, 0) END;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return f"telling van bijdrage {self.pk}"

    def take(self, words: str) -> bool:
        """What each role thought, of the words of now; returns whether that is news. Does not save."""
        was = self.common, self.common_version
        told = ("", None) if self.before or not words else (words, self.post.version)
        self.common, self.common_version = told
        return told != was

    def count(self, kind: Kind) -> int:
        return self.thumbs.get(str(kind.value), 0)

    @property
    def by_kind(self) -> list[tuple[Kind, int]]:
        return [(kind, self.count(kind)) for kind in KINDS]


def lock_threads(posts: Iterable[int]) -> None:
    """Locks what changes with the thumbs of these posts, in the order of everyone who changes several.

    First the rows of the contributions on top, by which moderators wait for each other; then the tallies, answers
    before contributions, as a thumb takes them.
    """
    wanted = Post.objects.filter(pk__in=posts).order_by()
    roots = Post.objects.filter(pk__in=wanted.values("root")).order_by("pk")
    tallies = PostTally.objects.order_by("pk").select_for_update(of=("self",))
    list(roots.select_for_update(no_key=True).values_list("pk"))
    list(tallies.filter(post__in=wanted.filter(parent__isnull=False)).values_list("pk"))
    list(tallies.filter(post__in=wanted.values("root")).values_list("pk"))
