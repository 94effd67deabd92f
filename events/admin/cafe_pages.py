"""The pages of a café in the admin besides its fields: participants on paper and as a file, mails to them."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path

from events import exports, mails, retention
from events.admin.feedback import tell_to_ring, to_ring
from events.models import Cafe, Mailing
from events.places import Seat
from werkplaats.privacy.models import Look, Looked
from werkplaats.spreadsheets import download
from werkplaats.words import number

TELL, TEST, EDIT = "_tell", "_test", "_edit"  # buttons


class MessageForm(forms.ModelForm):
    """A message to the people who signed up. The hidden key makes pressing twice count once."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = Mailing
        fields = ["audience", "subject", "text"]
        widgets = {
            "audience": forms.RadioSelect,
            "subject": forms.TextInput(attrs={"class": "vTextField"}),
            "text": forms.Textarea(attrs={"class": "vLargeTextField"}),
        }
        help_texts = {
            "text": "De aanhef met de naam, het café met de datum en de link naar de eigen aanmelding staan er vanzelf "
            "bij. Zet er geen gegevens van mensen in: de tekst blijft bewaard."
        }

    fields: dict[str, Any]

    def __init__(self, *args, cafe: Cafe, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["key"] = Mailing().key
        self.instance = Mailing(cafe=cafe, kind=Mailing.Kind.MESSAGE, starts_at=cafe.starts_at)
        for name in ("subject", "text"):
            self.fields[name].required = True
        kinds = {*cafe.kinds, Mailing.Audience.ALL, Mailing.Audience.QUEUE}
        self.fields["audience"].choices = [
            (value, f"{label} ({number(self.count(cafe, value), 'adres,adressen')})")
            for value, label in Mailing.Audience.choices
            if value in kinds
        ]

    @staticmethod
    def count(cafe: Cafe, audience: str) -> int:
        return len(Mailing(cafe=cafe, audience=audience).recipients)


class CafePages(admin.ModelAdmin):
    """Each page has its own address below that of the café."""

    def get_urls(self):
        pages = {
            "afgelasten/": self.call_off_view,
            "bericht/": self.message_view,
            "deelnemers/": self.print_view,
            "deelnemers.xlsx": self.sheet_view,
        }
        own = [
            path(f"<id:pk>/{name}", self.admin_site.admin_view(view), name=f"events_cafe_{view.__name__}")
            for name, view in pages.items()
        ]
        return [*own, *super().get_urls()]

    def find(self, request, pk: int, *, may: str) -> Cafe:
        """The café. Raises PermissionDenied without this permission, and Http404."""
        if not request.user.has_perm(may):
            raise PermissionDenied
        cafe = self.get_object(request, str(pk))
        if cafe is None:
            raise Http404
        return cafe

    def page(self, request, cafe: Cafe, template: str, context: dict, status: int = 200) -> TemplateResponse:
        context |= {**self.admin_site.each_context(request), "opts": self.opts, "cafe": cafe}
        return TemplateResponse(request, template, context, status=status)

    def mail_first(self, request, cafe: Cafe, mailing: Mailing, people: int, **context) -> TemplateResponse:
        """A mail to `people` before it goes, and whom to telephone. `context`: title, buttons, note, typed."""
        context |= {
            "preview": mails.preview(mailing, people),
            "to_ring": to_ring(mailing.meant),
            "action": request.path,
        }
        return self.page(request, cafe, "events/admin/sure.html", context)

    def call_off_view(self, request, pk):
        """Shows the mail first. The button calls the café off; pressing twice counts once."""
        cafe = self.find(request, pk, may="events.change_cafe")
        if cafe.is_past:
            messages.info(request, "Dit café is al geweest.")
        elif cafe.called_off_at:
            messages.info(request, "Dit café is al afgelast. Er ging geen mail meer uit.")
        elif request.method == "POST":
            self.call_off(request, cafe)
        else:
            return self.before_calling_off(request, cafe)
        return redirect("admin:events_cafe_change", pk)

    def call_off(self, request, cafe: Cafe) -> None:
        if mailing := cafe.call_off(by=request.user):
            self.log_change(request, cafe, "Afgelast.")
            people = number(mailing.people, "persoon krijgt,mensen krijgen")
            messages.success(request, f"Het café is afgelast. {people} een mail.")
            tell_to_ring(request, cafe.registrations.coming().telling_access())

    def before_calling_off(self, request, cafe: Cafe) -> TemplateResponse:
        mailing = Mailing(cafe=cafe, kind=Mailing.Kind.CALLED_OFF, starts_at=cafe.starts_at)
        people = len(mailing.recipients)
        note = (
            "De pagina zegt dan dat het café niet doorgaat, en aanmelden kan niet meer. Je kunt dit niet terugdraaien."
        )
        buttons = [(TELL, f"Last af en mail {number(people, 'persoon,mensen')}" if people else "Last af")]
        title = "Dit café afgelasten?"
        return self.mail_first(request, cafe, mailing, people, title=title, buttons=buttons, note=note)

    def message_view(self, request, pk):
        """Write it, look at it, try it on yourself, then send it once."""
        cafe = self.find(request, pk, may="events.change_registration")
        form = MessageForm(request.POST or None, cafe=cafe)
        if EDIT in request.POST or not form.is_valid():
            return self.write(request, cafe, form)
        typed = {name: form.cleaned_data[name] for name in ("audience", "subject", "text")}
        if TELL in request.POST:
            mailing, is_new = Mailing.objects.write(cafe, key=form.cleaned_data["key"], by=request.user, **typed)
            done = "Het bericht gaat" if is_new else "Dit bericht ging al"
            messages.success(request, f"{done} naar {number(mailing.people, 'persoon,mensen')}.")
            tell_to_ring(request, mailing.meant)
            return redirect("admin:events_cafe_message_view", pk)
        if TEST in request.POST:
            Mailing.objects.test(cafe, by=request.user, **typed)
            messages.success(request, f"De proef gaat naar {request.user.email}.")
        return self.look(request, cafe, form)

    def write(self, request, cafe: Cafe, form: MessageForm) -> TemplateResponse:
        sent = cafe.mailings.exclude(kind=Mailing.Kind.TEST).select_related("by")
        context = {"title": "Bericht aan deelnemers", "form": form, "sent": sent}
        context["to_ring"] = to_ring(cafe.registrations.coming().telling_access())
        status = 422 if form.errors and EDIT not in request.POST else 200
        return self.page(request, cafe, "events/admin/message.html", context, status)

    def look(self, request, cafe: Cafe, form: MessageForm) -> TemplateResponse:
        people = len(form.instance.recipients)
        buttons = [(TEST, "Stuur test naar mij"), (EDIT, "Verander het bericht")]
        if people:
            buttons.insert(0, (TELL, f"Verstuur aan {number(people, 'persoon,mensen')}"))
        typed = [(name, form[name].value()) for name in form.fields]
        title = "Zo ziet het bericht eruit"
        return self.mail_first(request, cafe, form.instance, people, title=title, typed=typed, buttons=buttons)

    def print_view(self, request, pk):
        """The participants on paper, without what they wish for."""
        cafe = self.find(request, pk, may="events.view_registration")
        people = list(cafe.registrations.coming().select_related("role", "werkgebied").order_by("name_order", "pk"))
        groups = [(seat.label, [each for each in people if each.seat == seat]) for seat in Seat]
        groups.append(("op de wachtlijst", [each for each in people if each.seat is None]))
        context = {"cafe": cafe, "groups": [(label, rows) for label, rows in groups if rows]}
        context["wiped"] = retention.told_of_counts(cafe)
        Look.note(request.user, Looked.SIGN_UPS, f"café {cafe.pk}, op papier", len(people))
        return TemplateResponse(request, "events/participants.html", context)

    def sheet_view(self, request, pk):
        cafe = self.find(request, pk, may="events.view_registration")
        Look.note(request.user, Looked.FILE, f"café {cafe.pk}, deelnemers", cafe.registrations.coming().count())
        return download(exports.participants(cafe), f"deelnemers-{cafe.slug}.xlsx")
