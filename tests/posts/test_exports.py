"""The yield of a question, as a workbook and as a document."""

import time
import zipfile
from io import BytesIO

import docx
import pytest
from django.contrib.auth.models import Permission

from posts import exports
from posts.exports import document, entries, workbook
from posts.models.holds import A_PUPIL, SOMEBODY
from posts.models.posts import Post
from posts.models.themes import PostTheme, Theme
from tests.helpers import factories
from tests.helpers.workbooks import sheets
from werkplaats import fields
from werkplaats.people.models import Werkgebied

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


def column(rows: list[list[str]], heading: str) -> list[str]:
    return [row[rows[0].index(heading)] for row in rows[1:]]


def paragraphs(content: bytes) -> list:
    return docx.Document(BytesIO(content)).paragraphs


def words(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in paragraphs(content))


@pytest.fixture
def question():
    return factories.question(text="Wat helpt?", slug="eerste")


def test_answers_stand_indented_under_what_they_answer(question):
    first = factories.post(question, text="Eerste", role=factories.role("ouder"))
    factories.post(question, text="Tweede", role=factories.role("leerkracht"))
    answer = factories.post(parent=first, text="Antwoord", role=factories.role("directeur"))
    factories.post(parent=answer, text="Daarop", role=factories.role("ouder"))
    rows = sheets(workbook.xlsx(question))["Op volgorde"]
    assert column(rows, "Bijdrage") == ["Eerste", "Antwoord", "Daarop", "Tweede"]
    assert column(rows, "Antwoord op") == ["", str(first.pk), str(answer.pk), ""]
    written = {part.text: part for part in paragraphs(document.docx_file(question))}
    indents = [written[text].style.paragraph_format.left_indent.cm for text in ("Eerste", "Antwoord", "Daarop")]
    assert indents == pytest.approx([0, 1, 2], abs=0.01)


def test_by_theme_and_by_role(question):
    both, none = factories.post(question, text="Beide"), factories.post(question, text="Geen")
    for name in ("Samen", "Anders"):
        PostTheme.objects.create(post=both, theme=Theme.objects.create(name=name))
    factories.post(question, text="Van een directeur", role=factories.role("directeur"))
    book = sheets(workbook.xlsx(question))
    assert list(zip(column(book["Per thema"], "Thema"), column(book["Per thema"], "Bijdrage"), strict=True)) == [
        ("Anders", "Beide"),
        ("Samen", "Beide"),
        ("Nog zonder thema", "Geen"),
        ("Nog zonder thema", "Van een directeur"),
    ]
    assert column(book["Per rol"], "Rol van de bijdrage") == ["directeur", "ouder", "ouder"]
    assert book["Aantallen"] == [
        ["Wat helpt?", "directeur", "ouder", "samen"],
        ["Anders", "0", "1", "1"],
        ["Samen", "0", "1", "1"],
        ["Nog zonder thema", "1", "1", "2"],
        ["alle bijdragen", "1", "2", "3"],
    ]
    headings = [part.text for part in paragraphs(document.docx_file(question)) if part.style.name.startswith("Heading")]
    assert headings == ["Anders", "ouder", "Samen", "ouder", "Nog zonder thema", "directeur", "ouder"]
    assert none.text in words(document.docx_file(question))


@pytest.mark.parametrize("names", [False, True])
def test_names_by_choice_and_addresses_never(question, names):
    factories.post(
        question, name="Fatima Ali", email="fatima@example.org", meeting="Team 5 tot 8", meeting_size=12, text="Hoi"
    )
    for content, read in [
        (workbook.xlsx(question, names=names), lambda content: str(sheets(content))),
        (document.docx_file(question, names=names), words),
    ]:
        text = read(content)
        assert ("Fatima Ali" in text) == names
        assert "Team 5 tot 8" in text
        assert "12" in text
        assert "example.org" not in text
        with zipfile.ZipFile(BytesIO(content)) as file:
            assert not any(b"fatima@" in file.read(name) for name in file.namelist())


def test_only_what_everyone_may_read(question):
    held = factories.post(question, text="aangehouden zinnetjes")
    held.hold("reported")
    removed = factories.post(question, text="weggehaalde zinnetjes", name="Weggehaalde naam")
    removed.remove(None, "kwetsend")
    below = factories.post(question, text="daaronder iets", role=factories.role("directeur"))
    below.remove(None, "kwetsend")
    factories.post(parent=below, text="een antwoord dat blijft")
    waiting = factories.post(question, text="wachtende zinnetjes", published=False)
    factories.post(parent=waiting, text="antwoord op iets dat wacht")
    factories.post(text="een andere vraag")
    for text in (str(sheets(workbook.xlsx(question, names=True))), words(document.docx_file(question, names=True))):
        assert "een antwoord dat blijft" in text
        assert text.count(entries.GONE) >= 1
        for hidden in ("zinnetjes", "daaronder", "Weggehaalde", "andere vraag", "iets dat wacht"):
            assert hidden not in text
    assert entries.counts_of(question) == {"contributions": 0, "answers": 1, "people": 0}


def test_small_numbers_do_not_name_the_werkgebied(question):
    area = Werkgebied.objects.create(name="Duinstreek")
    for _ in range(4):
        last = factories.post(question, werkgebied=area)
    factories.post(question, werkgebied=area, role=factories.role("directeur"))
    assert set(column(sheets(workbook.xlsx(question))["Op volgorde"], "Werkgebied")) == {""}
    assert "Duinstreek" not in words(document.docx_file(question))
    factories.post(question, werkgebied=area)  # the fifth parent
    assert column(sheets(workbook.xlsx(question))["Op volgorde"], "Werkgebied").count("Duinstreek") == 5
    last.remove(None, "kwetsend")
    assert "Duinstreek" not in str(sheets(workbook.xlsx(question)))


@pytest.mark.parametrize("nameless", [SOMEBODY, A_PUPIL])
def test_the_place_of_who_left_out_their_name_is_neither_told_nor_counted(question, nameless):
    area = Werkgebied.objects.create(name="Duinstreek")
    for name in ("Fatima", *[nameless] * 4):
        factories.post(question, werkgebied=area, name=name)
    assert "Duinstreek" not in str(sheets(workbook.xlsx(question)))  # it would tell of four more like her
    for _ in range(4):
        factories.post(question, werkgebied=area)
    assert column(sheets(workbook.xlsx(question))["Op volgorde"], "Werkgebied").count("Duinstreek") == 5


def test_hostile_texts_are_text(question):
    for text in HOSTILE:
        factories.post(question, text=text, name=text[:60], meeting=text[:100], meeting_size=5)
    theme = Theme.objects.create(name="=1+1")
    PostTheme.objects.create(post=Post.objects.first(), theme=theme)
    rows = sheets(workbook.xlsx(question, names=True))["Op volgorde"]
    expected = [fields.clean_text(text, multiline=True) for text in HOSTILE]
    # What a spreadsheet would read as a character is written so that it stays these letters.
    assert [text.replace("_x005F_", "_") for text in column(rows, "Bijdrage")] == expected
    text = words(document.docx_file(question, names=True))
    for each in expected:
        assert each in text
    assert "=1+1" in text


@pytest.mark.prove
def test_a_chain_and_a_thousand_posts_take_the_same_queries(question, django_assert_num_queries):
    post = factories.post(question)
    for make in (workbook.xlsx, document.docx_file):
        with django_assert_num_queries(2):
            make(question)
    for _ in range(200):
        post = factories.post(parent=post, visitor=post.visitor)
    rows = [
        Post(question=question, text=f"Bijdrage {n}", name="A", role=post.role, published_at=post.published_at)
        for n in range(1000)
    ]
    Post.objects.bulk_create(rows)
    for make in (workbook.xlsx, document.docx_file):
        begun = time.monotonic()
        with django_assert_num_queries(2):
            content = make(question)
        assert time.monotonic() - begun < 10
        assert len(content) > 10_000


def test_a_question_without_contributions_has_a_yield_too(question):
    assert len(sheets(workbook.xlsx(question))["Op volgorde"]) == 1
    assert "Wat helpt?" in words(document.docx_file(question))


def test_the_page_offers_both_files(client, coordinator, question):
    factories.post(question, text="Korte lijnen", name="Fatima")
    url = f"/beheer/posts/question/{question.pk}/opbrengst/"
    page = client.get(url).text
    assert "1 bijdrage en 0 antwoorden" in page
    assert "Opbrengst ophalen" in client.get(f"/beheer/posts/question/{question.pk}/change/").text
    book = client.get(url, {"vorm": "xlsx"})
    assert book["Content-Disposition"].startswith('attachment; filename="opbrengst-eerste-20')
    assert column(sheets(book.content)["Op volgorde"], "Bijdrage") == ["Korte lijnen"]
    assert "Naam" not in sheets(book.content)["Op volgorde"][0]
    document = client.get(url, {"vorm": "docx", "namen": "ja"})
    assert document["Content-Type"] == exports.CONTENT_TYPES["docx"]
    assert "Fatima" in words(document.content)
    for odd in ({"vorm": "exe"}, {"vorm": "\0"}, {"vorm": "xlsx" * 999}):
        assert client.get(url, odd).status_code in (200, 400)
    assert client.get("/beheer/posts/question/999999/opbrengst/").status_code == 302


def test_the_action_leads_to_the_page(client, coordinator, question):
    url = f"/beheer/posts/question/{question.pk}/change/"
    answer = client.post(url, {"CHANGE_FORM-action": "harvest", "_selected_action": question.pk})
    assert answer["Location"] == f"/beheer/posts/question/{question.pk}/opbrengst/"


def test_who_may_not_see_contributions_gets_no_yield(client, settings, question):
    settings.DEMO = True
    reader = factories.user(is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_question"))
    client.force_login(reader)
    url = f"/beheer/posts/question/{question.pk}/opbrengst/?vorm=xlsx"
    assert client.get(url).status_code == 403
    client.logout()
    assert client.get(url).status_code == 302
