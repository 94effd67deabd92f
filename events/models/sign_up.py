"""Signing up in one trip to the database: lock, count, write, and queue the mail.

A full room signs up within minutes, and each sign-up holds the café's lock. Python would hold it between statements
for as long as the other threads of its process take their turns; this way it is held only while PostgreSQL writes.
"""

from uuid import UUID

from django.db import connection

from events.places import Wish
from werkplaats import mail

# How long to wait for the café's lock, at most twice: the second in line first waits for its turn to wait.
PATIENCE = "1400ms"
BE_PATIENT = "SELECT set_config('lock_timeout', %(patience)s, true);"
# Separate statements in one query: the last one sees what was written while LOCK waited.
LOCK = "SELECT id FROM events_cafe WHERE id = %(cafe)s FOR NO KEY UPDATE;"
INSERT = """
    WITH cafe AS (
        SELECT room_capacity, online_capacity, starts_at <= clock_timestamp() AS begun FROM events_cafe
        WHERE id = %(cafe)s AND published_at IS NOT NULL AND called_off_at IS NULL
            AND CASE WHEN %(by_hand)s THEN ends_at ELSE starts_at END > clock_timestamp()
            AND (opens_at IS NULL OR opens_at <= clock_timestamp() OR %(by_hand)s)
            AND (closes_at IS NULL OR closes_at > clock_timestamp() OR %(by_hand)s)
    ), taken AS (
        SELECT sum(people) FILTER (WHERE seat = 'room') AS room,
            sum(people) FILTER (WHERE seat = 'online') AS online,
            min(people) FILTER (WHERE queued_for_room_at IS NOT NULL) AS waits_for_room,
            min(people) FILTER (WHERE queued_for_online_at IS NOT NULL) AS waits_for_online
        FROM events_registration WHERE cafe_id = %(cafe)s
    ), free AS (
        SELECT room_capacity - COALESCE(room, 0) AS room, online_capacity - COALESCE(online, 0) AS online,
            CASE WHEN NOT begun THEN waits_for_room END AS waits_for_room,
            CASE WHEN NOT begun THEN waits_for_online END AS waits_for_online
        FROM cafe, taken
    ), fits AS (
        SELECT %(room)s AND room >= %(people)s AND COALESCE(waits_for_room > room, true) AS room,
            %(online)s AND online >= %(people)s AND COALESCE(waits_for_online > online, true) AS online
        FROM free
    ), made AS (
        INSERT INTO events_registration AS r (
            cafe_id, email, name, people, role_id, werkgebied_id, visitor_id, wishes, question, gave_up, version,
            seat, queued_for_room_at, queued_for_online_at, created_at, mailed_at
        )
        SELECT %(cafe)s, %(email)s, %(name)s, %(people)s, %(role_id)s, %(werkgebied_id)s, %(visitor_id)s,
            %(wishes)s, %(question)s, '', 1,
            CASE WHEN fits.room THEN 'room' WHEN fits.online THEN 'online' END,
            CASE WHEN %(room)s AND NOT fits.room THEN clock_timestamp() END,
            CASE WHEN %(online)s AND NOT fits.room AND NOT fits.online THEN clock_timestamp() END,
            clock_timestamp(), CASE WHEN %(email)s <> '' THEN clock_timestamp() END
        FROM fits
        ON CONFLICT (cafe_id, email) WHERE email <> '' DO UPDATE SET
            name = EXCLUDED.name, people = EXCLUDED.people, role_id = EXCLUDED.role_id,
            werkgebied_id = EXCLUDED.werkgebied_id, visitor_id = EXCLUDED.visitor_id, wishes = EXCLUDED.wishes,
            question = EXCLUDED.question, gave_up = '', version = r.version + 1, seat = EXCLUDED.seat,
            queued_for_room_at = EXCLUDED.queued_for_room_at, queued_for_online_at = EXCLUDED.queued_for_online_at,
            created_at = EXCLUDED.created_at, mailed_at = EXCLUDED.mailed_at, cancelled_at = NULL,
            cancelled_by_id = NULL, asked_at = NULL
        WHERE r.cancelled_at IS NOT NULL
        RETURNING id, seat, queued_for_room_at, queued_for_online_at, created_at, mailed_at, version
    )
    SELECT made.*{job} FROM made
"""
MADE = ["id", "seat", "queued_for_room_at", "queued_for_online_at", "created_at", "mailed_at", "version"]


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
):
    """The new registration with its mail on the way; None when sign-up is closed or the address has one already.

    `by_hand` is for people who telephone a coordinator or stand at the door, and works until the café ends. Once it
    has begun, those who wait elsewhere no longer keep a free place from them.
    """
    Registration = cafe.registrations.model
    email = Registration._meta.get_field("email").get_prep_value(email)
    fields = {"email": email, "name": name, "people": people, "wishes": wishes, "question": question}
    fields |= {"role_id": role_id, "werkgebied_id": werkgebied_id, "visitor_id": visitor_id}
    wanted = {seat.value: True for seat in wish.seats}
    job, params = "", {"room": False, "online": False, "cafe": cafe.pk, "by_hand": by_hand}
    params["patience"] = PATIENCE
    params |= wanted | fields
    if email:
        job, job_params = mail.in_sql("events.tasks.send_confirmation", to=email, registration_id="made.id")
        job, params = f", {job}", params | job_params
    with connection.cursor() as cursor:
        cursor.execute(BE_PATIENT + LOCK + INSERT.format(job=job), params)
        for _ in (BE_PATIENT, LOCK):
            cursor.nextset()
        row = cursor.fetchone()
    if row is None:
        return None
    registration = Registration(cafe=cafe, **fields, **dict(zip(MADE, row)))
    registration._state.adding = False
    return registration
