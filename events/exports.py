"""Who comes to a café as a spreadsheet, for coordinators. What people wish for stays out of it."""

from django.utils import timezone

from events.models import Cafe
from events.places import Seat
from werkplaats.spreadsheets import Column, finished, table, workbook

WAITS_FOR = {Seat.ROOM: "de zaal", Seat.ONLINE: "online"}
COLUMNS = [
    Column("naam", 24, lambda row: row.name),
    Column("plaats", 18, lambda row: row.get_seat_display()),
    Column("wacht op", 18, lambda row: ", ".join(WAITS_FOR[seat] for seat in row.waits_for)),
    Column("vast", 8, lambda row: "ja" if row.is_firm else "nee"),
    Column("mensen", 8, lambda row: row.people),
    Column("rol", 24, lambda row: row.role and row.role.name),
    Column("werkgebied", 20, lambda row: row.werkgebied and row.werkgebied.name),
    Column("e-mailadres", 32, lambda row: row.email),
    Column("aangemeld", 16, lambda row: timezone.localtime(row.created_at)),
    Column("was er", 8, lambda row: "ja" if row.came_at else ""),
    Column("vraag vooraf", 60, lambda row: row.question),
]


def participants(cafe: Cafe) -> bytes:
    """An .xlsx file with a row for everyone who comes or waits, by name."""
    rows = cafe.registrations.coming().select_related("role", "werkgebied").order_by("name_order", "pk")
    book = workbook()
    table(book, "Deelnemers", COLUMNS, rows)
    return finished(book)
