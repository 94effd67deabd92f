"""A thumb, a sticker and a vote cost nothing more: none of the triggers of this app runs, nor is there one to ask."""

import pytest
from django.db import connection

from plan.models import Fragment
from posts.models import Post, Thumb
from tests.helpers import factories

pytestmark = pytest.mark.django_db

LISTENS = """
    SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'pgtrigger\\_voice\\_%' ORDER BY 1
"""


def since(before: dict[str, int]) -> dict[str, int]:
    now = calls()
    return {name: number - before.get(name, 0) for name, number in now.items() if number != before.get(name, 0)}


def calls() -> dict[str, int]:
    """How often each trigger function ran in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT funcname, calls FROM pg_stat_xact_user_functions")
        return {name.removeprefix("pgtrigger_")[:-6]: number for name, number in cursor.fetchall()}


@pytest.fixture
def counting(db):
    with connection.cursor() as cursor:
        cursor.execute("SET track_functions = 'pl'")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET track_functions")


def test_thumbs_stickers_and_votes_run_no_trigger_of_the_plan(counting):
    post, visitor = factories.post(), factories.visitor()
    poll, round = factories.poll(), factories.sticker_round(groups=1, ideas=1)
    idea = round.ideas.get()
    for act, own in [
        (lambda: Thumb.objects.wish(post.pk, visitor.pk, 1), set()),
        (lambda: Thumb.objects.wish(post.pk, visitor.pk, -1), set()),
        (lambda: Thumb.objects.wish(post.pk, visitor.pk, None), set()),
        (lambda: factories.sticker(idea, 1, visitor), {"counts_stickers"}),
        (lambda: idea.stickers.update(colour=3), {"counts_stickers"}),
        (lambda: factories.vote(poll, visitor, poll.choices.first()), {"keeps_tally"}),
        (lambda: poll.ballots.all().delete(), {"keeps_tally"}),
    ]:
        before = calls()
        act()
        ran = since(before)
        assert ran.keys() >= own and ran, "the control: what runs is seen"
        assert not [name for name in ran if name.startswith(("voice", "counts_destinations", "recounts"))]


def test_what_changes_nothing_that_is_read_runs_none_either(counting):
    post = factories.post()
    before = calls()
    Post.objects.filter(pk=post.pk).update(pinned_at=post.created_at, vetted_at=post.created_at, email="")
    assert "raises_version" in since(before)
    assert "voice_changes" not in since(before)
    Post.objects.filter(pk=post.pk).update(text="Anders.")  # the control
    assert since(before)["voice_changes"] == 1
    assert Fragment.objects.get(post=post).source_version == 2


def test_no_table_that_a_room_writes_to_has_a_trigger_of_the_plan(db):
    with connection.cursor() as cursor:
        cursor.execute(LISTENS)
        tables = {name for (name,) in cursor.fetchall()}
    assert tables == {
        *("posts_post", "polls_wensbeeld", "polls_idea", "polls_poll", "polls_stickerround", "events_cafe"),
        *("plan_note", "plan_notes"),
    }
