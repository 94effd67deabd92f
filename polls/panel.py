"""What a poll shows one visitor, wherever it stands: the buttons, or the answer with the results."""

from dataclasses import dataclass

from polls.models import Choice, Poll


@dataclass(frozen=True)
class Panel:
    """`poll` comes from `Poll.objects.shown_to`; `again` means that a next vote was asked for."""

    poll: Poll
    again: bool = False
    problem: str = ""
    fresh: bool = False  # the answer was given just now: the focus goes there

    @property
    def own(self) -> Choice | None:
        return self.poll.own

    @property
    def is_voting(self) -> bool:
        return self.poll.is_open and (self.again or self.own is None)

    @property
    def number(self) -> int:
        """The number that the vote to come carries: only "Stem opnieuw" hands out the next one."""
        return self.poll.own_number + 1

    @property
    def asks_wensbeeld(self) -> bool:
        return any(option.asks_wensbeeld for option in self.poll.options)
