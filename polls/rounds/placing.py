"""One statement that places a sticker, and reads all stickers of that person in the round.

It answers every sticker of a full room, so it reads nothing else but the version of the round: the board is kept until
that changes (`StickerRoundManager`).
"""

from django.db import connection

from polls.rounds.board import own_of
from werkplaats.versions import mark_in_sql

SCALE = ("round.green_word", "round.blue_word", "round.red_word")  # what each colour means
# The stickers of one person in a round: the colour by the id of the idea.
OWN = """
    SELECT jsonb_object_agg(sticker.idea_id, sticker.colour)
    FROM polls_sticker sticker JOIN polls_idea idea ON idea.id = sticker.idea_id
    WHERE sticker.visitor_id = %(visitor)s AND sticker.person = %(person)s AND idea.round_id = round.id
"""
READ = f"""
    SELECT round.version, ({OWN}), false, false FROM polls_stickerround round WHERE round.slug = %(slug)s
"""  # noqa: S608, all of it is ours
# In SQL because building this in Python would take longer than all the rest. It reads what was there before the
# sticker. The row of the visitor is locked as for a thumb; the idea as the trigger that counts locks it anyway: who
# waits there for a coordinator who words it anew reads its version again. The role is that of the phone's owner, and
# says nothing of the next person.
PLACE = f"""
    WITH who AS MATERIALIZED (
        SELECT role_id FROM werkplaats_visitor WHERE id = %(visitor)s AND %(person)s = 1 FOR KEY SHARE
    ), placed AS (
        INSERT INTO polls_sticker (idea_id, visitor_id, person, colour, role_id, placed_at)
        SELECT idea.id, %(visitor)s, %(person)s, %(colour)s, (SELECT role_id FROM who), now()
        FROM polls_idea idea JOIN polls_stickerround round ON round.id = idea.round_id
        WHERE idea.id = %(idea)s AND idea.removed_at IS NULL AND round.slug = %(slug)s AND round.stage = 'stickers'
            AND COALESCE(%(version)s::bigint = idea.version, true)
            AND COALESCE(%(words)s::text = {mark_in_sql(*SCALE)}, true)
            AND %(visitor)s::uuid IS NOT NULL
        FOR KEY SHARE OF idea
        ON CONFLICT (idea_id, visitor_id, person)
        DO UPDATE SET colour = EXCLUDED.colour, placed_at = EXCLUDED.placed_at,
            role_id = COALESCE(EXCLUDED.role_id, polls_sticker.role_id)
        RETURNING idea_id
    )
    SELECT round.version, ({OWN}), EXISTS (SELECT FROM placed), EXISTS (SELECT FROM who WHERE role_id IS NULL)
    FROM polls_stickerround round WHERE round.slug = %(slug)s
"""  # noqa: S608, all of it is ours


def ask(statement: str, slug: str, person, **values) -> tuple[int, dict[int, int], bool, bool] | None:
    """The version of the round, the person's stickers, whether one was placed, and whether their role is `unknown`.

    None when there is no such round. Of somebody who took over the phone the role is not asked.

    `person` is a `polls.rounds.person.Person`. Raises IntegrityError, outside a transaction at once, when there is
    no such visitor.
    """
    values |= {"slug": slug, "visitor": person.visitor_id, "person": person.number}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return row and (row[0], own_of(row[1]), *row[2:])
