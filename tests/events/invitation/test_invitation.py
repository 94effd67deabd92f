"""The invitation: its words, its dates, and the short addresses that are printed on it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from events.invitation import font_sizes
from events.models.cafes import Cafe
from tests.events.cafe_form import change
from tests.helpers import factories, kept
from werkplaats.site.models import Motto
from werkplaats.words import day

pytestmark = pytest.mark.django_db
START = datetime(2027, 10, 19, 17, 30, tzinfo=UTC)
HEADINGS = ["Praat, denk en doe mee!", "Data onderwijscafés", "Locatie"]


def text(page: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", page.split("<main")[1]).split())


def test_it_is_made_from_the_cafe(client):
    for position, words in enumerate(["samen leren leven", "perspectief voor ieder kind"]):
        Motto.objects.create(text=words, artwork="motto-bubbles", artwork_alt="Bellen", position=position)
    cafe = factories.cafe(slug="eerste", title="Passend Onderwijscafé: De Eerste Vraag", starts_at=START)
    extra = factories.cafe(starts_at=datetime(2028, 1, 11, 15, 30, tzinfo=UTC), label="extra")
    factories.cafe(starts_at=datetime(2027, 11, 24, 6, 0, tzinfo=UTC), called_off_at=timezone.now())
    factories.cafe(starts_at=datetime(2027, 12, 24, 6, 0, tzinfo=UTC), published_at=None)
    factories.cafe(starts_at=datetime(2028, 9, 11, 15, 30, tzinfo=UTC))
    page = client.get("/cafes/eerste/uitnodiging/").text
    words = text(page)
    for heading in ["De Eerste Vraag", "Wat?", "Hoe?", *HEADINGS]:
        assert re.search(rf"<h[23]>{re.escape(heading)}</h[23]>", page), heading
    assert "Passend Onderwijscafé" in text(page.split('class="blad vervolg"')[0])
    assert f"{day(START)} 19.30 – 21.30 uur" in words and "dinsdag 19 oktober" in words
    assert f"{day(extra.starts_at)} 16.30 – 18.30 uur extra" in words and "dinsdag 11 januari" in words
    assert "september" not in words and "november" not in words and "december" not in words
    assert "twee Passend Onderwijscafés" in words and f"testserver/c/{cafe.pk}" in words
    assert "samen leren leven" in words and cafe.online_link not in page and page.count('class="qr"') == 3
    assert words.count("Passend Onderwijs tot een succes?") >= 2


def test_the_text_made_for_it_and_no_mottos(client):
    Motto.objects.create(text="samen leren leven", artwork="motto-bubbles", artwork_alt="Bellen")
    texts = {"front_text": "Met soep & brood", "next_text": "## Wat?\nKort.\n\n## Hoe?\nAan tafel."}
    factories.cafe(slug="soep", title="Soepcafé", shows_mottos=False, online_capacity=0, **texts)
    words = text(client.get("/cafes/soep/uitnodiging/").text)
    assert "Met soep &amp; brood" in words and "Wat? Kort. Hoe? Aan tafel." in words and "Soepcafé" in words
    assert "samen leren leven" not in words and "online." not in words.split("Locatie")[1].split("Meld je aan")[0]


def test_short_addresses_lead_on(client):
    topic = factories.question(slug="de-vraag")
    cafe, plain = factories.cafe(topic=topic), factories.cafe()
    hidden = factories.cafe(published_at=None)
    assert client.get(f"/c/{cafe.pk}/").url == f"/cafes/{cafe.slug}/#aanmelden"
    assert client.get(f"/c/{cafe.pk}").url == f"/c/{cafe.pk}/"
    assert client.get(f"/c/{cafe.pk}/praat/").url == "/vragen/de-vraag/"
    assert client.get(f"/c/{plain.pk}/praat/").url == "/denk-praat-doe-mee/"
    for path in [f"/c/{hidden.pk}/", f"/c/{hidden.pk}/praat/", "/c/999999999999999/", "/c/0/", "/c/x/"]:
        assert client.get(path).status_code == 404


def test_a_concept_is_there_for_who_makes_it(client, settings):
    cafe = factories.cafe(published_at=None)
    assert client.get(f"/cafes/{cafe.slug}/uitnodiging/").status_code == 404
    settings.DEMO = True
    client.force_login(factories.coordinator())
    page = client.get(f"/cafes/{cafe.slug}/uitnodiging/")
    assert page.status_code == 200 and "Naar het café" not in page.text  # which is not there yet
    cafe.published_at = timezone.now()
    cafe.save()
    assert "Naar het café" in client.get(f"/cafes/{cafe.slug}/uitnodiging/").text


def test_many_dates_start_at_this_one_and_say_where_the_others_are(client):
    _, *others = [factories.cafe(starts_at=datetime(2027, 9, number, 17, 30, tzinfo=UTC)) for number in range(1, 13)]
    september = day(others[0].starts_at).split(" ", 2)[2]  # with its year, as long as that is another
    page = client.get(f"/cafes/{others[4].slug}/uitnodiging/").text
    shown = [int(number) for number in re.findall(rf"<b>\w+ (\d+) {september}</b>", page)]
    assert shown == [*range(6, 6 + len(shown))] and len(shown) >= font_sizes.FEWEST
    assert page.count('class="deze"') == 1 and f"en nog {12 - len(shown)}, zie testserver<wbr>/cafes" in page
    last = client.get(f"/cafes/{others[-1].slug}/uitnodiging/").text  # nothing comes after it: some before it
    assert re.findall(rf"<b>\w+ (\d+) {september}</b>", last)[-2:] == ["11", "12"]
    alone = factories.cafe(starts_at=datetime(2029, 9, 1, 17, 30, tzinfo=UTC))
    assert "en nog" not in client.get(f"/cafes/{alone.slug}/uitnodiging/").text.split("Data onderwijscafés")[1]


@pytest.mark.parametrize("cafes", [12, 9])
def test_it_counts_all_cafes_of_the_year_and_not_only_the_dates_that_fit(client, cafes):
    for number in range(1, cafes + 1):
        last = factories.cafe(starts_at=datetime(2027, 9, number, 17, 30, tzinfo=UTC))
    factories.cafe(starts_at=datetime(2027, 9, 20, 17, 30, tzinfo=UTC), called_off_at=timezone.now())
    words = text(client.get(f"/cafes/{last.slug}/uitnodiging/").text)
    assert f"{ {12: '12', 9: 'negen'}[cafes] } Passend Onderwijscafés" in words


def test_a_cafe_that_is_off_invites_nobody(client):
    cafe = factories.cafe(starts_at=START, called_off_at=timezone.now())
    factories.cafe(starts_at=datetime(2028, 1, 11, 15, 30, tzinfo=UTC))
    words = text(client.get(f"/cafes/{cafe.slug}/uitnodiging/").text)
    for told in ["Je bent uitgenodigd", "Meld je aan", f"/c/{cafe.pk} "]:
        assert told not in words
    assert "één Passend Onderwijscafé." in words
    assert words.count("gaat niet door") == 5  # above, on both sheets, and among the dates


def test_a_cafe_that_has_been_invites_nobody_and_leads_to_what_was_said(client):
    now, topic = timezone.now(), factories.question(slug="de-vraag")
    cafe = factories.cafe(starts_at=now - timedelta(hours=1), front_text="Kom je ook?", topic=topic)
    assert "Je bent uitgenodigd" in client.get(f"/cafes/{cafe.slug}/uitnodiging/").text
    Cafe.objects.update(ends_at=now)
    page = client.get(f"/cafes/{cafe.slug}/uitnodiging/").text
    words = text(page)
    for told in ["Je bent uitgenodigd", "Meld je aan", "Kom je ook?", f"/c/{cafe.pk} ", "Kun je er niet bij zijn"]:
        assert told not in words
    assert words.count("Dit café is geweest") == 2 and f"praat verder op testserver/c/{cafe.pk}/praat" in words
    assert 'href="/vragen/de-vraag/">Lees wat er gezegd werd' in page and page.count('class="qr"') == 1


@pytest.mark.parametrize(
    ("capacities", "where"),
    [
        ({}, "Grote zaal, Schoolstraat 1, en online."),
        ({"online_capacity": 0}, "Grote zaal, Schoolstraat 1."),
        ({"room_capacity": 0}, "online."),
    ],
)
def test_only_the_kinds_of_places_that_there_are_are_named(client, capacities, where):
    cafe = factories.cafe(starts_at=START, **capacities)
    page = client.get(cafe.get_absolute_url()).text
    assert f'21.30 uur, {where} Gratis.">' in page
    words = text(client.get(f"/cafes/{cafe.slug}/uitnodiging/").text)
    assert ("In de zaal of online." in words) == (not capacities)
    assert ("Schoolstraat" in words) == ("room_capacity" not in capacities)


@pytest.mark.parametrize("field", ["front_text", "next_text"])
def test_a_text_that_does_not_fit_is_refused(client, coordinator, field):
    cafe = factories.cafe()
    assert "Deze tekst past niet op de uitnodiging." in change(client, cafe, **{field: "regel\n" * 60})
    cafe.refresh_from_db()
    assert getattr(cafe, field) == ""


def test_a_text_fits_beside_the_name_and_the_question(client, coordinator):
    cafe = factories.cafe()
    text = "## Wat?" + "\n- punt" * 35
    above = {"title": "Woorden " * 14, "question": "Wat vraagt het van ons? " * 8}
    assert "Deze tekst past niet" in change(client, cafe, next_text=text, **above)
    assert "Deze tekst past niet" in change(client, cafe, next_text="MET HOOFDLETTERS " * 115)
    change(client, cafe, next_text=text)
    cafe.refresh_from_db()
    assert cafe.next_text == text


def test_the_queries_do_not_grow(client, django_assert_num_queries):
    cafe = factories.cafe()
    for amount in (0, 2):
        for _ in range(amount):
            factories.cafe(starts_at=cafe.starts_at)
        kept.forget()
        with django_assert_num_queries(4):
            client.get(f"/cafes/{cafe.slug}/uitnodiging/")
