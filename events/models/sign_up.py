"""Signing up in one trip to the database: lock, count, write, and queue the mail.

PostgreSQL plans the statement once for each connection: planning took longer than running it.

A full room signs up within minutes, and each sign-up holds the café's lock. Python would hold it between statements
for as long as the other threads of its process take their turns; this way it is held only while PostgreSQL writes.

A known address takes the same trip as a new one, so that neither the answer nor its time tells which it was.
"""

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from events.models.attempts import hash_of
from events.models.confirmable import MOST_CANCELS
from events.places import Wish
from werkplaats import mail
from werkplaats.database.planned import Planned
from werkplaats.models import User

if TYPE_CHECKING:
    from events.models.registrations import Registration

# How long to wait for the café's lock, at most twice: the second in line first waits for its turn to wait.
PATIENCE = "1400ms"
BE_PATIENT = "SELECT set_config('lock_timeout', %(patience)s, true);"
MOST_OF_A_MAILBOX = 2  # unconfirmed sign-ups that hold a seat at one café
# Separate statements in one query: the last one sees what was written while LOCK waited.
JOB = "events.tasks.send_confirmation"
LOCK = "SELECT id FROM events_cafe WHERE id = %(cafe)s FOR NO KEY UPDATE;"
INSERT = """
    WITH cafe AS (
        SELECT room_capacity, online_capacity, starts_at <= clock_timestamp() AS begun FROM events_cafe
        WHERE id = %(cafe)s AND published_at IS NOT NULL AND called_off_at IS NULL
            AND CASE WHEN %(by_hand)s THEN ends_at ELSE starts_at END > clock_timestamp()
            AND (opens_at IS NULL OR opens_at <= clock_timestamp() OR %(by_hand)s)
            AND (closes_at IS NULL OR closes_at > clock_timestamp() OR %(by_hand)s)
    ), lately AS (
        SELECT address, cafe_id = %(cafe)s AS here, tried_at > clock_timestamp() - interval '1 day' AS today
        FROM events_attempt WHERE visitor_id = %(visitor_id)s
    ), brake AS (
        SELECT %(firm)s OR (
            COALESCE(bool_or(here AND address = %(address)s), false)
            OR count(*) FILTER (WHERE here) < %(most_here)s
        ) AND (
            COALESCE(bool_or(today AND address = %(address)s), false)
            OR count(DISTINCT address) FILTER (WHERE today) < %(most_today)s
        ) AS passed
        FROM lately
    ), let_through AS (
        SELECT cafe.* FROM cafe, brake WHERE passed
    ), tried AS (
        INSERT INTO events_attempt (visitor_id, cafe_id, address, tried_at)
        SELECT %(visitor_id)s, %(cafe)s, %(address)s, clock_timestamp() FROM let_through
        WHERE %(visitor_id)s::uuid IS NOT NULL AND NOT %(firm)s
        ON CONFLICT (visitor_id, cafe_id, address) DO UPDATE SET tried_at = EXCLUDED.tried_at
    ), known AS (
        SELECT {columns_of_r} FROM events_registration AS r, let_through
        WHERE cafe_id = %(cafe)s AND email = %(email)s AND email <> '' AND cancelled_at IS NULL
    ), mailed_again AS (
        UPDATE events_registration AS r SET mailed_at = clock_timestamp() FROM known
        WHERE r.id = known.id AND NOT %(firm)s
            AND (known.mailed_at IS NULL OR known.mailed_at <= clock_timestamp() - interval '10 minutes')
        RETURNING r.id
    ), taken AS (
        SELECT sum(people) FILTER (WHERE seat = 'room') AS room,
            sum(people) FILTER (WHERE seat = 'online') AS online,
            min(people) FILTER (WHERE queued_for_room_at IS NOT NULL AND confirmed_at IS NOT NULL) AS waits_for_room,
            min(people) FILTER (WHERE queued_for_online_at IS NOT NULL AND confirmed_at IS NOT NULL)
                AS waits_for_online,
            count(*) FILTER (
                WHERE confirmed_at IS NULL AND seat IS NOT NULL AND created_at > clock_timestamp() - interval '1 hour'
            ) AS holds,
            -- However many addresses a mailbox has, it keeps few places that nobody said yes to.
            count(*) FILTER (
                WHERE confirmed_at IS NULL AND seat IS NOT NULL AND (email = %(mailbox)s OR email LIKE %(others_like)s)
            ) AS holds_of_mailbox
        FROM events_registration WHERE cafe_id = %(cafe)s
    ), shut_out AS (
        -- They can neither be mailed nor say that they come.
        SELECT EXISTS (SELECT FROM {users} WHERE email = %(email)s AND NOT is_active) AS is_so
    ), free AS (
        SELECT room_capacity - COALESCE(room, 0) AS room, online_capacity - COALESCE(online, 0) AS online,
            CASE WHEN NOT begun THEN waits_for_room END AS waits_for_room,
            CASE WHEN NOT begun THEN waits_for_online END AS waits_for_online,
            %(firm)s OR holds < %(most_holds)s AND NOT is_so
                -- Others of their mailbox keep nobody from a place under the address of the mailbox itself.
                AND (%(email)s = %(mailbox)s OR holds_of_mailbox < %(most_of_mailbox)s) AS holds_more
        FROM let_through, taken, shut_out
    ), fits AS (
        SELECT %(room)s AND holds_more AND room >= %(people)s AND COALESCE(waits_for_room > room, true) AS room,
            %(online)s AND holds_more AND online >= %(people)s AND COALESCE(waits_for_online > online, true) AS online
        FROM free WHERE NOT EXISTS (SELECT FROM known)
    ), made AS (
        INSERT INTO events_registration AS r (
            cafe_id, email, name, people, role_id, werkgebied_id, visitor_id, wishes, question, gave_up, version,
            cancels, seat, queued_for_room_at, queued_for_online_at, created_at, mailed_at, confirmed_at, named_at
        )
        SELECT %(cafe)s, %(email)s, %(name)s, %(people)s, %(role_id)s, %(werkgebied_id)s, %(visitor_id)s,
            %(wishes)s, %(question)s, '', 1, 0,
            CASE WHEN fits.room THEN 'room' WHEN fits.online THEN 'online' END,
            CASE WHEN %(room)s AND NOT fits.room THEN clock_timestamp() END,
            CASE WHEN %(online)s AND NOT fits.room AND NOT fits.online THEN clock_timestamp() END,
            clock_timestamp(), CASE WHEN %(email)s <> '' THEN clock_timestamp() END,
            CASE WHEN %(firm)s THEN clock_timestamp() END, CASE WHEN %(firm)s THEN clock_timestamp() END
        FROM fits
        ON CONFLICT (cafe_id, email) WHERE email <> '' DO UPDATE SET
            name = EXCLUDED.name, people = EXCLUDED.people, role_id = EXCLUDED.role_id,
            werkgebied_id = EXCLUDED.werkgebied_id, visitor_id = EXCLUDED.visitor_id, wishes = EXCLUDED.wishes,
            question = EXCLUDED.question, gave_up = '', version = r.version + 1, seat = EXCLUDED.seat,
            queued_for_room_at = EXCLUDED.queued_for_room_at, queued_for_online_at = EXCLUDED.queued_for_online_at,
            created_at = EXCLUDED.created_at, mailed_at = EXCLUDED.mailed_at, named_at = EXCLUDED.named_at,
            confirmed_at = EXCLUDED.confirmed_at,
            cancels = CASE WHEN %(by_hand)s THEN 0 ELSE r.cancels END,
            cancelled_at = NULL, cancelled_by_id = NULL, asked_at = NULL
        WHERE r.cancelled_at IS NOT NULL AND (%(by_hand)s OR NOT %(firm)s OR r.cancels < %(most_cancels)s)
        RETURNING {columns_of_r}
    ), found AS (
        SELECT made.*, true AS is_new, true AS is_mailed FROM made
        UNION ALL SELECT known.*, false, EXISTS (SELECT FROM mailed_again) FROM known
    )
    SELECT EXISTS (SELECT FROM cafe) AS is_open, passed, {job}, found.* FROM brake LEFT JOIN found ON true
"""
TYPES = {
    **dict.fromkeys(["room", "online", "by_hand", "firm"], "bool"),
    **dict.fromkeys(["cafe", "role_id", "werkgebied_id"], "bigint"),
    **dict.fromkeys(["people", "most_holds", "most_of_mailbox", "most_here", "most_today", "most_cancels"], "int"),
    **dict.fromkeys(["email", "name", "wishes", "question", "address", "mailbox", "others_like"], "text"),
    "visitor_id": "uuid",
}


@dataclass(frozen=True)
class Answer:
    """What the database said. Without a registration sign-up is closed, or the visitor signed up too many.

    Or it is of somebody `firm` who cancelled too often.
    """

    registration: "Registration | None"
    is_new: bool
    is_open: bool
    passed: bool  # the brake on addresses of one visitor


@functools.cache
def plan(model: "type[Registration]", *, mails: bool) -> Planned:
    """The statement for rows of `model`: of an address, which is mailed, or of a sign-up by telephone."""
    columns = ", ".join(f"r.{field.column}" for field in model._meta.concrete_fields)
    job, types = "NULL AS job", TYPES
    if mails:
        ids = {"registration_id": "found.id", "again": "NOT found.is_new"}
        job = f"CASE WHEN found.is_mailed THEN {mail.in_sql(**ids)} END AS job"
        types = TYPES | mail.TYPES_IN_SQL
    return Planned(
        f"sign_up_{'and_mail' if mails else 'by_hand'}",
        INSERT.format(job=job, columns_of_r=columns, users=User._meta.db_table),
        types,
    )


def insert(
    cafe,
    *,
    email: str,
    wish: Wish,
    name: str,
    people: int = 1,
    role_id: int | None = None,
    werkgebied_id: int | None = None,
    visitor_id: UUID | None = None,
    wishes: str = "",
    question: str = "",
    by_hand: bool = False,
    firm: bool = False,
) -> Answer:
    """The registration, new or of this address already, with its mail on the way.

    `by_hand` is for people who telephone a coordinator or stand at the door, and works until the café ends. Once it
    has begun, those who wait elsewhere no longer keep a free place from them. `firm` is for who proved the address.
    """
    Registration = cafe.registrations.model
    email = Registration._meta.get_field("email").get_prep_value(email)
    fields = {"email": email, "name": name, "people": people, "wishes": wishes, "question": question}
    fields |= {"role_id": role_id, "werkgebied_id": werkgebied_id, "visitor_id": visitor_id}
    params: dict[str, Any] = {"room": False, "online": False, **{seat.value: True for seat in wish.seats}, **fields}
    params |= {"cafe": cafe.pk, "by_hand": by_hand, "firm": firm or by_hand, "patience": PATIENCE}
    params |= {"address": hash_of(email), "most_holds": settings.HOLDS_AN_HOUR}
    mailbox = mail.mailbox_of(email)
    params |= {"most_of_mailbox": MOST_OF_A_MAILBOX, "mailbox": mailbox, "others_like": mail.others_like(mailbox)}
    params |= {"most_cancels": MOST_CANCELS}
    params |= {"most_here": settings.ADDRESSES_A_CAFE, "most_today": settings.ADDRESSES_A_DAY}
    params |= mail.values_in_sql(JOB, to=email) if email else {}
    with connection.cursor() as cursor:
        planned = plan(Registration, mails=bool(email))
        planned.ready(cursor)
        cursor.execute(BE_PATIENT + LOCK + planned.call, params)
        for _ in (BE_PATIENT, LOCK):
            cursor.nextset()
        row = dict(zip([column.name for column in cursor.description], cursor.fetchone(), strict=True))
    registration = None
    if row["id"] is not None:
        names = [field.attname for field in Registration._meta.concrete_fields]
        registration = Registration.from_db(connection.alias, names, [row[name] for name in names])
        registration.cafe = cafe
    return Answer(registration, bool(row["is_new"]), row["is_open"], row["passed"])
