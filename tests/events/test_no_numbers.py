"""Nothing that a stranger gets holds a number that counts rows.

Who signs up twice, and another address in between, would read from their own numbers whether that address was new.
"""

import re

import pytest
from django.test import Client

from events import tokens
from events.models.registrations import Registration
from tests.events import mailing
from tests.events.test_sign_up import sign_up
from tests.helpers import factories
from tests.helpers.counting import COUNTED, FIRST, count_from_far, counted_in
from tests.helpers.logging_in import log_in

pytestmark = pytest.mark.django_db
OWN = "zelf@example.org"
BUTTONS = {"ik-kom": {}, "wijzigen": {"wish": "online", "name": "Zelf"}, "afmelden": {}, "terug": {}}


@pytest.fixture
def mailbox(settings, tmp_path):
    folder = mailing.folder(settings, tmp_path)
    return lambda: mailing.deliver(folder)


def test_no_mail_page_cookie_or_calendar_of_a_sign_up_tells_a_number_that_counts(mailbox):
    cafe = factories.cafe()
    count_from_far()
    client, seen = Client(), {}
    sign_up(client, cafe, email=OWN)
    made = Registration.objects.get()
    assert made.pk > FIRST
    own = made.get_absolute_url()
    for button, data in BUTTONS.items():
        page = client.get(own)
        version = re.search(r'name="version" value="(\d+)"', page.text)[1]
        seen |= {f"before {button}": page.text}
        after = client.post(f"{own}{button}/", {"version": version, **data}, follow=True)
        assert after.status_code == 200
        seen |= {button: after.text, f"address after {button}": str(after.redirect_chain)}
    seen |= {"calendar": client.get(f"{own}agenda.ics").text.replace("\r\n ", "")}
    seen |= {"door": tokens.entry_token(made)}
    log_in(client, OWN)
    seen |= {"mine": client.get("/mijn-cafes/").text, "feed": client.get("/cafes/agenda.ics").text}
    seen |= {f"cookie {name}": morsel.value for name, morsel in client.cookies.items()}
    mails = mailbox()
    assert len(mails) >= len(BUTTONS)
    told = {where: {*COUNTED.findall(words)} for where, words in seen.items()}
    told |= {f"mail {number} {mail['Subject']}": counted_in(mail) for number, mail in enumerate(mails)}
    assert {where: numbers for where, numbers in told.items() if numbers} == {}


def test_the_link_the_calendar_and_the_door_code_stay_the_same_for_one_sign_up(client):
    cafe = factories.cafe()
    made = factories.registration(cafe, email=OWN, firm=False)

    def names() -> tuple[str, str, str]:
        now = Registration.objects.select_related("cafe").get(pk=made.pk)
        text = client.get(f"{now.get_absolute_url()}agenda.ics").text.replace("\r\n ", "")
        return now.get_absolute_url(), re.search(r"UID:(\S+)", text)[1], tokens.entry_token(now)

    before = names()
    made.confirm()
    made.cancel()
    assert names() == before
    sign_up(Client(), cafe, email=OWN)
    assert names() == before
    other = factories.registration(cafe, email="ander@example.org")
    assert other.key != made.key


@pytest.mark.parametrize("said", ["1-aaaaaaaaaaaaaaaa", "1", "", "x" * 3000, "é"])
def test_a_key_that_names_no_sign_up_opens_nothing(client, coordinator, said):
    cafe = factories.cafe()
    for use, path in (("registration", "aanmelding"), ("entry", "binnen")):
        token = tokens._signer(cafe.slug, use).sign(said)
        assert client.get(f"/cafes/{cafe.slug}/{path}/{token}/").status_code == 404
