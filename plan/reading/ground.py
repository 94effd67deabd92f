"""Common ground: what people of each role think of a contribution or an idea, told so that nobody is betrayed.

Coordinators read figures («ouders 8 van 9, leerkrachten 11 van 14»), the public words, and only when the question or
the round is closed. It is never one number for all, and never called a score: what counts is the role that likes it
least.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.db import connection

from plan.reading.withholding import UNKNOWN, Counts, Table, Told, tell
from werkplaats.database.planned import Planned

# Up or green, blue, down or red, by role. Of a wording each person counts once, as in `polls.rounds.models.ideas`.
# For a new kind of thing with thumbs: one more SELECT. A row with the id 0 brings the names of the roles.
READ = """
    WITH wanted AS (
        SELECT f.id, f.post_id, f.idea_id FROM plan_fragment f
        WHERE f.id = ANY(%(pks)s) AND (f.post_id IS NOT NULL OR f.idea_id IS NOT NULL)
    ), stood_for AS (
        SELECT w.id, w.idea_id AS wording, i.id AS idea_id FROM wanted w
        JOIN polls_idea i ON i.id = w.idea_id OR (i.joined_into_id = w.idea_id AND i.removed_at IS NULL)
    ), sets AS (
        SELECT s.id, array_agg(s.idea_id) AS ideas, bool_or(t.voice <> s.id) AS elsewhere
        FROM stood_for s LEFT JOIN plan_telling t ON t.idea = s.idea_id GROUP BY s.id
    ), votes AS (
        SELECT w.id, t.role_id, CASE WHEN t.value > 0 THEN 1 ELSE 3 END AS kind
        FROM wanted w JOIN posts_thumb t ON t.post_id = w.post_id
        UNION ALL
        SELECT o.id, max(s.role_id), COALESCE(min(s.colour) FILTER (WHERE s.idea_id = o.wording), min(s.colour))
        FROM stood_for o JOIN polls_sticker s ON s.idea_id = o.idea_id
        GROUP BY o.id, s.visitor_id, s.person
    ), counted AS (
        SELECT id, COALESCE(role_id, 0) AS role, count(*) FILTER (WHERE kind = 1) AS up,
            count(*) FILTER (WHERE kind = 2) AS blue, count(*) FILTER (WHERE kind = 3) AS down
        FROM votes GROUP BY id, role_id
    ), tables AS (
        SELECT id, jsonb_object_agg(role, jsonb_build_array(up, blue, down)) AS now FROM counted GROUP BY id
    )
    SELECT 0 AS id, NULL AS is_idea, NULL AS is_closed,
        (SELECT jsonb_agg(jsonb_build_array(id, COALESCE(NULLIF(plural, ''), name)) ORDER BY position, name)
            FROM werkplaats_role) AS now, NULL AS shown, NULL AS seen, NULL AS version, NULL AS ideas, NULL AS rests
    UNION ALL
    SELECT w.id, w.idea_id IS NOT NULL,
        CASE WHEN w.idea_id IS NULL THEN question.closed_at IS NOT NULL ELSE round.stage = 'result' END,
        t.now, g.shown, g.seen, g.version, o.ideas, o.elsewhere OR EXISTS (
            SELECT FROM plan_telling other WHERE other.voice = w.id AND other.idea <> ALL (o.ideas)
        )
    FROM wanted w LEFT JOIN sets o ON o.id = w.id
    LEFT JOIN tables t ON t.id = w.id LEFT JOIN plan_ground g ON g.fragment_id = w.id
    LEFT JOIN posts_post post ON post.id = w.post_id LEFT JOIN posts_question question ON question.id = post.question_id
    LEFT JOIN polls_idea idea ON idea.id = w.idea_id LEFT JOIN polls_stickerround round ON round.id = idea.round_id
    WHERE t.id IS NOT NULL OR g.fragment_id IS NOT NULL
"""
# Of one voice, as the desk asks: planning takes much longer than running, and for any number it would be planned anew.
READ_ONE = Planned("common_ground", READ.replace("ANY(%(pks)s)", "%(pk)s"), {"pk": "bigint"})
# Who was second to tell something anew writes nothing, and reads what the first told. So does who was second to tell of
# an idea: only a voice to which all ideas fall that it stands for is told.
KEEP = """
    WITH said AS MATERIALIZED (
        SELECT * FROM jsonb_to_recordset(%(rows)s)
            AS said (id bigint, shown jsonb, seen jsonb, version int, ideas bigint[])
    ), fell AS (
        INSERT INTO plan_telling (idea, voice)
        SELECT unnest(ideas) AS idea, id FROM said ORDER BY idea
        ON CONFLICT (idea) DO NOTHING RETURNING idea, voice
    )
    INSERT INTO plan_ground AS g (fragment_id, shown, seen, version, at)
    SELECT f.id, said.shown, said.seen, 1, now()
    FROM said JOIN plan_fragment f ON f.id = said.id
    WHERE (said.version IS NULL OR EXISTS (SELECT FROM plan_ground k WHERE k.fragment_id = f.id))
        AND cardinality(said.ideas) = (
            SELECT count(*) FROM (SELECT * FROM fell UNION ALL SELECT * FROM plan_telling) told (idea, voice)
            WHERE told.voice = said.id AND told.idea = ANY (said.ideas)
        )
    ORDER BY f.id
    ON CONFLICT (fragment_id) DO UPDATE SET shown = EXCLUDED.shown, seen = EXCLUDED.seen, version = g.version + 1,
        at = EXCLUDED.at
    WHERE g.version = (
        SELECT said.version FROM said WHERE said.id = EXCLUDED.fragment_id
    )
    RETURNING fragment_id
"""
COLOURS = ("groen", "blauw", "rood")
# From which part of a role on; the last needs none.
IN_PUBLIC = (
    (Fraction(17, 20), "bijna alle"),
    (Fraction(3, 5), "de meeste"),
    (Fraction(2, 5), "ongeveer de helft van de"),
)
FEWEST = "weinig"
NO_ROLE = "rol onbekend"
RESTS = "geen cijfers per rol: hier is al apart naar gekeken, of samen met een ander idee"


@dataclass(frozen=True)
class Group:
    """Those of one role; `name` is its plural. `role` is None for who never said theirs."""

    role: int | None
    name: str
    counts: Counts

    @property
    def people(self) -> int:
        return sum(self.counts)

    def share(self, kind: int = 0) -> Fraction:
        """Which part gave a thumb up or a green sticker; of few people nearer to a half. `kind`: 1 blue, 2 red."""
        return (self.counts[kind] + Fraction(1, 2)) / (self.people + 1)

    def in_words(self, kind: int = 0) -> str:
        """«bijna alle»; never a figure."""
        return next((word for least, word in IN_PUBLIC if self.share(kind) >= least), FEWEST)


@dataclass(frozen=True)
class Ground:
    """`groups` are the roles that are told apart, in their order, those without a role last; `others` the rest.

    It `rests` when somebody looked already at an idea in it by itself, or together with another one.
    """

    groups: tuple[Group, ...]
    others: int
    of_idea: bool
    is_closed: bool
    rests: bool = False

    @property
    def lowest(self) -> Group | None:
        """The role that likes it least. None when no role is told."""
        known = [group for group in self.groups if group.role]
        return min(known, key=Group.share, default=None)

    @property
    def common(self) -> Fraction | None:
        """Which part of that role likes it: to sort by, not to show."""
        return self.lowest.share() if self.lowest else None

    @property
    def words(self) -> str:
        """For coordinators; empty when no role is told, but for why it rests."""
        if not self.groups:
            return RESTS if self.rests else ""
        told = (self._figures(group) for group in self.groups)
        words = ("; " if self.of_idea else ", ").join(told)
        return f"{words} (en nog {self.others})" if self.others else words

    def _figures(self, group: Group) -> str:
        if self.of_idea:
            counts = ", ".join(f"{count} {colour}" for count, colour in zip(group.counts, COLOURS, strict=True))
            return f"{group.name} {counts}"
        return f"{group.name} {group.counts[0]} van {group.people}"

    @property
    def in_public(self) -> str:
        """For everyone; empty as long as people can still take part, and when no role is told."""
        if not self.is_closed:
            return ""
        return "; ".join(map(self._in_words, self.groups)) if self.of_idea else self._thumbs_in_words()

    def _thumbs_in_words(self) -> str:
        known = [f"{group.in_words()} {group.name}" for group in self.groups if group.role]
        unknown = [f"{NO_ROLE}: {group.in_words()}" for group in self.groups if not group.role]
        return ", ".join(known + unknown)

    def _in_words(self, group: Group) -> str:
        colours = (f"{group.in_words(kind)} {colour}".replace(" van de ", " ") for kind, colour in enumerate(COLOURS))
        return f"{group.name} {', '.join(colours)}"


type Read = Callable[[list[int]], tuple[dict[int, "Row"], dict[int, str]]]
type Keep = Callable[[dict[int, "Row"]], set[int]]


def grounds_of(fragments: Iterable[int]) -> dict[int, Ground]:
    """The common ground of these voices, of those that have thumbs or stickers.

    One query for any number of them; one more when something new is told of any. It writes what it tells, so not in a
    transaction that only reads.
    """
    return grounds_now(list(fragments), read, keep)


def grounds_now(pks: list[int], read: Read, keep: Keep) -> dict[int, Ground]:
    """As they are told now; what is told anew is kept."""
    found, roles = read(pks)
    anew = {pk: row for pk, row in found.items() if row.after is not row.told and row.after}
    for pk in overlapping(anew):
        found[pk] = anew.pop(pk).as_told(rests=True)
    lost = anew.keys() - keep(anew) if anew else set()
    if lost:  # somebody looked at this very moment
        second, _ = read(list(lost))
        found |= {pk: row.as_told() for pk, row in second.items()}
    return {pk: row.ground(roles) for pk, row in found.items()}


def overlapping(anew: "dict[int, Row]") -> list[int]:
    """Those that stand for an idea of one before them: the stickers on it are told in that one."""
    taken: set[int] = set()
    later = []
    for pk, row in sorted(anew.items()):
        if taken.isdisjoint(row.ideas):
            taken |= set(row.ideas)
        else:
            later.append(pk)
    return later


@dataclass
class Row:
    """What there is of a voice: what was `told` of it, and what may be told `after` looking now.

    `ideas` are those that it stands for. It `rests` when one of them was looked at in another voice, or one that was
    looked at with them is not among them any more: the difference could be one sticker.
    """

    of_idea: bool
    is_closed: bool
    version: int | None
    told: Told | None
    after: Told | None
    ideas: list[int]
    rests: bool

    def as_told(self, *, rests: bool = False) -> "Row":
        return replace(self, after=self.told, rests=rests or self.rests)

    def ground(self, roles: dict[int, str]) -> Ground:
        said = self.after or Told()
        order = [*roles, UNKNOWN]
        known = sorted((role for role in said.shown if role in order), key=order.index)
        groups = (Group(role or None, roles.get(role, "onbekend"), said.shown[role]) for role in known)
        return Ground(tuple(groups), said.others, self.of_idea, self.is_closed, self.rests)


def read(pks: list[int]) -> tuple[dict[int, Row], dict[int, str]]:
    """The rows, and the plurals of the roles in their order."""
    with connection.cursor() as cursor:
        if len(pks) == 1:
            READ_ONE.ready(cursor)
            cursor.execute(READ_ONE.call, {"pk": pks[0]})
        else:
            cursor.execute(READ, {"pks": pks})
        (_, _, _, roles, *_), *rows = sorted(cursor.fetchall(), key=lambda row: row[0])
    names = dict(json.loads(roles) if roles else [])
    return {pk: row_of(*row) for pk, *row in rows}, names


def row_of(
    of_idea: bool,
    is_closed: bool,
    now: str,
    shown: str,
    seen: str,
    version: int | None,
    ideas: list[int] | None,
    rests: bool | None,
) -> Row:
    told = Told(table_of(shown), table_of(seen)) if version else None
    after = told if rests else tell(told, table_of(now))
    return Row(of_idea, is_closed, version, told, after, ideas or [], bool(rests))


def table_of(written: str | None) -> Table:
    counts: dict[str, Any] = json.loads(written) if written else {}
    return {int(role): (each[0], each[1], each[2]) for role, each in counts.items()}


def keep(anew: dict[int, Row]) -> set[int]:
    """Keeps what is told now. Returns of which it did; of the others somebody told something in the meantime."""
    return kept(KEEP, anew)


def kept(sql: str, anew: dict[int, Row]) -> set[int]:
    """The keys of those that a statement wrote, with their `rows` as JSON."""
    rows = [
        {"id": pk, "version": row.version, "ideas": row.ideas} | {"shown": row.after.shown, "seen": row.after.seen}
        for pk, row in anew.items()
        if row.after
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, {"rows": json.dumps(rows)})
        return {pk for (pk,) in cursor.fetchall()}
