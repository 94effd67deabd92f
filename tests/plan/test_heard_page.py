"""«Wat we hoorden» as everyone reads it: what stands there, what may not, and what vanishes at once."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from plan.actions import laying, noting, stacks
from plan.models import Choice, Heard, Stack, Told, ToldVoice
from plan.reading.published import IN_PLAN, Item
from polls.models import Colour, Idea, PaperCount, Stage, StickerRound
from posts.models import Post
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.helpers.kept import forget
from tests.plan import helpers
from tests.plan.heard_helpers import adopt, decided, lay, people, publish, quote, sentence, version, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(desk):
    """One thing in the plan and one that is not done, each with a quote."""
    desk.proposed, desk.refused, third = desk.voices
    Post.objects.filter(pk=desk.proposed.post_id).update(name="Marieke", text="Een vast gezicht gaf rust.")
    Post.objects.filter(pk=desk.refused.post_id).update(name="Zwartvogel", text="Geef het geld aan de buurt.")
    lay(write(desk.lines, "Vertel je verhaal één keer."), desk.proposed, third)
    lay(write(desk.wait, "Geef het geld aan de buurt.", Choice.NOT), desk.refused)
    quote(desk.proposed, desk.lines)
    quote(desk.refused, desk.wait)
    desk.address = f"{desk.question.get_absolute_url()}wat-we-hoorden/"
    return desk


def get(address: str, browser: Client | None = None, status: int = 200) -> str:
    answer = (browser or Client()).get(address)
    assert answer.status_code == status
    return answer.text


def test_it_tells_what_was_heard_and_what_is_done_with_it(told):
    sentence([told.lines], "Ieder gezin heeft één vaste contactpersoon.")
    publish(told.harvest)
    html = get(told.address)
    for words in (
        "<b>3</b> keer gehoord",
        "<strong>2 keer gehoord</strong>",
        "Vertel je verhaal één keer.",
        "Ieder gezin heeft één vaste contactpersoon.",
        '<a class="more" href="/plan/zin/1.1/">Zin 1.1 van het concept',
        "«Een vast gezicht gaf rust.»",
        "Want de wet laat het niet toe.",
        "Besloten door het bestuur",
        'href="#voorstel"',
        'href="#niet"',
    ):
        assert words in html
    assert html.count(f'href="{told.proposed.post.place}"') == 1
    for never in ("stapel", "stemmen", "in het plan"):
        assert never not in html


def test_a_refusal_stands_beside_no_name_and_leads_to_nobody(told):
    publish(told.harvest)
    html = get(told.address)
    assert "«Geef het geld aan de buurt.»" in html
    assert "Zwartvogel" not in html and f"/bijdragen/{told.refused.post_id}/" not in html


def test_who_agreed_stands_beside_it(told):
    publication = publish(told.harvest)
    receiver = Told.objects.create(publication=publication, visitor=told.refused.post.visitor)
    row = ToldVoice.objects.create(told=receiver, publication=publication, fragment=told.refused)
    assert "Zwartvogel" not in get(told.address)
    ToldVoice.objects.filter(pk=row.pk).update(named_at=timezone.now())
    assert "Zwartvogel" in get(told.address)
    ToldVoice.objects.filter(pk=row.pk).update(named_at=None)
    assert "Zwartvogel" not in get(told.address)


def test_who_was_refused_in_one_version_is_named_in_none(told):
    publish(told.harvest)
    stacks.choose(told.harvest.pk, told.lines.pk, version(told.lines), told.anouk, **decided(Choice.NOT))
    publish(told.harvest, changed="Dit kan toch niet.")
    for address in (told.address, f"{told.address}?versie=1"):
        html = get(address)
        assert "«Een vast gezicht gaf rust.»" in html and "Marieke" not in html


def test_a_card_with_an_answer_of_its_own_is_quoted_nowhere(told):
    card = helpers.card(told.proposed, told.lines)
    laying.decide(told.harvest.pk, card.pk, card.version, told.anouk, **decided(Choice.NOT))
    publish(told.harvest)
    assert "Een vast gezicht gaf rust." not in get(told.address)


@pytest.mark.parametrize("state", ["held", "withdrawn", "removed", "erased"])
def test_what_is_taken_away_is_gone_with_the_next_request(told, state):
    publish(told.harvest)
    assert "Marieke" in get(told.address)
    factories.become(told.proposed.post, state)
    html = get(told.address)
    assert "Marieke" not in html and "Een vast gezicht gaf rust." not in html
    assert "<strong>2 keer gehoord</strong>" in html, "figures are of then: two readers see the same"


def test_other_words_than_those_that_were_chosen_are_no_quote(told):
    publish(told.harvest)
    Post.objects.filter(pk=told.proposed.post_id).update(text="Iets lelijks.")
    html = get(told.address)
    assert "Iets lelijks." not in html and "Marieke" not in html


def test_a_sentence_that_was_erased_is_gone(told):
    publication = publish(told.harvest)
    Heard.objects.filter(publication=publication, stack=told.lines).update(heard="", erased_at=timezone.now())
    assert "Vertel je verhaal één keer." not in get(told.address)


def test_nothing_reads_as_decided_before_it_is(told):
    sentence([told.lines])
    publish(told.harvest)
    assert "Voorstel voor het plan" in get(told.address) and "Dit staat in het plan" not in get(told.address)
    adopt()
    html = get(told.address)
    assert "Dit staat in het plan" in html and "Zin 1.1 van het plan" in html and "concept" not in html


def test_what_did_not_come_into_the_plan_does_not_read_so(told):
    publish(told.harvest)
    adopt()
    assert "in het plan" not in get(told.address)


def test_a_correction_says_what_changed_and_old_links_stay(told):
    publish(told.harvest)
    stacks.hear(told.harvest.pk, told.lines.pk, "Eén keer vertellen.", version(told.lines), told.anouk)
    publish(told.harvest, changed="De zin over vertellen is korter.")
    new, old = get(told.address), get(f"{told.address}?versie=1")
    assert (
        "Eén keer vertellen." in new and "De zin over vertellen is korter." in new and "eerdere versie, van" not in new
    )
    assert "Vertel je verhaal één keer." in old and "Eén keer vertellen." not in old
    assert "Dit is een eerdere versie, van" in old and f'href="{told.address}">Lees de nieuwste versie' in old


@pytest.mark.parametrize("number", ["0", "3", "-1", "x", "", "9" * 30, "1.5"])
def test_a_version_that_there_is_not(told, number):
    publish(told.harvest)
    get(f"{told.address}?versie={number}", status=404)


def test_what_is_not_there_tells_nothing(told):
    concept = factories.question(current=False)
    hidden, cycle = factories.cafe(published_at=None), factories.cycle(published_at=None)
    for path in (
        *("/vragen/bestaat-niet/", concept.get_absolute_url(), "/cafes/bestaat-niet/", hidden.get_absolute_url()),
        *("/ontwerptrajecten/bestaat-niet/", cycle.get_absolute_url()),
    ):
        for page in ("wat-we-hoorden/", "wat-we-hoorden/voorlezen/"):
            get(path + page, status=404)
    get("/wat-we-hoorden/overig/", status=404)
    html = get(told.address)
    assert "Hier komt te staan wat we hoorden" in html and "Marieke" not in html
    assert "Nog niets" in get("/wat-we-hoorden/")


def test_a_cafe_that_is_taken_off_the_site_takes_its_page_along(told):
    cafe = factories.cafe(topic=None)
    notes = noting.open_cafe(cafe.pk, told.anouk)
    line = noting.write(notes.pk, [noting.Line(uuid.uuid4(), "Minder papier.")], told.anouk)
    assert line is not None
    harvest = notes.harvest
    lay(write(helpers.stack(harvest), "Minder papier."), *harvest.fragments.all())
    publish(harvest)
    address = f"{cafe.get_absolute_url()}wat-we-hoorden/"
    assert "Minder papier." in get(address) and address in get("/wat-we-hoorden/")
    type(cafe).objects.update(published_at=None)
    get(address, status=404)
    assert address not in get("/wat-we-hoorden/")


def test_what_belongs_to_no_question_has_its_page(told):
    beeld = factories.wensbeeld(text="Elk kind gezien.", created_at=timezone.now() - timedelta(days=900))
    harvest = beeld.fragment.harvest
    assert (harvest.question, harvest.cafe, harvest.cycle) == (None, None, None)
    lay(write(helpers.stack(harvest), "Zie elk kind."), beeld.fragment)
    publish(harvest)
    assert "Zie elk kind." in get("/wat-we-hoorden/overig/")
    assert "Zie elk kind." in get("/wat-we-hoorden/overig/voorlezen/")
    assert "/wat-we-hoorden/overig/" in get("/wat-we-hoorden/")


def test_of_a_cafe_about_a_question_the_page_is_that_of_the_question(told):
    cafe = factories.cafe(topic=told.question)
    address = f"{cafe.get_absolute_url()}wat-we-hoorden/"
    assert "Hier komt te staan" in get(address)
    publish(told.harvest)
    answer = Client().get(address)
    assert (answer.status_code, answer["Location"]) == (302, told.address)


def test_lines_of_an_evening_are_quoted_with_their_table_and_without_a_role(told):
    directeur = factories.role("directeur")
    note = helpers.note(told.harvest, "Graag een keer samen kijken.", table=5, role_id=directeur.pk)
    lay(told.lines, note.fragment)
    quote(note.fragment, told.lines)
    publish(told.harvest)
    html = get(told.address)
    assert (
        "«Graag een keer samen kijken.»" in html
        and "Tafel 5" in html
        and "directeur" not in html.split("Wie we misten")[0]
    )


@pytest.fixture
def ideas(told):
    cycle = factories.cycle()
    held = factories.sticker_round(groups=1, ideas=0, cycle=cycle)
    idea = factories.idea(held.groups.get(), text="Kennis reist.")
    for colour in (1, 1, 2, 3):
        factories.sticker(idea, colour)
    harvest = idea.fragment.harvest
    lay(write(helpers.stack(harvest), "Laat kennis reizen."), idea.fragment)
    publish(harvest)
    return held, f"{cycle.get_absolute_url()}wat-we-hoorden/"


def test_ideas_show_their_stickers_once_the_result_is_known(ideas):
    held, address = ideas
    assert "Kennis reist." in get(address) and "sticker-bar" not in get(address)
    StickerRound.objects.filter(pk=held.pk).update(stage=Stage.RESULT)
    html = get(address)
    for counted in ('2<span class="visually-hidden"> groen', '1<span class="visually-hidden"> rood'):
        assert counted in html
    Idea.objects.get(text="Kennis reist.").erase()
    assert "Kennis reist." not in get(address)


def test_of_ideas_that_were_joined_paper_counts_for_each(ideas, told):
    held, address = ideas
    StickerRound.objects.filter(pk=held.pk).update(stage=Stage.RESULT)
    PaperCount.objects.put(Idea.objects.get(text="Kennis reist.").pk, Colour.GREEN, 5, None, told.anouk)
    assert '7<span class="visually-hidden"> groen' in get(address)


def test_who_is_missing_may_still_write_as_long_as_it_is_open(told):
    publish(told.harvest)
    assert "Schrijf het nog" in get(told.address)
    factories.question()
    assert "Schrijf het nog" not in get(told.address)


def test_of_a_closed_question_the_page_leads_on_and_misses_no_rest(told):
    factories.role("anders", is_rest=True)
    factories.role("leerkracht")
    lay(told.lines, *people(told.question, "ouder", 5))
    factories.question()  # closes it
    publish(told.harvest)
    html = get(told.address)
    assert "Naar de vraag van nu" in html
    missed = html[html.index('id="gemist"') :]
    assert "Leerkracht" in missed
    assert "Anders" not in missed


def test_of_few_people_nobody_is_said_to_be_missed(told):
    publish(told.harvest)
    html = get(told.address)
    assert "We weten van te weinig mensen in welke rol ze meedachten." in html
    assert "Van deze groepen hoorden we nog (bijna) niemand." not in html


def test_many_of_one_kind_fold(told):
    for number in range(5):
        lay(write(helpers.stack(told.harvest), f"Ook dit {number}."), *people(told.question, "ouder", 1))
    publish(told.harvest)
    assert "Toon de andere 2" in get(told.address)


def test_it_is_asked_only_whether_it_changed(told, django_assert_num_queries):
    publish(told.harvest)
    forget()
    with django_assert_num_queries(11):
        get(told.address)
    with django_assert_num_queries(2):
        get(told.address)
    for number in range(3):
        more = people(told.question, "ouder", 2)
        lay(write(helpers.stack(told.harvest), f"Ook dit {number}."), *more)
        quote(more[0], Stack.objects.get(harvest=told.harvest, heard=f"Ook dit {number}."))
    publish(told.harvest, changed="Er kwam bij.")
    forget()
    with django_assert_num_queries(12):  # and the versions there are
        get(told.address)
    get(f"{told.address}voorlezen/")
    with django_assert_num_queries(2):
        get(f"{told.address}voorlezen/")


def test_what_is_kept_is_nobodys(told):
    publish(told.harvest)
    user = factories.coordinator()
    mine = browser_of(factories.visitor(user=user))
    assert "Je bent ingelogd als" in get(told.address, mine)
    assert "Je bent ingelogd als" not in get(told.address)


@pytest.mark.parametrize(
    ("times", "speakers", "others", "words"),
    [
        (14, [["ouders", 8]], 6, "van 8 ouders en 6 anderen"),
        (13, [["ouders", 8], ["leerkrachten", 5]], 0, "van 8 ouders en 5 leerkrachten"),
        (14, [["ouders", 5]], 8, "onder meer van 5 ouders"),
        (16, [["ouders", 8], ["leerkrachten", 5]], 0, "onder meer van 8 ouders en 5 leerkrachten"),
        (14, [["ouders", None]], 0, "vooral van ouders"),
        (14, [], 0, ""),
    ],
)
def test_from_whom_it_was_heard_adds_up_or_says_that_there_are_more(times, speakers, others, words):
    heard = Heard(times=times, speakers=speakers, others=others)
    assert Item(heard, IN_PLAN).said_by == words


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(told, method):
    publish(told.harvest)
    for page in ("", "voorlezen/"):
        assert getattr(Client(), method)(told.address + page).status_code == 405
