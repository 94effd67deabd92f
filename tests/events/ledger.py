"""Every step of a race, written down by a trigger and replayed: what must hold, must hold after each of them."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db import connection

from events.models.cafes import Cafe
from events.places import Seat

KEEP = """
    CREATE TABLE ledger (
        id bigserial, step xid DEFAULT pg_current_xact_id()::xid, registration bigint,
        people int, seat text, room timestamptz, online timestamptz, firm bool, term timestamptz
    );
    CREATE FUNCTION keep_ledger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO ledger (registration, people, seat, room, online, firm, term)
        VALUES (
            NEW.id, NEW.people, NEW.seat, NEW.queued_for_room_at, NEW.queued_for_online_at,
            NEW.confirmed_at IS NOT NULL, NEW.holds_until
        );
        RETURN NULL;
    END $$;
    CREATE TRIGGER keep_ledger AFTER INSERT OR UPDATE ON events_registration
        FOR EACH ROW EXECUTE FUNCTION keep_ledger();
"""
OWN_STEPS = ["confirmation"], ["change"], ["cancellation"]
THROW_AWAY = "DROP TABLE ledger; DROP FUNCTION keep_ledger CASCADE"


@dataclass(frozen=True)
class Line:
    """What a sign-up became."""

    step: int  # the transaction
    registration: int
    people: int
    seat: str | None
    room: datetime | None  # in the queue since
    online: datetime | None
    firm: bool
    term: datetime | None  # until when an unconfirmed one has the seat

    def waits_for(self, seat: Seat) -> datetime | None:
        return getattr(self, seat)


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
        cursor.execute(
            "SELECT step::text::bigint, registration, people, seat, room, online, firm, term FROM ledger ORDER BY id"
        )
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


def assert_right(cafe: Cafe) -> int:
    """Replays the ledger; returns how many people moved up from a queue.

    After each transaction no place was given twice and none stayed free with somebody firm waiting who fits; who moved
    up was firm and first of those who fit; each change left one mail, and so did each promotion and each term.
    """
    now: dict[int, Line] = {}
    mailed, promoted = mails(), 0
    for step, group in groupby(lines(), key=lambda line: line.step):
        for number, line in enumerate(group):
            was = now.get(line.registration)
            if number and was and line.term and not was.term:  # somebody needs this seat
                assert not line.firm and line.seat == was.seat
                assert mailed.pop((step, line.registration), None) == ["term"]
            elif number and line.seat:  # let in by who went before in this transaction
                assert line.firm, "moved up unconfirmed"
                assert was.waits_for(line.seat), "moved up to what it did not wait for"
                assert line.registration == first_who_fits(cafe, now, line.seat), "moved up out of turn"
                assert mailed.pop((step, line.registration), None) == ["promotion"]
                promoted += 1
            elif not number:
                assert mailed.pop((step, line.registration), None) in OWN_STEPS
            now[line.registration] = line
        for seat in Seat:
            assert free(cafe, now, seat) >= 0, f"{seat} is oversold"
            assert first_who_fits(cafe, now, seat) is None, f"a free place {seat} with someone waiting"
    assert mailed == {}, "mails about nothing"
    return promoted


def free(cafe: Cafe, now: dict[int, Line], seat: Seat) -> int:
    return cafe.capacity(seat) - sum(line.people for line in now.values() if line.seat == seat)


def first_who_fits(cafe: Cafe, now: dict[int, Line], seat: Seat) -> int | None:
    """Who of those who wait for this place waits longest and fits in what is free."""
    left = free(cafe, now, seat)
    waiting = [line for line in now.values() if line.firm and line.waits_for(seat) and line.people <= left]
    waiting.sort(key=lambda line: (line.waits_for(seat), line.registration))
    return waiting[0].registration if waiting else None
