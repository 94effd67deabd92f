"""The base that every app may import: people, pictures, and what a coordinator sets for the whole site."""

from werkplaats.accounts.models import Letter
from werkplaats.mutes.models import Mute
from werkplaats.people.models import Role, User, Visitor, Werkgebied
from werkplaats.pictures.models import Picture
from werkplaats.site.current import read_site, site_now
from werkplaats.site.models import GlossaryTerm, Lists, Milestone, Motto, Site
from werkplaats.versions import bumps_site_version, counts_version
from werkplaats.web.limits import Limit

__all__ = [
    "GlossaryTerm",
    "Letter",
    "Limit",
    "Lists",
    "Milestone",
    "Motto",
    "Mute",
    "Picture",
    "Role",
    "Site",
    "User",
    "Visitor",
    "Werkgebied",
    "bumps_site_version",
    "counts_version",
    "read_site",
    "site_now",
]
