"""Thumbs on a wording: given to what was read, while people may react, and never carried over."""

from threading import Thread

import pytest
from django.db import connection
from django.test import Client

from plan.models import Wording, WordingThumb
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.plan.concept.helpers import shown
from werkplaats.people.merging import hand_over

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "div"}


def address(wording: Wording, wish: str = "op") -> str:
    return f"/plan/duim/{wording.pk}/{wish}/"


def counts(wording: Wording) -> dict[str, int]:
    wording.refresh_from_db()
    return {kind: count for kind, count in wording.thumbs.items() if count}


@pytest.mark.django_db
class TestOne:
    def test_a_thumb_is_given_once_turned_and_taken_back(self, plan):
        plan.open()
        wording, visitor = shown(plan.first), factories.visitor()
        browser = browser_of(visitor)
        for wish, expected in (("op", {"1": 1}), ("op", {"1": 1}), ("neer", {"-1": 1}), ("weg", {}), ("weg", {})):
            answer = browser.post(address(wording, wish))
            assert (answer.status_code, answer["Location"]) == (302, "/plan/1/#zin-1-1")
            assert counts(wording) == expected

    def test_htmx_gets_the_buttons_with_their_counts(self, plan):
        plan.open()
        wording = shown(plan.first)
        answer = browser_of(factories.visitor(role=factories.role())).post(address(wording), headers=HTMX)
        assert 'aria-pressed="true"' in answer.text
        assert f'formaction="/plan/duim/{wording.pk}/weg/"' in answer.text
        assert "<html" not in answer.text
        assert counts(wording) == {"1": 1}

    def test_one_statement(self, plan, django_assert_num_queries):
        plan.open()
        wording, browser = shown(plan.first), browser_of(factories.visitor(role=factories.role()))
        with django_assert_num_queries(1):
            browser.post(address(wording), headers=HTMX)

    def test_who_never_said_their_role_is_asked(self, plan):
        plan.open()
        role, wording, visitor = factories.role(), shown(plan.first), factories.visitor()
        browser = browser_of(visitor)
        answer = browser.post(address(wording), headers=HTMX)
        assert 'hx-target="#kijk-zin-1-1"' in answer.text
        browser.post("/kijkrol/", {"kijkrol": role.pk, "terug": "/plan/", "bij": "zin-1-1"})
        assert WordingThumb.objects.get().role == role

    def test_without_javascript_the_page_asks(self, plan):
        plan.open()
        factories.role()
        browser = browser_of(factories.visitor())
        answer = browser.post(address(shown(plan.first)), follow=True)
        assert answer.text.count("In welke rol kijk jij mee?") == 2  # the form's name and its label
        assert "In welke rol kijk jij mee?" not in browser.get("/plan/").text

    def test_only_while_people_may_react(self, plan):
        plan.publish()
        wording = shown(plan.first)
        answer = browser_of(factories.visitor()).post(address(wording), headers=HTMX)
        assert "Reageren kan nu niet." in answer.text
        assert counts(wording) == {}

    def test_on_another_wording_nothing_is_counted_and_the_new_one_is_shown(self, plan):
        plan.open()
        old, browser = shown(plan.first), browser_of(factories.visitor())
        browser.post(address(old))
        plan.reword(plan.first, "Elk kind praat mee over zijn eigen plan.")
        plan.publish()
        answer = browser.post(address(old, "neer"), headers=HTMX)

        assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#zin-1-1", "outerHTML")
        assert "Elk kind praat mee over zijn eigen plan." in answer.text
        assert "je duim is niet geteld" in answer.text
        assert (counts(old), counts(shown(plan.first))) == ({"1": 1}, {})
        page = browser.get("/plan/").text
        assert "«<del>Een</del>» werd «<ins>Elk</ins>», door 9 reacties." in page
        assert "Jij gaf de vorige zin een duim. Kijk je nog eens?" in page
        assert "Kijk je nog eens?" not in Client().get("/plan/").text
        browser.post(address(shown(plan.first)))
        assert "Kijk je nog eens?" not in browser.get("/plan/").text

    def test_without_javascript_the_page_says_that_it_was_not_counted(self, plan):
        plan.open()
        old, browser = shown(plan.first), browser_of(factories.visitor(role=factories.role()))
        plan.reword(plan.first, "Een kind praat altijd mee over zijn eigen plan.")
        plan.publish()
        for sent, page in (({}, "/plan/1/"), ({"pagina": "1"}, "/plan/zin/1.1/")):
            answer = browser.post(address(old), sent)
            assert answer["Location"] == f"{page}?veranderd=zin-1-1#zin-1-1"
            came = browser.get(answer["Location"], follow=True)
            assert came.text.count("je duim is niet geteld") == 1 and "Een kind praat altijd mee" in came.text
            assert "niet geteld" not in browser.get(page, follow=True).text
        assert WordingThumb.objects.count() == 0

    def test_what_is_no_public_wording_is_not_there(self, plan):
        draft = plan.first.wordings.get()
        browser = browser_of(factories.visitor())
        assert browser.post(address(draft)).status_code == 404
        plan.open()
        assert browser.post(f"/plan/duim/{10**17}/op/").status_code == 404
        assert browser.post(address(draft, "hart")).status_code == 404
        assert browser.get(address(draft)).status_code == 302
        assert not WordingThumb.objects.exists()

    def test_of_two_visitors_that_are_one_the_last_thumb_counts(self, plan):
        plan.open()
        wordings = [shown(each) for each in (plan.first, plan.second)]
        old, new = factories.visitor(), factories.visitor()
        for value, visitor in ((1, old), (-1, new)):
            WordingThumb.objects.wish(wordings[0].pk, visitor.pk, value)
        WordingThumb.objects.wish(wordings[1].pk, old.pk, 1)
        hand_over(old, new)
        assert [counts(each) for each in wordings] == [{"-1": 1}, {"1": 1}]
        assert set(WordingThumb.objects.values_list("visitor", flat=True)) == {new.pk}


@pytest.mark.django_db(transaction=True)
def test_handing_over_and_giving_at_one_moment_end_well(plan):
    """Two browsers become one while both give thumbs: nobody waits for the other for ever, and all is counted right."""
    plan.open()
    wordings = [shown(each) for each in (plan.first, plan.second, plan.third)]
    pairs = [(factories.visitor(), factories.visitor()) for _ in range(4)]
    for old, new in pairs:
        for wording in wordings:
            WordingThumb.objects.wish(wording.pk, old.pk, 1)
            WordingThumb.objects.wish(wording.pk, new.pk, -1)
    failed: list[Exception] = []

    def run(act, *args):
        try:
            act(*args)
        except Exception as error:  # noqa: BLE001, also one that waited too long
            failed.append(error)
        finally:
            connection.close()

    def give(visitor, order):
        for wording in order:
            WordingThumb.objects.wish(wording.pk, visitor.pk, 1)

    threads = [Thread(target=run, args=(hand_over, old, new)) for old, new in pairs]
    threads += [
        Thread(target=run, args=(give, new, wordings[:: 1 if n % 2 else -1])) for n, (_, new) in enumerate(pairs)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    for wording in wordings:
        given = list(WordingThumb.objects.filter(wording=wording).values_list("value", flat=True))
        assert len(given) == len(pairs)
        assert counts(wording) == {str(value): given.count(value) for value in set(given)}
