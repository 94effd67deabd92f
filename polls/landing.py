"""The part of polls on the landing page: the poll to vote in, open sticker rounds, the newest wensbeelden."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Subquery
from django.db.models.functions import JSONObject
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from polls.models import Poll, StickerRound
from polls.voting.models import front_poll
from polls.voting.panel import FRONT, Panel
from polls.wensbeelden import cards
from werkplaats.gaps import GappedPage, Part, gap
from werkplaats.invited import via
from werkplaats.kept import shared
from werkplaats.models import Site

PANEL = "polls/voting/poll.html#panel"
ROUND = "id", "slug", "question", "stage", "starts_at", "ends_at"


def columns() -> dict[str, Any]:
    """What the query of the landing page asks for `read`; it gives the `visitor`."""
    rounds = StickerRound.objects.public().values(row=JSONObject(**{name: name for name in ROUND}))
    return {
        "poll": Subquery(front_poll()[:1]),
        "wensbeelden": ArraySubquery(cards.newest()),
        "rounds": ArraySubquery(rounds),
    }


def read(request, site: Site, row: dict[str, Any]) -> Part:
    """The context of `polls/landing.html`. No query: `row` holds the `columns`."""
    panel = row["poll"] and Panel(Poll.objects.on_front(row["poll"]), place=FRONT, via=via.field(request))

    def make() -> dict[str, Any]:
        return {
            "panel": panel and {"poll": panel.poll, "html": gap("panel")},
            "wensbeelden": cards.of_json(row["wensbeelden"], site),
            "rounds": announced(row["rounds"]),
        }

    key = (panel and panel.poll.pk, tuple(row["wensbeelden"]), tuple(row["rounds"]))
    return Part(key, make, {"panel": lambda: draw(panel, request, site, row["poll"])} if panel else {})


def announced(rows: list[str]) -> list[StickerRound]:
    """The rounds of these rows in which people can take part today."""
    found = []
    for said in map(json.loads, rows):
        for name in ("starts_at", "ends_at"):
            said[name] = said[name] and datetime.fromisoformat(said[name])
        found.append(StickerRound.from_db(None, ROUND, [said[name] for name in ROUND]))
    return [round for round in found if round.is_announced]


def draw(panel: Panel, request, site: Site, row: str) -> str:
    """The panel for this visitor; that of who did not vote is kept until somebody does."""
    if panel.own:
        return render_to_string(PANEL, {"panel": panel}, request)
    moved = panel.poll.is_to_come, panel.poll.is_closed
    page = shared(
        "polls/landing.html",
        (site.version, row, *moved, panel.until, panel.when_results_show),
        lambda: GappedPage(PANEL, {"panel": replace(panel, via=gap("via")), "csrf_token": gap("csrf_token")}),
    )
    return page.fill({"csrf_token": lambda: get_token(request), "via": panel.via})
