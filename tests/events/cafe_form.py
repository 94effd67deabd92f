"""The form of a café in the admin, as a coordinator fills it in."""

import html
import re
from datetime import UTC, datetime

from django.utils import timezone

from events.models.cafes import Cafe

START = datetime(2027, 10, 19, 17, 30, tzinfo=UTC)  # as `filled_in` has it


def filled_in(cafe: Cafe, **changes) -> dict:
    names = ["slug", "title", "label", "text", "question", "agenda", "room", "room_capacity", "route", "late"]
    names += ["online_link", "online_capacity", "keep_months", "hold_hours", "front_text", "next_text"]
    return {
        **{name: getattr(cafe, name) for name in names},
        "published": "on",
        "starts_at_0": "2027-10-19",
        "starts_at_1": "19:30",
        "ends_at_0": "2027-10-19",
        "ends_at_1": "21:30",
        **changes,
    }


def change(staff, cafe, **changes):
    """Opens the form, types and saves."""
    return save(staff, cafe, shown(staff, cafe), **changes)


def shown(staff, cafe) -> dict:
    """What a form that is opened now remembers of what it showed."""
    page = staff.get(f"/beheer/events/cafe/{cafe.pk}/change/").text
    found = re.findall(r'<input type="hidden" name="(initial-[^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def save(staff, cafe, remembered: dict, **changes):
    data = remembered | filled_in(cafe, **changes)
    return staff.post(f"/beheer/events/cafe/{cafe.pk}/change/", data, follow=True).text


def typed(moments: dict) -> dict:
    """Moments as the form has them, in two fields each."""
    local = {name: timezone.localtime(value) for name, value in moments.items()}
    return {f"{name}_0": f"{value:%Y-%m-%d}" for name, value in local.items()} | {
        f"{name}_1": f"{value:%H:%M}" for name, value in local.items()
    }


def rung(page: str) -> list[str]:
    """Who is to be telephoned."""
    return re.findall("<a [^>]+><bdi>([^<]+)</bdi></a>", page)
