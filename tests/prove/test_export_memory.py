"""Fifty thousand voices: the workbook holds each of them once, and the process that makes it stays small."""

import json
import subprocess
import sys
import zipfile

import openpyxl
import psycopg
import pytest
from lxml import etree

from bench.server import ROOT, environment, free_port
from plan.exports.word import W
from tests.helpers import migrated
from werkplaats.laptop import postgres

VOICES, ON_STACKS = 50_000, 30_000
MOST = 150  # MB, of all that the process takes
HANGS = 600  # seconds
# In a process of its own, as in the worker: memory that pytest took before would hide growth.
PROGRAM = """
import json, re, sys, time
from pathlib import Path
import django
django.setup()
from plan.exports import making
from plan.models import Export

export, began = Export.objects.create(kind=sys.argv[1]), time.monotonic()
making.make(export.pk)
export.refresh_from_db()
with open(sys.argv[2], "wb") as file:
    file.writelines(export.chunks())
# Not ru_maxrss: it begins with what the process that started this one took.
peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) // 1024
took = round(time.monotonic() - began, 1)
print(json.dumps({"state": export.state, "MB": peak, "s": took, "size": export.size}))
"""
FILL = """
import django
django.setup()
from tests.plan.helpers import Desk
desk = Desk()
desk.lay(*desk.voices)
"""
# All as the first one, without their triggers, which would take minutes. A number makes each text another.
MANY = """
    SET session_replication_role = replica;
    CREATE TEMP TABLE more AS SELECT nextval('posts_post_id_seq') AS id, n FROM generate_series(4, {voices}) n;
    INSERT INTO posts_post (id, root_id, {columns}, text)
    SELECT more.id, more.id, {columns}, repeat('Wat mij betreft mag dat overal zo. ', 1 + n % 9) || 'nr. ' || n || '!'
    FROM more, (SELECT * FROM posts_post ORDER BY id LIMIT 1) one;
    INSERT INTO posts_posttally (post_id, question_id, thumbs) SELECT id, {question}, '{{"1": 3, "-1": 1}}' FROM more;
    INSERT INTO plan_fragment (post_id, harvest_id, source_version, live, destinations, version)
    SELECT id, {harvest}, 1, true, (n <= {on_stacks})::int, 0 FROM more;
    INSERT INTO plan_destination ({card}, fragment_id, stack_id)
    SELECT {card}, on_stack, CASE WHEN on_stack % 2 = 0 THEN {wait} ELSE {lines} END
    FROM (SELECT id AS on_stack FROM plan_fragment WHERE destinations > 0 AND id > 3) fragment,
        (SELECT {card} FROM plan_destination LIMIT 1) one;
    ANALYZE;
"""


@pytest.fixture
def site(tmp_path):
    with postgres.throw_away() as database:
        variables = environment(tmp_path / "var", database.url, free_port(), DATABASE_POOL="0", PYTHONPATH=str(ROOT))
        (tmp_path / "var").mkdir()
        migrated.fill(variables["DATABASE_URL"])
        run(variables, FILL)
        fill(database.url)
        yield variables


def run(variables: dict[str, str], program: str, *words: str) -> str:
    command = [sys.executable, "-c", program, *words]
    done = subprocess.run(command, env=variables, cwd=ROOT, capture_output=True, text=True, check=False, timeout=HANGS)
    assert done.returncode == 0, done.stderr
    return done.stdout


def fill(url: str) -> None:
    with psycopg.connect(url) as connection:

        def columns(table: str, *without: str) -> str:
            found = "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
            names = [name for (name,) in connection.execute(found, [table]) if name not in without]
            return ", ".join(names)

        wait, lines = (pk for (pk,) in connection.execute("SELECT id FROM plan_stack ORDER BY id"))
        question, harvest = connection.execute("SELECT question_id, id FROM plan_harvest").fetchone()
        connection.execute(
            MANY.format(
                voices=VOICES,
                on_stacks=ON_STACKS,
                columns=columns("posts_post", "id", "root_id", "text"),
                card=columns("plan_destination", "id", "fragment_id", "stack_id"),
                wait=wait,
                lines=lines,
                question=question,
                harvest=harvest,
            )
        )


def test_the_workbook_of_fifty_thousand_voices(site, tmp_path):
    file = tmp_path / "alles.xlsx"
    told = json.loads(run(site, PROGRAM, "xlsx", str(file)))
    print("workbook", told)
    assert told["state"] == "made" and told["MB"] <= MOST
    assert told["size"] == file.stat().st_size
    book = openpyxl.load_workbook(file, read_only=True)
    rows = book["Stemmen"].iter_rows(values_only=True)
    heads = next(rows)
    text, number, on = (heads.index(head) for head in ("Wat er is gezegd", "Stem", "Stapels"))
    found = [(row[number], row[text].rpartition("nr. ")[2], row[on]) for row in rows]
    assert len(found) == len({row[0] for row in found}) == VOICES
    assert {words for _, words, _ in found[3:]} == {f"{n}!" for n in range(4, VOICES + 1)}
    assert sum(bool(stacks) for _, _, stacks in found) == ON_STACKS
    assert sum(1 for _ in book["Bestemmingen"].rows) == ON_STACKS + 1
    stacks = list(book["Stapels"].iter_rows(min_row=2, values_only=True))
    assert sum(row[3] for row in stacks) == ON_STACKS
    assert list(book["Over dit bestand"].iter_rows(values_only=True))[3][1] == VOICES


def test_the_document_of_fifty_thousand_voices_has_two_thousand(site, tmp_path):
    file = tmp_path / "alles.docx"
    told = json.loads(run(site, PROGRAM, "docx", str(file)))
    print("document", told)
    assert told["state"] == "made" and told["MB"] <= MOST
    with zipfile.ZipFile(file) as parts:
        body = etree.fromstring(parts.read("word/document.xml"))
    styles = [look.get(f"{W}val") for look in body.iter(f"{W}pStyle")]
    assert styles.count("Voice") == 2000
    assert "Hier staan de eerste 2.000 van de 50.000 stemmen." in "".join(body.itertext())
