"""Forty bombs and giants at once: the web processes do not grow, one decoder at a time keeps within bounds."""

import http.client
import io
import json
import subprocess
import sys
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pillow_heif
import psycopg
import pytest
from PIL import ExifTags, Image

from bench.load import Person
from bench.server import environment, free_port, manage, serving
from tests.helpers import migrated
from werkplaats.laptop import postgres
from werkplaats.pictures import pipeline

# Runs in a process of its own: memory that pytest took before would hide growth.
PROGRAM = """
import collections, json, sys, threading, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from django.conf import settings
settings.configure()
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from werkplaats.pictures import pipeline

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
        outcomes[path.stem].append(pipeline.process(SimpleUploadedFile(path.name, path.read_bytes())).width)
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
    see_through = Image.new("RGBA", (edge, edge), (1, 2, 3, 4))
    see_through.putpixel((0, 0), (1, 2, 3, 255))  # else there is nothing to see
    save(tmp_path, "png", see_through, "PNG")
    save(tmp_path, "jpeg", Image.new("RGB", (edge, edge)), "JPEG", progressive=True, subsampling=0)
    save(tmp_path, "webp", see_through, "WEBP", lossless=True, method=0)
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
    assert all(path.stat().st_size < pipeline.MAX_BYTES for path in tmp_path.iterdir())
    return tmp_path


def test_forty_bombs_at_once(pictures):
    root = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", PROGRAM, root, pictures], check=True, capture_output=True, text=True)
    result = json.loads(run.stdout)
    print(result)
    assert result["growth"] + result["children"] < 500  # MB
    assert result.pop("growth") < 100
    assert result.pop("children") < 450
    assert result.pop("at once") == 1
    assert result == {
        "jpeg": [1600] * 5,
        "photo": [9] * 5,
        "png": ["too_heavy"] * 5,
        "profile": ["broken"] * 5,
        "text": ["broken"] * 5,
        "texts": ["broken"] * 5,
        "too-large": ["too_many_pixels"] * 5,
        "webp": ["too_heavy"] * 5,
    }


SEND = "/wensbeelden/insturen/"


def secret_place(orientation: int = 1) -> bytes:
    data = Image.Exif()
    data[ExifTags.Base.Orientation] = orientation
    data[ExifTags.Base.Artist] = "Geheime Fotograaf"
    data.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (52.0, 5.0, 27.5), 3: "E", 4: (5.0, 7.0, 12.25)})
    return data.tobytes()


@pytest.fixture
def more(pictures):
    """Two pictures as phones make them, one of them lying on its side and one of nearly 10 MB; and what is none."""
    pillow_heif.register_heif_opener()
    top = Image.new("RGB", (4032, 3024), "#ff9f86")
    top.paste(Image.effect_noise((4032, 1512), 20).convert("RGB"), (0, 1512))
    lying = top.transpose(Image.Transpose.ROTATE_90)
    lying.info["exif"] = secret_place(6)  # pillow_heif stores the turn itself
    save(pictures, "iphone", lying, "HEIF", quality=50, exif=secret_place(6))
    noise = Image.effect_noise((4032, 3024), 90).convert("RGB")
    save(pictures, "gps", noise, "JPEG", quality=90, exif=secret_place())
    (pictures / "cut").write_bytes((pictures / "iphone").read_bytes()[:9000])
    (pictures / "svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    (pictures / "nothing").write_bytes(b"")
    assert all(path.stat().st_size < pipeline.MAX_BYTES for path in pictures.iterdir())
    return sorted(pictures.iterdir())


def tree(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task").glob("*/children")
    found = [int(child) for path in children for child in path.read_text().split()]
    return [pid, *(each for child in found for each in tree(child))]


def taken(pid: int) -> tuple[int, int]:
    """The memory in MB of the web processes, and of the decoders that they started; what is shared counts once.

    Without the libraries' own pages: their share grows when another Python on this machine ends.
    """
    web = decoders = 0
    for each in tree(pid):
        try:
            is_decoder = b"decoder" in Path(f"/proc/{each}/cmdline").read_bytes()
            lines = Path(f"/proc/{each}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue  # it ended while we looked
        size = sum(int(line.split()[1]) for line in lines if line.startswith("Pss_Anon:"))
        web, decoders = (web, decoders + size) if is_decoder else (web + size, decoders)
    return web // 1024, decoders // 1024


class Phone(Person):
    def send(self, path: str, file: Path, **fields) -> tuple[int, str]:
        """The status and the body of the answer to a form with a picture; tries again as long as it is too busy."""
        mark = "geen-foto-bevat-dit"
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in {"csrfmiddlewaretoken": self.token, **fields}.items()
        ]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="picture"; filename="{file.name}.jpg"\r\n'
        parts += [head.encode(), b"Content-Type: image/jpeg\r\n\r\n", file.read_bytes(), f"\r\n--{mark}--".encode()]
        return self.ask(path, b"".join(parts), f"multipart/form-data; boundary={mark}")

    def ask(self, path: str, body: bytes, kind: str) -> tuple[int, str]:
        headers = {"Content-Type": kind, "Cookie": self.cookie}
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
            connection.request("POST", path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
            connection.close()
            for name, value in response.getheaders():
                if name.lower() == "set-cookie":
                    self.cookies |= dict([value.split(";")[0].split("=", 1)])
            is_late = response.status == 503 and response.getheader("Retry-After")  # a pool, on cores that stand still
            if response.status != 429 and "Het is nu druk." not in text and not is_late:
                return response.status, text
            time.sleep(1)


def visit(port: int, number: int, files: list[Path]) -> tuple[str, int]:
    """One phone: a picture is shown first and then sent, or sent with the form, or shown and left."""
    file = files[number % len(files)]
    phone = Phone(port, SEND)
    phone.port = port
    fields = {"text": f"Wens {number}", "alt": "Een foto", "no_children": "on"}
    if number % 3 == 0:
        status, _ = phone.send(SEND, file, **fields)
        return file.name, status
    status, body = phone.send("/foto/", file)
    if status == 200 and number % 3 == 1:
        name = body.split('name="kept" value="')[1].split('"')[0]
        body = urlencode({"csrfmiddlewaretoken": phone.token, "kept": name, **fields}).encode()
        assert phone.ask(SEND, body, "application/x-www-form-urlencoded")[0] == 302
    return file.name, status


def test_forty_phones_at_a_running_site(more, tmp_path_factory):
    folder, port = tmp_path_factory.mktemp("site"), free_port()
    with postgres.throw_away() as database:
        variables = environment(folder, database.url, port)
        manage(variables, "collectstatic", "--no-input", "--verbosity=0")
        migrated.fill(variables["DATABASE_URL"])
        with serving(variables, port) as server:
            visit(port, 0, more)  # both workers have seen a form
            visit(port, 1, [file for file in more if file.name == "photo"])
            before, done = taken(server.pid)[0], threading.Event()
            most_web = most_decoding = 0

            def watch():
                nonlocal most_web, most_decoding
                while not done.wait(0.05):
                    web, decoding = taken(server.pid)
                    most_web, most_decoding = max(most_web, web), max(most_decoding, decoding)

            watcher = threading.Thread(target=watch)
            watcher.start()
            with ThreadPoolExecutor(40) as pool:
                answers = list(pool.map(lambda number: visit(port, number, more), range(40)))
            done.set()
            watcher.join()
        print(f"web before {before} MB, growth {most_web - before} MB, decoding {most_decoding} MB", answers)
        with psycopg.connect(database.url) as connection:
            names = {name for (name,) in connection.execute("SELECT name FROM werkplaats_picture")}
            sent = connection.execute("SELECT count(*) FROM polls_wensbeeld WHERE picture_id > 0").fetchone()[0]
            upright = connection.execute("SELECT count(*) FROM werkplaats_picture WHERE width < height").fetchone()
    good = {"gps", "iphone", "jpeg", "photo"}
    for name, status in answers:
        assert status in ((200, 302) if name in good else (422,)), name
    assert most_web - before < most_decoding / 2  # what 40 phones send, and not one picture that is decoded
    assert 100 < most_decoding < 500  # the second: one at a time; the first: that it was seen at all
    files = list((folder / "media").iterdir())
    assert {file.name[:32] for file in files} == names
    assert len(files) == 3 * len(names)
    assert 0 < sent < len(names)
    assert upright == (0,)  # what lay on its side does not lie there any more: 4032 wide, 3024 high
    for file in files:
        content = file.read_bytes()
        jpeg, webp = content[:3] == b"\xff\xd8\xff", (content[:4], content[8:12]) == (b"RIFF", b"WEBP")
        assert jpeg if file.suffix == ".jpg" else webp
        assert b"Geheim" not in content and b"Exif" not in content
