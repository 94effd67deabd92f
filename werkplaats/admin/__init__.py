"""What coordinators edit for the whole site. The admin site itself is `werkplaats.beheer`."""

from werkplaats.admin import people, texts

__all__ = ["people", "texts"]
