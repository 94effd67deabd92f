"""For the staff: seeing what is kept of a person who asks, and erasing them. An address stands in no URL and no log."""

from collections import Counter
from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

import events.privacy
import plan.privacy
import posts.privacy
from werkplaats.avg import erasing
from werkplaats.avg.telling import all_of, as_file
from werkplaats.avg.wiping import chosen, done_lines, told_before
from werkplaats.avg.your_data import as_attachment
from werkplaats.backoffice.rights import with_right
from werkplaats.fields import normalise_address
from werkplaats.models import User
from werkplaats.privacy.models import Erasure, Look, Looked
from werkplaats.privacy.person import Person
from werkplaats.versions import mark_of
from werkplaats.web.addresses import whole_number
from werkplaats.web.requests import Request

MOST_NAMED = 3  # of each: a line of the log has room for no more
RIGHT = "werkplaats.add_erasure"
CHOOSE = "Kies eerst wat er met de bijdragen gebeurt."
CHANGED = "Er is nog niets gewist. Intussen is er iets veranderd: lees het opnieuw, zoals het nu is."
NO_ADDRESS = "Vul een e-mailadres in, zoals naam@voorbeeld.nl."


def show(request: Request, template: str, title: str, status: int = 200, **context: object) -> HttpResponse:
    return render(request, template, {**admin.site.each_context(request), "title": title, **context}, status=status)


def asked(request: Request) -> tuple[str, Person]:
    """The address that was typed, and who has it. Raises ValidationError when it is none."""
    email = normalise_address(request.POST.get("adres", "").strip())
    return email, Person.of_address(email)


def about(person: Person) -> str:
    """For the log of looks: numbers, and nothing of a person. Of who has none each look is a line of its own."""
    if person.user:
        return f"account {person.user}"
    found = [f"{what} {pk}" for what, keys in numbers(person).items() for pk in keys[:MOST_NAMED]]
    return ", ".join(found) or "een adres waarvan we niets bewaren"


def numbers(person: Person) -> dict[str, list[int]]:
    return {"aanmelding": events.privacy.ids(person), "bijdrage": posts.privacy.typed_ids(person)}


@with_right(RIGHT)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: Request) -> HttpResponse:
    """The form; and below it, once an address is typed, all that is kept of who has it."""
    title = "Gegevens van een persoon"
    if request.method != "POST":
        return show(request, "avg/person.html", title)
    try:
        email, person = asked(request)
    except ValidationError:
        typed = request.POST.get("adres", "")
        return show(request, "avg/person.html", title, status=422, email=typed, problem=NO_ADDRESS)
    told = all_of(person)
    Look.note(request.user, Looked.THEIRS, about(person), told.rows)
    return show(request, "avg/person.html", title, email=email, told=told)


@with_right(RIGHT)
@require_POST
def file(request: Request) -> HttpResponse:
    """The same as a file, to hand over."""
    try:
        _, person = asked(request)
    except ValidationError:
        return redirect("person")
    told = all_of(person)
    Look.note(request.user, Looked.FILE, about(person), told.rows)
    return as_attachment(as_file(person, told))


@with_right(RIGHT)
@require_POST
def wipe(request: Request) -> HttpResponse:
    """Asks first, with what others wrote down of them to tick; and erases on the second press."""
    try:
        email, person = asked(request)
    except ValidationError:
        return redirect("person")
    counts, also = erasing.counted(person), known(request)
    words = chosen(request.POST.get("woorden"), counts + Counter(posts_public=len(also)))
    if "zeker" not in request.POST or words is None:
        return ask(request, email, person, counts, CHOOSE if "zeker" in request.POST else "")
    if request.POST.get("gezien") != mark(person, counts, also_of(person)):
        return ask(request, email, person, counts, CHANGED, status=409)
    try:
        row = erasing.erase(person, words, by=cast(User, request.user), wipe=ticked(request), also=also)
    except erasing.Refused as refused:
        return ask(request, email, person, counts, str(refused), status=409)
    lines = done_lines(row.counts)
    return show(request, "avg/person_wiped.html", "Gewist", lines=lines, row=row, left=plan.privacy.read(row.elsewhere))


def also_of(person: Person) -> tuple[list[Any], list[Any]]:
    """What the page shows beside what is theirs: under their address, and what names them."""
    unclaimed = list(posts.privacy.unclaimed(person))
    keys = tuple(post.pk for post in unclaimed)
    named = plan.privacy.elsewhere(erasing.traces_of(person, keys), erasing.own_words(person, keys))
    return unclaimed, plan.privacy.read(named)


def mark(person: Person, counts: Counter[str], also: tuple[list[Any], list[Any]]) -> str:
    """Of whom a page is about and all that can be ticked on it: another may have that address by now."""
    unclaimed, found = also
    key = User.objects.filter(pk=person.user).values_list("key", flat=True).first() if person.user else None
    typed = [(post.pk, post.version) for post in unclaimed]
    return mark_of(key, *sorted(counts.items()), *typed, *map(str, found))


def ask(
    request: Request, email: str, person: Person, counts: Counter[str], problem: str, status: int = 0
) -> HttpResponse:
    unclaimed, found = also = also_of(person)
    context = {**told_before(counts), "mark": mark(person, counts, also), "email": email, "account": person.user}
    context["colleague"] = User.objects.filter(pk=person.user, is_staff=True).first() if person.user else None
    context |= {"unclaimed": unclaimed, "known": known(request)}
    context |= {"found": found, "ticked": request.POST.getlist("regel")}
    status = status or (422 if problem else 200)
    return show(request, "avg/person_wipe.html", "Iemand wissen", status, problem=problem, **context)


def known(request: Request) -> tuple[int, ...]:
    """Which contributions under the address the staff knows to be of this person."""
    return tuple(key for key in map(whole_number, request.POST.getlist("van")) if key > 0)


def ticked(request: Request) -> erasing.Rows:
    """Which rows of the staff go with it, as `label:key`; what is none of these is passed over."""
    chosen_rows: erasing.Rows = {}
    labels = {place.model._meta.label for place in plan.privacy.WIPED}
    for value in request.POST.getlist("regel"):
        label, _, key = value.partition(":")
        if label in labels and (pk := whole_number(key)) > 0:
            chosen_rows.setdefault(label, []).append(pk)
    return chosen_rows


@with_right(RIGHT)
@require_http_methods(["GET", "HEAD", "POST"])
def elsewhere(request: Request, pk: int) -> HttpResponse:
    """Where else somebody stands who was erased: the staff decides of each line whether it goes."""
    row, chosen = get_object_or_404(Erasure, pk=pk), ticked(request)
    found = plan.privacy.read(row.elsewhere)
    seen = mark_of(*(each for each in found if each.goes))
    changed = bool(chosen) and request.POST.get("gezien") != seen
    if request.method == "POST" and not changed:
        erasing.wipe_elsewhere(row, chosen)
        return redirect("admin:index")
    title, problem = "Staat iemand die gewist is nog ergens?", CHANGED if changed else ""
    context = {"found": found, "mark": seen, "problem": problem}
    return show(request, "avg/elsewhere.html", title, status=409 if changed else 200, **context)
