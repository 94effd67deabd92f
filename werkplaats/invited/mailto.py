"""The link that opens one's own mail program with a text in it."""

from urllib.parse import quote

MOST = 1800  # characters of the whole link: some programs cut off a longer one. static/js/sharing.js knows it too


def mailto(subject: str, text: str) -> str:
    """To nobody yet: we never learn to whom. RFC 6068: a line end is %0D%0A."""
    return f"mailto:?subject={quote(subject, safe='')}&body={quote(text.replace('\n', '\r\n'), safe='')}"


def fits(link: str) -> bool:
    return len(link) <= MOST
