from django.contrib.auth.signals import user_logged_in

from posts.actions.confirming import publish_as, waiting_under


def logged_in(sender, request, user, **kwargs) -> None:
    """Logging in with a mailed code proves the address too: publishes what this browser wrote under it."""
    visitor_id = getattr(request, "visitor_id", None)
    proven = user.emailaddress_set.filter(email=user.email, verified=True).exists()
    if not (visitor_id and proven and user.is_active):
        return
    if post := waiting_under(user.email).filter(visitor=visitor_id).first():
        publish_as(user, post)


def connect_signals() -> None:
    user_logged_in.connect(logged_in, dispatch_uid="posts.confirming")
