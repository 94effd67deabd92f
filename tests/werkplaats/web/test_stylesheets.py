"""A stylesheet that imports others leaves collectstatic as one file."""

import shutil

from django.core.files.storage import FileSystemStorage

from werkplaats.web.stylesheets import JoinedStaticFilesStorage

SOURCES = {
    "css/site.css": '@layer base, parts;\n\n@import "tokens.css";\n@import "rooms/door.css";\n',
    "css/tokens.css": '@font-face {\n  src: url("../fonts/a.woff2");\n}\n',
    "css/rooms/door.css": '@import "../bell.css";\n\n.door {\n  color: red;\n}\n',
    "css/bell.css": ".bell {\n  color: blue;\n}\n",
    "fonts/a.woff2": "a font",
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

    (source / "css/bell.css").write_text(".bell {\n  color: green;\n}\n")
    assert collect()["css/site.css"] != made["css/site.css"]  # browsers keep what they have under a name for good
