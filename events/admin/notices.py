"""What a coordinator is told after something was done: who got a place, who was asked, and whom to telephone."""

from django.contrib import messages

from events.models import LetIn
from werkplaats.templatetags.werkplaats import number


def tell_queue(request, found: LetIn) -> None:
    """What places that fell free meant for who waits."""
    if found:
        people = number(len(found), "mens van de wachtlijst krijgt,mensen van de wachtlijst krijgen")
        messages.info(request, f"{people} nu een plaats, en een mail daarover.")
    if mailed := sum(1 for each in found.asked if each.email):
        people = f"Aan {number(mailed, 'mens,mensen')} op de wachtlijst is gevraagd"
        whether = "of die komt" if mailed == 1 else "of ze komen"
        messages.info(request, f"{people} {whether}: de eerste die ja zegt, heeft de plaats.")
