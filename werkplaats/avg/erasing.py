"""Erasing a person: everything that is theirs, in one transaction, and where else they stand."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from pghistory.models import Context
from procrastinate.contrib.django import app

import events.privacy
import inviting.privacy
import live.privacy
import plan.privacy
import polls.privacy
import posts.privacy
from werkplaats import mail
from werkplaats.backoffice import log
from werkplaats.mail.models import FailedMail
from werkplaats.models import Letter, Picture, User, Visitor
from werkplaats.people.handing import until_it_fits
from werkplaats.privacy import erased
from werkplaats.privacy.models import Erasure, Why
from werkplaats.privacy.person import Person, Words
from werkplaats.privacy.traces import Traces

A_MINUTE = timedelta(minutes=1)
SOON = 300  # seconds in which every request is over
KEEPS_OUT = "Wie in het beheer mag, wist zichzelf niet: vraag het een andere coördinator."
ABOVE = "Dit is een collega die alles in het beheer mag. Alleen wie dat ook mag, wist dit account."
LAST = "Dit is de laatste die alles in het beheer mag. Geef eerst iemand anders dat recht."


Rows = dict[str, list[int]]  # keys by the label of their table


class Refused(Exception):
    """It is not done; the message says why, in Dutch."""


def check(person: Person, by: User | None) -> None:
    """Raises Refused for staff who erase themselves, for the last who may do everything, and for who may not do all
    and erases somebody who may.
    """
    user = User.objects.filter(pk=person.user).first() if person.user else None
    if user is None:
        return
    if user.is_staff and (by is None or by.pk == user.pk):
        raise Refused(KEEPS_OUT)
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    if user.is_superuser and not others.exists():
        raise Refused(LAST)
    if user.is_superuser and not (by and by.is_superuser):
        raise Refused(ABOVE)


@dataclass(frozen=True, kw_only=True)
class How:
    """At whose request, and what goes along.

    `by` is who of the staff does it, on request; `wipe` are rows of the staff that they chose to erase with it, and
    `also` contributions under the address that they know to be of this person. `term`: nobody asked, it is over.
    `before` is the line of when it was done before a back-up was put back: then of `wipe` goes what still names them.
    """

    by: User | None = None
    wipe: Rows = field(default_factory=dict)
    also: tuple[int, ...] = ()
    term: bool = False
    before: erased.Line | None = None

    @property
    def unasked(self) -> bool:
        """Whether nobody asks for it at this moment."""
        return self.term or self.before is not None

    @property
    def why(self) -> Why:
        if self.before:
            return Why(self.before.more["why"])
        return Why.TERM if self.term else Why.STAFF if self.by else Why.THEMSELVES

    def row(self, counts: Counter[str]) -> Erasure:
        """Not saved. After a back-up was put back it is of when it was done first."""
        at = self.before.at if self.before else timezone.now()
        return Erasure(at=at, why=self.why, by=self.by, counts=dict(+counts))

    @property
    def is_counted(self) -> bool:
        """Whether the back-up brought the row of it along."""
        if self.before is None:
            return False
        then = (self.before.at - A_MINUTE, self.before.at)  # numbers are given again
        return Erasure.objects.filter(pk=self.before.more["erasure"], at__range=then).exists()


def erase(person: Person, words: Words, **how: Any) -> Erasure:
    """Erases this person, with the fields of `How`; returns the row that tells how much of what went, not saved when
    nothing did. Raises Refused.

    Twice is once: the second finds nobody. Of who writes at this moment the write goes too, or fails.
    """
    done: list[Erasure] = []
    until_it_fits(lambda: done.append(_erase(person, words, How(**how))))
    return done[-1]


def _erase(person: Person, words: Words, how: How) -> Erasure:
    # In the order of everyone: cafés, users, visitors, words.
    events.privacy.lock_cafes(person)
    person = locked(person)
    if not how.unasked:
        check(person, how.by)
    traces = traces_of(person, how.also)
    ids = job_ids(person, how.also)
    found_by = {"sign_ups": events.privacy.marks(person), "typed": posts.privacy.typed_ids(person), "also": [*how.also]}
    own = own_words(person, how.also)
    wipe = both(how.wipe, plan.privacy.elsewhere(traces, places=plan.privacy.WIPED)) if how.unasked else how.wipe
    counts: Counter[str] = Counter()
    counts["wiped"] = sum(plan.privacy.wipe(label, keys) for label, keys in wipe.items())
    counts += plan.privacy.erase(person, traces)
    counts += posts.privacy.erase(person, words, how.also)
    counts += polls.privacy.erase(person, words)
    counts += events.privacy.erase(person)
    counts += inviting.privacy.erase(person)
    counts += live.privacy.erase(person)
    counts += erase_account(person, ids, traces)
    row = how.row(counts)
    if not row.counts:
        return row
    # Who asked for it, and is known to be who they are: else the contributions of others, which are many, are not read
    # for every name that somebody typed.
    known = bool(person.user or how.by) and not how.unasked
    places = plan.privacy.PLACES if known else plan.privacy.WIPED
    row.elsewhere = plan.privacy.elsewhere(traces, own, places)
    if not how.is_counted:
        row.save()
        note(person, words, found_by, row, wipe)
    transaction.on_commit(lambda: mail.forget_about(traces.are_in))
    return row


def locked(person: Person) -> Person:
    """The same, as they are once whoever changes them at this moment is done; nobody else can until the end."""
    user = User.objects.select_for_update().filter(pk=person.user).first() if person.user else None
    known = Person.of_user(user) if user else person
    visitors = person.visitors | known.visitors
    of_nobody_else = Visitor.objects.select_for_update(of=("self",)).filter(pk__in=visitors).order_by("pk")
    found = {each.pk for each in of_nobody_else if each.user_id in (None, person.user)}
    addresses = known.addresses if user or not person.user else frozenset()
    return Person(user.pk if user else None, frozenset(found), addresses)


def traces_of(person: Person, also: tuple[int, ...] = ()) -> Traces:
    """Before anything goes."""
    names = posts.privacy.names(person, also)
    names |= set(User.objects.filter(pk__in=[person.user]).exclude(name="").values_list("name", flat=True))
    names |= polls.privacy.names(person) | events.privacy.names(person) | inviting.privacy.names(person)
    return Traces.of(person.addresses, names, posts.privacy.words(person, also) | polls.privacy.words(person))


def own_words(person: Person, also: tuple[int, ...] = ()) -> Rows:
    """The keys of what they wrote themselves, by table."""
    mine = list(posts.privacy.theirs(person, also).values_list("pk", flat=True))
    return {posts.privacy.Post._meta.label: mine, **polls.privacy.own_words(person)}


def job_ids(person: Person, also: tuple[int, ...] = ()) -> dict[str, list[int]]:
    """The arguments of jobs that are about them."""
    letters = Letter.objects.filter(to__in=person.addresses)
    return {
        "user_id": [person.user] if person.user else [],
        "registration_id": events.privacy.ids(person),
        "letter_id": list(letters.values_list("pk", flat=True)),
        "post_id": list(posts.privacy.theirs(person, also).values_list("pk", flat=True)),
        "told_id": plan.privacy.told_ids(person),
        **inviting.privacy.job_ids(person),
    }


def erase_account(person: Person, ids: dict[str, list[int]], traces: Traces) -> Counter[str]:
    """What the ground holds: letters and jobs that wait, sessions, the account with all that hangs on it, browsers."""
    letters, _ = Letter.objects.filter(to__in=person.addresses).delete()
    counts = Counter(letters=letters, jobs=mail.forget_jobs(ids))
    counts["failed_mails"] = FailedMail.objects.forget_ids(ids, traces.certainly_within("reason"))
    counts["sessions"] = end_sessions(person)
    Picture.objects.kept().filter(visitor__in=person.visitors).delete()
    Picture.objects.filter(visitor__in=person.visitors).update(visitor=None)
    counts["visitors"] = Visitor.objects.filter(pk__in=person.visitors).count()
    Visitor.objects.filter(pk__in=person.visitors).delete()
    if person.user:
        log.forget(User, [person.user])
        counts["accounts"] = 1
        counts["addresses"] = EmailAddress.objects.filter(user=person.user).count()
        User.objects.filter(pk=person.user).delete()
        # The last of all: each change of before wrote it down again.
        counts["audit"] = Context.objects.filter(metadata__user=person.user).update(metadata={})
        # And once more when every request of now is over, which may write it down yet.
        later = app.configure_task("werkplaats.tasks.forget_acts", schedule_in={"seconds": SOON}, allow_unknown=False)
        later.defer(user_id=person.user)
    return counts


def end_sessions(person: Person) -> int:
    """All sessions of theirs, also one that is halfway a log-in with their address."""
    return Session.objects.filter(pk__in=sessions_of(person)).delete()[0]


def sessions_of(person: Person) -> list[str]:
    """The keys of those: no column says whose a session is, so all are read."""
    return [session.pk for session in Session.objects.iterator() if is_of(session.get_decoded(), person)]


def is_of(said: dict[str, Any], person: Person) -> bool:
    if person.user and str(said.get("_auth_user_id")) == str(person.user):
        return True
    text = str(said).lower()
    return any(each in text for each in person.addresses | {visitor.hex for visitor in person.visitors})


def both(one: Rows, other: Rows) -> Rows:
    """The rows that are in both."""
    shared = {label: sorted({*keys} & {*other.get(label, [])}) for label, keys in one.items()}
    return {label: keys for label, keys in shared.items() if keys}


def wipe_elsewhere(row: Erasure, chosen: Rows) -> None:
    """The staff looked at where else somebody stands, and erases these lines: only such as were found then."""
    chosen = both(chosen, row.elsewhere)
    with transaction.atomic():
        for label, keys in chosen.items():
            plan.privacy.wipe(label, keys)
        Erasure.objects.filter(pk=row.pk, looked_at=None).update(looked_at=timezone.now())
        if chosen:
            erased.note(erased.What.LINES, [row.pk], rows=chosen)


def note(person: Person, words: Words, found_by: dict[str, Any], row: Erasure, wipe: Rows) -> None:
    """For a back-up that is put back: see `werkplaats.avg.replaying`. `found_by` leads to addresses."""
    visitors = sorted(visitor.hex for visitor in person.visitors)
    more = {"visitors": visitors, "words": words.value, "erasure": row.pk, "why": row.why, "rows": wipe}
    erased.note(erased.What.PERSON, [person.user] if person.user else [], **more, **found_by)


def counted(person: Person) -> Counter[str]:
    """What there is now, for the page that asks first."""
    counts: Counter[str] = Counter()
    for door in (posts.privacy, polls.privacy, events.privacy, plan.privacy):
        counts += door.counted(person)
    return counts
