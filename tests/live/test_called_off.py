"""A café that is called off in the middle: every address of its room says so, and nothing of it goes on."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from live.actions import rehearsing
from live.models import HelperKey, Kind, LiveCafe
from live.stream.rooms import _read_one
from tests.helpers import factories
from tests.helpers.browsers import logged_in
from tests.live.helpers import again, room, to
from tests.live.test_gone import OURS, call_off
from tests.live.test_phones import HTMX, address, at, words
from tests.live.test_rehearsing import ahead
from tests.live.test_rights import addresses

pytestmark = pytest.mark.django_db
OFF = "Dit café gaat niet door"


@pytest.fixture(autouse=True)
def second_factor(settings):
    settings.DEMO = True


@pytest.fixture
def live() -> LiveCafe:
    """One that goes on, beside another café of tonight."""
    room()
    return to(room(), Kind.QUESTION)


def says_so(answer, live: LiveCafe) -> bool:
    """With the way to its page, and no form for the code of another."""
    html = answer.content.decode()
    is_told = OFF in html and f'href="{live.cafe.get_absolute_url()}"' in html
    return answer.status_code == 410 and is_told and 'name="code"' not in html and "nu bezig" not in html


@pytest.mark.parametrize("path", ["/z/{}/", "/z/{}/7/", "/z/{}/plek/", "/z/{}/al/", "/scherm/{}/"])
def test_every_address_of_its_room_says_so_with_the_way_to_its_page(client, live, path):
    seated, url = at(live), path.format(live.code.lower())
    assert client.get(url).status_code in (200, 302)
    call_off(live)
    assert says_so(client.get(url), live) and says_so(seated.get(url), live)
    LiveCafe.objects.filter(pk=live.pk).update(closed_at=timezone.now())  # a day later
    assert says_so(client.get(url), live)


def test_a_code_that_is_typed_leads_there(client, live):
    call_off(live)
    assert says_so(client.post("/z/", {"code": live.code}, follow=True), live)


def test_a_press_on_a_phone_that_is_open_goes_there_and_sits_nobody_down(live):
    browser = at(live)
    call_off(live)
    assert says_so(browser.post(address(live, "plek"), {"plek": "online"}), live)
    answer = browser.post(address(live, "zeg", live.scene.pk), {"text": "Kort", "plek": "4"}, headers=OURS | HTMX)
    assert answer.status_code == 410 and OFF in answer.content.decode() and live.voices.count() == 0
    assert set(live.seats.values_list("kind", flat=True)) == {"tafel"}


def test_a_stream_that_is_open_ends_and_who_asks_for_the_state_hears_that_there_is_none(client, live):
    version = live.version
    assert _read_one(live.pk)
    call_off(live)
    assert again(live).version > version  # which tells the stream to look
    assert _read_one(live.pk) is None
    assert client.get(f"/z/{live.code.lower()}/stand/").status_code == 404


def test_of_a_rehearsal_both_codes_say_so(client):
    live = rehearsing.start(ahead())
    call_off(live)
    for code in (live.code, live.rehearsal_code):
        for path in ("/z/{}/", "/scherm/{}/"):
            assert says_so(client.get(path.format(code.lower())), live)


def test_who_leads_reads_so_everywhere_and_commands_nothing(live):
    leader = logged_in(factories.coordinator())
    call_off(live)
    turn = again(live).turn
    for url in addresses(live):
        answer = leader.post(url, {"beurt": turn})
        assert answer.status_code in (405, 410) and (OFF in answer.text or answer.status_code == 405)
    for name in ("lead", "attending", "rehearse"):
        answer = leader.get(reverse(f"live:{name}", args=[live.pk]))
        assert answer.status_code == 200 and OFF in answer.text
        assert live.cafe.get_absolute_url() in answer.text and "<form" not in answer.text.partition("<main")[2]
    assert again(live).turn == turn
    # What changes by itself on a page that is open leads there.
    answer = leader.get(reverse("live:lead", args=[live.pk]), headers=HTMX)
    assert answer["HX-Redirect"] == reverse("live:lead", args=[live.pk])
    type(live.cafe).objects.filter(pk=live.cafe_id).update(called_off_at=None)
    assert "Zeg dit" in leader.get(reverse("live:lead", args=[live.pk])).text


def test_who_helps_reads_so_with_a_link_that_was_taken_and_one_that_was_not(live):
    boss = factories.coordinator()
    taken, free = (reverse("live:help_out", args=[HelperKey.objects.make(live, boss)[1]]) for _ in range(2))
    helper = Client()
    assert helper.post(taken).url == "/z/helpen/" and helper.get("/z/helpen/").status_code == 200
    call_off(live)
    for answer in (helper.get("/z/helpen/"), helper.get(taken), Client().get(free), Client().post(free)):
        assert says_so(answer, live) and "Lees mee" not in words(answer)
    assert not HelperKey.objects.filter(browser="").exclude(live=live).exists()
    assert HelperKey.objects.filter(browser="").count() == 1  # nobody took it


def test_nobody_is_led_in(live):
    assert live.goes_on
    call_off(live)
    assert not again(live).goes_on
