"""The forms to write a post, at once or in two steps, and to change one."""

from collections.abc import Sequence
from typing import Any

from django import forms

from posts.models import A_PUPIL, SOMEBODY, Language, Post
from posts.models.holds import NO_PICTURE
from posts.screening import hints
from werkplaats.fields import AddressField, NameField, ProseField
from werkplaats.models import Site
from werkplaats.pictures.forms import PictureForm

EMPTY = "Schrijf eerst iets in dit vak. Een paar woorden is al goed."
AS_A_PUPIL = "Zo heten hier de bijdragen van leerlingen. Ben jij dat? Kies dan die rol. Vul anders je eigen naam in."
LIMITS = {field.name: field.max_length for field in Post._meta.fields}


class RoleSelect(forms.Select):
    """Marks the roles of pupils, so that CSS can show what applies to them."""

    pupils: frozenset[int] = frozenset()

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value in self.pupils:
            option["attrs"]["data-pupil"] = True
        return option


class Hinting:
    """A form with words that others will read: it asks about what is too personal in them."""

    words_of: tuple[str, ...]
    cleaned_data: dict[str, Any]
    data: Any
    hints: Sequence[str] = ()
    consent = ""

    @property
    def words(self) -> str:
        """All words that others will read. Valid forms only."""
        return "\n".join(self.cleaned_data.get(name, "") for name in self.words_of)

    def asks_first(self) -> bool:
        """Whether something in the words has to be asked about, and exactly these words were not agreed to yet."""
        self.hints, self.consent = hints.seen_in(self.words), hints.consent(self.words)
        return bool(self.hints) and self.data.get("klopt") != self.consent


def text_field() -> ProseField:
    return ProseField(
        label="Jouw bijdrage",
        max_length=LIMITS["text"],
        help_text="Een paar zinnen zijn genoeg. Iedereen kan ze straks lezen. Noem geen namen van kinderen.",
        # Off: a browser that goes back would fill in again what was sent. Drafts are kept by drafts.js.
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto", "autocomplete": "off"}),
        error_messages={"required": EMPTY},
    )


def at(answer_to: int | None) -> str:
    """The ids of the fields of a box: several boxes may be open on a page."""
    return f"antwoord-{answer_to}-%s" if answer_to else "bijdrage-%s"


def prepare(form: "TextForm | WriteForm", answer_to: int | None, language: Language) -> None:
    """Makes it a box in this language, for a contribution or for an answer."""
    form.answer_to, form.language = answer_to, language
    field = form.fields["text"]
    if answer_to:
        field.label = "Jouw antwoord"
        field.widget.attrs["autofocus"] = True
    if language != Language.DUTCH:
        field.widget.attrs["lang"] = language.value


class TextForm(Hinting, forms.Form):
    """The first step: a text alone. Who wrote it is asked when it is kept (SenderForm)."""

    drawn_by = "posts/fields.html#text"
    words_of = ("text",)

    answer_to: int | None
    language: Language
    text = text_field()

    def __init__(
        self, *args, answer_to: int | None = None, meeting: bool = False, language: Language = Language.DUTCH, **kwargs
    ):
        kwargs |= {"auto_id": at(answer_to), "use_required_attribute": False}
        super().__init__(*args, **kwargs)
        self.for_meeting = meeting or "overleg" in self.data
        prepare(self, answer_to, language)

    def content(self) -> dict:
        """The values of a post, except its place and its writer. Valid forms only."""
        return {**self.cleaned_data, "lang": self.language}


READ_ANYWAY = "Je krijgt een mail om te zeggen dat jij dit schreef. Niemand ziet je adres."


class SenderForm(Hinting, PictureForm):
    """The second step: who wrote it, and what may come along.

    Showing and checking it takes no query: the lists come with the site. A `known` writer has a confirmed address and
    is not asked for one; `remembered` is how the device or the log-in knows the writer (posts.composing.device);
    `meeting` opens the fields for a meeting.
    """

    field_order = [
        *("text", "name", "role", "email", "picture", "alt", "no_children", "meeting", "meeting_size"),
        *("werkgebied", "remember"),
    ]
    drawn_by = "posts/fields.html#sender"
    button = "Klaar"
    words_of: tuple[str, ...] = ("name", "meeting", "alt")

    name = NameField(
        label="Je naam",
        required=False,
        max_length=LIMITS["name"],
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    role = forms.TypedChoiceField(
        label="Je rol",
        widget=RoleSelect,
        error_messages={"required": "Kies je rol.", "invalid_choice": "Kies een rol uit de lijst."},
    )
    email = AddressField(
        label="Je e-mailadres",
        required=False,
        help_text="Sneller online, en niemand ziet je adres.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    meeting = NameField(
        label="Naam van het overleg",
        required=False,
        max_length=LIMITS["meeting"],
        help_text="Bijvoorbeeld: teamvergadering groep 5 tot en met 8.",
    )
    meeting_size = forms.IntegerField(
        label="Met hoeveel mensen?",
        required=False,
        min_value=1,
        max_value=5000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}),
        error_messages={
            "invalid": "Vul een heel getal in.",
            "min_value": "Vul een aantal mensen in tussen 1 en 5000.",
            "max_value": "Vul een aantal mensen in tussen 1 en 5000.",
        },
    )
    werkgebied = forms.TypedChoiceField(
        label="Werkgebied",
        required=False,
        empty_value=None,
        help_text="Zo zien we of alle gebieden meedoen. Mensen kunnen dan makkelijker raden wie je bent.",
        error_messages={"invalid_choice": "Kies een werkgebied uit de lijst."},
    )
    remember = forms.BooleanField(
        label="Onthoud mij op dit apparaat",
        required=False,
        help_text="Doe dit niet op een computer van school. Je mailadres onthouden we nooit.",
    )

    def __init__(
        self, *args, site: Site, known: bool = False, remembered: dict | None = None, meeting: bool = False, **kwargs
    ):
        kwargs = {"auto_id": "afzender-%s", "initial": remembered or {}, **kwargs}
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.for_meeting = meeting or "overleg" in self.data
        self.may_be_another = bool(remembered) and not known  # who is logged in, logs out at the top of the page
        lists = site.lists
        offer(self, "role", lists.roles, "Kies je rol")
        offer(self, "werkgebied", lists.werkgebieden, "Kies een werkgebied")
        self.fields["role"].widget.pupils = frozenset(role.pk for role in lists.roles if role.is_pupil)
        if known:
            del self.fields["email"]

    def clean(self):
        data = super().clean()
        if data.get("role") and data["role"].is_pupil:
            # The page hides these fields from pupils: drop what was filled in before the role was chosen.
            data |= {"name": A_PUPIL, "email": "", "picture": None, "alt": "", "no_children": False}
            for name in ("name", "email", *PictureForm.base_fields):
                self.errors.pop(name, None)
            self.forget_picture()
        elif A_PUPIL.casefold() in (data.get("name") or "").casefold():
            self.add_error("name", AS_A_PUPIL)
        if not data.get("name") and "name" not in self.errors:
            data["name"] = SOMEBODY
        if data.get("meeting_size") and not data.get("meeting") and "meeting" not in self.errors:
            self.add_error("meeting", "Vul ook de naam van het overleg in.")
        if data.get("meeting") and not data.get("meeting_size") and "meeting_size" not in self.errors:
            self.add_error("meeting_size", "Vul in met hoeveel mensen jullie waren.")
        self.check_picture()
        return data

    def address_speeds_nothing(self, *, is_mailed: bool) -> None:
        """Promises nothing for an address with what a moderator reads anyway; one that gets no mail is not asked."""
        if not is_mailed:
            self.fields.pop("email", None)
        elif "email" in self.fields:
            self.fields["email"].help_text = READ_ANYWAY

    @property
    def writes_as(self) -> str:
        """How the box says who writes, as long as there is nothing to mend in that: «Anna, ouder»."""
        if {"name", "role", "werkgebied", "email"} & self.errors.keys():
            return ""
        name, role = (str(self[field].value() or "") for field in ("name", "role"))
        choices: Any = self.fields["role"]
        called = {str(value): label for value, label in choices.choices}.get(role, "") if role else ""
        return name if name == A_PUPIL or not called else f"{name or SOMEBODY}, {called}"

    @property
    def has_more(self) -> bool:
        """Whether something in the fold is filled in, or to be mended."""
        names = [name for name in ("alt", "no_children", "meeting", "meeting_size") if name in self.fields]
        filled = any(self[name].value() for name in names)
        errors = self.is_bound and any(self.has_error(name) for name in (*names, "picture", "werkgebied"))
        return bool(self.for_meeting or self.kept or filled or errors)

    def content(self) -> dict:
        """The values of a post, except its place, its writer and its picture. Valid forms only."""
        apart = ("picture", "alt", "no_children", "remember")
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}


class WriteForm(SenderForm):
    """Text and sender at once, for who is known on this device or logged in; an answer to the post `answer_to`."""

    drawn_by = "posts/fields.html#whole"
    button = "Verstuur"
    words_of: tuple[str, ...] = ("text", "name", "meeting", "alt")

    answer_to: int | None
    language: Language
    text = text_field()

    def __init__(self, *args, answer_to: int | None = None, language: Language = Language.DUTCH, **kwargs):
        super().__init__(*args, **{"auto_id": at(answer_to), **kwargs})
        prepare(self, answer_to, language)

    def content(self) -> dict:
        """With the language of the box."""
        return {**super().content(), "lang": self.language}


class EditForm(WriteForm):
    """Changes the words of one's own post, and takes its picture away. The address stays as it is."""

    drawn_by = "posts/fields.html#edit"
    words_of = ("text", "name", "meeting")

    drop_picture = forms.BooleanField(
        label="Haal deze foto weg",
        required=False,
        help_text="Wil je een andere foto? Haal dan je bijdrage weg, en plaats die opnieuw met de goede foto.",
    )

    def __init__(self, *args, post: Post, **kwargs):
        initial = {name: getattr(post, name) for name in ("text", "name", "meeting", "meeting_size")}
        # As text, as a browser sends it: or they would count as changed.
        initial |= {"role": str(post.role_id or ""), "werkgebied": str(post.werkgebied_id or "")}
        language = Language(post.lang)  # a moderator corrects it
        super().__init__(*args, known=True, initial=initial, auto_id="wijzig-%s", language=language, **kwargs)
        self.fields["name"].required = True
        self.fields["name"].error_messages["required"] = "Vul je naam in. Een voornaam is genoeg."
        for name in ("picture", "alt", "no_children", "remember"):
            del self.fields[name]
        self.shown = post.picture
        if not self.shown:
            del self.fields["drop_picture"]

    def content(self) -> dict:
        """Without the language: a moderator may have corrected that since."""
        content = {name: value for name, value in super().content().items() if name not in ("lang", "drop_picture")}
        return content | (NO_PICTURE if self.cleaned_data.get("drop_picture") else {})


def offer(form: forms.Form, name: str, rows: list, empty: str) -> None:
    """Fills a TypedChoiceField with rows that were read already; its value is a row."""
    field: Any = form.fields[name]
    by_pk = {str(row.pk): row for row in rows}
    field.choices = [("", empty), *((row.pk, row.name) for row in rows)]
    field.coerce = by_pk.__getitem__
