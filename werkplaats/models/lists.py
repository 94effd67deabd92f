"""The short lists that coordinators edit: read in one query, kept per version of the site."""

import datetime
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject

from werkplaats.cards import kept
from werkplaats.models.people import Role, Werkgebied
from werkplaats.models.site import GlossaryTerm, Milestone, Site


@dataclass(frozen=True)
class Lists:
    roles: list[Role]
    werkgebieden: list[Werkgebied]
    milestones: list[Milestone]
    glossary: list[GlossaryTerm]


def lists_of(site: Site) -> Lists:
    """The lists as they are in this version of the site; their rows are read-only here."""
    return kept(f"lists:{site.version}", read_lists)


def read_lists() -> Lists:
    def rows(model, *fields):
        return ArraySubquery(model.objects.values(row=JSONObject(**{name: name for name in fields})))

    found = Site.objects.values_list(
        rows(Role, "id", "name", "is_pupil"),
        rows(Werkgebied, "id", "name"),
        rows(Milestone, "id", "date", "whole_month", "title", "text"),
        rows(GlossaryTerm, "id", "term", "meaning"),
    ).get()
    roles, werkgebieden, milestones, glossary = found
    for milestone in milestones:
        milestone["date"] = datetime.date.fromisoformat(milestone["date"])
    return Lists(
        [Role(**row) for row in roles],
        [Werkgebied(**row) for row in werkgebieden],
        [Milestone(**row) for row in milestones],
        [GlossaryTerm(**row) for row in glossary],
    )
