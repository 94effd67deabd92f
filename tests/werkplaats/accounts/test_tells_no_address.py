"""Logging in does not tell whether an address is known, of staff, shut out, or has a second factor."""

import re
import statistics
import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import caches
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.helpers import factories
from tests.helpers.logging_in import CONFIRM, LOGIN
from werkplaats.accounts.models import Letter
from werkplaats.people.models import User

pytestmark = pytest.mark.django_db
UNKNOWN = "onbekend@example.org"
KNOWN = {
    "proven": lambda: User.objects.confirmed("bekend@example.org"),
    "unproven": lambda: factories.user(email="nieuw@example.org"),
    "staff": lambda: factories.coordinator(email="staf@example.org"),
    "shut out": lambda: factories.user(email="weg@example.org", is_active=False),
    "with a second factor": lambda: second_factor(factories.user(email="slot@example.org")),
}
CHANGES = r"[\w.]+@example\.org|name=\"csrfmiddlewaretoken\" value=\"\w+\""


def second_factor(user: User) -> User:
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    Letter.objects.all().delete()  # that it was set
    ProcrastinateJob.objects.all().delete()
    return user


@pytest.fixture(autouse=True)
def no_limits_of_another_test():
    caches["default"].clear()


def told(answer) -> tuple:
    """All that an answer tells, except what is another one each time."""
    cookies = {name: (morsel["max-age"], bool(morsel.value)) for name, morsel in answer.cookies.items()}
    headers = {name: value for name, value in answer.headers.items() if name not in ("Content-Length", "Expires")}
    return answer.status_code, headers, cookies, re.sub(CHANGES, "", answer.text)


def walk(email: str) -> list[tuple]:
    """Asks for a code as often as one may and once more, then types wrong ones until it is over."""
    browser = Client()
    steps = [browser.post(LOGIN, {"email": email, "next": "/mijn-cafes/"})]
    steps += [browser.get(CONFIRM), browser.get(LOGIN)]
    steps += [browser.post(CONFIRM, {"code": code}) for code in ("", "AAAA-AAAA", "BBBB-BBBB", "CCCC", "D" * 500, "E")]
    steps += [browser.get(LOGIN), browser.get(CONFIRM), browser.get("/accounts/2fa/authenticate/")]
    steps += [Client().post(LOGIN, {"email": email}) for _ in range(3)]
    return [told(each) for each in steps]


@pytest.mark.parametrize("who", KNOWN)
def test_every_step_is_the_same_as_for_an_address_that_nobody_knows(who):
    known = KNOWN[who]().email
    for number, (of_known, of_unknown) in enumerate(zip(walk(known), walk(UNKNOWN), strict=True)):
        assert of_known == of_unknown, number
    mails = [Letter.objects.filter(to=email).count() for email in (known, UNKNOWN)]
    assert mails == [3, 3]
    assert ProcrastinateJob.objects.count() == 6


def test_it_takes_as_long(settings):
    """Medians of both, taken in turns, are closer than the times of one of them are to each other."""
    settings.ACCOUNT_RATE_LIMITS = {}
    User.objects.confirmed("bekend@example.org")
    took: dict[str, list[float]] = {"bekend@example.org": [], UNKNOWN: []}
    for _ in range(100):
        for email, times in took.items():
            began = time.perf_counter()
            Client().post(LOGIN, {"email": email})
            times.append(time.perf_counter() - began)
    medians = [statistics.median(times) for times in took.values()]
    spread = max(
        statistics.quantiles(times, n=10)[-1] - statistics.quantiles(times, n=10)[0] for times in took.values()
    )
    assert abs(medians[0] - medians[1]) < spread
