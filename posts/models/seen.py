"""Until when somebody saw what others answered them."""

from werkplaats.people.seen import Seen
from werkplaats.register.entries import Entry, Purpose, Term, by_visitor


class AnswersSeen(Seen):
    """Answers of after this moment are new to this visitor."""

    in_register = Entry(
        what="welke antwoorden iemand al zag",
        purpose=Purpose.ANSWERING,
        term=Term.VISITORS,
        personal={"visitor": "nummer uit je cookie"},
        of=(by_visitor("visitor"),),
    )

    def __str__(self):
        return f"antwoorden gezien tot {self.until}"
