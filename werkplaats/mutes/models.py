"""The kinds of mail that one can switch off, and who switched off which."""

from collections.abc import Callable

from django.db import models
from django.utils import timezone

from werkplaats.people.models import User
from werkplaats.register.entries import Entry, Purpose, Term, by_user


class Kind(models.TextChoices):
    """A kind of mail, in the words of whoever gets it. A new one takes a line here and no migration."""

    ANSWERS = "answers", "Als iemand antwoord geeft op wat ik schreef"
    DECISIONS = "decisions", "Als een moderator iets met mijn bijdrage doet"
    TOLD = "told", "Als we vertellen wat we met mijn inbreng deden"
    SUMMARY = "summary", "Elke ochtend, als er iets op een moderator wacht"
    HELPING = "helping", "Met een link om mee te lezen, als er iets wacht"
    MONDAYS = "mondays", "Op maandag, om mensen uit te nodigen"

    @classmethod
    def of(cls, user: User) -> list["Kind"]:
        """The kinds that this user may get."""
        return [kind for kind in cls if kind not in ONLY or ONLY[kind](user)]


# Who may get what not everyone gets. An app that sends a kind to some says it when it is ready.
ONLY: dict[Kind, Callable[[User], bool]] = {
    Kind.SUMMARY: lambda user: user.is_staff,
    Kind.HELPING: lambda user: user.helps,
}


class Mute(models.Model):
    """Someone does not want this kind of mail."""

    user = models.ForeignKey(User, models.CASCADE, related_name="mutes", verbose_name="gebruiker")
    kind = models.CharField("soort mail", max_length=30)  # a Kind
    created_at = models.DateTimeField("sinds", default=timezone.now, editable=False)

    in_register = Entry(
        what="welke mails iemand niet wil",
        purpose=Purpose.ANSWERING,
        term=Term.ACCOUNTS,
        personal={"user": "account", "kind": "welke mails"},
        of=(by_user("user"),),
    )

    class Meta:
        verbose_name = "uitgezette mail"
        verbose_name_plural = "uitgezette mails"
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="mute_once_per_kind")]

    def __str__(self) -> str:
        return f"{self.user} wil geen {self.kind}"
