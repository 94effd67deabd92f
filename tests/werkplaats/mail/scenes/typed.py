"""What people typed, hostile and allowed, and whom the mails are about."""

import itertools
from datetime import datetime

from django.test import Client
from django.utils import timezone

from tests.helpers import factories

TITLE = (
    "Café d'Hont & Bo: een ontbijt over ouders, leerlingen en wie er nog meer aan tafel hoort, en over één naïef plan"
)
QUESTION = (
    "Wat zou d'Hont & Bo zeggen over passend onderwijs in de hele regio, als niemand meeluisterde, en waarom dan één?"
)
WORDS = "Bij ons helpt 't dat één vast gezicht < drie & «altijd» bereikbaar is.\n.En een regel die met een punt begint."
ROOM = "Zaal d'Hont & Bo, 's-Gravenweg 1"
ONLINE = "https://online.example/cafe?pwd=a1&room=d'Hont"
ROUTE = "Parkeer achter d'Hont & Bo, zie https://route.example/kaart?van=a&naar=b."
CODED = "=?utf-8?q?kwaad=2Eexample?="  # read by a mail program that is an address, which no name may hold
NAMES = itertools.cycle(["d'Hont & Zn.", "Ştefan Ćosić", "فاطمة الزهراء", "王小明 🦊", "Ng'ang'a Ó Súilleabháin"])
QUESTIONS = "vragen.d'hont@voorbeeld.example"  # where answers go
COORDINATOR = "moderator.o'hara@voorbeeld.example"
LONG_ADDRESS = f"{'lange.naam.van.een.school' * 2}.o'hara@{'afdeling-' * 6}a.{'onderwijs' * 6}.example"
DAYS = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
numbers = itertools.count(1)

type Told = dict[str, str]  # `to` whom a mail goes, and what its subject names


class World:
    """The desk of a coordinator, who moderates as well: the only one, so that each mail to moderators is one."""

    def __init__(self) -> None:
        self.by = factories.coordinator(email=COORDINATOR)
        self.desk = Client()
        self.desk.force_login(self.by)


def address() -> str:
    return f"o'hara+{next(numbers)}@voorbeeld.example"


def day(moment: datetime) -> str:
    here = timezone.localtime(moment)
    year = "" if here.year == timezone.localdate().year else f" {here.year}"
    return f"{DAYS[here.weekday()]} {here.day} {MONTHS[here.month - 1]}{year}"


def clock(moment: datetime) -> str:
    here = timezone.localtime(moment)
    return f"{day(moment)}, {here.hour}.{here.minute:02} uur"
