"""A room that is gone while its pages are open: what was typed comes back, and every code says where to go."""

import pytest
from django.utils import timezone

from live.actions import rehearsing
from live.models import Kind, LiveCafe
from tests.live.helpers import again, room, to
from tests.live.test_phones import HTMX, address, at, words
from tests.live.test_rehearsing import ahead

pytestmark = pytest.mark.django_db
OURS = {"Sec-Fetch-Site": "same-origin"}
TYPED = "Wij willen <korte> lijnen"


def close(live: LiveCafe) -> None:
    LiveCafe.objects.filter(pk=live.pk).update(closed_at=timezone.now())


def call_off(live: LiveCafe) -> None:
    type(live.cafe).objects.filter(pk=live.cafe_id).update(called_off_at=timezone.now())


@pytest.mark.parametrize("end", [close, call_off])
def test_what_was_typed_stands_on_the_page_that_says_that_the_room_is_gone(end):
    live = to(room(), Kind.QUESTION)
    browser, url = at(live), address(live, "zeg", live.scene.pk)
    end(live)
    answer = browser.post(url, {"text": TYPED, "plek": "4"}, headers=OURS)
    assert answer.status_code == 410
    assert "Wij willen &lt;korte&gt; lijnen</textarea>" in answer.content.decode()
    assert "Je tekst is niet verstuurd." in words(answer) and 'data-copy="getypt"' in answer.content.decode()
    # htmx puts it in the place of the form
    answer = browser.post(url, {"text": TYPED, "plek": "4"}, headers=OURS | HTMX)
    assert answer.status_code == 410 and "HX-Redirect" not in answer
    page = answer.content.decode()
    assert 'id="nu"' in page and "&lt;korte&gt;" in page and "<html" not in page
    assert live.voices.count() == 0


def test_words_in_the_form_of_a_stranger_stand_on_no_page_of_ours():
    live = to(room(), Kind.QUESTION)
    browser, url = at(live), address(live, "zeg", live.scene.pk)
    close(live)
    answer = browser.post(url, {"text": "Lees dit"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 410 and "Lees dit" not in answer.content.decode()


def test_a_press_without_words_goes_to_the_page_of_its_code():
    live = to(room(), Kind.QUESTION)
    browser = at(live)
    for end in (close, call_off):
        end(live)
        answer = browser.post(address(live, "volgende"), headers=OURS | HTMX)
        assert answer["HX-Redirect"] == address(live)


def test_a_code_of_a_room_that_is_over_is_told_so_when_it_is_typed(client):
    live = room()
    close(live)
    answer = client.post("/z/", {"code": live.code}, follow=True)
    assert answer.status_code == 410 and live.cafe.get_absolute_url() in answer.content.decode()


def test_the_code_of_a_rehearsal_that_was_wiped_says_so_on_phone_and_screen(client):
    live = rehearsing.start(ahead())
    own = live.rehearsal_code.lower()
    assert client.get(f"/z/{own}/").status_code == client.get(f"/scherm/{own}/").status_code == 200
    rehearsing.wipe(live)
    for page in (f"/z/{own}/", f"/scherm/{own}/"):
        answer = client.get(page)
        assert answer.status_code == 410 and "De proef met deze code is voorbij" in words(answer)
    assert client.get(f"/z/{own}/stand/").status_code == 404
    assert client.get(address(again(live))).status_code == 200
