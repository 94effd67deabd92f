"""What a phone in the room sends, and what becomes of it: shown, left for later, taken off the screen."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from live.models import LiveCafe, Scene, Seat, Voice
from live.models.cafes import COUNTS, WAITS
from posts import room
from posts.models import Post, Removal
from werkplaats.models import User, Visitor
from werkplaats.people.visitors import DOUBLE_TAP


class Changed(Exception):
    """The words are others than those that were read, or are not waiting any more."""


class Withdrawn(Changed):
    """Its writer took it away: nobody reads it, and there is nothing left to choose."""


def say(scene: Scene, seat: Seat, visitor: Visitor, text: str) -> Voice:
    """Keeps what somebody wrote to the question of a scene; it waits. Sent twice, it is one. Raises room.TooMuch and
    Ended.

    In a rehearsal it is no contribution, and goes with it.
    """
    live = scene.live
    where = {"live": live, "scene": scene, "seat": seat, "kind": seat.kind, "table": seat.table}
    with transaction.atomic():
        live.stays()
        if live.rehearses:
            just_now = timezone.now() - DOUBLE_TAP
            twin = Voice.objects.filter(seat=seat, said=text, came_at__gt=just_now).first()
            voice = twin or Voice.objects.create(**where, said=text)
        else:
            post = room.say(visitor, scene.its_question, text, people=seat.people if seat.is_table else None)
            voice, _ = Voice.objects.get_or_create(post=post, defaults=where)
        live.tell(WAITS)
        if live.is_alone:  # then the screen tells how many wrote
            live.tell(COUNTS)
    return voice


def show(voice: Voice, by: User, version: int) -> None:
    """Lets it come on the screen, as `by` read it in this version: everyone may read it from now on. Twice is once.

    What stood there until its writer changed it comes anew, behind the others. Raises Changed, and Withdrawn.
    """
    with transaction.atomic():
        if voice.post:
            Post.lock([voice.post])
            voice.post.refresh_from_db()
            there_is(voice.post)
            if voice.post.version != version or voice.post.removed_at and not voice.waits_again:
                raise Changed
        number = voice.number if voice.waits_again else None
        if voice.post and (number or not voice.post.published_at):
            room.show(voice.post, by, version)
        live = _locked(voice.live)
        last = live.voices.aggregate(last=Max("number"))["last"] or 0
        fresh = Voice.objects.filter(pk=voice.pk, number=number)
        fresh.update(number=last + 1, shown_at=timezone.now(), aside_at=None)
        live.raise_version()


def there_is(post: Post) -> None:
    """Raises Withdrawn. Call it with the post locked, as it is now."""
    if post.removal == Removal.WRITER:
        raise Withdrawn


def set_aside(voice: Voice) -> None:
    """Not now: it goes on waiting in the ordinary list, out of the way of who leads."""
    with transaction.atomic():
        Voice.objects.waiting().filter(pk=voice.pk).update(aside_at=timezone.now())
        voice.live.tell(WAITS)


def hide(voice: Voice) -> None:
    """Takes it off the screen and out of sight of everyone at once. Twice is once.

    A moderator reads it again; with their yes it stands where it stood.
    """
    with transaction.atomic():
        if voice.post:
            room.hide(voice.post)
        live = _locked(voice.live)
        Voice.objects.filter(pk=voice.pk, post=None, hidden_at=None).update(hidden_at=timezone.now())
        LiveCafe.objects.filter(pk=live.pk, spotlight=voice).update(spotlight=None)
        live.raise_version()


def _locked(live: LiveCafe) -> LiveCafe:
    return LiveCafe.objects.select_for_update(no_key=True).select_related(None).get(pk=live.pk)
