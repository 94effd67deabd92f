"""A mail server that says nothing, refuses, forgets to say yes, and then accepts: no mail is lost or overtaken.

The time-out is the test's, and time between tries passes because the test says so.
"""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from events.models.registrations import Registration
from tests.events import mailing
from tests.helpers import factories
from tests.helpers.mailserver import time_passes, work
from werkplaats.laptop.processes import until
from werkplaats.mail.sending import reference_of

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 3


def mail_jobs():
    """The worker adds jobs of its own, for what comes back by the clock."""
    return ProcrastinateJob.objects.filter(queue_name="mail").order_by("pk")


def test_every_mail_arrives_in_order_whatever_the_server_does(client, mail_server, settings):
    cafe, server = factories.cafe(), mail_server
    answers = []
    for number, mood in enumerate(["silent", "refuse", "forget"]):
        server.mood, asked = mood, server.asked
        settings.MAILERS["default"]["OPTIONS"]["timeout"] = {"silent": 0.2, "refuse": 10, "forget": 1}[mood]
        guest = {"wish": "room", "name": "Gast", "email": f"gast{number}@example.org"}
        answers.append(client.post(f"/cafes/{cafe.slug}/aanmelden/", guest).status_code)
        own = Registration.objects.get(email=guest["email"]).get_absolute_url()
        answers.append(client.post(f"{own}wijzigen/", {"wish": "online", "name": "Gast"}).status_code)
        time_passes()
        work()
        assert server.asked > asked and until(lambda: not server.going_on, 60)
        assert bool(server.mails) == (mood == "forget")
        assert set(mail_jobs().values_list("status", flat=True)) == {"todo"}
    assert answers == [302] * 6

    forgotten, server.mood = len(server.mails), "accept"
    settings.MAILERS["default"]["OPTIONS"]["timeout"] = 10
    for _ in range(6):
        if time_passes():
            work()
    assert set(mail_jobs().values_list("status", flat=True)) == {"succeeded"}
    jobs = [reference_of(mailing.Context(job)) for job in mail_jobs().order_by("pk")]
    for number in range(PEOPLE):
        mails = [mail for mail in server.mails if mail["To"] == f"gast{number}@example.org"]
        ids = [mail["Message-ID"].strip("<").partition("@")[0] for mail in mails]  # of their jobs
        assert list(dict.fromkeys(ids)) == jobs[2 * number : 2 * number + 2]  # each, in order
        assert ids == sorted(ids, key=jobs.index)
        assert [mail["Subject"].split(" ")[0] for mail in mails[-2:]] == ["Je", "Je"]
    # What the server had taken without a yes came once more, the same.
    twice = server.mails[:forgotten]
    assert len(server.mails) == forgotten + 2 * PEOPLE and forgotten
    for mail in twice:
        (again,) = [other for other in server.mails[forgotten:] if other["Message-ID"] == mail["Message-ID"]]
        assert again["Subject"] == mail["Subject"]
