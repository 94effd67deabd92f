"""The lists of names that coordinators keep and the whole site shows: roles, themes and more like them."""

# mypy: warn-return-any=false
# What our own fields hold is Any to mypy: see werkplaats/fields.py.

from django.db import models

from werkplaats.fields import Line, Position
from werkplaats.names import order_of
from werkplaats.versions import bumps_site_version


class ListedName(models.Model):
    name = Line("naam", max_length=60, unique=True)
    position = Position()

    class Meta:
        abstract = True
        ordering = ["position", order_of("name"), "pk"]
        triggers = [bumps_site_version()]

    def __str__(self) -> str:
        return self.name
