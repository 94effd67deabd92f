"""Kinds of places, how many are free, what somebody gets of them, and how people are told.

No rows: the models count, and hand their counts over.
"""

from dataclasses import dataclass

from django.db import models

from werkplaats.words import number

FEW = 3  # places, or a tenth of them


class Seat(models.TextChoices):
    ROOM = "room", "in de zaal"
    ONLINE = "online", "online"

    @property
    def noun(self) -> str:
        """What somebody waits for: «de zaal», «online»."""
        return "de zaal" if self == Seat.ROOM else "online"


class Wish(models.TextChoices):
    """What somebody asks for; BOTH is the room, and online as long as the room is full."""

    ROOM = "room", "in de zaal"
    ONLINE = "online", "online"
    BOTH = "both", "online, en op de wachtlijst voor de zaal"

    @property
    def seats(self) -> list[Seat]:
        """The kinds of places that will do, the best first."""
        return list(Seat) if self == Wish.BOTH else [Seat(self)]


@dataclass(frozen=True)
class Places:
    """The places of kind `seat`: how many there are and are taken, and how many people wait for one.

    `smallest` is the smallest party that waits, in people; 0 or None when nobody waits. Who did not confirm an address
    waits for nothing yet; those of them who hold a place are among the taken ones, and counted in `unsure` too.
    """

    seat: Seat
    capacity: int
    taken: int
    waiting: int
    smallest: int | None = None
    unsure: int = 0

    @property
    def free(self) -> int:
        return max(self.capacity - self.taken, 0)

    def fits(self, people: int) -> bool:
        """Whether so many people who sign up now get places: these are free, and nobody who waits fits in them.

        A waiting pair does not keep one free place from somebody who comes alone: the chair would stay empty.
        """
        return self.free >= people and (not self.smallest or self.smallest > self.free)

    @property
    def has_room(self) -> bool:
        return self.fits(1)

    @property
    def left(self) -> str:
        """«nog 12 plaatsen», «vol», «vol, 3 mensen op de wachtlijst»."""
        if self.has_room:
            return f"nog {number(self.free, 'plaats,plaatsen')}"
        return f"vol, {number(self.waiting, 'persoon,mensen')} op de wachtlijst" if self.waiting else "vol"

    @property
    def in_words(self) -> str:
        """For everyone: no figure from which one could read whether a sign-up was new.

        As long as only unconfirmed sign-ups fill it, people are asked to sign up: else false ones would deter them.
        """
        if self.has_room:
            return "er is plaats" if self.free > max(FEW, self.capacity // 10) else "nog enkele plaatsen"
        return "wachtlijst" if self.is_full_for_sure else "bijna vol, meld je aan"

    @property
    def is_full_for_sure(self) -> bool:
        """Whether it would be full without those who did not confirm their sign-up."""
        return self.taken - self.unsure + self.waiting >= self.capacity


@dataclass(frozen=True)
class Standing:
    """What somebody has: a place or none, and the queues they stand in."""

    seat: Seat | None
    queues: tuple[Seat, ...] = ()

    @property
    def wish(self) -> Wish | None:
        """What was asked for, as far as they still have or want it; None with no place and no queue."""
        if Seat.ROOM in self.queues and Seat.ONLINE in (self.seat, *self.queues):
            return Wish.BOTH
        wanted = next(iter(self.queues), None) or self.seat
        return Wish(wanted) if wanted else None

    @property
    def told(self) -> str:
        """«Je doet online mee, en je staat op de wachtlijst voor de zaal»"""
        has: dict[Seat | None, str] = {Seat.ROOM: "je hebt een plaats in de zaal", Seat.ONLINE: "je doet online mee"}
        queues = " en voor ".join(seat.noun for seat in self.queues)
        waits = queues and f"je staat op de wachtlijst voor {queues}"
        words = ", en ".join(filter(None, [has.get(self.seat), waits]))
        return words[:1].upper() + words[1:]

    @classmethod
    def wished(cls, wish: Wish, people: int, places: dict[Seat, Places]) -> "Standing":
        """What a wish leads to for so many people who have no place yet; `register` decides the same in SQL."""
        for at, seat in enumerate(wish.seats):
            if places[seat].fits(people):
                # They keep waiting for what they would rather have.
                return cls(seat, tuple(wish.seats[:at]))
        return cls(None, tuple(wish.seats))
