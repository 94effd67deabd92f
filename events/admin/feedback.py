"""What a coordinator is told after something was done: who got a place, who was asked, and whom to telephone."""

from collections.abc import Iterable

from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from events.models import Registration
from events.models.waiting_list import LetIn
from werkplaats.words import number


def to_ring(registrations: Iterable[Registration]) -> SafeString:
    """«2 mensen gaven geen adres: bel Oma, Opa.», each with a link to the sign-up; nothing when everyone has a mail.

    Also who was shut out, of rows that tell it (`telling_access`).
    """
    unreachable = (each for each in registrations if not each.email or getattr(each, "is_blocked", False))
    people = sorted(unreachable, key=lambda each: (each.name_order, each.pk))
    if not people:
        return SafeString()
    links = [(reverse("admin:events_registration_change", args=[each.pk]), each.name) for each in people]
    names = format_html_join(", ", '<a href="{}"><bdi>{}</bdi></a>', links)
    why = "persoon gaf geen adres,mensen gaven geen adres"
    if any(each.email for each in people):
        why = "persoon krijgt geen mail,mensen krijgen geen mail"
    return format_html("{}: bel {}.", number(len(people), why), names)


def tell_to_ring(request, registrations: Iterable[Registration]) -> None:
    if text := to_ring(registrations):
        messages.warning(request, text)


def tell_queue(request, found: LetIn) -> None:
    """What the free places meant for the people who wait."""
    if found:
        people = number(len(found), "persoon van de wachtlijst krijgt,mensen van de wachtlijst krijgen")
        messages.info(request, f"{people} nu een plaats, en een mail daarover.")
    if mailed := sum(1 for each in found.asked if each.email):
        people = f"Aan {number(mailed, 'persoon,mensen')} op de wachtlijst is gevraagd"
        whether = "of die komt" if mailed == 1 else "of ze komen"
        messages.info(request, f"{people} {whether}: de eerste die ja zegt, heeft de plaats.")
    tell_to_ring(request, [*found, *found.asked])
