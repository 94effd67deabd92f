"""A reader of mails that knows the RFCs, and nothing of what wrote the mail.

The headers are read from the bytes as RFC 5322 and 2047 say, the HTML by libxml2; of Python's own `email` only the
oldest parser is used, for the parts. A `Letter` tells what is in the mail, its `faults` what is wrong on the wire.
"""

import base64
import binascii
import re
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.utils import parsedate_to_datetime
from functools import cached_property

from lxml import etree

LONGEST, WANTED = 998, 78  # characters of a line, without its end: RFC 5322, 2.1.1
LONGEST_WORD, LONGEST_WITH_WORDS = 75, 76  # of an encoded word, of a line that holds one: RFC 2047, 2
ONCE = ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type")
AT_MOST_ONCE = ("Reply-To", "References", "Auto-Submitted", "List-Unsubscribe", "List-Unsubscribe-Post", "X-Cafe")
IN_ONE_PIECE = (
    "Message-ID",
    "References",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
)  # nobody unfolds those with care

WORD = re.compile(r"=\?([A-Za-z0-9-]+)\?([BbQq])\?([!->@-~]*)\?=")
ADDRESS = re.compile(r"[\w.+'%-]+@[\w-]+(?:\.[\w-]+)*")
LINK = re.compile(r"https?://[^\s<>«»\"]+")
TAG = re.compile(r"</?[A-Za-z][^>\n]*>|<!--")
NOTHING = re.compile(r"(?<![\w-])None(?![\w-])")  # and not in the middle of a key
ENTITY = re.compile(r"&(?:#\d+|#x[0-9A-Fa-f]+|amp|lt|gt|quot|nbsp);")


def shown(raw: str, faults: list[str]) -> str:
    """What a mail program shows of a header: white space between two encoded words is none (RFC 2047, 6.2)."""
    found: list[tuple[bool, str]] = []  # whether it was encoded, and what it says; spaces too
    for token in re.findall(r"[ \t]+|[^ \t]+", raw):
        if word := WORD.fullmatch(token):
            if len(token) > LONGEST_WORD:
                faults.append(f"an encoded word of {len(token)} characters")
            found.append((True, decoded(word, faults)))
        else:
            if "=?" in token or "?=" in token:
                faults.append(f"an encoded word that is glued to something: {token}")
            found.append((False, token))
    kept = [
        words
        for at, (encoded, words) in enumerate(found)
        if encoded or words.strip() or not (0 < at < len(found) - 1 and found[at - 1][0] and found[at + 1][0])
    ]
    return "".join(kept)


def decoded(word: re.Match[str], faults: list[str]) -> str:
    charset, way, text = word.groups()
    try:
        if way in "Bb":
            return base64.b64decode(text, validate=True).decode(charset)
        return binascii.a2b_qp(text.encode(), header=True).decode(charset)
    except (ValueError, LookupError) as error:  # also half a character: RFC 2047, 5
        faults.append(f"an encoded word that says nothing: {word[0]} ({error})")
        return ""


@dataclass
class Letter:
    sender: str
    recipients: list[str]
    wire: bytes
    faults: list[str] = field(default_factory=list)

    def __post_init__(self):
        self.head = self.wire.partition(b"\r\n\r\n")[0].decode("ascii", "replace")
        self.fields: list[tuple[str, str]] = []  # (name, value): unfolded, and still encoded
        for line in re.sub(r"\r\n(?=[ \t])", "", self.head).split("\r\n"):
            name, colon, value = line.partition(":")
            if not colon or not re.fullmatch(r"[!-9;-~]+", name):
                self.faults.append(f"no header: {line!r}")
            self.fields.append((name, value.strip(" \t")))
        self.look_at_the_wire()
        self.look_at_the_headers()
        self.read_parts()

    def header(self, name: str) -> str | None:
        """The value of a header, unfolded, as it is on the wire; None without it."""
        return next((value for known, value in self.fields if known.lower() == name.lower()), None)

    @cached_property
    def subject(self) -> str:
        return shown(self.header("Subject") or "", self.faults)

    def look_at_the_wire(self) -> None:
        if not self.wire.isascii():
            self.faults.append("not 7 bit")
        if re.search(rb"(?<!\r)\n|\r(?!\n)", self.wire):
            self.faults.append("a line that does not end in CRLF")
        if re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", self.wire):
            self.faults.append("a control character")
        for line in self.wire.split(b"\r\n"):
            if len(line) > LONGEST:
                self.faults.append(f"a line of {len(line)} characters")
        for line in self.head.split("\r\n"):
            most = LONGEST_WITH_WORDS if "=?" in line else WANTED
            if len(line) > most and not line.startswith(IN_ONE_PIECE) and " " in line.partition(": ")[2].strip():
                self.faults.append(f"a line of {len(line)} characters in the headers: {line}")
            if line and not line.strip():
                self.faults.append("a line of a header with nothing in it")

    def look_at_the_headers(self) -> None:
        times = Counter(name.lower() for name, _ in self.fields)
        for name in ONCE:
            if times[name.lower()] != 1:
                self.faults.append(f"{name} is there {times[name.lower()]} times")
        for name in AT_MOST_ONCE:
            if times[name.lower()] > 1:
                self.faults.append(f"{name} is there {times[name.lower()]} times")
        if odd := {name for name, _ in self.fields} - {*ONCE, *AT_MOST_ONCE, "Content-Transfer-Encoding"}:
            self.faults.append(f"other headers: {odd}")
        for name, value in self.fields:
            if name != "Subject" and "=?" in value:
                self.faults.append(f"{name} is encoded, in which no program looks for anything: {value}")
        try:
            if parsedate_to_datetime(self.header("Date") or "").tzinfo is None:
                self.faults.append("a date without a zone")
        except ValueError:
            self.faults.append("no date")

    def read_parts(self) -> None:
        parts = list(message_from_bytes(self.wire, policy=policy.compat32).walk())
        for part in parts:
            self.faults += [f"a part is not right: {defect!r}" for defect in part.defects]
        self.kinds = [part.get_content_type() for part in parts]
        leaves = {part.get_content_type(): part for part in parts if not part.is_multipart()}
        self.charsets = {part.get_content_charset() for part in leaves.values()}
        said = {kind: part.get_payload(decode=True).decode() for kind, part in leaves.items()}
        self.text, self.source = said.get("text/plain", ""), said.get("text/html", "")
        self.calendar, calendar = said.get("text/calendar", ""), leaves.get("text/calendar")
        self.method = calendar.get_param("method") if calendar else None
        if TAG.search(self.text) or ENTITY.search(self.text):
            self.faults.append("there are tags or entities in the plain text")
        for name, body in (("text", self.text), ("HTML", self.source)):
            if not body.strip() or "{{" in body or "{%" in body or NOTHING.search(body):
                self.faults.append(f"the {name} is not what a person should read")
        parser = etree.HTMLParser(recover=True)
        self.html = etree.fromstring(self.source.encode(), parser)
        self.faults += [f"the HTML, line {each.line}: {each.message}" for each in parser.error_log]

    @cached_property
    def words(self) -> str:
        """What a person reads in the HTML, on one line."""
        return " ".join(" ".join(self.html.find("body").itertext()).split())

    @cached_property
    def hrefs(self) -> set[str]:
        return set(self.html.xpath("//@href"))

    @cached_property
    def links_in_text(self) -> set[str]:
        return {found.rstrip(".,") for found in LINK.findall(self.text)}

    @cached_property
    def links_in_calendar(self) -> set[str]:
        unfolded = self.calendar.replace("\r\n ", "").replace("\\n", "\n").replace("\\", "")
        return set(LINK.findall(unfolded))

    @cached_property
    def links(self) -> set[str]:
        return self.links_in_text | self.hrefs | self.links_in_calendar

    @cached_property
    def addresses(self) -> set[str]:
        """All that looks like an e-mail address, wherever it stands."""
        calendar = self.calendar.replace("\r\n ", "")
        values = "\n".join(value for _, value in self.fields)
        everything = [values, self.subject, self.text, self.words, *self.hrefs, calendar]
        return {found for each in everything for found in ADDRESS.findall(each)}
