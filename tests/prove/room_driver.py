"""A process that does in a room what people do, told by lines of JSON: for proofs that kill everything around it."""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import django
from django.db import OperationalError, connection, connections
from django.utils import timezone

django.setup()

from events.models import Cafe
from live.actions import counting, joining, leading, saying
from live.models import Kind, LiveCafe, Scene, SeatKind, Voice
from live.reading import results
from polls.models import Poll
from posts.models import Phase, Question
from werkplaats.models import User, Visitor

AT_ONCE = 16


def open_room() -> str:
    """A café at its question, with a poll to come; returns its code."""
    now = timezone.now()
    times = {"starts_at": now - timedelta(minutes=20), "ends_at": now + timedelta(hours=2)}
    cafe = Cafe.objects.create(slug="zaal", text="Praat mee.", question="Wat helpt?", room="Zaal", **times)
    phase = Phase.objects.first() or Phase.objects.create(name="nu")
    question = Question.objects.create(slug="zaal", title="Vraag", text="Wat helpt?", easy="Wat helpt?", phase=phase)
    question.make_current()
    poll = Poll.objects.create(slug="zaal", question="Ja of nee?", results_shown="never")
    for position, text in enumerate(("ja", "nee", "nog niet")):
        poll.choices.create(text=text, answer="Dank je wel.", position=position)
    live = LiveCafe.objects.of_cafe(cafe)
    asked = Scene.objects.create(live=live, position=1, kind=Kind.QUESTION, question=question)
    Scene.objects.create(live=live, position=2, kind=Kind.POLL, poll=poll)
    leading.begin(live, live.turn)
    leading.go_to(live, live.turn, asked)
    User.objects.create_user(email="leider@example.org", is_staff=True)
    return live.code


def live() -> LiveCafe:
    return LiveCafe.objects.select_related("scene").get()


def show(text: str) -> list:
    """A phone writes, and it is let on the screen. Returns its number, and when that was done."""
    visitor = Visitor.objects.create()
    seat = joining.sit(live(), visitor, SeatKind.TABLE, table=1, people=6)
    voice = saying.say(live().scenes.get(kind=Kind.QUESTION), seat, visitor, text)
    saying.show(voice, User.objects.get(), voice.post.version)
    return [Voice.objects.get(pk=voice.pk).number, time.time()]


def remove(number: int) -> float:
    """A moderator takes it away on the site. Returns when."""
    Voice.objects.get(number=number).post.remove(User.objects.get(), "te veel")
    return time.time()


def votes(count: int) -> dict[str, int]:
    """So many people vote, many at once. Returns how many were acknowledged per choice."""
    room = live()
    leading.go_to(room, room.turn, room.scenes.get(kind=Kind.POLL))
    scene = live().scene
    choices = list(scene.its_poll.choices.all())

    def one(number: int) -> str:
        """The same person until it worked: who sits down or votes twice does so once."""
        choice, key = choices[number % 7 % 3], uuid4()
        while True:
            try:
                visitor, _ = Visitor.objects.get_or_create(pk=key)
                seat = joining.sit(room, visitor, SeatKind.ONLINE)
                counting.vote(Scene.objects.select_related("poll", "live").get(pk=scene.pk), seat, choice.pk, None)
                return choice.text
            except OperationalError:
                time.sleep(0.1)
            finally:
                connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        acknowledged = list(pool.map(one, range(count)))
    return {choice.text: acknowledged.count(choice.text) for choice in choices}


def reveal() -> dict[str, int]:
    room = live()
    leading.reveal(room, room.turn)
    return {option.text: option.people for option in results.poll_result(live().scene).options}


def turn() -> int:
    return live().turn


COMMANDS = {act.__name__: act for act in (open_room, show, remove, votes, reveal, turn)}


def main() -> None:
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        while True:
            try:
                answer = COMMANDS[name](*arguments)
                break
            except OperationalError:  # PostgreSQL is away: as people do, try again
                connections.close_all()
                time.sleep(0.1)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
