"""Imports run one way: leaves know no models, apps know no other app, only roots know everything."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("posts", "polls", "events")
# Models, and what stands right on them. The admin's base classes are here because each app's admin builds on them.
BASE = (
    "werkplaats.models",
    "werkplaats.context",
    "werkplaats.tasks",
    "werkplaats.accounts",
    "werkplaats.admin.base",
)
BASE += (
    "werkplaats.admin.pictures",
    "werkplaats.admin.reports",
    "werkplaats.picture_form",
    "werkplaats.report_form",
)
ROOTS = (
    "werkplaats.urls",
    "werkplaats.views",
    "werkplaats.admin",
    "werkplaats.beheer",
    "werkplaats.programme",
)
ROOTS += ("werkplaats.account_urls", "werkplaats.postvak", "werkplaats.management", "werkplaats.wsgi")
ALLOWED = {"leaf": {"leaf"}, "base": {"leaf", "base"}, "root": {"leaf", "base", "root", *APPS}}
ALLOWED |= {app: {"leaf", "base", app} for app in APPS}


def within(module: str, names) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in names)


def kind(module: str) -> str | None:
    """What a module of ours is; None for a library."""
    if module.split(".")[0] in APPS:
        return module.split(".")[0]
    if not within(module, ["werkplaats"]):
        return None
    return "base" if within(module, BASE) else "root" if within(module, ROOTS) else "leaf"


def imported(source: str) -> list[str]:
    """Every module, or name in a module, that is imported anywhere, in functions too."""
    names = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports name their module in full"
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


def breaches(module: str, source: str) -> list[str]:
    targets = [(name, kind(name)) for name in imported(source)]
    return [
        f"{module} imports {name}" for name, is_a in targets if is_a and is_a not in ALLOWED[kind(module)]
    ]


def test_imports_run_one_way():
    found, seen = [], 0
    for package in ("werkplaats", *APPS):
        for file in (ROOT / package).rglob("*.py"):
            if "migrations" in file.parts:
                continue
            seen += 1
            module = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            # The project's own app configuration wires what it is made of.
            if module != "werkplaats.apps":
                found += breaches(module, file.read_text())
    assert found == []
    assert seen > 60


def test_a_breach_is_found():
    assert breaches("werkplaats.mail", "from werkplaats.models import Site")
    assert breaches("werkplaats.models.site", "from werkplaats.views import pages")
    assert breaches("posts.views", "def view():\n    from polls.models import Poll")
    assert breaches("events.models", "import posts.models")
    assert not breaches("werkplaats.views.pages", "from posts.models import Post")
    assert not breaches("posts.models", "from werkplaats.models import Role")
