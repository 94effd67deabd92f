"""The models of the room."""

from live.models.cafes import Leader, LiveCafe
from live.models.counts import Headcount
from live.models.helpers import HelperKey
from live.models.kinds import ASKING, Kind, SeatKind
from live.models.listening import LiveIdeas, LivePost, LiveWensbeeld
from live.models.scenes import Scene
from live.models.seats import Seat
from live.models.voices import Voice

__all__ = [
    "ASKING",
    "Headcount",
    "HelperKey",
    "Kind",
    "Leader",
    "LiveCafe",
    "LiveIdeas",
    "LivePost",
    "LiveWensbeeld",
    "Scene",
    "Seat",
    "SeatKind",
    "Voice",
]
