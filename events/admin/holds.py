"""Unconfirmed sign-ups in the admin: making them firm or giving their place free, each asked about first."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.template.response import TemplateResponse

from events import actions
from events.models import Registration
from events.models.waiting_list import LetIn
from werkplaats.backoffice.asking import ask
from werkplaats.words import moment, number


@dataclass(frozen=True)
class Verb:
    """What can be done with these sign-ups, and how it is told."""

    action: str
    title: str
    what: str
    button: str
    concerns: Callable[[Registration], bool]
    act: Callable[[list[Registration]], LetIn]
    logged: str
    done: str  # one and more
    nobody: str


FIRM = Verb(
    action="make_firm",
    title="Deze aanmeldingen vast maken?",
    what="Zij komen zeker: je sprak ze, of ze stonden bij je aan de balie. Wie een adres gaf, krijgt de bevestiging. "
    "Wie nog geen plaats had, krijgt er een als die vrij is. Anders staat die mens nu op de wachtlijst, op de beurt "
    "van de eerste aanmelding.",
    button="vast maken",
    concerns=lambda each: each.may_become_firm,
    act=actions.confirm,
    logged="Vast gemaakt.",
    done="aanmelding is vast,aanmeldingen zijn vast",
    nobody="Hier valt niets vast te maken: dat kan alleen wie nog komt en nog niet vast is, bij een café dat doorgaat "
    "en nog niet voorbij is.",
)
FREE = Verb(
    action="give_free",
    title="Deze plaatsen vrijgeven?",
    what="Zij hebben dan geen plaats meer, en wie wacht krijgt die. Wie een adres gaf, krijgt een mail. Drukken ze "
    "alsnog op «Ik kom», dan telt hun eerste aanmelding.",
    button="plaats vrijgeven",
    concerns=lambda each: each.is_coming and not each.is_firm and bool(each.seat) and each.cafe.is_ahead,
    act=actions.give_free,
    logged="Plaats vrijgegeven.",
    done="plaats is vrijgegeven,plaatsen zijn vrijgegeven",
    nobody="Hier valt niets vrij te geven: dat kan alleen wie een plaats heeft en nog niet vast is, voor het begint.",
)


def ask_about_holds(
    model_admin, request, people: list[Registration], form: forms.Form, verb: Verb, *, left: int
) -> TemplateResponse:
    """Names everyone. `left` is how many of the chosen this does not concern."""
    for each in people:
        each.stands = model_admin.standing(each)  # type: ignore[attr-defined]  # for the template
    return ask(
        model_admin,
        request,
        people,
        form,
        action=verb.action,
        title=verb.title,
        what=verb.what
        + (f" {number(left, 'gekozen aanmelding blijft,gekozen aanmeldingen blijven')} zoals nu." if left else ""),
        button=f"{number(len(people), model_admin.counted)}: {verb.button}",
        all_shown=True,
        line="events/admin/cancel.html#person",
        cafes=list({each.cafe_id: each.cafe for each in people}.values()),
    )


def unsure_of(registration: Registration) -> list[str]:
    """What the list says of somebody who did not confirm."""
    if registration.is_firm:
        return []
    until = f", tot {moment(held)}" if (held := registration.holds_still_until) else ""
    return [f"nog niet vast{until}"]
