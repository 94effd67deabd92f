"""The base that every app may import: people, pictures, and what a coordinator sets for the whole site."""

from werkplaats.models.lists import Lists, read_site, site_now
from werkplaats.models.people import Letter, Role, User, Visitor, Werkgebied
from werkplaats.models.pictures import Picture
from werkplaats.models.site import GlossaryTerm, Milestone, Motto, Site, bumps_site_version, counts_version

__all__ = [
    "GlossaryTerm",
    "Letter",
    "Lists",
    "Milestone",
    "Motto",
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
