"""What counts as said, and where it belongs, in SQL: for the triggers, and for who makes good what they missed.

Each kind says of its rows: the version, whether they may be read now, and to which question, café or design cycle they
belong. Where that is none, to the one harvest that belongs to nothing.
"""

from dataclasses import dataclass

# Reactions to the sentences of the plan are one harvest: that of the question of which these are parts.
# What may be read is what `PostQuerySet.readable` finds: public, not removed, in a thread that begins in public.
POSTS = """
    SELECT post.id, post.version, COALESCE(question.parent_id, post.question_id) AS question_id,
        NULL::bigint AS cafe_id, NULL::bigint AS cycle_id,
        post.published_at IS NOT NULL AND post.removed_at IS NULL AND root.published_at IS NOT NULL AS live
    FROM posts_post post JOIN posts_post root ON root.id = post.root_id
    LEFT JOIN posts_question question ON question.id = post.question_id AND question.kind = 'plan'
    WHERE {which}
"""
# The question that was open when it was sent in. Between two questions, the one before.
WENSBEELDEN = """
    SELECT beeld.id, beeld.version, (
            SELECT question.id FROM posts_question question
            WHERE question.kind = 'asked' AND question.opened_at <= beeld.created_at
            ORDER BY question.closed_at IS NULL OR question.closed_at > beeld.created_at DESC,
                question.opened_at DESC, question.id DESC
            LIMIT 1
        ) AS question_id, NULL::bigint AS cafe_id, NULL::bigint AS cycle_id,
        beeld.published_at IS NOT NULL AND beeld.removed_at IS NULL AS live
    FROM polls_wensbeeld beeld WHERE {which}
"""
# What was joined is heard through the wording that stands for it, as it is in the result of the round.
IDEAS = """
    SELECT idea.id, idea.version, NULL::bigint AS question_id, NULL::bigint AS cafe_id, round.cycle_id,
        idea.removed_at IS NULL AND idea.joined_into_id IS NULL AS live
    FROM polls_idea idea JOIN polls_stickerround round ON round.id = idea.round_id WHERE {which}
"""
# A result, from when it can be voted in; of a room when it was shown there, to what that café asked. Votes change
# nothing here: it is read when it is shown.
POLLS = """
    SELECT poll.id, 1 AS version, COALESCE(poll.room_question_id, poll.placed_with_id) AS question_id,
        NULL::bigint AS cafe_id, NULL::bigint AS cycle_id,
        CASE WHEN poll.is_of_room THEN poll.room_result IS NOT NULL
            ELSE COALESCE(poll.opens_at <= now(), true) END AS live
    FROM polls_poll poll WHERE {which}
"""
NOTES = """
    SELECT note.id, note.version, harvest.question_id, harvest.cafe_id, harvest.cycle_id, true AS live
    FROM plan_note note JOIN plan_notes notes ON notes.id = note.notes_id
    JOIN plan_harvest harvest ON harvest.id = notes.harvest_id WHERE {which}
"""
THERE = "harvest.question_id, harvest.cafe_id, harvest.cycle_id"
# In the transaction of what was said, so it must not wait for who sorts: it locks no harvest.
KEEP = """
    INSERT INTO plan_harvest (question_id, cafe_id, cycle_id, version)
    SELECT DISTINCT said.question_id, said.cafe_id, said.cycle_id, 0 FROM ({said}) said
    WHERE said.live AND NOT EXISTS (
        SELECT FROM plan_harvest harvest
        WHERE ({there}) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)
    )
    ON CONFLICT DO NOTHING;

    INSERT INTO plan_fragment AS f ({kind}_id, harvest_id, source_version, live, destinations, version)
    SELECT said.id, harvest.id, said.version, true, 0, 0
    FROM ({said}) said
    JOIN plan_harvest harvest ON ({there}) IS NOT DISTINCT FROM (said.question_id, said.cafe_id, said.cycle_id)
    LEFT JOIN plan_fragment known ON known.{kind}_id = said.id
    WHERE said.live AND (
        known.id IS NULL OR NOT known.live OR known.source_version <> said.version OR {moved}
    )
    ORDER BY said.id
    ON CONFLICT ({kind}_id) DO UPDATE
    SET harvest_id = {place}, source_version = EXCLUDED.source_version, live = true;

    UPDATE plan_fragment f SET live = false, source_version = said.version FROM ({said}) said
    WHERE f.{kind}_id = said.id AND NOT said.live AND (f.live OR f.source_version <> said.version);
"""
ERASED = """
    DELETE FROM plan_fragment f USING posts_post post
    WHERE f.post_id = post.id AND (post.erased_at IS NOT NULL OR post.child_at IS NOT NULL) AND {which};
"""
OF_A_CHILD = """
    DELETE FROM plan_fragment f USING polls_wensbeeld beeld
    WHERE f.wensbeeld_id = beeld.id AND beeld.child_at IS NOT NULL AND {which};
"""


@dataclass(frozen=True)
class Kind:
    """One kind of things said. `stays`: it remains in the harvest in which it was first."""

    name: str
    said: str
    stays: bool = False
    gone: str = ""

    def keep(self, which: str) -> str:
        """Statements that make the fragments right of the rows for which the condition `which` holds, and no others.

        Doing it twice does no harm. In `which` the rows are called post, beeld, idea (of round), poll, note (of notes).
        """
        moved, place = "known.harvest_id <> harvest.id", "EXCLUDED.harvest_id"
        if self.stays:
            moved, place = "false", "f.harvest_id"
        said = self.said.format(which=which)
        keep = KEEP.format(kind=self.name, said=said, there=THERE, moved=moved, place=place)
        return self.gone.format(which=which) + keep


POST = Kind("post", POSTS, gone=ERASED)
WENSBEELD = Kind("wensbeeld", WENSBEELDEN, stays=True, gone=OF_A_CHILD)
IDEA = Kind("idea", IDEAS)
POLL = Kind("poll", POLLS)
NOTE = Kind("note", NOTES)
EVERY_KIND = (POST, WENSBEELD, IDEA, POLL, NOTE)
