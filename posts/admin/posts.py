"""The contributions in the admin, for moderators: what waits, from whom and why, in a list and one by one."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from posts.actions import moderating
from posts.admin.deciding import PostActions
from posts.admin.history import history_of
from posts.admin.writers import Queue, writer_of
from posts.finding.looking import with_words
from posts.models import Hold, Post, Question, Report
from posts.queue import MOST_URGENT_FIRST, STATES, queue, state_of, why_it_waits
from werkplaats.backoffice.base import Filter, RowFilter
from werkplaats.moderation import parents
from werkplaats.moderation.child import ABOUT_CHILD
from werkplaats.words import excerpt, isolated

A_FEW_LINES = 280  # characters of a text in the list: enough to decide about most
OLDEST_FIRST = ("te-doen", "wacht", "te-laat", "gemeld")


class StateFilter(Filter):
    title = "toestand"
    parameter_name = "toestand"
    choices_of = STATES


class QuestionFilter(RowFilter):
    def field_choices(self, field, request, model_admin):
        """Sentences of the plan by their number: the words of all of them would fill the screen."""
        written_under = Question.objects.filter(pk__in=model_admin.get_queryset(request).values("question"))
        return [(question.pk, question.called) for question in written_under]


@admin.register(Post)
class PostAdmin(PostActions):
    list_display = ["excerpt", "writer", "state", "reports", "created_at"]
    list_display_links = None  # the text holds more than its link: what it answers, its picture
    list_filter = [StateFilter, ("question", QuestionFilter), ("role", RowFilter), ("themes", RowFilter)]
    list_select_related = ["role", "author", "question", "parent", "picture"]
    search_fields = ["email"]  # and the words: see `get_search_results`
    search_help_text = "Zoek in tekst, naam, overleg en e-mailadres"
    fields = ["detail"]
    readonly_fields = ["detail"]
    object_history_template = "posts/admin/history.html"

    def get_queryset(self, request):
        waiting = Report.objects.filter(post=OuterRef("pk"), handled_at=None).order_by().values("post")
        counted = Subquery(waiting.annotate(times=Count("pk")).values("times"))
        posts = Post.objects.order_by(*self.get_ordering(request)).with_translation()
        posts = posts.annotate(open_reports=Coalesce(counted, 0))
        return moderating.with_newest_report(posts)

    def get_changelist(self, request, **kwargs):
        return Queue

    def get_ordering(self, request):
        """What was reported first, then the oldest, where a moderator has to act."""
        asks = request.GET.get("toestand") in OLDEST_FIRST
        return MOST_URGENT_FIRST if asks else ["-created_at", "-pk"]

    def get_search_results(self, request, queryset, search_term):
        """By the words, as people search on the page of a question, or by how the address begins."""
        if not (typed := search_term.strip()):
            return queryset, False
        found = Q(email__istartswith=typed) | Q(pk__in=with_words(typed).values("pk"))
        return queryset.filter(found), False

    # The list

    @admin.display(description="bijdrage")
    def excerpt(self, post):
        text = excerpt(post.text, A_FEW_LINES) or "(gewist)"
        return self.draw("row", post=post, text=text, cut=text.endswith("…") and text != post.text)

    @admin.display(description="schrijver", ordering="name")
    def writer(self, post):
        return self.draw("writer", post=post, record=post.record)

    @admin.display(description="toestand", ordering="published_at")
    def state(self, post):
        denied = [Hold.DENIED.label] if post.denied_at and post.held_for != Hold.DENIED else []
        return self.draw("state", state=state_of(post), why=[*why_it_waits(post), *denied])

    @admin.display(description="meldingen", ordering="open_reports")
    def reports(self, post):
        return self.draw("reports", reasons=post.reasons) if post.open_reports else ""

    def draw(self, part: str, **context):
        return mark_safe(render_to_string(f"posts/admin/list.html#{part}", context))  # noqa: S308  our own template

    # The page of one contribution

    @admin.display(description="bijdrage")
    def detail(self, post):
        """The contribution as people read it, what it answers, and what moderators need to decide."""
        others = Post.objects.filter(writer_of(post)).exclude(ABOUT_CHILD).exclude(pk=post.pk)
        context = {
            "post": post,
            "state": state_of(post),
            "why": why_it_waits(post),
            "answers": post.answers.count(),
            "reports": post.reports.select_related("handled_by").order_by("created_at"),
            "others": [(other, state_of(other)) for other in others[:5]],
            "record": Queue.records([post])[post.pk],
            **parents.goes(post),
            "untrusted": post.author and moderating.has_record(post.author),
        }
        return mark_safe(render_to_string("posts/admin/detail.html", context))  # noqa: S308  our own template

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Adds a button for each action that makes sense, and the way to the next one that waits."""
        post = self.get_object(request, object_id) if request.method == "GET" else None
        extra: dict[str, Any] = {}
        if post:
            waits = queue(Post.objects.exclude(pk=post.pk)).order_by(*MOST_URGENT_FIRST)
            extra = {"buttons": self.buttons(request, post), "next": waits.first()}
        extra |= {
            "title": f"Bijdrage van {isolated(post.name)}" if post and post.name else "Bijdrage",
            "subtitle": None,
        }
        return super().change_view(request, object_id, form_url, {**extra, **(extra_context or {})})

    def changelist_view(self, request, extra_context=None):
        asks = request.GET.get("toestand") == "te-doen"
        extra = {"title": "Wat op een moderator wacht" if asks else "Bijdragen"}
        return super().changelist_view(request, {**extra, **(extra_context or {})})

    def history_view(self, request, object_id, extra_context=None):
        """Who did what and when, from the audit trail of the database."""
        post = self.get_object(request, object_id)
        extra = {"title": "Geschiedenis van deze bijdrage", "moments": history_of(post) if post else []}
        return super().history_view(request, object_id, {**extra, **(extra_context or {})})
