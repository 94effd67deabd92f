"""Who is missing: roles and parts of the region from which (almost) nobody was heard, and bodies that did not meet.

Nobody reads how many there are: 0 to 4 is «nog (bijna) niemand». A part of the region is known of those alone who tell
theirs in public, as everywhere: not of who left out their name, nor of pupils.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from plan.models import Body, BodyMeeting, Harvest
from posts.models.holds import WITHOUT_PLACE

ALMOST_NOBODY = 5  # fewer than so many people
# Each person once, with the largest meeting that they wrote for; of a line of notes, each time that it was said.
READ = """
    WITH said AS (
        SELECT post.role_id, CASE WHEN post.name <> ALL(%(without_place)s) THEN post.werkgebied_id END AS werkgebied_id,
            COALESCE(post.visitor_id::text, 'b' || post.id) AS who, COALESCE(post.meeting_size, 1) AS people
        FROM plan_fragment f JOIN posts_post post ON post.id = f.post_id
        WHERE f.live AND {place} AND %(cafe)s::bigint IS NULL
            AND post.created_at >= %(begin)s AND post.created_at < %(end)s
        UNION ALL
        SELECT beeld.role_id, NULL, COALESCE(beeld.visitor_id::text, 'w' || beeld.id), 1
        FROM plan_fragment f JOIN polls_wensbeeld beeld ON beeld.id = f.wensbeeld_id
        WHERE f.live AND {place} AND %(cafe)s::bigint IS NULL
            AND beeld.created_at >= %(begin)s AND beeld.created_at < %(end)s
        UNION ALL
        SELECT note.role_id, NULL, 'n' || note.id, note.times
        FROM plan_fragment f JOIN plan_note note ON note.id = f.note_id
        JOIN plan_notes notes ON notes.id = note.notes_id
        LEFT JOIN events_cafe cafe ON cafe.id = notes.cafe_id
        WHERE f.live AND {place} AND COALESCE(notes.cafe_id = %(cafe)s, %(cafe)s::bigint IS NULL)
            AND COALESCE(cafe.starts_at, notes.held_on::timestamptz) >= %(begin)s
            AND COALESCE(cafe.starts_at, notes.held_on::timestamptz) < %(end)s
    ), by_role AS (
        SELECT role_id, sum(people) AS people
        FROM (SELECT role_id, who, max(people) AS people FROM said GROUP BY role_id, who) each GROUP BY role_id
    ), by_place AS (
        SELECT werkgebied_id, sum(people) AS people FROM (
            SELECT werkgebied_id, who, max(people) AS people FROM said GROUP BY werkgebied_id, who
        ) each GROUP BY werkgebied_id
    )
    SELECT 'role' AS kind, role.id, COALESCE(NULLIF(role.plural, ''), role.name), role.position, role.name
    FROM werkplaats_role role LEFT JOIN by_role heard ON heard.role_id = role.id
    WHERE COALESCE(heard.people, 0) < %(few)s AND NOT role.is_rest
    UNION ALL
    SELECT 'werkgebied', place.id, place.name, place.position, place.name
    FROM werkplaats_werkgebied place LEFT JOIN by_place heard ON heard.werkgebied_id = place.id
    WHERE COALESCE(heard.people, 0) < %(few)s
    ORDER BY 1, 4, 5
"""
EVER = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC), datetime.datetime(2101, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Scope:
    """Of what it is asked: a harvest, a café of which there are notes, days (both included), or any of these."""

    harvest: int | None = None
    cafe: int | None = None
    first_day: datetime.date | None = None
    last_day: datetime.date | None = None

    @property
    def period(self) -> tuple[datetime.datetime, datetime.datetime]:
        begin, end = EVER
        if self.first_day:
            begin = _midnight(self.first_day)
        if self.last_day:
            end = _midnight(self.last_day + datetime.timedelta(days=1))
        return begin, end


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


class Gap(NamedTuple):
    """A role, a part of the region («werkgebied») or a body of which (almost) nobody was heard."""

    kind: str
    pk: int
    name: str


@dataclass(frozen=True)
class Missing:
    """From which roles and parts of the region (almost) nobody was heard; and all bodies, with when they met."""

    people: Sequence[Gap] = ()
    bodies: Sequence[Body] = field(default=())

    @property
    def roles(self) -> list[str]:
        """In the plural."""
        return [gap.name for gap in self.people if gap.kind == "role"]

    @property
    def places(self) -> list[str]:
        return [gap.name for gap in self.people if gap.kind == "werkgebied"]

    @property
    def gaps(self) -> list[Gap]:
        silent = [Gap("body", body.pk, body.name) for body in self.bodies if not body.met]  # type: ignore[attr-defined]
        return [*self.people, *silent]

    @property
    def silent(self) -> list[str]:
        """The bodies that did not meet about it."""
        return [gap.name for gap in self.gaps if gap.kind == "body"]

    def __bool__(self) -> bool:
        return bool(self.gaps)

    def __len__(self) -> int:
        return len(self.gaps)


def of(scope: Scope) -> Missing:
    """Who is missing there. Three queries, whatever there is; two when no body ever met."""
    return Missing(_people(scope), list(bodies(scope)))


def of_harvest(harvest: Harvest) -> Missing:
    """Who is missing in a harvest, for beside the list of voices."""
    return of(Scope(harvest=harvest.pk))


def silent(harvest: Harvest) -> list[str]:
    """The bodies that did not meet about it. Two queries."""
    return Missing(bodies=list(bodies(Scope(harvest=harvest.pk)))).silent


def _people(scope: Scope) -> list[Gap]:
    begin, end = scope.period
    values: dict[str, Any] = {"few": ALMOST_NOBODY, "without_place": list(WITHOUT_PLACE), "begin": begin, "end": end}
    values |= {"harvest": scope.harvest, "cafe": scope.cafe}
    place = "true" if scope.harvest is None else "f.harvest_id = %(harvest)s"
    with connection.cursor() as cursor:
        cursor.execute(READ.format(place=place), values)
        return [Gap(kind, pk, name) for kind, pk, name, *_ in cursor.fetchall()]


def bodies(scope: Scope) -> QuerySet[Body]:
    """All bodies, each with `met`: when it met about this, the last first. At a café none does."""
    meetings = BodyMeeting.objects.all()
    if scope.harvest:
        meetings = meetings.filter(harvest=scope.harvest)
    if scope.first_day:
        meetings = meetings.filter(held_on__gte=scope.first_day)
    if scope.last_day:
        meetings = meetings.filter(held_on__lte=scope.last_day)
    return Body.objects.prefetch_related(Prefetch("meetings", meetings, to_attr="met"))
