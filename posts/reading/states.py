"""What became of a contribution, in words for who wrote it."""

from typing import NamedTuple

from django.utils import timezone

from posts.models import SOMEBODY, UNDO, Post, Removal
from posts.models.holds import why_it_waits
from posts.tokens import is_old
from werkplaats.words import clock


class State(NamedTuple):
    """`kind` is step, mail, waits, online or gone; `label` says it in a few words, `told` says more, if anything."""

    kind: str
    label: str
    told: str = ""

    @property
    def begin(self) -> str:
        """The label, with a point when more follows."""
        return f"{self.label}." if self.told and not self.label.endswith(":") else self.label


STEP = State("step", "Nog één stap", "Je tekst is bewaard, en staat nog niet online.")
MAIL = State("mail", "Wacht op jou", "Kijk in je mail en druk op de knop. Dan staat je bijdrage meteen online.")
# Who has an address says nothing to who typed it, also not that they read their mail.
REFUSED = State("gone", "Weggehaald", "Lees waarom dat kan in de huisregels.")
CHILD = State("gone", "Je tekst gaat over één kind")  # what more is said: moderation/about_own_child.html
PRESS_TOO = " Kijk intussen in je mail en druk op de knop: dan weten we dat het jouw adres is."
NAMELESS = f"Er staat ‘{SOMEBODY}’ bij, want je gaf nog geen naam."
PICTURE = "Je foto bekijken we eerst. Daarna ziet iedereen hem."


def state_of(post: Post, soon: str) -> State:
    """`soon` is `Site.soon`."""
    if post.is_unfinished:
        return STEP
    if post.is_waiting or post.is_held:
        return waiting(post, soon)
    if post.removed_at:
        return gone(post)
    told = [NAMELESS] * (post.role is None) + [PICTURE] * post.picture_waits
    return State("online", "Staat online", " ".join(told))


def waiting(post: Post, soon: str) -> State:
    asks = bool(post.asked_at and not post.author_id and not is_old(post.asked_at))
    if asks and not post.held_for:
        return MAIL
    told = why_it_waits(post.held_for, bool(post.role and post.role.is_pupil), soon)
    return State("waits", "Wacht op een moderator", told + PRESS_TOO * asks)


def gone(post: Post) -> State:
    if post.removal == Removal.REFUSED:
        return REFUSED
    if post.removal == Removal.CHILD:
        return CHILD
    if post.removal != Removal.WRITER:
        return State("gone", "Weggehaald, want:", post.removal_reason)
    if not post.may_return or not post.removed_at:
        return State("gone", "Je haalde dit weg", "Niemand ziet je tekst nog.")
    until = clock(timezone.localtime(post.removed_at + UNDO))
    return State("gone", "Je haalde dit weg", f"Niemand ziet je tekst nog. Je kunt hem terugzetten tot {until} uur.")
