"""People as bubbles close together: how full it is, seen at once and without reading a figure."""

from dataclasses import dataclass
from functools import cache

MOST = 200  # bubbles: beyond these they are too small to see
STEP_X, STEP_Y = 6, 10  # half a bubble's way to the next one, and the way to the next row
TINTS = 3  # so many that no two bubbles beside each other have the same


@dataclass(frozen=True)
class Crowd:
    """`paths` are the bubbles of each tint, as dots of a path; `size` is how wide and high they lie around (0, 0)."""

    paths: tuple[str, ...]
    size: int

    @property
    def box(self) -> str:
        return f"{-self.size} {-self.size} {2 * self.size} {2 * self.size}"


@cache
def crowd(people: int) -> Crowd:
    """So many bubbles, from the middle outwards: one more is one bubble more at the rim, and the rest stay."""
    places = _nearest()[: max(0, people)]
    tints: list[list[str]] = [[] for _ in range(TINTS)]
    for x, y in places:
        row = y // STEP_Y
        tints[((x // STEP_X - row) // 2 - row) % TINTS].append(f"M{x} {y}h0")
    size = max((max(abs(x), abs(y)) for x, y in places), default=0) + STEP_X
    return Crowd(tuple("".join(dots) for dots in tints if dots), size)


@cache
def _nearest() -> list[tuple[int, int]]:
    """The places of bubbles that touch each other, the nearest to the middle first."""
    reach = 14
    places = [
        (2 * column * STEP_X + (row % 2) * STEP_X, row * STEP_Y)
        for row in range(-reach, reach + 1)
        for column in range(-reach, reach + 1)
    ]
    return sorted(places, key=lambda place: (place[0] ** 2 + place[1] ** 2, place))[:MOST]
