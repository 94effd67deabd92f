"""`make migrations`: writes the first migration of each app anew from its models, until something is deployed.

Django would add a second file, and spread a model over several operations. Here each model is made whole, in the order
of need, and then its triggers, with the SQL that pgtrigger makes of them. What no model can say stands in BEFORE.
"""

from pathlib import Path

import django
from django.apps import apps
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations
from django.db.migrations.operations import AddField, CreateModel
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.writer import MigrationWriter
from django.utils import translation
from pgtrigger.migrations import AddTrigger

OURS = ["werkplaats", "posts", "polls", "events", "plan", "inviting", "live"]
BEFORE = {"posts": [TrigramExtension(), UnaccentExtension()]}
# Where another app's models are complete.
AFTER = {
    "werkplaats": ("werkplaats", "0002_site"),
    "auth": ("auth", "0012_alter_user_first_name_max_length"),
    "pghistory": ("pghistory", "0007_auto_20250421_0444"),
}


def needed_by(model: ModelState, *, but_for_empty: bool = False) -> set[tuple[str, str]]:
    """The app and name, in lower case, of every model that this one refers to; but for what may be empty, if asked."""
    found = set()
    for field in model.fields.values():
        if but_for_empty and field.null:
            continue
        remote = getattr(field, "remote_field", None)
        for other in (remote and remote.model, getattr(remote, "through", None)):
            if other:
                label = other if isinstance(other, str) else other._meta.label
                found.add(tuple(label.lower().split(".")) if "." in label else (model.app_label, label.lower()))
    return found


def in_order(models: dict[str, ModelState], app: str) -> list[str]:
    """Names of models, each after those that it needs, as far as they do not need each other.

    Of two that do, the one that may be without the other comes first.
    """
    order: list[str] = []
    needs = {name: {other for label, other in needed_by(models[name]) if label == app} & set(models) for name in models}

    def leads_to(name: str, other: str) -> bool:
        seen, ahead = set(), [name]
        while ahead:
            seen.add(here := ahead.pop())
            ahead += needs[here] - seen
        return other in seen

    def visit(name: str, above: tuple[str, ...] = ()) -> None:
        if name in order or name in above:
            return
        firm = {other for label, other in needed_by(models[name], but_for_empty=True) if label == app}
        needed = {other for other in needs[name] if other in firm or not leads_to(other, name)}
        for other in sorted(needed, key=list(models).index):
            visit(other, (*above, name))
        order.append(name)

    for name in models:
        visit(name)
    return order


def operations(models: dict[str, ModelState], app: str) -> list:
    made, late, triggers = [], [], []
    order = in_order(models, app)
    for place, name in enumerate(order):
        model, later = models[name], {(app, other) for other in order[place + 1 :]}
        wait = [field for field, value in model.fields.items() if later & needed_by(only(model, field, value))]
        fields = [(field, value) for field, value in model.fields.items() if field not in wait]
        options = {key: value for key, value in model.options.items() if key != "triggers" and value != []}
        made.append(CreateModel(model.name, fields, options, model.bases, model.managers))
        late += [AddField(name, field, model.fields[field]) for field in wait]
        row = apps.get_model(app, name)
        triggers += [AddTrigger(name, each.compile(row)) for each in getattr(row._meta, "triggers", [])]
    return [*BEFORE.get(app, []), *made, *late, *triggers]


def only(model: ModelState, field: str, value) -> ModelState:
    return ModelState(model.app_label, model.name, {field: value})


def write(app: str, state: ProjectState) -> None:
    names = [model._meta.model_name for model in apps.get_app_config(app).get_models()]
    models = {name: state.models[app, name] for name in names}
    others = {label for model in models.values() for label, _ in needed_by(model)} - {app, "__setting__"}
    dependencies = [AFTER.get(label, (label, "0001_initial")) for label in sorted(others)]
    content = {"initial": True, "dependencies": dependencies, "operations": operations(models, app)}
    migration = type("Migration", (migrations.Migration,), content)("0001_initial", app)
    Path(f"{app}/migrations/0001_initial.py").write_text(MigrationWriter(migration, include_header=False).as_string())


if __name__ == "__main__":
    django.setup()
    translation.deactivate_all()  # as `makemigrations` does: words of Django's own stay English
    now = ProjectState.from_apps(apps)
    for each in OURS:
        write(each, now)
