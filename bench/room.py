"""The live room: phones that ask, a screen that follows, voices that come, votes, and the pages of the site meanwhile.

Phones ask as `static/js/live/following.js` does: every 3 to 5 s, with the ETag that they have. What is timed begins
when the command has returned, and ends when the client holds the state with it in its hands.
"""

import asyncio
import itertools
import json
import random
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlencode

from django.utils import timezone

from bench import data
from bench.database import Watch
from bench.load import Answer, Request, ask, pace
from bench.preparing import Bench
from bench.reporting import Table
from bench.server import free_port, memory, serving, serving_live, workers
from events.models import Cafe
from live.actions import joining, leading, saying
from live.models import Kind, LiveCafe, Scene, SeatKind
from live.reading import results
from polls.models import Poll
from posts.models import Question
from werkplaats.models import User, Visitor
from werkplaats.people import visitors
from werkplaats.versions import mark_of

VOICES, APART, REMOVED_APART = 12, 2.5, 0.5  # released, seconds between two, and between two that are removed
VOTES_IN = 20.0  # seconds in which everybody votes
ASKS = (3.0, 5.0)  # seconds between two questions of a phone
PAGES_A_SECOND = 5.0
CHOICES = ("ja", "nee", "nog niet")


@dataclass
class Room:
    """What the run found, by the number of a voice: when it was released, and when screen and phones had it; and when
    it was removed, and the screen had it no more."""

    live: LiveCafe
    port: int  # of the live process
    pages: list[str]  # of the site, for people who are not there
    released: dict[int, float] = field(default_factory=dict)
    on_screen: dict[int, float] = field(default_factory=dict)
    on_phones: dict[int, list[float]] = field(default_factory=dict)
    removed: dict[int, float] = field(default_factory=dict)
    off_screen: dict[int, float] = field(default_factory=dict)
    asked: int = 0
    statuses: dict[int, int] = field(default_factory=dict)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def state(self) -> str:
        return f"/live/{self.live.code.lower()}/stand"


def main(bench: Bench, options) -> None:
    print("bench: loading …", flush=True)
    data.load()
    live, polled = prepare()
    phones = [phone(live) for _ in range(options.phones)]
    pages = ["/denk-praat-doe-mee/", "/", live.cafe.get_absolute_url(), "/programma/"]
    room, database = Room(live, free_port(), pages), Watch(bench.database)
    variables = {**bench.variables, "THREADS": "1"}
    with serving(bench.variables, bench.port) as server, serving_live(variables, room.port) as process:
        took = asyncio.run(evening(bench.port, room, phones, polled))
        leading.reveal(LiveCafe.objects.get(pk=live.pk), turn_of(live))
        sizes = {"live process": process, "web workers": server}
        sizes = {name: [memory(pid) for pid in workers(each)] for name, each in sizes.items()}
        connections = database.connections()
    report(room, took, len(phones), results.poll_result(Scene.objects.get(pk=polled.pk)), sizes, connections)


def prepare() -> tuple[LiveCafe, Scene]:
    """A café that is on, at its question, and a poll to come."""
    now = timezone.now()
    cafe = Cafe.objects.create(
        slug="zaal",
        starts_at=now - timedelta(minutes=20),
        ends_at=now + timedelta(hours=2),
        text="Praat mee.",
        question="Wat helpt?",
        room="Grote zaal",
    )
    live = LiveCafe.objects.of_cafe(cafe)
    poll = Poll.objects.create(slug="zaal", question="Ja of nee?")
    for position, text in enumerate(CHOICES):
        poll.choices.create(text=text, answer="Dank je wel.", position=position)
    asked = Scene.objects.create(live=live, position=1, kind=Kind.QUESTION, question=Question.objects.current())
    polled = Scene.objects.create(live=live, position=2, kind=Kind.POLL, poll=poll)
    leading.begin(live, live.turn)
    leading.go_to(live, live.turn, asked)
    return live, polled


def phone(live: LiveCafe) -> dict[str, str]:
    """The cookies of a phone that sits online: each of these votes for itself."""
    visitor = Visitor.objects.create()
    joining.sit(live, visitor, SeatKind.ONLINE)
    return {"bezoeker": visitors.COOKIE.sign(visitors.signed(visitor.pk, None)), "csrf": secrets.token_hex(16)}


def turn_of(live: LiveCafe) -> int:
    return LiveCafe.objects.values_list("turn", flat=True).get(pk=live.pk)


async def evening(port: int, room: Room, phones: list[dict[str, str]], polled: Scene) -> dict[str, list[float]]:
    """How long pages and votes took, in seconds: before phones ask, while voices come, while everybody votes."""
    took = {"pages, before": await pages(port, room, 8)}
    asking = [asyncio.create_task(ask_on(room)) for _ in phones]
    screen = asyncio.create_task(follow(room))
    await asyncio.sleep(ASKS[1] + 1)
    reading = asyncio.create_task(pages(port, room, VOICES * APART))
    await asyncio.to_thread(release, room)
    took["pages, voices come"] = await reading
    await asyncio.to_thread(remove, room)
    await asyncio.sleep(ASKS[1] + 1)
    await asyncio.to_thread(leading.go_to, room.live, await asyncio.to_thread(turn_of, room.live), polled)
    reading = asyncio.create_task(pages(port, room, VOTES_IN))
    path = f"/z/{room.live.code.lower()}/stem/{polled.pk}/"
    choices = await asyncio.to_thread(choices_of, polled)
    took["votes"] = await asyncio.gather(*(vote(port, path, each, choices) for each in phones))
    took["pages, all vote"] = await reading
    room.over.set()
    await asyncio.gather(screen, *asking)
    return took


def choices_of(polled: Scene) -> list[str]:
    """What the buttons of a phone send: each choice, with the mark of its words."""
    poll = polled.its_poll
    return [f"{choice.pk}.{mark_of(poll.question, choice.text)}" for choice in poll.choices.all()]


async def pages(port: int, room: Room, seconds: float) -> list[float]:
    took: list[float] = []

    def note(status: int, spent: float) -> None:
        if status != 200:
            raise RuntimeError(f"a page answered {status}")
        took.append(spent)

    requests: Iterator[Request] = (Request("GET", path) for path in itertools.cycle(room.pages))
    await pace(port, requests, note, connections=4, seconds=seconds, rate=PAGES_A_SECOND)
    return took


def release(room: Room) -> None:
    """Writes voices as phones do, and lets them come on the screen one by one."""
    boss, asked = User.objects.filter(is_superuser=True).first(), room.live.scenes.get(kind=Kind.QUESTION)
    for number in range(1, VOICES + 1):
        visitor, due = Visitor.objects.create(), time.perf_counter() + APART
        seat = joining.sit(room.live, visitor, SeatKind.TABLE, table=number % 10 + 1, people=6)
        voice = saying.say(asked, seat, visitor, f"Stem {number}: korte lijnen, en iemand die meekijkt in de klas.")
        saying.show(voice, boss, voice.post.version)
        room.released[number] = time.perf_counter()
        time.sleep(max(0.0, due - time.perf_counter()))


def remove(room: Room) -> None:
    """A moderator takes each away on the site, the one that came first first."""
    boss = User.objects.filter(is_superuser=True).first()
    for voice in room.live.voices.shown().select_related("post"):
        due = time.perf_counter() + REMOVED_APART
        voice.post.remove(boss, "te veel")
        room.removed[voice.number] = time.perf_counter()
        time.sleep(max(0.0, due - time.perf_counter()))


async def ask_on(room: Room) -> None:
    """One phone, until it is over. It opened its page at a moment of its own."""
    await asyncio.sleep(random.uniform(0, ASKS[1]))
    reader, writer = await asyncio.open_connection("127.0.0.1", room.port)
    headers, seen = {}, 0
    while not room.over.is_set():
        answer = await ask(reader, writer, Request("GET", room.state, headers))
        room.asked += 1
        room.statuses[answer.status] = room.statuses.get(answer.status, 0) + 1
        if answer.status == 200:
            headers = {"If-None-Match": answer.header("etag")}
            seen = note(answer, seen, lambda number: room.on_phones.setdefault(number, []).append(time.perf_counter()))
        await asyncio.sleep(random.uniform(*ASKS))
    writer.close()


async def follow(room: Room) -> None:
    """The screen: a stream of versions, and the state of each."""
    stream, writer = await asyncio.open_connection("127.0.0.1", room.port)
    state = await asyncio.open_connection("127.0.0.1", room.port)
    writer.write(Request("GET", room.state.replace("stand", "scherm")).encode())
    seen = 0
    while not room.over.is_set():
        try:
            line = await asyncio.wait_for(stream.readline(), 1)
        except TimeoutError:
            continue
        if line.startswith(b"event: version"):
            answer = await ask(*state, Request("GET", room.state))
            stand, now = json.loads(answer.body)["stand"], time.perf_counter()
            for number in room.on_screen.keys() - set(stand) - room.off_screen.keys():
                room.off_screen[number] = now
            seen = note(answer, seen, lambda number: room.on_screen.setdefault(number, time.perf_counter()))
    writer.close()


def note(answer: Answer, seen: int, came) -> int:
    """Calls `came` for each voice that is new to somebody who saw up to `seen`; returns up to which they see now."""
    numbers = [number for number, _ in json.loads(answer.body)["voices"] if number > seen]
    for number in numbers:
        came(number)
    return max(numbers, default=seen)


async def vote(port: int, path: str, cookies: dict[str, str], choices: list[str]) -> float:
    """One vote at a moment of its own; returns how long it took, in seconds."""
    await asyncio.sleep(random.uniform(0, VOTES_IN))
    body = urlencode({"choice": random.choice(choices), "csrfmiddlewaretoken": cookies["csrf"]})
    cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answer = await ask(reader, writer, Request("POST", path, {"Cookie": cookie}, body))
    writer.close()
    if answer.status != 302:
        raise RuntimeError(f"a vote was answered {answer.status}")
    return answer.seconds


def report(
    room: Room,
    took: dict[str, list[float]],
    phones: int,
    result: results.PollResult,
    sizes: dict[str, list[int]],
    connections: int,
) -> None:
    table = Table("p50 ms", "p95 ms", "most ms", first=34)
    screen = [room.on_screen[number] - at for number, at in room.released.items() if number in room.on_screen]
    gone = [room.off_screen[number] - at for number, at in room.removed.items() if number in room.off_screen]
    all_phones = [came - room.released[number] for number, each in room.on_phones.items() for came in each]
    for name, seconds in {
        "released → on the screen": screen,
        "removed → off the screen": gone,
        "released → in a phone's table": all_phones,
        **took,
    }.items():
        table.row(name, *(1000 * each for each in (quantile(seconds, 0.5), quantile(seconds, 0.95), max(seconds))))
    seen = sum(map(len, room.on_phones.values()))
    print(f"voices: {len(room.released)} released, {len(screen)} on the screen, {seen} of {phones * VOICES} on phones")
    print(f"removed: {len(room.removed)}, {len(gone)} off the screen")
    print(f"phones asked {room.asked:,} times: {room.statuses}")
    print(f"votes: {phones} sent, {result.people} in the result")
    print("memory:", ", ".join(f"{name} {size} MB" for name, size in sizes.items()), f"· connections {connections}")


def quantile(seconds: list[float], share: float) -> float:
    return sorted(seconds)[min(len(seconds) - 1, int(share * len(seconds)))]
