"""A stylesheet or script that imports others leaves collectstatic as one file."""

import re
import shutil
from types import SimpleNamespace

from django.core.files.storage import FileSystemStorage

from werkplaats.templatetags import werkplaats as tags
from werkplaats.web.joining import JoinedStaticFilesStorage

SOURCES = {
    "css/site.css": '@layer base, parts;\n\n@import "tokens.css";\n@import "rooms/door.css";\n',
    "css/tokens.css": '@font-face {\n  src: url("../fonts/a.woff2");\n}\n',
    "css/rooms/door.css": '@import "../bell.css";\n\n.door {\n  color: red;\n}\n',
    "css/bell.css": ".bell {\n  color: blue;\n}\n",
    "fonts/a.woff2": "a font",
    "js/site.js": '// In this order.\n// @import "../vendor/x.min.js";\n// @import "rooms/door.js";\n',
    "js/rooms/door.js": "const door = x;\n",
    "vendor/x.min.js": "var x=1",
    "admin/css/forms.css": '@import "widgets.css";\n',
    "admin/css/widgets.css": "p {\n  color: red;\n}\n",
}


def test_imports_give_way_to_what_they_name(tmp_path):
    source, target = tmp_path / "source", tmp_path / "target"
    for name, text in SOURCES.items():
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    shutil.copytree(source, target)
    found = FileSystemStorage(location=source)

    def collect() -> dict[str, str]:
        storage = JoinedStaticFilesStorage(location=target)
        list(storage.post_process({name: (found, name) for name in SOURCES}))
        return storage.hashed_files

    made = collect()
    joined = (target / made["css/site.css"]).read_text()
    order = ["@layer base, parts;", "@font-face", made["fonts/a.woff2"], ".bell", ".door"]
    assert [joined.index(words) for words in order] == sorted(joined.index(words) for words in order)
    assert "@import" not in joined
    assert "@import" in (target / made["admin/css/forms.css"]).read_text()  # of others: as it was

    script = (target / made["js/site.js"]).read_text()
    assert script == "// In this order.\nvar x=1\nconst door = x;\n\n"

    (source / "css/bell.css").write_text(".bell {\n  color: green;\n}\n")
    assert collect()["css/site.css"] != made["css/site.css"]  # browsers keep what they have under a name for good


def test_a_page_names_each_script_where_nothing_was_collected(client, settings, db):
    names = re.findall(r'<script src="/static/([^"]+)" defer>', client.get("/over/").text)
    assert names[:2] == ["vendor/htmx-4.0.1.min.js", "js/saying.js"]
    assert len(names) == 19


def test_a_page_names_one_script_where_it_was(client, monkeypatch, db):
    storage = SimpleNamespace(joins=True, url=lambda name: f"/static/{name}")
    monkeypatch.setattr(tags, "staticfiles_storage", storage)
    assert re.findall(r'<script src="/static/([^"]+)" defer>', client.get("/over/").text) == ["js/site.js"]
