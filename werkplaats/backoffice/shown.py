"""Decisions about what was on the page: a list, a page and the page in between name each row with its version.

Whoever wrote a row may have changed it since. Then the decision is not about these words: the row is left as it is, and
the moderator is told to read it again.
"""

from collections.abc import Container, Iterable
from typing import Any, ClassVar, NamedTuple

from django.contrib import admin, messages
from django.db import transaction
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString

from werkplaats.versions import SEEN, named, named_with_state, seen_in, sent_on, states_in
from werkplaats.web.typed import typed_in
from werkplaats.words import number


class Decided(NamedTuple):
    """How many rows a decision changed, and how many it left: another by now, or not on the page at all."""

    done: int
    changed: int = 0
    unread: int = 0


def hidden(rows: Iterable[Any]) -> SafeString:
    """The field of a form that names these rows as the page shows them."""
    return format_html('<input type="hidden" name="{}" value="{}">', SEEN, named_with_state(rows))


def hidden_as_seen(sent: QueryDict, pks: Container[int]) -> SafeString:
    """The same field, with what an earlier page said of these rows."""
    return format_html('<input type="hidden" name="{}" value="{}">', SEEN, sent_on(sent, pks))


def hidden_with_the_rest(sent: QueryDict, rows: Iterable[Any]) -> SafeString:
    """The same field, for a page that tells how many rows no earlier page showed: these as they are now."""
    rows = list(rows)
    rest = named(row for row in rows if row.pk not in seen_in(sent))
    shown = sent_on(sent, {row.pk for row in rows})
    return format_html('<input type="hidden" name="{}" value="{} {}">', SEEN, shown, rest)


class DecidesAsShown:
    """Where one decides about rows with a `version`. `that` is how one row is called again: «lees die opnieuw»."""

    that: ClassVar[str] = "die"
    counted: ClassVar[str]

    def tell_what_is_left(self, request, decided: Decided) -> None:
        """Tells what was left as it is because nobody read it as it is now; if that is all, what was typed about it."""
        one, more = self.counted.split(",")
        for count, why, then in (
            (decided.changed, "intussen gewijzigd", "opnieuw"),
            (decided.unread, "niet op deze pagina te lezen", "eerst"),
        ):
            if count:
                rows = number(count, f"{one} is,{more} zijn")
                that = self.that if count == 1 else "die"
                messages.warning(request, f"{rows} {why}: lees {that} {then}.")
        if (decided.changed or decided.unread) and not decided.done:
            for text in typed_in(request):
                messages.info(request, f"Wat je typte, is niet gebruikt: «{text}»")

    def decide_as_shown(self, request, rows: Iterable[Any], act) -> list[Any]:
        """Calls `act(row, version)` for each row that was on the page; returns what it changed, and tells what it left.

        `act` says whether it changed the row, which must still have this version, and reads the row anew.
        """
        seen, states = seen_in(request.POST), states_in(request.POST)
        done, changed, unread = [], 0, 0
        for row in rows:
            if row.pk not in seen:
                unread += 1
                continue
            with transaction.atomic():
                # A report of this moment waits, and is not settled with what was read.
                now = type(row)._default_manager.select_for_update(of=("self",)).filter(pk=row.pk).first()
                if now is None:  # its sender erased it a moment ago
                    changed += 1
                    continue
                same = getattr(now, "shown_state", None) == states.get(row.pk)
                if same and act(row, seen[row.pk]):
                    done.append(row)
                else:
                    changed += not same or now.version != seen[row.pk]
        self.tell_what_is_left(request, Decided(len(done), changed, unread))
        return done


class ShownAdmin(DecidesAsShown, admin.ModelAdmin):
    """Its own rows have a `version`, which its list and its pages name."""

    def action_checkbox(self, obj):
        """With the version that the row of the list shows."""
        return format_html("{}{}", super().action_checkbox(obj), hidden([obj]))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """With the version that the page shows."""
        context["seen"] = hidden([obj]) if obj else ""
        return super().render_change_form(request, context, add, change, form_url, obj)
