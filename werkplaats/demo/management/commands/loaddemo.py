"""The first content of an installation: texts for everyone, and for the demo also people who take part."""

import datetime

import pghistory
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone
from pghistory.models import Context

from werkplaats.demo.loading.calls import load as load_calls
from werkplaats.demo.loading.mondays import load_consulenten, load_free_periods
from werkplaats.demo.loading.people import People
from werkplaats.demo.loading.rooms import load as load_room
from werkplaats.demo.loading.rounds import load as load_rounds
from werkplaats.demo.loading.texts import (
    load_cafes,
    load_lists,
    load_poll,
    load_questions,
    load_site,
    load_translations,
)
from werkplaats.models import Site


class Command(BaseCommand):
    help = (
        "Laadt de eerste inhoud: teksten, vragen, peiling, cafés en mijlpalen, met verzonnen mensen die "
        "meedoen. Daarna doet het niets meer: wat een coördinator wijzigt of weghaalt, blijft zo."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--alleen-teksten",
            action="store_true",
            dest="texts_only",
            help="Voor een echte werkplaats: zonder verzonnen mensen, namen, adressen en werkgebieden, en "
            "met de cafés als concept.",
        )

    def handle(self, *, texts_only: bool, **options):
        # The audit trail remembers that the content came: nothing that people can edit tells so for certain.
        with transaction.atomic(), pghistory.context(first_content="texts" if texts_only else "demo"):
            Site.objects.select_for_update().get()  # of two at once, one waits
            if was_loaded():
                self.stdout.write("De eerste inhoud staat er al. Er is niets veranderd.")
                return
            for title, load in steps(timezone.now(), texts_only=texts_only):
                self.stdout.write(f"{title} …")
                load()
        self.stdout.write("Klaar.")


def was_loaded() -> bool:
    return Context.objects.filter(metadata__has_key="first_content").exists()


def steps(now: datetime.datetime, *, texts_only: bool):
    """(what is being loaded, the function that does it), in order."""
    today = timezone.localdate(now)
    yield "Teksten en instellingen", lambda: load_site(today, texts_only=texts_only)
    yield "Motto's, rollen en begrippen", lambda: load_lists(today, texts_only=texts_only)
    yield "Vragen", lambda: load_questions(today)
    yield "Peiling", load_poll
    yield "Cafés", lambda: load_cafes(today, texts_only=texts_only)
    yield "Vakanties en vrije dagen", load_free_periods
    if texts_only:
        return
    yield "Vertalingen van de eerste vraag", load_translations
    people = People(now)
    yield "Bijdragen, antwoorden en duimpjes", people.talk
    yield "Stemmen en wensbeelden", people.vote
    yield "Peiling bij de vraag", people.choose
    yield "Aanmeldingen", people.sign_up
    yield "Ontwerptraject en stickers", lambda: load_rounds(people.visitors, now)
    yield "Zaal van het volgende café", lambda: load_room(now)
    yield "Gerichte acties", lambda: load_calls(now)
    yield "Consulenten", load_consulenten
