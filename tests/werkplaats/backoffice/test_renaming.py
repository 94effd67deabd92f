"""Words that people answered do not change unseen: the page in between says what it does to their answers."""

from html.parser import HTMLParser

import pytest
from django.utils.html import strip_tags

from polls.voting.models import Ballot, Poll
from posts.models import PostTheme, Question, Theme, Translation
from tests.helpers import factories
from tests.helpers.shown_form import shown_again, shown_form
from werkplaats.models import Motto, Werkgebied

pytestmark = pytest.mark.django_db
SAME, NEW = "Bewaar: het betekent hetzelfde", "Maak er een nieuwe keuze van"


@pytest.fixture
def poll():
    """Three people said «ja», one of them twice; one said «nee»."""
    made = factories.poll()
    yes, no, _ = made.choices.all()
    people = [factories.visitor() for _ in range(4)]
    for visitor, choice in zip(people, [yes, yes, yes, no], strict=True):
        factories.vote(made, visitor, choice)
    factories.vote(made, people[0], yes, number=2)
    return made


def address(row) -> str:
    return f"/beheer/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


class Hidden(HTMLParser):
    """The hidden fields of a page, and one of its buttons."""

    def __init__(self, button: str):
        super().__init__()
        self.button, self.area, self.sent = button, "", {}

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "textarea":
            self.area = attrs["name"]
            self.sent.setdefault(self.area, []).append("")
        elif tag == "input" and (attrs.get("type") == "hidden" or attrs.get("value") == self.button):
            self.sent.setdefault(attrs["name"], []).append(attrs["value"])

    def handle_data(self, data):
        if self.area:
            self.sent[self.area][-1] += data.removeprefix("\n")

    def handle_endtag(self, tag):
        self.area = ""


def pressed(page, button: str) -> dict:
    """What the page in between sends with this button."""
    hidden = Hidden(button)
    hidden.feed(page.text[page.text.index('class="asking"') :])
    return hidden.sent


def choices(poll) -> list[tuple[str, int]]:
    return [(choice.text, choice.ballots.count()) for choice in poll.choices.order_by("position", "pk")]


def test_a_choice_that_people_made_is_not_renamed_unseen(client, coordinator, poll):
    form = shown_form(client, address(poll)) | {"choices-0-text": "Ja, graag"}
    asked = client.post(address(poll), form)
    assert "3 mensen kozen «ja»; hun stem staat dan bij «Ja, graag»." in strip_tags(asked.text)
    assert choices(poll) == [("ja", 4), ("nee", 1), ("nog niet", 0)]
    assert client.post(address(poll), pressed(asked, SAME)).status_code == 302
    assert choices(poll) == [("Ja, graag", 4), ("nee", 1), ("nog niet", 0)]


def test_another_meaning_is_another_choice(client, coordinator, poll):
    changed = {"choices-0-text": "Ik denk mee", "choices-0-answer": "Fijn! Hoe?", "choices-1-text": "Nee, dank je"}
    form = shown_form(client, address(poll)) | changed
    del form["choices-0-asks_wensbeeld"]
    asked = client.post(address(poll), form)
    assert client.post(address(poll), pressed(asked, NEW)).status_code == 302
    assert choices(poll) == [("ja", 4), ("Ik denk mee", 0), ("nee", 1), ("Nee, dank je", 0), ("nog niet", 0)]
    old, new = poll.choices.get(text="ja"), poll.choices.get(text="Ik denk mee")
    assert (old.answer, old.asks_wensbeeld) == ("Mooi! Laat het zien.", True)
    assert (new.answer, new.asks_wensbeeld) == ("Fijn! Hoe?", False)


def test_what_nobody_chose_and_what_is_beside_the_words_changes_at_once(client, coordinator, poll):
    changed = {"choices-2-text": "Later", "choices-0-answer": "Mooi!", "intro": "Denk mee"}
    assert client.post(address(poll), shown_form(client, address(poll)) | changed).status_code == 302
    assert choices(poll)[2] == ("Later", 0)
    assert poll.choices.get(text="ja").answer == "Mooi!"


def test_what_was_agreed_to_is_what_was_shown(client, coordinator, poll):
    """Another coordinator renamed the choice while the page in between lay open."""
    form = shown_form(client, address(poll)) | {"choices-0-text": "Ja, graag"}
    asked = client.post(address(poll), form)
    poll.choices.filter(text="ja").update(text="Zeker niet")
    again = client.post(address(poll), pressed(asked, SAME))
    assert "Nu staat er: Zeker niet. Jij hebt: Ja, graag." in strip_tags(again.text)
    assert choices(poll)[0][0] == "Zeker niet"
    asked = client.post(address(poll), shown_again(again))
    assert "3 mensen kozen «Zeker niet»; hun stem staat dan bij «Ja, graag»." in strip_tags(asked.text)


def test_a_vote_that_comes_while_the_form_is_open_counts(client, coordinator):
    poll = factories.poll()
    form = shown_form(client, address(poll)) | {"choices-0-text": "Ja, graag"}
    factories.vote(poll, factories.visitor(), poll.choices.get(text="ja"))
    asked = strip_tags(client.post(address(poll), form).text)
    assert "1 persoon koos «ja»; die stem staat dan bij «Ja, graag»." in asked


def test_a_form_that_is_not_right_says_so_first(client, coordinator, poll):
    form = shown_form(client, address(poll)) | {"choices-0-text": "Ja, graag", "question": ""}
    page = client.post(address(poll), form).text
    assert "hun stem staat dan bij" not in page and "Er gaat nog iets niet goed" in page


def test_the_question_of_a_poll(client, coordinator, poll):
    form = shown_form(client, address(poll)) | {"question": "Wil je een reep?"}
    asked = client.post(address(poll), form)
    words = strip_tags(asked.text)
    assert f"4 mensen stemden bij «{poll.question}»; hun stem staat dan bij «Wil je een reep?»." in words
    assert client.post(address(poll), pressed(asked, SAME)).status_code == 302
    assert Poll.objects.get().question == "Wil je een reep?" and Ballot.objects.count() == 5


def test_the_question_of_a_round_and_what_a_colour_means(client, coordinator):
    round = factories.sticker_round(groups=1, ideas=3)
    for colour in (1, 1, 3):
        factories.sticker(round.ideas.first(), colour)
    changed = {"question": "Wat kan eruit?", "green_word": "nee", "blue_word": "geen idee", "red_word": "ja"}
    asked = client.post(address(round), shown_form(client, address(round)) | changed)
    words = strip_tags(asked.text)
    assert "3 ideeën zijn een antwoord op «Wat hoort erin?»; dat wordt «Wat kan eruit?»." in words
    assert "2 stickers betekenen nu «ja, goed idee»; dat wordt «nee»." in words
    assert "1 sticker betekent nu «niet in het SOP zetten»; dat wordt «ja»." in words
    assert "«neutraal»" not in words  # nobody gave a blue one
    assert 'name="_new"' not in asked.text
    assert client.post(address(round), pressed(asked, SAME)).status_code == 302
    round.refresh_from_db()
    assert (round.question, round.green_word) == ("Wat kan eruit?", "nee")


def test_the_question_that_people_wrote_about(client, coordinator):
    question = factories.question()
    form = shown_form(client, address(question)) | {"text": "Wat mag weg?"}
    factories.post(question)
    asked = client.post(address(question), form)
    assert f"1 bijdrage is geschreven bij «{question.text}»; die staat dan bij «Wat mag weg?»." in strip_tags(
        asked.text
    )
    assert client.post(address(question), pressed(asked, SAME)).status_code == 302
    assert Question.objects.get().text == "Wat mag weg?"


# In which language, which field of the form changes into what, and what the page in between says of it.
RETOLD = {
    "easy": ("nl", {"easy": "Wat mag weg?"}, "«Wat helpt?»; die staat dan bij «Wat mag weg?»."),
    "untranslated": ("pl", {"easy": "Wat mag weg?"}, "«Wat helpt?»; die staat dan bij «Wat mag weg?»."),
    "text": ("tr", {"translations-0-text": "Ne gitsin?"}, "«Ne iyi?»; die staat dan bij «Ne gitsin?»."),
    "line": ("tr", {"translations-0-line": "Kısa yaz."}, "«Türkçe yaz.»; die staat dan bij «Kısa yaz.»."),
    "no line": ("tr", {"translations-0-line": ""}, "«Türkçe yaz.»; die staat dan bij «Ne iyi?»."),
    "readers": ("tr", {"translations-0-readers": "Herkes."}, "«Öğretmen.»; die staat dan bij «Herkes.»."),
    "deleted": ("tr", {"translations-0-DELETE": "on"}, "«Ne iyi?»; die staat dan bij «{}»."),
    "of another language": ("tr", {"translations-0-lang": "pl"}, "«Ne iyi?»; die staat dan bij «{}»."),
}


def told_in_turkish() -> Question:
    question = factories.question(easy="Wat helpt?")
    Translation.objects.create(question=question, lang="tr", text="Ne iyi?", line="Türkçe yaz.", readers="Öğretmen.")
    return question


@pytest.mark.parametrize(("lang", "changed", "told"), RETOLD.values(), ids=RETOLD)
def test_how_a_question_was_told_to_who_wrote(client, coordinator, lang, changed, told):
    question = told_in_turkish()
    form = shown_form(client, address(question)) | changed
    factories.post(question, lang=lang)
    asked = client.post(address(question), form)
    assert f"1 bijdrage is geschreven bij {told.format(question.text)}" in strip_tags(asked.text)
    assert list(Translation.objects.values_list("text", "line", "readers")) == [("Ne iyi?", "Türkçe yaz.", "Öğretmen.")]
    assert Question.objects.get().easy == "Wat helpt?"
    assert client.post(address(question), pressed(asked, SAME)).status_code == 302
    again = shown_form(client, address(question))
    assert all(again.get(name, [""])[0] == value for name, value in changed.items() if "DELETE" not in name)
    assert question.translations.exists() == ("translations-0-DELETE" not in changed)


@pytest.mark.parametrize(("lang", "changed", "told"), RETOLD.values(), ids=RETOLD)
def test_how_a_question_is_told_in_a_language_that_nobody_wrote_in(client, coordinator, lang, changed, told):
    question = told_in_turkish()
    factories.post(question, lang="nl" if lang == "tr" else "tr")
    assert client.post(address(question), shown_form(client, address(question)) | changed).status_code == 302


def test_another_translation_asks_nothing(client, coordinator):
    question = told_in_turkish()
    factories.post(question, lang="pl")
    rows = {"translations-1-lang": "pl", "translations-1-text": "Co?", "translations-TOTAL_FORMS": "2"}
    assert client.post(address(question), shown_form(client, address(question)) | rows).status_code == 302
    assert question.translations.count() == 2


def test_a_translation_that_another_changed_meanwhile_is_asked_about_as_it_is(client, coordinator):
    question = told_in_turkish()
    factories.post(question, lang="tr")
    asked = client.post(address(question), shown_form(client, address(question)) | {"translations-0-text": "Ne?"})
    question.translations.update(text="Kim?")
    again = client.post(address(question), pressed(asked, SAME))
    assert "Nu staat er: Kim?. Jij hebt: Ne?." in strip_tags(again.text)
    asked = client.post(address(question), shown_again(again))
    assert "«Kim?»; die staat dan bij «Ne?»." in strip_tags(asked.text)
    assert question.translations.get().text == "Kim?"


def posts_under(field):
    return lambda row: factories.post(**{field: row})


def with_theme(row):
    PostTheme.objects.create(post=factories.post(), theme=row)


# A list to choose from: how a row is made, what people do with it, and what the page in between says of two of these.
LISTS = {
    "a role": (lambda: factories.role("arts"), posts_under("role"), "2 bijdragen staan bij «{}»; ze staan dan bij"),
    "a role of who comes": (
        lambda: factories.role("arts"),
        lambda row: factories.registration(factories.cafe(), role_id=row.pk),
        "2 aanmeldingen staan bij «{}»; ze staan dan bij",
    ),
    "a werkgebied": (
        lambda: Werkgebied.objects.create(name="Duin"),
        posts_under("werkgebied"),
        "2 bijdragen staan bij «{}»; ze staan dan bij",
    ),
    "a theme": (lambda: Theme.objects.create(name="Taal"), with_theme, "2 bijdragen staan bij «{}»; ze staan dan bij"),
    "a motto": (
        lambda: Motto.objects.create(text="Samen", artwork="motto-circles", artwork_alt="rondjes"),
        lambda row: factories.wensbeeld(motto=row),
        "2 wensbeelden staan bij «{}»; ze staan dan bij",
    ),
}


@pytest.mark.parametrize("kind", LISTS)
def test_a_name_that_people_chose(client, coordinator, kind):
    make, choose, told = LISTS[kind]
    row = make()
    was, field = str(row), "text" if kind == "a motto" else "name"
    form = shown_form(client, address(row)) | {field: "Iets anders"}
    for _ in range(2):
        choose(row)
    asked = client.post(address(row), form)
    assert f"{told.format(was)} «Iets anders»." in strip_tags(asked.text)
    row.refresh_from_db()
    assert str(row) == was
    assert client.post(address(row), pressed(asked, SAME)).status_code == 302
    row.refresh_from_db()
    assert str(row) == "Iets anders"


@pytest.mark.parametrize("kind", LISTS)
def test_a_name_that_nobody_chose_changes_at_once(client, coordinator, kind):
    row = LISTS[kind][0]()
    field = "text" if kind == "a motto" else "name"
    assert client.post(address(row), shown_form(client, address(row)) | {field: "Iets anders"}).status_code == 302
    LISTS[kind][1](row)
    assert client.post(address(row), shown_form(client, address(row)) | {"position": "7"}).status_code == 302
    row.refresh_from_db()
    assert (str(row), row.position) == ("Iets anders", 7)


def test_the_name_of_a_group_that_wrote(client, coordinator):
    round = factories.sticker_round(groups=2, ideas=2)
    changed = {"groups-0-name": "de raad"}
    asked = client.post(address(round), shown_form(client, address(round)) | changed)
    assert "2 ideeën zijn van «groep 1»; dat wordt «de raad»." in strip_tags(asked.text)
    assert client.post(address(round), pressed(asked, SAME)).status_code == 302
    assert round.groups.filter(name="de raad").exists()
