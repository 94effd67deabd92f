"""Reads sticker rounds, each with all that stands in it, in one query."""

from django.db import connection

from polls.rounds.board import Board
from polls.rounds.placing import OWN

# How many people placed a sticker that counts. Those with a visitor apart from those whose visitor was emptied: one
# condition for both finds no index.
SCORERS = """
    SELECT count(*) FROM polls_scorer scorer WHERE scorer.round_id = round.id AND EXISTS (
        SELECT FROM polls_sticker s JOIN polls_idea i ON i.id = s.idea_id
        WHERE {same_visitor} AND s.person = scorer.person AND i.round_id = round.id AND i.removed_at IS NULL
    )
"""
KNOWN = SCORERS.format(same_visitor="s.visitor_id = scorer.visitor_id")
EMPTIED = SCORERS.format(same_visitor="s.visitor_id IS NULL AND scorer.visitor_id IS NULL")
# In SQL because it reads a person's stickers in the words of the statement that places one.
READ = f"""
    SELECT round.*, cycle.slug AS cycle_slug, cycle.subject AS cycle_subject,
        ({KNOWN}) + ({EMPTIED}) AS scorer_count,
        ({OWN}) AS own_row,
        (
            SELECT jsonb_agg(jsonb_build_object(
                'id', g.id, 'name', g.name, 'code', g.code,
                'members', (SELECT count(*) FROM polls_member member WHERE member.group_id = g.id),
                'joined', EXISTS (SELECT FROM polls_member m WHERE m.group_id = g.id AND m.visitor_id = %(visitor)s)
            ) ORDER BY g.position, g.id)
            FROM polls_group g WHERE g.round_id = round.id
        ) AS group_rows,
        (
            SELECT jsonb_agg(jsonb_build_object(
                'id', idea.id, 'version', idea.version, 'text', idea.text,
                'group_id', idea.group_id, 'joined_into_id', idea.joined_into_id,
                'hidden', idea.removed_at IS NOT NULL, 'reason', idea.removal_reason,
                'mine', COALESCE(idea.visitor_id = %(visitor)s, false),
                'green', tally.green, 'blue', tally.blue, 'red', tally.red,
                'paper', ARRAY[COALESCE(paper.green, 0), COALESCE(paper.blue, 0), COALESCE(paper.red, 0)],
                'common', COALESCE(common.words, '')
            ) ORDER BY idea.id)
            FROM polls_idea idea
            CROSS JOIN LATERAL (
                SELECT COALESCE(sum(t.green), 0) AS green, COALESCE(sum(t.blue), 0) AS blue,
                    COALESCE(sum(t.red), 0) AS red
                FROM polls_stickertally t WHERE t.idea_id = idea.id
            ) tally
            LEFT JOIN polls_papercount paper ON paper.idea_id = idea.id
            LEFT JOIN polls_commonground common ON common.idea_id = idea.id
            WHERE idea.round_id = round.id AND (idea.removed_at IS NULL OR %(with_hidden)s)
        ) AS idea_rows
    FROM polls_stickerround round LEFT JOIN polls_designcycle cycle ON cycle.id = round.cycle_id
        AND cycle.published_at IS NOT NULL
    WHERE {{where}} ORDER BY round.starts_at NULLS LAST, round.id
"""  # noqa: S608, all of it is ours


def read(model, where: str, key, person=None, *, with_hidden=False) -> list["Board"]:
    """The boards of the rounds for which `where`, which is ours, holds; `key` may be anything that people typed."""
    visitor_id, number = person or (None, 1)
    values = {"key": key, "visitor": visitor_id, "person": number, "with_hidden": with_hidden}
    with connection.cursor() as cursor:
        cursor.execute(READ.format(where=where), values)
        names = [column.name for column in cursor.description]
        return [Board(model, dict(zip(names, row, strict=True))) for row in cursor]
