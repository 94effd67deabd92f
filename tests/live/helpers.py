"""A café that goes on, with scenes, for the tests of the room."""

from datetime import timedelta

from django.utils import timezone

from live.actions import joining, leading, saying
from live.models import Kind, LiveCafe, Scene, Seat, SeatKind, Voice
from tests.helpers import factories

ORDER = [Kind.WELCOME, Kind.TALK, Kind.QUESTION, Kind.BREAK, Kind.THANKS]


def room(*kinds: Kind, begun: bool = True, **fields) -> LiveCafe:
    """A café of now with these scenes (ORDER without any); begun, it is at the first."""
    now = timezone.now()
    fields = {"starts_at": now - timedelta(minutes=30), "ends_at": now + timedelta(minutes=90), **fields}
    cafe = factories.cafe(**fields)
    live = LiveCafe.objects.of_cafe(cafe)
    asked = factories.question()
    for position, kind in enumerate(kinds or ORDER, 1):
        about = {"question": asked} if kind in (Kind.TALK, Kind.QUESTION) else {}
        about |= {"poll": factories.poll(results_shown="never")} if kind == Kind.POLL else {}
        about |= {"round": factories.sticker_round()} if kind == Kind.STICKERS else {}
        Scene.objects.create(live=live, position=position, kind=kind, **about)
    if begun:
        leading.begin(live, live.turn)
    return again(live)


def again(live: LiveCafe) -> LiveCafe:
    return LiveCafe.objects.select_related("cafe", "scene").get(pk=live.pk)


def seat(live: LiveCafe, table: int | None = None, *, people: int = 6, online: bool = False) -> Seat:
    """A phone of a table; without one alone in the room, or online."""
    kind = SeatKind.TABLE if table else SeatKind.ONLINE if online else SeatKind.ALONE
    return joining.sit(live, factories.visitor(), kind, table=table, people=people)


def to(live: LiveCafe, kind: Kind) -> LiveCafe:
    """Brings the first scene of this kind on the screen."""
    leading.go_to(live, again(live).turn, live.scenes.filter(kind=kind).first())
    return again(live)


def voice(live: LiveCafe, text: str = "Korte lijnen", table: int | None = 4) -> Voice:
    """Something that a phone sent to the question, which waits."""
    sitting = seat(live, table)
    return saying.say(live.scenes.get(kind=Kind.QUESTION), sitting, sitting.visitor, text)


def shown(live: LiveCafe, text: str = "Korte lijnen", table: int | None = 4) -> Voice:
    """Something that came on the screen."""
    made = voice(live, text, table)
    saying.show(made, factories.coordinator(), made.post.version)
    made.refresh_from_db()
    return made
