"""Health, readiness, and what machines ask for."""

from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from tests.helpers.clock import Clock
from werkplaats.site.models import Site
from werkplaats.web.collected import missing


@pytest.mark.django_db
def test_liveness_needs_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert answer.text == "ok"
    assert not answer.cookies


@pytest.mark.django_db
def test_readiness_tells_of_the_worker_but_follows_the_database(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["worker"]) == (200, "silent")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert client.get("/readyz").json()["worker"] == "works"


@pytest.mark.django_db
def test_readiness_tells_how_long_a_job_waits(client, monkeypatch):
    Clock(monkeypatch)
    assert client.get("/readyz").json()["oldest_job"] is None
    with connection.cursor() as cursor:
        for minutes in (3, -60):  # the second is meant for later
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, status, scheduled_at)"
                " VALUES ('mail', 'x', 'todo', %s)",
                [timezone.now() - timedelta(minutes=minutes)],
            )
    assert client.get("/readyz").json()["oldest_job"] == 180


def job(*events: tuple[str, int], status: str = "todo") -> None:
    """A mail job with these events, each so many minutes ago."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, attempts, scheduled_at)"
            " VALUES ('mail', 'x', %s, 1, now() + interval '1 hour') RETURNING id",
            [status],
        )
        (pk,) = cursor.fetchone()
        cursor.execute("DELETE FROM procrastinate_events WHERE job_id = %s", [pk])
        for kind, minutes in events:
            cursor.execute(
                "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, %s, now() - %s * interval '1 minute')",
                [pk, kind, minutes],
            )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("jobs", "alarm"),
    [
        ([], False),
        ([[("deferred_for_retry", 3)]], False),
        ([[("deferred_for_retry", 11), ("deferred_for_retry", 1)]], True),
        ([[("deferred_for_retry", 30)], [("succeeded", 20)]], False),
        ([[("deferred_for_retry", 30), ("deferred_for_retry", 12)], [("succeeded", 20)]], False),
        (
            [[("deferred_for_retry", 30), ("deferred_for_retry", 12), ("deferred_for_retry", 1)], [("succeeded", 20)]],
            True,
        ),
        ([[("failed", 11)]], False),  # one that is refused for good: nobody else asked the server
        ([[("failed", 11)], [("failed", 2)]], True),
    ],
)
def test_a_mail_server_that_refuses_everything_for_ten_minutes_is_an_alarm(client, jobs, alarm):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    for events in jobs:
        job(*events)
    answer = client.get("/readyz?alarm=1")
    assert answer.status_code == (503 if alarm else 200)
    assert ("de mailserver weigert al tien minuten alles" in answer.json()["alarms"]) == alarm
    assert answer.json()["mail_retrying"] == len(jobs)
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(("asked", "alarm"), [(16, True), (14, False)])
def test_a_code_that_expired_while_the_mail_server_refused_ends_no_alarm(client, asked, alarm):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    job(("deferred_for_retry", 30), ("deferred_for_retry", 2))
    job(("deferred", asked), ("deferred_for_retry", 12), ("succeeded", 0))
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET queue_name = 'codes' WHERE id = (SELECT max(id) FROM procrastinate_jobs)"
        )
    assert ("de mailserver weigert al tien minuten alles" in client.get("/readyz").json()["alarms"]) == alarm


@pytest.mark.django_db
def test_a_dead_worker_and_work_that_waits_are_alarms(client):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, scheduled_at)"
            " VALUES ('mail', 'x', 'todo', now() - interval '11 minutes')"
        )
    answer = client.get("/readyz?alarm=1")
    assert answer.status_code == 503
    assert answer.json()["alarms"] == ["de postbode werkt niet", "werk wacht langer dan tien minuten"]


@pytest.fixture
def worker_lives(db):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")


@pytest.mark.parametrize(
    ("hours", "alarm"),
    [([27, 51], ["de laatste back-up is ouder dan 26 uur"]), ([25, 51], []), ([], ["er is geen back-up"])],
)
def test_an_old_back_up_is_an_alarm_where_their_folder_is_known(
    client, settings, tmp_path, worker_lives, coordinator, hours, alarm
):
    for each in hours:
        (tmp_path / f"{timezone.now() - timedelta(hours=each):%Y%m%dT%H%M%SZ}").mkdir()
    # Not whole, and not ours.
    (tmp_path / f".{timezone.now():%Y%m%dT%H%M%SZ}").mkdir()
    (tmp_path / "fotos-van-iemand").mkdir()
    settings.BACKUP_DIR = tmp_path
    answer = client.get("/readyz?alarm=1")
    assert (answer.status_code, answer.json()["alarms"]) == (503 if alarm else 200, alarm)
    assert (answer.json()["backup"] or 0) // 3600 == min(hours, default=0)
    assert client.get("/readyz").status_code == 200
    page = client.get("/beheer/").text
    assert "Back-ups" in page
    assert (alarm[0] if alarm else "De laatste is van ") in page


def test_without_a_folder_nobody_looks_at_back_ups(client, worker_lives, coordinator):
    assert client.get("/readyz?alarm=1").json()["backup"] is None
    assert client.get("/readyz?alarm=1").status_code == 200
    assert "Back-ups" not in client.get("/beheer/").text


def test_a_folder_of_back_ups_that_cannot_be_read_is_an_alarm(client, settings, tmp_path, worker_lives):
    settings.BACKUP_DIR = tmp_path / "weg"
    assert client.get("/readyz?alarm=1").json()["alarms"] == ["er is geen back-up"]


def test_static_files_that_were_not_collected_are_no_readiness(client, settings, tmp_path, worker_lives):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "werkplaats.web.joining.JoinedStaticFilesStorage"},
    }
    with connection.cursor() as cursor:  # collecting may take longer on a busy machine than a transaction may rest
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
    try:
        missing.cache_clear()
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["static"]) == (503, "missing")
        call_command("collectstatic", interactive=False, verbosity=0)
        missing.cache_clear()
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["static"]) == (200, "works")
    finally:
        missing.cache_clear()


@pytest.mark.django_db
def test_security_txt_says_where_to_report_and_is_valid_for_months(client):
    Site.objects.update(security_email="lek@example.org")
    answer = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert fields["Contact"] == "mailto:lek@example.org"
    left = datetime.fromisoformat(fields["Expires"]) - timezone.now()
    assert timedelta(days=100) < left < timedelta(days=365)
    assert answer.headers["Content-Type"].startswith("text/plain")


@pytest.mark.django_db
def test_robots_stay_out_of_what_is_personal(client):
    lines = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /beheer/" in lines
    assert "Disallow: /" not in lines
