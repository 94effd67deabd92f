"""A row for every page of the back office on which somebody types, and what the pages are."""

import datetime
from collections.abc import Iterator

from django.contrib import admin
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from events import moments
from events.models import Cafe, Registration
from inviting.models import Call, Consulent, FreePeriod, Monday, What
from live.actions import preparing
from live.models import LiveCafe
from plan.models import Body, Plan, PlanStep
from polls.cycles.models import DesignCycle
from polls.rounds.models.rounds import StickerRound
from polls.voting.models import Poll
from polls.wensbeelden.models import Wensbeeld
from posts.models import Phase, Question, Theme
from tests.helpers import factories
from werkplaats.models import GlossaryTerm, Milestone, Motto, Picture, Role, Site, User, Werkgebied
from werkplaats.privacy.models import Controller

# Of these nothing is typed: they are decided about, or read.
ONLY_READ = {"Post", "Report", "Idea", "WensbeeldReport", "ThemeMerge", "FailedMail", "Look", "RetentionRun", "Erasure"}


def pictured_wensbeeld() -> Wensbeeld:
    picture = Picture.objects.create(name="a" * 32, width=400, height=300, alt="Een boom")
    return factories.wensbeeld(picture=picture)


def evening() -> Cafe:
    """One that ends on the day that it begins, whatever the hour of the test."""
    return factories.cafe(starts_at=moments.days_from(timezone.now(), 90, datetime.time(19, 30)))


ROWS = {
    Question: factories.question,
    Phase: lambda: Phase.objects.create(name="Over drie jaar"),
    Theme: lambda: Theme.objects.create(name="Taal"),
    Poll: factories.poll,
    StickerRound: factories.sticker_round,
    DesignCycle: factories.cycle,
    Wensbeeld: pictured_wensbeeld,
    Cafe: evening,
    Registration: lambda: factories.registration(evening()),
    LiveCafe: lambda: preparing.prepare(evening(), None, None),
    Body: lambda: Body.objects.create(name="Ouderraad"),
    Plan: Plan.load,
    PlanStep: lambda: PlanStep.objects.create(name="Concept", short="concept", position=99),
    Site: lambda: Site.objects.load(),
    Motto: lambda: Motto.objects.create(text="samen", artwork="motto-bubbles", artwork_alt="Bellen"),
    Milestone: lambda: Milestone.objects.create(title="Begin", date="2027-01-01"),
    GlossaryTerm: lambda: GlossaryTerm.objects.create(term="swv", meaning="samenwerkingsverband"),
    Role: lambda: factories.role("buur"),
    Werkgebied: lambda: Werkgebied.objects.create(name="Noord"),
    Consulent: lambda: Consulent.objects.invite(User.objects.confirmed("anna@example.org"), "Anna"),
    Monday: lambda: Monday.objects.load(),
    FreePeriod: lambda: FreePeriod.objects.create(name="kerst", first_day="2027-12-25", last_day="2028-01-09"),
    Call: lambda: Call.objects.call_upon(What.MEETING, "IB-overleg"),
    User: lambda: factories.user(email="wil@example.org", name="Wil"),
    Controller: lambda: Controller.objects.create(pk=1, name="Het samenwerkingsverband"),
}


def typed_pages() -> Iterator[type[Model]]:
    for model in admin.site._registry:
        if model.__name__ not in ONLY_READ:
            yield model


def change_page(row: Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def add_page(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
