"""Logging in as people do: the address, the code from the mail, and what a second factor asks."""

from django.test import Client

from werkplaats.accounts.models import Letter

LOGIN, CONFIRM = "/accounts/login/", "/accounts/login/code/confirm/"


def ask_code(browser: Client, email: str, **fields: str) -> str:
    """Asks for a code and returns it; empty when that address gets none."""
    browser.post(LOGIN, {"email": email, **fields})
    letter = Letter.objects.filter(to=email, template=Letter.CODE).last()
    return letter.data["code"] if letter else ""


def log_in(browser: Client, email: str, **fields: str):
    """The answer to the code."""
    return browser.post(CONFIRM, {"code": ask_code(browser, email), **fields})


def is_logged_in(browser: Client) -> bool:
    """As a page sees it: a session may name a user whom it does not let in."""
    return browser.get("/mijn-cafes/").status_code == 200
