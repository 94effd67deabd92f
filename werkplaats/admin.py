"""What coordinators edit for the whole site. The admin site itself is `werkplaats.home.beheer`."""

from werkplaats.accounts import admin as accounts
from werkplaats.mail import admin as mail
from werkplaats.people import admin as people
from werkplaats.privacy import admin as privacy
from werkplaats.site import admin as texts

__all__ = ["accounts", "mail", "people", "privacy", "texts"]
