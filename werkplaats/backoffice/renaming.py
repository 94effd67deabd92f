"""Changing words that people answered: the page in between says what that does to their answers."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any, NamedTuple, cast

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.forms.formsets import all_valid
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from werkplaats.words import number

SURE, NEW = "_same", "_new"  # the buttons of the page in between
SEEN = "_seen"  # what it told, so that nobody agrees to something else


class Renamed(NamedTuple):
    """Words that so many answered, and what they become. What stands between these, in Dutch, is for one and more."""

    times: int
    did: str  # «mens koos,mensen kozen»
    was: str
    then: str  # «die stem staat dan bij,hun stem staat dan bij»
    now: str

    @property
    def line(self) -> str:
        one, more = self.then.split(",")
        return f"{number(self.times, self.did)} «{self.was}»; {one if self.times == 1 else more} «{self.now}»."


class AsksBeforeRenaming(admin.ModelAdmin):
    """A subclass says in `renamed` what changes of what people answered, and in `otherwise` what to do instead.

    With `as_new` and `offers_new` it may make of what was typed a new row beside the old one: the page offers that too.
    """

    asks = "Mensen hebben hier al op geantwoord"
    otherwise: str
    offers_new = ""  # what the second button says

    def renamed(self, form: Any, formsets: list[Any]) -> list[Renamed]:
        """Each change of words, with how many answered them. The forms are valid and not saved."""
        raise NotImplementedError

    def as_new(self, request: HttpRequest, row: Any) -> None:
        """Changes what was posted, so that it makes new rows and leaves the old ones as they are."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if object_id and request.method == "POST":
            with transaction.atomic():
                row = self.get_object(request, unquote(object_id))
                may = row is not None and self.has_change_permission(request, row)
                if may and NEW in request.POST:
                    self.as_new(request, row)
                if may and (page := self._page_in_between(request, row)):
                    return page
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _page_in_between(self, request: HttpRequest, row: Any) -> TemplateResponse | None:
        """None when nothing was renamed that people answered, it was agreed to, or the form is not right yet."""
        name = str(row)
        form = self.get_form(request, row, change=True)(request.POST, request.FILES, instance=row)
        is_right = form.is_valid()
        for name in request.FILES:
            cast("UploadedFile[bytes]", request.FILES[name]).seek(0)  # it is read once more when it is saved
        formsets, _ = self._create_formsets(request, form.instance, change=True)  # type: ignore[attr-defined]
        if not (is_right and all_valid(formsets)):
            return None
        told = [each for each in self.renamed(form, formsets) if each.times]
        seen = sha256(repr([(each.was, each.now) for each in told]).encode()).hexdigest()
        if not told or (SURE in request.POST and request.POST.get(SEEN) == seen):
            return None
        kept = form.keep_pictures(request) if hasattr(form, "keep_pictures") else {}
        buttons = [(SURE, "Bewaar: het betekent hetzelfde"), (NEW, self.offers_new)]
        apart = {SURE, NEW, SEEN, "csrfmiddlewaretoken"}
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": self.asks,
            "subtitle": name,
            "told": told,
            "otherwise": self.otherwise,
            "seen": (SEEN, seen),
            "typed": [
                *((key, value) for key, values in request.POST.lists() if key not in apart for value in values),
                *kept.items(),
            ],
            "buttons": [button for button in buttons if button[1]],
            "action": request.get_full_path(),
        }
        return TemplateResponse(request, "backoffice/renaming.html", context)


class AsksBeforeRenamingInUse(AsksBeforeRenaming):
    """For a list to choose from: what people wrote under a name stands under the new one, in every list of ours."""

    asks = "Dit is al gekozen"
    named = "name"

    def renamed(self, form, formsets):
        if self.named not in form.changed_data:
            return []
        row = self.model._default_manager.get(pk=form.instance.pk)
        was, now = getattr(row, self.named), form.cleaned_data[self.named]
        then = "die staat dan bij,ze staan dan bij"
        return [Renamed(times, f"{one} staat bij,{more} staan bij", was, then, now) for times, one, more in uses(row)]


def uses(row: models.Model) -> Iterator[tuple[int, str, str]]:
    """How many rows of each model with pages of its own in the back office chose this one, with what one and more
    of these are called."""
    for relation in row._meta.related_objects:
        model = cast(type[models.Model], relation.related_model)
        if admin.site.is_registered(model):
            found = model._default_manager.filter(**{relation.field.name: row.pk})
            yield found.count(), str(model._meta.verbose_name), str(model._meta.verbose_name_plural)
