"""A person with a unique word in every field that there is, made as people make it; and where it still stands."""

import io
import os
import re
import subprocess
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from plan.actions import informing, laying
from plan.models import Export, Stack, ToldVoice
from polls.models import Idea, Wensbeeld
from posts.actions import moderating
from posts.models import Post, Report
from tests.helpers import factories
from tests.helpers.logging_in import ask_code, log_in
from tests.helpers.mailserver import work
from tests.helpers.shown import as_read
from tests.plan import heard_helpers, helpers
from tests.plan.export_helpers import made
from werkplaats.laptop import postgres
from werkplaats.mail.folder import words_of
from werkplaats.mail.models import FailedMail
from werkplaats.models import User, Visitor
from werkplaats.web import programs

ROOT = "kanarie"
EMAIL, NAME = "kanarieadres@example.org", "Kanarienaam Vogel"
SAID = "Kanarietekst: elke school heeft een vast gezicht"
PROVEN = {
    *("adres", "naam", "tekst", "eerder", "weg", "onaf", "verwijderd", "reden", "alt", "overleg", "beeld", "beeldnaam"),
    *("idee", "melding", "gast", "wens", "vraag", "bedoeld"),
}
# Without a proven address there is no sign-up, nothing is told by mail, and nothing is edited under a name.
COOKIE = {"naam", "tekst", "eerder", "weg", "onaf", "alt", "overleg", "beeld", "beeldnaam", "idee", "melding", "adres"}


def photo() -> SimpleUploadedFile:
    """With the word painted in it, and in its metadata."""
    image, info, file = Image.new("RGB", (900, 600), "teal"), PngInfo(), io.BytesIO()
    ImageDraw.Draw(image).text((100, 100), "kanariegeschilderd", fill="white")
    info.add_text("Comment", "kanariemetadata")
    image.save(file, "PNG", pnginfo=info)
    return SimpleUploadedFile("kanariebestand.png", file.getvalue(), "image/png")


class Bird:
    """Somebody who did all that one can do here; `proven`: with an address that they proved."""

    def __init__(self, *, proven: bool) -> None:
        self.proven, self.browser = proven, Client()
        self.question, self.anouk = factories.question(), factories.coordinator()
        self.anouk.let_sort(True)
        self.write()
        self.send_and_report()
        if proven:
            self.sign_up()
            self.confirm()
        self.change_and_take_away()
        self.staff_sorts_and_tells()
        self.mail_that_waits()
        work()

    @property
    def visitor(self) -> Visitor:
        return Post.objects.get(text__contains="Kanarietekst").visitor

    def say(self, text: str, **more: object) -> Post:
        said = {"text": text, "name": NAME, "role": factories.role().pk, "email": EMAIL, **more}
        url = f"/vragen/{self.question.slug}/bijdragen/"
        answer = self.browser.post(url, {**said, "moment": programs.moment(ago=10)})
        assert answer.status_code == 302
        return Post.objects.latest("pk")

    def write(self) -> None:
        self.browser.post(
            f"/vragen/{self.question.slug}/bijdragen/", {"text": "Kanarieonaf", "moment": programs.moment(ago=10)}
        )
        unfinished = Post.objects.get()
        self.post = self.say(
            "Kanarieeerder zei ik dit",
            meeting="Kanarieoverleg",
            meeting_size=4,
            picture=photo(),
            alt="Kanariealt",
            no_children="on",
        )
        assert not unfinished.finished_at and self.post.picture
        self.second = self.say("Kanarieweg")

    def confirm(self) -> None:
        log_in(self.browser, EMAIL)
        asked = self.browser.get("/accounts/was-jij-dat/").text
        mark = re.search(r'name="gezien" value="(\w+)"', asked)[1]
        assert self.browser.post("/accounts/was-jij-dat/", {"antwoord": "ja", "gezien": mark}).status_code == 302
        self.user = User.objects.get(email=EMAIL)
        for post in (self.post, self.second):
            post.refresh_from_db()
            post.confirm(self.user)
        third = self.say("Kanarieverwijderd")
        moderating.remove([third], self.anouk, "Kanariereden", as_read(third))

    def send_and_report(self) -> None:
        wens = {
            "text": "Kanariebeeld",
            "name": "Kanariebeeldnaam",
            "key": uuid.uuid4(),
            "picture": photo(),
            "no_children": "on",
        }
        answer = self.browser.post("/wensbeelden/insturen/", {**wens, "alt": "Kanariealt"})
        assert answer.status_code == 302
        Wensbeeld.objects.get().publish(self.anouk)
        round = factories.sticker_round(stage="ideas", slug="sop", ideas=0)
        group = round.groups.first()
        idea = {"text": "Kanarieidee", "moment": programs.moment(ago=10)}
        self.browser.post(f"/stickerrondes/sop/groep/{group.code}/idee/", idea)
        assert Idea.objects.exists()
        other = factories.post(self.question, text="Van een ander", name="Bram")
        report = {"reason": "one-child", "words": "ander", "moment": programs.moment(ago=10)}
        self.browser.post(f"/bijdragen/{other.pk}/melden/", report)
        # The form takes words of what was reported alone.
        assert Report.objects.update(words="Kanariemelding") == 1
        self.browser.post(f"/bijdragen/{other.pk}/duim/omhoog/")
        self.other = other

    def sign_up(self) -> None:
        cafe = factories.cafe(published_at=timezone.now())
        guest = {"wish": "room", "name": "Kanariegast", "email": EMAIL, "wishes": "Kanariewens"}
        answer = self.browser.post(f"/cafes/{cafe.slug}/aanmelden/", {**guest, "question": "Kanarievraag"})
        assert answer.status_code == 302

    def change_and_take_away(self) -> None:
        self.post.refresh_from_db()
        self.post.edit(text=SAID)
        self.post.publish(self.anouk, vetted=True)
        self.second.refresh_from_db()
        self.second.withdraw()
        answers = factories.post(parent=self.post, text="Dat herken ik als ander", name="Bram")
        assert answers.root_id == self.post.pk

    def staff_sorts_and_tells(self) -> None:
        """Notes of an evening, a quote on a stack, what was heard, and what they answer to that."""
        voice = self.post.fragment
        self.note = helpers.note(voice.harvest, f"{NAME} vroeg om rust")
        stack = helpers.stack(voice.harvest, "Kanarienaam Vogel", self.anouk)
        laying.lay(voice.harvest_id, stack.pk, helpers.seen(voice), self.anouk)
        heard_helpers.quote(voice, stack)
        heard_helpers.write(stack, SAID)
        self.stack = Stack.objects.get(pk=stack.pk)
        card = helpers.card(voice, stack)
        laying.decide(
            voice.harvest_id, card.pk, card.version, self.anouk, choice="answer", words=f"Dank je, {NAME}, voor dit."
        )
        others = list(voice.harvest.fragments.without_destination())
        laying.lay(voice.harvest_id, stack.pk, helpers.seen(*others), self.anouk)
        publication = heard_helpers.publish(voice.harvest)
        informing.tell(publication.pk)
        told = ToldVoice.objects.filter(fragment=voice.pk).first()
        assert told
        ToldVoice.objects.filter(pk=told.pk).update(
            answer="no",
            meant="Kanariebedoeld",
            answered_at=timezone.now(),
            reply=f"Beste {NAME}",
            replied_at=timezone.now(),
        )
        self.exports = [made(kind, names=True) for kind in ("xlsx", "docx")]

    def mail_that_waits(self) -> None:
        FailedMail.objects.create(
            job=1, task="posts.tasks.send_answers", ids={"notice_id": 1}, reason=f"550 <{EMAIL}> unknown"
        )
        if self.proven:
            self.staff_edits_the_account()
        work(queues=("mail", "codes"))
        if self.proven:
            ask_code(Client(), EMAIL)

    def staff_edits_the_account(self) -> None:
        kind = ContentType.objects.get_for_model(User)
        LogEntry.objects.create(
            user=self.anouk,
            content_type=kind,
            object_id=str(self.user.pk),
            object_repr=EMAIL,
            action_flag=CHANGE,
            change_message=f"«naam» is nu {NAME}",
        )


def dump() -> str:
    """The whole database as text, files with all that was said unpacked."""
    connection.close()
    command = [postgres.binaries() / "pg_dump", "--dbname", database_url()]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return found + "".join(unpacked(b"".join(export.chunks())) for export in Export.objects.filter(state="made"))


def unpacked(file: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(file)) as pieces:
        return "".join(pieces.read(name).decode("utf-8", "replace") for name in pieces.namelist())


def database_url() -> str:
    """That of the database of the test."""
    return re.sub(r"(://[^/]*/)[^/?]+", rf"\g<1>{connection.settings_dict['NAME']}", os.environ["DATABASE_URL"])


def new_exports() -> str:
    """Everything that can be exported, asked now."""
    return "".join(unpacked(b"".join(made(kind, names=True).chunks())) for kind in ("xlsx", "docx"))


def files() -> Iterator[tuple[Path, bytes]]:
    """Below the folder of the site; the database lies elsewhere."""
    for folder in {settings.VAR_DIR, settings.MEDIA_ROOT, settings.ERASED_LIST.parent}:
        for path in folder.rglob("*"):
            if path.is_file():
                yield path, path.read_bytes()


def in_text(text: str) -> set[str]:
    """The canaries in a text, without their common beginning."""
    return {found.lower() for found in re.findall(rf"{ROOT}([a-z]+)", text, re.IGNORECASE)}


def in_mails() -> set[str]:
    return {word for path, content in files() if path.suffix == ".eml" for word in in_text(words_of(content))}


def in_files() -> set[str]:
    return {word for _, content in files() for word in in_text(content.decode("latin-1"))}


def everywhere() -> set[str]:
    return in_text(dump()) | in_mails() | in_files()


def pictures() -> set[str]:
    """The names of the files of pictures that lie there."""
    return {path.name for path, _ in files() if path.suffix in (".webp", ".jpg")}
