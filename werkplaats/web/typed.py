"""What was typed in a form that lost what it is about: it goes back to who typed it, whatever happened meanwhile."""

from urllib.parse import urlsplit

from django.http import HttpRequest

MOST_FIELDS, MOST_CHARACTERS = 200, 100_000
# Fields in which a single word is a text as well.
TEXTS = frozenset(
    ["text", "words", "reason", "why", "regel", "tekst", "hoorden", "antwoord", "bedoelde", "wishes", "question"]
)


def kept_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What was sent, without the token; nothing when it is too much, because half a form must not be sent again."""
    fields = [
        (name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"
    ]
    too_much = len(fields) > MOST_FIELDS or sum(len(value) for _, value in fields) > MOST_CHARACTERS
    return [] if too_much else fields


def typed_in(request: HttpRequest) -> list[str]:
    """The texts in what was sent: of a form of ours alone, or anybody could put words on our page."""
    if request.method != "POST" or not comes_from_here(request):
        return []
    return [value for name, value in kept_fields(request) if is_text(name, value)]


def is_text(name: str, value: str, texts: frozenset[str] = TEXTS) -> bool:
    """Whether somebody wrote this: words, or one word in a field of `texts`."""
    words = value.strip()
    return " " in words or bool(words and name in texts)


def comes_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that the form stood on this site: a stranger's form is not to be sent with a press."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()
