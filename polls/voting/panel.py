"""The panel of a poll for one visitor, wherever it stands: the buttons, or the answer with the results."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from polls.voting.choices import Choice
from polls.voting.models import Poll, ResultsShown
from werkplaats.invited import via
from werkplaats.words import moment, number

FRONT, QUESTION = "voorpagina", "vraag"
SHORT = 12  # letters of a choice that fit in a bubble
BAR = (
    '<li class="result"><strong>{}</strong> <span>{} · {}%</span><svg class="bar" viewBox="0 0 100 10" '
    'preserveAspectRatio="none" aria-hidden="true"><rect width="{}" height="10"/></svg></li>'
)
ROW = '<tr><th scope="row">{}</th><td class="number">{}</td><td class="number">{}%</td></tr>'


@dataclass(frozen=True)
class Panel:
    """`poll` comes from `Poll.objects.shown_to`; `again` is set when the visitor asked to vote again."""

    poll: Poll
    again: bool = False
    problem: str = ""
    fresh: bool = False  # the visitor just asked for it: it takes the focus
    via: str = ""  # the hidden field of who came by an invitation link
    place: str = ""  # FRONT or QUESTION when it stands there, else it stands on its own page

    @classmethod
    def asked(cls, request, poll: Poll, **more) -> "Panel":
        """The panel in the place that the request names, if the poll does stand there."""
        place = request.POST.get("plek") or request.GET.get("plek")
        there = {FRONT: poll.on_landing_page, QUESTION: poll.placed_with_id}
        return cls(poll, place=place if there.get(place) else "", via=via.field(request), **more)

    @property
    def own(self) -> Choice | None:
        return self.poll.own

    @property
    def is_voting(self) -> bool:
        return self.poll.is_open and not self.poll.is_of_room and (self.again or self.own is None)

    @property
    def in_brief(self) -> bool:
        """Whether who voted reads one line, and the thanks only right after it."""
        return self.place == FRONT

    @property
    def number(self) -> int:
        """The number that the vote to come carries: only "Stem opnieuw" hands out the next one."""
        return self.poll.own_number + 1

    @property
    def asks_wensbeeld(self) -> bool:
        return any(option.asks_wensbeeld for option in self.poll.options)

    @property
    def is_wordy(self) -> bool:
        """Whether a choice is too long for a bubble."""
        return any(len(option.text) > SHORT for option in self.poll.options)

    @property
    def bars(self) -> SafeString:
        """The result as bars. Not in the template, which takes five times as long: they are drawn for every vote."""
        shown = [(option.text, number(option.votes, "stem,stemmen"), option.percent) for option in self.poll.options]
        return format_html_join("", BAR, ((*words, words[-1]) for words in shown))

    @property
    def rows(self) -> SafeString:
        """The result as rows of a table."""
        shown = ((option.text, option.votes, option.percent) for option in self.poll.options)
        return format_html_join("", ROW, shown)

    @property
    def address(self) -> str:
        """The page that it stands on, to come back to without JavaScript. With a question it takes one query."""
        if self.place == FRONT:
            return reverse("home")
        question = self.poll.placed_with if self.place == QUESTION else None
        return (question or self.poll).get_absolute_url()

    @property
    def here(self) -> str:
        """The panel by itself, for htmx."""
        return self.poll.get_absolute_url() + (f"?plek={self.place}" if self.place else "")

    @property
    def once_more(self) -> str:
        """The panel with the buttons for a next vote, or another one."""
        return f"{self.here}{'&' if self.place else '?'}opnieuw=1"

    @property
    def until(self) -> str:
        """Until when to vote, or to change the vote that was given; empty when nothing is said of that."""
        poll = self.poll
        if not poll.is_open or not poll.closes_at or poll.is_of_room:
            return ""
        what = "Wijzigen kan" if self.own and not poll.repeat_votes else "Je kunt stemmen"
        return f"{what} tot {moment(poll.closes_at)}."

    @property
    def when_results_show(self) -> str:
        """A sentence for visitors who may not see the results now."""
        if self.poll.is_of_room:
            return "De uitslag komt als de zaal hem heeft gezien."
        match self.poll.results_shown:
            case ResultsShown.VOTED:
                return "Je ziet de uitslag zodra je hebt gestemd."
            case ResultsShown.CLOSED if self.poll.closes_at:
                return f"De uitslag komt als de peiling sluit, op {moment(self.poll.closes_at)}."
            case ResultsShown.CLOSED:
                return "De uitslag komt als de peiling sluit."
        return "De uitslag van deze peiling is niet openbaar."
