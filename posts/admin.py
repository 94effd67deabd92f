"""The conversation in the admin: questions and phases, moderating contributions, reports."""

from django.contrib import admin, messages
from django.contrib.admin import ActionLocation, helpers
from django.db.models import Count, Exists, OuterRef, Q
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.safestring import mark_safe

from posts import moderation
from posts.forms import RemovalForm
from posts.history import history_of
from posts.models import Phase, Post, Question, Report
from werkplaats.admin.base import BaseAdmin
from werkplaats.fields import dutch_number

EVERYWHERE = [ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM]


class Filter(admin.SimpleListFilter):
    """A filter of which each choice is a name and a condition."""

    conditions: dict[str, tuple[str, Q]] = {}

    def lookups(self, request, model_admin):
        return [(value, name) for value, (name, _) in self.conditions.items()]

    def queryset(self, request, queryset):
        condition = self.conditions.get(self.value())
        return queryset.filter(condition[1]) if condition else queryset


class StateFilter(Filter):
    title = "toestand"
    parameter_name = "toestand"
    conditions = {
        "wacht": ("wacht", Q(published_at=None, removed_at=None)),
        "zichtbaar": ("zichtbaar", Q(published_at__isnull=False, removed_at=None)),
        "weggehaald": ("weggehaald", Q(removed_at__isnull=False)),
    }


class ReportedFilter(Filter):
    title = "gemeld"
    parameter_name = "gemeld"
    open_reports = Exists(Report.objects.filter(post=OuterRef("pk"), handled_at=None))
    conditions = {"ja": ("ja", Q(open_reports)), "nee": ("nee", ~Q(open_reports))}


@admin.register(Post)
class PostAdmin(BaseAdmin):
    """Moderators decide what is seen; nobody changes what someone else said."""

    list_display = ["excerpt", "writer", "state", "reports", "created_at"]
    list_filter = [
        StateFilter,
        ReportedFilter,
        ("question", admin.RelatedOnlyFieldListFilter),
        ("role", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["role"]
    search_fields = ["text", "name", "meeting", "email"]
    search_help_text = "Zoek in tekst, naam, overleg en e-mailadres"
    actions = ["approve", "remove", "restore"]
    fields = ["detail"]
    readonly_fields = ["detail"]
    object_history_template = "posts/admin/history.html"

    def get_queryset(self, request):
        waiting_reports = Count("reports", filter=Q(reports__handled_at=None))
        return super().get_queryset(request).annotate(open_reports=waiting_reports)

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_moderate_permission(self, request) -> bool:
        return request.user.has_perm("posts.change_post")

    @admin.display(description="bijdrage")
    def excerpt(self, post):
        return f"{'↳ ' if post.parent_id else ''}{post.text[:90]}"

    @admin.display(description="schrijver", ordering="name")
    def writer(self, post):
        return f"{post.name}, {post.role}" if post.role else post.name

    @admin.display(description="toestand", ordering="published_at")
    def state(self, post):
        if post.removed_at:
            return "weggehaald"
        return "zichtbaar" if post.published_at else "wacht"

    @admin.display(description="meldingen", ordering="open_reports")
    def reports(self, post):
        return post.open_reports or ""

    @admin.display(description="bijdrage")
    def detail(self, post):
        """The contribution as people read it, what it answers, and what moderators need to decide."""
        writer = Post.objects.filter(visitor=post.visitor_id) if post.visitor_id else Post.objects.none()
        context = {
            "post": post,
            "state": self.state(post),
            "answers": post.answers.count(),
            "reports": post.reports.order_by("created_at"),
            "others": writer.exclude(pk=post.pk).order_by("-created_at")[:5],
            "taken_away": writer.filter(removed_at__isnull=False).count(),
        }
        return mark_safe(render_to_string("posts/admin/detail.html", context))  # noqa: S308  our own template

    @admin.action(description="Goedkeuren", permissions=["moderate"], location=EVERYWHERE)
    def approve(self, request, queryset):
        self.tell(request, moderation.approve(queryset, request.user), "goedgekeurd")

    @admin.action(description="Terugzetten", permissions=["moderate"], location=EVERYWHERE)
    def restore(self, request, queryset):
        self.tell(request, moderation.restore(queryset, request.user), "teruggezet")

    @admin.action(description="Weghalen …", permissions=["moderate"], location=EVERYWHERE)
    def remove(self, request, queryset):
        """Asks for the reason first: the page comes back here with `reason` and `words`."""
        form = RemovalForm(request.POST if "words" in request.POST else None)
        if form.is_valid():
            count = moderation.remove(queryset, request.user, form.cleaned_data["whole"])
            return self.tell(request, count, "weggehaald")
        context = {
            **self.admin_site.each_context(request),
            "title": "Waarom halen we dit weg?",
            "opts": self.opts,
            "form": form,
            "posts": queryset,
            "checkbox": helpers.ACTION_CHECKBOX_NAME,
        }
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "posts/admin/remove.html", context, status=status)

    def tell(self, request, count: int, what: str) -> None:
        noun = "bijdrage" if count == 1 else "bijdragen"
        level = messages.SUCCESS if count else messages.WARNING
        messages.add_message(request, level, f"{dutch_number(count)} {noun} {what}.")

    def history_view(self, request, object_id, extra_context=None):
        """Who did what and when, from the audit trail of the database."""
        post = self.get_object(request, object_id)
        extra = {"title": "Geschiedenis van deze bijdrage", "moments": history_of(post) if post else []}
        return super().history_view(request, object_id, {**extra, **(extra_context or {})})


@admin.register(Question)
class QuestionAdmin(BaseAdmin):
    list_display = ["title", "text", "state", "phase", "planned_for"]
    list_filter = ["phase"]
    search_fields = ["text", "title"]
    fields = ["title", "text", "slug", "phase", "planned_for", "intro", "promise", "state"]
    readonly_fields = ["state"]
    prepopulated_fields = {"slug": ["title"]}
    actions = ["make_current"]

    @admin.display(description="stand")
    def state(self, question):
        if question.is_current:
            return "nu aan de beurt"
        return "gesloten, blijft leesbaar" if question.opened_at else "concept, alleen hier te zien"

    @admin.action(description="Nu aan de beurt maken", permissions=["change"], location=EVERYWHERE)
    def make_current(self, request, queryset):
        if len(queryset) != 1:
            return messages.warning(request, "Kies één vraag: er is er steeds maar een aan de beurt.")
        question = queryset[0]
        question.make_current()
        messages.success(request, f"«{question.text}» is nu aan de beurt. De vorige vraag is gesloten.")


@admin.register(Phase)
class PhaseAdmin(BaseAdmin):
    list_display = ["name", "position"]
    list_editable = ["position"]


class HandledFilter(Filter):
    title = "afgehandeld"
    parameter_name = "afgehandeld"
    conditions = {
        "nee": ("nee", Q(handled_at=None)),
        "ja": ("ja", Q(handled_at__isnull=False)),
    }


@admin.register(Report)
class ReportAdmin(BaseAdmin):
    list_display = ["excerpt", "reason", "created_at", "handled_at", "handled_by"]
    list_filter = [HandledFilter, "reason"]
    list_select_related = ["post", "handled_by"]
    fields = readonly_fields = ["link", "reason", "created_at", "handled_at", "handled_by"]
    actions = ["handle"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_moderate_permission(self, request) -> bool:
        return request.user.has_perm("posts.change_report")

    @admin.display(description="bijdrage")
    def excerpt(self, report):
        return report.post.text[:90]

    @admin.display(description="bijdrage")
    def link(self, report):
        context = {"post": report.post}
        return mark_safe(render_to_string("posts/admin/link.html", context))  # noqa: S308  our own template

    @admin.action(description="Afgehandeld: blijft staan", permissions=["moderate"], location=EVERYWHERE)
    def handle(self, request, queryset):
        for report in queryset:
            report.handle(request.user)
        messages.success(request, "Afgehandeld.")
