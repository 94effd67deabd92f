"""A post, and its verbs: what its writer does with it, and what moderators do."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

import pghistory
from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce, Now
from django.urls import reverse
from django.utils import timezone

from posts.models.denials import QUIET, Denied, denied_by, what_no_does
from posts.models.holds import ERASED, ERASED_ROW, HELD, NOT_TAKEN_AWAY, UNFINISHED, Hold, Removal
from posts.models.post_triggers import FINDS_ROOT, KEEP_TALLY, KEEP_WORDS, NOT_UNDER_THE_PLAN
from posts.models.questions import Question
from posts.models.renderings import Rendered
from posts.models.telling import Telling
from posts.models.themes import Theme
from posts.models.visibility import UNCLAIMED, PostQuerySet
from werkplaats.fields import Address, Line, Prose
from werkplaats.models import Picture, Role, User, Visitor, Werkgebied
from werkplaats.moderation.child import ABOUT_CHILD
from werkplaats.moderation.models import PUBLIC, WAITING
from werkplaats.people import visitors
from werkplaats.pictures.showing import shows_picture
from werkplaats.privacy import erased
from werkplaats.register.entries import Entry, Purpose, Term, by_user, by_visitor
from werkplaats.versions import raises_version
from werkplaats.words import excerpt, isolated

UNDO = timedelta(hours=1)
# A pin lifts nothing that was removed.
PINNED = models.Case(models.When(removed_at=None, then="pinned_at"))


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["email"])
class Post(Telling):
    """A contribution to a question (no parent), or an answer to a post. The root is the contribution on top.

    Its text may be sent before its writer says who they are: until `finished_at` only they see it, and moderators in a
    list of its own, who may show it as somebody's.

    Triggers set the root and question of an answer, raise `version` when what people read changes, and keep the
    row in PostTally (the counts of thumbs and the version of the thread) and that in PostWords, for the search.
    """

    question = models.ForeignKey(Question, models.PROTECT, related_name="posts", verbose_name="vraag")
    parent = models.ForeignKey(
        "self", models.DO_NOTHING, null=True, blank=True, related_name="answers", verbose_name="antwoord op"
    )
    root = models.ForeignKey("self", models.DO_NOTHING, editable=False, related_name="thread")
    visitor = models.ForeignKey(
        Visitor, models.SET_NULL, null=True, related_name="posts", verbose_name="bezoeker", editable=False
    )
    author = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="posts", verbose_name="bevestigde schrijver"
    )
    text = Prose("bijdrage", max_length=4000)
    name = Line("naam", max_length=60)
    role = models.ForeignKey(Role, models.PROTECT, null=True, verbose_name="rol")
    werkgebied = models.ForeignKey(Werkgebied, models.PROTECT, null=True, blank=True, verbose_name="werkgebied")
    meeting = Line("naam van het overleg", max_length=100, blank=True)
    meeting_size = models.PositiveSmallIntegerField("aantal mensen", null=True, blank=True)
    in_room = models.BooleanField("in een café gezegd", default=False, editable=False)
    email = Address("e-mailadres", blank=True, help_text="Nooit zichtbaar op de site.")
    picture = models.OneToOneField(
        Picture, models.SET_NULL, null=True, blank=True, related_name="post", verbose_name="afbeelding"
    )
    picture_shown_at = models.DateTimeField("afbeelding zichtbaar sinds", null=True, editable=False)
    themes = models.ManyToManyField(
        Theme, through="PostTheme", blank=True, related_name="posts", verbose_name="thema's"
    )
    created_at = models.DateTimeField("geschreven", default=timezone.now, editable=False)
    finished_at = models.DateTimeField("afgemaakt", null=True, default=timezone.now, editable=False)
    edited_at = models.DateTimeField("bewerkt", null=True, editable=False)
    asked_at = models.DateTimeField("bevestiging gevraagd", null=True, editable=False)
    held_for = models.CharField("wacht omdat", max_length=10, choices=Hold, blank=True, editable=False)
    vetted_at = models.DateTimeField("door een moderator gelezen", null=True, editable=False)
    removal = models.CharField("hoe weggehaald", max_length=10, choices=Removal, blank=True, editable=False)
    denied_at = models.DateTimeField("niet van wie het adres heeft", null=True, editable=False)
    erased_at = models.DateTimeField("echt gewist", null=True, editable=False)
    unnamed_at = models.DateTimeField("zonder naam", null=True, editable=False)
    pinned_at = models.DateTimeField("bovenaan gezet", null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    translation: dict | None  # by `with_translation`

    MAY_BE_APART: ClassVar[Q] = ~ABOUT_CHILD & Q(erased_at=None)
    APART: ClassVar[dict] = {"removal": Removal.CHILD, "held_for": "", "pinned_at": None}
    # A moderator may show what is unfinished: then there is no step left.
    COMPLETE: ClassVar[dict] = {"finished_at": Coalesce("finished_at", Now())}

    in_register = Entry(
        what="bijdragen en antwoorden",
        purpose=Purpose.PARTICIPATION,
        term=Term.WORDS,
        personal={
            "text": "woorden",
            "rendering": "wat het in het Nederlands zegt",
            "name": "naam",
            "meeting": "overleg",
            "email": "e-mailadres",
            "visitor": "nummer uit je cookie",
            "author": "account",
        },
        of=(by_user("author"), by_visitor("visitor", unless="author")),
        sooner={"name": Term.NAMES, "email": Term.NAMES, "author": Term.NAMES, "visitor": Term.NAMES},
        some={Term.UNPUBLISHED: "wat nooit online kwam", Term.CHILD: "een verhaal over één kind"},
        staff=("removed_by", "published_by", "rendered_by"),
        plain=("removal_reason", "kept_why"),
        children=True,
        unsaid=("kept_why", "kept_until", "denied_at", "asked_at", "held_for"),
        instead=QUIET,
        past=Q(denied_at=None),
    )

    is_new = is_just_finished = False  # what `write` and `finish` did just now, with this instance

    objects = PostQuerySet.as_manager()
    events: Any  # its history: pghistory.track makes it

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = "bijdrage"
        verbose_name_plural = "bijdragen"
        indexes = [
            models.Index(
                fields=["question", "-created_at", "-id"], name="contributions_newest", condition=Q(parent__isnull=True)
            ),
            models.Index(
                models.F("question"),
                PINNED.desc(nulls_last=True),
                models.F("created_at").desc(),
                models.F("id").desc(),
                name="contributions_pinned_first",
                condition=Q(parent__isnull=True),
            ),
            models.Index(fields=["question", "published_at"], name="posts_since"),
            models.Index(fields=["created_at"], name="posts_waiting", condition=Q(published_at__isnull=True)),
            models.Index(fields=["email"], name="posts_unclaimed", condition=UNCLAIMED),
        ]
        constraints = [
            *Rendered.RULES,
            *Rendered.CHILD_RULES,
            models.CheckConstraint(condition=~Q(text="") | Q(erased_at__isnull=False), name="post_says_something"),
            models.CheckConstraint(
                condition=Q(meeting_size__isnull=True) | Q(meeting_size__range=(1, 5000)),
                name="meeting_size_plausible",
                violation_error_message="Vul een aantal mensen in tussen 1 en 5000.",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removal="") | Q(removed_at__isnull=False) & ~Q(removal=""),
                name="removal_says_how",
            ),
            models.CheckConstraint(condition=~Q(removal=Removal.HELD) | ~Q(held_for=""), name="hold_says_why"),
            models.CheckConstraint(condition=~UNFINISHED | Q(published_at__isnull=True), name="public_is_finished"),
            models.CheckConstraint(
                condition=~UNFINISHED | Q(email="", role=None, author=None, asked_at=None, picture=None),
                name="unfinished_has_no_sender",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(removed_at__isnull=False), name="erased_is_removed"
            ),
            models.CheckConstraint(condition=Q(denied_at=None) | Q(email="", author=None), name="denied_is_nobodys"),
        ]
        triggers = [
            FINDS_ROOT,
            NOT_UNDER_THE_PLAN,
            raises_version(
                *("text", "name", "role_id", "werkgebied_id", "meeting", "meeting_size", "picture_id", "question_id"),
                *Rendered.READ,
                but_for="unnamed_at",
            ),
            shows_picture(
                "NEW.published_at IS NOT NULL AND NEW.removed_at IS NULL AND NEW.picture_shown_at IS NOT NULL"
            ),
            *KEEP_TALLY,
            *KEEP_WORDS,
            Rendered.WITHDRAWS,
        ]

    def __str__(self):
        if self.erased_at:
            return f"gewiste bijdrage {self.pk}"
        if self.is_about_child:
            return f"bijdrage {self.pk} over één kind"
        return f"{isolated(self.name)}: {excerpt(self.text, 80)}"

    @classmethod
    def lock(cls, posts: "Iterable[Post]") -> None:
        """Locks the rows of these posts before any of them changes: answers first, then roots, each in order.

        Changing a post locks its row and then the tally of its thread. Changing one after the other would hold that
        tally while waiting for the next row, and a writer who holds that row would wait for the tally: a deadlock.
        """
        posts = list(posts)
        replies = {post.pk for post in posts if post.parent_id}
        for pks in (replies, {post.root_id for post in posts}):
            rows = cls.objects.filter(pk__in=pks).order_by("pk").select_for_update(no_key=True)
            list(rows.values_list("pk"))

    def get_absolute_url(self):
        return reverse("posts:post", args=[self.pk])

    @classmethod
    def waits_under(cls, email: str) -> bool:
        """Whether something stands under this address that nobody proved to be theirs: its owner may log in for it."""
        return cls.objects.unclaimed_under(email).exists()

    @staticmethod
    def shows_somebody(before: datetime) -> Q:
        """Who wrote words that a moderator read; who has a proven address logged in for it."""
        return Q(vetted_at__isnull=False) & PUBLIC

    @property
    def place(self) -> str:
        """The address of the post in its thread."""
        return f"{self.get_absolute_url()}#bijdrage-{self.pk}"

    @property
    def is_unfinished(self) -> bool:
        """Whether its writer still has to say who they are."""
        return self.finished_at is None and self.is_waiting

    @property
    def is_held(self) -> bool:
        """Whether it was public and waits for a moderator now."""
        return self.removal == Removal.HELD

    @property
    def may_return(self) -> bool:
        """Whether the writer, who took it away, may still put it back."""
        return self.removal == Removal.WRITER and bool(self.removed_at and timezone.now() - self.removed_at < UNDO)

    # What the writer does

    @property
    def owner_id(self) -> int | None:
        """The key of the person whose it is: its author, or else who wrote as its visitor; None for a stranger's."""
        return self.author_id or (self.visitor.user_id if self.visitor else None)

    def is_of(self, visitor_id: UUID | None, user: User | AnonymousUser) -> bool:
        """Whether it is theirs to change: its owner's alone, logged in, or as long as it has none its browser's."""
        if self.denied_at:  # whoever typed it would give it that name again
            return False
        if owner := self.owner_id:
            return user.is_authenticated and user.pk == owner
        return visitor_id is not None and visitor_id == self.visitor_id

    def finish(self, by: User | None, **content) -> bool:
        """Adds who wrote it. Returns whether it was unfinished.

        Of `by`, a user with a proven address, it is public at once, unless `held_for` says why not.
        """
        if by and not content["held_for"]:
            content |= self.publication_by(by)
        self.is_just_finished = self._change(UNFINISHED & WAITING, author=by, finished_at=timezone.now(), **content)
        return self.is_just_finished

    def confirm(self, by: User, *, hold: str = "") -> bool:
        """Makes it the words of `by`, whose address is proven, and publishes it. Returns whether it became public.

        From then on it is of their visitor, whichever browser typed it. What is held stays held; `hold` says why a
        moderator reads it first.
        """
        with transaction.atomic():
            self._change(Q(author__isnull=True), author=by, visitor=visitors.own(by))
            if hold and not self.held_for:
                self.hold(hold)
            return not self.held_for and self.publish(by)

    def edit(self, *, hold: str = "", **content) -> None:
        """Changes the words. `hold` says why a moderator reads the new ones first; the first reason stays.

        A moderator always reads what a stranger changes after approval, and has read none of the new words; nor did
        who put it on top, so it goes back in its order.
        """
        if any(getattr(self, name) != value for name, value in content.items()):
            content = content | {"pinned_at": None}
        if self.published_at and not self.author_id:
            hold = hold or Hold.EDITED
        with transaction.atomic():
            # Held words may change too: the writer can take out what should not be in there.
            self._change(NOT_TAKEN_AWAY, edited_at=timezone.now(), vetted_at=None, **content)
            if hold and not self.held_for:
                self.hold(hold)
            elif hold:
                # What a report about a child hides comes back by itself; these words do not.
                self._change(Q(held_for=Hold.CHILD), held_for=hold)

    def withdraw(self) -> None:
        """Takes it away for its writer, who may put it back within UNDO. Answers stay."""
        self._change(NOT_TAKEN_AWAY, removed_at=timezone.now(), removal=Removal.WRITER)

    def put_back(self) -> None:
        """Undoes `withdraw`, within UNDO. What was held then, is held again."""
        recently = Q(removal=Removal.WRITER, removed_at__gt=timezone.now() - UNDO, erased_at__isnull=True)
        held = Q(published_at__isnull=False) & ~Q(held_for="")  # publishing empties `held_for`
        now = timezone.now()
        self._change(recently & held, removed_at=now, removal=Removal.HELD)
        self._change(recently & ~held, removed_at=None, removal="")

    def refuse(self, reason: str, by: User | None = None) -> Denied:
        """The no of who has the address it was asked under; `by` is their account. Returns what it did."""
        with transaction.atomic():
            self.lock([self])
            self.refresh_from_db()
            does = what_no_does(self, by.pk if by else None)
            if does == Denied.WITHDRAWN:
                self.withdraw()
            elif does != Denied.NOTHING:
                self._change(Q(), **denied_by(self, does, reason))
        return does

    # What moderators do

    def publish(self, by: User | None = None, *, vetted: bool = False) -> bool:
        """Shows a waiting or held post to everyone. Returns whether this made the words public.

        `by` is the moderator, or the writer who confirmed. `vetted`: a moderator read it, and saw its picture.
        """
        shown = {**self.publication_by(by), **self.COMPLETE, "removed_at": None, "removal": "", "held_for": ""}
        with transaction.atomic():
            became_public = self._change(WAITING | HELD, **shown)
            if vetted:
                now = timezone.now()
                picture_shown = models.When(picture__isnull=False, then=Coalesce("picture_shown_at", now))
                self._change(Q(removed_at__isnull=True), vetted_at=now, picture_shown_at=models.Case(picture_shown))
        return became_public

    def hold(self, why: str) -> bool:
        """Lets a post wait for a moderator. A public one keeps its place, without its words."""
        with transaction.atomic():
            return self._change(WAITING, held_for=why) or self._change(
                PUBLIC, held_for=why, removed_at=timezone.now(), removal=Removal.HELD
            )

    def remove(self, by: User | None, reason: str) -> bool:
        """Takes the words out of sight; place and answers stay. The writer gets to read the reason.

        Returns whether this did it: twice is once.
        """
        removal = self.removal_by(by, reason)
        return self._change(NOT_TAKEN_AWAY, **removal, removal=Removal.MODERATOR, held_for="")

    def restore(self, by: User | None) -> bool:
        """Shows the words of a removed post again, even when they were never approved before. Returns whether it did.

        What the writer took away stays away.
        """
        ours = Q(removal__in=[Removal.MODERATOR, Removal.REFUSED, Removal.HELD], erased_at__isnull=True)
        shown = {**self.PUT_BACK, **self.COMPLETE, **self.publication_by(by), "vetted_at": timezone.now()}
        return self._change(ours, **shown, removal="", held_for="")

    def move_to(self, question: Question) -> None:
        """Moves the whole thread to another question."""
        Post.objects.filter(root=self.root_id).update(question=question)
        self.refresh_from_db()

    def pin(self, on_top: bool) -> None:
        """Puts a contribution on top of its question, or back in its order. Does nothing to answers."""
        self._change(Q(parent__isnull=True), pinned_at=timezone.now() if on_top else None)

    def erase(self, by: User | None) -> None:
        """Erases words, picture and writer for good, from the row and from its history.

        Role and werkgebied are of the writer. Place and answers stay; the history keeps who erased it, and when.
        """
        now = timezone.now()
        with transaction.atomic():
            picture = self.picture_id
            self._change(
                Q(erased_at__isnull=True),
                **ERASED_ROW,
                erased_at=now,
                removed_at=Coalesce("removed_at", now),
                removed_by=by,
                removal=Removal.MODERATOR,
                removal_reason="Echt gewist.",
            )
            if picture:
                Picture.objects.filter(pk=picture).delete()
            self.events.update(**ERASED)
            erased.note(erased.What.POST, [self.pk])
