"""Numbers that count rows, so that a test finds them wherever they are told."""

import email
import email.policy
import re
from email.message import EmailMessage

from django.db import connection

FIRST = 731_000_000
COUNTED = re.compile(r"(?<![0-9a-zA-Z])731\d{6}(?![0-9a-zA-Z])")  # not by chance, in what is random
# Rows with an address of their own that everyone may open, and whose writing tells of no address.
PUBLIC = ("posts_post_", "posts_question_", "events_cafe_", "polls_idea_", "polls_group_", "polls_wensbeeld_")


def count_from_far(but_for: tuple[str, ...] = PUBLIC) -> None:
    """Has each table number its next rows from far on, but those of PUBLIC: such a number is known anywhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1")
        hidden = [name for (name,) in cursor.fetchall() if not name.startswith(but_for)]
        for place, name in enumerate(hidden):
            cursor.execute(f'ALTER SEQUENCE "{name}" RESTART WITH {FIRST + place * 10_000}')


def counted_in(mail: bytes | EmailMessage) -> set[str]:
    """The numbers that a mail tells, in its headers and in every part of it, decoded."""
    message = mail
    if isinstance(mail, bytes):
        message = email.message_from_bytes(mail, policy=email.policy.default)
    parts = [part.get_content() for part in message.walk() if not part.is_multipart()]
    words = [each.decode() if isinstance(each, bytes) else str(each) for each in parts]
    headers = [f"{name}: {value}" for name, value in message.items()]
    return {*COUNTED.findall("\n".join([*headers, *words]).replace("\r\n ", "").replace("\n ", ""))}
