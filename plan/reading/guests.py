"""Who came to a café of which lines were noted: whether they are told what became of these, and what their letter says.

They are told once: a mailbox that was told of a publication with these lines in it, as a writer too, gets no letter.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import get_text_list

from events.models import Registration
from events.models.registrations import RegistrationQuerySet
from plan.models import Destination, Fragment, Harvest, Heard, HeardVoice, Publication, Told
from werkplaats.mutes.models import Kind, Mute


def on_the_desk(harvest: Harvest) -> list[Registration]:
    """Who would be told if it were published now. One query, five when lines of a café lie there."""
    lying = Destination.objects.standing().as_stack().filter(harvest=harvest)
    return _new(harvest.pk, Fragment.objects.filter(pk__in=lying.values("fragment")))


def of_publication(publication: Publication) -> list[Registration]:
    """Who is to be told of it: after its writers were."""
    heard = HeardVoice.objects.filter(publication=publication).as_heard()
    return _new(publication.harvest_id, Fragment.objects.filter(pk__in=heard.values("fragment")))


def still_to_tell(publications: Iterable[int]) -> set[int]:
    """The harvests of those of these publications of which one of them would hear: as `of_publication`. One query."""
    lines = HeardVoice.objects.filter(publication__in=publications, fragment__live=True).as_heard()
    told = Told.objects.filter(
        Q(user__email=OuterRef("email")) | Q(registration__email=OuterRef("email")),
        publication__harvest=OuterRef(OuterRef("publication__harvest")),
        publication__voices__fragment=OuterRef(OuterRef("fragment")),
    )
    came = _to_mail().filter(~Exists(told), cafe=OuterRef("fragment__note__notes__cafe"))
    return set(lines.filter(Exists(came)).values_list("publication__harvest", flat=True))


def _to_mail() -> RegistrationQuerySet:
    """Who was there, was not told yet, and takes these letters."""
    off = Mute.objects.filter(user__email=OuterRef("email"), kind=Kind.TOLD)
    return there().filter(told=None).mailable().exclude(Exists(off))


def there() -> RegistrationQuerySet:
    """Who was at a café that was held: where it was noted who came, they alone; else who had a seat."""
    noted = Registration.objects.filter(cafe=OuterRef("cafe"), came_at__isnull=False)
    came = Q(came_at__isnull=False) | Q(seat__isnull=False) & ~Exists(noted)
    return Registration.objects.filter(came, confirmed_at__isnull=False, cafe__called_off_at=None)


def _new(harvest: int, voices: QuerySet[Fragment]) -> list[Registration]:
    """One sign-up for each address of which a café has lines among these voices that it was not told of yet."""
    lines: dict[int, set[int]] = defaultdict(set)
    of_cafes = voices.filter(live=True, note__notes__cafe__isnull=False)
    for cafe, fragment in of_cafes.values_list("note__notes__cafe", "pk"):
        lines[cafe].add(fragment)
    if not lines:
        return []
    rows = list(_to_mail().filter(cafe__in=list(lines)).order_by("email", "pk"))
    known = _known(harvest, {row.email for row in rows})
    found: dict[str, Registration] = {}
    for row in rows:
        if lines[row.cafe_id] - known[row.email]:
            found.setdefault(row.email, row)
    return list(found.values())


def _known(harvest: int, emails: Iterable[str]) -> dict[str, set[int]]:
    """By address the voices in the publications of which it was told, as a writer or as a guest."""
    emails = list(emails)
    told = Told.objects.filter(publication__harvest=harvest)
    known: dict[str, set[int]] = defaultdict(set)
    publications: dict[int, set[str]] = defaultdict(set)
    for by in ("user__email", "registration__email"):
        for publication, email in told.filter(**{f"{by}__in": emails}).values_list("publication", by):
            publications[publication].add(email)
    noted = HeardVoice.objects.filter(publication__in=list(publications), fragment__note__isnull=False)
    for publication, fragment in noted.values_list("publication", "fragment"):
        for email in publications[publication]:
            known[email].add(fragment)
    return known


@dataclass(frozen=True)
class Letter:
    """What was heard at the cafés of one mailbox, with others, and what is done with it: never a line itself.

    `came` and `had_seat` are the names of these cafés: where they were seen, and where it is known only that they
    signed up.
    """

    heard: list[Heard]
    came: str
    had_seat: str

    @property
    def cafes(self) -> str:
        return " en ".join(filter(None, [self.came, self.had_seat]))


def letter_of(told: Told) -> Letter | None:
    """As it is public now, also when that is another publication since. None when nothing is left to tell."""
    if not told.registration or not told.registration.email:
        return None
    harvest = told.publication.harvest_id
    newest = Publication.objects.filter(harvest=harvest).order_by("-number")[:1]
    noted = HeardVoice.objects.standing().as_heard().filter(publication=newest, fragment__note__isnull=False)
    mine = there().filter(email=told.registration.email).filter(Q(told=None) | Q(told=told.pk))
    mine = mine.filter(cafe__in=noted.values("fragment__note__notes__cafe")).select_related("cafe")
    rows = list(mine.order_by("cafe__starts_at", "pk"))
    lines = noted.filter(fragment__note__notes__cafe__in=[row.cafe_id for row in rows])
    heard = list(Heard.objects.filter(erased_at=None, pk__in=lines.values("heard")))
    if not heard:
        return None
    came, had_seat = ([row.cafe.title for row in rows if bool(row.came_at) is each] for each in (True, False))
    return Letter(heard, get_text_list(came, "en"), get_text_list(had_seat, "en"))
