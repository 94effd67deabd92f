"""What stands in the workbook and in the Word document."""

import uuid
import zipfile
from datetime import date
from io import BytesIO

import pytest
from django.utils import timezone
from lxml import etree

from plan.actions import laying, noting, writing
from plan.exports import document
from plan.exports.voices import SMALL, live
from plan.exports.word import W
from plan.models import Choice, Does, Export, Harvest, PlanStep, Source, Stack
from polls.models import Colour, PaperCount
from posts.models import PostTheme, Theme, Thumb
from posts.models.holds import A_PUPIL, SOMEBODY
from tests.helpers import factories
from tests.helpers.clock import at
from tests.plan import helpers
from tests.plan.export_helpers import book, column, content, made, paragraphs, words
from tests.plan.helpers import seen
from werkplaats import fields
from werkplaats.people.models import Role, Werkgebied
from werkplaats.words import day

pytestmark = pytest.mark.django_db
HOSTILE = [
    '=HYPERLINK("https://kwaad.example","klik")',
    "+31612345678",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "https://gewoon.example/pad",
    "een\x01twee\x0bdrie\ufffe_x0041_",
    "שלום \u202eachterstevoren\u202c",
    "👩‍👩‍👧 " + "x" * 3990,
    "<w:t>&amp;</w:t> ]]>",
    "{=1+1}",
    "12345678901234567890",
]


def footnotes(**options) -> list[str]:
    """The texts of the footnotes, by the order in which the body refers to them."""
    with zipfile.ZipFile(BytesIO(content(made("docx", **options)))) as parts:
        body, notes = (etree.fromstring(parts.read(f"word/{name}.xml")) for name in ("document", "footnotes"))
    found = {note.get(f"{W}id"): "".join(note.itertext()).strip() for note in notes}
    return [found[each.get(f"{W}id")] for each in body.iter(f"{W}footnoteReference")]


def headings(**options) -> list[str]:
    return [each.text for each in paragraphs(**options) if each.style.name.startswith("Heading")]


# The workbook


def test_each_voice_is_in_it_once_with_where_it_lies(desk):
    first, second, third = desk.voices
    desk.lay(first, second)
    desk.lay(first, on=desk.lines, also=True)
    laying.settle(desk.harvest.pk, seen(third), desk.anouk, choice="answer", words="dat doen we al")
    answer = factories.post(parent=first.post, text="Antwoord")
    found = book()
    rows = found["Stemmen"]
    assert column(rows, "Stem") == [str(voice.pk) for voice in [*desk.voices, answer.fragment]]
    assert column(rows, "Soort") == ["bijdrage"] * 3 + ["antwoord"]
    assert column(rows, "Antwoord op") == ["", "", "", str(first.pk)]
    assert column(rows, "Stapels") == ["Wachten, Korte lijnen", "Wachten", "", ""]
    assert column(rows, "Bestemmingen") == ["2", "1", "1", "0"]
    assert found["Over dit bestand"][4] == ["daarvan zonder bestemming", "1"]
    assert sorted((row[1], row[2], row[4]) for row in found["Bestemmingen"][1:]) == [
        (str(first.pk), "Korte lijnen", ""),
        (str(first.pk), "Wachten", ""),
        (str(second.pk), "Wachten", ""),
        (str(third.pk), "los afgehandeld", "antwoord: dat doen we al"),
    ]


def test_stacks_with_what_was_heard_and_how_often(desk):
    note = helpers.note(desk.harvest, "Te lang wachten.", times=3)
    desk.lay(desk.voices[0], note.fragment)
    decided = {"choice": Choice.NOT, "words": "het geld is op", "decided_by": "OPR", "decided_on": "2026-11-02"}
    Stack.objects.filter(pk=desk.wait.pk).update(heard="Het duurt te lang.", **decided)
    sentence = writing.add_sentence(writing.add_chapter("Basis").pk, "Binnen een week hulp.", desk.anouk)
    writing.link(sentence.pk, desk.anouk, stack_id=desk.wait.pk)
    found = book()
    wait, lines = found["Stapels"][1:]
    assert wait[1:8] == ["Q", "Wachten", "2", "4", "Het duurt te lang.", "doen we niet, want het geld is op", "OPR"]
    assert wait[9] == "1.1" and lines[3:5] == ["0", "0"]
    assert found["Zinnen van het plan"][1][:6] == [
        "1. Basis",
        "1.1",
        "Binnen een week hulp.",
        "uit wat er is gezegd",
        "1",
        "[1]",
    ]
    assert found["Bronnen"][1] == ["1", "Wachten", "", "1.1", ""]
    assert found["Aantekeningen"][1][5:7] == ["Te lang wachten.", "3"]


def test_notes_of_a_cafe_are_of_its_day_here_also_after_midnight(desk):
    cafe = factories.cafe(starts_at=at("2026-11-12 00:30"))
    notes = noting.open_cafe(cafe.pk, desk.anouk)
    noting.write(notes.pk, [noting.Line(uuid.uuid4(), "Minder papier.")], desk.anouk)
    assert column(book()["Aantekeningen"], "Gehouden op") == [str((date(2026, 11, 12) - date(1899, 12, 30)).days)]


def test_polls_and_stickers_as_they_stand():
    poll = factories.poll()
    for choice in poll.choices.all()[:2]:
        factories.vote(poll, factories.visitor(), choice)
    cycle = factories.cycle()
    idea = factories.idea(factories.sticker_round(groups=1, ideas=0, cycle=cycle).groups.get(), text="Kennis reist")
    for colour in (1, 1, 3):
        factories.sticker(idea, colour)
    PaperCount.objects.put(idea.pk, Colour.BLUE, 7, None, helpers.sorter())
    found = book()
    assert [row[1:] for row in found["Peilingen"][1:]] == [
        ["ja", "1", "1", ""],
        ["nee", "1", "1", ""],
        ["nog niet", "0", "0", ""],
    ]
    assert found["Stickers"][1][1:] == ["Kennis reist", "2", "0", "1", "", "7", "", ""]
    rows = found["Stemmen"]
    idea_row = column(rows, "Soort").index("idee")
    assert [column(rows, name)[idea_row] for name in ("Groen", "Blauw", "Rood", "Omhoog")] == ["2", "0", "1", ""]
    of_cycle = book(Harvest.objects.get(cycle=cycle))
    assert column(of_cycle["Stemmen"], "Soort") == ["idee"] and len(of_cycle["Peilingen"]) == 1


def test_themes_and_thumbs_stand_with_a_contribution():
    post = factories.post()
    for name in ("Samen", "Anders"):
        PostTheme.objects.create(post=post, theme=Theme.objects.create(name=name))
    Thumb.objects.create(post=post, visitor=factories.visitor(), value=1)
    rows = book()["Stemmen"]
    assert [column(rows, name) for name in ("Thema's", "Omhoog", "Omlaag")] == [["Anders, Samen"], ["1"], ["0"]]
    assert "1 duimpje omhoog" in words()


@pytest.mark.parametrize("names", [False, True])
def test_names_by_choice_and_addresses_never(names):
    factories.post(name="Fatima Ali", email="fatima@example.org", meeting="Team 5 tot 8", meeting_size=12)
    factories.wensbeeld(name="Joost Bakker")
    for kind in ("xlsx", "docx"):
        with zipfile.ZipFile(BytesIO(content(made(kind, names=names)))) as file:
            text = b" ".join(file.read(name) for name in file.namelist()).decode()
        assert ("Fatima Ali" in text, "Joost Bakker" in text) == (names, names)
        assert "Team 5 tot 8" in text
        assert "fatima@" not in text
    assert column(book(names=names)["Stemmen"], "Aantal mensen")[0] == "12"


def test_small_numbers_do_not_name_the_werkgebied_nor_do_two_files_together():
    area, question = Werkgebied.objects.create(name="Duinstreek"), factories.question()
    for _ in range(SMALL - 1):
        last = factories.post(question, werkgebied=area)
    factories.post(question, werkgebied=area, role=factories.role("directeur"))
    elsewhere = factories.post(factories.question(current=False), werkgebied=area)  # the fifth, of another question
    for harvest in (None, last.fragment.harvest, elsewhere.fragment.harvest):
        assert "Duinstreek" not in str(book(harvest))
        assert "· Duinstreek" not in words(harvest)  # from where almost nobody was heard, it does say
    factories.post(question, werkgebied=area)
    found = book()
    assert column(found["Stemmen"], "Werkgebied").count("Duinstreek") == SMALL
    assert [row[1:] for row in found["Deelname"][1:]] == [
        ["directeur", "", "1", "minder dan 5"],
        ["ouder", "", "5", "5"],
        ["ouder", "Duinstreek", "5", ""],
        ["ouder", "", "1", "minder dan 5"],
    ]
    last.remove(None, "kwetsend")
    assert "Duinstreek" not in str(book())


def test_a_werkgebied_is_told_from_five_people_on_however_much_one_of_them_wrote():
    area, question = Werkgebied.objects.create(name="Duinstreek"), factories.question()
    karel = factories.visitor()
    for _ in range(SMALL):
        factories.post(question, visitor=karel, name="Karel", werkgebied=area)
    for names in (False, True):
        assert "Duinstreek" not in str(book(names=names)) and "· Duinstreek" not in words(names=names)
    for _ in range(SMALL - 1):
        factories.post(question, werkgebied=area)
    assert ["ouder", "Duinstreek", "9", ""] in [row[1:] for row in book()["Deelname"]]


def test_a_pair_that_comes_while_a_file_is_made_is_not_told_in_it():
    area, first = Werkgebied.objects.create(name="Duinstreek"), factories.post()
    said = document.Made(Export.objects.ask("docx", helpers.sorter()))
    factories.post(first.question, name="Karel", werkgebied=area, role=factories.role("directeur"))
    assert [(voice.role, voice.werkgebied) for voice in said.read(live().order_by("pk"))][1:] == [("directeur", "")]


@pytest.mark.parametrize("nameless", [SOMEBODY, A_PUPIL])
def test_the_place_of_who_left_out_their_name_is_neither_told_nor_counted(nameless):
    area, question = Werkgebied.objects.create(name="Duinstreek"), factories.question()
    for name in ("Fatima", *[nameless] * 4):
        factories.post(question, werkgebied=area, name=name)
    assert "Duinstreek" not in str(book())  # it would tell of four more like her
    for _ in range(4):
        factories.post(question, werkgebied=area)
    assert column(book()["Stemmen"], "Werkgebied").count("Duinstreek") == 5


def test_only_what_may_be_read_now():
    question = factories.question()
    factories.post(question, text="aangehouden zinnetjes").hold("reported")
    below = factories.post(question, text="weggehaalde zinnetjes", name="Weggehaalde naam")
    below.remove(None, "kwetsend")
    factories.post(parent=below, text="een antwoord dat blijft")
    waiting = factories.post(question, text="wachtende zinnetjes", published=False)
    factories.post(parent=waiting, text="antwoord op iets dat wacht")
    factories.wensbeeld(text="wachtende zinnetjes", published=False)
    for text in (str(book(names=True)), words(names=True)):
        assert "een antwoord dat blijft" in text
        assert [each for each in ("zinnetjes", "Weggehaalde", "iets dat wacht") if each in text] == []
    assert column(book()["Stemmen"], "Antwoord op") == [""]


def test_hostile_texts_are_text():
    question = factories.question(text="=1+1", title="=1+1")
    for text in HOSTILE:
        factories.post(question, text=text, name=text[:60], meeting=text[:100], meeting_size=5)
    harvest = Harvest.objects.get()
    by = helpers.sorter()
    stack = helpers.stack(harvest, "=1+1")
    Stack.objects.filter(pk=stack.pk).update(heard="\x02=2+2\x0c")
    voices = list(harvest.fragments.order_by("pk"))
    laying.lay(harvest.pk, stack.pk, seen(*voices), by)
    for voice in voices:
        card = helpers.card(voice, stack)
        card.__class__.objects.filter(pk=card.pk).update(is_quote=True)
    sentence = writing.add_sentence(writing.add_chapter("<w:p/>").pk, "=3+3\x0b", by)
    writing.link(sentence.pk, by, stack_id=stack.pk)
    writing.link(sentence.pk, by, fragment_id=voices[-1].pk)
    rows = book(names=True)["Stemmen"]  # it fails on a formula or a link
    expected = [fields.printable(text) for text in HOSTILE]
    # What a spreadsheet would read as a character is written so that it stays these letters.
    assert [text.replace("_x005F_", "_") for text in column(rows, "Wat er is gezegd")] == expected
    text = words(names=True)
    for each in expected:
        assert each in text
    assert "<w:p/>" in text and "=3+3" in text
    assert footnotes() == ["Bron 1. Stapel =1+1: =2+2", f"Bron 2. {HOSTILE[-1]} (ouder · namens {HOSTILE[-1]})"]


def test_a_text_that_no_cell_holds_is_cut_and_not_left_out(monkeypatch):
    monkeypatch.setattr("werkplaats.spreadsheets.LONGEST", 12)
    factories.post(text="Een heel lange bijdrage.")
    assert column(book()["Stemmen"], "Wat er is gezegd") == ["Een heel lan"]


# The document


def test_the_plan_with_its_sources_as_footnotes(desk):
    desk.lay(desk.voices[0])
    Stack.objects.filter(pk=desk.wait.pk).update(heard="Het duurt te lang.")
    basis, law = writing.add_chapter("Basis"), writing.add_chapter("Wat de wet vraagt")
    helped = writing.add_sentence(basis.pk, "Binnen een week hulp.", desk.anouk)
    writing.add_sentence(basis.pk, "Nog te onderbouwen.", desk.anouk)
    gone = writing.add_sentence(basis.pk, "Vervallen zin.", desk.anouk)
    writing.withdraw(gone.pk)
    writing.add_sentence(law.pk, "We voeren overleg.", desk.anouk, origin="law")
    for source in ({"stack_id": desk.wait.pk}, {"fragment_id": desk.voices[1].pk}, {"fragment_id": desk.voices[2].pk}):
        writing.link(helped.pk, desk.anouk, **source)
    desk.voices[2].post.erase(None)
    lines = words().split("\n")
    assert headings()[:3] == ["Het plan tot nu toe", "1. Basis", "2. Wat de wet vraagt"]
    assert lines[lines.index("1. Basis") + 1 :][:3] == [
        "1.1 Binnen een week hulp.",
        "1.2 Nog te onderbouwen.",
        "(Nog zonder bron.)",
    ]
    assert "(De wet schrijft dit voor.)" in lines and "Vervallen zin." not in str(lines)
    assert footnotes() == [
        "Bron 1. Stapel Wachten: Het duurt te lang.",
        f"Bron 2. {desk.voices[1].post.text} (ouder)",
        "Bron 3. Deze stem is gewist.",
    ]
    writing.unlink(helped.pk, Source.objects.get(number=2).pk)
    assert len(footnotes()) == 2


def test_the_steps_of_the_plan_say_what_is_done_what_is_planned_and_by_whom():
    PlanStep.objects.create(name="concept", body="de schrijfgroep", reached_at=timezone.now())
    PlanStep.objects.create(name="instemming", short="OPR", body="de OPR", does=Does.AGREE, position=1)
    found = words()
    assert f"concept, nu: sinds {day(timezone.localdate())}. Door wie: de schrijfgroep." in found
    assert "instemming (OPR), komt nog. Door wie: de OPR." in found
    assert "Reageren is geen instemmen. Instemmen doet de OPR." in found


def test_a_document_of_one_harvest_has_the_sentences_that_lean_on_it(desk):
    other = helpers.voice(factories.question(current=False, text="Een andere vraag?"), text="Elders gezegd")
    chapter = writing.add_chapter("Basis").pk
    for text, voice in (("Van hier.", desk.voices[0]), ("Van elders.", other)):
        sentence = writing.add_sentence(chapter, text, desk.anouk)
        writing.link(sentence.pk, desk.anouk, fragment_id=voice.pk)
    text = words(harvest=desk.harvest)
    assert "Van hier." in text and "Van elders." not in text and "Elders gezegd" not in text


def test_what_was_heard_with_its_choice_and_quotes(desk):
    voice, changed = desk.voices[:2]
    desk.lay(voice, changed, quotes={voice.pk: (0, 5), changed.pk: (0, 5)})
    laying.settle(desk.harvest.pk, seen(desk.voices[2]), desk.anouk, choice="good")
    choice = {"choice": Choice.TAKEN_UP, "words": "het OPR"}
    Stack.objects.filter(pk=desk.wait.pk).update(heard="Het duurt te lang.", **choice)
    changed.post.edit(text="Andere woorden")
    found = paragraphs()
    lines = [each.text for each in found]
    place = lines.index("Wachten")
    assert lines[place + 1 : place + 3] == ["Het duurt te lang.", "Al opgepakt door het OPR"]
    # The marked part of words that were changed since is a quote no more.
    assert [each.text for each in found if each.style.name == "Quote"] == [f"«{voice.post.text[:5]}»"]
    assert "Dit gaat goed, dit houden we" in lines and "Los afgehandeld" in lines


def test_it_ends_at_the_most_voices_and_says_so(monkeypatch, desk):
    monkeypatch.setattr(document, "MOST_VOICES", 2)
    desk.lay(desk.voices[0])
    said = [each.text for each in paragraphs() if each.style.name == "Stem"]
    assert said == [voice.post.text for voice in desk.voices[:2]]
    assert "Hier staan de eerste 2 van de 3 stemmen." in words()
    monkeypatch.setattr(document, "MOST_VOICES", 3)
    assert "Hier staan de eerste" not in words()


def test_what_the_roles_think_as_on_the_desk_and_whom_we_miss(desk):
    parent = factories.role()
    Role.objects.filter(pk=parent.pk).update(plural="ouders")
    liked, disliked, few = (voice.post for voice in desk.voices)
    for post, value, times in ((liked, 1, 6), (disliked, -1, 6), (few, 1, SMALL - 1)):
        for _ in range(times):
            Thumb.objects.create(post=post, visitor=factories.visitor(), value=value, role=parent)
    told = column(book()["Stemmen"], "Wat de rollen ervan vinden")
    assert told == ["ouders 6 van 6", "ouders 0 van 6", ""]
    lines = words().split("\n")
    begin, end = (lines.index(head) for head in ("Waar de rollen het over eens zijn", "Alle stemmen"))
    agreed = lines[begin:end]
    assert liked.text in agreed and "ouders 6 van 6" in str(agreed)
    assert disliked.text not in agreed and few.text not in agreed
    assert "Rollen: ouders." in agreed  # who wrote, not who gave thumbs


def test_words_from_right_to_left_run_that_way():
    factories.post(text="المعلمة تتصل بنا", lang="ar")
    factories.post(text="Dutch (عربي) woorden")
    found = {each.text: each._p.find(f"{W}pPr/{W}bidi") is not None for each in paragraphs()}
    assert found["المعلمة تتصل بنا"] and not found["Dutch (عربي) woorden"]


def test_when_nothing_was_said_yet_both_files_say_so():
    assert len(book()["Stemmen"]) == 1
    assert "0 stemmen" in words() and "Er staan nog geen zinnen in het plan." in words()


def test_lines_of_an_evening_tell_where_they_were_said():
    cafe = factories.cafe(topic=factories.question())
    notes = noting.open_cafe(cafe.pk, helpers.sorter())
    line = noting.Line(uuid.uuid4(), "Minder papier.", table=4, on_behalf="letter")
    noting.write(notes.pk, [line], helpers.sorter())
    rows = book()["Stemmen"]
    heads = ("Overleg of bijeenkomst", "Tafel", "Hoe gekomen", "Soort")
    assert [column(rows, head) for head in heads] == [[cafe.title], ["4"], ["per brief"], ["aantekening"]]
    assert f"per brief · {cafe.title} · tafel 4" in words()
