"""Contributions and their answers: written, confirmed, published, removed, restored."""

from datetime import timedelta

import pghistory
import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from posts.models.questions import Question
from werkplaats.fields import Address, Line, Prose
from werkplaats.models import Role, User, Visitor, Werkgebied


class PostQuerySet(models.QuerySet):
    def public(self) -> "PostQuerySet":
        """What everyone may see, removed posts included: those keep their place, without their words."""
        return self.filter(published_at__isnull=False)

    def visible_to(self, visitor_id) -> "PostQuerySet":
        """What this visitor may see: the public, and what they wrote themselves and still waits."""
        if visitor_id is None:
            return self.public()
        return self.filter(Q(published_at__isnull=False) | Q(visitor=visitor_id, removed_at__isnull=True))

    def waiting(self) -> "PostQuerySet":
        """What waits for a moderator, or for its writer to confirm an address."""
        return self.filter(published_at__isnull=True, removed_at__isnull=True)

    def write(self, *, visitor: Visitor, by: User | None = None, **content) -> "tuple[Post, bool]":
        """A new post and True; or the one that is there already and False.

        The same words of the same visitor in the same place within an hour are one post, whatever made a browser
        send them twice. What `by` writes, a user whose address is confirmed, is public at once. A pupil's address
        is not kept, and a pupil always waits for a moderator.
        """
        pupil = content["role"].is_pupil
        if pupil:
            content["email"] = ""
        said = {name: content.get(name) for name in ("question", "parent", "text")}
        hour_ago = timezone.now() - timedelta(hours=1)
        with transaction.atomic():
            # Two clicks wait for each other here, so that the second finds what the first wrote.
            Visitor.objects.select_for_update().get(pk=visitor.pk)
            twin = self.filter(visitor=visitor, removed_at=None, created_at__gt=hour_ago, **said).first()
            if twin:
                return twin, False
            post = self.model(visitor=visitor, **content)
            if by and not pupil:
                post.published_at, post.published_by = timezone.now(), by
            post.save(force_insert=True)
        post.root_id = post.parent.root_id if post.parent else post.pk  # as the trigger did
        return post, True


DERIVED = ["thumbs_up", "thumbs_down", "thread_version"]


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(condition=pghistory.AnyChange(exclude=DERIVED)),
    pghistory.DeleteEvent(),
    exclude=[*DERIVED, "email"],
)
class Post(models.Model):
    """A contribution to a question (no parent), or an answer to a post; the root is the one at the top.

    Triggers keep the root and the question of an answer right, the counts of thumbs, and the root's
    `thread_version`, which rises with every change that shows anywhere in the thread.
    """

    question = models.ForeignKey(Question, models.PROTECT, related_name="posts", verbose_name="vraag")
    parent = models.ForeignKey(
        "self", models.DO_NOTHING, null=True, blank=True, related_name="answers", verbose_name="antwoord op"
    )
    root = models.ForeignKey("self", models.DO_NOTHING, null=True, editable=False, related_name="thread")
    visitor = models.ForeignKey(
        Visitor, models.SET_NULL, null=True, related_name="posts", verbose_name="bezoeker", editable=False
    )
    text = Prose("bijdrage", max_length=4000)
    name = Line("naam", max_length=60)
    role = models.ForeignKey(Role, models.PROTECT, null=True, verbose_name="rol")
    werkgebied = models.ForeignKey(
        Werkgebied, models.PROTECT, null=True, blank=True, verbose_name="werkgebied"
    )
    meeting = Line("naam van het overleg", max_length=100, blank=True)
    meeting_size = models.PositiveSmallIntegerField("aantal mensen", null=True, blank=True)
    email = Address("e-mailadres", blank=True, help_text="Nooit zichtbaar op de site.")
    created_at = models.DateTimeField("geschreven", default=timezone.now, editable=False)
    asked_at = models.DateTimeField("bevestiging gevraagd", null=True, editable=False)
    published_at = models.DateTimeField("zichtbaar sinds", null=True, editable=False)
    published_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="goedgekeurd door"
    )
    removed_at = models.DateTimeField("weggehaald op", null=True, editable=False)
    removed_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="weggehaald door"
    )
    removal_reason = Line("reden", max_length=300, blank=True, editable=False)
    thumbs_up = models.PositiveIntegerField("duimpjes omhoog", default=0, editable=False)
    thumbs_down = models.PositiveIntegerField("duimpjes omlaag", default=0, editable=False)
    thread_version = models.PositiveBigIntegerField(default=0, editable=False)

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = "bijdrage"
        verbose_name_plural = "bijdragen"
        indexes = [
            models.Index(
                fields=["question", "-created_at", "-id"],
                name="contributions_newest",
                condition=Q(parent__isnull=True),
            ),
            models.Index(fields=["created_at"], name="posts_waiting", condition=Q(published_at__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="post_says_something"),
            models.CheckConstraint(
                condition=Q(meeting_size__isnull=True) | Q(meeting_size__range=(1, 5000)),
                name="meeting_size_plausible",
                violation_error_message="Vul een aantal mensen in tussen 1 en 5000.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="finds_root",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.parent_id IS NULL THEN
                        NEW.root_id = NEW.id;
                    ELSE
                        SELECT root_id, question_id INTO NEW.root_id, NEW.question_id
                        FROM posts_post WHERE id = NEW.parent_id;
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="counts_thread_version",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__parent__isnull=True),
                func="NEW.thread_version = OLD.thread_version + 1; RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="touches_thread",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__parent__isnull=False),
                # The root's own trigger does the counting.
                func="""
                    UPDATE posts_post SET thread_version = thread_version WHERE id = NEW.root_id;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.text[:60]}"

    def get_absolute_url(self):
        return reverse("posts:post", args=[self.pk])

    @property
    def is_public(self) -> bool:
        return self.published_at is not None and self.removed_at is None

    @property
    def is_waiting(self) -> bool:
        return self.published_at is None and self.removed_at is None

    @property
    def proven_address(self) -> str:
        """The address, when the writer has shown that it is theirs; else nothing."""
        return self.email if self.published_by and self.published_by.email == self.email else ""

    def confirm(self, by: User) -> None:
        """The writer has shown that the address is theirs: publishes this, and what else they wrote under it.

        What another visitor wrote under the same address stays where it is.
        """
        theirs = Q(pk=self.pk)
        if self.visitor_id:
            theirs |= Q(visitor=self.visitor_id, email=self.email)
        with transaction.atomic():
            # In the order of the threads: each locks its root.
            for post in Post.objects.waiting().filter(theirs).order_by("root", "pk"):
                post.publish(by)

    def publish(self, by: User | None = None) -> None:
        """Shows a waiting post to everyone; twice is once. `by`: a moderator, or the writer who confirmed."""
        changed = Post.objects.filter(pk=self.pk, published_at__isnull=True, removed_at__isnull=True).update(
            published_at=timezone.now(), published_by=by
        )
        if changed:
            self.refresh_from_db(fields=["published_at", "published_by"])

    def remove(self, by: User | None, reason: str) -> None:
        """Takes the words away from everyone; place and answers stay. A reason is owed to the writer."""
        if not reason.strip():
            raise ValidationError("Geef een reden: de schrijver krijgt die te lezen.", code="reason")
        Post.objects.filter(pk=self.pk, removed_at__isnull=True).update(
            removed_at=timezone.now(), removed_by=by, removal_reason=reason.strip()
        )
        self.refresh_from_db(fields=["removed_at", "removed_by", "removal_reason"])

    def restore(self, by: User | None) -> None:
        """Gives a removed post its words back, visible to everyone, also when it had never been approved."""
        Post.objects.filter(pk=self.pk, removed_at__isnull=False).update(
            removed_at=None,
            removed_by=None,
            removal_reason="",
            published_at=models.functions.Coalesce("published_at", timezone.now()),
            published_by=models.functions.Coalesce("published_by", by and by.pk),
        )
        self.refresh_from_db()
