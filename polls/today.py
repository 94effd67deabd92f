"""The work for a coordinator: wensbeelden to approve, reported ones, and the rounds to lead."""

from django.db.models import QuerySet
from django.urls import reverse

from polls.models import Stage, StickerRound, Wensbeeld
from polls.wensbeelden.models import ABOUT_ONE_CHILD

SHOWN = 5


def today(request) -> list[dict]:
    """The blocks of "Vandaag" about which this user may decide, each with its oldest items."""
    blocks = []
    if request.user.has_perm("polls.change_wensbeeld"):
        blocks.append(block("Gemelde wensbeelden", "gemeld", Wensbeeld.objects.reported()))
        blocks.append(block("Wensbeelden die wachten", "wacht", Wensbeeld.objects.waiting()))
        if (children := about_child())["count"]:
            blocks.append(children)
    if request.user.has_perm("polls.change_stickerround"):
        blocks.append(running())
    return blocks


def about_child() -> dict:
    """Those about one child that wait to be erased, without a word of them."""
    return block("Wensbeelden over één kind", ABOUT_ONE_CHILD, Wensbeeld.objects.about_child())


def running() -> dict:
    """The rounds that are open, each with the way to lead it."""
    rounds = StickerRound.objects.running()
    items = [
        {"text": str(round), "url": reverse("polls:control", args=[round.slug]), "meta": round.get_stage_display()}
        for round in rounds[:SHOWN]
    ]
    url = f"{reverse('admin:polls_stickerround_changelist')}?stage__in={Stage.IDEAS},{Stage.STICKERS}"
    return {"title": "Stickerrondes die lopen", "part": "figures", "count": rounds.count(), "url": url, "items": items}


def block(title: str, state: str, wensbeelden: QuerySet) -> dict:
    items = [
        {
            "text": str(wensbeeld),
            "url": reverse("admin:polls_wensbeeld_change", args=[wensbeeld.pk]),
            "meta": wensbeeld.created_at,
        }
        for wensbeeld in wensbeelden.order_by("created_at")[:SHOWN]
    ]
    url = f"{reverse('admin:polls_wensbeeld_changelist')}?toestand={state}"
    return {"title": title, "count": wensbeelden.count(), "url": url, "items": items}
