"""Those who read along by the mail, for tests."""

import re

from django.utils import timezone

from tests.helpers import factories
from werkplaats.models import HelperLink, User


def helper(*, proven: bool = True, **fields) -> User:
    """One whom a coordinator let read along, at an address proven theirs."""
    made = factories.user(**{"name": "Mieke", **fields})
    made.let_help(True)
    if proven:
        made.prove()
    return made


def link_of(user: User) -> str:
    """The path of a link as it was mailed to them just now."""
    return f"/meelezen/{HelperLink.make(user, [], timezone.now()).open()}/"


def link_in(mail) -> str:
    """The path of the link in a mail."""
    return re.search(r"/meelezen/[\w-]+/", mail.get_body(["plain"]).get_content())[0]
