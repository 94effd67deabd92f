"""Who leads a café, and who reads along in it: looked at for every page and every minute of a stream."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from live.models import HelperKey, LiveCafe
from werkplaats.models import User
from werkplaats.web.cookies import SignedCookie

DAYS = 7  # a link may be opened days before the café; the key itself ends an hour after it
COOKIE = SignedCookie("zaalhulp", salt="live.helpers", max_age=DAYS * 24 * 3600, of_person=True)


def leader(request: HttpRequest, pk: int) -> User | None:
    """Who is logged in, as the back office asks it of them, when they may lead this café."""
    user: Any = request.user
    is_in = user.is_authenticated and admin.site.has_permission(request)
    return user if is_in and LiveCafe.objects.led_by(user).filter(pk=pk).exists() else None


def helper_of(request: HttpRequest) -> HelperKey | None:
    """The key of this browser, as long as it works: the one who gave it still leads this café."""
    secret = COOKIE.read(request)
    key = HelperKey.objects.of_browser(secret) if isinstance(secret, str) else None
    return key if key and key.live.may_be_led_by(key.by) else None


def reads_along(cookies: dict[str, str], pk: int) -> bool:
    """Whether who sends these cookies leads this café or helps in it: for a stream, which has no middleware."""
    request = HttpRequest()
    request.COOKIES = cookies
    request.session = SessionStore(cookies.get(settings.SESSION_COOKIE_NAME))
    request.user = get_user(request)
    if leader(request, pk):
        return True
    key = helper_of(request)
    return bool(key and key.live_id == pk)
