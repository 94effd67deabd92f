"""What somebody who signed up reads as time goes by, on their page and in their mails. The café is that of `cafes`."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from events import moments, retention
from events.models.cafes import Cafe
from events.models.registrations import Registration
from events.models.snapshots import Snapshot
from tests.helpers import factories
from tests.helpers.clock import at
from tests.werkplaats.hours.cafes import BEGINS, BEGUN, ENDED, ENDS, MODELS, cafe, until_it_begins
from tests.werkplaats.hours.place import Place, page, staff_page

ASKS, ASKED = "2027-11-24 09:59:59", "2027-11-24 10:00"  # four hours before it begins
OWN = f"templates/events/registration.html {MODELS}"


def firm(**fields) -> Registration:
    return factories.registration(until_it_begins(**fields))


def unfirm(**fields) -> Registration:
    return factories.registration(until_it_begins(**fields), firm=False)


def waiting(online_capacity: int = 0) -> Registration:
    """Somebody firm who waits for the room, which is full."""
    made = until_it_begins(room_capacity=1, online_capacity=online_capacity)
    factories.registration(made)
    return factories.registration(made)


def own(made: Registration) -> str:
    return page(made.get_absolute_url())


def pressing(button: str, **data):
    """A function that presses a button on a page that was opened long ago; the sign-up is put back before."""

    def press(made: Registration) -> str:
        old = Registration.objects.get(pk=made.pk)
        text = Client().post(f"{made.get_absolute_url()}{button}/", data, follow=True).text
        old.save()
        return text

    return press


def with_term() -> Registration:
    """Somebody unconfirmed, who holds a seat until that evening because somebody waits."""
    made = unfirm(room_capacity=1, online_capacity=0)
    factories.registration(made.cafe)
    Registration.objects.filter(pk=made.pk).update(holds_until=at("2027-11-10 21:59"))
    made.refresh_from_db()
    return made


def term_of_four_hours(made: Cafe) -> str:
    """Until when somebody has who gets a term now."""
    term = moments.term(timezone.now(), made.starts_at, timedelta(hours=4))
    return f"tot {timezone.localtime(term.ends_at):%d %H.%M}" if term else "geen"


def wiped(made: Registration) -> str:
    """What is left when the nightly jobs look now."""
    retention.forget_wishes(timezone.now())
    retention.forget_sign_ups(timezone.now())
    rows = Registration.objects.all()
    return f"{rows.count()} aanmelding, {rows.exclude(wishes='').count()} wens"


CANCEL = '<h2 id="afmelden">Kun je niet komen?</h2>'

PLACES = [
    Place(
        "one's own page, with a place",
        OWN,
        firm,
        own,
        f"je bent welkom! | kom erbij: het café is nu bezig. | Je was aangemeld | {CANCEL} | Zet in mijn agenda",
        {
            BEGINS: f"je bent welkom! | {CANCEL} | Zet in mijn agenda",
            BEGUN: "kom erbij: het café is nu bezig.",
            ENDS: "kom erbij: het café is nu bezig.",
            ENDED: "Je was aangemeld",
        },
    ),
    Place(
        "one's own page, in the queue",
        f"{OWN} templates/events/queue.html events/models/waiting_list.py events/moments.py",
        waiting,
        own,
        "krijgt wie het langst wacht die meteen | De eerste die ja zegt, heeft hem. | Je stond op de wachtlijst | "
        "gezegd wordt | gezegd werd",
        {
            ASKS: "krijgt wie het langst wacht die meteen",
            ASKED: "De eerste die ja zegt, heeft hem.",
            BEGINS: "De eerste die ja zegt, heeft hem.",
            BEGUN: "Je stond op de wachtlijst | gezegd wordt",
            ENDED: "Je stond op de wachtlijst | gezegd werd",
        },
    ),
    Place(
        "the other kind of place, for who waits",
        f"templates/events/instead.html events/models/told.py {MODELS}",
        lambda: waiting(online_capacity=5),
        own,
        "dan schuif je door | dan vragen we je met een mail | Online is nog plaats",
        {
            ASKS: "dan schuif je door | Online is nog plaats",
            ASKED: "dan vragen we je met een mail | Online is nog plaats",
            BEGUN: "",
        },
    ),
    Place(
        "the choice to wait for the room, in the form",
        "events/forms.py",
        lambda: waiting(online_capacity=5),
        lambda made: page("/cafes/kafee/"),
        "een plaats vrij, dan schuif je door | een plaats vrij, dan vragen we je met een mail",
        {
            ASKS: "een plaats vrij, dan schuif je door",
            ASKED: "een plaats vrij, dan vragen we je met een mail",
            BEGUN: "",
        },
    ),
    Place(
        "one's own page, not firm yet",
        OWN,
        unfirm,
        own,
        "Kom je? | >Ik kom< | >Ik kom niet< | Je was aangemeld",
        {
            BEGINS: "Kom je? | >Ik kom< | >Ik kom niet<",
            BEGUN: "Kom je? | >Ik kom<",
            ENDS: "Kom je? | >Ik kom<",
            ENDED: "Je was aangemeld",
        },
    ),
    Place(
        "one's own page while a term goes on, and after it until somebody looks",
        "events/models/confirmable.py templates/events/mail/held.txt",
        with_term,
        own,
        "houden we vast tot woensdag 10 november, 21.59 uur | Er is een plaats in de zaal voor je.",
        {
            "2027-11-10 21:58:59": "houden we vast tot woensdag 10 november, 21.59 uur",
            "2027-11-10 21:59": "Er is een plaats in de zaal voor je.",
        },
    ),
    Place(
        "a term in the list of sign-ups",
        "events/models/confirmable.py events/admin/holds.py",
        with_term,
        lambda made: staff_page("/beheer/events/registration/"),
        "nog niet vast, tot woensdag 10 november, 21.59 uur | nog niet vast",
        {
            "2027-11-10 21:58:59": "nog niet vast, tot woensdag 10 november, 21.59 uur | nog niet vast",
            "2027-11-10 21:59": "nog niet vast",
        },
    ),
    Place(
        "until when a term of four hours goes, by day and by night",
        "events/moments.py events/models/holds.py",
        cafe,
        term_of_four_hours,
        "tot 10 21.59 | tot 11 07.01 | tot 11 11.00 | tot 24 13.59 | geen",
        {
            "2027-11-10 17:59": "tot 10 21.59",
            "2027-11-10 18:01": "tot 11 07.01",
            "2027-11-10 22:00": "tot 11 11.00",
            "2027-11-11 03:00": "tot 11 11.00",
            "2027-11-11 07:00": "tot 11 11.00",
            "2027-11-23 10:00:01": "geen",
        },
    ),
    Place(
        "a term in the nights in which the clock changes",
        "events/moments.py",
        lambda: cafe(starts_at=at("2026-11-24 14:00"), ends_at=at("2026-11-24 16:00"), opens_at=None, closes_at=None),
        term_of_four_hours,
        "tot 29 11.00 | tot 29 10.00 | tot 25 11.00 | tot 25 10.00",
        {
            "2026-03-28 21:00": "tot 29 10.00",
            "2026-03-28 22:00": "tot 29 11.00",
            "2026-03-29 03:00": "tot 29 11.00",
            "2026-10-24 21:00": "tot 25 10.00",
            "2026-10-25 02:30+02:00": "tot 25 11.00",
            "2026-10-25 02:30+01:00": "tot 25 11.00",
        },
    ),
    *(
        Place(f"pressing «{button}» on an old page, {who}", decides, makes, pressing(button, **data), words, stands)
        for who, button, data, decides, makes, words, stands in (
            (
                "with a place",
                "ik-kom",
                {},
                "events/views/own.py",
                unfirm,
                "je aanmelding is vast | Dat kan niet meer.",
                {BEGINS: "je aanmelding is vast", ENDS: "je aanmelding is vast", ENDED: "Dat kan niet meer."},
            ),
            (
                "in the queue",
                "ik-kom",
                {},
                "events/views/own.py",
                lambda: factories.registration(waiting().cafe, firm=False),
                "je aanmelding is vast | Dat kan niet meer.",
                {BEGINS: "je aanmelding is vast", BEGUN: "Dat kan niet meer.", ENDED: "Dat kan niet meer."},
            ),
            (
                "with a place",
                "afmelden",
                {},
                "events/views/own.py",
                firm,
                "Je bent afgemeld | Dat kan niet meer.",
                {BEGINS: "Je bent afgemeld", BEGUN: "Dat kan niet meer.", ENDED: "Dat kan niet meer."},
            ),
            (
                "with a place",
                "wijzigen",
                {"wish": "online"},
                "events/models/registrations.py",
                firm,
                "Je aanmelding is gewijzigd. | Je aanmelding wijzigen kan niet meer.",
                {BEGINS: "Je aanmelding is gewijzigd.", BEGUN: "Je aanmelding wijzigen kan niet meer."},
            ),
            (
                "cancelled",
                "terug",
                {},
                "events/models/confirmable.py",
                lambda: cancelled(),
                "Je bent weer aangemeld. | Aanmelden voor dit café kan niet meer.",
                {BEGINS: "Je bent weer aangemeld.", BEGUN: "Aanmelden voor dit café kan niet meer."},
            ),
        )
    ),
    Place(
        "undoing a cancellation",
        OWN,
        lambda: cancelled(),
        own,
        "Je bent afgemeld | Ik kom toch",
        {BEGINS: "Je bent afgemeld | Ik kom toch", BEGUN: "Je bent afgemeld", ENDED: "Je bent afgemeld"},
    ),
    Place(
        "one's own cafés",
        "templates/events/mine.html events/views/own.py",
        lambda: logged_in(waiting()),
        lambda browser: browser_page(browser),
        "Binnenkort | Je staat op de wachtlijst | Je stond op de wachtlijst | Geweest",
        {
            BEGINS: "Binnenkort | Je staat op de wachtlijst",
            BEGUN: "Binnenkort | Je stond op de wachtlijst",
            ENDS: "Binnenkort | Je stond op de wachtlijst",
            ENDED: "Je stond op de wachtlijst | Geweest",
        },
    ),
    Place(
        "the form of a sign-up in the back office",
        "events/admin/registrations.py",
        firm,
        lambda made: staff_page(f"/beheer/events/registration/{made.pk}/change/"),
        'name="wanted"',
        {BEGINS: 'name="wanted"', BEGUN: ""},
    ),
    Place(
        "how full it is, of ten minutes ago at most",
        "events/models/snapshots.py",
        lambda: (until_it_begins(room_capacity=1, online_capacity=0), Snapshot.objects.take()),
        lambda made: fill(made[0]) or page("/cafes/kafee/"),
        "Nog enkele plaatsen | Wachtlijst",
        {
            "2027-11-10 12:00": "Nog enkele plaatsen",
            "2027-11-10 12:10": "Nog enkele plaatsen",
            "2027-11-10 12:10:01": "Wachtlijst",
        },
    ),
    Place(
        "when sign-ups are wiped, in words and in fact",
        "events/retention.py events/tasks.py",
        lambda: factories.registration(until_it_begins(keep_months=3), wishes="Een ringleiding"),
        lambda made: retention.told(Cafe.objects.get()) + wiped(made),
        "24 februari 2028 | 24 februari. | 1 aanmelding, 1 wens | 1 aanmelding, 0 wens | 0 aanmelding",
        {
            BEGINS: "24 februari 2028 | 1 aanmelding, 1 wens",
            "2027-11-24 23:59:59": "24 februari 2028 | 1 aanmelding, 1 wens",
            "2027-11-25 00:00": "24 februari 2028 | 1 aanmelding, 0 wens",
            "2028-02-23 23:59:59": "24 februari. | 1 aanmelding, 0 wens",
            "2028-02-24 00:00": "24 februari. | 0 aanmelding",
        },
    ),
]


def cancelled() -> Registration:
    made = firm()
    made.cancel()
    made.refresh_from_db()
    return made


def logged_in(made: Registration):
    user = factories.user(email=made.email)
    user.prove()
    return user


def browser_page(user) -> str:
    browser = Client()
    browser.force_login(user)
    return page("/mijn-cafes/", browser)


def fill(made: Cafe) -> str:
    """Takes the only place, which the snapshot does not tell yet."""
    if not made.registrations.exists():
        factories.registration(made)
    return ""
