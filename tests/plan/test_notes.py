"""The pages of *Aantekeningen*."""

import html
import io
import re
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import get_resolver, reverse
from django.utils import timezone
from PIL import Image

from plan.actions import noting
from plan.models import Note, Notes
from polls.models import HandsOnPaper, PaperCount, Poll
from tests.helpers import factories
from tests.plan import helpers

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def anouk(client, settings):
    settings.DEMO = True  # no second factor
    user = helpers.sorter("Anouk")
    user.let_sort(True)
    client.force_login(user)
    return user


@pytest.fixture
def roles():
    return factories.role("ouder", plural="ouders", position=1), factories.role("leerkracht", position=2)


@pytest.fixture
def notes(anouk, roles):
    cafe = factories.cafe(topic=factories.question(), title="Ochtendcafé")
    return noting.open_cafe(cafe.pk, anouk)


def at(name: str, notes: Notes, *more) -> str:
    return reverse(f"plan:{name}", args=[notes.pk, *more])


def send(client, notes, raw: str = "minder papier", headers=None, **fields):
    data = {"key": str(uuid.uuid4()), "regel": raw, **fields}
    return client.post(at("lines", notes), data, headers=headers)


def told(notes) -> list[tuple]:
    return list(notes.lines.values_list("number", "table", "role__name", "text", "times", "on_behalf"))


# The list


def test_an_evening_is_begun_from_the_list(client, anouk):
    cafe = factories.cafe(starts_at=factories.timezone.now() - timedelta(days=1), title="Ontbijtcafé")
    factories.cafe(starts_at=factories.timezone.now() + timedelta(days=30), title="Later")
    page = client.get(reverse("plan:evenings")).text
    assert "Ontbijtcafé" in page and "Later" not in page
    for _ in range(2):
        answer = client.post(reverse("plan:begin_cafe", args=[cafe.pk]))
    notes = Notes.objects.get()
    assert answer["Location"] == at("evening", notes)
    assert client.post(reverse("plan:begin_cafe", args=[10**17])).status_code == 404


@pytest.mark.parametrize("about", ["vraag", "traject", "geen"])
def test_a_meeting_is_begun_for_what_it_was_about(client, anouk, about):
    question, cycle = factories.question(), factories.cycle()
    subject = {"vraag": question, "traject": cycle, "geen": None}[about]
    value = f"{about}-{subject.pk}" if subject else about
    data = {"meeting": "deelnemersraad", "held_on": "2026-11-23", "about": value}
    for _ in range(2):
        answer = client.post(reverse("plan:begin_meeting"), data)
    notes = Notes.objects.get()
    assert answer["Location"] == at("evening", notes)
    assert (notes.harvest.question or notes.harvest.cycle) == subject
    assert f"{notes.title}, maandag 23 november" in client.get(answer["Location"]).text


WRONG_MEETINGS = [
    ({"meeting": "\u200b"}, "Vul in hoe de bijeenkomst heet."),
    ({"held_on": "0001-01-01"}, "Kies een datum tussen"),
    ({"held_on": "gisteren"}, "Kies een dag."),
    ({"about": "vraag-999"}, "Kies waar het over ging."),
    ({"about": "vraag-" + "9" * 5000}, "Kies waar het over ging."),
    ({"meeting": "x" * 2000}, "Maak je tekst korter"),
]


@pytest.mark.parametrize(("wrong", "words"), WRONG_MEETINGS, ids=range(len(WRONG_MEETINGS)))
def test_what_is_no_meeting_is_told_and_kept_in_the_form(client, anouk, wrong, words):
    answer = client.post(
        reverse("plan:begin_meeting"), {"meeting": "raad", "held_on": "2026-11-23", "about": "geen", **wrong}
    )
    assert answer.status_code == 422
    assert words in answer.text
    assert not Notes.objects.exists()


# Typing


def test_a_line_is_kept_and_its_place_stays(client, notes, roles):
    answer = send(client, notes, "4l minder papier x3")
    assert answer["Location"] == f"{at('evening', notes)}?tafel=4&rol={roles[1].pk}"
    send(client, notes, "meer tijd", tafel="4", rol=str(roles[1].pk), namens="telephone")
    assert told(notes) == [
        (1, 4, "leerkracht", "minder papier", 3, ""),
        (2, 4, "leerkracht", "meer tijd", 1, "telephone"),
    ]
    page = client.get(answer["Location"]).text
    assert "3 keer gezegd" in page and "per telefoon" in page
    assert re.search(r'name="tafel"[^>]*value="4"', page)
    assert f'<option value="{roles[1].pk}" selected>' in page


def test_a_line_that_comes_twice_is_there_once(client, notes):
    key = str(uuid.uuid4())
    for headers in (None, None, HTMX):
        send(client, notes, key=key, headers=headers)
    assert [line[3] for line in told(notes)] == ["minder papier"]


def test_what_waited_on_a_device_comes_in_its_order(client, notes):
    keys = [str(uuid.uuid4()) for _ in range(3)]
    data = {"key": keys, "regel": [" een", " twee x2", " 4l drie"], "tafel": ["1", "2", ""], "rol": ["", "", ""]}
    data |= {"namens": ["", "letter", ""], "lijkt": ["", "", ""], "na": "0"}
    answer = client.post(at("lines", notes), data, headers=HTMX)
    assert told(notes) == [
        (1, 1, None, "een", 1, ""),
        (2, 2, None, "twee", 2, "letter"),
        (3, None, None, "4l drie", 1, ""),
    ]
    assert f'data-kept="{" ".join(keys)}"' in answer.text
    assert 'data-version="1" data-numbers="1-3"' in answer.text
    assert answer.text.count('class="note-line"') == 3


def test_a_page_asks_what_came_after_it(client, notes, django_assert_num_queries):
    send(client, notes, "een")
    send(client, notes, "twee")
    joris = helpers.sorter("Joris")
    noting.sit_down(notes.pk, joris, None)
    for after, numbers in [(0, ["1", "2"]), (1, ["2"]), (2, [])]:
        with django_assert_num_queries(8):
            answer = client.get(at("lines", notes), {"na": after}, headers=HTMX)
        assert re.findall(r'<li class="note-line" id="regel-(\d+)"', answer.text) == numbers
        assert 'data-numbers="1-2"' in answer.text
        assert "Joris" in answer.text and "Anouk" not in answer.text
    noting.strike(notes.lines.get(number=1).pk)
    assert 'data-numbers="2-2"' in client.get(at("lines", notes), {"na": 2}, headers=HTMX).text


@pytest.mark.parametrize("rows", [1, 3, 60])
def test_the_page_takes_as_many_queries_for_one_line_as_for_sixty(client, notes, rows, django_assert_num_queries):
    cycle = factories.cycle()
    cycle.questions.add(notes.harvest.question)
    factories.sticker_round(groups=1 + rows % 3, ideas=2, cycle=cycle)
    lines = [noting.Line(uuid.uuid4(), f"regel {number}", 3, factories.role().pk) for number in range(rows)]
    noting.write(notes.pk, lines, helpers.sorter())
    with django_assert_num_queries(14):  # one of them the polls of the café, for hands on paper
        page = client.get(at("evening", notes)).text
    assert page.count('class="note-line"') == rows


def test_what_says_the_same_is_counted_up(client, notes):
    send(client, notes)
    key = str(uuid.uuid4())
    for _ in range(2):
        answer = send(client, notes, "weg met papier x2", key=key, lijkt="1", headers=HTMX)
        assert f'data-kept="{key}"' in answer.text
    assert [line[3:5] for line in told(notes)] == [("minder papier", 3)]


def test_a_long_line_becomes_several_and_loses_nothing(client, notes):
    raw, key = "Dit duurt te lang voor een kind. " * 40, str(uuid.uuid4())
    for _ in range(2):
        send(client, notes, raw, key=key)
    assert " ".join(line[3] for line in told(notes)) == raw.strip()
    assert Note.objects.filter(key=key, number=1).exists()


@pytest.mark.parametrize("headers", [None, HTMX])
def test_what_nobody_types_is_told_where_it_can_go(client, notes, headers):
    answer = send(client, notes, "x" * 6000, headers=headers)
    assert answer.status_code == 422
    assert "Plak veel regels" in answer.text
    assert headers or "x" * 6000 in answer.text
    assert not Note.objects.exists()


BAD = [
    {"regel": ""},
    {"regel": "\u200b \x00"},
    {"regel": "4l"},
    {
        "regel": "a\x00b\u202e",
        "tafel": "9" * 5000,
        "rol": "9" * 5000,
        "lijkt": "9" * 5000,
        "namens": "duif",
        "key": "\x00",
    },
    {"regel": "a", "tafel": "-1", "rol": "0", "lijkt": "2147483648", "na": "9" * 30, "foto": "9" * 30},
    {"regel": "a", "tafel": "٤", "rol": "x", "lijkt": "-", "foto": "\x00"},
    {"regel": "=1+1", "key": ""},
    {},
]


@pytest.mark.parametrize("data", BAD, ids=range(len(BAD)))
@pytest.mark.parametrize("headers", [None, HTMX])
def test_bad_input_breaks_nothing(client, notes, data, headers):
    answer = client.post(at("lines", notes), data, headers=headers)
    assert answer.status_code in (200, 302)
    assert all(line[1:3] == (None, None) and line[3] in ("a", "ab", "=1+1") for line in told(notes))
    for query in ({"foto": "x"}, {"foto": "9" * 40}, {"tafel": "x", "rol": "x"}, {"ronde": "'"}, {"bij": "-1"}):
        assert client.get(at("evening", notes), query).status_code == 200
    assert client.get(at("evening", notes), {"ronde": "\x00"}).status_code == 400


def test_who_is_logged_out_keeps_the_page_and_the_line(client, notes):
    client.logout()
    answer = send(client, notes, headers=HTMX)
    assert (answer.status_code, Note.objects.count()) == (401, 0)
    assert "Je bent niet meer ingelogd." in answer.text


def test_what_one_typed_is_not_kept_under_the_name_of_another(client, notes, anouk):
    answer = send(client, notes, headers=HTMX, wie=str(anouk.pk + 1))
    assert (answer.status_code, Note.objects.count()) == (200, 0)
    assert f'data-who="{anouk.pk}"' in answer.text and 'data-kept=""' in answer.text
    send(client, notes, headers=HTMX, wie=str(anouk.pk))
    assert notes.lines.get().by == anouk


# One line


def test_a_line_is_corrected_in_its_place(client, notes, roles):
    send(client, notes, "mider papier")
    note = notes.lines.get()
    form = client.get(at("correct", notes, 1), headers=HTMX).text
    assert 'value="mider papier"' in form and "<html" not in form
    data = {"text": "minder papier", "table": "4", "role": roles[0].pk, "times": "2", "on_behalf": "letter"}
    for _ in range(2):  # a second press is the same
        answer = client.post(at("correct", notes, 1), {**data, "gezien": note.version}, headers=HTMX)
        assert 'class="note-line"' in answer.text and "2 keer gezegd" in answer.text
    assert told(notes) == [(1, 4, "ouder", "minder papier", 2, "letter")]
    assert client.get(at("line", notes, 1), headers=HTMX).text.strip() == answer.text.strip()


def test_of_two_who_correct_the_second_sees_both(client, notes):
    send(client, notes)
    note = notes.lines.get()
    noting.correct(note.pk, note.version, text="geen papier")
    data = {"text": "meer papier", "times": "1", "gezien": note.version}
    answer = client.post(at("correct", notes, 1), data, headers=HTMX)
    assert answer.status_code == 409
    assert "Nu staat er: «geen papier»" in answer.text and 'value="meer papier"' in answer.text
    seen = re.search(r'name="gezien" value="(\d+)"', answer.text)[1]
    answer = client.post(at("correct", notes, 1), {**data, "gezien": seen})
    assert answer["Location"] == f"{at('evening', notes)}#regel-1"
    assert told(notes)[0][3] == "meer papier"


WRONG_LINES = [
    ({"text": ""}, "Schrijf op wat er is gezegd."),
    ({"text": "x" * 501}, "Maak je tekst korter: nu 501 tekens, er passen er 500."),
    ({"table": "100"}, "Vul 1 tot en met 99 in."),
    ({"times": "0"}, "Vul 1 tot en met 999 in."),
    ({"times": "9" * 5000}, "Vul 1 tot en met 999 in."),
    ({"table": "9" * 5000}, "Vul 1 tot en met 99 in."),
]


@pytest.mark.parametrize(("wrong", "words"), WRONG_LINES, ids=range(len(WRONG_LINES)))
def test_what_a_line_may_not_become_is_told_beside_its_field(client, notes, wrong, words):
    send(client, notes)
    data = {"text": "anders", "times": "1", "gezien": "1", **wrong}
    answer = client.post(at("correct", notes, 1), data, headers=HTMX)
    assert (answer.status_code, told(notes)[0][3]) == (422, "minder papier")
    assert words in answer.text


def test_a_line_is_struck_after_asking(client, notes):
    send(client, notes)
    assert "Je kunt dit niet terugdraaien." in client.get(at("strike", notes, 1)).text
    assert notes.lines.count() == 1
    note = notes.lines.get()
    noting.correct(note.pk, 1, text="anders")
    assert client.post(at("strike", notes, 1), {"gezien": 1}).status_code == 409
    for headers, status in [(None, 302), (HTMX, 200)]:
        answer = client.post(at("strike", notes, 1), {"gezien": 2}, headers=headers)
        assert (answer.status_code, notes.lines.count()) == (status, 0)
    assert client.get(at("correct", notes, 1)).status_code == 404


# Many lines


LIST = "Tafel 3\n- minder papier\n- l: meer tijd x2\n\n4o wachten"


def pasted(client, notes, text=LIST, **fields) -> tuple:
    """The preview, and what its form sends."""
    seed = str(uuid.uuid4())
    answer = client.post(at("paste", notes), {"text": text, "seed": seed, **fields})
    mark = re.search(r'name="woorden" value="(\w*)"', answer.text)[1]
    return answer, {"text": text, "seed": seed, "woorden": mark, "zet": "1", **fields}


def test_a_list_is_shown_before_it_is_kept(client, notes):
    answer, data = pasted(client, notes)
    assert "3 regels. Er is nog niets bewaard." in answer.text
    assert "2 keer gezegd" in answer.text
    assert not Note.objects.exists()
    for _ in range(2):
        answer = client.post(at("paste", notes), data)
    assert answer["Location"].startswith(f"{at('evening', notes)}?bij=")
    assert told(notes) == [
        (1, 3, None, "minder papier", 1, ""),
        (2, 3, "leerkracht", "meer tijd", 2, ""),
        (3, 4, "ouder", "wachten", 1, ""),
    ]


def test_what_was_changed_after_the_preview_is_shown_again(client, notes):
    _, data = pasted(client, notes)
    answer = client.post(at("paste", notes), {**data, "text": "iets anders"})
    assert "1 regel. Er is nog niets bewaard." in answer.text
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    ("doubles", "after"), [("erbij", [2, 1, 1]), ("tel", [3, 1]), ("sla", [2, 1]), ("", [2, 1, 1])]
)
def test_what_is_there_already_goes_as_was_chosen(client, notes, doubles, after):
    send(client, notes, "Minder papier! x2")
    answer, data = pasted(client, notes, "minder papier\nmeer tijd")
    assert "1 regel staat er al" in answer.text and "staat er al: regel 1" in answer.text
    for _ in range(2):
        client.post(at("paste", notes), {**data, "doubles": doubles})
    assert [line[4] for line in told(notes)] == after


def test_a_list_that_is_all_there_is_skipped_unless_one_says_so(client, notes):
    _, data = pasted(client, notes)
    client.post(at("paste", notes), data)
    answer, _ = pasted(client, notes)
    assert re.search(r'value="sla" checked', answer.text)


WRONG_LISTS = [
    ("", "Plak of typ hier de regels."),
    ("4l\nTafel 3", "Er staat niets in"),
    ("a\n" * 2001, "meer dan 2000 regels"),
]


@pytest.mark.parametrize(("text", "words"), WRONG_LISTS)
def test_what_is_no_list_is_told(client, notes, text, words):
    answer = client.post(at("paste", notes), {"text": text, "seed": str(uuid.uuid4()), "zet": "1"})
    assert answer.status_code == 422
    assert words in answer.text
    assert not Note.objects.exists()


def test_two_megabytes_are_refused_with_a_sentence(client, notes):
    answer = client.post(at("paste", notes), {"text": "woord " * 350_000, "seed": str(uuid.uuid4())})
    assert answer.status_code == 422
    assert "er passen er 400.000" in answer.text


def upload(client, notes, content: bytes, name="lijst.csv"):
    return client.post(at("file", notes), {"file": SimpleUploadedFile(name, content)})


def hidden(page: str, name: str) -> str:
    return html.unescape(re.search(rf'name="{name}"[^>]* value="([^"]*)"', page)[1])


def test_a_file_goes_by_its_columns_to_the_preview(client, notes):
    answer = upload(client, notes, b"rol;tafel;opmerking;aantal\nouders;3;minder papier;4\nopa;4;<b>tijd</b>;")
    assert "In welke kolom staat wat?" in answer.text
    columns = {
        name: re.search(rf'name="{name}".*?value="(-?\d+)" selected', answer.text, re.DOTALL)[1]
        for name in ("words", "table", "role", "times")
    }
    assert columns == {"words": "2", "table": "1", "role": "0", "times": "3"}
    answer = client.post(at("file", notes), {**columns, "heading": "on", "rows": hidden(answer.text, "rows")})
    assert "2 regels. Er is nog niets bewaard." in answer.text
    assert "kennen we niet: opa" in answer.text
    assert not Note.objects.exists()
    text = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", answer.text, re.DOTALL)[1]
    data = {
        "text": html.unescape(text),
        "seed": hidden(answer.text, "seed"),
        "zet": "1",
        "woorden": hidden(answer.text, "woorden"),
    }
    client.post(at("paste", notes), data)
    assert told(notes) == [(1, 3, "ouder", "minder papier", 4, ""), (2, 4, None, "(opa) <b>tijd</b>", 1, "")]


def test_a_file_of_one_column_goes_to_the_preview_at_once(client, notes):
    answer = upload(client, notes, b"tafel 3\nminder papier\nmeer tijd", "lijst.txt")
    assert "2 regels. Er is nog niets bewaard." in answer.text


def test_what_is_no_file_is_told_and_nothing_is_kept(client, notes):
    assert "Kies een bestand." in client.post(at("file", notes), {}).text
    for content, words in [
        (b"", "staan geen regels"),
        (b"%PDF-1.7", "kunnen we niet lezen"),
        (b"PK\x03\x04", "beschadigd"),
    ]:
        answer = upload(client, notes, content)
        assert answer.status_code == 422
        assert words in answer.text
    for rows in ("", "[", "{}", '["a"]', "[[1]]", "[" * 5000, "[[" + '"x",' * 50 + '"x"]]'):
        for words in ("0", "99", "x"):
            answer = client.post(
                at("file", notes), {"rows": rows, "words": words, "table": "-1", "role": "-1", "times": "-1"}
            )
            assert answer.status_code in (200, 422)
    assert not Note.objects.exists()


# Stickers on paper


@pytest.fixture
def round(notes):
    cycle = factories.cycle()
    cycle.cafes.add(notes.cafe)
    return factories.sticker_round(groups=1, ideas=2, cycle=cycle, present=27)


def test_numbers_are_kept_as_they_are_typed(client, notes, round):
    idea, _ = round.ideas.order_by("pk")
    page = client.get(at("evening", notes)).text
    assert "0 van 2 ideeën geteld. Er waren 27 mensen in de zaal." in page
    name = f"idee-{idea.pk}-green"
    for _ in range(2):
        answer = client.post(at("paper", notes), {name: "14", f"was-{name}": "", "ronde": round.slug}, headers=HTMX)
        assert (answer.status_code, PaperCount.objects.get().green) == (200, 14)
    every = {f"idee-{idea.pk}-{css}": "2" for css in ("green", "blue", "red")}
    was = {f"was-{each}": "" for each in every} | {f"was-{name}": "14"}
    answer = client.post(at("paper", notes), {**every, **was, "ronde": round.slug})
    assert answer["Location"] == f"{at('evening', notes)}?ronde={round.slug}#stickers"
    assert "1 van 2 ideeën geteld." in client.get(at("evening", notes)).text


def test_of_two_who_count_the_second_is_told(client, notes, round):
    idea, name = round.ideas.first(), f"idee-{round.ideas.first().pk}-red"
    PaperCount.objects.create(idea=idea, red=3, by=helpers.sorter("Joris"))
    for headers in (HTMX, None):
        answer = client.post(at("paper", notes), {name: "2", f"was-{name}": ""}, headers=headers)
        assert answer.status_code == 409
        assert "Joris veranderde rood net. Daar staat nu 3." in answer.text
    assert PaperCount.objects.get().red == 3


def test_without_javascript_what_was_not_kept_stands_in_its_own_round_still(client, notes, round):
    factories.sticker_round(groups=1, ideas=1, cycle=round.cycle, starts_at=notes.cafe.starts_at)  # is shown unasked
    pk = round.ideas.first().pk
    PaperCount.objects.create(idea_id=pk, red=3, by=helpers.sorter("Joris"))
    typed = {f"idee-{pk}-red": "2", f"idee-{pk}-blue": "drie", f"idee-{pk}-green": "7"}
    was = {f"was-{name}": "" for name in typed}
    answer = client.post(at("paper", notes), {**typed, **was, "ronde": round.slug})
    assert answer.status_code == 409
    for name, value in [("red", "2"), ("blue", "drie")]:
        assert f'name="idee-{pk}-{name}" value="{value}" aria-invalid="true"' in answer.text
    assert f'name="idee-{pk}-green" value="7" inputmode' in answer.text and PaperCount.objects.get().green == 7


@pytest.mark.parametrize("wrong", ["-1", "1000", "3,5", "٣", "\x00", "9" * 5000, "drie"])
def test_what_is_no_number_is_told(client, notes, round, wrong):
    name = f"idee-{round.ideas.first().pk}-blue"
    answer = client.post(at("paper", notes), {name: wrong, f"was-{name}": ""}, headers=HTMX)
    assert answer.status_code == 409
    assert "Vul een getal in van 0 tot en met 999" in answer.text
    assert not PaperCount.objects.exists()


def test_ideas_of_another_round_are_not_counted_here(client, notes, round):
    other = factories.sticker_round(groups=1, ideas=1).ideas.get()
    for pk in (other.pk, 10**17):
        answer = client.post(at("paper", notes), {f"idee-{pk}-green": "1", f"was-idee-{pk}-green": ""}, headers=HTMX)
        assert answer.status_code == 409
    assert not PaperCount.objects.exists()


# Hands on paper


def asked(notes, **fields) -> Poll:
    """The poll of its café, which is over; its room saw nothing."""
    if not fields.pop("goes_on", False):
        notes.cafe.starts_at = notes.cafe.ends_at = timezone.now() - timedelta(hours=1)
        notes.cafe.starts_at -= timedelta(hours=2)
        notes.cafe.save(update_fields=["starts_at", "ends_at"])
    fields = {"closes_at": timezone.now(), **fields}
    return factories.poll(is_of_room=True, room_cafe=notes.cafe, on_landing_page=False, **fields)


def test_hands_are_kept_as_they_are_typed(client, notes):
    poll = asked(notes)
    yes, no, _ = poll.choices.all()
    page = client.get(at("evening", notes)).text
    assert poll.question in page and "0 van 3 antwoorden geteld." in page and "De zaal zag geen uitslag" in page
    name = f"keuze-{yes.pk}"
    for _ in range(2):
        answer = client.post(at("hands", notes), {name: "14", f"was-{name}": ""}, headers=HTMX)
        assert (answer.status_code, HandsOnPaper.objects.get().people) == (200, 14)
    every = {name: "12", f"was-{name}": "14", f"keuze-{no.pk}": "3", f"was-keuze-{no.pk}": ""}
    assert client.post(at("hands", notes), every)["Location"] == f"{at('evening', notes)}#handen"
    assert sorted(HandsOnPaper.objects.values_list("people", flat=True)) == [3, 12]
    assert "2 van 3 antwoorden geteld." in client.get(at("evening", notes)).text


def test_of_two_who_count_hands_the_second_is_told_and_keeps_what_was_typed(client, notes):
    choice = asked(notes).choices.first()
    HandsOnPaper.objects.create(choice=choice, people=3, by=helpers.sorter("Joris"))
    name = f"keuze-{choice.pk}"
    for headers in (HTMX, None):
        answer = client.post(at("hands", notes), {name: "2", f"was-{name}": ""}, headers=headers)
        assert answer.status_code == 409
        assert "Joris veranderde het net. Daar staat nu 3." in answer.text
    assert f'name="{name}" value="2" aria-invalid="true"' in answer.text
    assert f'name="was-{name}" value="3"' in answer.text
    assert HandsOnPaper.objects.get().people == 3


@pytest.mark.parametrize("wrong", ["-1", "1000", "3,5", "٣", "\x00", "9" * 5000, "drie"])
def test_what_is_no_number_of_hands_is_told(client, notes, wrong):
    name = f"keuze-{asked(notes).choices.first().pk}"
    answer = client.post(at("hands", notes), {name: wrong, f"was-{name}": ""}, headers=HTMX)
    assert answer.status_code == 409
    assert "Vul een getal in van 0 tot en met 999" in answer.text
    assert not HandsOnPaper.objects.exists()


def test_choices_of_another_poll_are_not_counted_here(client, notes):
    asked(notes)
    of_the_site = factories.poll(slug="site").choices.first()
    elsewhere = factories.poll(
        slug="elders", on_landing_page=False, is_of_room=True, room_cafe=factories.cafe(slug="elders")
    ).choices.first()
    for pk in (of_the_site.pk, elsewhere.pk, 10**17):
        answer = client.post(at("hands", notes), {f"keuze-{pk}": "1", f"was-keuze-{pk}": ""}, headers=HTMX)
        assert answer.status_code == 409
    assert not HandsOnPaper.objects.exists()


def test_nothing_is_typed_before_the_room_may_see_it(client, notes):
    poll = asked(notes, goes_on=True)
    name = f"keuze-{poll.choices.first().pk}"
    page = client.get(at("evening", notes)).text
    assert "zodra de zaal de uitslag zag" in page and f'name="{name}"' not in page
    answer = client.post(at("hands", notes), {name: "4", f"was-{name}": ""}, headers=HTMX)
    assert answer.status_code == 409 and "De zaal zag de uitslag nog niet" in answer.text
    assert not HandsOnPaper.objects.exists()
    Poll.objects.filter(pk=poll.pk).update(room_result={str(poll.choices.first().pk): 8})
    assert client.post(at("hands", notes), {name: "4", f"was-{name}": ""}, headers=HTMX).status_code == 200
    page = client.get(at("evening", notes)).text
    assert "<td>8</td>" in page and "niet op een telefoon telden" in page


def test_nothing_is_typed_while_a_café_that_runs_late_still_asks_it(client, notes):
    poll = asked(notes, closes_at=timezone.now() + timedelta(minutes=20))
    name = f"keuze-{poll.choices.first().pk}"
    answer = client.post(at("hands", notes), {name: "4", f"was-{name}": ""}, headers=HTMX)
    assert answer.status_code == 409 and not HandsOnPaper.objects.exists()


def test_a_café_without_a_poll_and_a_meeting(client, notes, anouk):
    assert "Bij dit café hoort geen peiling." in client.get(at("evening", notes)).text
    meeting = noting.open_meeting(notes.harvest_id, "Ouderraad", timezone.localdate(), anouk)
    assert "Handen op papier" not in client.get(at("evening", meeting)).text


def test_who_may_not_sort_types_no_hands(client, notes):
    name = f"keuze-{asked(notes).choices.first().pk}"
    client.force_login(factories.user(is_staff=True, email="ander@example.com"))
    assert client.post(at("hands", notes), {name: "4", f"was-{name}": ""}).status_code == 403
    assert not HandsOnPaper.objects.exists()


# Photos


def photo(name="flap.png"):
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(file, "PNG")
    return SimpleUploadedFile(name, file.getvalue(), content_type="image/png")


def test_photos_are_added_turned_and_taken_away(client, notes, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    wrong = SimpleUploadedFile("brief.pdf", b"%PDF")
    answer = client.post(at("photos", notes), {"picture": [photo(), wrong, photo("b.png")]})
    assert answer.status_code == 422
    assert "brief.pdf: Dit bestand is geen foto die we kennen." in answer.text
    assert notes.photos.count() == 2
    first = notes.photos.first()
    answer = client.post(at("turn_photo", notes, first.pk), {"plaats": "1"})
    assert answer["Location"] == f"{at('evening', notes)}?foto=1"
    page = client.get(answer["Location"]).text
    assert "Foto 1 van 2" in page and "turn-90" in page
    assert "Deze foto weghalen?" in client.get(at("take_photo_away", notes, first.pk)).text
    for _ in range(2):
        client.post(at("take_photo_away", notes, first.pk))
    assert notes.photos.count() == 1
    assert "Kies een foto." in client.post(at("photos", notes), {}).text


def test_what_belongs_to_another_evening_is_not_here(client, notes, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.post(at("photos", notes), {"picture": photo(), "naar": "typen"})
    other = noting.open_cafe(factories.cafe().pk, helpers.sorter())
    for name in ("turn_photo", "take_photo_away"):
        pk = notes.photos.get().pk
        assert client.post(at(name, other, pk)).status_code in (302, 404)
        assert notes.photos.get().turn == 0
    send(client, notes)
    for name in ("line", "correct", "strike"):
        assert client.get(at(name, other, 1)).status_code == 404


def test_the_others_read_from_which_photo_one_types(client, notes, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.post(at("photos", notes), {"picture": photo()})
    pk = notes.photos.get().pk
    assert client.post(at("sit_down", notes), {"foto": pk}).status_code == 204
    joris = helpers.sorter("Joris")
    joris.let_sort(True)
    client.force_login(joris)
    page = client.get(at("evening", notes)).text
    assert "Anouk" in page and f'<span data-photo="{pk}">' in page


def test_who_did_nothing_for_a_while_types_no_more(client, notes):
    noting.sit_down(notes.pk, helpers.sorter("Joris"), None)
    for minutes, there in [(1, True), (3, False)]:
        notes.typists.update(at=factories.timezone.now() - timedelta(minutes=minutes))
        assert ("Joris" in client.get(at("evening", notes)).text) is there


# Doors


def test_no_page_of_it_opens_without_the_right(client, notes):
    client.force_login(helpers.sorter("Joris"))
    own = next(each for each in get_resolver("plan.urls").url_patterns if "aantekeningen" in str(each.pattern))
    paths = [reverse(f"plan:{each.name}", args=[1] * len(each.pattern.converters)) for each in own.url_patterns]
    assert len(paths) > 10
    for path in paths:
        for ask in (client.get, client.post):
            assert ask(path).status_code in (403, 405)
    client.logout()
    for path in paths:
        for ask in (client.get, client.post):
            answer = ask(path)
            assert answer.status_code == 405 or answer["Location"].startswith("/beheer/login/?next=")


def test_the_cafe_leads_to_its_notes(client, notes):
    client.force_login(factories.coordinator())
    page = client.get(reverse("admin:events_cafe_change", args=[notes.cafe_id])).text
    assert reverse("plan:begin_cafe", args=[notes.cafe_id]) in page
