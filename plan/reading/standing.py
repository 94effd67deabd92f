"""Which publication a public page shows, and all on which it depends: so that it can be kept until something changes.

What was published is fixed. What was said may be taken away at any moment since, a name be allowed under a refusal,
an idea get its counts, and the plan move: the state that `find` gives is another one as soon as any of these does.
"""

from typing import Any, NamedTuple

from django.db import connection

# By the kind of what it is about: its table, and which of its rows everyone may know of.
ABOUT = {
    "question": ("posts_question", "about.kind = 'asked' AND about.opened_at IS NOT NULL OR published.id IS NOT NULL"),
    "cafe": ("events_cafe", "about.published_at IS NOT NULL"),
    "cycle": ("polls_designcycle", "about.published_at IS NOT NULL"),
}
# Where the row stands of which the last publication is asked, or one by its number.
OF_NOTHING = """
    FROM (SELECT NULL::bigint AS id) about
    LEFT JOIN plan_harvest harvest ON num_nonnulls(harvest.question_id, harvest.cafe_id, harvest.cycle_id) = 0
"""
OF_SOMETHING = "FROM {table} about LEFT JOIN plan_harvest harvest ON harvest.{kind}_id = about.id"
# Of the voices under what was heard, the quotes alone, and ideas and polls where there are any. By hand: it is asked
# for each request, and for nothing else but to see that the page that is kept is good.
FIND = """
    SELECT about.id, published.id, published.number, (
            SELECT max(number) FROM plan_publication WHERE harvest_id = harvest.id
        ), (SELECT version FROM plan_plan), (
            SELECT string_agg(concat_ws('.', voice.id, (
                SELECT string_agg(told.publication_id::text, ',' ORDER BY told.publication_id)
                FROM plan_toldvoice told WHERE told.fragment_id = f.id AND told.named_at IS NOT NULL
            )), ' ' ORDER BY voice.id)
            FROM plan_heardvoice voice JOIN plan_fragment f ON f.id = voice.fragment_id
            WHERE voice.publication_id = published.id AND voice.is_quote AND f.live
                AND voice.source_version = f.source_version
        ), (
            SELECT string_agg(erased.id::text, ' ' ORDER BY erased.id) FROM plan_heard erased
            WHERE erased.publication_id = published.id AND erased.erased_at IS NOT NULL
        ), CASE WHEN (published.figures -> 'kinds' ->> 'idea')::int + (published.figures -> 'kinds' ->> 'poll')::int > 0
        THEN (
            SELECT string_agg(concat_ws('.', f.id, f.source_version, round.stage, round.version, (
                SELECT string_agg(concat_ws(',', green, blue, red), ';' ORDER BY shard) FROM polls_stickertally tally
                WHERE tally.idea_id = idea.id
            )), ' ' ORDER BY f.id)
            FROM plan_fragment f LEFT JOIN polls_idea idea ON idea.id = f.idea_id
            LEFT JOIN polls_stickerround round ON round.id = idea.round_id
            WHERE f.harvest_id = harvest.id AND f.live AND (f.idea_id IS NOT NULL OR f.poll_id IS NOT NULL)
        ) END
    {of}
    LEFT JOIN LATERAL (
        SELECT * FROM plan_publication one
        WHERE one.harvest_id = harvest.id AND COALESCE(one.number = %(number)s, %(number)s IS NULL)
        ORDER BY one.number DESC LIMIT 1
    ) published ON true
    WHERE {which}
"""


class State(NamedTuple):
    """`about` is the key of what it is about, `publication` None when nothing was published of it, or not this number.

    `newest` is the number of the last one, None without any; `depends` all else on which the page depends.
    """

    about: int | None
    publication: int | None
    number: int | None
    newest: int | None
    depends: tuple[Any, ...]


def find(kind: str, slug: str, number: int | None) -> State | None:
    """The publication of what has this slug, the last one or that with this number; `kind` "rest" is of nothing.

    None when there is nothing of which everyone may know. One query.
    """
    table, which = ABOUT.get(kind, ("", "true"))
    of = OF_SOMETHING.format(table=table, kind=kind) if table else OF_NOTHING
    which = f"about.slug = %(slug)s AND ({which})" if table else which
    with connection.cursor() as cursor:
        cursor.execute(FIND.format(of=of, which=which), {"slug": slug, "number": number})
        row = cursor.fetchone()
    if row is None:
        return None
    about, publication, asked, newest, *depends = row
    return State(about, publication, asked, newest, tuple(depends))
