"""Triggers on what the room shows, installed by the migration of this app: on proxies of the models of other apps.

They fire on visibility, words and place, and on hands that are typed from paper, never for a thumb, a sticker or a
vote: a change of these raises the version of the room in the transaction that writes it. Nobody but the room pays:
without a voice or a scene nothing is written.
"""

import pgtrigger

from events.models import Cafe
from live.models.cafes import CHANNEL, WAITS
from live.models.kinds import Kind
from polls.models import HandsOnPaper, StickerRound, Wensbeeld
from posts.models import Post


def changed(*columns: str) -> pgtrigger.Condition:
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    return pgtrigger.Condition(f"(({old}) IS DISTINCT FROM ({new}))")


def raises(rooms: str, *columns: str) -> pgtrigger.Trigger:
    """Raises the version of the open rooms of which the SQL `rooms` gives the keys, when one of `columns` changes.

    Without columns also with each new row.
    """
    return pgtrigger.Trigger(
        # In the order of names this comes behind the triggers that lock a tally or a round.
        name="zz_room_shows_it",
        when=pgtrigger.After,
        operation=pgtrigger.Update if columns else pgtrigger.Insert | pgtrigger.Update,
        condition=changed(*columns) if columns else None,
        func=f"""
            UPDATE live_livecafe SET version = version WHERE closed_at IS NULL AND id IN ({rooms});
            RETURN NULL;
        """,  # noqa: S608, all of it is ours
    )


class LivePost(Post):
    class Meta:
        proxy = True
        triggers = [
            raises(
                "SELECT live_id FROM live_voice WHERE post_id = NEW.id AND number IS NOT NULL",
                *("version", "published_at", "removed_at", "erased_at", "question_id"),
            ),
            # What waits is told to who reads along, and is in nothing that others get.
            pgtrigger.Trigger(
                name="zz_room_waits_for_it",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=changed("version", "published_at", "removed_at"),
                func=f"""
                    PERFORM pg_notify('{CHANNEL}', live_id || ' {WAITS}') FROM live_voice
                    WHERE post_id = NEW.id AND number IS NULL;
                    RETURN NULL;
                """,
            ),
        ]


class LiveEvent(Cafe):
    """Called off, moved or renamed: screen and phones hear it at once."""

    class Meta:
        proxy = True
        triggers = [
            raises(
                "SELECT id FROM live_livecafe WHERE cafe_id = NEW.id",
                *("called_off_at", "starts_at", "ends_at", "published_at", "title"),
            )
        ]


class LiveIdeas(StickerRound):
    class Meta:
        proxy = True
        triggers = [raises("SELECT live_id FROM live_scene WHERE round_id = NEW.id", "version")]


class LiveHands(HandsOnPaper):
    """What is typed after the result was shown stands in it: on screen and phones too, while the room is there."""

    class Meta:
        proxy = True
        triggers = [
            raises(
                "SELECT live_id FROM live_scene WHERE poll_id = "
                "(SELECT poll_id FROM polls_choice WHERE id = NEW.choice_id)"
            )
        ]


class LiveWensbeeld(Wensbeeld):
    class Meta:
        proxy = True
        triggers = [
            raises(
                f"SELECT live_id FROM live_scene WHERE kind = '{Kind.WENSBEELDEN.value}'",  # noqa: S608
                *("version", "published_at", "removed_at"),
            )
        ]
