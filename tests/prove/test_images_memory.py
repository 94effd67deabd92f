"""Forty bombs and giants at once: the web process does not grow, one decoder at a time keeps within bounds."""

import io
import json
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image

from werkplaats import images

# Runs in a process of its own: memory that pytest took before would hide growth.
PROGRAM = """
import collections, json, sys, threading, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from django.conf import settings
settings.configure()
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from werkplaats import images

def resident(status):
    fields = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return int(fields["PPid"]), int(fields.get("VmRSS", "0 kB").split()[0]) // 1024

own = Path("/proc/self/status")
me = int(Path("/proc/self").resolve().name)
before = resident(own)[1]
peak_own = peak_children = most_children = 0
done = False

def watch():
    global peak_own, peak_children, most_children
    while not done:
        children = []
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                parent, size = resident(status)
            except (OSError, ValueError):
                continue  # it ended while we looked
            if parent == me and size:
                children.append(size)
        peak_own = max(peak_own, resident(own)[1])
        peak_children = max(peak_children, sum(children))
        most_children = max(most_children, len(children))
        time.sleep(0.02)

outcomes = collections.defaultdict(list)

def send(path):
    try:
        outcomes[path.stem].append(images.process(SimpleUploadedFile(path.name, path.read_bytes())).width)
    except ValidationError as refusal:
        outcomes[path.stem].append(refusal.code)

paths = sorted(Path(sys.argv[2]).iterdir())
threads = [threading.Thread(target=send, args=[paths[i % len(paths)]]) for i in range(40)]
watcher = threading.Thread(target=watch)
watcher.start()
for thread in threads: thread.start()
for thread in threads: thread.join()
done = True
watcher.join()
measured = {"growth": peak_own - before, "children": peak_children, "at once": most_children}
print(json.dumps({**measured, **outcomes}))
"""


def chunk(name, content):
    return len(content).to_bytes(4) + name + content + zlib.crc32(name + content).to_bytes(4)


def save(folder, name, image, kind, **options):
    image.save(folder / name, kind, **options)


@pytest.fixture
def pictures(tmp_path):
    """Eight files, all under 10 MB; what each must give stands in the test."""
    edge = 7200  # 51.8 megapixels
    save(tmp_path, "png", Image.new("RGBA", (edge, edge), (1, 2, 3, 4)), "PNG")
    save(tmp_path, "jpeg", Image.new("RGB", (edge, edge)), "JPEG", progressive=True, subsampling=0)
    save(tmp_path, "webp", Image.new("RGBA", (edge, edge), (1, 2, 3, 4)), "WEBP", lossless=True, method=0)
    save(tmp_path, "too-large", Image.new("1", (14_142, 14_142)), "PNG")  # 3 KB that decode to 800 MB
    tiny = io.BytesIO()
    Image.new("L", (9, 9)).save(tiny, "PNG")
    head, tail = tiny.getvalue()[:33], tiny.getvalue()[33:]
    packed = zlib.compress(bytes(600_000_000), 9)
    (tmp_path / "text").write_bytes(head + chunk(b"zTXt", b"Comment\0\0" + packed) + tail)
    (tmp_path / "profile").write_bytes(head + chunk(b"iCCP", b"p\0\0" + packed) + tail)
    many = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(1_000_000), 9)) * 600
    (tmp_path / "texts").write_bytes(head + many + tail)
    (tmp_path / "photo").write_bytes(tiny.getvalue())
    assert all(path.stat().st_size < images.MAX_BYTES for path in tmp_path.iterdir())
    return tmp_path


def test_forty_bombs_at_once(pictures):
    root = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, root, pictures], check=True, capture_output=True, text=True
    )
    result = json.loads(run.stdout)
    print(result)
    assert result.pop("growth") < 100  # MB
    assert result.pop("children") < 640
    assert result.pop("at once") == 1
    assert result == {
        "jpeg": [1600] * 5,
        "photo": [9] * 5,
        "png": [1600] * 5,
        "profile": ["broken"] * 5,
        "text": ["broken"] * 5,
        "texts": ["broken"] * 5,
        "too-large": ["too_many_pixels"] * 5,
        "webp": ["too_heavy"] * 5,
    }
