"""The bodies that are consulted, the plan as a whole, and the steps of its chain, as coordinators keep them."""

from django.contrib import admin, messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from plan.actions import chain, reacting
from plan.actions.outcomes import Refused
from plan.models import Body, Does, Plan, PlanStep
from plan.models.chain import open_for_reactions
from plan.reading.in_plan import still_proposed
from werkplaats.backoffice.asking import SureForm, answered, ask
from werkplaats.backoffice.base import EVERYWHERE, BaseAdmin, TogetherForm
from werkplaats.words import excerpt, moment, number, short_day

WHAT_FOLLOWS = {
    Does.REACT: "Iedereen kan vanaf nu bij elke zin van het concept een duim geven en een reactie schrijven.",
    Does.ADOPT: "Vanaf nu leest iedereen dit als het plan. De zinnen staan dan vast, en reageren kan niet meer.",
}
PROPOSED = "voorstel voor het plan kreeg,voorstellen voor het plan kregen"
WHAT_ENDS = {
    Does.REACT: "Reageren op het concept kan dan niet meer. Wat er is geschreven, blijft te lezen.",
    Does.ADOPT: "Dan is het weer een concept: nog niet besloten.",
}

SHOWN = 3  # of what was to be proposed and is in no sentence


def what_follows(step: PlanStep) -> list[str]:
    """What else happens when a step is taken, in sentences."""
    said = [WHAT_FOLLOWS[Does(step.does)]] if step.does in WHAT_FOLLOWS else []
    reacts = open_for_reactions(list(PlanStep.objects.all()), timezone.localdate())
    if reacts and not step.reached_at and step.does != Does.ADOPT:
        until = f": dat zou nog kunnen tot en met {short_day(reacts.until)}" if reacts.until else ""
        said.append(f"Reageren op het concept kan dan niet meer{until}.")
    if step.does == Does.ADOPT and (left := still_proposed()):
        names = ", ".join(f"«{excerpt(each, 60)}»" for each in left[:SHOWN])
        more = f" en nog {len(left) - SHOWN}" if len(left) > SHOWN else ""
        said.append(f"{number(len(left), PROPOSED)} nog geen zin, en daarna kan die er niet meer komen: {names}{more}.")
    return said


def what_ends(step: PlanStep) -> list[str]:
    """The same when it is taken back."""
    said = [WHAT_ENDS[Does(step.does)]] if step.does in WHAT_ENDS else []
    steps, today = list(PlanStep.objects.all()), timezone.localdate()
    if not open_for_reactions(steps, today) and open_for_reactions([each for each in steps if each != step], today):
        said.append("Reageren op het concept kan dan weer.")
    return said


@admin.register(Body)
class BodyAdmin(BaseAdmin):
    list_display = ["name", "position"]
    list_editable = ["position"]
    fields = ["name", "position"]


@admin.register(Plan)
class PlanAdmin(BaseAdmin):
    """The one row: its list leads straight to it."""

    fieldsets = [(None, {"fields": ["title", "intro"]}), ("Als het klaar is", {"fields": ["speech_title", "speech"]})]

    def changelist_view(self, request, extra_context=None):
        return redirect("admin:plan_plan_change", Plan.load().pk)

    def has_add_permission(self, request) -> bool:
        return False


class PlanStepForm(TogetherForm):
    """Steps that were taken stand in front, in their order."""

    def clean_position(self):
        position = self.cleaned_data["position"]
        others = PlanStep.objects.exclude(pk=self.instance.pk)
        if self.instance.reached_at:
            if others.filter(reached_at=None, position__lt=position).exists():
                self.add_error("position", "Deze stap is bereikt, en komt dus voor de stappen die nog komen.")
        elif others.reached().filter(position__gt=position).exists():
            self.add_error("position", "Er is al een latere stap bereikt. Zet deze stap erachter.")
        return position


@admin.register(PlanStep)
class PlanStepAdmin(BaseAdmin):
    form = PlanStepForm
    list_display = ["name", "short", "day", "until", "does", "stand"]
    fieldsets = [
        (None, {"fields": ["name", "short", "body", "explained", "position", "stand"]}),
        ("Wanneer", {"fields": [("day", "until"), "document"]}),
        ("Wat er dan gebeurt", {"fields": ["does"]}),
    ]
    readonly_fields = ["stand"]
    actions = ["reach", "take_back"]
    counted = "stap,stappen"
    deletable = True

    def has_delete_permission(self, request, obj=None) -> bool:
        """One by one, and not what was taken."""
        return obj is not None and not obj.reached_at and super().has_delete_permission(request, obj)

    def get_readonly_fields(self, request, obj=None):
        """What a step does is fixed when it was done."""
        return [*self.readonly_fields, "does"] if obj and obj.reached_at else self.readonly_fields

    def save_model(self, request, obj, form, change):
        """Another last day opens or closes the sentences at once."""
        super().save_model(request, obj, form, change)
        reacting.keep_open()

    @admin.display(description="stand")
    def stand(self, step):
        if not step.reached_at:
            return "komt nog"
        return f"bereikt op {moment(step.reached_at)}" + (f", volgens {step.reached_by}" if step.reached_by else "")

    @admin.action(description="Deze stap is bereikt …", permissions=["change"], location=EVERYWHERE)
    def reach(self, request, queryset):
        what = "Dat leest iedereen meteen bij het plan."
        return self._take(request, queryset, chain.reach, "reach", "Is deze stap bereikt?", what, what_follows)

    @admin.action(description="Toch nog niet bereikt …", permissions=["change"], location=EVERYWHERE)
    def take_back(self, request, queryset):
        what = "Dat leest iedereen meteen bij het plan."
        title = "Is deze stap toch nog niet bereikt?"
        return self._take(request, queryset, lambda pk, by: chain.take_back(pk), "take_back", title, what, what_ends)

    def _take(self, request, queryset, act, action, title, what, follows):
        """Asks first what one step means, then takes it."""
        steps = list(queryset[:2])
        if len(steps) != 1:
            return messages.warning(request, "Kies één stap.")
        if not answered(request, SureForm).is_valid():
            what = " ".join([what, *follows(steps[0])])
            return ask(self, request, steps, SureForm(), action=action, title=title, what=what, button="Ja")
        try:
            step = act(steps[0].pk, request.user)
        except Refused as refused:
            return messages.warning(request, str(refused))
        now = "bereikt" if step.reached_at else "nog niet bereikt"
        messages.success(request, f"«{step}» is {now}. Dat staat op {reverse('concept:plan')}.")
