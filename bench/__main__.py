"""`make bench`: the site as in production, under load, beside three plain measures in the same run.

Prints per scenario: requests a second, p50 and p95 in ms, queries, bytes on the wire; then the ratios, which
are what counts: figures differ from machine to machine. Not a test: nothing here fails for being slow.
"""

import argparse
import asyncio
import itertools
import os
import secrets
import statistics
import sys
import tempfile
from pathlib import Path

from bench.load import Person, Request, once, repeat, run
from bench.server import environment, free_port, serving, workers
from werkplaats.laptop.postgres import throw_away

CONNECTIONS = 8


def prepare(variables: dict[str, str]) -> None:
    """Brings this process into the environment of the site, migrates and loads."""
    os.environ |= variables
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("migrate", run_syncdb=True, verbosity=0)
    from bench import data

    data.load()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    hang_up()


def hang_up() -> None:
    """Gives the connections of this process back, so that the database belongs to the server."""
    from django.db import connection

    connection.close()
    connection.close_pool()


def sessions(amount: int) -> list[str]:
    """Keys of Django sessions of logged-in people."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from werkplaats.people.models import User

    keys = []
    for number in range(amount):
        user = User.objects.create_user(f"bench{number}@example.org")
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        keys.append(session.session_key)
    hang_up()
    return keys


def scenarios(port: int) -> dict:
    """Name → endless requests."""
    from django.conf import settings

    from polls.rounds.models.ideas import Idea
    from polls.voting.models import Poll
    from posts.models.posts import Post

    posts = list(Post.objects.filter(question__slug="bench").values_list("pk", flat=True))
    roots = Post.objects.filter(question__slug="bench", parent=None).order_by("-created_at", "-pk")[:10]
    newest = list(Post.objects.filter(root__in=[root.pk for root in roots]).values_list("pk", flat=True))
    choices = list(Poll.objects.get(slug="wensbeeld").choices.values_list("pk", flat=True))
    ideas = list(Idea.objects.filter(round__slug="probeer-het-zelf").values_list("pk", flat=True))
    hang_up()
    people = [Person(port, "/vragen/bench/") for _ in range(24)]
    readers = [Person(port, "/vragen/bench/") for _ in range(8)]
    for person in people + readers:  # the first write brings the visitor cookie
        person.keep(once(port, person.post(f"/bijdragen/{posts[0]}/duim/op/")))
    for number, reader in enumerate(readers):
        for pk in newest[number % 5 :: 5]:  # ten of the fifty that the page shows
            once(port, reader.post(f"/bijdragen/{pk}/duim/op/"))
    users = [Person(port, "/vragen/bench/", session) for session in sessions(24)]
    for person in users:
        person.keep(once(port, person.post(f"/bijdragen/{posts[0]}/duim/op/")))
    guest = Person(port, "/cafes/bench/")
    turn, numbers = itertools.count(), itertools.count(1)

    def thumb(crowd: list[Person]):
        def make():
            number = next(turn)
            wish = ("op", "neer")[number // len(posts) % 2]
            return crowd[number % len(crowd)].post(
                f"/bijdragen/{posts[number * 7 % len(posts)]}/duim/{wish}/"
            )

        return make

    def read():
        return readers[next(turn) % len(readers)].get("/vragen/bench/")

    def vote():
        number = next(turn)
        person = people[number % len(people)]
        data = {"choice": choices[number % len(choices)], "number": number}
        return person.post("/peilingen/wensbeeld/stem/", **data)

    def sticker():
        number = next(turn)
        data = {"idea": ideas[number % len(ideas)], "colour": number // 7 % 3 + 1}
        path = "/stickerrondes/probeer-het-zelf/plakken/sticker/"
        return people[number % len(people)].post(path, **data)

    def sign_up(cafe: str, wish: str):
        def make():
            # Each is a browser of its own, which wrote nothing before.
            guest.token = guest.cookies[settings.CSRF_COOKIE_NAME] = secrets.token_hex(16)
            data = {"wish": wish, "name": "Bench", "email": f"gast{next(numbers)}@example.org"}
            return guest.post(f"/cafes/{cafe}/aanmelden/", **data)

        return make

    def get(path: str):
        return lambda: Request("GET", path)

    return {
        "floor": repeat(get("/bench/floor/")),
        "plain page": repeat(get("/bench/page/")),
        "plain write": repeat(lambda: Request("POST", "/bench/write/")),
        "landing page": repeat(get("/")),
        "question page": repeat(get("/vragen/bench/")),
        "question (thumbs)": repeat(read),
        "thumb (visitor)": repeat(thumb(people)),
        "thumb (logged in)": repeat(thumb(users)),
        "vote": repeat(vote),
        "sticker": repeat(sticker),
        "sign-up": repeat(sign_up("bench", "room")),
        "sign-up (race)": repeat(sign_up("vol", "both")),  # for 20 + 10 places, and then for the queue
    }


def measure(port: int, rounds: int, seconds: float) -> dict:
    """Runs all scenarios interleaved, `rounds` times; returns name → figures."""
    found: dict = {}
    for name, requests in (sets := scenarios(port)).items():
        once(port, next(requests))  # fills what a process keeps
        request = next(requests)
        request.headers |= {"X-Count-Queries": "1"}
        answer = once(port, request)
        if answer.status >= 400:
            sys.exit(f"{name}: status {answer.status}\n{answer.body.decode(errors='replace')[:2000]}")
        found[name] = {"queries": answer.header("x-queries"), "bytes": answer.size, "speeds": [], "times": []}
    for number in range(rounds):
        for name, requests in sets.items():
            answers, took = asyncio.run(run(port, requests, connections=CONNECTIONS, seconds=seconds))
            if failed := [answer.status for answer in answers if answer.status >= 400]:
                sys.exit(f"{name}: {len(failed)} of {len(answers)} refused, first with {failed[0]}")
            found[name]["speeds"].append(len(answers) / took)
            found[name]["times"] += [answer.seconds * 1000 for answer in answers]
        print(f"  round {number + 1} of {rounds}", flush=True)
    return found


def memory(pid: int) -> int:
    """Megabytes of resident memory of a process."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20


def report(found: dict) -> None:
    """Prints the table and the ratios."""
    print(f"\n{'':20}{'req/s':>8}{'p50 ms':>8}{'p95 ms':>8}{'queries':>9}{'bytes':>9}")
    for name, figures in found.items():
        times = statistics.quantiles(figures["times"], n=20)
        print(
            f"{name:20}{statistics.median(figures['speeds']):8.0f}{times[9]:8.1f}{times[18]:8.1f}"
            f"{figures['queries'] or '-':>9}{figures['bytes']:9}"
        )

    def ratio(name: str, measure: str) -> float:
        pairs = zip(found[name]["speeds"], found[measure]["speeds"], strict=True)
        return statistics.median(ours / theirs for ours, theirs in pairs)

    print("\nratios (median over the rounds; wanted)")
    for name, measure_name, wanted in [
        ("landing page", "plain page", 2.0),
        ("question page", "plain page", 3.0),
        ("question (thumbs)", "plain page", 1.5),
        ("thumb (visitor)", "plain write", 0.4),
        ("thumb (logged in)", "plain write", 0.4),
        ("vote", "plain write", 0.4),
        ("sticker", "plain write", 0.4),
        ("sign-up", "plain write", 0.2),
        ("sign-up (race)", "plain write", None),
        ("plain page", "floor", None),
        ("plain write", "floor", None),
    ]:
        print(
            f"{name:20} {ratio(name, measure_name):6.2f} x {measure_name}"
            + (f"  ({wanted})" if wanted else "")
        )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3.0, help="per scenario and round")
    options = parser.parse_args()
    port = free_port()
    with (
        tempfile.TemporaryDirectory(prefix="werkplaats-bench-") as folder,
        throw_away(durable=True) as database,
    ):
        print("bench: loading …", flush=True)
        variables = environment(Path(folder), database.url, port, DJANGO_SETTINGS_MODULE="bench.settings")
        prepare(variables)
        with serving(variables, port) as server:
            found = measure(port, options.rounds, options.seconds)
            sizes = [memory(pid) for pid in workers(server)]
    report(found)
    print(f"\nmemory per worker: {' and '.join(f'{size} MB' for size in sizes)}")


if __name__ == "__main__":
    main()
