"""Who is missing, for the app above; and what that app puts beside each of them: plan knows of no calls."""

from collections.abc import Callable, Sequence

from django.utils.safestring import SafeString

from plan.models import Harvest
from plan.reading import missing
from plan.reading.missing import Gap
from werkplaats.web.requests import Request

__all__ = ["BESIDE", "Gap", "beside", "gaps"]
Beside = Callable[[Request, Harvest | None, Sequence[Gap]], dict[Gap, SafeString]]
BESIDE: list[Beside] = []  # an app says what it puts there when it is ready


def gaps(harvest: Harvest | None) -> list[Gap]:
    """Who is missing in a harvest, or in all of them. Three queries at most."""
    return missing.of(missing.Scope(harvest=harvest.pk if harvest else None)).gaps


def beside(request: Request, harvest: Harvest | None, found: Sequence[Gap]) -> list[tuple[Gap, list[SafeString]]]:
    """Each gap with what stands beside it."""
    drawn = [draw(request, harvest, found) for draw in BESIDE] if found else []
    return [(gap, [each[gap] for each in drawn if gap in each]) for gap in found]
