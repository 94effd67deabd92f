"""Consulenten, and the mail of Monday, in the back office."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html

from inviting import reading
from inviting.models import Consulent, FreePeriod, Monday
from posts.models import Post, Question
from werkplaats.backoffice.base import EVERYWHERE, BaseAdmin, TogetherForm
from werkplaats.fields import AddressField, NameField
from werkplaats.invited.mailto import MOST, mailto
from werkplaats.invited.models import Kind
from werkplaats.models import User
from werkplaats.privacy.looking import LookedAtAdmin
from werkplaats.privacy.models import Looked
from werkplaats.words import day, excerpt

CHOICES = 50  # contributions to choose a voice from
LONGEST_LINK = "https://werkplaats.samenwerkingsverband-noord-holland.example/v/abcdefgh/maandbericht/"
TOO_LONG = "Deze tekst past niet meer in een mailprogramma. Maak hem zo'n {} tekens korter."


class ConsulentForm(TogetherForm):
    """A new one is found by an address, and made when nobody has it yet."""

    email = AddressField(label="e-mailadres", help_text="Hier gaat één mail heen, die vraagt of ze willen.")

    class Meta:
        field_classes = {"name": NameField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["email"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if User.objects.shut_out(email):
            raise forms.ValidationError("De toegang van dit adres is beëindigd.", code="shut_out")
        if Consulent.objects.filter(user__email=email).exists():
            raise forms.ValidationError("Dit adres is al van een consulent.", code="there")
        return email


@admin.register(Consulent)
class ConsulentAdmin(LookedAtAdmin, BaseAdmin):
    """Who left is deleted: the name goes from their link, which stays a way in."""

    looked = Looked.PERSON
    form = ConsulentForm
    list_display = ["name", "user", "stand"]
    list_select_related = ["user"]
    search_fields = ["name__unaccent", "user__email"]
    actions = ["ask_again"]
    counted = "consulent,consulenten"
    deletable = True

    def get_fields(self, request: HttpRequest, obj: Consulent | None = None) -> Any:
        return ["user", "name", "stand"] if obj else ["email", "name"]

    def get_readonly_fields(self, request: HttpRequest, obj: Consulent | None = None) -> list[str]:
        return ["user", "stand"] if obj else []

    @admin.display(description="maandagmail")
    def stand(self, consulent: Consulent) -> str:
        """What they said themselves; not what they did."""
        if not consulent.agreed_at:
            return f"gevraagd op {day(consulent.asked_at)}"
        return "krijgt de mail" if consulent.gets_mail else "krijgt hem niet meer"

    def save_model(self, request: HttpRequest, obj: Consulent, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        made = Consulent.objects.invite(User.objects.unconfirmed(form.cleaned_data["email"]), obj.name)
        obj.pk = made.pk
        obj.refresh_from_db()

    @admin.action(description="Vraag het nog eens, per mail", permissions=["change"], location=EVERYWHERE)
    def ask_again(self, request: HttpRequest, queryset: QuerySet[Consulent]) -> None:
        asked = sum(each.ask_again() for each in queryset.select_related("user"))
        if asked:
            messages.success(request, f"Er {'gaat een mail' if asked == 1 else f'gaan {asked} mails'} uit.")
        else:
            messages.warning(request, "Er ging geen mail uit: ze zeiden al ja, of zijn net gevraagd.")


class TimeInput(forms.TimeInput):
    """The browser's own, as for days."""

    input_type = "time"


class MondayForm(TogetherForm):
    """Shows with each text the general one, which goes when it is empty."""

    class Meta:
        widgets = {"at": TimeInput(format="%H:%M")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        question = Question.objects.current()
        for kind, name in texts().items():
            if question and name in self.fields:
                general = linebreaksbr(reading.general_text(kind, question))
                self.fields[name].help_text = format_html("Leeg? Dan staat er:<br>{}", general)
        if voice := cast(forms.ModelChoiceField, self.fields.get("voice")):
            voice.queryset = voices(question, self.instance.voice_id)
            voice.choices = [("", voice.empty_label), *((post.pk, line_of(post)) for post in voice.queryset)]

    def clean(self) -> dict[str, Any]:
        """Refuses a text that no mail program would open with everything around it."""
        data: dict[str, Any] = super().clean()
        for name in texts().values():
            link = mailto(reading.SUBJECT, f"\n\n{data.get(name) or ''}\n\n{LONGEST_LINK}")
            if len(link) > MOST:
                self.add_error(name, TOO_LONG.format(len(link) - MOST))
        return data


def line_of(post: Post) -> str:
    return f"{post.name}: {excerpt(post.text, 80)}"


def texts() -> dict[Kind, str]:
    """The columns of the texts."""
    return {Kind.PLAIN: "plain", Kind.BULLETIN: "bulletin", Kind.MEETING: "meeting"}


def voices(question: Question | None, chosen: int | None) -> QuerySet[Post]:
    """What everyone may read of the question of now, the most thumbs first, and what was chosen."""
    readable = Post.objects.readable().filter(question=question, parent=None)
    first = readable.order_by("-tally__rank", "-created_at").values_list("pk", flat=True)[:CHOICES]
    return Post.objects.filter(pk__in=[*first, chosen]).order_by("-tally__rank", "-created_at")


@admin.register(Monday)
class MondayAdmin(BaseAdmin):
    """The one row: its list leads straight to it."""

    form = MondayForm
    fieldsets = [
        (None, {"fields": ["is_on", ("weekday", "at"), "region"]}),
        ("Deze week", {"fields": ["voice"]}),
        ("Teksten om te kopiëren", {"fields": ["plain", "bulletin", "meeting"]}),
    ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect("admin:inviting_monday_change", Monday.objects.load().pk)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(FreePeriod)
class FreePeriodAdmin(BaseAdmin):
    fields = ["name", "region", ("first_day", "last_day")]
    list_display = ["name", "region", "first_day", "last_day"]
    list_filter = ["region"]
    deletable = True
