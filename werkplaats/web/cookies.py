"""Cookies that only this site can have written: their value is signed, and no script reads them."""

from typing import Any, ClassVar

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse


class SignedCookie:
    """A cookie with a small JSON value; `max_age` in seconds bounds its life in the browser and here.

    `of_person`: it tells something of whoever uses the device, and goes when they leave it.
    """

    made: ClassVar[list["SignedCookie"]] = []
    of_person: ClassVar[list["SignedCookie"]] = []

    def __init__(self, name: str, *, salt: str, max_age: int, of_person: bool = False) -> None:
        self.made.append(self)
        if of_person:
            self.of_person.append(self)
        self.name = f"__Host-{name}" if settings.HTTPS else name
        self.salt = salt
        self.max_age = max_age

    def read(self, request: HttpRequest) -> Any:
        """The value that the browser sent; None when there is none, or when it is too old or not ours."""
        return self.unsign(request.COOKIES.get(self.name))

    def write(self, response: HttpResponse, value: Any) -> None:
        response.set_cookie(
            self.name, self.sign(value), max_age=self.max_age, secure=settings.HTTPS, httponly=True, samesite="Lax"
        )

    def delete(self, response: HttpResponse) -> None:
        response.delete_cookie(self.name, samesite="Lax")

    def sign(self, value: Any) -> str:
        return signing.dumps(value, salt=self.salt)

    def unsign(self, text: str | None) -> Any:
        try:
            return signing.loads(text, salt=self.salt, max_age=self.max_age) if text else None
        except (signing.BadSignature, ValueError):
            return None


def forget_person(request: HttpRequest, response: HttpResponse) -> None:
    """Takes the cookies away that tell of whoever used the device before."""
    for cookie in SignedCookie.of_person:
        if cookie.name in request.COOKIES:
            cookie.delete(response)


def key_of(user: Any) -> str | None:
    """What names a person in what their browser keeps, without their number; None for who is not logged in."""
    return user.key.hex if user and user.is_authenticated else None
