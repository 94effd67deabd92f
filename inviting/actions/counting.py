"""What became public, of the site as a whole: beside what came by links, which does not say whose was published."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from posts.models import Post
from posts.models.questions import QuestionKind
from werkplaats.invited.models import Act, Kind, LinkFigure, month_of


def count_public(today: date) -> None:
    """Counts for this month and the one before what everyone may read of what was written in it. Two queries each."""
    this = month_of(today)
    for month in (this, month_of(this - timedelta(days=1))):
        LinkFigure.objects.set(month, Kind.SITE, Act.PUBLIC, _public_of(month))


def _public_of(month: date) -> int:
    begin, end = (timezone.make_aware(datetime(day.year, day.month, 1)) for day in (month, _next(month)))
    written = Post.objects.readable().filter(parent=None, question__kind=QuestionKind.ASKED, question__page="")
    return written.filter(created_at__gte=begin, created_at__lt=end).count()


def _next(month: date) -> date:
    return month_of(month + timedelta(days=31))
