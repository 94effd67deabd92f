"""The register speaks of all that can hold something of a person, and of nothing that is not there."""

import inspect
from base64 import b64decode
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import connection, models
from django.test.utils import isolate_apps
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from werkplaats.models import Letter, Limit
from werkplaats.people.models import User, Visitor
from werkplaats.register import walking
from werkplaats.register.entries import Entry, Purpose, Term, Whose, by_user, by_visitor, of_the_site
from werkplaats.register.libraries import TABLES
from werkplaats.register.places import COOKIES, PLACES
from werkplaats.register.terms import RULES
from werkplaats.web import cookies

FOUND = {Whose.USER: 1, Whose.VISITOR: "00000000-0000-4000-8000-000000000000", Whose.ADDRESS: "iemand@example.org"}
# Words that a job gets beside numbers, and why they hold nothing of a person.
WORDS_OF_JOBS = {
    "term": "which term of the register runs",
    "kind": "which model a report is about",
    "timestamp": "when it was due",
}

# Who is named there, and why the row is not theirs.
OTHERS = {
    "events.Registration.visitor": "on which browser it was typed, perhaps for somebody else",
    "werkplaats.Visitor.user": "it is found by its own key",
    "werkplaats.Look.by": "it is about whom they looked at",
}


def entries() -> dict[str, tuple[type[models.Model], Entry]]:
    found = {model._meta.label: (model, walking.entry_of(model)) for model in walking.tables()}
    return {label: (model, entry) for label, (model, entry) in found.items() if entry}


def test_every_column_that_can_hold_something_of_a_person_is_in_the_register():
    """A new column? Say in `in_register` of its model what it holds, or that it holds nothing of anybody."""
    assert walking.missing() == []


@pytest.mark.parametrize(
    "column",
    [
        models.CharField(max_length=9),
        models.TextField(),
        models.EmailField(),
        models.JSONField(),
        models.GenericIPAddressField(),
        models.UUIDField(),
        models.BinaryField(),
        models.FileField(),
        models.ForeignKey(User, models.CASCADE),
        models.OneToOneField(Visitor, models.CASCADE),
    ],
    ids=lambda column: type(column).__name__,
)
@isolate_apps("posts")
def test_a_column_that_nobody_told_of_is_found(column):
    class Told(models.Model):  # noqa: DJ008, nobody sees it
        told = models.TextField()
        number = models.IntegerField()
        chosen = models.CharField(max_length=1, choices=[("a", "A")])
        in_register = of_the_site("told")

        class Meta:
            app_label = "posts"

    column.contribute_to_class(Told, "new")
    Told._meta.apps.do_pending_operations(Told)
    assert walking.missing_of(Told) == ["posts.Told.new"]


@isolate_apps("posts")
def test_a_table_without_an_entry_is_found():
    class Untold(models.Model):  # noqa: DJ008, nobody sees it
        words = models.TextField()

        class Meta:
            app_label = "posts"

    assert walking.missing_of(Untold) == ["posts.Untold.words"]


def test_no_entry_speaks_of_a_column_that_is_not_there():
    for label, (model, entry) in entries().items():
        if hasattr(model, "pgh_tracked_model"):
            continue  # history leaves some columns out
        names = {field.name for field in model._meta.concrete_fields}
        assert entry.columns - names == set(), label
        assert set(entry.sooner) - set(entry.personal) == set(), label
    assert set(TABLES) - set(entries()) == set()


def test_each_path_leads_to_a_person(db):
    """To whom: a lookup that the database answers."""
    for label, (model, entry) in entries().items():
        if hasattr(model, "pgh_tracked_model"):
            continue
        for path in entry.of:
            try:
                assert list(model._base_manager.filter(**{path.lookup: FOUND[path.whose]})) == [], label
            except (FieldError, ValueError) as wrong:
                pytest.fail(f"{label}: {wrong}")


def test_what_hangs_on_a_person_is_found_by_them():
    """A column that holds who somebody is, is one by which their rows are found; who of the staff did it is not."""
    for label, (model, entry) in entries().items():
        if hasattr(model, "pgh_tracked_model"):
            continue
        ways = {path.lookup for path in entry.of}
        for field in model._meta.concrete_fields:
            named = field.is_relation and field.related_model._meta.label in walking.PEOPLE
            if named and field.name in entry.personal and f"{label}.{field.name}" not in OTHERS:
                assert field.name in ways, f"{label}.{field.name}"


def test_every_term_has_a_rule_and_every_purpose_something():
    assert set(RULES) == set(Term)
    used = {entry.purpose for _, entry in entries().values()}
    assert used == set(Purpose)


def test_every_store_of_files_and_every_cache_is_named():
    held = {name for place in PLACES for name in place.holds}
    stores = {f"STORAGES.{alias}" for alias in settings.STORAGES} - {"STORAGES.staticfiles"}  # what the site ships
    caches = {f"CACHES.{alias}" for alias in settings.CACHES}
    folders = {name for name in dir(settings) if name.isupper() and isinstance(getattr(settings, name), Path)}
    folders -= {"BASE_DIR", "VAR_DIR", "STATIC_ROOT"}  # the project, what holds the others, what the site ships
    assert stores | caches <= held
    assert folders <= held | {"ERASED_LIST"}
    for name in held:
        assert hasattr(settings, name.split(".")[0]), name


def test_every_cookie_is_named():
    import_module(settings.ROOT_URLCONF)  # all that keep one
    made = {cookie.name for cookie in cookies.SignedCookie.made}
    names = made | {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    assert {cookie.name for cookie in COOKIES} == names


def arguments(task) -> list[inspect.Parameter]:
    return [each for each in inspect.signature(task.func).parameters.values() if each.name != "context"]


def is_number(argument: inspect.Parameter) -> bool:
    return argument.annotation in (int, bool, list[int], int | None)


def test_jobs_get_numbers_and_no_addresses():
    ours = [task for name, task in app.tasks.items() if not name.startswith(("procrastinate", "builtin"))]
    assert len(ours) > 30
    for task in ours:
        for argument in arguments(task):
            assert is_number(argument) or argument.name in WORDS_OF_JOBS, f"{task.name}({argument})"


def test_an_argument_with_an_address_is_found():
    def send(*, to: str) -> None: ...

    (argument,) = inspect.signature(send).parameters.values()
    assert not is_number(argument)
    assert argument.name not in WORDS_OF_JOBS


def test_paths_name_what_they_lead_to():
    assert by_user("author").whose == Whose.USER
    assert by_visitor("visitor").whose == Whose.VISITOR


@pytest.mark.django_db
def test_what_limits_count_holds_no_address(client):
    """Neither the keys of the cache nor those of the limits, nor what waits to be sent."""
    address = "canary.canary@example.org"
    client.post("/accounts/login/", {"email": address}, follow=True)
    client.post("/accounts/login/code/confirm/", {"code": "AAAA-AAAA"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM werkplaats_cache")
        kept = [row for row in cursor.fetchall() if "canary" in f"{row[0]}{b64decode(row[1])!r}"]
        cursor.execute("SELECT count(*) FROM werkplaats_cache")
        assert cursor.fetchone()[0] > 0
    assert kept == []
    assert Letter.objects.filter(to=address).exists()  # where an address may be, with its term
    assert not [row for row in ProcrastinateJob.objects.values_list("args", "lock", "queueing_lock") if "@" in str(row)]
    assert not [key for key in Limit.objects.values_list("key", flat=True) if "canary" in key]
