"""A file is asked for, made and fetched, by who may sort; it goes after a day, and as soon as what it holds does."""

import threading
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from plan.actions import laying
from plan.exports import making, workbook
from plan.models import Export, ExportPart
from plan.models.exports import SILENT
from plan.tasks import forget_exports, make_export
from posts.actions import confirming
from posts.models import Thumb
from tests.helpers import factories
from tests.helpers.races import until_somebody_waits
from tests.plan import helpers
from tests.plan.export_helpers import content, made, unzipped
from werkplaats.models import User

PAGE = "/beheer/werkbank/uitvoer/"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def jobs() -> list[int]:
    found = ProcrastinateJob.objects.filter(task_name="plan.tasks.make_export").order_by("pk")
    return [job.args["export_id"] for job in found]


@pytest.mark.django_db
def test_a_file_is_asked_for_made_and_fetched(client, coordinator):
    post = factories.post(text="Korte lijnen")
    assert "Er zijn nu geen bestanden." in client.get(PAGE).text
    answer = client.post(PAGE, {"kind": "xlsx", "harvest": "", "names": "nee"})
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    export = Export.objects.get()
    assert jobs() == [export.pk]
    waits = client.get(PAGE).text
    assert "Wacht op de beurt" in waits and "Kijk hoever het is" in waits and 'hx-trigger="every 2s"' in waits
    assert client.get(export.get_absolute_url()).status_code == 404
    make_export(export_id=export.pk)
    page = client.get(PAGE).text
    assert "Haal op" in page and "hx-trigger" not in page
    file = client.get(export.get_absolute_url())
    assert file["Content-Disposition"].startswith('attachment; filename="alle-opbrengst-20')
    assert "no-store" in file["Cache-Control"]
    body = file.getvalue()
    assert int(file["Content-Length"]) == len(body) and body.startswith(b"PK")
    client.post(PAGE, {"kind": "docx", "harvest": post.fragment.harvest.pk, "names": "ja"})
    assert Export.objects.filter(harvest=post.fragment.harvest, names=True, kind="docx").exists()


@pytest.mark.django_db
def test_what_is_asked_wrongly_is_asked_again(client, coordinator):
    for odd in ({}, {"kind": "exe", "names": "nee"}, {"kind": "xlsx", "names": "\0"}, {"kind": "xlsx", "harvest": "9"}):
        answer = client.post(PAGE, odd)
        assert answer.status_code == 422
        assert "Kies waarvan je een bestand wilt" in answer.text
    assert not Export.objects.exists()


@pytest.mark.django_db
def test_htmx_gets_the_list_alone_with_how_far_it_is(client, coordinator):
    export = Export.objects.ask("xlsx", coordinator)
    export.go_on(state="making", done=1000, total=50_000)
    text = client.get(PAGE, headers=HTMX).text
    assert "<html" not in text and 'hx-swap-oob="innerMorph"' in text
    assert "1.000 van de 50.000 stemmen" in text
    assert 'max="50000" value="1000"' in text


@pytest.mark.django_db
def test_asked_twice_while_it_is_made_it_is_one(client, coordinator):
    harvest, other = helpers.voice().harvest, helpers.sorter()
    first = Export.objects.ask("xlsx", coordinator)
    assert Export.objects.ask("xlsx", other) == first
    assert len({first, Export.objects.ask("xlsx", coordinator, harvest), Export.objects.ask("docx", coordinator)}) == 3
    assert Export.objects.ask("xlsx", coordinator, names=True) != first
    assert len(jobs()) == 4
    make_export(export_id=first.pk)
    again = Export.objects.ask("xlsx", coordinator)
    assert again != first and Export.objects.made().get() == first
    make_export(export_id=again.pk)
    make_export(export_id=again.pk)  # twice is once
    assert Export.objects.made().get() == again
    assert set(ExportPart.objects.values_list("export", flat=True)) == {again.pk}


@pytest.mark.django_db
def test_after_a_day_it_is_refused_at_once_and_goes_within_the_hour(client, coordinator):
    export = made("docx")
    Export.objects.update(asked_at=timezone.now() - timedelta(hours=23, minutes=59))
    assert client.get(export.get_absolute_url()).status_code == 200
    Export.objects.update(asked_at=timezone.now() - timedelta(hours=24))
    assert client.get(export.get_absolute_url()).status_code == 404
    assert "Er zijn nu geen bestanden." in client.get(PAGE).text
    forget_exports(timestamp=0)
    assert not Export.objects.exists() and not ExportPart.objects.exists()


@pytest.mark.django_db
def test_a_worker_that_was_killed_is_told_of_and_keeps_nobody_waiting(client, coordinator, tmp_path, monkeypatch):
    export = Export.objects.ask("xlsx", coordinator)
    Export.objects.update(state="making", touched_at=timezone.now() - SILENT - timedelta(seconds=1))
    page = client.get(PAGE).text
    assert "De computer is gestopt voordat dit bestand klaar was." in page and "hx-trigger" not in page
    assert Export.objects.ask("xlsx", coordinator) != export
    monkeypatch.setattr(making.tempfile, "gettempdir", lambda: str(tmp_path))
    (tmp_path / f"{making.FOLDER}x").mkdir()
    (tmp_path / f"{making.FOLDER}x" / "bestand.xlsx").write_text("stemmen")
    making.sweep()
    assert list(tmp_path.iterdir())  # it may be of one that is busy
    monkeypatch.setattr(making, "LEFT_BEHIND", -1)
    making.sweep()
    assert not list(tmp_path.iterdir())


@pytest.mark.django_db
def test_what_goes_wrong_is_told_in_words(client, coordinator, monkeypatch, caplog):
    def breaks(path, export):
        raise ValueError("kapot")

    monkeypatch.setitem(making.WRITERS, "xlsx", breaks)
    export = Export.objects.ask("xlsx", coordinator)
    make_export(export_id=export.pk)
    assert making.WENT_WRONG in client.get(PAGE).text
    assert "kapot" in caplog.text
    assert Export.objects.ask("xlsx", coordinator) != export


@pytest.mark.django_db
def test_only_who_may_sort_gets_them(client, settings):
    settings.DEMO = True
    export = made("xlsx")
    for path in (PAGE, export.get_absolute_url()):
        assert client.get(path).status_code == 302
    client.force_login(helpers.sorter())
    for path in (PAGE, export.get_absolute_url()):
        assert client.get(path).status_code == 403
    assert client.post(PAGE, {"kind": "xlsx", "names": "nee"}).status_code == 403
    sorter = helpers.sorter()
    sorter.let_sort(True)
    client.force_login(sorter)
    assert client.get(export.get_absolute_url()).status_code == 200


@pytest.mark.django_db
def test_the_page_takes_the_same_queries_for_one_file_and_for_three(client, coordinator, django_assert_num_queries):
    harvest = helpers.voice().harvest
    for ask in (("xlsx", None), ("docx", None), ("docx", harvest)):
        Export.objects.ask(ask[0], coordinator, ask[1])
        with django_assert_num_queries(4):
            client.get(PAGE)


@pytest.mark.django_db
def test_the_address_of_the_yield_of_a_question_leads_here(client, coordinator):
    post = factories.post()
    question = post.question
    old = f"/beheer/posts/question/{question.pk}/opbrengst/"
    for answer in (
        client.get(old, {"vorm": "xlsx"}),
        client.post(
            f"/beheer/posts/question/{question.pk}/change/",
            {"CHANGE_FORM-action": "harvest", "_selected_action": question.pk},
        ),
    ):
        assert answer["Location"] == f"{PAGE}?vraag={question.pk}"
    page = client.get(old, follow=True).text
    assert f'<option value="{post.fragment.harvest_id}" selected>' in page
    for odd in ("", "x", "\0", "9" * 99):
        assert client.get(PAGE, {"vraag": odd}).status_code in (200, 400)


# What is erased, taken away, denied or changed

GOES = {
    "erased": lambda post: post.erase(None),
    "removed": lambda post: post.remove(None, "gaat over één kind"),
    "held": lambda post: post.hold("child"),
    "withdrawn": lambda post: post.withdraw(),
    "denied": lambda post: confirming.refuse(post.email, {post.pk: post.version}, "niet van mij"),
    "said otherwise": lambda post: post.edit(text="Zonder mijn adres."),
    "said by another name": lambda post: type(post).objects.filter(pk=post.pk).update(name="Iemand"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["xlsx", "docx"])
@pytest.mark.parametrize("goes", GOES)
def test_no_file_outlives_the_words_and_names_in_it(goes, kind):
    User.objects.confirmed("fatima@waterkant.example")
    voice = helpers.voice(text="kwartelkoning", name="Fatima Ali", email="fatima@waterkant.example")
    export = made(kind, names=True)
    assert b"Fatima Ali" in unzipped(export)
    GOES[goes](voice.post)
    assert not Export.objects.exists() and not ExportPart.objects.exists()
    again = unzipped(made(kind, names=True))
    assert not (b"kwartelkoning" in again and b"Fatima Ali" in again)


@pytest.mark.django_db
def test_what_takes_no_words_away_leaves_the_files():
    """A thumb, a vote, sorting, something new, and what nobody could read."""
    voice, waiting = helpers.voice(), factories.post(published=False)
    export = made("xlsx", names=True)
    Thumb.objects.wish(voice.post_id, factories.visitor().pk, 1)
    laying.settle(voice.harvest_id, helpers.seen(voice), helpers.sorter(), choice="answer", words="dat doen we al")
    waiting.edit(text="Nog steeds in de wacht.")
    waiting.remove(None, "kwetsend")
    helpers.voice()
    assert content(export)


@pytest.mark.django_db
@pytest.mark.parametrize("goes", ["erased", "removed"])
def test_a_file_that_is_being_made_while_something_goes_is_not_kept(monkeypatch, goes):
    voice = helpers.voice()
    write = workbook.write

    def goes_halfway(path, export):
        write(path, export)
        GOES[goes](voice.post)

    monkeypatch.setitem(making.WRITERS, "xlsx", goes_halfway)
    export = Export.objects.ask("xlsx", helpers.sorter())
    making.make(export.pk)
    assert not Export.objects.exists() and not ExportPart.objects.exists()


@pytest.mark.django_db
def test_who_writes_a_file_stops_when_something_is_erased(monkeypatch):
    """It does not go on for a minute for nothing."""
    monkeypatch.setattr(workbook, "TELL_EVERY", 1)
    monkeypatch.setattr("plan.exports.voices.AT_ONCE", 1)
    voices = [helpers.voice() for _ in range(3)]
    seen = []

    def voices_then_erased(*args, **options):
        for voice in read(*args, **options):
            seen.append(voice.number)
            voices[0].post.erase(None)
            yield voice

    read = workbook.voices
    monkeypatch.setattr(workbook, "voices", voices_then_erased)
    making.make(Export.objects.ask("xlsx", helpers.sorter()).pk)
    assert len(seen) == 1


@pytest.mark.django_db
def test_what_is_being_fetched_while_something_is_erased_is_cut_off(monkeypatch):
    monkeypatch.setattr(making, "PIECE", 1000)
    voice = helpers.voice()
    coming = made("docx").chunks()
    assert len(next(coming)) == 1000
    voice.post.erase(None)
    with pytest.raises(ExportPart.DoesNotExist):
        list(coming)


def erasing(post, erased: threading.Event, go_on: threading.Event) -> None:
    """Erases in a transaction of its own, which ends when it may `go_on`."""
    try:
        with transaction.atomic():
            post.erase(None)
            erased.set()
            assert go_on.wait(60)
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_asked_for_while_something_is_being_erased_waits_for_it(monkeypatch):
    """The erasure looked for files before this one was there; its words are still to be read until it is done."""
    voice = helpers.voice(text="kwartelkoning")
    helpers.voice(text="blijft")
    erased, go_on = threading.Event(), threading.Event()
    thread = threading.Thread(target=erasing, args=[voice.post, erased, go_on])
    thread.start()
    assert erased.wait(60)
    export = Export.objects.ask("xlsx", helpers.sorter())
    maker = threading.Thread(target=lambda: (making.make(export.pk), connections.close_all()))
    maker.start()
    until_somebody_waits()
    go_on.set()
    thread.join(60)
    maker.join(60)
    export.refresh_from_db()
    assert export.state == "made"
    assert b"kwartelkoning" not in unzipped(export) and b"blijft" in unzipped(export)


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_finished_while_something_is_being_erased_goes_with_it():
    voice = helpers.voice(text="kwartelkoning")
    export = Export.objects.ask("xlsx", helpers.sorter())
    write = workbook.write
    erased, go_on = threading.Event(), threading.Event()
    eraser = threading.Thread(target=erasing, args=[voice.post, erased, go_on])

    def erases_meanwhile(path, export):
        write(path, export)
        eraser.start()
        assert erased.wait(60)

    making.WRITERS["xlsx"] = erases_meanwhile
    try:
        maker = threading.Thread(target=lambda: (making.make(export.pk), connections.close_all()))
        maker.start()
        assert erased.wait(60)
        until_somebody_waits()
    finally:
        making.WRITERS["xlsx"] = write
        go_on.set()
        maker.join(60)
        eraser.join(60)
    assert not Export.objects.exists() and not ExportPart.objects.exists()
