"""What people type, in every form: cleaned, bounded, and refused in Dutch with the input kept."""

import datetime
import time
import unicodedata

import pytest
from django import forms
from django.contrib.admin import ModelAdmin, site
from django.core.exceptions import ValidationError
from django.db import models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.state import ModelState, ProjectState
from django.test import RequestFactory
from django.test.utils import isolate_apps
from django.urls import path, resolve, reverse
from django.urls.converters import register_converter
from django.urls.exceptions import NoReverseMatch, Resolver404

from werkplaats.fields import (
    Address,
    AddressField,
    Day,
    Line,
    LineField,
    Moment,
    MomentField,
    NameField,
    Prose,
    ProseField,
    clean_text,
    normalise_address,
)
from werkplaats.web.addresses import IdConverter, page_number

with isolate_apps("tests"):

    class Note(models.Model):  # noqa: DJ008
        title = Line("titel", max_length=10)
        text = Prose("tekst", max_length=4000)
        email = Address("e-mailadres", blank=True)
        moment = Moment("moment", null=True, blank=True)
        day = Day("dag", null=True, blank=True)

        class Meta:
            app_label = "tests"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  twee   woorden\t\nhier ", "twee woorden hier"),
        ("Jan\x00\x1b[31m\x85\x9f", "Jan[31m"),
        ("gnp.\u202eexe", "gnp.exe"),
        ("\u2066a\u2069\u200e\u200f\u061cb", "ab"),
        ("a\u200bd\u2060m\ufeffi\u00adn", "admin"),
        ("a\ud800b\udfffc", "abc"),
        ("a\ufdd0\uffff\U0010ffffb", "ab"),
        ("a\U000e0041\U000e0042b", "ab"),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f!", "🏴󠁧󠁢󠁥󠁮󠁧󠁿!"),  # England
        ("🏴\U000e0067\U000e0062 en \U000e0067\U000e007f", "🏴 en"),  # no flag: what only machines read
        ("👨‍👩‍👧‍👦🇳🇱🧑🏿‍🦽", "👨‍👩‍👧‍👦🇳🇱🧑🏿‍🦽"),
        ("\uf0b7 rust \uf0a7 tijd \uf0d8 ruimte", "• rust • tijd • ruimte"),  # from a PDF or from Word
        ("thuis \uf0e0 school \uf0fc", "thuis → school ✓"),
        ("een\u2028twee\u2029drie", "een twee drie"),
        ("cafe\u0301", "café"),
        ("\u3164\u2800\u200d\ufe0f", ""),
        ("\u0301\u0301a \u0301b", "a b"),
    ],
)
def test_line_is_cleaned(typed, kept):
    assert clean_text(typed, multiline=False) == kept


@pytest.mark.parametrize("typed", ["👨‍👩‍👧‍👦 en ❤️‍🔥 en 1️⃣", "می‌خواهم", "Nguyễn Thị Ệ", "שָׁלוֹם", "مدرّسة", "\U0001faea"])
def test_other_languages_and_emoji_are_kept(typed):
    assert clean_text(typed, multiline=False) == unicodedata.normalize("NFC", typed)


@pytest.mark.parametrize(
    "name",
    [
        *("J.P. de Vries", "J.de Boer", "o.b.s.De Ark", "Ph.D. Jansen", "Anne-Fleur 't Hooft", "groep 5/6", "Obs 2.0"),
        *("overleg 12-10-2026 19.30 uur", "team 3 - 4 - 2026, groep 5 6 7 8", "schooljaar 2026-2027"),
        *(
            "2026-10-12 10.30",
            "12-10-2026 en 13-10-2026",
            "12-10-2026 - 13-10-2026",
            "ontbijt 10:30-12:00, 14:00-15:00",
        ),
        *("j.de Boer", "groep 1, 2, 3, 4, 5, 6, 7 en 8", "team 3 · 4 · 2026", "x.Vries", "c.b.s.klimop"),
        *("Şeyma Yılmaz", "Mary & Bo", "vergadering di. 3 nov.", "A.", "IKC de Brug: bovenbouw", "张伟", "محمد"),
    ],
)
def test_names_of_people_and_schools_are_names(name):
    assert NameField(max_length=60).clean(name) == name


@pytest.mark.parametrize(
    "name",
    [
        *("Win 500 euro http://kwaad.example/x", "Win: www.kwaad.example", "kwaad.example", "KWAAD.EXAMPLE", "x.com"),
        *(
            "t.co/abc",
            "bel a@b.nl",
            "ｗｗｗ．kwaad．example",
            "kwaad\u3002example",
            "kwaad.xn--p1ai",
            "127.0.0.1",
            "h t t p : / / x",
        ),
        *(
            "kwaad.\u200dnl",
            "kwaad\u200c.nl",
            "kwaad.\ufe0fnl",
            "kwaad.\u0301nl",
            "bit.l\u200dy/x",
            "x.dev",
            "k.tv",
            "K.TV",
        ),
        *("x.be", "x.shop", "kwaad.\u200bexample", "müller.de", "пример.рф", "e.nl:80"),
    ],
)
def test_a_name_that_holds_an_address_is_refused_in_a_sentence(name):
    with pytest.raises(ValidationError, match="geen webadres") as refused:
        NameField(max_length=60).clean(name)
    assert refused.value.code == "address"


@pytest.mark.parametrize(
    "name",
    [
        *("bel 0900-1234", "Bel 0900 12 34 voor 500 euro", "06 12345678", "06 - 12 34 56 78", "+31612345678"),
        *(
            "0612\u200c345678",
            "06\u200d12\u200d34\u200d56\u200d78",
            "06_12_34_56_78",
            "06·12·34·56·78",
            "06–12–34–56–78",
        ),
        *("06-12-34-56-78", "12-10-2026 0612345678", "06:12:34:56:78", "06,12,34,56,78", "06|12|34|56|78"),
        *("(020) 123 45 67", "０６１２３４５６７８", "sms 0800.1234.567"),
    ],
)
def test_a_name_that_holds_a_telephone_number_is_refused(name):
    with pytest.raises(ValidationError, match="geen telefoonnummer"):
        NameField(max_length=60).clean(name)


def test_a_name_that_holds_markup_is_refused():
    with pytest.raises(ValidationError, match="<"):
        NameField(max_length=60).clean("<b>Win</b>")


def test_prose_keeps_its_lines():
    typed = "\r\nEen\r\rtwee  \ten\x0bdrie\n \n\t\n\n\n\nvier\u2029vijf\n\n"
    assert clean_text(typed, multiline=True) == "Een\n\ntwee   en\ndrie\n\n\nvier\nvijf"


def test_marks_are_bounded_and_text_under_them_is_kept():
    zalgo = "".join(letter + "\u0315\u0316\u200d" * 300 for letter in "hoi")
    cleaned = clean_text(zalgo, multiline=False)
    assert [char for char in cleaned if unicodedata.category(char) == "Ll"] == list("hoi")
    assert len(cleaned) == 3 * (1 + 4)


def test_marks_cost_no_more_time_than_letters():
    started = time.process_time()
    clean_text("a" + "\u0315\u0316" * 40_000, multiline=False)
    assert time.process_time() - started < 2  # NFC puts them in order, in quadratic time: 10 s


def test_cleaning_twice_changes_nothing():
    awkward = "".join(map(chr, [*range(0x400), *range(0x900, 0x980), *range(0x2000, 0x2100), *range(0xFB00, 0x10000)]))
    for step in (1, 3, 7):
        once = clean_text(awkward[::step], multiline=True)
        assert clean_text(once, multiline=True) == once
        assert unicodedata.is_normalized("NFC", once)


def test_too_long_tells_the_figures_and_is_refused_unread():
    started = time.process_time()
    with pytest.raises(ValidationError) as refusal:
        ProseField(max_length=4000).clean("a" + "\u0315\u0316" * 1_050_000)
    assert refusal.value.messages == ["Maak je tekst korter: nu 2.100.001 tekens, er passen er 4.000."]
    assert time.process_time() - started < 1  # NFC of this text takes an hour


def test_the_cap_counts_what_is_stored():
    field = ProseField(max_length=10)
    assert field.clean("  123\r\n567890 \r\n") == "123\n567890"
    with pytest.raises(ValidationError, match=r"nu 11 tekens, er passen er 10\."):
        field.clean("123\r\n5678901")
    with pytest.raises(ValidationError, match=r"nu 12 tekens"):
        field.clean("\u0958" * 6)  # NFC makes two characters of each


def test_messages_are_dutch_and_can_be_replaced_per_form():
    assert refusal(ProseField(), " \u200b ") == "Vul hier iets in."
    assert refusal(LineField(), "") == "Vul dit in."
    assert refusal(LineField(min_length=3), "ab") == "Schrijf iets meer: nu 2 tekens, minstens 3."
    own = ProseField(max_length=1000, error_messages={"max_length": "%(show_value)s van %(limit_value)s."})
    assert refusal(own, "a" * 1500) == "1.500 van 1.000."


def refusal(field, typed):
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    return " ".join(refused.value.messages)


def test_a_model_form_cleans_and_keeps_the_input():
    form_class = forms.modelform_factory(Note, fields=["title", "text", "email"])
    note = form_class({"title": " a\x00b\n", "text": "x\r\ny\u202e", "email": " Ouder@School.NL "})
    assert note.is_valid(), note.errors
    assert note.cleaned_data == {"title": "ab", "text": "x\ny", "email": "ouder@school.nl"}

    refused = form_class({"title": "veel te lange titel", "text": "", "email": "geen adres"})
    assert refused.errors == {
        "title": ["Maak je tekst korter: nu 19 tekens, er passen er 10."],
        "text": ["Vul hier iets in."],
        "email": ["Dit is geen volledig e-mailadres. Het ziet eruit als naam@voorbeeld.nl."],
    }
    assert 'value="veel te lange titel"' in str(refused["title"])
    assert 'value="geen adres"' in str(refused["email"])
    assert "maxlength" not in str(refused["text"])


def test_the_admin_gets_the_same_fields():
    form = ModelAdmin(Note, site).get_form(RequestFactory().get("/"))
    assert isinstance(form.base_fields["title"], LineField)
    assert isinstance(form.base_fields["text"], ProseField)
    assert isinstance(form.base_fields["email"], AddressField)


def test_without_a_form_the_model_still_measures():
    with pytest.raises(ValidationError) as refused:
        Note(title="ok", text="a" * 4001).full_clean()
    assert set(refused.value.message_dict) == {"text"}


def test_migrations_name_plain_django_fields():
    paths = [field.deconstruct()[1] for field in Note._meta.fields[1:]]
    kinds = ["CharField", "TextField", "EmailField", "DateTimeField", "DateField"]
    assert paths == [f"django.db.models.{kind}" for kind in kinds]

    class PlainNote(models.Model):  # noqa: DJ008
        title = models.CharField("titel", max_length=10)
        text = models.TextField("tekst", max_length=4000)
        email = models.EmailField("e-mailadres", max_length=254, blank=True)
        moment = models.DateTimeField("moment", null=True, blank=True)
        day = models.DateField("dag", null=True, blank=True)

        class Meta:
            app_label = "tests"
            apps = Note._meta.apps.__class__()

    before, after = ProjectState(), ProjectState()
    plain = ModelState.from_model(PlainNote)
    plain.name = "Note"
    before.add_model(plain)
    after.add_model(ModelState.from_model(Note))
    assert MigrationAutodetector(before, after)._detect_changes() == {}


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" Ouder.Met+Plus@School.NL\n", "ouder.met+plus@school.nl"),
        ("\ufeffa@b.nl\u200b", "a@b.nl"),
        ("juf@Bücher.example", "juf@xn--bcher-kva.example"),
        ("juf@xn--bcher-kva.example", "juf@xn--bcher-kva.example"),
        ("juf@straße.example", "juf@xn--strae-oqa.example"),  # by IDNA 2008; 2003 made it strasse
    ],
)
def test_an_address_has_one_spelling(typed, stored):
    assert AddressField().clean(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "a@b.nl\nBcc: c@d.nl",
        "a\r\n@b.nl",
        "a\x00b@c.nl",
        '"a\x01"@b.nl',
        '"a b"@c.nl',
        "a@b.nl, c@d.nl",
        "a@ex\u200bample.nl",
        "a@ex\u200cample.nl",
        "a@xn--0.nl",  # punycode that stands for nothing
        "a@xn--a.nl",
        "a@" + ".".join(["é" * 30] * 6) + ".nl",  # more than 254 once it is ASCII
        "a@" + "é" * 64 + ".nl",
        "a@\ud800.nl",
        "a@\u3002.nl",
        "mi\u212ae@school.nl",  # the Kelvin sign: lower() makes it mike@school.nl
        "a@",
        "@b.nl",
        "a.b.nl",
    ],
)
def test_what_is_no_address_is_refused(typed):
    assert "geen volledig e-mailadres" in refusal(AddressField(), typed)


def test_a_huge_address_is_refused_at_once():
    started = time.process_time()
    assert refusal(AddressField(), "a" + " " * 2_000_000 + "@b.nl") == (
        "Dit e-mailadres is te lang: er passen 254 tekens."
    )
    assert "254" in refusal(AddressField(), "a" * 250 + "@b.nl")
    assert time.process_time() - started < 1


def test_an_address_is_looked_up_in_its_spelling_but_never_as_another():
    field = Note._meta.get_field("email")
    assert field.get_prep_value(" Ouder@School.NL ") == "ouder@school.nl"
    assert field.get_prep_value("mi\u212ae@school.nl") != "mike@school.nl"
    with pytest.raises(ValidationError):
        normalise_address("mi\u212ae@school.nl")


@pytest.mark.parametrize("year", [1, 1999, 2101, 9999])
def test_a_year_outside_this_century_is_refused_in_any_form(year):
    admin_form = ModelAdmin(Note, site).get_form(RequestFactory().get("/"), fields=["moment", "day"])
    day = f"{year:04}-01-02"
    expected = ["Kies een datum tussen 1 januari 2000 en 1 januari 2100."]
    form = admin_form({"moment_0": day, "moment_1": "00:00", "day": day})
    assert form.errors == {"moment": expected, "day": expected}
    form = forms.modelform_factory(Note, fields=["moment"])({"moment": f"{day}T00:00:00+14:00"})
    assert form.errors == {"moment": expected}


def test_ordinary_days_are_fine():
    form_class = forms.modelform_factory(Note, fields=["moment", "day"])
    form = form_class({"moment": "2026-10-19T19:30", "day": "19-10-2026"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["moment"].utcoffset() == datetime.timedelta(hours=2)


@pytest.mark.parametrize("moment", ["2026-03-29 02:30", "2026-10-25 02:30"])
def test_the_hour_that_is_lost_or_doubled_is_explained(moment):
    expected = "Op dit tijdstip gaat de klok een uur vooruit of terug. Kies een ander tijdstip."
    assert refusal(MomentField(), moment) == expected
    admin_form = ModelAdmin(Note, site).get_form(RequestFactory().get("/"), fields=["moment"])
    day, hour = moment.split()
    assert admin_form({"moment_0": day, "moment_1": hour}).errors == {"moment": [expected]}


@pytest.mark.parametrize(
    ("raw", "page"),
    [
        (None, 1),
        ("", 1),
        ("2", 2),
        ("0002", 2),
        ("0", 1),
        ("-3", 1),
        ("2.0", 1),
        ("٣", 1),
        ("²", 1),
        ("\x00", 1),
        ("8", 7),
        ("9" * 29, 7),
        ("9" * 5000, 7),
    ],
)
def test_page_numbers_survive_anything(raw, page):
    assert page_number(raw, last=7) == page


def test_there_is_a_first_page_of_nothing():
    assert page_number("5", last=0) == 1


register_converter(IdConverter, "row_id")  # the site's urls register it too, as "id"
urlpatterns = [path("rij/<row_id:pk>/", lambda request, pk: None, name="row")]


@pytest.mark.urls(__name__)
def test_ids_in_paths_fit_the_database():
    assert resolve("/rij/999999999999999999/").kwargs == {"pk": 999999999999999999}
    assert reverse("row", kwargs={"pk": 7}) == "/rij/7/"
    for wrong in ("0", "-1", "007", "٣", "9223372036854775808", "9" * 5000, "1\n"):
        with pytest.raises(Resolver404):
            resolve(f"/rij/{wrong}/")
    with pytest.raises(NoReverseMatch):
        reverse("row", kwargs={"pk": 0})
