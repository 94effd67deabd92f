"""What came of inviting, per month and kind: by fives, over time too."""

import datetime

import pytest
from django.utils import timezone

from inviting.actions.counting import count_public
from inviting.figures import FEWER, NOT_COUNTED, by_month
from tests.helpers import factories
from werkplaats.invited.models import Act, InvitationLink, Kind, LinkFigure, month_of

pytestmark = pytest.mark.django_db
PAGE = "/beheer/acties/cijfers/"


def this_month() -> datetime.date:
    """Of the test and not of the run, which may begin in the month before."""
    return month_of(timezone.localdate())


def told(kind: Kind, act: Act, counted: int, **fields) -> None:
    fields |= {"month": fields.get("month", this_month()), "counted": counted, "told": counted if counted >= 5 else 0}
    LinkFigure.objects.create(kind=kind, act=act, **fields)


def row(kind: Kind) -> list[str]:
    return next(each.figures for each in by_month()[0].rows if each.name == kind.label)


def test_sent_and_finished_per_kind_and_without_a_link():
    told(Kind.NONE, Act.SENT, 23)
    told(Kind.NONE, Act.FINISHED, 4)
    assert row(Kind.NONE) == ["23", FEWER, NOT_COUNTED, NOT_COUNTED]
    assert row(Kind.CALL) == [FEWER] * 4, "none and four look the same"


@pytest.mark.parametrize(("used", "expected"), [(4, FEWER), (5, "9")])
def test_of_consulenten_nothing_is_told_until_five_used_their_link(used, expected):
    told(Kind.PLAIN, Act.USED, used)
    told(Kind.MEETING, Act.SENT, 9)
    assert row(Kind.MEETING)[0] == expected


def test_of_calls_only_what_may_be_told_of_one_is_added_up():
    links = [InvitationLink.objects.create(is_call=True) for _ in range(3)]
    for link, counted in zip(links, (6, 4, 9)):
        told(Kind.CALL, Act.SENT, counted, link=link)
    assert row(Kind.CALL)[0] == "15"


def test_what_became_public_is_told_of_the_site_as_a_whole_and_by_fives():
    question = factories.question()
    said = []
    for number in (4, 1, 4, 1):
        for _ in range(number):
            factories.post(question, text=f"Tekst {len(said)} {number} {_}")
        count_public(timezone.localdate())
        said.append(by_month()[0].public)
    assert said == [FEWER, "5", "5", "10"]


def test_answers_and_what_waits_and_earlier_months_are_not_of_it():
    question = factories.question()
    for number in range(5):
        post = factories.post(question, text=f"Tekst {number}")
    factories.post(question, parent=post, text="Een antwoord")
    factories.post(question, published=False, text="Wacht")
    count_public(timezone.localdate())
    counted = {figure.month: figure.counted for figure in LinkFigure.objects.filter(act=Act.PUBLIC)}
    assert counted == {this_month(): 5, month_of(this_month() - datetime.timedelta(days=1)): 0}


def test_what_was_taken_away_again_is_told_by_fives_too():
    question = factories.question()
    posts = [factories.post(question, text=f"Tekst {number}") for number in range(10)]
    count_public(timezone.localdate())
    said = []
    for number in (4, 1):
        for _ in range(number):
            posts.pop().remove(by=None, reason="dubbel")
        count_public(timezone.localdate())
        said.append(by_month()[0].public)
    assert said == ["10", "5"]


def test_the_page_says_what_is_counted_and_what_is_not(client, settings):
    settings.DEMO = True
    client.force_login(factories.coordinator())
    assert "Er is nog niets geteld." in client.get(PAGE).text
    told(Kind.NONE, Act.SENT, 23)
    page = client.get(PAGE).text
    assert "<td>23</td>" in page and f"<td>{FEWER}</td>" in page
    assert "hoe vaak een link wordt geopend" in page


def test_vandaag_leads_to_it_with_the_figures_of_this_month(client, settings):
    settings.DEMO = True
    client.force_login(factories.coordinator())
    assert "van uitnodigen kwam" not in client.get("/beheer/").text
    told(Kind.NONE, Act.SENT, 23)
    told(Kind.NONE, Act.FINISHED, 4)
    block = client.get("/beheer/").text.split("van uitnodigen kwam")[1].split("</section>")[0]
    assert f"verstuurd 23 → afgemaakt {FEWER}" in block
    assert f'<a href="{PAGE}">' in block
    assert block.count("verstuurd") == 1, "what may not be told takes no line"


def test_vandaag_says_it_in_one_line_where_all_is_few(client, settings):
    settings.DEMO = True
    client.force_login(factories.coordinator())
    told(Kind.NONE, Act.SENT, 4)
    block = client.get("/beheer/").text.split("van uitnodigen kwam")[1].split("</section>")[0]
    assert block.count(FEWER) == 1 and f"overal {FEWER}" in block
    assert f'<a href="{PAGE}">' in block
