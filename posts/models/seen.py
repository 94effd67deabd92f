"""Until when somebody saw what others answered them."""

from werkplaats.people.seen import Seen
from werkplaats.register.entries import Purpose, Term, of_a_browser


class AnswersSeen(Seen):
    """Answers of after this moment are new to this visitor."""

    in_register = of_a_browser("welke antwoorden iemand al zag", Purpose.ANSWERING, Term.VISITORS)

    def __str__(self):
        return f"antwoorden gezien tot {self.until}"
