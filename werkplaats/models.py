"""The models of the ground, for Django to find."""

from werkplaats.accounts.models import Letter
from werkplaats.invited.models import InvitationLink, LinkFigure, LinkUse
from werkplaats.mail.models import FailedMail
from werkplaats.moderation.helpers import HelperLink
from werkplaats.mutes.models import Mute
from werkplaats.people.models import Role, User, Visitor, Werkgebied
from werkplaats.pictures.models import Picture
from werkplaats.privacy.models import Controller, Erasure, Look, Retention, RetentionRun
from werkplaats.site.models import GlossaryTerm, HeardPage, Milestone, Motto, Site
from werkplaats.web.limits import Limit

__all__ = [
    "Controller",
    "Erasure",
    "FailedMail",
    "GlossaryTerm",
    "HeardPage",
    "HelperLink",
    "InvitationLink",
    "Letter",
    "Limit",
    "LinkFigure",
    "LinkUse",
    "Look",
    "Milestone",
    "Motto",
    "Mute",
    "Picture",
    "Retention",
    "RetentionRun",
    "Role",
    "Site",
    "User",
    "Visitor",
    "Werkgebied",
]
