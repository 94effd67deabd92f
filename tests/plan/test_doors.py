"""Who gets into the workbench."""

import pytest
from django.urls import reverse

from tests.helpers import factories
from tests.plan import helpers

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(settings):
    settings.DEMO = True  # no second factor
    return reverse("plan:harvests")


def test_who_is_not_logged_in_goes_to_the_log_in_and_back(client, page):
    answer = client.get(page)
    assert answer.status_code == 302
    assert answer["Location"] == f"/beheer/login/?next={page}"


def test_htmx_leaves_the_page_as_it_is_for_who_was_logged_out(client, page):
    answer = client.get(page, headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert answer.status_code == 401
    assert "Je bent niet meer ingelogd." in answer.text


def test_staff_without_the_right_are_refused_until_a_coordinator_ticks_it(client, page):
    staff = helpers.sorter()
    client.force_login(staff)
    assert client.get(page).status_code == 403
    boss, form = factories.coordinator(), reverse("admin:werkplaats_user_change", args=[staff.pk])
    client.force_login(boss)
    ticks = {"email": staff.email, "name": "Anouk", "is_active": "on", "is_staff": "on"}
    client.post(form, {**ticks, "sorts": "on"})
    client.force_login(staff)
    assert client.get(page).status_code == 200
    client.force_login(boss)
    client.post(
        form, {"email": staff.email, "name": "Anouk", "is_active": "on", "is_staff": "on", "initial-sorts": "True"}
    )
    client.force_login(staff)
    assert client.get(page).status_code == 403


def test_a_visitor_who_is_logged_in_is_refused(client, page):
    client.force_login(factories.user())
    assert client.get(page).status_code == 302


def test_the_front_tells_what_is_left_of_each(client, page, django_assert_num_queries):
    client.force_login(factories.coordinator())
    assert "Er is nog niets gezegd." in client.get(page).text
    desk = helpers.Desk()
    desk.lay(desk.voices[0])
    with django_assert_num_queries(3):
        text = client.get(page).text
    assert "2 stemmen zonder bestemming" in text
