"""Logging in with a mailed code proves an address as well as the link in the mail does."""

from django.contrib.auth.signals import user_logged_in

from posts.actions.confirming import confirm
from posts.models import Post
from werkplaats.models import User
from werkplaats.people import earlier


def logged_in(sender, request, user, **kwargs) -> None:
    """Publishes what this browser wrote under the address."""
    visitor_id = getattr(request, "visitor_id", None)  # a log-in by the test client passes no middleware
    if not (visitor_id and user.is_active and User.objects.proven(user)):
        return
    here = [visitor_id, earlier.of(request)]
    if post := Post.objects.unclaimed_under(user.email).filter(visitor__in=here).first():
        confirm(post, user)


def connect_signals() -> None:
    user_logged_in.connect(logged_in, dispatch_uid="posts.confirming")
