"""How many queries each step takes: as many on a desk with 10,000 voices, for one voice and for three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plan.actions import laying, noting, stacks, undoing, writing
from plan.actions.repairing import repair
from plan.models import Stack
from posts.models import Post
from tests.helpers import factories
from tests.plan import helpers
from tests.plan.helpers import seen, shown

pytestmark = pytest.mark.django_db
MANY = 10_000
# With the savepoint that a step is within the transaction of the test, and its release.
FRAME = 2
# Of a step that changes something: the harvest, the act, and the version of the harvest.
STEP = FRAME + 3


# Quicker than people would: what triggers do is said here.
FILL = """
    INSERT INTO plan_fragment (harvest_id, post_id, source_version, live, destinations, version)
    SELECT {harvest}, id, 1, true, 1, 0 FROM posts_post WHERE name = 'Els' ORDER BY id;
    INSERT INTO plan_destination (harvest_id, fragment_id, stack_id, source_version, is_quote, at, version,
        choice, words, decided_by)
    SELECT {harvest}, f.id, {stack}, 1, false, now(), 1, '', '', ''
    FROM plan_fragment f WHERE f.destinations = 1 ORDER BY f.id LIMIT {placed};
    UPDATE plan_fragment SET destinations = 0 WHERE id NOT IN (SELECT fragment_id FROM plan_destination)
"""


@pytest.fixture
def full_desk(desk):
    """10,000 voices, all but 100 of which lie somewhere."""
    said = {"question": desk.question, "name": "Els", "text": "x", "published_at": factories.timezone.now()}
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica; SET LOCAL statement_timeout = '60s'")
        Post.objects.bulk_create([Post(root_id=0, **said) for _ in range(MANY)])
        cursor.execute("UPDATE posts_post SET root_id = id WHERE root_id = 0")
        cursor.execute(FILL.format(harvest=desk.harvest.pk, stack=desk.lines.pk, placed=MANY - 100))
        cursor.execute("SET LOCAL session_replication_role = origin; ANALYZE plan_fragment, plan_destination")
    assert (repair(), desk.harvest.voices_left) == (0, 103)
    return desk


def versions(*stacks_: Stack) -> dict[int, int]:
    return dict(Stack.objects.filter(pk__in=[stack.pk for stack in stacks_]).values_list("pk", "version"))


def counts(desk, number: int) -> dict[str, int]:
    """The queries of each step, with so many voices at once."""
    harvest, by, voices = desk.harvest.pk, desk.anouk, desk.voices[:number]
    taken = {}

    def count(name, act, *args, **more):
        with CaptureQueriesContext(connection) as captured:
            came = act(*args, **more)
        assert came is not None
        taken[name] = len(captured)
        return came

    def cards(stack):
        return shown(*stack.cards_on.filter(fragment__in=voices))

    page = seen(*voices)
    count("lay", laying.lay, harvest, desk.wait.pk, page, by)
    count("lay, the other was first", laying.lay, harvest, desk.lines.pk, page, desk.joris)
    count("move", laying.move, harvest, desk.lines.pk, cards(desk.wait), by)
    count("undo", undoing.undo, harvest, by)
    count("take off", laying.take_off, harvest, cards(desk.wait), by)
    count("settle", laying.settle, harvest, seen(*voices), by, choice="good")
    count("undo settle", undoing.undo, harvest, by)
    made = Stack.objects.get(pk=count("make", stacks.make, harvest, f"Nieuw {number}", by, seen(*voices)).made)
    count("hear", stacks.hear, harvest, made.pk, "Gehoord.", made.version, by)
    count("hear, the other was first", stacks.hear, harvest, made.pk, "Anders.", made.version, desk.joris)
    count("rename", stacks.rename, harvest, made.pk, f"Anders {number}", made.version, by)
    count("choose", stacks.choose, harvest, made.pk, made.version, by, choice="plan")
    count("join", stacks.join, harvest, made.pk, desk.wait.pk, versions(made, desk.wait), by)
    count("split", stacks.split, harvest, desk.wait.pk, cards(desk.wait), f"Los {number}", by)
    one = desk.voices[0].lies_on.get()
    count("decide", laying.decide, harvest, one.pk, one.version, by, choice="next")
    one.refresh_from_db()
    count("quote", laying.quote, harvest, one.pk, one.version, by, source_version=1, is_quote=True)
    count("own steps", undoing.own_steps, harvest, by)
    count("the figure on top", lambda: desk.harvest.voices_left)
    laying.take_off(harvest, shown(*[voice.lies_on.get() for voice in voices]), by)
    return taken


LITERAL = {
    # The stack, the voices with whether they lie there, the new cards, their version.
    "lay": STEP + 4,
    # And what the other did, and where they lie now; no act.
    "lay, the other was first": FRAME + 5,
    "move": STEP + 7,
    "undo": STEP + 6,
    "take off": STEP + 5,
    "settle": STEP + 3,
    "undo settle": STEP + 5,
    "make": STEP + 5,
    "hear": STEP + 2,
    "hear, the other was first": FRAME + 5,
    "rename": STEP + 4,
    "choose": STEP + 4,
    "join": STEP + 9,
    "split": STEP + 9,
    "decide": STEP + 4,
    "quote": STEP + 5,
    "own steps": 1,
    "the figure on top": 1,
}


@pytest.mark.prove  # filling it takes a minute on a busy machine; the empty one below has the same figures
def test_steps_take_as_many_queries_on_a_full_desk_and_for_more_voices(full_desk):
    taken = {number: counts(full_desk, number) for number in (1, 3)}
    assert taken == {1: LITERAL, 3: LITERAL}
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + str(full_desk.harvest.fragments.without_destination().values("pk").query))
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "voices_without_destination" in plan, "the figure on top reads its own index"


def test_they_take_as_many_on_an_empty_one(desk):
    assert counts(desk, 3) == LITERAL


def test_lines_and_links_take_as_many_for_one_as_for_a_hundred(desk):
    notes = noting.open_meeting(desk.harvest.pk, "avond", factories.timezone.localdate(), desk.anouk)
    for number in (1, 100):
        lines = [noting.Line(helpers.uuid.uuid4(), f"regel {n}") for n in range(number)]
        with CaptureQueriesContext(connection) as captured:
            noting.write(notes.pk, lines, desk.anouk)
        assert len(captured) == FRAME + 5
    sentence = writing.add_sentence(writing.add_chapter("Basis").pk, "Zin.", desk.anouk)
    with CaptureQueriesContext(connection) as captured:
        writing.link(sentence.pk, desk.anouk, stack_id=desk.wait.pk)
    assert len(captured) == FRAME + 10
