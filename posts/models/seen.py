"""Until when somebody saw what others answered them."""

from werkplaats.people.seen import Seen


class AnswersSeen(Seen):
    """Answers of after this moment are new to this visitor."""

    def __str__(self):
        return f"antwoorden gezien tot {self.until}"
