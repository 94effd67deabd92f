"""What polls and sticker rounds say as time goes by."""

from types import SimpleNamespace

from django.test import Client

from polls.rounds import person
from tests.helpers import factories
from tests.helpers.clock import at
from tests.werkplaats.hours.place import Place, page

OPENS, OPEN = "2027-11-24 08:59:59", "2027-11-24 09:00"
CLOSES, CLOSED = "2027-11-24 16:59:59", "2027-11-24 17:00"
POLL = "polls/voting/models.py polls/voting/panel.py templates/polls/voting/poll.html"
TO_COME = "Je kunt hier stemmen vanaf woensdag 24 november, 9.00 uur."
UNTIL = "Je kunt stemmen tot woensdag 24 november, 17.00 uur."


def poll(**fields):
    return factories.poll(opens_at=at(OPEN), closes_at=at(CLOSED), **fields)


def vote(made) -> str:
    choice = made.choices.first()
    return Client().post("/peilingen/wensbeeld/stem/", {"choice": choice.pk, "number": 1}, follow=True).text


def sticker_round(path: str = "/programma/", **fields) -> str:
    cycle = factories.cycle(slug="traject")
    factories.sticker_round(**{"slug": "ronde", "cycle": cycle, "starts_at": at("2027-11-24 19:00"), **fields})
    return path


def handed_on() -> tuple:
    """A phone that somebody else got, with its cookie."""
    visitor = factories.visitor()
    return visitor, person.COOKIE.sign((visitor.pk.hex, 77))


def whose(made) -> str:
    request = SimpleNamespace(visitor_id=made[0].pk, COOKIES={person.COOKIE.name: made[1]})
    return "van een ander" if person.is_handed_on(request) else "van de eigenaar"


PLACES = [
    *(
        Place(
            f"the poll on {path}",
            POLL,
            poll,
            lambda made, path=path: page(path),
            f"{TO_COME} | {UNTIL} | Deze peiling is gesloten. | Jij kunt de eerste zijn.",
            {
                OPENS: TO_COME,
                OPEN: f"{UNTIL} | Jij kunt de eerste zijn.",
                CLOSES: f"{UNTIL} | Jij kunt de eerste zijn.",
                CLOSED: "Deze peiling is gesloten.",
            },
        )
        for path in ("/", "/peilingen/wensbeeld/")
    ),
    Place(
        "the answer to a vote",
        "polls/voting/models.py polls/voting/placing.py",
        poll,
        vote,
        "Je stemde «ja» | Deze peiling is nu niet open. Je stem is niet geteld.",
        {
            OPENS: "Deze peiling is nu niet open. Je stem is niet geteld.",
            OPEN: "Je stemde «ja»",
            CLOSES: "Je stemde «ja»",
            CLOSED: "Deze peiling is nu niet open. Je stem is niet geteld.",
        },
    ),
    *(
        Place(
            f"a result that is shown «{when}»",
            "polls/voting/models.py polls/voting/panel.py",
            lambda when=when: poll(results_shown=when),
            lambda made: page("/peilingen/wensbeeld/"),
            "Je ziet de uitslag zodra je hebt gestemd. | De uitslag komt als de peiling sluit | "
            "Er zijn nog geen stemmen.",
            {CLOSES: before, CLOSED: "Er zijn nog geen stemmen."},
        )
        for when, before in (
            ("voted", "Je ziet de uitslag zodra je hebt gestemd."),
            ("closed", "De uitslag komt als de peiling sluit"),
        )
    ),
    Place(
        "a result once it is final",
        "templates/polls/voting/poll.html",
        lambda: vote(poll()),
        lambda made: page("/peilingen/wensbeeld/"),
        "De uitslag tot nu toe | De uitslag blijft staan.",
        {OPEN: "De uitslag tot nu toe", CLOSES: "De uitslag tot nu toe", CLOSED: "De uitslag blijft staan."},
    ),
    *(
        Place(
            f"a sticker round on {where}, by day: it takes stickers until a coordinator moves it",
            f"polls/rounds/models/rounds.py {file}",
            lambda path=path: sticker_round(path, ends_at=at("2027-11-25 21:00")),
            page,
            "Doe nu mee | tot en met donderdag 25 november",
            {
                "2027-11-23 23:59:59": "",
                "2027-11-24 00:00": "Doe nu mee | tot en met donderdag 25 november",
                "2027-11-25 23:59:59": "Doe nu mee | tot en met donderdag 25 november",
                "2027-11-26 00:00": "",
            },
        )
        for where, path, file in (
            ("the programme", "/programma/", "werkplaats/home/programme.py"),
            ("its design cycle", "/ontwerptrajecten/traject/", "polls/cycles/views.py"),
        )
    ),
    Place(
        "a sticker round on the landing page",
        "polls/landing.py",
        lambda: sticker_round("/", ends_at=at("2027-11-25 21:00")),
        page,
        "Plak een sticker",
        {
            "2027-11-23 23:59:59": "",
            "2027-11-24 00:00": "Plak een sticker",
            "2027-11-25 23:59:59": "Plak een sticker",
            "2027-11-26 00:00": "",
        },
    ),
    Place(
        "the day of a round around midnight, which is another one in UTC",
        "",
        lambda: sticker_round(starts_at=at("2027-11-24 00:30"), ends_at=at("2027-11-24 16:00")),
        lambda made: page("/stickerrondes/ronde/"),
        "woensdag 24 november, 0.30 – 16.00 uur",
        {"2027-11-24 12:00": "woensdag 24 november, 0.30 – 16.00 uur"},
    ),
    Place(
        "whose stickers they are on a phone that was handed on",
        "polls/rounds/person.py werkplaats/web/cookies.py",
        handed_on,
        whose,
        "van een ander | van de eigenaar",
        {
            "2027-11-24 19:00": "van een ander",
            "2027-11-25 07:00": "van een ander",
            "2027-11-25 07:00:01": "van de eigenaar",
        },
    ),
]
