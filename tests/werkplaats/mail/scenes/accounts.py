"""What happens to an account, and to who has none."""

import re
from collections.abc import Callable
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from tests.helpers import factories
from tests.helpers.logging_in import ask_code, log_in, totp_code
from tests.helpers.shown_form import shown_form
from tests.werkplaats.mail.scenes.cafes import cafe, guest
from tests.werkplaats.mail.scenes.typed import Told, World, address
from werkplaats.avg import terms
from werkplaats.models import User
from werkplaats.register.entries import Term
from werkplaats.words import day


def code(world: World) -> Told:
    user = User.objects.confirmed(address())
    return {"to": user.email, "code": ask_code(Client(), user.email)}


def idle(world: World) -> Told:
    """Nobody logged in for almost two years."""
    user = User.objects.confirmed(address())
    User.objects.filter(pk=user.pk).update(date_joined=timezone.now() - timedelta(days=2 * 365 - 20))
    terms.run(Term.ACCOUNTS, timezone.now())
    return {"to": user.email, "day": day(timezone.now() + timedelta(days=30))}


def code_of_nobody(signed_up: bool) -> Callable[[World], Told]:
    def make(world: World) -> Told:
        to = address()
        if signed_up:
            guest(cafe(), email=to)
        Client().post("/accounts/login/", {"email": to})
        return {"to": to}

    return make


def code_of_who_was_shut_out(world: World) -> Told:
    user = factories.user(email=address(), is_active=False)
    Client().post("/accounts/login/", {"email": user.email})
    return {"to": user.email}


def second_factor(world: World) -> Told:
    """A coordinator sets up an app with codes."""
    user, browser = factories.coordinator(email=address()), Client()
    log_in(browser, user.email)
    path = "/accounts/2fa/totp/activate/"
    secret = re.search(r"<code>([A-Z2-7]+)</code>", browser.get(path).text)[1]
    assert browser.post(path, {"code": totp_code(secret)}).status_code == 302
    return {"to": user.email}


def address_changed(mailed: str) -> Callable[[World], Told]:
    """By a coordinator, who fills in another one in the back office."""

    def make(world: World) -> Told:
        old, new = address(), address()
        page = f"/beheer/werkplaats/user/{User.objects.confirmed(old).pk}/change/"
        sent = {**shown_form(world.desk, page), "email": new}
        assert world.desk.post(page, sent).status_code == 302
        return {"to": old if mailed == "left" else new}

    return make
