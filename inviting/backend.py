"""Who is logged in is read together with whether they invite: the menu of every page tells them the way."""

from allauth.account.auth_backends import AuthenticationBackend

from werkplaats.models import User


class Backend(AuthenticationBackend):
    """That of allauth. Who is no consulent costs no query."""

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("consulent").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
