"""What the database keeps right of votes: what came before each, the counts, and a series that is nobody's."""

import pgtrigger

from polls.tallies import SHARD

TRIGGERS = [
    pgtrigger.Trigger(
        name="remembers_before",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("number"),
        condition=pgtrigger.Q(new__number__gt=1, new__visitor__isnull=False),
        func="""
            SELECT choice_id INTO NEW.before_id FROM polls_ballot
            WHERE poll_id = NEW.poll_id AND visitor_id = NEW.visitor_id AND number = NEW.number - 1;
            RETURN NEW;
        """,
    ),
    pgtrigger.Trigger(
        name="stays_a_series",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        referencing=pgtrigger.Referencing(old="was", new="became"),
        # A statement that changes nothing would wake it again, for ever.
        func="""
            IF NOT EXISTS (
                SELECT FROM became JOIN was ON was.id = became.id
                WHERE became.visitor_id IS NULL AND was.visitor_id IS NOT NULL
            ) THEN
                RETURN NULL;
            END IF;
            UPDATE polls_ballot ballot SET series = together.first
            FROM (
                SELECT became.id, min(became.id) OVER (PARTITION BY was.poll_id, was.visitor_id) AS first
                FROM became JOIN was ON was.id = became.id
                WHERE became.visitor_id IS NULL AND was.visitor_id IS NOT NULL
            ) together
            WHERE ballot.id = together.id;
            RETURN NULL;
        """,
    ),
    pgtrigger.Trigger(
        name="keeps_tally",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        # In the order of the choices, or two who change their votes the other way round wait for each other.
        func=f"""
            INSERT INTO polls_tally AS t (choice_id, shard, votes, first_votes)
            SELECT choice_id, {SHARD}, sum(votes), sum(first_votes)
            FROM (VALUES
                (OLD.choice_id, -1, -(OLD.number = 1)::int), (NEW.choice_id, 1, (NEW.number = 1)::int)
            ) AS vote (choice_id, votes, first_votes)
            WHERE choice_id IS NOT NULL
            GROUP BY choice_id HAVING sum(votes) <> 0 OR sum(first_votes) <> 0 ORDER BY choice_id
            ON CONFLICT (choice_id, shard) DO UPDATE
            SET votes = t.votes + EXCLUDED.votes, first_votes = t.first_votes + EXCLUDED.first_votes;
            RETURN NULL;
        """,  # noqa: S608, all of it is ours
    ),
]
