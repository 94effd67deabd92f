"""Design cycles, with everything on the page of one."""

from django.contrib import admin

from polls.cycles.models import STEPS, Addition, DesignCycle, Perspective, Step
from werkplaats.backoffice.base import BaseAdmin, PlainFields, PublishedForm, RowsInline, TogetherForm


class StepInline(PlainFields, admin.StackedInline):
    """The five steps come with the cycle."""

    model = Step
    form = TogetherForm
    extra = 0
    max_num = len(STEPS)
    can_delete = False
    fields = ["name", "done_on", "yielded", "feedback"]

    def has_add_permission(self, request, obj=None) -> bool:
        return False

    def get_queryset(self, request):
        return super().get_queryset(request) if request.resolver_match.kwargs.get("object_id") else Step.objects.none()


class AdditionInline(RowsInline):
    model = Addition
    fields = ["date", "occasion", "text", "into"]


class PerspectiveInline(RowsInline):
    model = Perspective
    extra_when_new = 3
    fields = [("name", "position"), "state", "note"]


class DesignCycleForm(PublishedForm, TogetherForm):
    """Two coordinators may have the same cycle open."""


@admin.register(DesignCycle)
class DesignCycleAdmin(BaseAdmin):
    form = DesignCycleForm
    list_display = ["subject", "step", "is_public"]
    search_fields = ["subject", "purpose"]
    prepopulated_fields = {"slug": ["subject"]}
    inlines = [StepInline, PerspectiveInline, AdditionInline]
    view_on_site = True
    fieldsets = [
        (None, {"fields": ["subject", "slug", "published", "summary"]}),
        (
            "Waar het over gaat",
            {"fields": ["purpose", "research_questions", "definition", "description", "sounding_board"]},
        ),
        ("Hoe het verder gaat", {"fields": ["next_text", "background_title", "background_url"]}),
        ("Hoort bij", {"fields": ["questions", "cafes"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("steps")

    @admin.display(description="stap")
    def step(self, cycle):
        return next((str(step) for step in cycle.steps.all() if not step.done_on), "alle stappen klaar")

    @admin.display(description="zichtbaar", boolean=True)
    def is_public(self, cycle):
        return cycle.published_at is not None
