"""What a moderator does with posts, one or many at a time, and the mails that writers get about it."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models import Subquery
from django.utils import timezone

from posts.actions import answers
from posts.models import Post, PostTheme, Question, Removal, Report, Theme
from posts.models.holds import HELD
from posts.queue import REPORTS_OF_IT
from werkplaats import mail
from werkplaats.backoffice import log
from werkplaats.backoffice.shown import Decided
from werkplaats.models import User
from werkplaats.moderation.models import WAITING

TRUSTED = "Weer vertrouwd: nieuwe bijdragen staan meteen online."


def approve(posts: Iterable[Post], by: User, seen: dict[int, int], states: dict[int, int] | None = None) -> Decided:
    """Shows waiting posts and their pictures to everyone, and settles reports: as far as `by` has seen them so.

    `states` is the `shown_state` of each, where why it waits and what was reported stood on the page too.
    """
    asking = [post for post in posts if asks_for_approval(post)]
    return each_as_seen(asking, seen, lambda post: approve_one(post, by), states)


def let_stay(posts: Iterable[Post], by: User, seen: dict[int, int], states: dict[int, int]) -> Decided:
    """Settles what was reported: what waits comes back, what was taken away stays away. As `by` has seen them."""
    return each_as_seen(list(posts), seen, lambda post: approve_one(post, by), states)


def remove(posts: Iterable[Post], by: User, reason: str, seen: dict[int, int]) -> Decided:
    """Takes posts away as `by` has seen them, settles reports, and mails the reason to proven addresses.

    The reason is about the words that were read: who took them back, and wrote others, reads none about these.
    """
    return each_as_seen(
        [post for post in posts if can_be_removed(post)], seen, lambda post: remove_one(post, by, reason)
    )


def restore(posts: Iterable[Post], by: User, seen: dict[int, int], states: dict[int, int] | None = None) -> Decided:
    """Gives removed posts their words back, as `by` has seen them; not what the writer took away or what is erased."""
    removed = [post for post in posts if can_be_restored(post)]
    return each_as_seen(removed, seen, lambda post: restore_one(post, by), states)


def erase(posts: Iterable[Post], by: User, seen: dict[int, int]) -> Decided:
    """Erases words, picture and writer for good, from every place that kept them: as `by` has seen them."""
    return each_as_seen([post for post in posts if not post.erased_at], seen, lambda post: erase_one(post, by))


def pin(posts: Iterable[Post], seen: dict[int, int]) -> Decided:
    """Puts contributions on top of their question, as they were seen. Does nothing to answers."""
    wanted = [post for post in posts if post.parent_id is None and not post.pinned_at]
    return each_as_seen(wanted, seen, lambda post: post.pin(True))


def unpin(posts: Iterable[Post]) -> int:
    """Puts contributions back in their order."""
    return each([post for post in posts if post.pinned_at], lambda post: post.pin(False))


def move(posts: Iterable[Post], question: Question, seen: dict[int, int]) -> Decided:
    """Moves the threads of these posts to another question, as they were seen. `done` is how many threads moved."""
    with transaction.atomic():
        posts = [post for post in posts if post.question_id != question.pk]
        Post.lock(Post.objects.filter(root__in={post.root_id for post in posts}))
        moved: set[int] = set()

        def move_thread(post: Post) -> None:
            if post.root_id not in moved:
                post.move_to(question)
            moved.add(post.root_id)

        return each_as_seen(posts, seen, move_thread)._replace(done=len(moved))


def speak(post: Post, by: User, lang: str, rendering: str, *, version: int, again: bool) -> bool:
    """Says in which language a post is, and what it says in Dutch. Returns False for words that `by` did not see."""
    with transaction.atomic():
        Post.lock([post])
        post.refresh_from_db()
        return not post.erased_at and post.speak(lang, rendering, by, version=version, again=again)


def each(posts: list[Post], act: Callable[[Post], None]) -> int:
    """Does it to all or to none, with their rows locked."""
    with transaction.atomic():
        Post.lock(posts)
        for post in sorted(posts, key=lambda post: post.pk):
            act(post)
    return len(posts)


def each_as_seen(
    posts: list[Post], seen: dict[int, int], act: Callable[[Post], None], states: dict[int, int] | None = None
) -> Decided:
    """Does it to those that still are as they were seen, in that version; the others are to be read first."""
    with transaction.atomic():
        Post.lock(posts)
        found = Post.objects.filter(pk__in=[post.pk for post in posts]).select_related("question", "parent")
        now = {post.pk: post for post in with_newest_report(found.with_translation())}
        same = [post for post in posts if post.pk in seen and is_as_seen(now.get(post.pk), seen, states)]
        for post in sorted(same, key=lambda post: post.pk):
            act(post)
    unread = sum(post.pk not in seen for post in posts)
    return Decided(len(same), len(posts) - len(same) - unread, unread)


def is_as_seen(post: Post | None, seen: dict[int, int], states: dict[int, int] | None) -> bool:
    if post is None or post.version != seen[post.pk]:
        return False
    return states is None or post.shown_state == states.get(post.pk)


def with_newest_report(posts: Any) -> Any:
    """With what `Post.shown_state` needs."""
    return posts.annotate(newest_report=Subquery(REPORTS_OF_IT.order_by("-pk").values("pk")[:1]))


def asks_for_approval(post: Post) -> bool:
    """Whether approving changes anything: the post or its picture waits, or no moderator has read it."""
    if post.is_waiting or post.is_held:
        return True
    reported = getattr(post, "open_reports", 0) or 0
    return post.is_public and (post.picture_waits or not post.vetted_at or reported > 0)


def can_be_removed(post: Post) -> bool:
    """Whether there are words to take away, in sight or held."""
    return not post.removed_at or post.is_held


def can_be_restored(post: Post) -> bool:
    ours = (Removal.MODERATOR, Removal.REFUSED, Removal.HELD)
    return post.removal in ours and not post.erased_at


def changed_since_removal(post: Post) -> bool:
    """Whether a moderator has yet to read what restoring would show."""
    return bool(post.edited_at and post.removed_at and post.edited_at > post.removed_at)


def approve_one(post: Post, by: User) -> None:
    became_public = post.publish(by, vetted=True)
    settle([post], by)
    if became_public:
        answers.became_public([post])
        tell_online(post)


def remove_one(post: Post, by: User, reason: str) -> None:
    address = post.proven_address
    if not post.remove(by, reason):
        return
    settle([post], by)
    if address:
        mail.later("posts.tasks.send_removed", to=address, post_id=post.pk)


def restore_one(post: Post, by: User) -> None:
    new, refused = post.published_at is None, post.removal == Removal.REFUSED
    if not post.restore(by):
        return
    settle([post], by)
    if new:
        answers.became_public([post])
    if not refused:  # by whoever has that address
        tell_online(post)


def tell_online(post: Post) -> None:
    """Mails the writer that it is online, if they asked for it or proved that the address is theirs."""
    if post.asked_at or post.proven_address:
        mail.later("posts.tasks.send_approved", to=post.email, post_id=post.pk)


def erase_one(post: Post, by: User) -> None:
    """Erases a post, what the admin's log says of it, and who was logged in when it was written or changed."""
    writers = {post.author_id, post.visitor and post.visitor.user_id} - {None}
    post.erase(by)
    settle([post], by)
    before = post.events.filter(erased_at=None, pgh_context__metadata__user__in=list(writers))
    before.update(pgh_context=None)
    log.forget(Post, [post.pk], str(post))


def settle(posts: Iterable[Post], by: User) -> None:
    """Notes that a moderator looked at what was reported about these posts."""
    Report.objects.filter(post__in=[post.pk for post in posts]).settle(by)


def reject(posts: Iterable[Post], by: User, reason: str, seen: dict[int, int]) -> Decided:
    """Takes away what waits, as `by` has seen it, in as many queries for a thousand as for one: a script may have
    filled the queue.

    A proven address gets one mail, however many of its posts went.
    """
    asked = {post.pk: post for post in posts}
    with transaction.atomic():
        Post.lock(asked.values())
        waiting = Post.objects.filter(WAITING | HELD, pk__in=asked.keys()).order_by("pk")
        versions = dict(waiting.values_list("pk", "version"))
        waiting = waiting.filter(pk__in=[pk for pk, version in versions.items() if seen.get(pk) == version])
        proven = waiting.exclude(author=None).values_list("author", "author__email", "pk")
        told = {author: (email, pk) for author, email, pk in proven}
        counts = Counter(author for author, _, _ in proven)
        rejected = list(waiting.values_list("pk", flat=True))
        Post.objects.filter(pk__in=rejected).update(
            **Post.removal_by(by, reason), removal=Removal.MODERATOR, held_for=""
        )
        settle([asked[pk] for pk in rejected], by)
        for author, (email, pk) in told.items():
            mail.later("posts.tasks.send_removed", to=email, post_id=pk, others=counts[author] - 1)
    unread = sum(pk not in seen for pk in versions)
    return Decided(len(rejected), len(versions) - len(rejected) - unread, unread)


def give_themes(posts: Iterable[Post], give: Iterable[Theme], take: Iterable[Theme], seen: dict[int, int]) -> Decided:
    """Gives these posts, as they were seen, some themes and takes others away; the rest of their themes stay."""
    read: list[Post] = []
    with transaction.atomic():
        decided = each_as_seen(list(posts), seen, read.append)
        PostTheme.objects.filter(post__in=[post.pk for post in read], theme__in=take).delete()
        rows = [PostTheme(post=post, theme=theme) for post in read for theme in give]
        PostTheme.objects.bulk_create(rows, ignore_conflicts=True)
    return decided


def has_record(user: User) -> bool:
    """Whether a moderator removed something of this user since they were last trusted again."""
    removed = Post.objects.filter(author=user, removal=Removal.MODERATOR, erased_at=None)
    if user.trusted_at:
        removed = removed.filter(removed_at__gt=user.trusted_at)
    return removed.exists()


def trust(posts: Iterable[Post], by: User) -> int:
    """Lets earlier removals no longer count for these writers. Returns how many writers there are."""
    writers = User.objects.filter(pk__in={post.author_id for post in posts if post.author_id}).order_by("pk")
    with transaction.atomic():
        writers.update(trusted_at=timezone.now())
        LogEntry.objects.log_actions(by.pk, writers, CHANGE, TRUSTED)
    return len(writers)
