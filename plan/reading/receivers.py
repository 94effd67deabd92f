"""Who is told what became of their words: whose voices a publication has news of, and how that reaches them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from events.models import Registration
from plan.models import Harvest, Publication, Stack
from plan.reading import guests
from werkplaats import compiled
from werkplaats.models import User
from werkplaats.mutes.models import Kind

# What somebody is told of a voice, in one text for each place where it lies: without the figures and the quotes.
SAYS = """ROW({stack}.heard, {stack}.choice, {stack}.words, {stack}.decided_by, {stack}.decided_on,
    {card}.choice, {card}.words, {card}.decided_by, {card}.decided_on)::text"""
# Where the voices lie now, and where they lay when it was published.
ON_THE_DESK = f"""
    SELECT card.fragment_id, {SAYS.format(stack="stack", card="card")} AS says
    FROM plan_destination card JOIN plan_fragment f ON f.id = card.fragment_id
    LEFT JOIN plan_stack stack ON stack.id = card.stack_id
    WHERE card.harvest_id = %(harvest)s AND f.harvest_id = %(harvest)s AND f.live
"""  # noqa: S608, all of it is ours
PUBLISHED = f"""
    SELECT card.fragment_id, {SAYS.format(stack="heard", card="card")} AS says
    FROM plan_heardvoice card JOIN plan_fragment f ON f.id = card.fragment_id
    LEFT JOIN plan_heard heard ON heard.id = card.heard_id
    WHERE card.publication_id = %(publication)s AND f.live
"""  # noqa: S608, all of it is ours
OF_SEVERAL = PUBLISHED.replace("= %(publication)s", "= ANY(%(publications)s)")
# `fresh`: what was never told to whose it is now, or is another outcome than they were told last. Of these `owned` says
# whose they are: a person whose address is proven theirs, else the browser that wrote. Of what was denied nobody is the
# writer.
WHOSE = f"""
    WITH placed AS ({{placed}}), outcome AS (
        SELECT fragment_id, string_agg(says, E'\\n' ORDER BY says) AS says FROM placed GROUP BY fragment_id
    ), owner AS (
        SELECT f.id AS fragment_id, visitor.id AS visitor_id,
            COALESCE(post.author_id, visitor.user_id) AS person_id
        FROM outcome JOIN plan_fragment f ON f.id = outcome.fragment_id
        LEFT JOIN posts_post post ON post.id = f.post_id
        LEFT JOIN polls_wensbeeld beeld ON beeld.id = f.wensbeeld_id
        LEFT JOIN polls_idea idea ON idea.id = f.idea_id
        LEFT JOIN werkplaats_visitor visitor
            ON visitor.id = COALESCE(post.visitor_id, beeld.visitor_id, idea.visitor_id) AND post.denied_at IS NULL
    ), last AS (
        SELECT DISTINCT ON (owner.fragment_id) owner.fragment_id, row.publication_id
        FROM owner JOIN plan_toldvoice row ON row.fragment_id = owner.fragment_id
        JOIN plan_told told ON told.id = row.told_id
        WHERE told.user_id = owner.person_id OR told.visitor_id = owner.visitor_id
        ORDER BY owner.fragment_id, row.id DESC
    ), before AS (
        SELECT last.fragment_id, string_agg(told.says, E'\\n' ORDER BY told.says) AS says
        FROM last JOIN LATERAL (
            SELECT {SAYS.format(stack="heard", card="card")} AS says
            FROM plan_heardvoice card LEFT JOIN plan_heard heard ON heard.id = card.heard_id
            WHERE card.publication_id = last.publication_id AND card.fragment_id = last.fragment_id
        ) told ON true
        GROUP BY last.fragment_id
    ), fresh AS (
        SELECT outcome.fragment_id FROM outcome LEFT JOIN before USING (fragment_id)
        WHERE before.says IS DISTINCT FROM outcome.says
    ), owned AS (
        SELECT owner.fragment_id, owner.visitor_id, person.id AS user_id
        FROM fresh JOIN owner ON owner.fragment_id = fresh.fragment_id
        LEFT JOIN werkplaats_user person ON person.id = owner.person_id AND person.id IN ({{reachable}})
    )
"""  # noqa: S608, all of it is ours
COUNT = """
    SELECT count(*) FILTER (WHERE num_nonnulls(user_id, visitor_id) = 0),
        count(DISTINCT COALESCE(user_id::text, visitor_id::text)) FILTER (WHERE user_id IS NULL OR muted),
        COALESCE(array_agg(DISTINCT user_id) FILTER (WHERE user_id IS NOT NULL AND NOT muted), '{}')
    FROM (
        SELECT owned.*, user_id IN (SELECT user_id FROM werkplaats_mute WHERE kind = %(kind)s) AS muted FROM owned
    ) each
"""
HARVESTS = """
    SELECT DISTINCT f.harvest_id FROM owned JOIN plan_fragment f ON f.id = owned.fragment_id
    WHERE num_nonnulls(owned.user_id, owned.visitor_id) > 0
"""
# One statement: whose a voice is must not change between the two.
WRITE = """
    , told AS (
        INSERT INTO plan_told (publication_id, user_id, visitor_id, key, at)
        SELECT %(publication)s, user_id, visitor_id, gen_random_uuid(), %(now)s
        FROM (
            SELECT DISTINCT user_id, CASE WHEN user_id IS NULL THEN visitor_id END AS visitor_id FROM owned
            WHERE num_nonnulls(user_id, visitor_id) > 0
        ) one
        ON CONFLICT DO NOTHING RETURNING id, user_id, visitor_id
    )
    INSERT INTO plan_toldvoice (told_id, publication_id, fragment_id, answer, meant, reply, version)
    SELECT told.id, %(publication)s, owned.fragment_id, '', '', '', 0
    FROM owned JOIN told ON COALESCE(told.user_id::text, told.visitor_id::text)
        = COALESCE(owned.user_id::text, owned.visitor_id::text)
    ORDER BY owned.fragment_id
    ON CONFLICT DO NOTHING
"""


class Counts(NamedTuple):
    """`mails` people get a letter; `visitors` see it on the site alone; of `voices` nobody is known who wrote them.

    Each person and each voice is in one of them, or in none.
    """

    mails: int
    visitors: int
    voices: int


@dataclass(frozen=True)
class Statement:
    sql: str
    given: dict[str, Any]


def reachable() -> "QuerySet[User, Any]":
    return User.objects.reachable().values("pk")


def whose(placed: str, **given: Any) -> Statement:
    """The beginning of a statement that knows `owned`."""
    sql, constants = compiled.named_sql(reachable)
    return Statement(WHOSE.format(placed=placed, reachable=sql), {**constants, **given})


def write(publication: Publication, now: Any) -> None:
    """Writes who is told of a publication, and of which voices; doing it twice does no harm. One statement."""
    begin = whose(PUBLISHED, publication=publication.pk, now=now)
    with connection.cursor() as cursor:
        cursor.execute(begin.sql + WRITE, begin.given)


def counts(harvest: Harvest) -> Counts:
    """How many people would be told if it were published now. Two queries, six at most with lines of a café."""
    return _counts(whose(ON_THE_DESK, harvest=harvest.pk, kind=Kind.TOLD), guests.on_the_desk(harvest))


def counts_of(publication: Publication) -> Counts:
    """How many people would be told of what is public already. As many queries."""
    begin = whose(PUBLISHED, publication=publication.pk, kind=Kind.TOLD)
    return _counts(begin, guests.of_publication(publication))


def _counts(begin: Statement, came: list[Registration]) -> Counts:
    with connection.cursor() as cursor:
        cursor.execute(begin.sql + COUNT, begin.given)
        voices, visitors, users = cursor.fetchone()
    found = {each.email for each in came}
    if found:
        found -= set(User.objects.filter(pk__in=users).values_list("email", flat=True))
    return Counts(len(users) + len(found), visitors, voices)


def mails_about(stack: Stack) -> int:
    """How many people who wrote a card of this stack would get a letter. One query."""
    begin = whose(
        ON_THE_DESK + "AND card.stack_id = %(stack)s", harvest=stack.harvest_id, stack=stack.pk, kind=Kind.TOLD
    )
    with connection.cursor() as cursor:
        cursor.execute(begin.sql + COUNT, begin.given)
        users: list[int] = cursor.fetchone()[2]
    return len(users)


def still_to_tell(publications: Iterable[int]) -> set[int]:
    """The harvests of those of these publications, one of a harvest, of which somebody would hear. Two queries."""
    begin = whose(OF_SEVERAL, publications=list(publications))
    with connection.cursor() as cursor:
        cursor.execute(begin.sql + HARVESTS, begin.given)
        found = {harvest for (harvest,) in cursor.fetchall()}
    return found | guests.still_to_tell(publications)
