"""Who leads: every address of a café that is led, tried by all whom it does not concern."""

import pytest
from django.urls import reverse
from django.utils import timezone

import werkplaats.urls  # noqa: F401, it knows the ids in addresses
from live import urls as live_urls
from live.models import Kind, Leader, LiveCafe
from tests.helpers import factories
from tests.live.helpers import again, room, to, voice

pytestmark = pytest.mark.django_db
NAMES = sorted(each.name for each in live_urls.urlpatterns if str(each.pattern).startswith("beheer/zaal/<id:pk>/"))


@pytest.fixture(autouse=True)
def second_factor(settings):
    """Not asked for in the demo."""
    settings.DEMO = True


def addresses(live: LiveCafe) -> list[str]:
    with_scene = {"go_to": live.scenes.last().pk, "move": live.scenes.last().pk}
    more = {name: [pk] for name, pk in with_scene.items()}
    return [reverse(f"live:{name}", args=[live.pk, *more.get(name, [])]) for name in NAMES]


def staff(**fields):
    return factories.user(is_staff=True, **fields)


def leading(live: LiveCafe, user=None):
    user = user or staff()
    Leader.objects.create(live=live, user=user)
    return user


def test_the_table_has_every_address():
    assert NAMES == [
        "add_minute",
        "attending",
        "back",
        "begin",
        "clear",
        "darken",
        "decide",
        "emergency",
        "go",
        "go_alone",
        "go_to",
        "helper",
        "hide",
        "lead",
        "move",
        "rehearse",
        "reveal",
        "spotlight",
        "start_time",
    ]


def nobody(live):
    return None


def attendee(live):
    return factories.known_visitor().user


def leader_of_another(live):
    return leading(room())


def former_leader(live):
    user = leading(live)
    Leader.objects.filter(live=live, user=user).delete()
    return user


def no_staff_any_more(live):
    user = leading(live)
    type(user).objects.filter(pk=user.pk).update(is_staff=False)
    user.refresh_from_db()
    return user


@pytest.mark.parametrize("who", [attendee, leader_of_another, former_leader, no_staff_any_more])
def test_for_others_there_is_no_such_page(client, who):
    live = to(room(), Kind.QUESTION)
    voice(live)
    before = LiveCafe.objects.filter(pk=live.pk).values().get()
    client.force_login(who(live))
    assert client.get(reverse("live:lead", args=[live.pk])).status_code == 404
    sent = {"beurt": live.turn, "gezien": f"{live.voices.first().pk}.1", "doe": "goed", "leeg": "ja", "alleen": "ja"}
    for url in addresses(live):
        assert client.post(url, sent).status_code == (405 if url.endswith((f"/{live.pk}/", ".pdf")) else 404), url
    assert LiveCafe.objects.filter(pk=live.pk).values().get() == before
    assert live.voices.waiting().count() == 1 and not live.helper_keys.exists()


def test_who_is_not_logged_in_or_whose_access_ended_logs_in_first(client):
    live = to(room(), Kind.QUESTION)
    voice(live)
    user = leading(live)
    client.force_login(user)
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    for url in addresses(live):
        answer = client.post(url, {"beurt": live.turn})
        assert answer.status_code == 405 or answer.url.startswith("/beheer/login/"), url
    assert again(live).turn == live.turn
    client.logout()
    assert client.get(reverse("live:lead", args=[live.pk])).url.startswith("/beheer/login/")


def test_who_was_asked_for_one_café_leads_that_one(client):
    live, other = room(), room()
    client.force_login(leading(live))
    assert client.get(reverse("live:lead", args=[live.pk])).status_code == 200
    assert client.get(reverse("live:lead", args=[other.pk])).status_code == 404


def test_who_was_asked_for_one_café_loses_it_when_its_room_closes_and_who_may_change_cafés_does_not(client):
    live = to(room(), Kind.QUESTION)
    made = voice(live)
    user = leading(live)
    LiveCafe.objects.filter(pk=live.pk).update(closed_at=timezone.now())
    client.force_login(user)
    sent = {"gezien": made.seen, "doe": "goed"}
    assert client.get(reverse("live:lead", args=[live.pk])).status_code == 404
    assert client.post(reverse("live:decide", args=[live.pk]), sent).status_code == 404
    assert live.voices.waiting().get() == made
    client.force_login(factories.coordinator(email="baas@example.com"))
    assert client.get(reverse("live:lead", args=[live.pk])).status_code == 200
    assert client.post(reverse("live:helper", args=[live.pk])).status_code == 410
    assert not live.helper_keys.exists()


def test_without_the_second_factor_nobody_leads(client, settings):
    settings.DEMO = False
    live = room()
    client.force_login(leading(live))
    assert client.get(reverse("live:lead", args=[live.pk])).status_code == 302
