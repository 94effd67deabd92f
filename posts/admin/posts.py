"""Moderating contributions, one or many at a time: what waits, from whom, why, and what one can do about it."""

import re

from django.contrib import admin, messages
from django.contrib.admin import ActionLocation, helpers
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from posts.actions import moderating
from posts.admin.forms import MoveForm, ThemesForm
from posts.admin.history import history_of
from posts.admin.writers import Queue, writer_of
from posts.models.posts import Post
from posts.models.reports import Report
from posts.queue import STATES, queue, state_of, why_it_waits
from werkplaats.backoffice.asking import MOST, SureForm, ask, is_answered
from werkplaats.backoffice.base import EVERYWHERE, BaseAdmin, Filter, RowFilter
from werkplaats.moderation.forms import RemovalForm
from werkplaats.web.addresses import IdConverter
from werkplaats.words import excerpt, number

A_FEW_LINES = 280  # characters of a text in the list: enough to decide about most
OLDEST_FIRST = ("te-doen", "wacht", "gemeld")


class StateFilter(Filter):
    title = "toestand"
    parameter_name = "toestand"
    choices_of = STATES


@admin.register(Post)
class PostAdmin(BaseAdmin):
    """Moderators decide what is seen; nobody changes what someone else said."""

    list_display = ["excerpt", "writer", "state", "reports", "created_at"]
    list_display_links = None  # the text holds more than its link: what it answers, its picture
    list_filter = [
        StateFilter,
        ("question", RowFilter),
        ("role", RowFilter),
        ("themes", RowFilter),
    ]
    list_select_related = ["role", "author", "question", "parent", "picture"]
    search_fields = ["text", "name", "meeting", "email"]
    search_help_text = "Zoek in tekst, naam, overleg en e-mailadres"
    actions = [
        "approve",
        "remove",
        "restore",
        "give_themes",
        "move",
        "pin",
        "unpin",
        "trust",
        "reject",
        "erase",
    ]
    fields = ["detail"]
    readonly_fields = ["detail"]
    object_history_template = "posts/admin/history.html"

    class Media:
        css = {"all": ["css/moderation.css"]}

    def get_queryset(self, request):
        waiting = Report.objects.filter(post=OuterRef("pk"), handled_at=None).order_by().values("post")
        counted = Subquery(waiting.annotate(times=Count("pk")).values("times"))
        return super().get_queryset(request).annotate(open_reports=Coalesce(counted, 0))

    def get_changelist(self, request, **kwargs):
        return Queue

    def get_ordering(self, request):
        """What asks for a moderator is shown in the order in which it came."""
        asks = request.GET.get("toestand") in OLDEST_FIRST
        return ["created_at", "pk"] if asks else ["-created_at", "-pk"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_moderate_permission(self, request) -> bool:
        return request.user.has_perm("posts.change_post")

    def has_erase_permission(self, request) -> bool:
        return request.user.has_perm("posts.delete_post")

    # The list

    @admin.display(description="bijdrage")
    def excerpt(self, post):
        text = excerpt(post.text, A_FEW_LINES) or "(gewist)"
        return self.draw("row", post=post, text=text)

    @admin.display(description="schrijver", ordering="name")
    def writer(self, post):
        return self.draw("writer", post=post, record=post.record)

    @admin.display(description="toestand", ordering="published_at")
    def state(self, post):
        return self.draw("state", state=state_of(post), why=why_it_waits(post))

    @admin.display(description="meldingen", ordering="open_reports")
    def reports(self, post):
        return self.draw("reports", reasons=post.reasons) if post.open_reports else ""

    def draw(self, part: str, **context):
        return mark_safe(render_to_string(f"posts/admin/list.html#{part}", context))  # noqa: S308  our own template

    # The page of one contribution

    @admin.display(description="bijdrage")
    def detail(self, post):
        """The contribution as people read it, what it answers, and what moderators need to decide."""
        others = Post.objects.filter(writer_of(post)).exclude(pk=post.pk)
        context = {
            "post": post,
            "state": state_of(post),
            "why": why_it_waits(post),
            "answers": post.answers.count(),
            "reports": post.reports.select_related("handled_by").order_by("created_at"),
            "others": [(other, state_of(other)) for other in others[:5]],
            "record": Queue.records([post])[post.pk],
            "untrusted": post.author and moderating.has_record(post.author),
        }
        return mark_safe(render_to_string("posts/admin/detail.html", context))  # noqa: S308  our own template

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """With a button for each thing that makes sense, and the way to what waits besides."""
        post = self.get_object(request, object_id) if request.method == "GET" else None
        extra = {}
        if post:
            waits = queue(Post.objects.exclude(pk=post.pk)).order_by("created_at", "pk")
            extra = {"buttons": self.buttons(request, post), "next": waits.first()}
        extra |= {
            "title": f"Bijdrage van {post.name}" if post and post.name else "Bijdrage",
            "subtitle": None,
        }
        return super().change_view(request, object_id, form_url, {**extra, **(extra_context or {})})

    def changelist_view(self, request, extra_context=None):
        asks = request.GET.get("toestand") == "te-doen"
        extra = {"title": "Wat op een moderator wacht" if asks else "Bijdragen"}
        return super().changelist_view(request, {**extra, **(extra_context or {})})

    def buttons(self, request, post) -> list[tuple[str, str]]:
        """The name and the words of each action that would change something, the likeliest first."""
        untrusted = post.author and moderating.has_record(post.author)
        sensible = {
            "approve": moderating.asks_for_approval(post),
            "remove": moderating.can_be_removed(post),
            "restore": moderating.can_be_restored(post) and not post.is_held,
            "give_themes": not post.erased_at,
            "move": True,
            "pin": not post.parent_id and not post.pinned_at and post.is_public,
            "unpin": not post.parent_id and post.pinned_at,
            "trust": untrusted,
            "erase": not post.erased_at,
        }
        actions = self.get_actions(request, action_location=ActionLocation.CHANGE_FORM)
        return [(name, action.description) for name, action in actions.items() if sensible.get(name)]

    def history_view(self, request, object_id, extra_context=None):
        """Who did what and when, from the audit trail of the database."""
        post = self.get_object(request, object_id)
        extra = {"title": "Geschiedenis van deze bijdrage", "moments": history_of(post) if post else []}
        return super().history_view(request, object_id, {**extra, **(extra_context or {})})

    # What a moderator does

    def response_action(self, request, queryset, action_location=ActionLocation.CHANGE_LIST):
        chosen = request.POST.getlist(helpers.ACTION_CHECKBOX_NAME)
        if not all(re.fullmatch(IdConverter.regex, pk, re.ASCII) for pk in chosen):
            return messages.warning(request, "Kies eerst een bijdrage. Er is niets veranderd.")
        return super().response_action(request, queryset, action_location=action_location)

    def tell(self, request, count: int, what: str, words: str = "bijdrage,bijdragen") -> None:
        level = messages.SUCCESS if count else messages.WARNING
        messages.add_message(request, level, f"{number(count, words)} {what}.")

    @admin.action(description="Goedkeuren", permissions=["moderate"], location=EVERYWHERE)
    def approve(self, request, queryset):
        self.tell(request, moderating.approve(queryset, request.user), "goedgekeurd")

    @admin.action(description="Terugzetten", permissions=["moderate"], location=EVERYWHERE)
    def restore(self, request, queryset):
        self.tell(request, moderating.restore(queryset, request.user), "teruggezet")

    @admin.action(description="Zet bovenaan", permissions=["moderate"], location=EVERYWHERE)
    def pin(self, request, queryset):
        self.tell(request, moderating.pin(queryset, True), "bovenaan gezet")

    @admin.action(description="Niet meer bovenaan", permissions=["moderate"], location=EVERYWHERE)
    def unpin(self, request, queryset):
        self.tell(request, moderating.pin(queryset, False), "weer in de rij gezet")

    @admin.action(description="Vertrouw deze schrijver weer", permissions=["moderate"], location=EVERYWHERE)
    def trust(self, request, queryset):
        count = moderating.trust(queryset, request.user)
        words = "schrijver wordt,schrijvers worden"
        self.tell(request, count, "weer vertrouwd: nieuwe bijdragen staan meteen online", words)

    @admin.action(description="Weghalen …", permissions=["moderate"], location=EVERYWHERE)
    def remove(self, request, queryset):
        posts = [post for post in queryset[:MOST] if moderating.can_be_removed(post)]
        form = RemovalForm(request.POST if is_answered(request, RemovalForm) else None)
        if form.is_valid():
            count = moderating.remove(posts, request.user, form.cleaned_data["whole"])
            return self.tell(request, count, "weggehaald")
        return ask(
            self,
            request,
            posts,
            form,
            action="remove",
            title="Waarom halen we dit weg?",
            what="De plaats en de antwoorden blijven staan, de woorden niet. "
            "De schrijver krijgt de reden te lezen, als het adres bevestigd is.",
            button="Haal weg",
        )

    @admin.action(description="Afwijzen: haal weg wat wacht …", permissions=["moderate"])
    def reject(self, request, queryset):
        posts = [post for post in queryset[:MOST] if post.is_waiting or post.is_held]
        form = RemovalForm(
            request.POST if is_answered(request, RemovalForm) else None,
            initial={"reason": "De bijdrage is reclame."},
        )
        if form.is_valid():
            count = moderating.reject(posts, request.user, form.cleaned_data["whole"])
            return self.tell(request, count, "afgewezen")
        return ask(
            self,
            request,
            posts,
            form,
            action="reject",
            title="Waarom wijzen we dit af?",
            what="Alleen wat wacht, gaat weg. Wat al zichtbaar is, blijft staan. "
            "Per schrijver gaat er hooguit één mail uit, naar een bevestigd adres.",
            button="Wijs af",
        )

    @admin.action(
        description="Verplaats naar een andere vraag …", permissions=["moderate"], location=EVERYWHERE
    )
    def move(self, request, queryset):
        posts = list(queryset[:MOST])
        form = MoveForm(request.POST if is_answered(request, MoveForm) else None, posts=posts)
        if form.is_valid():
            question = form.cleaned_data["question"]
            count = moderating.move(posts, question)
            words = "gesprek,gesprekken"
            return self.tell(request, count, f"verplaatst naar «{question.title}»", words)
        return ask(
            self,
            request,
            posts,
            form,
            action="move",
            title="Verplaats naar een andere vraag",
            what="Het hele gesprek gaat mee: de bijdrage en alle antwoorden. Links blijven werken.",
            button="Verplaats",
        )

    @admin.action(description="Geef thema's …", permissions=["moderate"], location=EVERYWHERE)
    def give_themes(self, request, queryset):
        posts = [post for post in queryset[:MOST] if not post.erased_at]
        form = ThemesForm(request.POST if is_answered(request, ThemesForm) else None, posts=posts)
        if form.is_valid():
            data = form.cleaned_data
            moderating.give_themes(posts, data["give"], data.get("take", []))
            words = "bijdrage heeft,bijdragen hebben"
            return self.tell(request, len(posts), "nu deze thema's", words)
        return ask(
            self,
            request,
            posts,
            form,
            action="give_themes",
            title="Geef thema's",
            what="Thema's die je niet aankruist, blijven zoals ze zijn.",
            button="Bewaar de thema's",
        )

    @admin.action(description="Echt wissen …", permissions=["erase"], location=EVERYWHERE)
    def erase(self, request, queryset):
        posts = [post for post in queryset[:MOST] if not post.erased_at]
        if is_answered(request, SureForm):
            return self.tell(request, moderating.erase(posts, request.user), "echt gewist")
        return ask(
            self,
            request,
            posts,
            SureForm(),
            action="erase",
            title="Echt wissen: dit kan niet ongedaan worden gemaakt",
            what="De tekst, de naam, de afbeelding en het e-mailadres gaan voorgoed weg, ook uit eerdere versies "
            "en uit de geschiedenis. De plaats en de antwoorden blijven. Wie het deed en wanneer, blijft bewaard.",
            button="Wis voorgoed",
            irreversible=True,
        )
