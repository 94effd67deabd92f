"""Limits that follow a person or the address being mailed, never the building: a school is one IP address.

What people write is counted here, in a table of its own: all that one write counts takes one statement. The log-in
codes of allauth are counted by allauth, in the cache in the database. The rates of both stand in the settings.
"""

from collections.abc import Iterable
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from werkplaats.register.entries import Entry, Purpose, Term

# What was refused is not counted. Whoever counts the same locks the same row and waits for the other.
COUNT = """
    INSERT INTO werkplaats_limit AS known (key, most, periods, moments, allowed)
    SELECT key, most::int[], periods::interval[], ARRAY[%(now)s], true
    FROM unnest(%(keys)s::text[], %(most)s::text[], %(periods)s::text[]) AS asked (key, most, periods) ORDER BY key
    ON CONFLICT (key) DO UPDATE SET most = EXCLUDED.most, periods = EXCLUDED.periods, (moments, allowed) = (
        SELECT CASE WHEN within THEN lately || EXCLUDED.moments ELSE lately END, within
        FROM (
            SELECT ARRAY(
                SELECT moment FROM unnest(known.moments) AS moment
                WHERE moment > %(now)s - (SELECT max(period) FROM unnest(EXCLUDED.periods) AS period)
            ) AS lately, NOT EXISTS (
                SELECT FROM unnest(EXCLUDED.most, EXCLUDED.periods) AS rate (most, period) WHERE rate.most <= (
                    SELECT count(*) FROM unnest(known.moments) AS moment WHERE moment > %(now)s - rate.period
                )
            ) AS within
        ) AS counted
    )
    RETURNING key, allowed
"""
FORGET = """
    DELETE FROM werkplaats_limit
    WHERE moments[cardinality(moments)] < %(now)s - (SELECT max(period) FROM unnest(periods) AS period)
"""


class Limit(models.Model):
    """How often a person, or people with one address, did something lately.

    `key` is a keyed hash of what and who, so no address can be read from it or guessed. `moments` holds when it was
    allowed, the latest last; `allowed` says whether it was the last time. At most `most[i]` within `periods[i]` are.
    """

    key = models.CharField(max_length=64, primary_key=True)
    most = ArrayField(models.PositiveIntegerField())
    periods = ArrayField(models.DurationField())
    moments = ArrayField(models.DateTimeField())
    allowed = models.BooleanField()

    in_register = Entry(
        what="hoe vaak iemand iets deed, als code waaruit niemand te lezen is",
        purpose=Purpose.MODERATING,
        term=Term.BRIEF,
        personal={"key": "code van wie en wat"},
    )

    def __str__(self) -> str:
        return f"{len(self.moments)} keer"


class TooMuch(Exception):
    """A visitor sends more than a person would."""


def beyond(asked: dict[str, str]) -> set[str]:
    """Counts each of these actions once more, for the person or address behind it; tells which are beyond their rates.

    One statement for all. The actions are those of settings.WRITE_RATE_LIMITS.
    """
    actions = {key_of(action, who): action for action, who in asked.items()}
    rates = [settings.WRITE_RATE_LIMITS[action] for action in actions.values()]
    names: dict[str, Any] = {
        "keys": list(actions),
        # As text: unnest() would take arrays of arrays apart to the last number.
        "most": [array(most for most, _ in each) for each in rates],
        "periods": [array(f"{period.total_seconds()}s" for _, period in each) for each in rates],
        "now": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT, names)
        return {actions[key] for key, allowed in cursor if not allowed}


def are_used_up(asked: dict[str, str]) -> set[str]:
    """Those of these actions that are at their rates now, so that the next one would be refused. Counts nothing."""
    actions = {key_of(action, who): action for action, who in asked.items()}
    now, full = timezone.now(), set()
    for key, moments in Limit.objects.filter(pk__in=actions).values_list("pk", "moments"):
        rates = settings.WRITE_RATE_LIMITS[actions[key]]
        if any(sum(moment > now - period for moment in moments) >= most for most, period in rates):
            full.add(actions[key])
    return full


def allows_code(request: HttpRequest, email: str) -> bool:
    """Counts one more log-in code for this address, as allauth does, and tells whether that is within its rate."""
    allowed: bool = ratelimit.consume(request, action="request_login_code", key=email)
    return allowed


def array(values: Iterable[int | str]) -> str:
    """An array as PostgreSQL writes it; of numbers and periods, which need no quotes."""
    return f"{{{','.join(map(str, values))}}}"


def key_of(action: str, who: str) -> str:
    return salted_hmac("werkplaats.limits", f"{action}:{who.lower()}", algorithm="sha256").hexdigest()


def forget_old() -> None:
    """Removes what does not count any more."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, {"now": timezone.now()})
