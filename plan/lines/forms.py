"""The forms of *Aantekeningen*."""

import json
import uuid
from typing import Any

from django import forms

from plan.lines.files.columns import NONE, Columns, width_of
from plan.lines.files.tables import MOST_COLUMNS, MOST_ROWS, Rows
from plan.lines.pasted import MOST_CHARACTERS
from plan.models import Note, OnBehalf
from plan.models.notes import MOST_TABLES, MOST_TIMES
from polls.models import DesignCycle
from posts.models import Question
from werkplaats.fields import LineField, ProseField, validate_in_calendar
from werkplaats.models import Role
from werkplaats.words import shortened

NEITHER = "geen"
IN_THE_ROOM = "in de zaal"
WAYS = [("", IN_THE_ROOM), *OnBehalf.choices]
MOST_CHARACTERS_OF_ROWS = 900_000


class MeetingForm(forms.Form):
    """Begins the notes of a meeting: its name, its day, and what it was about."""

    meeting = LineField(
        label="Naam van de bijeenkomst",
        max_length=120,
        help_text="Bijvoorbeeld «deelnemersraad».",
        error_messages={"required": "Vul in hoe de bijeenkomst heet."},
    )
    held_on = forms.DateField(
        label="Dag",
        validators=[validate_in_calendar],
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={"required": "Kies een dag.", "invalid": "Kies een dag."},
    )
    about = forms.ChoiceField(
        label="Waar ging het over?",
        help_text="Daar tellen de regels mee.",
        error_messages={"required": "Kies waar het over ging.", "invalid_choice": "Kies waar het over ging."},
    )

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = Question.objects.asked().exclude(opened_at=None).order_by("-opened_at", "-pk")
        questions = [(f"vraag-{each.pk}", str(each)) for each in asked]
        cycles = [(f"traject-{each.pk}", str(each)) for each in DesignCycle.objects.order_by("-pk")]
        groups: list[Any] = [("Vragen", questions), ("Ontwerptrajecten", cycles), (NEITHER, "Geen van deze")]
        self.fields["about"].choices = [group for group in groups if group[1]]

    @property
    def subject(self) -> dict[str, int]:
        """What `Harvest.objects.of_subject` takes."""
        kind, _, pk = self.cleaned_data["about"].partition("-")
        return {} if kind == NEITHER else {"question_id" if kind == "vraag" else "cycle_id": int(pk)}


class NoteForm(forms.ModelForm):
    """Corrects a line."""

    class Meta:
        model = Note
        fields = ["text", "table", "role", "times", "on_behalf"]
        labels = {
            "text": "Wat er is gezegd",
            "table": "Tafel",
            "role": "Rol",
            "times": "Hoe vaak gezegd",
            "on_behalf": "Hoe kwam dit?",
        }

    table = forms.IntegerField(
        label="Tafel",
        required=False,
        min_value=1,
        max_value=MOST_TABLES,
        widget=forms.NumberInput(attrs={"class": "short"}),
        error_messages={name: f"Vul 1 tot en met {MOST_TABLES} in." for name in ("invalid", "min_value", "max_value")},
    )
    times = forms.IntegerField(
        label="Hoe vaak gezegd",
        min_value=1,
        max_value=MOST_TIMES,
        widget=forms.NumberInput(attrs={"class": "short"}),
        error_messages={
            name: f"Vul 1 tot en met {MOST_TIMES} in." for name in ("required", "invalid", "min_value", "max_value")
        },
    )
    on_behalf = forms.ChoiceField(label="Hoe kwam dit?", choices=WAYS, required=False)

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].empty_label = "weet ik niet"
        self.fields["text"].error_messages["required"] = "Schrijf op wat er is gezegd."


class PlaceForm(forms.Form):
    """Where lines were said that say it not themselves. What makes no sense is nowhere: a page sends it along."""

    tafel = forms.IntegerField(required=False, min_value=1, max_value=MOST_TABLES)
    rol = forms.ModelChoiceField(Role.objects.all(), required=False)
    namens = forms.ChoiceField(choices=WAYS, required=False)


class PasteForm(forms.Form):
    """Many lines, with what to do with those that are there already. `seed` makes pressing twice count once."""

    DOUBLES = [
        ("erbij", "Zet ze er ook bij"),
        ("tel", "Tel ze op bij de regel die er al staat"),
        ("sla", "Sla ze over"),
    ]

    text = ProseField(
        label="De regels",
        max_length=MOST_CHARACTERS,
        help_text="Eén gedachte per regel. «tafel 3» op een eigen regel geldt voor wat eronder staat.",
        error_messages={"required": "Plak of typ hier de regels."},
    )
    namens = forms.ChoiceField(label="Hoe kwamen deze stemmen?", choices=WAYS, required=False)
    doubles = forms.ChoiceField(
        label="Wat doe je met regels die er al staan?", choices=DOUBLES, required=False, widget=forms.RadioSelect
    )
    seed = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "plak_%s", **kwargs})
        self.fields["text"].widget.attrs |= {"rows": 12, "spellcheck": "true"}
        self.initial.setdefault("seed", uuid.uuid4())


class FileForm(forms.Form):
    file = forms.FileField(
        label="Kies een bestand",
        help_text="Excel (.xlsx), Word (.docx), .csv of .txt, hooguit 5 MB. Het bestand zelf bewaren we niet.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.docx,.csv,.txt"}),
        allow_empty_file=True,
        error_messages={name: "Kies een bestand." for name in ("required", "invalid", "missing")},
    )


class ColumnsForm(forms.Form):
    """Which column says what. The rows come along in the page: of a file nothing is kept."""

    words = forms.TypedChoiceField(label="Wat er is gezegd", coerce=int)
    table = forms.TypedChoiceField(label="De tafel", coerce=int)
    role = forms.TypedChoiceField(label="De rol", coerce=int)
    times = forms.TypedChoiceField(label="Hoe vaak gezegd", coerce=int)
    heading = forms.BooleanField(label="De eerste rij is een kop", required=False)
    rows = forms.CharField(widget=forms.HiddenInput, max_length=MOST_CHARACTERS_OF_ROWS, strip=False)

    fields: dict[str, Any]

    def __init__(self, *args: Any, rows: Rows, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = [(number, named(rows, number)) for number in range(width_of(rows))]
        for name in ("words", "table", "role", "times"):
            choices = columns if name == "words" else [(NONE, "staat er niet in"), *columns]
            choice = self.fields[name]
            choice.choices = choices
            choice.error_messages |= {"invalid_choice": "Kies een kolom.", "required": "Kies een kolom."}

    @classmethod
    def of(cls, rows: Rows, guess: Columns) -> "ColumnsForm":
        first = {"words": guess.text, **{name: getattr(guess, name) for name in ("table", "role", "times", "heading")}}
        return cls(initial={**first, "rows": json.dumps(rows, ensure_ascii=False)}, rows=rows)

    @property
    def columns(self) -> Columns:
        data = self.cleaned_data
        return Columns(data["words"], data["table"], data["role"], data["times"], data["heading"])


def named(rows: Rows, number: int) -> str:
    """What a column is called in a choice: its letter, and what stands on top of it."""
    top = next((row[number] for row in rows if len(row) > number and row[number]), "")
    letters = chr(65 + number) if number < 26 else f"A{chr(65 + number - 26)}"
    return f"{letters}: {shortened(top, 40)}" if top else letters


def rows_in(raw: str) -> Rows:
    """The rows that a page sent along; none when somebody made them up."""
    try:
        rows = json.loads(raw) if len(raw) <= MOST_CHARACTERS_OF_ROWS else None
    except (ValueError, RecursionError):
        return []
    if not isinstance(rows, list) or not all(isinstance(row, list) and len(row) <= MOST_COLUMNS for row in rows):
        return []
    return [[str(cell) for cell in row] for row in rows[:MOST_ROWS] if row]
