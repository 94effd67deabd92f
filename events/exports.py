"""Who comes to a café as a spreadsheet, for coordinators. What people wish for stays out of it."""

import io

from django.utils import timezone

from events.models.cafes import Cafe
from events.models.registrations import Registration
from werkplaats.spreadsheets import workbook

HEAD = {
    "naam": 24,
    "plaats": 18,
    "wacht op": 18,
    "mensen": 8,
    "rol": 24,
    "werkgebied": 20,
    "e-mailadres": 32,
    "aangemeld": 16,
    "was er": 8,
    "vraag vooraf": 60,
}


def participants(cafe: Cafe) -> bytes:
    """An .xlsx file with a row for everyone who comes or waits, by name."""
    file = io.BytesIO()
    with workbook(file, remove_timezone=True, default_date_format="dd-mm-yyyy hh:mm") as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("Deelnemers")
        sheet.write_row(0, 0, HEAD, bold)
        for column, width in enumerate(HEAD.values()):
            sheet.set_column(column, column, width, wrapped)
        sheet.freeze_panes(1, 0)
        rows = cafe.registrations.coming().select_related("role", "werkgebied").order_by("name", "pk")
        for number, registration in enumerate(rows, start=1):
            sheet.write_row(number, 0, _row(registration))
    return file.getvalue()


def _row(registration: Registration) -> list:
    return [
        registration.name,
        registration.get_seat_display() or "",
        ", ".join("de zaal" if seat == "room" else "online" for seat in registration.waits_for),
        registration.people,
        str(registration.role or ""),
        str(registration.werkgebied or ""),
        registration.email,
        timezone.localtime(registration.created_at),
        "ja" if registration.came_at else "",
        registration.question,
    ]
