"""Every step of a race, written down by a trigger and replayed: what must hold, must hold after each of them."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db import connection

from events.models.holds import MOST_TERM_MAILS
from events.places import Seat

KEEP = """
    CREATE TABLE ledger (
        id bigserial, step xid DEFAULT pg_current_xact_id()::xid, registration bigint, people int, seat text,
        room timestamptz, online timestamptz, firm bool, term timestamptz, mails int, cancelled bool,
        created timestamptz, room_capacity int, online_capacity int
    );
    CREATE FUNCTION keep_ledger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO ledger (
            registration, people, seat, room, online, firm, term, mails, cancelled, created, room_capacity,
            online_capacity
        )
        SELECT NEW.id, NEW.people, NEW.seat, NEW.queued_for_room_at, NEW.queued_for_online_at,
            NEW.confirmed_at IS NOT NULL, NEW.holds_until, NEW.term_mails, NEW.cancelled_at IS NOT NULL,
            NEW.created_at, room_capacity, online_capacity
        FROM events_cafe WHERE id = NEW.cafe_id;
        RETURN NULL;
    END $$;
    CREATE TRIGGER keep_ledger AFTER INSERT OR UPDATE ON events_registration
        FOR EACH ROW EXECUTE FUNCTION keep_ledger();
"""
READ = """
    SELECT step::text::bigint, registration, people, seat, room, online, firm, term, mails, cancelled, created,
        room_capacity, online_capacity
    FROM ledger ORDER BY id
"""
OWN = {"confirmation", "change", "cancellation"}
THROW_AWAY = "DROP TABLE ledger; DROP FUNCTION keep_ledger CASCADE"


@dataclass(frozen=True)
class Line:
    """What a sign-up became, and how many places the café had then."""

    step: int  # the transaction
    registration: int
    people: int
    seat: str | None
    room: datetime | None  # in the queue since
    online: datetime | None
    firm: bool
    term: datetime | None  # until when an unconfirmed one has the seat
    mails: int  # about terms, that left
    cancelled: bool
    created: datetime
    room_capacity: int
    online_capacity: int

    def waits_for(self, seat: str) -> datetime | None:
        return getattr(self, seat)

    def capacity(self, seat: str) -> int:
        return getattr(self, f"{seat}_capacity")


@contextlib.contextmanager
def kept() -> Iterator[None]:
    """Sign-ups are written down, each line in the transaction that makes it."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(THROW_AWAY)


def lines() -> list[Line]:
    """In the order in which they were written: whoever hands out places has the lock, so steps do not mix."""
    with connection.cursor() as cursor:
        cursor.execute(READ)
        return [Line(*row) for row in cursor]


def mails() -> dict[tuple[int, int], list[str]]:
    """(transaction, registration) → kinds of mail that it left to the worker."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT xmin::text::bigint, (args->>'registration_id')::bigint, split_part(task_name, 'send_', 2)"
            " FROM procrastinate_jobs ORDER BY id"
        )
        found: dict = {}
        for step, registration, kind in cursor:
            found.setdefault((step, registration), []).append(kind)
        return found


def assert_right() -> int:
    """Replays the ledger of one café; returns how many people moved up from a queue.

    After each transaction no place was given twice and none stayed free with somebody firm waiting who fits; who moved
    up was firm and first of those who fit; each change left one mail, and so did each promotion, each term
    (of who had no two of those yet) and its end.
    """
    now: dict[int, Line] = {}
    mailed, promoted = mails(), 0
    for step, group in groupby(lines(), key=lambda line: line.step):
        steps = list(group)
        for number, line in enumerate(steps):
            was, told = now.get(line.registration), mailed.get((step, line.registration), [])
            gained = line.seat and (was is None or was.seat != line.seat)
            kind = told.pop(0) if told and (gained or told[0] != "promotion") else None
            if was and was.seat and not line.seat and not line.cancelled:
                assert_made_way(was, line, kind)
            elif was and line.term and not was.term:
                assert (line.seat, line.firm, kind) == (
                    was.seat,
                    False,
                    "term" if line.mails < MOST_TERM_MAILS else None,
                )
            elif was and was.term and not line.term and kind is None and not line.firm:
                assert (line.seat, line.cancelled) == (was.seat, False), "a term ended with more than that"
            elif kind == "promotion":
                assert line.firm, "moved up unconfirmed"
                assert was and line.seat and was.waits_for(line.seat), "moved up to what it did not wait for"
                assert line.registration == first_who_fits(line, now, line.seat), "moved up out of turn"
                promoted += 1
            elif kind is None:  # «Ik kom» of somebody who is let in by it
                assert line.firm and line.registration in {later.registration for later in steps[number + 1 :]}
            else:
                assert number == 0 and kind in OWN, f"{kind} as number {number}"
            now[line.registration] = line
        for seat in Seat:
            assert free(steps[-1], now, seat) >= 0, f"{seat} is oversold"
            assert first_who_fits(steps[-1], now, seat) is None, f"a free place {seat} with someone waiting"
    assert not any(mailed.values()), "mails about nothing"
    return promoted


def assert_made_way(was: Line, line: Line, kind: str | None) -> None:
    """A hold that ended keeps its first moment."""
    assert was.seat and not line.firm and kind == "lapsed"
    assert line.waits_for(was.seat) == line.created == was.created, "lost its first moment"


def free(then: Line, now: dict[int, Line], seat: str) -> int:
    return then.capacity(seat) - sum(line.people for line in now.values() if line.seat == seat)


def first_who_fits(then: Line, now: dict[int, Line], seat: str) -> int | None:
    """Who of those who are firm and wait for this place waits longest and fits in what is free."""
    left = free(then, now, seat)
    waiting = [line for line in now.values() if line.firm and line.waits_for(seat) and line.people <= left]
    waiting.sort(key=lambda line: (line.waits_for(seat), line.registration))
    return waiting[0].registration if waiting else None
