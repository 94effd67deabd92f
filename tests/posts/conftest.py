import email.policy
from pathlib import Path

import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def no_counts_of_another_test(request):
    """Codes are counted in a table that a test with real transactions does not sweep."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        caches["default"].clear()


@pytest.fixture
def browser_of():
    """A function that gives the browser of a visitor."""
    from tests.helpers import browsers

    return browsers.browser_of


class Context:
    """What a job gets from the worker, as far as a mail looks at it."""

    def __init__(self, job):
        self.job = job


@pytest.fixture
def mailbox(tmp_path, settings):
    """A function that does all jobs in the queue, and returns their mails in order."""
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.models import ProcrastinateJob

    folder = {"BACKEND": "werkplaats.mail.FolderBackend", "OPTIONS": {"folder": tmp_path}}
    settings.MAILERS = {"default": folder}

    def deliver():
        for job in ProcrastinateJob.objects.order_by("pk"):
            app.tasks[job.task_name](Context(job), **job.args)
        ProcrastinateJob.objects.all()._raw_delete(using="default")
        mails = []
        for file in sorted(Path(tmp_path).iterdir()):
            mails.append(email.message_from_bytes(file.read_bytes(), policy=email.policy.default))
            file.unlink()
        return mails

    return deliver


@pytest.fixture
def image_row(db):
    """A function that gives the row of a stored picture, without its files."""
    import secrets

    from werkplaats.pictures.models import Picture

    return lambda **fields: Picture.objects.create(
        **{"name": secrets.token_hex(16), "width": 640, "height": 480, **fields}
    )
