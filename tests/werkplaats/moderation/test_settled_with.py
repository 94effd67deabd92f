"""Letting something stay settles every open report about it: all of them stand on the page that asks."""

import re

import pytest

from polls.wensbeelden.models import WensbeeldReport
from posts.models.reports import Report
from tests.helpers import factories
from werkplaats.moderation.reasons import ReportReason

pytestmark = pytest.mark.django_db
CHILD = "de zoon van meester Wim"
KINDS = pytest.mark.parametrize("kind", ["post", "wensbeeld"])


def reported(kind: str):
    """What is about to be reported, how to report it, and the list of reports."""
    about = factories.post() if kind == "post" else factories.wensbeeld()
    model = Report if kind == "post" else WensbeeldReport

    def report(reason: str, words: str = ""):
        return model.objects.create(visitor=factories.visitor(), reason=reason, words=words, **{kind: about})

    return report, f"/beheer/{model._meta.app_label}/{model._meta.model_name}/"


def fields_of(page: str) -> dict:
    return {"_asked": "1", "gezien": re.findall(r'name="gezien" value="([^"]*)"', page)}


def choose(client, url: str, report, **sent):
    return client.post(url, {"action": "handle", "_selected_action": [report.pk], **sent}, follow=True)


@KINDS
def test_the_page_shows_all_that_it_settles(client, coordinator, kind):
    """Also what a filter or another page of the list left out."""
    report, url = reported(kind)
    chosen, other = report(ReportReason.SPAM), report(ReportReason.ONE_CHILD, CHILD)
    page = choose(client, f"{url}?reason__exact=spam", chosen).text
    assert CHILD in page and page.count(other.get_reason_display()) == 1
    choose(client, url, chosen, **fields_of(page))
    assert not type(other).objects.waiting().exists()


@KINDS
def test_one_that_comes_after_the_page_is_asked_about_again(client, coordinator, kind):
    report, url = reported(kind)
    chosen = report(ReportReason.SPAM)
    page = choose(client, url, chosen).text
    other = report(ReportReason.ONE_CHILD, CHILD)
    choose(client, url, chosen, **fields_of(page))
    other.refresh_from_db()
    assert (other.handled_at, other.words) == (None, CHILD)
