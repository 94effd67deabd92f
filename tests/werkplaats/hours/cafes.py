"""What everyone reads of a café as time goes by, and what staff do with it. Wednesday 24 November 2027, 14.00–16.00."""

from django.test import Client

from events import reminders
from events.calendars import feed
from events.models.cafes import Cafe
from events.models.mailings import Mailing
from events.views.signing_up import SIGNED_UP
from tests.helpers import factories
from tests.helpers.clock import at
from tests.werkplaats.hours.place import Place, between, page, staff, staff_page

OPENS, OPEN = "2027-11-01 08:59:59", "2027-11-01 09:00"
CLOSES, CLOSED = "2027-11-24 11:59:59", "2027-11-24 12:00"
BEGINS, BEGUN = "2027-11-24 13:59:59", "2027-11-24 14:00"
ENDS, ENDED = "2027-11-24 15:59:59", "2027-11-24 16:00"
MODELS = "events/models/cafes.py"


def cafe(**fields) -> Cafe:
    """With sign-up from OPEN until CLOSED, and a current question on the site."""
    factories.question(opened_at=at("2027-10-01 12:00"))
    return factories.cafe(
        **{
            "slug": "kafee",
            "title": "Het café",
            "opens_at": at(OPEN),
            "closes_at": at(CLOSED),
            "starts_at": at(BEGUN),
            "ends_at": at(ENDED),
            "published_at": at("2027-10-01 12:00"),
            **fields,
        }
    )


def called_off() -> Cafe:
    return cafe(called_off_at=at("2027-11-01 12:00"))


def until_it_begins(**fields) -> Cafe:
    """Without hours of its own to sign up."""
    return cafe(opens_at=None, closes_at=None, **fields)


def in_a_cycle() -> str:
    cycle = factories.cycle(slug="traject")
    cycle.cafes.add(cafe())
    return cycle.get_absolute_url()


def entry(path: str) -> str:
    """The café on the line of the programme, with its state."""
    return next(each for each in page(path).split('<li class="is-')[1:] if "#coffee" in each).split("</li>")[0]


def signing_up(made: Cafe) -> str:
    """What somebody reads who sends the form now, from a tab that was opened long ago."""
    data = {"wish": "room", "name": "Noor", "email": f"noor{made.registrations.count()}@example.org"}
    return Client().post(f"{made.get_absolute_url()}aanmelden/", data, follow=True).text


def signing_up_by_telephone(made: Cafe) -> str:
    """What a coordinator reads who signs somebody up now."""
    data = {"cafe": made.pk, "wanted": "room", "people": 1, "name": "Noor"}
    return staff().post("/beheer/events/registration/add/", data, follow=True).text


def signing_up_in_sql(made: Cafe) -> str:
    """The answer of the database, which decides when the page and the form are past."""
    from events.models import sign_up
    from events.places import Wish

    told = {
        hand: sign_up.insert(made, email="", wish=Wish.ROOM, name="N", by_hand=hand).is_open for hand in (False, True)
    }
    return " ".join(word for word, is_open in zip(("door iedereen", "met de hand"), told.values()) if is_open)


def sent(made: Cafe) -> str:
    """The mails to many that the job of every five minutes leaves now."""
    from django.utils import timezone

    Mailing.objects.all().delete()
    return " ".join(each.kind for each in reminders.remind(timezone.now()))


OPENNESS = {OPENS: "", OPEN: "x", CLOSES: "x", CLOSED: "", BEGINS: "", BEGUN: "", ENDS: "", ENDED: ""}
VIA = "Aanmelden voor dit café kan vanaf maandag 1 november, 9.00 uur."
NOT = "Aanmelden voor dit café kan niet meer."
LINE = {
    "2027-11-23 23:59:59": "later moment | , komt nog<",
    "2027-11-24 00:00": "later moment | , vandaag<",
    BEGINS: "later moment | , vandaag<",
    BEGUN: "now moment | , nu<",
    ENDS: "now moment | , nu<",
    ENDED: "done moment | , geweest<",
    "2027-11-25 00:00": "done moment | , geweest<",
}

PLACES = [
    Place(
        "the card of a café on the landing page",
        f"events/landing.py templates/events/landing.html templates/events/cafes.html {MODELS}",
        cafe,
        lambda made: between(page("/"), 'id="cafes"', "</section>"),
        f"/cafes/kafee/ | {VIA} | er is plaats | Meld je aan< | Geweest op woensdag 24 november",
        {
            OPENS: f"/cafes/kafee/ | {VIA}",
            OPEN: "/cafes/kafee/ | er is plaats | Meld je aan<",
            CLOSES: "/cafes/kafee/ | er is plaats | Meld je aan<",
            CLOSED: "/cafes/kafee/",
            BEGINS: "/cafes/kafee/",
            BEGUN: "",
            ENDS: "",
            ENDED: "Geweest op woensdag 24 november",
        },
    ),
    *(
        Place(
            f"a café on the line of {path}",
            f"werkplaats/home/timeline.py {file} {MODELS}",
            cafe,
            lambda made, path=path: entry(path),
            "later moment | now moment | done moment | , komt nog< | , vandaag< | , nu< | , geweest< | , afgelast<",
            LINE,
        )
        for path, file in (("/", "werkplaats/home/landing.py"), ("/programma/", "werkplaats/home/programme.py"))
    ),
    Place(
        "a café that is called off, on the line",
        "werkplaats/home/timeline.py",
        called_off,
        lambda made: entry("/programma/"),
        "later moment | now moment | done moment | , afgelast< | , nu<",
        {
            BEGINS: "later moment | , afgelast<",
            BEGUN: "done moment | , afgelast<",
            ENDS: "done moment | , afgelast<",
            ENDED: "done moment | , afgelast<",
        },
    ),
    Place(
        "where else to take part, beside a question",
        "posts/reading/questions.py",
        cafe,
        lambda made: page("/denk-praat-doe-mee/"),
        "Kom praten in het café van woensdag 24 november",
        {BEGINS: "Kom praten in het café van woensdag 24 november", BEGUN: ""},
    ),
    Place(
        "the list of cafés",
        f"events/views/cafes.py templates/events/cafes.html {MODELS}",
        cafe,
        lambda made: page("/cafes/"),
        f'Binnenkort | >nu bezig< | id="geweest" | {VIA} | er is plaats | Meld je aan<',
        {
            OPENS: f"Binnenkort | {VIA}",
            OPEN: "Binnenkort | er is plaats | Meld je aan<",
            CLOSES: "Binnenkort | er is plaats | Meld je aan<",
            CLOSED: "Binnenkort",
            BEGINS: "Binnenkort",
            BEGUN: "Binnenkort | >nu bezig<",
            ENDS: "Binnenkort | >nu bezig<",
            ENDED: 'id="geweest"',
        },
    ),
    Place(
        "the page of a café",
        f"templates/events/cafe.html {MODELS}",
        cafe,
        lambda made: page("/cafes/kafee/"),
        f'Er is plaats | {VIA} | {NOT} | Uitnodiging om te printen | action="/cafes/kafee/aanmelden/ | '
        "Dit café is nu bezig. Aanmelden kan niet meer. | Dit café is geweest.",
        {
            OPENS: f"{VIA} | Uitnodiging om te printen",
            OPEN: 'Er is plaats | Uitnodiging om te printen | action="/cafes/kafee/aanmelden/',
            CLOSES: 'Er is plaats | Uitnodiging om te printen | action="/cafes/kafee/aanmelden/',
            CLOSED: f"{NOT} | Uitnodiging om te printen",
            BEGINS: f"{NOT} | Uitnodiging om te printen",
            BEGUN: "Dit café is nu bezig. Aanmelden kan niet meer.",
            ENDS: "Dit café is nu bezig. Aanmelden kan niet meer.",
            ENDED: "Dit café is geweest.",
        },
    ),
    Place(
        "the answer to a sign-up",
        f"events/models/sign_up.py {MODELS}",
        cafe,
        signing_up,
        f"We hebben je aanmelding | {VIA} | {NOT}",
        {
            OPENS: VIA,
            OPEN: "We hebben je aanmelding",
            CLOSES: "We hebben je aanmelding",
            CLOSED: NOT,
            BEGINS: NOT,
            BEGUN: NOT,
            ENDED: NOT,
        },
    ),
    Place(
        "who can be signed up, says the database",
        "events/models/sign_up.py",
        until_it_begins,
        signing_up_in_sql,
        "door iedereen | met de hand",
        {BEGINS: "door iedereen | met de hand", BEGUN: "met de hand", ENDS: "met de hand", ENDED: ""},
    ),
    Place(
        "signing somebody up by telephone, or at the door",
        f"events/admin/registrations.py {MODELS}",
        cafe,
        signing_up_by_telephone,
        "is met succes toegevoegd | Selecteer een geldige keuze.",
        {
            OPENS: "is met succes toegevoegd",
            CLOSED: "is met succes toegevoegd",
            BEGUN: "is met succes toegevoegd",
            ENDS: "is met succes toegevoegd",
            ENDED: "Selecteer een geldige keuze.",
        },
    ),
    Place(
        "the page after signing up",
        "events/views/signing_up.py",
        until_it_begins,
        lambda made: page("/cafes/kafee/aangemeld/", just_signed_up(made)),
        "We hebben je aanmelding | Dit café is nu bezig.",
        {BEGINS: "We hebben je aanmelding", BEGUN: "Dit café is nu bezig."},
    ),
    Place(
        "the cafés of a design cycle",
        "templates/polls/cycles/cycle.html",
        in_a_cycle,
        lambda path: between(page(path), 'id="cafes"', "</section>"),
        "Het café | nu bezig | geweest",
        {BEGINS: "Het café", BEGUN: "Het café | nu bezig", ENDS: "Het café | nu bezig", ENDED: "Het café | geweest"},
    ),
    Place(
        "the invitation on paper",
        "events/invitation/sheets.py templates/events/invitation.html",
        cafe,
        lambda made: page("/cafes/kafee/uitnodiging/"),
        "Je bent uitgenodigd | Dit café is geweest | <h3>Meld je aan</h3> | Kun je er niet bij zijn?",
        {
            OPENS: "Je bent uitgenodigd | <h3>Meld je aan</h3> | Kun je er niet bij zijn?",
            CLOSES: "Je bent uitgenodigd | <h3>Meld je aan</h3> | Kun je er niet bij zijn?",
            CLOSED: "Je bent uitgenodigd | Kun je er niet bij zijn?",
            BEGUN: "Je bent uitgenodigd | Kun je er niet bij zijn?",
            ENDS: "Je bent uitgenodigd | Kun je er niet bij zijn?",
            ENDED: "Dit café is geweest",
        },
    ),
    Place(
        "the calendar of all cafés, which is the same at every hour",
        "",
        cafe,
        lambda made: feed.calendar().to_ical().decode(),
        "STATUS:CONFIRMED | STATUS:CANCELLED | DTSTART;TZID=Europe/Amsterdam:20271124T140000",
        dict.fromkeys((OPENS, BEGUN, ENDED), "STATUS:CONFIRMED | DTSTART;TZID=Europe/Amsterdam:20271124T140000"),
    ),
    Place(
        "the list of cafés in the back office",
        f"events/models/states.py {MODELS}",
        until_it_begins,
        lambda made: staff_page("/beheer/events/cafe/"),
        '"field-state">open< | "field-state">bezig< | "field-state">geweest<',
        {
            BEGINS: '"field-state">open<',
            BEGUN: '"field-state">bezig<',
            ENDS: '"field-state">bezig<',
            ENDED: '"field-state">geweest<',
        },
    ),
    Place(
        "the state of a café with hours to sign up",
        f"events/models/states.py {MODELS}",
        cafe,
        lambda made: Cafe.objects.get().state.label,
        "nog niet open | aanmelden gesloten | bezig | geweest",
        {
            OPENS: "nog niet open",
            OPEN: "",
            CLOSES: "",
            CLOSED: "aanmelden gesloten",
            BEGINS: "aanmelden gesloten",
            BEGUN: "bezig",
            ENDED: "geweest",
        },
    ),
    *(
        Place(
            f"the filter «{state}» of cafés",
            "events/admin/cafes.py",
            cafe,
            lambda made, state=state: staff_page(f"/beheer/events/cafe/?staat={state}"),
            "Het café</a>",
            {BEGUN: there, ENDS: there, ENDED: "" if there else "Het café</a>"},
        )
        for state, there in (("komt", "Het café</a>"), ("geweest", ""))
    ),
    Place(
        "calling a café off",
        "events/admin/cafe_pages.py templates/admin/events/cafe/change_form_object_tools.html",
        cafe,
        lambda made: (
            staff_page(f"/beheer/events/cafe/{made.pk}/change/")
            + staff_page(f"/beheer/events/cafe/{made.pk}/afgelasten/")
        ),
        ">Afgelasten …< | Dit café afgelasten? | Dit café is al geweest.",
        {
            BEGUN: ">Afgelasten …< | Dit café afgelasten?",
            ENDS: ">Afgelasten …< | Dit café afgelasten?",
            ENDED: "Dit café is al geweest.",
        },
    ),
    Place(
        "adding somebody at the door",
        "templates/events/door.html",
        cafe,
        lambda made: staff_page("/cafes/kafee/bij-de-deur/"),
        "Staat er iemand aan de deur",
        {BEGINS: "Staat er iemand aan de deur", ENDS: "Staat er iemand aan de deur", ENDED: ""},
    ),
    Place(
        "the cafés on Vandaag",
        "events/today.py",
        cafe,
        lambda made: between(staff_page("/beheer/"), "Komende cafés", "</section>"),
        "Het café, woensdag 24 november, 14.00 – 16.00 uur",
        {ENDS: "Het café, woensdag 24 november, 14.00 – 16.00 uur", ENDED: ""},
    ),
    Place(
        "whom to telephone on Vandaag",
        "events/today.py events/moments.py",
        lambda: factories.registration(until_it_begins(), firm=False),
        lambda made: staff_page("/beheer/"),
        "1 persoon zei nog niet «Ik kom»",
        {
            "2027-11-23 13:59:59": "",
            "2027-11-23 14:00": "1 persoon zei nog niet «Ik kom»",
            BEGINS: "1 persoon zei nog niet «Ik kom»",
            BEGUN: "",
        },
    ),
    Place(
        "the mails to many that are due",
        "events/reminders.py events/moments.py events/tasks.py",
        cafe,
        sent,
        "week | day | link | thanks",
        {
            "2027-11-17 13:59:59": "",
            "2027-11-17 14:00": "week",
            "2027-11-19 13:59:59": "week",
            "2027-11-19 14:00": "",
            "2027-11-23 13:59:59": "",
            "2027-11-23 14:00": "day",
            "2027-11-24 02:00": "",
            "2027-11-24 13:00": "link",
            BEGUN: "",
            "2027-11-25 09:59:59": "",
            "2027-11-25 10:00": "thanks",
            "2027-11-28 10:00": "",
        },
    ),
    Place(
        "the mails about a café early on the day after the clock went forward",
        "events/reminders.py events/moments.py",
        lambda: cafe(starts_at=at("2026-03-29 08:00"), ends_at=at("2026-03-29 09:00"), closes_at=None, opens_at=None),
        sent,
        "day | link | thanks",
        {
            "2026-03-28 07:59:59": "",
            "2026-03-28 08:00": "day",
            "2026-03-28 19:59:59": "day",
            "2026-03-28 20:00": "link",
            "2026-03-29 07:59:59": "link",
            "2026-03-29 08:00": "",
            "2026-03-30 10:00": "thanks",
        },
    ),
]


def just_signed_up(made) -> Client:
    client = Client()
    client.cookies[SIGNED_UP.name] = SIGNED_UP.sign(made.pk)
    return client
