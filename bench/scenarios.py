"""What people ask of the site. Each function returns one that makes the next request of its kind."""

import itertools
from collections import Counter
from collections.abc import Callable, Sequence
from types import SimpleNamespace

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from bench.load import Answer, Person, Request, once
from polls.models import Idea, Poll
from posts.models import Post
from werkplaats.models import Role, User
from werkplaats.web import programs

type Make = Callable[[], Request]

POLL, ROUND = "wensbeeld", "probeer-het-zelf"  # as the demo has them
WRITER = "Bench"
WORDS = "Bij ons op school lopen we samen een rondje voor elk gesprek. Dat helpt."
turn, numbers = itertools.count(), itertools.count(1)


def hang_up() -> None:
    """Gives the connection of this process back: the database belongs to the server."""
    connection.close()


def crowd(port: int, page: str, people: int, users: Sequence[User] = ()) -> list[Person]:
    """People who read `page` once, and gave the newest post a thumb: the first write brings the visitor's cookie."""
    newest = Post.objects.public().filter(question__closed_at=None).first()
    sessions = [session_of(user) for user in users] or [None] * people
    hang_up()
    found = [Person(port, page, session) for session in sessions]
    for person in found:
        person.keep(once(port, person.post(f"/bijdragen/{newest.pk}/duim/op/")))
    return found


def members(amount: int) -> list[User]:
    """People whose address is confirmed."""
    return [User.objects.confirmed(f"bench{number}@example.org") for number in range(amount)]


def session_of(user: User) -> str:
    """The key of a session in which this user is logged in, staff with the second factor."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    if user.is_staff:
        record_authentication(SimpleNamespace(session=session), user, "mfa", type="totp")
    session.save()
    return session.session_key


def get(path: str) -> Make:
    """A page, for somebody who never wrote."""
    return lambda: Request("GET", path)


def read(people: list[Person], path: str) -> Make:
    return lambda: people[next(turn) % len(people)].get(path)


def thumb(people: list[Person], rows: list[int], path: str = "/bijdragen/{pk}/duim/{wish}/") -> Make:
    def make():
        number = next(turn)
        wish = ("op", "neer")[number // len(rows) % 2]
        return people[number % len(people)].post(path.format(pk=rows[number * 7 % len(rows)], wish=wish))

    return make


def vote(people: list[Person]) -> Make:
    """Each votes again and again, for another choice each time."""
    choices = list(Poll.objects.get(slug=POLL).choices.values_list("pk", flat=True))
    given: Counter[int] = Counter()

    def make():
        voter = next(turn) % len(people)
        given[voter] += 1
        data = {"choice": choices[(voter + given[voter]) % len(choices)], "number": given[voter]}
        return people[voter].post(f"/peilingen/{POLL}/stem/", **data)

    return make


def sticker(people: list[Person]) -> Make:
    ideas = list(Idea.objects.filter(round__slug=ROUND).values_list("pk", flat=True))

    def make():
        number = next(turn)
        data = {"idea": ideas[number % len(ideas)], "colour": number // 7 % 3 + 1}
        return people[number % len(people)].post(f"/stickerrondes/{ROUND}/plakken/sticker/", **data)

    return make


def contribution(writer: Callable[[], Person], question: str, *, known: bool = False) -> Make:
    """Words without a picture. A writer who is not logged in (`known`) gives an address, and gets a mail."""
    role = Role.objects.filter(is_pupil=False).first().pk
    moment = programs.moment(ago=60)

    def make():
        data = {"text": f"{WORDS} ({next(numbers)})", "name": WRITER, "role": role, "moment": moment}
        if not known:
            data["email"] = f"schrijver{next(numbers)}@example.org"
        return writer().post(f"/vragen/{question}/bijdragen/", **data)

    return make


def both_steps(writer: Callable[[], Person], question: str) -> Make:
    """Words alone, and then who wrote them, with an address to confirm.

    As plain forms, whose answers only lead on: it is what writing takes, not drawing what is there then.
    """
    role = Role.objects.filter(is_pupil=False).first().pk
    moment = programs.moment(ago=60)

    def make():
        person, number = writer(), next(numbers)
        first = person.post(f"/vragen/{question}/bijdragen/", plain=True, text=f"{WORDS} ({number})", moment=moment)

        def finish(answer: Answer) -> Request:
            person.keep(answer)
            said = {"name": WRITER, "role": role, "email": f"schrijver{number}@example.org"}
            return person.post(answer.header("location"), plain=True, **said)

        first.then = finish
        return first

    return make


def sign_up(writer: Callable[[], Person], cafe: str, wish: str) -> Make:
    def make():
        data = {"wish": wish, "name": WRITER, "email": f"gast{next(numbers)}@example.org"}
        return writer().post(f"/cafes/{cafe}/aanmelden/", **data)

    return make


def strangers_at(port: int, page: str) -> Callable[[], Person]:
    """Each time a browser of its own, which wrote nothing before."""
    return Person(port, page).stranger


def forget_contributions() -> None:
    """Takes away what was written: the page of the question, and the queue, stay as long as they were."""
    Post.objects.filter(name=WRITER).delete()
    hang_up()
