"""The conversation: questions by phase, contributions and answers, thumbs and reports."""

import pghistory
import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from werkplaats.fields import Address, Line, Prose
from werkplaats.models import Role, User, Visitor, Werkgebied, bumps_site_version


class Phase(models.Model):
    """When a question is about: nu, over 1 jaar … The names are the coordinator's."""

    name = Line("naam", max_length=40, unique=True)
    position = models.PositiveSmallIntegerField("plaats in de rij", default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "fase"
        verbose_name_plural = "fasen"
        triggers = [bumps_site_version()]

    def __str__(self):
        return self.name


class QuestionQuerySet(models.QuerySet):
    def readable(self) -> "QuestionQuerySet":
        """What visitors may read: the current question and the earlier ones; concepts stay in the admin."""
        return self.filter(opened_at__isnull=False).select_related("phase")

    def current(self) -> "Question | None":
        return self.filter(opened_at__isnull=False, closed_at__isnull=True).select_related("phase").first()


@pghistory.track()
class Question(models.Model):
    """A question to the field. Opened and not closed is the current one: the database allows one such row."""

    slug = models.SlugField("adres", max_length=60, unique=True, help_text="Staat in links en drukwerk: wijzig het liever niet.")
    title = Line("naam", max_length=80, help_text="Bijvoorbeeld «De Eerste Vraag».")
    text = Line("de vraag", max_length=200)
    intro = Prose("inleiding", max_length=3000, blank=True)
    promise = Prose("belofte onder de vraag", max_length=600, blank=True)
    phase = models.ForeignKey(Phase, models.PROTECT, verbose_name="fase")
    planned_for = models.DateField("komt aan de beurt op", null=True, blank=True)
    opened_at = models.DateTimeField("geopend", null=True, editable=False)
    closed_at = models.DateTimeField("gesloten", null=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["phase__position", "planned_for", "pk"]
        verbose_name = "vraag"
        verbose_name_plural = "vragen"
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(opened_at__isnull=False, closed_at__isnull=True),
                name="one_current_question",
                violation_error_message="Er is al een vraag aan de beurt.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(opened_at__isnull=False),
                name="closed_question_was_open",
                violation_error_message="Deze vraag is nooit geopend.",
            ),
        ]
        triggers = [bumps_site_version()]

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return reverse("posts:question", args=[self.slug])

    @property
    def is_current(self) -> bool:
        return self.opened_at is not None and self.closed_at is None

    def make_current(self) -> None:
        """Puts this question before everyone; the one that was current closes at the same moment."""
        with transaction.atomic():
            # Locking all questions in one order lets two coordinators press at once.
            list(Question.objects.select_for_update().order_by("pk").values_list("pk"))
            now = timezone.now()
            Question.objects.filter(opened_at__isnull=False, closed_at__isnull=True).exclude(pk=self.pk).update(
                closed_at=now
            )
            self.refresh_from_db()
            if not self.is_current:
                self.opened_at, self.closed_at = self.opened_at or now, None
                self.save(update_fields=["opened_at", "closed_at"])


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


CONTENT = ["text", "name", "role", "werkgebied", "meeting", "meeting_size"]
DERIVED = ["thumbs_up", "thumbs_down", "thread_version"]


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(condition=pghistory.AnyChange(exclude=DERIVED)),
    pghistory.DeleteEvent(),
    exclude=[*DERIVED, "email"],
)
class Post(models.Model):
    """A contribution to a question (no parent), or an answer to a post. The root is the contribution at the top.

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
    werkgebied = models.ForeignKey(Werkgebied, models.PROTECT, null=True, blank=True, verbose_name="werkgebied")
    meeting = Line("naam van het overleg", max_length=100, blank=True)
    meeting_size = models.PositiveSmallIntegerField("aantal mensen", null=True, blank=True)
    email = Address("e-mailadres", blank=True, help_text="Nooit zichtbaar op de site.")
    created_at = models.DateTimeField("geschreven", default=timezone.now, editable=False)
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
                func="UPDATE posts_post SET thread_version = thread_version WHERE id = NEW.root_id; RETURN NULL;",
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

    def publish(self, by: User | None = None) -> None:
        """Shows a waiting post to everyone; twice is once. `by` is the moderator, or the writer who confirmed."""
        changed = Post.objects.filter(pk=self.pk, published_at__isnull=True, removed_at__isnull=True).update(
            published_at=timezone.now(), published_by=by
        )
        if changed:
            self.refresh_from_db(fields=["published_at", "published_by"])

    def remove(self, by: User | None, reason: str) -> None:
        """Takes the words away from everyone; the place and the answers stay. A reason is owed to the writer."""
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


class Thumb(models.Model):
    """Up or down on a post: one per visitor, changeable. Triggers keep the counts on the post."""

    class Value(models.IntegerChoices):
        UP = 1, "omhoog"
        DOWN = -1, "omlaag"

    post = models.ForeignKey(Post, models.CASCADE, related_name="thumbs")
    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="thumbs")
    value = models.SmallIntegerField(choices=Value)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "duimpje"
        verbose_name_plural = "duimpjes"
        constraints = [
            models.UniqueConstraint(fields=["post", "visitor"], name="one_thumb_per_visitor"),
            models.CheckConstraint(condition=Q(value__in=[1, -1]), name="thumb_up_or_down"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="counts_thumbs",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF TG_OP <> 'INSERT' THEN
                        UPDATE posts_post SET thumbs_up = thumbs_up - (OLD.value = 1)::int,
                            thumbs_down = thumbs_down - (OLD.value = -1)::int WHERE id = OLD.post_id;
                    END IF;
                    IF TG_OP <> 'DELETE' THEN
                        UPDATE posts_post SET thumbs_up = thumbs_up + (NEW.value = 1)::int,
                            thumbs_down = thumbs_down + (NEW.value = -1)::int WHERE id = NEW.post_id;
                    END IF;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self):
        return f"{self.get_value_display()} op {self.post_id}"


class Report(models.Model):
    """Someone asks a moderator to look at a post. It hides nothing by itself."""

    class Reason(models.TextChoices):
        PRIVACY = "privacy", "Er staat een naam of iets persoonlijks in"
        HURTFUL = "hurtful", "Het is kwetsend"
        OFF_TOPIC = "off-topic", "Het gaat ergens anders over"
        SPAM = "spam", "Het is reclame"

    post = models.ForeignKey(Post, models.CASCADE, related_name="reports", verbose_name="bijdrage")
    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="reports", verbose_name="gemeld door")
    reason = models.CharField("wat is er aan de hand?", max_length=20, choices=Reason)
    created_at = models.DateTimeField("gemeld", default=timezone.now, editable=False)
    handled_at = models.DateTimeField("afgehandeld", null=True, editable=False)
    handled_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="afgehandeld door"
    )

    class Meta:
        ordering = ["-created_at"]
        verbose_name = "melding"
        verbose_name_plural = "meldingen"
        constraints = [models.UniqueConstraint(fields=["post", "visitor"], name="one_report_per_visitor")]

    def __str__(self):
        return f"melding over bijdrage {self.post_id}"
