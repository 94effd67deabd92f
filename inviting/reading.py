"""What a consulent writes with: the text to copy, whom we miss, and what came of it for all of them together."""

import datetime
from typing import NamedTuple

from django.conf import settings
from django.db.models import Sum
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import get_text_list

from inviting.models import Consulent, Monday
from plan import landing as plan
from posts.models import Question
from werkplaats.invited.mailto import fits, mailto
from werkplaats.invited.models import FEW, Act, Kind, LinkFigure, month_of

SUBJECT = "Denk je mee?"
NAMED = 3  # of those whom we miss, in one sentence
# For whom a text is, as the page says it.
FOR_WHOM = {Kind.PLAIN: "iedereen", Kind.BULLETIN: "wie in het Maandbericht stond", Kind.MEETING: "een overleg"}


class Text(NamedTuple):
    """A text to copy: `whole` begins with an empty line for a personal word, and ends with the link."""

    kind: Kind
    words: str
    link: str

    @property
    def whole(self) -> str:
        return f"\n\n{self.words}\n\n{self.link}"

    @property
    def mailto(self) -> str:
        return mailto(SUBJECT, self.whole)

    @property
    def fits(self) -> bool:
        return fits(self.mailto)


def text_of(consulent: Consulent, kind: Kind, question: Question, monday: Monday) -> Text:
    """The coordinator's, or the general one, with the consulent's own link of this kind."""
    words = monday.text_of(kind) or general_text(kind, question)
    return Text(kind, words, settings.SITE_URL + consulent.link.path(kind))


def general_text(kind: Kind, question: Question) -> str:
    return render_to_string(f"inviting/texts/{kind.value}.txt", {"question": question}).strip()


class Missed(NamedTuple):
    """The names of roles and of parts of the region, those that are said in one sentence, as words."""

    roles: str
    places: str

    def __bool__(self) -> bool:
        return bool(self.roles or self.places)


def whom_we_miss(question: Question) -> Missed:
    roles, places = plan.who_is_missed(question.pk)
    return Missed(get_text_list(roles[:NAMED], "en"), get_text_list(places[:NAMED], "en"))


class Brought(NamedTuple):
    month: datetime.date
    number: int


def brought(day: datetime.date) -> Brought | None:
    """How many contributions all consulenten together brought in the last month of which that may be told.

    Of this month or the one before; only when at least five of them used their link, and from five on.
    """
    this = month_of(day)
    for month in (this, month_of(this - datetime.timedelta(days=1))):
        figures = LinkFigure.objects.filter(month=month, kind__in=Kind.of_consulenten(), told__gte=FEW)
        finished = figures.filter(act=Act.FINISHED).aggregate(sum=Sum("told"))["sum"]
        if finished and figures.filter(act=Act.USED).exists():
            return Brought(month, finished)
    return None


def this_month() -> Brought | None:
    return brought(timezone.localdate())
