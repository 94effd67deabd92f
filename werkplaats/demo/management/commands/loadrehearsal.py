"""A full desk to rehearse on, and the question of now half sorted; for the demo alone."""

from typing import Any

import pghistory
from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from pghistory.models import Context

from plan.actions import comparing
from plan.models import Harvest
from posts.models import Question
from werkplaats.demo.content import rehearsal, rehearsal_heard
from werkplaats.demo.loading import half_sorted
from werkplaats.demo.loading.concept import Concept
from werkplaats.demo.loading.people import COORDINATOR
from werkplaats.demo.loading.rehearsal import Rehearsal, write_down
from werkplaats.demo.loading.told import Telling
from werkplaats.models import Site, User

OF_QUESTION = {"question__slug": rehearsal.question["slug"]}
OF_CYCLE = {"cycle__slug": rehearsal.cycle["slug"]}
MARK = "rehearsal"
CHANGED = "De inhoud van deze demo is te veel veranderd om op te oefenen. Begin met een nieuwe: make clean demo"


class Command(BaseCommand):
    help = (
        "Voor de demo: een gesloten vraag met 120 bijdragen, 40 wensbeelden, 300 regels van een avond en een "
        "stickerronde van 9 ideeën, om op de werkbank te oefenen; en de vraag van nu, half gesorteerd. Eén keer: "
        "daarna doet het niets meer, behalve met --opnieuw."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--opnieuw",
            action="store_true",
            dest="again",
            help="Zet de oefenvraag terug: alles ongesorteerd, de regels van de avond zoals ze waren.",
        )

    def handle(self, *, again: bool, **options: Any) -> None:
        try:
            connection.ensure_connection()
        except OperationalError as error:
            raise CommandError("De database antwoordt niet. Start eerst de demo, in een ander venster.") from error
        with transaction.atomic():
            Site.objects.select_for_update().get()  # of two at once, one waits
            if not was_loaded("first_content", "demo"):
                self.stdout.write("Oefenen is voor de demo: hier staan geen verzonnen mensen. Er is niets veranderd.")
                return
            new = not was_loaded(MARK, "yes")
            if new:
                self.stdout.write("Oefenvraag voor de werkbank …")
                try:
                    load()
                except (ObjectDoesNotExist, LookupError, ValueError) as error:
                    raise CommandError(CHANGED) from error
            elif again:
                put_back()
        if new or again:
            # The worker would, but not before somebody opens the desk, and then the order would change before them.
            for harvest in Harvest.objects.filter(Q(**OF_QUESTION) | Q(question=Question.objects.current())):
                comparing.compare(harvest)
        for harvest in Harvest.objects.filter(Q(**OF_QUESTION) | Q(**OF_CYCLE)).order_by("pk"):
            self.stdout.write(f"{harvest.voices_left} stemmen zonder bestemming: {harvest.get_absolute_url()}")


def was_loaded(what: str, how: str) -> bool:
    return Context.objects.filter(metadata__contains={what: how}).exists()


def load() -> None:
    with pghistory.context(**{MARK: "yes"}):
        coordinator = User.objects.get(email=COORDINATOR)
        sorter = User.objects.confirmed(rehearsal.sorter["email"])
        sorter.name, sorter.is_staff = rehearsal.sorter["name"], True
        sorter.save()
        sorter.let_sort(True)
        Rehearsal(timezone.now()).load()
        half_sorted.load(Harvest.objects.get(question=Question.objects.current()), (coordinator, sorter))
        Telling(timezone.now(), (coordinator, sorter)).load()
        Concept(timezone.now(), coordinator).load()


def put_back() -> None:
    """The rehearsal as it was: nothing sorted. Nothing when it was taken away."""
    for harvest in Harvest.objects.filter(Q(**OF_QUESTION) | Q(**OF_CYCLE)):
        half_sorted.put_back(harvest)
        for cafe in harvest.question.cafes.filter(slug=rehearsal.cafe["slug"]) if harvest.question else []:
            write_down(cafe, rehearsal_heard.tables, User.objects.get(email=COORDINATOR))
