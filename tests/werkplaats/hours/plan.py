"""What the plan says as time goes by."""

from datetime import date

from django.test import Client

from plan.actions import reacting
from plan.models import Choice, PlanStep
from tests.helpers import factories
from tests.plan import heard_helpers, helpers
from tests.plan.concept.helpers import Written
from tests.werkplaats.hours.place import Place, page, staff_page

OPEN, SHUT = "2027-03-14 23:59:59", "2027-03-15 00:00"
REACT, GIVE = "Klopt het? Geef een duim of schrijf een reactie.", 'aria-pressed="false"'
LAST_DAY = "tot en met 14 maart 2027 | tot en met 14 maart"
NOW, DONE = "nu: tot en met 14 maart", "gedaan: tot en met 14 maart"
ENDED = "Reageren kon tot en met 14 maart."
BOX, CLOSED = "Wat vind je van deze zin?", "Reageren op deze zin kan niet meer."


def concept() -> Written:
    """One to which people may react until and with 14 March."""
    made = Written()
    PlanStep.objects.filter(pk=made.react.pk).update(day=date(2027, 3, 1), until=date(2027, 3, 14))
    made.open()
    return made


def at_this_minute(path: str) -> str:
    """The page, after what the worker does each minute."""
    reacting.keep_open()
    return page(path)


def given(made: Written) -> str:
    reacting.keep_open()
    wording = made.first.wordings.get()
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
    return Client().post(f"/plan/duim/{wording.pk}/op/", headers=headers).text


def dated(path: str) -> Place:
    return Place(
        f"the days of the chain on {path}",
        "plan/views/concept/pages.py plan/views/concept/whole.py",
        concept,
        lambda made: page(path),
        "tot en met 14 maart 2027 | tot en met 14 maart",
        {
            "2026-12-31 23:59:59": "tot en met 14 maart 2027 | tot en met 14 maart",
            "2027-01-01 00:00": "tot en met 14 maart",
        },
    )


def told() -> str:
    """The page of what was heard of a question: one thing, that is not done."""
    question = factories.question()
    stack = heard_helpers.write(helpers.stack(helpers.voice(question).harvest), "Geef het geld.", Choice.NOT)
    heard_helpers.lay(stack, *question.harvest.fragments.all())
    heard_helpers.publish(question.harvest)
    return f"{question.get_absolute_url()}wat-we-hoorden/"


def untold() -> None:
    question = factories.question()
    helpers.voice(question)
    factories.question()  # closes it


REACTING = "plan/models/chain.py plan/actions/reacting.py"
PLACES = [
    Place(
        "the box under a sentence of the plan",
        REACTING,
        concept,
        lambda made: at_this_minute("/plan/zin/1.1/"),
        f"{BOX} | {CLOSED}",
        {"2027-03-10 12:00": BOX, OPEN: BOX, SHUT: CLOSED},
    ),
    Place(
        "reacting to a chapter of the plan",
        REACTING,
        concept,
        lambda made: at_this_minute("/plan/"),
        f"{REACT} | {GIVE}",
        {"2027-03-10 12:00": f"{REACT} | {GIVE}", OPEN: f"{REACT} | {GIVE}", SHUT: ""},
    ),
    Place(
        "the step in which people react",
        "plan/reading/concept.py plan/models/chain.py",
        concept,
        lambda made: page("/plan/"),
        f"{NOW} | {DONE} | {ENDED}",
        {"2027-03-10 12:00": NOW, OPEN: NOW, SHUT: f"{DONE} | {ENDED}"},
    ),
    Place(
        "a thumb on a sentence of the plan",
        REACTING,
        concept,
        given,
        "Reageren kan nu niet.",
        {OPEN: "", SHUT: "Reageren kan nu niet."},
    ),
    Place(
        "that there is news of what was heard",
        "plan/landing.py",
        told,
        lambda made: page("/"),
        "Nieuw: wat we hoorden",
        {
            "2027-11-24 12:00": "Nieuw: wat we hoorden",
            "2027-12-07 23:59:59": "Nieuw: wat we hoorden",
            "2027-12-08 00:00": "",
        },
    ),
    Place(
        "the days on the page of what was heard",
        "plan/reading/published.py plan/reading/quoting.py plan/views/heard/pages.py",
        told,
        page,
        "het bestuur, 24 november. | het bestuur, 24 november 2027.",
        {
            "2027-11-24 12:00": "het bestuur, 24 november.",
            "2027-12-31 23:59:59": "het bestuur, 24 november.",
            "2028-01-01 00:00": "het bestuur, 24 november 2027.",
        },
    ),
    Place(
        "the reminder of what was never told",
        "plan/today.py",
        untold,
        lambda made: staff_page("/beheer/"),
        "Over 1 stem is nog niets gezegd",
        {"2027-11-01 12:00": "", "2027-12-01 12:00": "", "2027-12-01 12:00:01": "Over 1 stem is nog niets gezegd"},
    ),
    dated("/plan/"),
    dated("/plan/alles/"),
]
