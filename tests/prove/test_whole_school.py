"""A full room gets in: 300 people behind one address log in, write, give thumbs and sign up within five minutes."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client

from posts.models.posts import Post
from posts.models.thumb_kinds import UP
from posts.models.thumbs import Thumb
from tests.events import race
from tests.helpers import factories
from tests.helpers.races import until_let_in
from tests.werkplaats.accounts.test_accounts import log_in
from werkplaats.web import programs

pytestmark = pytest.mark.alone

SCHOOL = {"REMOTE_ADDR": "192.0.2.1", "raise_request_exception": False}


@pytest.mark.django_db
def test_300_people_behind_one_address_log_in():
    caches["default"].clear()
    users = [factories.user(email=f"mens{number}@school.example") for number in range(300)]
    start = time.monotonic()
    for user in users:
        client = Client(**SCHOOL)
        assert log_in(client, user.email).headers["Location"] == "/"
    print(f"300 log-ins in {time.monotonic() - start:.0f} s")


@pytest.mark.django_db(transaction=True)
def test_300_people_behind_one_address_write_and_give_thumbs():
    root, role = factories.post(), factories.role()
    question = root.question.get_absolute_url()

    def one(number: int) -> list[int]:
        client = Client(**SCHOOL)
        try:
            said = {
                "text": f"Wat ons helpt is rust, nummer {number}.",
                "name": "Noor",
                "role": role.pk,
                "moment": programs.moment(ago=10),
                "email": f"mens{number}@school.example" if number % 2 else "",
            }
            return [
                until_let_in(lambda: client.get(question)).status_code,
                until_let_in(lambda: client.post(f"/bijdragen/{root.pk}/duim/op/")).status_code,
                until_let_in(lambda: client.post(f"{question}bijdragen/", said)).status_code,
                until_let_in(lambda: client.post(f"/bijdragen/{root.pk}/duim/neer/")).status_code,
            ]
        finally:
            connection.close()

    start = time.monotonic()
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(one, range(300)))
    print(f"300 people wrote and gave thumbs in {time.monotonic() - start:.0f} s")
    assert answers == [[200, 302, 302, 302]] * 300
    assert Post.objects.waiting().count() == 300
    assert Thumb.objects.filter(value=-1).count() == 300


@pytest.mark.django_db(transaction=True)
def test_300_people_behind_one_address_sign_up():
    cafe = factories.cafe(room_capacity=200, online_capacity=100)

    def one(number: int) -> list[int]:
        client = Client(**SCHOOL)
        guest = {"wish": "both", "name": "Noor", "email": f"mens{number}@school.example"}
        try:
            return [
                until_let_in(lambda: client.get(cafe.get_absolute_url())).status_code,
                until_let_in(lambda: client.post(f"/cafes/{cafe.slug}/aanmelden/", guest)).status_code,
            ]
        finally:
            connection.close()

    start = time.monotonic()
    with ThreadPoolExecutor(4) as pool:  # as many as a worker of the site has
        answers = list(pool.map(one, range(300)))
    print(f"300 people signed up in {time.monotonic() - start:.0f} s")
    assert answers == [[200, 302]] * 300
    assert race.seats(cafe) == (200, 100)


@pytest.mark.django_db(transaction=True)
def test_1000_thumbs_of_1000_people_are_1000():
    post = factories.post()

    def one(_):
        client = Client(**SCHOOL)
        try:
            return until_let_in(lambda: client.post(f"/bijdragen/{post.pk}/duim/op/")).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        assert set(pool.map(one, range(1000))) == {302}
    post.refresh_from_db()
    assert (post.tally.count(UP), Thumb.objects.count()) == (1000, 1000)
