"""How many places of one kind a café has, and what people are told about it."""

from dataclasses import dataclass

from django.db import models

from werkplaats.templatetags.werkplaats import number


class Seat(models.TextChoices):
    ROOM = "room", "in de zaal"
    ONLINE = "online", "online"


@dataclass(frozen=True)
class Places:
    """The places of kind `seat`: how many there are, how many are taken, how many people wait for one."""

    seat: Seat
    capacity: int
    taken: int
    waiting: int

    @property
    def free(self) -> int:
        return max(self.capacity - self.taken, 0)

    @property
    def has_room(self) -> bool:
        """Whether who comes now gets a place: one is free and nobody waits for it."""
        return self.free > 0 and self.waiting == 0

    @property
    def left(self) -> str:
        """«nog 12 plaatsen», «vol», «vol, 3 mensen op de wachtlijst»."""
        if self.has_room:
            return f"nog {number(self.free, 'plaats,plaatsen')}"
        return f"vol, {number(self.waiting, 'mens,mensen')} op de wachtlijst" if self.waiting else "vol"
