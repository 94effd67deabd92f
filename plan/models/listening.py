"""Triggers on what was said, installed by the migration of this app: on proxies of the models of the other apps.

They fire when it is made or deleted, and when its version, its visibility or its place changes; never for a thumb, a
sticker or a vote, which change other tables. `UPDATE OF version` would not see a version that a trigger raises: it
looks at what the statement names. So the condition is a WHEN.

Triggers fire in the order of their names. These sort behind those that lock the tally of a thread and the version of a
round: of two that publish an answer and its root at the same moment, the second waits there, and then sees the first.
"""

from typing import Any

import pgtrigger

from events.models import Cafe
from plan.models.voices import IDEA, NOTE, POLL, POST, WENSBEELD, Kind
from polls.models import Idea, Poll, StickerRound, Wensbeeld
from posts.models import Post


def changed(*columns: str) -> pgtrigger.Condition:
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    return pgtrigger.Condition(f"(({old}) IS DISTINCT FROM ({new}))")


def listens(kind: Kind, row: str, *columns: str, begins: str = "true") -> list[pgtrigger.Trigger]:
    """Makes and keeps the fragment of a row, which the SQL of its kind calls `row`; `columns` are what it looks at.

    Where `begins` is not so of a new row, it may not be read yet.
    """
    keep = kind.keep(f"{row}.id = NEW.id") + "RETURN NULL;"
    gone = f"DELETE FROM plan_fragment WHERE {kind.name}_id = OLD.id; RETURN NULL;"  # noqa: S608, all of it is ours
    insert, update, delete = pgtrigger.Insert, pgtrigger.Update, pgtrigger.Delete
    return [
        pgtrigger.Trigger(
            name="voice_begins",
            when=pgtrigger.After,
            operation=insert,
            condition=pgtrigger.Condition(f"({begins})"),
            func=keep,
        ),
        pgtrigger.Trigger(
            name="voice_changes", when=pgtrigger.After, operation=update, condition=changed(*columns), func=keep
        ),
        pgtrigger.Trigger(name="voice_ends", when=pgtrigger.After, operation=delete, func=gone),
    ]


def moves(column: str, func: str, **more: Any) -> pgtrigger.Trigger:
    """Brings voices along when what they belong to belongs to something else: `column` of it."""
    return pgtrigger.Trigger(
        name="voice_moves",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf(column),
        condition=changed(column),
        func=func,
        **more,
    )


# What was told of it to the browser that typed it is its person's from now on, at once on the page of their own; no
# letter goes. Whoever typed it may have answered, or agreed to a name under a refusal: its person is asked anew.
CLAIMED = """
    INSERT INTO plan_told (publication_id, user_id, key, at)
    SELECT row.publication_id, NEW.author_id, gen_random_uuid(), now()
    FROM plan_toldvoice row JOIN plan_fragment f ON f.id = row.fragment_id
    WHERE f.post_id = NEW.id
    ON CONFLICT DO NOTHING;

    WITH moved AS (
        UPDATE plan_toldvoice row SET told_id = theirs.id, named_at = NULL,
            answer = '', meant = '', answered_at = NULL, reply = '', replied_by_id = NULL, replied_at = NULL,
            version = row.version + 1
        FROM plan_fragment f, plan_told was, plan_told theirs
        WHERE f.post_id = NEW.id AND row.fragment_id = f.id AND was.id = row.told_id
            AND theirs.publication_id = row.publication_id AND theirs.user_id = NEW.author_id AND theirs.id <> was.id
        RETURNING row.id, was.id AS told_id
    )
    DELETE FROM plan_told told USING moved
    WHERE told.id = moved.told_id AND told.visitor_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM plan_toldvoice other WHERE other.told_id = told.id AND other.id NOT IN (SELECT id FROM moved)
    );
    RETURN NULL;
"""


class PostVoice(Post):
    class Meta:
        proxy = True
        default_permissions = ()
        triggers = [
            *listens(
                POST,
                "post",
                *("version", "question_id", "published_at", "removed_at", "erased_at", "child_at"),
                begins="NEW.published_at IS NOT NULL",
            ),
            pgtrigger.Trigger(
                name="voice_opens_thread",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "(NEW.parent_id IS NULL AND (OLD.published_at IS NULL) <> (NEW.published_at IS NULL))"
                ),
                func=POST.keep("post.root_id = NEW.id") + "RETURN NULL;",
            ),
            pgtrigger.Trigger(
                name="voice_is_claimed",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("author_id"),
                condition=pgtrigger.Condition(
                    "(NEW.author_id IS NOT NULL AND OLD.author_id IS DISTINCT FROM NEW.author_id)"
                ),
                func=CLAIMED,
            ),
        ]


class WensbeeldVoice(Wensbeeld):
    class Meta:
        proxy = True
        default_permissions = ()
        triggers = listens(
            WENSBEELD,
            "beeld",
            "version",
            "published_at",
            "removed_at",
            "child_at",
            begins="NEW.published_at IS NOT NULL",
        )


class IdeaVoice(Idea):
    class Meta:
        proxy = True
        default_permissions = ()
        triggers = listens(IDEA, "idea", "version", "removed_at", "joined_into_id", "round_id")


class PollVoice(Poll):
    class Meta:
        proxy = True
        default_permissions = ()
        triggers = listens(POLL, "poll", "placed_with_id", "opens_at", "room_question_id", "room_result")


class WhereARoundBelongs(StickerRound):
    """Its ideas go along to another design cycle."""

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = [moves("cycle_id", IDEA.keep("idea.round_id = NEW.id") + "RETURN NULL;")]


class TopicOfCafe(Cafe):
    """Its notes go along to another question: see `HarvestManager.of_cafe`."""

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = [
            moves(
                "topic_id",
                declare=[("of_cycle", "bigint")],
                func="""
                    IF NOT EXISTS (SELECT FROM plan_notes WHERE cafe_id = NEW.id) THEN
                        RETURN NULL;
                    END IF;
                    IF NEW.topic_id IS NULL THEN
                        SELECT min(designcycle_id) INTO of_cycle FROM polls_designcycle_cafes WHERE cafe_id = NEW.id;
                    END IF;
                    INSERT INTO plan_harvest (question_id, cafe_id, cycle_id, version)
                    VALUES (
                        NEW.topic_id, CASE WHEN NEW.topic_id IS NULL AND of_cycle IS NULL THEN NEW.id END, of_cycle, 0
                    )
                    ON CONFLICT DO NOTHING;
                    UPDATE plan_notes SET harvest_id = (
                        SELECT id FROM plan_harvest WHERE CASE
                            WHEN NEW.topic_id IS NOT NULL THEN question_id = NEW.topic_id
                            WHEN of_cycle IS NOT NULL THEN cycle_id = of_cycle
                            ELSE cafe_id = NEW.id
                        END
                    )
                    WHERE cafe_id = NEW.id;
                    RETURN NULL;
                """,
            )
        ]


def note_triggers() -> list[pgtrigger.Trigger]:
    return listens(NOTE, "note", "version")


def notes_triggers() -> list[pgtrigger.Trigger]:
    return [moves("harvest_id", NOTE.keep("note.notes_id = NEW.id") + "RETURN NULL;")]
