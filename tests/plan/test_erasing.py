"""Erased is gone: of a voice that was erased nothing is left on the desk, in its acts, or under the plan."""

import pytest
from django.apps import apps
from django.db import connection

from plan.actions import laying, noting, stacks, undoing, writing
from plan.models import Destination, Export, ExportPart, Fragment, Source
from polls.models import Idea
from tests.helpers import factories
from tests.plan import helpers
from tests.plan.export_helpers import made, unzipped
from tests.plan.helpers import seen, shown

pytestmark = pytest.mark.django_db
UNIQUE = "kwartelkoning"


def post() -> tuple[Fragment, object]:
    made = factories.post(text=f"Mijn {UNIQUE} zit op deze school.", name=UNIQUE)
    return made.fragment, lambda: made.erase(None)


def wensbeeld() -> tuple[Fragment, object]:
    made = factories.wensbeeld(text=UNIQUE)
    return made.fragment, lambda: made.erase()


def idea() -> tuple[Fragment, object]:
    made = factories.idea(factories.sticker_round(groups=1, ideas=0).groups.get(), text=UNIQUE)
    return made.fragment, lambda: Idea.objects.get(pk=made.pk).erase()


def note() -> tuple[Fragment, object]:
    made = helpers.note(helpers.voice().harvest, UNIQUE)
    return made.fragment, lambda: noting.strike(made.pk)


def hits() -> list[str]:
    """The tables of this app in which the words stand."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_app_config("plan").get_models():
            if not model._meta.proxy:
                cursor.execute(f"SELECT count(*) FROM {model._meta.db_table} t WHERE t::text LIKE %s", [f"%{UNIQUE}%"])
                found += [model._meta.model_name] * bool(cursor.fetchone()[0])
    return found


@pytest.mark.parametrize("kind", [post, wensbeeld, idea, note])
def test_what_is_erased_leaves_nothing(kind):
    voice, erase = kind()
    by, harvest = helpers.sorter(), voice.harvest_id
    stack = helpers.stack(voice.harvest)
    assert hits() == (["note"] if kind is note else [])  # a line is what was said itself
    laying.lay(harvest, stack.pk, seen(voice), by, quotes={voice.pk: (0, 4)})
    card = helpers.card(voice, stack)
    laying.decide(harvest, card.pk, card.version, by, choice="answer", words=f"De {UNIQUE} mag blijven.")
    laying.take_off(harvest, shown(card), by)
    undoing.undo(harvest, by)
    source = writing.link(sentence(by).pk, by, fragment_id=voice.pk)
    stacks.make(harvest, "Nog een", by, seen(voice), also=True)
    assert {"act", "destination"} <= set(hits())
    before = [unzipped(made(kind, names=True)) for kind in ("xlsx", "docx")]
    assert all(UNIQUE.encode() in file for file in before)
    erase()
    assert hits() == []
    assert not Export.objects.exists() and not ExportPart.objects.exists()
    assert not any(UNIQUE.encode() in unzipped(made(kind, names=True)) for kind in ("xlsx", "docx"))
    assert not Fragment.objects.filter(pk=voice.pk).exists()
    assert not Destination.objects.filter(fragment=voice.pk).exists()
    assert Source.objects.get(pk=source.pk).is_erased
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def sentence(by):
    return writing.add_sentence(writing.add_chapter("Basis").pk, "Zin.", by)
