"""What is done with a voice or a stack: the choice that was made, checked."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from plan.models import Choice
from plan.models.choices import CHOICE_FIELDS

NO_CHOICE: dict[str, Any] = {"choice": "", "words": "", "decided_by": "", "decided_on": None}
MESSAGES = {
    "words": "Vul in wat er op de puntjes moet staan.",
    "decided_by": "Vul in wie dat besloot.",
    "decided_on": "Vul in wanneer dat is besloten.",
}
NOT_YET = "Die dag komt nog. Vul in op welke dag dat is besloten, uiterlijk vandaag."


def checked(chosen: Mapping[str, Any]) -> dict[str, Any]:
    """All fields of a choice, with nothing in those that it does not ask: choice, words, decided_by, decided_on.

    Raises ValidationError, by field, for what it lacks, and for a decision on a day that is still to come.
    """
    choice = chosen.get("choice") or ""
    if choice not in ["", *Choice.values]:
        raise ValidationError({"choice": "Kies wat jullie ermee doen."})
    asked = ["choice"]
    if choice and Choice(choice).asks_words:
        asked.append("words")
    if choice == Choice.NOT:
        asked += ["decided_by", "decided_on"]
    values = NO_CHOICE | {name: chosen.get(name) or NO_CHOICE[name] for name in asked}
    lacking = {name: MESSAGES[name] for name in CHOICE_FIELDS if name in asked[1:] and not values[name]}
    if lacking:
        raise ValidationError(lacking)
    if values["decided_on"] and values["decided_on"] > timezone.localdate():
        raise ValidationError({"decided_on": NOT_YET})
    return values


def check_there(values: Mapping[str, Any]) -> None:
    """Raises ValidationError without a choice: for a voice that lies on no stack."""
    if not values["choice"]:
        raise ValidationError({"choice": "Kies wat jullie met deze stem doen."})
