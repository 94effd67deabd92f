"""The line of plan on the landing page, for who was told what became of their words and did not see it yet."""

from typing import Any

from django.db.models import BigIntegerField, F, Func, Subquery, UUIDField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from plan.reading.told import news
from werkplaats.compiled import Given
from werkplaats.gaps import Part, gap


def columns() -> dict[str, Any]:
    """What the query of the landing page asks for `read`; it gives the `visitor`."""
    count = Func(F("pk"), function="COUNT", output_field=BigIntegerField())
    return {"told": Subquery(news(Given("visitor", UUIDField())).order_by().values(count=count))}


def read(row: dict[str, Any]) -> Part:
    """No query: `row` holds the `columns`. What is kept for everyone has a gap, which is empty for nearly all."""
    return Part(None, lambda: {"told": gap("told")}, {"told": lambda: draw(row["told"])})


def draw(count: int | None) -> SafeString:
    if not count:
        return mark_safe("")
    return mark_safe(render_to_string("plan/told/front.html", {"count": count}))  # noqa: S308  our own template
