"""Fields that clean what people type, in every form that is built on them, the admin included.

A model names what it holds (`Line`, `Prose`, `Address`, `Moment`, `Day`); migrations see plain Django fields.
Plain forms use `LineField`, `ProseField`, `AddressField`.
"""

# mypy: disallow-any-generics=false
# Django's fields are generic in the stubs only: a class that is built on one cannot say of what.

import datetime
import re
import unicodedata
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.formats import number_format
from email_validator import EmailNotValidError, validate_email

# A base letter with more marks than this is decoration that runs over the lines above and below ("zalgo").
# Vietnamese, Hebrew with points and keycap emoji need two or three.
MARKS_PER_LETTER = 4

FIRST_DAY = datetime.date(2000, 1, 1)
LAST_DAY = datetime.date(2100, 1, 1)

# Characters that nobody types on purpose and that hide, reorder or imitate text. Kept: ZWNJ and ZWJ (U+200C,
# U+200D), which Persian and emoji need, variation selectors, and unassigned code points: a new phone's emoji is one.
_GONE = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # C0 and C1, except white space
    "\u00ad\u034f\u200b\u2060-\u2065\ufeff"  # invisible: soft hyphen, joiners, zero-width space, BOM
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u206a-\u206f"  # direction
    "\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0"  # letters without a shape
    "\ud800-\udfff"  # lone surrogates: cannot be stored, nor sent as UTF-8
    "\ufdd0-\ufdef\ufff0-\ufffc\ufffe\uffff"  # noncharacters and specials
    "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"  # tags: text that only machines read, save in a flag
    + "".join(chr(plane + last) for plane in range(0x10000, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
    + "]"
)
# A black flag with the letters of a part of a country behind it, in tags: those of England, Scotland and Wales.
_FLAG = "\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
_FLAG_OR_GONE = re.compile(f"({_FLAG})|{_GONE.pattern}")
# What a text from a PDF or from Word has for a bullet, an arrow and a tick: signs of the fonts Symbol and Wingdings, in
# the room that Unicode leaves to fonts. Elsewhere they are an empty box.
_OF_FONTS = str.maketrans(
    {
        **dict.fromkeys("\uf06c\uf06e\uf06f\uf071\uf075\uf076\uf077\uf09f\uf0a7\uf0a8\uf0b7\uf0d8", "•"),
        **dict.fromkeys("\uf0e0\uf0e8\uf0ae", "→"),
        **dict.fromkeys("\uf0fc\uf0fe", "✓"),
        "\uf02d": "-",
    }
)
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_MORE_THAN_TWO_BLANK_LINES = re.compile("\n{4,}")


def clean_text(value: str, *, multiline: bool) -> str:
    """The text as it is stored: NFC, without what is invisible, misleading or not text.

    One line: any white space becomes one space. Several lines: line ends become "\\n", tabs become spaces,
    at most two blank lines in a row. Text in which nothing can be seen is empty. Cleaning twice changes
    nothing. The time it takes grows with the length: bound that first (the form fields here do).
    """
    text = _LINE_END.sub("\n", _without_gone(value).replace("\u2800", " ").translate(_OF_FONTS))
    if not text.isascii():
        # Before NFC because its reordering takes quadratic time, after it because NFC splits a few letters.
        text = _bound_marks(unicodedata.normalize("NFC", _bound_marks(text)))
    if multiline:
        lines = (line.replace("\t", " ").rstrip() for line in text.split("\n"))
        text = _MORE_THAN_TWO_BLANK_LINES.sub("\n\n\n", "\n".join(lines)).strip()
    else:
        text = " ".join(text.split())
    return text if any(map(_is_visible, text)) else ""


def printable(value: str) -> str:
    """A stored text without what a file cannot hold: quicker than cleaning it anew, for who writes out all there is."""
    return _LINE_END.sub("\n", _without_gone(value))


def _without_gone(value: str) -> str:
    return _FLAG_OR_GONE.sub(lambda found: found[1] or "", value)


def _is_visible(char: str) -> bool:
    category = unicodedata.category(char)
    return category[0] in "LNPS" or category == "Cn"


def _bound_marks(text: str) -> str:
    kept = []
    marks = MARKS_PER_LETTER  # a mark at the start would climb onto the words around the text
    for char in text:
        if char in "\u200c\u200d" or unicodedata.category(char) in ("Mn", "Me"):
            marks += 1
            if marks > MARKS_PER_LETTER:
                continue
        else:
            marks = MARKS_PER_LETTER if char.isspace() else 0
        kept.append(char)
    return "".join(kept)


class _CleanTextField(forms.CharField):
    """A text field that cleans, and measures before it cleans.

    In an own message for "max_length", %(show_value)s and %(limit_value)s are ready-made text ("4.000").
    """

    multiline = False
    default_error_messages: ClassVar = {
        "max_length": "Maak je tekst korter: nu %(show_value)s tekens, er passen er %(limit_value)s.",
        "min_length": "Schrijf iets meer: nu %(show_value)d tekens, minstens %(limit_value)d.",
    }

    def to_python(self, value: Any) -> str | None:
        """The cleaned text; ValidationError "max_length" when it does not fit."""
        if value in self.empty_values:
            return self.empty_value
        value = str(value)
        # Only what is left after cleaning counts: browsers send two characters for a line end, and a paste
        # brings white space along. Twice the room is enough for that; anything longer is refused unread.
        length = len(value)
        if self.max_length is None or length <= 2 * self.max_length:
            value = clean_text(value, multiline=self.multiline)
            length = len(value)
        if self.max_length is not None and length > self.max_length:
            raise ValidationError(
                self.error_messages["max_length"],
                code="max_length",
                params={
                    "show_value": number_format(length, force_grouping=True),
                    "limit_value": number_format(self.max_length, force_grouping=True),
                },
            )
        return value or self.empty_value


class LineField(_CleanTextField):
    """One line of text in a form."""

    default_error_messages: ClassVar = {"required": "Vul dit in."}


class NameField(LineField):
    """What somebody or something is called, in mails too: no web address, e-mail address, telephone number or markup.

    Anybody can have a mail sent to somebody else: a name that holds an address would make it an advertisement.
    """

    default_error_messages: ClassVar = {
        "address": "Hier past geen webadres of e-mailadres. Is het geen adres? Zet dan een spatie na de punt.",
        "number": "Hier past geen telefoonnummer of ander lang nummer.",
        "markup": "Gebruik hier geen < of >.",
    }

    def to_python(self, value: Any) -> str | None:
        """As a line; ValidationError "address", "number" or "markup" when it holds what mail programs make more of."""
        name = super().to_python(value)
        if held := held_in(name or ""):
            raise ValidationError(self.error_messages[held], code=held)
        return name


def held_in(text: str) -> str:
    """What a name may not hold: "address", "number", "markup", or nothing."""
    seen = _seen(text)
    if _ADDRESS_IN_NAME.search(seen):
        return "address"
    if _NUMBER.search(_DATE.sub("x", seen)):
        return "number"
    return "markup" if "<" in seen or ">" in seen else ""


def _seen(name: str) -> str:
    """What mail programs and people make of it: they also take full-width letters and dots for an address.

    Without what has no width of its own: joiners, variation selectors, marks that stand beside a dot.
    """
    plain = unicodedata.normalize("NFKC", name).replace("\u3002", ".")
    return "".join(char for char in plain if unicodedata.category(char) not in ("Cf", "Mn", "Me"))


# «J.P. de Vries», «o.b.s.De Ark» and «Ph.D.» are names; «kwaad.example», «x.nl/y», «a@b» are not. After one letter a
# short word without a capital is the end of an address, unless names go on with it: «j.de Boer».
_ENDS = (
    "nl|com|net|org|eu|be|nu|info|io|me|ly|gg|co|app|shop|site|online|xyz|link|club|ru|cn|dev|tv|cc|to|ws|ai|biz|top|"
    "vip|win|pro|live|store|tech|space|website|page|news|cloud|click|email|chat|uk|fr|us"
)
_GOES_ON = "de|den|der|van|von|vd|ten|ter|te|la|le|les|du|da|di|do|dos|das|del|el|al|in|op|aan|het|bin|ibn|ben|abu|zu"
_ADDRESS_IN_NAME = re.compile(
    r":\s*/\s*/|\bwww\b|\S@\S|[^\W_]\.[^\W\d_]{2,}[:/]|[\w-]{2,}\.(?:[^\W\d_]{2,}|xn--)"
    rf"|\b[^\W_]\.(?:{_ENDS})\b|\b[^\W_]\.(?!(?:{_GOES_ON})\b)(?-i:[a-z]{{2,4}})\b|(?:\d{{1,3}}\.){{3}}\d",
    re.IGNORECASE,
)

# Seven digits or more with little between them, also after 0800 and 0900. A comma or colon with a space after it
# begins something else: «groep 1, 2, 3 en 4».
_NUMBER = re.compile(r"\d(?:(?:[^\w,:;&+]|[_+]|[,:](?!\s)){0,3}\d){6,}")
# A date, two years or a time is no number. One that goes on as it began is: «06-12-34-56-78».
_DAY, _MONTH = r"[0-3]?\d", r"[01]?\d"
_DATE = re.compile(
    rf"(?<!\d)(?<!\d[-./]){_DAY}\s?([-./])\s?{_MONTH}\s?\1\s?(?:20)?\d\d(?!\d|\s?[-./]\d)"
    rf"|(?<!\d)20\d\d(?:-{_MONTH}-{_DAY}|\s?[-/]\s?20\d\d)(?!\d|\s?[-./]\d)"
    r"|(?<![\d:])[0-2]?\d:[0-5]\d(?![\d:])"
)


class ProseField(_CleanTextField):
    """Text of several lines in a form."""

    multiline = True
    widget = forms.Textarea
    default_error_messages: ClassVar = {"required": "Vul hier iets in."}


def normalise_address(value: str) -> str:
    """The one spelling under which an e-mail address is stored and looked up.

    Lower case as a whole: in theory the part before the @ may differ by case, in practice no mail service
    does, and phones capitalise the first letter; one person must not become two rows. The domain is stored in
    its ASCII form. ValidationError "invalid" when it is no address.
    """
    try:
        # Only ASCII before the @: lower() turns letters such as the Kelvin sign into a "k", and a stranger's address
        # would become yours.
        found = validate_email(value.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise ValidationError(_NO_ADDRESS, code="invalid") from error
    return f"{found.local_part}@{found.ascii_domain}".lower()


_NO_ADDRESS = "Dit is geen volledig e-mailadres. Het ziet eruit als naam@voorbeeld.nl."
# A copied address often brings white space or an invisible character along. Only at the ends: one in the
# middle is refused, because taking it away would make another address.
_GONE_AT_THE_ENDS = re.compile(f"^(?:\\s|{_GONE.pattern})+|(?:\\s|{_GONE.pattern})+\\Z")


class AddressField(forms.EmailField):
    """An e-mail address in a form, normalised."""

    default_error_messages: ClassVar = {
        "required": "Vul je e-mailadres in.",
        "invalid": _NO_ADDRESS,
        "max_length": "Dit e-mailadres is te lang: er passen %(limit_value)d tekens.",
    }

    most = 254  # characters, as in the database

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": self.most, **kwargs})

    def to_python(self, value: Any) -> str | None:
        """The address in its one spelling; ValidationError "max_length" or "invalid"."""
        value = "" if value in self.empty_values else str(value)
        if len(value) <= 2 * self.most:
            value = _GONE_AT_THE_ENDS.sub("", value)
        if len(value) > self.most:
            raise ValidationError(
                self.error_messages["max_length"], code="max_length", params={"limit_value": self.most}
            )
        if not value:
            return self.empty_value
        try:
            return normalise_address(value)
        except ValidationError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class _PlainInMigrations(models.Field):
    """Migrations name Django's own field: what differs lives in forms, and migrations outlive this module."""

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _, args, kwargs = super().deconstruct()
        plain = next(base for base in type(self).__mro__ if base.__module__.startswith("django.db.models"))
        return name, f"django.db.models.{plain.__name__}", args, kwargs


class Line(_PlainInMigrations, models.CharField):
    """One line of text; `max_length` in characters after cleaning."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": LineField, **kwargs})


class Prose(_PlainInMigrations, models.TextField):
    """Text of several lines; `max_length` in characters after cleaning."""

    def __init__(self, *args: Any, max_length: int, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "max_length": max_length})
        self.validators.append(MaxLengthValidator(max_length))  # Django leaves it to the form for a TextField

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": ProseField, **kwargs})


class Position(_PlainInMigrations, models.PositiveSmallIntegerField):
    """The place that a coordinator gives a row among its like."""

    def __init__(self, verbose_name: str = "plaats in de rij", **kwargs: Any) -> None:
        super().__init__(verbose_name, **{"default": 0, **kwargs})


class Slug(_PlainInMigrations, models.SlugField):
    """The part of a page's address that a coordinator chooses."""

    def __init__(self, verbose_name: str = "adres", **kwargs: Any) -> None:
        hint = "Staat in links en drukwerk: wijzig het liever niet."
        super().__init__(verbose_name, **{"max_length": 60, "unique": True, "help_text": hint, **kwargs})


class Address(_PlainInMigrations, models.EmailField):
    """An e-mail address in its one spelling, also when it is written or looked up without a form."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        # Only ASCII: lower() would turn a foreign letter into a Latin one, and so find somebody else's row.
        return value.strip().lower() if isinstance(value, str) and value.isascii() else value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": AddressField, **kwargs})


def validate_in_calendar(value: datetime.date) -> None:
    """Refuses days outside 2000 to 2100: PostgreSQL keeps a year 1, and every list that shows it breaks."""
    day = value.date() if isinstance(value, datetime.datetime) else value
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValidationError(
            "Kies een datum tussen 1 januari 2000 en 1 januari 2100.", code="out_of_range", params={"value": value}
        )


class _ClockChange(forms.Field):
    """Explains the hour that summer time skips or repeats; Django's own words for it are hard to follow."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except ValidationError as error:
            if "ambiguous_timezone" not in {each.code for each in error.error_list}:
                raise
            raise ValidationError(
                "Op dit tijdstip gaat de klok een uur vooruit of terug. Kies een ander tijdstip.",
                code="ambiguous_timezone",
            ) from error


class MomentField(_ClockChange, forms.DateTimeField):
    """Date and time in one field."""

    default_error_messages: ClassVar = {"required": "Kies een dag en een tijd."}


class SplitMomentField(_ClockChange, forms.SplitDateTimeField):
    """Date and time in two fields, as the admin has them."""


class Moment(_PlainInMigrations, models.DateTimeField):
    """A moment between 2000 and 2100."""

    default_validators = [validate_in_calendar]

    def formfield(self, **kwargs: Any) -> Any:
        chosen = kwargs.pop("form_class", MomentField)
        if chosen is forms.SplitDateTimeField:
            chosen = SplitMomentField
        return super().formfield(form_class=chosen, **kwargs)


class Day(_PlainInMigrations, models.DateField):
    """A day between 2000 and 2100."""

    default_validators = [validate_in_calendar]
