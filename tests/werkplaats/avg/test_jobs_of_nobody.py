"""A job that a worker is at when its person is erased: it finds nothing, and sends nothing."""

import inspect

import pytest
from procrastinate.contrib.django import app

from tests.conftest import Context

OF_SOMEBODY = {"user_id", "registration_id", "letter_id", "post_id", "told_id", "voice_id", "notice_id", "report_id"}


def about_rows():
    """The jobs that are called with the key of a row of somebody."""
    for name, task in sorted(app.tasks.items()):
        ids = [each for each in inspect.signature(task.func).parameters if each.endswith("_id")]
        if OF_SOMEBODY & {*ids}:
            yield name, ids


@pytest.mark.django_db
def test_each_job_that_finds_its_row_gone_ends_quietly(mailbox, monkeypatch):
    names = list(about_rows())
    assert len(names) > 15
    for name, ids in names:
        kind = {"kind": "posts.Report"} if "kind" in inspect.signature(app.tasks[name].func).parameters else {}
        job = type("Job", (), {"id": 1, "task_name": name, "attempts": 0, "task_kwargs": {}})()
        arguments = dict.fromkeys(ids, 999_999) | kind
        needs_context = app.tasks[name].pass_context
        app.tasks[name].func(*([Context(job)] if needs_context else []), **arguments)
    assert mailbox() == []
