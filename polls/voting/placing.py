"""The statement that casts a vote."""

from werkplaats.versions import mark_in_sql

# A vote: what the poll says of it, and the vote itself; `shown_polls` goes along, to see what it did. With repeat votes
# on, a number that was never handed out comes from an old page: it is their first vote, twice too.
# A press is for the words on its page: when they are others by now, nothing is written.
VOTE = f"""
    WITH asked AS (
        SELECT poll.id, poll.repeat_votes, choice.id AS choice_id,
            COALESCE(poll.opens_at <= %(now)s, true) AND COALESCE(%(now)s < poll.closes_at, true)
                AND poll.is_of_room = %(in_room)s AS is_open,
            COALESCE(%(words)s::text = {mark_in_sql("poll.question", "choice.text")}, true) AS is_same
        FROM polls_poll poll LEFT JOIN polls_choice choice ON choice.poll_id = poll.id AND choice.id = %(choice)s
        WHERE poll.slug = %(slug)s
    ), given AS (
        INSERT INTO polls_ballot (poll_id, choice_id, visitor_id, number, voted_at)
        SELECT asked.id, asked.choice_id, %(visitor)s, CASE WHEN repeat_votes AND %(number)s <= 1 + (
            SELECT COALESCE(max(number), 0) FROM polls_ballot WHERE poll_id = asked.id AND visitor_id = %(visitor)s
        ) THEN %(number)s ELSE 1 END, %(now)s
        FROM asked WHERE is_open AND choice_id IS NOT NULL AND is_same AND %(visitor)s::uuid IS NOT NULL
        ON CONFLICT (poll_id, visitor_id, number) DO UPDATE
        SET choice_id = EXCLUDED.choice_id, voted_at = EXCLUDED.voted_at
        WHERE NOT (SELECT repeat_votes FROM asked) AND polls_ballot.choice_id <> EXCLUDED.choice_id
        RETURNING number = 1 AND xmax = 0 AS is_first
    )
    SELECT is_open, choice_id IS NOT NULL, is_same, COALESCE((SELECT is_first FROM given), false) FROM asked;
"""  # noqa: S608, all of it is ours
