"""The code of an invitation goes along to where one takes part, in addresses and in forms, and in no cookie."""

import re
from urllib.parse import urldefrag, urlencode, urljoin

import pytest
from lxml import etree

from polls.models import Poll
from posts.models import Post
from posts.models.translations import Translation
from tests.helpers import factories
from tests.inviting import helpers
from werkplaats.invited.models import Act, Kind, LinkUse
from werkplaats.web import programs

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
COUNTS = re.compile(r"/(bijdragen|antwoord|afzender|stem|aanmelden)/$")
ELSEWHERE = re.compile(r"/(accounts|beheer|static|media|postvak)/|\.(ics|pdf|docx|xlsx)$|/feed/$")
WORDS = "Що допомагає вашій дитині в школі?"


@pytest.fixture
def anna():
    return helpers.consulent("Anna")


@pytest.fixture
def question(anna):
    """With all that its page can have: languages, more than one page, a poll, a café, answers, another question."""
    factories.question(current=False, opened_at="2026-01-05T12:00Z")
    made = factories.question()
    Translation.objects.create(question=made, lang="uk", text=WORDS)
    factories.poll(placed_with=made)
    factories.cafe()
    for name in ("ouder", "leerkracht"):
        role = factories.role(name)
        for _ in range(12):
            answered = factories.post(made, role=role)
    factories.post(parent=answered)
    return made


def tree(page) -> etree._Element:
    return etree.fromstring(page.content or b"<p>", etree.HTMLParser(encoding="utf-8"))


def links(page, address: str) -> set[str]:
    """Where the links of a page lead, those that htmx follows, and its forms with something chosen; all on this site.

    Not what is to be passed on.
    """
    found = tree(page)
    hrefs = found.xpath("//a[not(@data-share)]/@href") + found.xpath("//@hx-get")
    for form in found.xpath("//form[@method='get']"):
        fields = {field.get("name"): field.get("value") for field in form.xpath(".//input[@type='hidden']")}
        hrefs.append(f"{re.split('[?#]', form.get('action'))[0]}?{urlencode(fields | {'zoek': 'lijnen'})}")
    here = (urldefrag(urljoin(address, each))[0] for each in hrefs)
    return {each for each in here if each.startswith("/") and not ELSEWHERE.search(each.partition("?")[0])}


def codes(page) -> list[str | None]:
    """What the forms of a page bring that count; None for one that brings nothing."""
    forms = [form for form in tree(page).xpath("//form") if COUNTS.search(form.get("action") or "")]
    return [next(iter(form.xpath(".//input[@name='via']/@value")), None) for form in forms]


def test_every_link_and_form_keeps_the_code_wherever_it_leads_to_take_part(client, question, anna):
    code = anna.link.code
    start = anna.link.path()
    seen, waiting, pages, forms = {start}, [start], 0, 0
    while waiting:
        address = waiting.pop()
        page = client.get(address)
        lost = [each for each in codes(page) if each != code]
        assert not lost, f"{address}: a form without the code"
        pages, forms = pages + 1, forms + len(codes(page))
        for link in sorted(links(page, address) - seen):  # the same way each run
            seen.add(link)
            kept = code in link
            if kept and pages < 60:
                waiting.append(link)
            elif not kept:
                assert codes(client.get(link, follow=True)) == [], f"{address} leads to {link}"
    assert pages >= 60
    assert forms >= 60
    assert set(client.cookies) <= {"csrf"}


def test_another_language_another_order_and_a_part_of_the_list_stay_at_the_invitation(client, question, anna):
    here = anna.link.path(Kind.MEETING)
    there = links(client.get(here), here)
    for asked in ("taal=uk", "volgorde=duimpjes", "zoek=lijnen"):
        (link,) = {each for each in there if each.startswith(here) and asked in each}
        shown = client.get(link).text
        assert "<bdi>Anna</bdi> nodigt je uit" in shown
        assert f'name="via" value="{anna.link.code}.overleg"' in shown
        assert (WORDS in shown) == (asked == "taal=uk")


def test_who_writes_in_ukrainian_counts_where_they_came_from(client, question, anna):
    create = f"{question.get_absolute_url()}bijdragen/"
    page = client.get(f"{anna.link.path()}?taal=uk")
    (fields,) = [form for form in tree(page).xpath("//form") if form.get("action") == create]
    sent = {field.get("name"): field.get("value") for field in fields.xpath(".//input[@type='hidden']")}
    client.post(create, sent | {"text": "Спокій.", "moment": programs.moment(ago=10)})
    assert (sent["taal"], list(LinkUse.objects.values_list("kind", "act"))) == ("uk", [(Kind.PLAIN, Act.SENT)])


def test_after_a_vote_or_a_thumb_the_code_is_still_there(client, question, anna):
    code, poll = anna.link.code, Poll.objects.get()
    voted = client.post(
        f"/peilingen/{poll.slug}/stem/", {"choice": poll.choices.first().pk, "number": 1, "plek": "vraag", "via": code}
    )
    assert voted.url == f"{question.get_absolute_url()}?via={code}#antwoord"
    again = f"/peilingen/{poll.slug}/?plek=vraag&amp;opnieuw=1&amp;via={code}"
    assert again in client.get(voted.url).text
    post = Post.objects.filter(question=question).first()
    acts = tree(client.get(anna.link.path())).xpath("//form[@id='act']//input[@name='via']/@value")
    assert acts == [code]
    thumbed = client.post(f"/bijdragen/{post.pk}/duim/op/", {"via": code})
    assert f"via={code}" in thumbed.url


def test_what_htmx_puts_in_the_page_leads_on_with_the_code(client, question, anna):
    code, poll = anna.link.code, Poll.objects.get()
    sent = {"choice": poll.choices.first().pk, "number": 1, "plek": "vraag", "via": code}
    voted = client.post(f"/peilingen/{poll.slug}/stem/", sent, headers=HTMX)
    again = f"/peilingen/{poll.slug}/?plek=vraag&opnieuw=1&via={code}"
    assert again in tree(voted).xpath("//@hx-get")
    box = client.get(again, headers=HTMX)
    assert tree(box).xpath("//input[@name='via']/@value") == [code]


def test_what_is_passed_on_and_what_is_elsewhere_has_no_code(client, question, anna):
    page = tree(client.get(anna.link.path()))
    passed_on = page.xpath("//a[@data-share]/@href")
    assert passed_on and not [each for each in passed_on if "via" in each]
    assert not [each for each in page.xpath("//link/@href | //script/@src | //meta/@content") if "via=" in each]
    assert "/privacy/" in page.xpath("//footer//a/@href")


def test_who_came_without_a_link_reads_the_page_as_it_is(client, question):
    page = client.get(question.get_absolute_url()).text
    assert 'name="via"' not in page and "via=" not in page  # a token may hold these three letters
