"""Telling everyone what each role thought, once nobody can take part any more: in words, never in figures."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import batched

from django.utils import timezone

from plan.models import Fragment, Wording
from plan.reading import wording_grounds
from plan.reading.ground import Ground, grounds_of
from polls.models import CommonGround, Stage
from polls.rounds.models.common import CommonGroundManager
from posts.models import PostTally
from posts.models.tallies import PostTallyManager

AT_ONCE = 1000
# After that nothing changes any more but by hand.
LOOKED_AT = timedelta(days=30)


def tell() -> int:
    """Writes it beside contributions of closed questions and ideas of closed rounds. Returns of how many it changed."""
    since = timezone.now() - LOOKED_AT
    live = Fragment.objects.filter(live=True)
    posts = live.filter(post__question__closed_at__gt=since).order_by("pk").values_list("pk", "post")
    ideas = live.filter(idea__round__stage=Stage.RESULT).order_by("pk").values_list("pk", "idea")
    return _told(posts, PostTally.objects) + _told(ideas, CommonGround.objects) + _tell_of_the_plan(since)


def _tell_of_the_plan(since: datetime) -> int:
    """Beside the sentences, of each in the words that everyone reads."""
    closed = Wording.objects.public().filter(sentence__question__closed_at__gt=since)
    wordings = {wording.pk: wording for wording in closed}
    grounds = wording_grounds.grounds_of(wordings)
    changed = [row for pk, row in wordings.items() if row.common != _words(grounds.get(pk))]
    for row in changed:
        row.common = _words(grounds.get(row.pk))
    Wording.objects.bulk_update(changed, ["common"])
    return len(changed)


def _told(pairs: Iterable[tuple[int, int | None]], kept: PostTallyManager | CommonGroundManager) -> int:
    """`pairs`: the key of a fragment with that of what was said."""
    changed = 0
    for some in batched(pairs, AT_ONCE, strict=False):
        grounds = grounds_of([fragment for fragment, _ in some])
        words = {said: _words(grounds.get(fragment)) for fragment, said in some if said}
        changed += kept.tell(words)
    return changed


def _words(ground: Ground | None) -> str:
    return ground.in_public if ground else ""
