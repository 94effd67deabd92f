"""The form to write and to change a post."""

from typing import Any

from django import forms

from posts.models import Post
from posts.screening import hints
from werkplaats.fields import AddressField, NameField, ProseField
from werkplaats.models import Site
from werkplaats.pictures.forms import PictureForm

LIMITS = {field.name: field.max_length for field in Post._meta.fields}


class RoleSelect(forms.Select):
    """Marks the roles of pupils, so that CSS can show what applies to them."""

    pupils: frozenset[int] = frozenset()

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value in self.pupils:
            option["attrs"]["data-pupil"] = True
        return option


class WriteForm(PictureForm):
    """A contribution, or an answer to the post `answer_to`.

    Showing and checking it takes no query: the lists come with the site. A `known` writer has a confirmed address and
    is not asked for one; `remembered` is what the device kept (posts.composing.device); `meeting` opens the fields for
    a meeting.
    """

    field_order = [
        *("text", "picture", "alt", "no_children", "name", "role", "email", "remember", "werkgebied"),
        *("meeting", "meeting_size"),
    ]
    words_of: tuple[str, ...] = ("text", "name", "meeting", "alt")

    text = ProseField(
        label="Jouw bijdrage",
        max_length=LIMITS["text"],
        help_text="Een paar zinnen zijn genoeg. Je mag in je eigen taal schrijven.",
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        error_messages={"required": "Schrijf eerst je bijdrage."},
    )
    name = NameField(
        label="Je naam",
        max_length=LIMITS["name"],
        help_text="Een voornaam is genoeg.",
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": "Vul je naam in. Een voornaam is genoeg."},
    )
    role = forms.TypedChoiceField(
        label="Je rol",
        help_text="Zo zien we wie er meedoen.",
        widget=RoleSelect,
        error_messages={"required": "Kies je rol.", "invalid_choice": "Kies een rol uit de lijst."},
    )
    werkgebied = forms.TypedChoiceField(
        label="Werkgebied",
        required=False,
        empty_value=None,
        help_text="Zo zien we of alle gebieden meedoen.",
        error_messages={"invalid_choice": "Kies een werkgebied uit de lijst."},
    )
    email = AddressField(
        label="E-mailadres",
        required=False,
        help_text="Niemand ziet het. Je krijgt een mail met een knop: zo staat je bijdrage meteen online. "
        "Zonder adres leest een moderator hem eerst.",
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

    remember = forms.BooleanField(
        label="Onthoud mijn naam en rol op dit apparaat",
        required=False,
        help_text="Doe dit niet op een computer van school. Je mailadres onthouden we nooit.",
    )

    def __init__(
        self,
        *args,
        site: Site,
        known: bool = False,
        answer_to: int | None = None,
        remembered: dict | None = None,
        meeting: bool = False,
        **kwargs,
    ):
        prefix = f"antwoord-{answer_to}" if answer_to else "bijdrage"
        initial = {**remembered, "remember": True} if remembered else {}
        kwargs = {"auto_id": f"{prefix}-%s", "initial": initial, **kwargs}
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.for_meeting = meeting
        self.may_be_another = known or bool(remembered)  # than the one whom we know on this device
        self.hints: list[str] = []
        self.consent = ""
        lists = site.lists
        offer(self, "role", lists.roles, "Kies je rol")
        offer(self, "werkgebied", lists.werkgebieden, "Kies een werkgebied")
        self.fields["role"].widget.pupils = frozenset(role.pk for role in lists.roles if role.is_pupil)
        if known:
            del self.fields["email"]
        if answer_to:
            self.fields["text"].label = "Jouw antwoord"
            self.fields["text"].error_messages["required"] = "Schrijf eerst je antwoord."
            self.fields["text"].widget.attrs["autofocus"] = True

    def clean(self):
        data = super().clean()
        if data.get("role") and data["role"].is_pupil:
            # The page hides these fields from pupils: drop what was filled in before the role was chosen.
            data |= {"email": "", "picture": None, "alt": "", "no_children": False}
            for name in ("email", *PictureForm.base_fields):
                self.errors.pop(name, None)
            self.forget_picture()
        if data.get("meeting_size") and not data.get("meeting") and "meeting" not in self.errors:
            self.add_error("meeting", "Vul ook de naam van het overleg in.")
        if data.get("meeting") and not data.get("meeting_size") and "meeting_size" not in self.errors:
            self.add_error("meeting_size", "Vul in met hoeveel mensen jullie waren.")
        self.check_picture()
        return data

    @property
    def words(self) -> str:
        """All words that others will read. Valid forms only."""
        return "\n".join(self.cleaned_data.get(name, "") for name in self.words_of)

    def asks_first(self) -> bool:
        """Whether something in the words has to be asked about, and exactly these words were not agreed to yet."""
        self.hints, self.consent = hints.seen_in(self.words), hints.consent(self.words)
        return bool(self.hints) and self.data.get("klopt") != self.consent

    def content(self) -> dict:
        """The values of a post, except its place, its writer and its picture. Valid forms only."""
        apart = ("picture", "alt", "no_children", "remember")
        return {name: value for name, value in self.cleaned_data.items() if name not in apart}


class EditForm(WriteForm):
    """Changes the words of one's own post. Picture and address stay as they are."""

    words_of = ("text", "name", "meeting")

    def __init__(self, *args, post: Post, **kwargs):
        initial = {name: getattr(post, name) for name in ("text", "name", "meeting", "meeting_size")}
        # As text, as a browser sends it: or they would count as changed.
        initial |= {"role": str(post.role_id or ""), "werkgebied": str(post.werkgebied_id or "")}
        super().__init__(*args, known=True, initial=initial, auto_id="wijzig-%s", **kwargs)
        self.may_be_another = False
        for name in ("picture", "alt", "no_children", "remember"):
            del self.fields[name]


def offer(form: forms.Form, name: str, rows: list, empty: str) -> None:
    """Fills a TypedChoiceField with rows that were read already; its value is a row."""
    field: Any = form.fields[name]
    by_pk = {str(row.pk): row for row in rows}
    field.choices = [("", empty), *((row.pk, row.name) for row in rows)]
    field.coerce = by_pk.__getitem__
