"""What causes mails from inside the site, and what a coordinator then sees; called by `manage.py shell` in proofs."""

from django.conf import settings
from django.test import Client

from events.models import Registration
from posts.actions import answers
from tests.helpers import factories
from werkplaats.models import User

COORDINATOR = "coordinator@example.org"


def accounts(addresses: list[str]) -> None:
    """Of people who can ask for a code."""
    for address in addresses:
        User.objects.confirmed(address)


def notices_and_bulk(notices: list[str], bulk: list[str]) -> None:
    """Somebody answers each of `notices`, and a coordinator writes to each of `bulk`."""
    slug = notices[0].partition("@")[0].replace(".", "-")  # each time another process, which counts from one
    question = factories.question(slug=slug)
    for address in notices:
        author = User.objects.confirmed(address)
        root = factories.post(question, author=author, email=address)
        answers.became_public([factories.post(parent=root)])
    cafe = factories.cafe(slug=slug, room_capacity=1000)
    guests = [Registration(cafe=cafe, email=address, name="Gast", seat="room", version=1) for address in bulk]
    Registration.objects.bulk_create(guests)
    by = User.objects.get(email=COORDINATOR)
    cafe.mail_to("message", cafe.registrations.all(), by=by, subject="Hoi", text="Neem iets mee.")


def print_today() -> None:
    """The page «Vandaag», as a coordinator sees it."""
    settings.DEMO = True  # no second factor
    browser = Client(headers={"host": "127.0.0.1"})
    browser.force_login(User.objects.get(email=COORDINATOR))
    print(browser.get("/beheer/").text)
