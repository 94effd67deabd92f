"""The version of a wensbeeld: raised when what its sender said or showed changes, and by nothing else."""

import pytest
from django.db import OperationalError

from polls.wensbeelden.models import Wensbeeld, WensbeeldReport
from tests.helpers import factories
from tests.helpers.shown import seen
from werkplaats.pictures.models import Picture
from werkplaats.site.models import Motto

pytestmark = pytest.mark.django_db


@pytest.fixture
def wensbeeld():
    return factories.wensbeeld(published=False)


def version_of(wensbeeld) -> int:
    return Wensbeeld.objects.values_list("version", flat=True).get(pk=wensbeeld.pk)


def picture() -> Picture:
    return Picture.objects.create(name="a" * 32, width=80, height=60)


CHANGES = {
    "text": lambda: "Anders gezegd",
    "name": lambda: "Els",
    "role": lambda: factories.role("directeur"),
    "picture": picture,
}


@pytest.mark.parametrize("field", CHANGES)
def test_each_change_of_what_was_said_raises_it(wensbeeld, field):
    value = CHANGES[field]()
    for _ in range(2):  # the same again is no change
        Wensbeeld.objects.filter(pk=wensbeeld.pk).update(**{field: value})
        assert version_of(wensbeeld) == 2
    assert Wensbeeld.pgh_event_model.objects.order_by("-pgh_id").first().version == 2


def test_nothing_else_does(wensbeeld):
    coordinator = factories.coordinator()
    wensbeeld.publish(coordinator)
    wensbeeld.report(factories.visitor(), "spam")
    wensbeeld.remove(coordinator, "Er staat een naam in.")
    wensbeeld.restore(coordinator)
    wensbeeld.motto = Motto.objects.create(text="samen leren leven")
    wensbeeld.version = 7  # nobody sets it
    wensbeeld.save()
    wensbeeld.visitor.delete()
    assert version_of(wensbeeld) == 1


@pytest.mark.parametrize("action", ["approve", "restore"])
def test_another_description_of_its_picture_is_read_first(client, coordinator, action):
    """A coordinator writes it while another has the list open."""
    wensbeeld = factories.wensbeeld(published=action == "restore", picture=picture())
    if action == "restore":
        wensbeeld.remove(coordinator, "Er staat een naam in.")
    shown = seen([wensbeeld])
    Picture.objects.update(alt="Jan de Vries op het plein")
    data = {"action": action, "_selected_action": wensbeeld.pk, "_asked": "1", "judged": "on"}
    for sent, public in ((shown, False), (seen([wensbeeld]), True)):
        told = client.post("/beheer/polls/wensbeeld/", data | {"gezien": sent}, follow=True).text
        assert ("1 wensbeeld is intussen gewijzigd: lees dat opnieuw" in told) != public
        wensbeeld.refresh_from_db()
        assert wensbeeld.is_public == public


def reported(**state) -> tuple[Wensbeeld, WensbeeldReport]:
    made = factories.wensbeeld(**state)
    return made, WensbeeldReport.objects.create(wensbeeld=made, visitor=factories.visitor(), reason="spam")


NOT_DONE = {
    "publish what is away": ({"removed_at": "2026-01-01T00:00Z"}, lambda row, by: row.publish(by)),
    "publish another version": ({}, lambda row, by: row.publish(by, row.version + 1)),
    "remove what is away": ({"removed_at": "2026-01-01T00:00Z"}, lambda row, by: row.remove(by, "Reclame.")),
    "restore what is there": ({}, lambda row, by: row.restore(by)),
    "restore another version": ({"removed_at": "2026-01-01T00:00Z"}, lambda row, by: row.restore(by, row.version + 1)),
    "let another version stay": ({}, lambda row, by: row.let_stay(by, row.version + 1)),
}


@pytest.mark.parametrize(("state", "act"), NOT_DONE.values(), ids=NOT_DONE)
def test_what_was_not_decided_settles_no_report(state, act):
    row, report = reported(**state)
    assert not act(row, factories.coordinator())
    report.refresh_from_db()
    assert report.handled_at is None


@pytest.mark.parametrize("act", ["publish", "remove", "restore", "let_stay", "set_apart"])
def test_a_decision_and_its_reports_go_together_or_not_at_all(monkeypatch, act):
    """As when the connection breaks between the two."""
    row, report = reported(removed_at="2026-01-01T00:00Z" if act == "restore" else None)
    was = Wensbeeld.objects.values().get(pk=row.pk)

    def breaks(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(type(WensbeeldReport.objects.all()), "settle", breaks)
    by = factories.coordinator()
    more = {"remove": ["Reclame."], "let_stay": [row.version]}.get(act, [])
    with pytest.raises(OperationalError):
        getattr(row, act)(by, *more)
    assert Wensbeeld.objects.values().get(pk=row.pk) == was
    report.refresh_from_db()
    assert report.handled_at is None
