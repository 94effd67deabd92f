"""The site as every page uses it: its row and the short lists that coordinators edit, kept per version of the site."""

import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, models
from django.db.models.functions import JSONObject

from werkplaats import compiled
from werkplaats.kept import SHARED
from werkplaats.people.models import Role, Werkgebied
from werkplaats.site.models import GlossaryTerm, HeardPage, Lists, Milestone, Site


def site_now() -> Site:
    """The site with its `lists` as they are now; all requests share it, so nobody may change it.

    One query: for the version, or for all of it when nothing is kept. Right after a change, one more.
    """
    return site_at(version_now()) if "site" in SHARED else _keep(read_site())


def site_at(version: int) -> Site:
    """The site as `site_now` gives it, for a page that asked for the version along with more."""
    kept_version, site = SHARED.get("site", (None, None))
    return site if site and kept_version == version else _keep(read_site())


def _keep(site: Site) -> Site:
    SHARED["site"] = site.version, site
    return site


def version_now() -> int:
    """What is raised by every change of a coordinator. By hand: it is asked for every page."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT version FROM werkplaats_site")
        (version,) = cursor.fetchone()
    return int(version)


def _with_lists() -> compiled.AnyQuerySet:
    def rows(model: type[models.Model], *fields: str) -> ArraySubquery:
        return ArraySubquery(model._default_manager.values(row=JSONObject(**{name: name for name in fields})))

    return Site.objects.with_pictures().annotate(
        role_rows=rows(Role, "id", "name", "is_pupil"),
        werkgebied_rows=rows(Werkgebied, "id", "name"),
        milestone_rows=rows(Milestone, "id", "date", "end", "whole_month", "title", "label", "text"),
        glossary_rows=rows(GlossaryTerm, "id", "term", "meaning"),
        heard_rows=rows(HeardPage, "id", "kind", "key", "since", "changed_at"),
    )


def read_site() -> Site:
    """The row with its pictures and `lists`, in one query."""
    site: Site
    [site] = compiled.objects(_with_lists)
    found = vars(site)
    for row in found["milestone_rows"]:
        for name in ("date", "end"):
            row[name] = row[name] and datetime.date.fromisoformat(row[name])
    for row in found["heard_rows"]:
        for name in ("since", "changed_at"):
            row[name] = datetime.datetime.fromisoformat(row[name])
    site.lists = Lists(
        [Role(**row) for row in found["role_rows"]],
        [Werkgebied(**row) for row in found["werkgebied_rows"]],
        [Milestone(**row) for row in found["milestone_rows"]],
        [GlossaryTerm(**row) for row in found["glossary_rows"]],
        {(row["kind"], row["key"]): HeardPage(**row) for row in found["heard_rows"]},
    )
    return site
