"""What the database keeps right when a post is written or changed: its thread and place in it, the tally, the words."""

import pgtrigger

from posts.models.folding import fold_in_sql

# The lock waits for who moves the thread, and holds off who would, until the answer is there to be taken along.
FINDS_ROOT = pgtrigger.Trigger(
    name="finds_root",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    func="""
        IF NEW.parent_id IS NULL THEN
            NEW.root_id = NEW.id;
        ELSE
            SELECT root_id, question_id INTO NEW.root_id, NEW.question_id
            FROM posts_post WHERE id = NEW.parent_id FOR SHARE;
        END IF;
        RETURN NEW;
    """,
)

# What people think of the plan they say under its sentences: no page shows what would stand under the plan as a whole.
NOT_UNDER_THE_PLAN = pgtrigger.Trigger(
    name="not_under_the_plan",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("question_id"),
    condition=pgtrigger.Q(new__parent__isnull=True),
    func="""
        IF EXISTS (SELECT FROM posts_question WHERE id = NEW.question_id AND kind = 'plan' AND parent_id IS NULL) THEN
            RAISE EXCEPTION 'nobody writes under the plan as a whole'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'not_under_the_plan';
        END IF;
        RETURN NEW;
    """,
)

# How many thumbs there are, of all kinds.
GIVEN = "COALESCE((SELECT sum(kind.value::int) FROM jsonb_each_text(thumbs) AS kind), 0)"

KEEP_TALLY = [
    pgtrigger.Trigger(
        name="makes_tally",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        func="""
            IF NEW.parent_id IS NULL THEN
                INSERT INTO posts_posttally (post_id, question_id, created_at)
                VALUES (NEW.id, NEW.question_id, NEW.created_at);
            ELSE
                INSERT INTO posts_posttally (post_id) VALUES (NEW.id);
                UPDATE posts_posttally SET thread_version = thread_version + 1 WHERE post_id = NEW.root_id;
            END IF;
            RETURN NULL;
        """,
    ),
    pgtrigger.Trigger(
        name="touches_thread",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        # First the post, then its root: everyone locks the two in this order.
        func=f"""
            IF NEW.text <> OLD.text AND NEW.text <> '' THEN
                UPDATE posts_posttally SET reworded_at = clock_timestamp(), before = {GIVEN} WHERE post_id = NEW.id;
            END IF;
            IF NEW.parent_id IS NULL THEN
                UPDATE posts_posttally SET thread_version = thread_version + 1,
                    question_id = NEW.question_id, created_at = NEW.created_at,
                    removed = NEW.removed_at IS NOT NULL
                WHERE post_id = NEW.id;
            ELSE
                UPDATE posts_posttally SET thread_version = thread_version + 1 WHERE post_id = NEW.root_id;
            END IF;
            RETURN NULL;
        """,  # noqa: S608, all of it is ours
    ),
]

SAID = fold_in_sql("concat_ws(' ', NEW.text, NEW.name, NEW.meeting)")
# Where erasing empties the row, nothing is left here. The lemmas are of other words then: the worker makes them anew.
KEEP_WORDS = [
    pgtrigger.Trigger(
        name="keeps_words",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("text", "name", "meeting"),
        func=f"""
            INSERT INTO posts_postwords (post_id, words) VALUES (NEW.id, {SAID})
            ON CONFLICT (post_id) DO UPDATE SET words = EXCLUDED.words, lemmas = '', waits = true
            WHERE posts_postwords.words <> EXCLUDED.words;
            RETURN NULL;
        """,  # noqa: S608  our own expression
    ),
    pgtrigger.Trigger(
        name="deletes_words",
        when=pgtrigger.Before,
        operation=pgtrigger.Delete,
        func="DELETE FROM posts_postwords WHERE post_id = OLD.id; RETURN OLD;",
    ),
]
