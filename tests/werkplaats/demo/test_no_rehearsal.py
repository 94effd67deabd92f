"""Where there is no rehearsal to load, nothing changes."""

import io

import pytest
from django.core.management import CommandError, call_command

from plan.models import Harvest
from posts.models import Post
from tests.werkplaats.demo.test_loadrehearsal import load, rows
from werkplaats.demo.management.commands import loadrehearsal

pytestmark = pytest.mark.django_db


@pytest.fixture
def compared(monkeypatch):
    """The harvests that were compared."""
    harvests: list[Harvest] = []
    monkeypatch.setattr(loadrehearsal.comparing, "compare", harvests.append)
    return harvests


def test_a_demo_that_was_changed_too_much_stays_as_it_is(compared):
    call_command("loaddemo", verbosity=0, stdout=io.StringIO())
    Post.objects.filter(text__startswith="Korte lijnen!").update(text="Iets heel anders.")
    before = rows()

    with pytest.raises(CommandError, match="te veel veranderd"):
        load()

    assert rows() == before and compared == []


def test_a_real_site_gets_no_rehearsal(compared):
    call_command("loaddemo", "--alleen-teksten", verbosity=0, stdout=io.StringIO())

    assert "Er is niets veranderd" in load()

    assert not Post.objects.exists() and compared == []
