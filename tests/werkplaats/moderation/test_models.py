"""Deciding about what was sent, and what was reported about it: both, or neither."""

import pytest

from polls.wensbeelden.models import Wensbeeld
from tests.helpers import factories
from werkplaats.moderation.models import ReportQuerySet
from werkplaats.pictures.models import Picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def reported():
    """A wensbeeld with a picture, which somebody reported."""
    picture = Picture.objects.create(name="a" * 32, width=640, height=320, alt="Een plein")
    wensbeeld = factories.wensbeeld(picture=picture)
    wensbeeld.report(factories.visitor(), "child")
    return wensbeeld


def test_a_removal_that_fails_settles_no_report(reported, monkeypatch):
    settle = ReportQuerySet.settle

    def fail(reports, by):
        settle(reports, by)
        raise OSError("no room on the disk")

    monkeypatch.setattr(ReportQuerySet, "settle", fail)
    with pytest.raises(OSError):
        reported.remove(factories.coordinator(), "Er staat een kind op.")
    assert reported in Wensbeeld.objects.public() and reported in Wensbeeld.objects.reported()


def test_putting_back_what_somebody_else_put_back_settles_no_new_report(reported):
    first, second = factories.coordinator(email="een@example.org"), factories.coordinator()
    reported.remove(first, "Er staat een kind op.")
    left_open = Wensbeeld.objects.get(pk=reported.pk)
    reported.restore(first)
    reported.report(factories.visitor(), "privacy")
    left_open.restore(second)
    assert list(reported.reports.values_list("handled_by", flat=True)) == [None, first.pk]
