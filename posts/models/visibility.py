"""Finding posts by who may see them or has to act on them, and adding a new one."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from posts.models.holds import HELD, NOT_TAKEN_AWAY, UNFINISHED, Removal
from posts.models.translations import Translation
from posts.models.whose import STRANGER, Reader
from werkplaats.models import User, Visitor
from werkplaats.moderation.child import ABOUT_CHILD
from werkplaats.moderation.models import WAITING
from werkplaats.people.visitors import DOUBLE_TAP

if TYPE_CHECKING:
    from posts.models.posts import Post

# Under an address that nobody has proven theirs.
UNCLAIMED = Q(author__isnull=True) & ~Q(email="")


class PostQuerySet(models.QuerySet["Post"]):
    def public(self) -> "PostQuerySet":
        """What everyone may see. Removed posts too: they keep their place, without their words."""
        return self.filter(published_at__isnull=False)

    def readable(self) -> "PostQuerySet":
        """What everyone may read: public, not removed, in a thread that begins in public."""
        return self.public().filter(removed_at__isnull=True, root__published_at__isnull=False)

    def visible_to(self, reader: Reader = STRANGER) -> "PostQuerySet":
        """What this reader may see: all that is public, and their own posts that wait."""
        if reader.is_stranger:
            return self.public()
        return self.filter(Q(published_at__isnull=False) | reader.wrote() & Q(removed_at__isnull=True))

    def waiting(self) -> "PostQuerySet":
        """What was never public: it waits for a moderator, or for its writer to confirm an address."""
        return self.filter(WAITING & ~UNFINISHED)

    def unfinished(self) -> "PostQuerySet":
        """Of which only the text was sent. A moderator may show it as somebody's; it is in no queue."""
        return self.filter(WAITING & UNFINISHED)

    def about_child(self) -> "PostQuerySet":
        """Stories about one child, which wait to be erased: in no list but their own."""
        return self.filter(ABOUT_CHILD)

    def unclaimed_under(self, email: str) -> "PostQuerySet":
        """What stands under an address without a proven writer, oldest first.

        Also what a moderator showed, or held, before its writer said that it is theirs.
        """
        unclaimed = self.filter(UNCLAIMED & NOT_TAKEN_AWAY, email=email)
        shown = ("role", "werkgebied", "picture", "question", "parent")
        return unclaimed.select_related(*shown).with_translation().order_by("created_at", "pk")

    def with_translation(self) -> "PostQuerySet":
        """Each with the `translation` of its question into the language in which it was written, if there is one."""
        found = Translation.objects.filter(question=OuterRef("question"), lang=OuterRef("lang")).order_by()
        words = JSONObject(**{name: name for name in Translation.WORDS})
        return self.annotate(translation=Subquery(found.values(row=words)))

    def for_moderator(self) -> "PostQuerySet":
        """What waits for a moderator: new posts, those held after they were public, and pictures."""
        picture = Q(picture__isnull=False, picture_shown_at__isnull=True, removed_at__isnull=True)
        return self.filter(WAITING & ~UNFINISHED | HELD | picture)

    def owned_by(self, visitor_id, user=None) -> "PostQuerySet":
        """What is theirs, whatever became of it: to see. Who may change it says `Post.is_of`."""
        return self.filter(Reader(visitor_id, user.pk if user else None).wrote())

    def not_taken_away(self) -> "PostQuerySet":
        """Those whose picture their writer may still see: held, or taken away by themselves, they may come back."""
        return self.filter(NOT_TAKEN_AWAY | Q(removal=Removal.WRITER))

    def asking(self, visitor_id) -> "PostQuerySet":
        """What this browser wrote under an address, and waits until that is proven."""
        unclaimed = self.waiting().filter(author__isnull=True, asked_at__isnull=False)
        return unclaimed.filter(visitor=visitor_id) if visitor_id else self.none()

    def twin_of(self, visitor: Visitor, content: dict) -> "Post | None":
        """The post that this visitor wrote in the same place, with the same words, within the hour.

        What a browser sends twice is one post; under another address it is another, which gets a mail of its own, and
        so it is under another name or role, of another meeting or place: many people write on a computer at school, and
        two teams may say the same. A text alone, without `email` in
        the content, is one with what is unfinished, and with any within DOUBLE_TAP. Lock the visitor's row first.
        """
        said = {name: content.get(name) for name in ("question", "parent", "text")}
        signed = {name: content.get(name) for name in ("email", "name", "role", "meeting_size", "werkgebied")}
        signed["meeting"] = content.get("meeting", "")
        hour_ago = timezone.now() - timedelta(hours=1)
        twins = self.filter(visitor=visitor, removed_at=None, created_at__gt=hour_ago, **said)
        just_now = Q(created_at__gt=timezone.now() - DOUBLE_TAP)
        return twins.filter(UNFINISHED | (Q(**signed) if "email" in content else just_now)).first()

    def write(self, *, visitor: Visitor, by: User | None = None, **content) -> "Post":
        """Adds a post. Of `by`, a user with a proven address, it is public at once, unless `held_for` says why not."""
        post = self.model(visitor=visitor, author=by, **content)
        if by and not post.held_for:
            post.published_at, post.published_by = timezone.now(), by
        post.save(force_insert=True)
        post.is_new = True
        post.root_id = post.parent.root_id if post.parent else post.pk  # as the trigger did
        return post
