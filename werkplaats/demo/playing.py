"""«Speel een café na»: sixty invented people in a room, for five minutes, in the demo only.

Everything goes by the verbs that phones and leaders use, so screen, phones and leader show what they would.
"""

import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from threading import Thread
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connections, transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.models import Cafe
from live.actions import counting, joining, leading, saying
from live.models import Kind, LiveCafe, Scene, Seat, SeatKind, Voice
from live.models.cafes import Moved
from polls.models import Ballot, Choice, Group, Idea, Poll, ResultsShown, StickerRound
from polls.rounds.person import Person
from posts.models import Post, Question, Thumb
from werkplaats.demo.content import play
from werkplaats.models import User, Visitor

SLUG = "nagespeeld-cafe"
LASTS = timedelta(minutes=5)
ORDER = (Kind.WELCOME, Kind.TALK, Kind.QUESTION, Kind.POLL, Kind.STICKERS, Kind.THANKS)
type Wait = Callable[[float], None]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def page(request):
    """One button, and while it is played the ways in."""
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        start()
        return redirect("play")
    return render(request, "demo/play.html", {"live": playing(), "last": LiveCafe.objects.filter(cafe__slug=SLUG)})


def playing() -> LiveCafe | None:
    """The room that is played now."""
    return LiveCafe.objects.open().filter(cafe__slug=SLUG, cafe__ends_at__gt=timezone.now()).first()


def start() -> LiveCafe | None:
    """Plays one, in a thread of this process; nothing when one is played already. Raises nothing of what goes wrong."""
    with transaction.atomic():
        list(Question.objects.select_for_update().order_by("pk").values_list("pk")[:1])  # of two presses one waits
        if playing():
            return None
        live = prepare()
    Thread(target=partial(in_thread, live.pk), name="nagespeeld café", daemon=True).start()
    return live


def in_thread(pk: int) -> None:
    try:
        run(pk, rest)
    finally:
        connections.close_all()


def rest(seconds: float) -> None:
    """Others need its connection meanwhile."""
    connections.close_all()
    time.sleep(seconds)


def prepare() -> LiveCafe:
    """The café of now with its room, and nothing of the one before."""
    forget()
    now = timezone.now()
    about = {name: getattr(play, name) for name in ("title", "question", "text", "room")}
    when = {"starts_at": now - timedelta(minutes=1), "ends_at": now + LASTS + timedelta(minutes=1)}
    asked = Question.objects.current()
    cafe = Cafe.objects.create(slug=SLUG, topic=asked, **about, **when)
    live = LiveCafe.objects.of_cafe(cafe)
    LiveCafe.objects.filter(pk=live.pk).update(tables=len(play.tables))
    subjects: dict[Kind, dict[str, Any]] = {Kind.POLL: {"poll": make_poll(cafe)}}
    subjects |= {Kind.STICKERS: {"round": make_round()}}
    subjects |= {kind: {"question": asked} for kind in (Kind.TALK, Kind.QUESTION)} if asked else {}
    order = [kind for kind in ORDER if kind in subjects or kind in (Kind.WELCOME, Kind.THANKS)]
    Scene.objects.bulk_create(
        Scene(live=live, position=place, kind=kind, minutes=1, **subjects.get(kind, {}))
        for place, kind in enumerate(order, 1)
    )
    return live


def forget() -> None:
    """The one that was played before, with all that came of it. The people stay, for the next."""
    live = LiveCafe.objects.filter(cafe__slug=SLUG).first()
    if live:
        said = list(live.voices.exclude(post=None).values_list("post", flat=True))
        live.delete()
        Post.objects.filter(root__in=said).exclude(pk__in=said).delete()
        Post.objects.filter(pk__in=said).delete()
    Ballot.objects.filter(choice__poll__slug=SLUG).delete()
    Poll.objects.filter(slug=SLUG).delete()
    StickerRound.objects.filter(slug=SLUG).delete()
    Cafe.objects.filter(slug=SLUG).delete()


def make_poll(cafe: Cafe) -> Poll:
    shut = timezone.now()  # until its scene opens it
    poll = Poll.objects.create(
        slug=SLUG,
        question=play.poll["question"],
        results_shown=ResultsShown.NEVER,
        closes_at=shut,
        is_of_room=True,
        room_cafe=cafe,
    )
    Choice.objects.bulk_create(
        Choice(poll=poll, text=text, position=place) for place, text in enumerate(play.poll["choices"], 1)
    )
    return poll


def make_round() -> StickerRound:
    made = StickerRound.objects.create(slug=SLUG, title=play.round["title"], question=play.round["question"])
    group = Group.objects.create(round=made, name="De zaal")
    for text in play.round["ideas"]:
        Idea.objects.create(round=made, group=group, text=text)
    return made


def run(pk: int, wait: Wait) -> None:
    """Plays the room with this key, and ends the café. Who leads it themselves meanwhile has it until then."""
    try:
        for pause in Play(pk).evening():
            wait(pause)
    except (Moved, ValidationError, LiveCafe.DoesNotExist):
        return
    Cafe.objects.filter(live=pk, ends_at__gt=timezone.now()).update(ends_at=timezone.now())


class Play:
    """An evening in steps; between two of them it yields how many seconds to wait."""

    def __init__(self, pk: int) -> None:
        self.pk = pk
        self.chance = random.Random(pk)  # noqa: S311, nothing is secret about it
        self.seats: list[Seat] = []
        self.turn = 0  # after the last command of ours

    @property
    def live(self) -> LiveCafe:
        return LiveCafe.objects.select_related("cafe", "scene__poll", "scene__round", "scene__question").get(pk=self.pk)

    def lead(self, command: Callable[..., bool], *arguments: Any) -> None:
        """Gives a command. Raises Moved once somebody else gave one."""
        live = self.live
        if live.turn != (self.turn or live.turn):
            raise Moved
        command(live, live.turn, *arguments)
        self.turn = self.live.turn

    def evening(self) -> Iterator[float]:
        self.lead(leading.begin)
        yield from self.come_in()
        scenes = {scene.kind: scene for scene in self.live.scenes.all()}
        parts = {Kind.TALK: self.talk, Kind.QUESTION: self.say, Kind.POLL: self.vote, Kind.STICKERS: self.stick}
        for kind, act in parts.items():
            if kind in scenes:
                yield 4
                self.go_to(kind)
                yield from act()
        yield 6
        self.go_to(Kind.THANKS)
        yield 20

    def go_to(self, kind: Kind) -> None:
        self.lead(leading.go_to, self.scene(kind))

    def scene(self, kind: Kind) -> Scene:
        return Scene.objects.select_related("live__cafe", "question", "poll", "round").get(live=self.pk, kind=kind)

    def come_in(self) -> Iterator[float]:
        places: list[tuple[SeatKind, int | None, int]]
        places = [(SeatKind.TABLE, table, people) for table, people in enumerate(play.tables, 1)]
        places += [(SeatKind.ALONE, None, 1)] * play.alone + [(SeatKind.ONLINE, None, 1)] * play.online
        self.chance.shuffle(places)
        for number, (kind, table, people) in enumerate(places):
            visitor, _ = Visitor.objects.get_or_create(pk=uuid5(NAMESPACE_URL, f"{SLUG}/{number}"))
            self.seats.append(joining.sit(self.live, visitor, kind, table=table, people=people))
            yield 1.5

    def talk(self) -> Iterator[float]:
        self.lead(leading.start_time)
        yield 25

    def say(self) -> Iterator[float]:
        """Most of what comes is shown a moment later; the last two wait for whoever leads."""
        by, made = self.leader(), []
        for number, words in enumerate(play.said):
            made.append(self.send(words["table"], words["text"]))
            yield 3
            if number < len(play.said) - 2:
                voice = made[number]
                saying.show(voice, by, voice.post.version if voice.post else 0)
                self.like(made)
                yield 3
        self.lead(leading.spotlight, made[0])
        for _ in range(4):
            yield 2
            self.like(made[:1], most=4)
        self.lead(leading.spotlight, None)

    def send(self, table: int, text: str) -> Voice:
        seat = next(each for each in self.seats if (each.table or 0) == table and each.kind != SeatKind.ALONE)
        return saying.say(self.scene(Kind.QUESTION), seat, seat.visitor, text)

    def like(self, voices: list[Voice], most: int = 2) -> None:
        shown = [
            voice.post_id for voice in voices if voice.post_id and Post.objects.readable().filter(pk=voice.post_id)
        ]
        for seat in self.chance.sample(self.seats, most):
            if shown:
                Thumb.objects.wish(self.chance.choice(shown[-4:]), seat.visitor_id, 1)

    def vote(self) -> Iterator[float]:
        scene = self.scene(Kind.POLL)
        choices = list(scene.its_poll.choices.order_by("position").values_list("pk", flat=True))
        for seat in self.chance.sample(self.seats, len(self.seats)):
            if seat.is_table:
                counting.count_hands(scene, seat, self.hands(choices, seat.people))
            else:
                counting.vote(scene, seat, self.chance.choices(choices, weights=[6, 1, 3])[0], None)
            yield 1.2
        yield 3
        self.lead(leading.reveal)
        yield 12

    def hands(self, choices: list[int], people: int) -> dict[int, int]:
        counted = dict.fromkeys(choices, 0)
        for choice in self.chance.choices(choices, weights=[6, 1, 3], k=people):
            counted[choice] += 1
        return counted

    def stick(self) -> Iterator[float]:
        scene = self.scene(Kind.STICKERS)
        ideas = list(scene.its_round.ideas.order_by("pk").values_list("pk", flat=True))
        for seat in self.chance.sample(self.seats, len(self.seats)):
            for number in range(1, min(seat.people, 3) + 1):
                for place, idea in enumerate(self.chance.sample(ideas, len(ideas))):
                    colour = self.chance.choices([1, 2, 3], weights=[6 - ideas.index(idea) + place % 2, 2, 1])[0]
                    counting.place(scene, seat, Person(seat.visitor_id, number), idea, colour, None, None)
            yield 1.6
        self.lead(leading.reveal)
        yield 12

    def leader(self) -> User:
        """Who shows what comes in: the coordinator of the demo."""
        return User.objects.filter(is_superuser=True, is_active=True).order_by("pk")[0]
