"""A sticker round from the side of a group: stages, codes, writing ideas, one list for all phones at the table."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from events import moments
from polls.rounds.models.ideas import MOST_PER_GROUP, Idea
from polls.rounds.models.rounds import CODE_LETTERS, Group, Member, StickerRound, normalise_code
from tests.helpers import factories
from werkplaats.versions import named
from werkplaats.web import programs

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def round():
    return factories.sticker_round(stage="ideas", groups=2, ideas=0, slug="sop")


@pytest.fixture
def group(round):
    return round.groups.first()


def write(client, group, text, headers=None, **data):
    path = f"/stickerrondes/sop/groep/{group.code}/idee/"
    return client.post(path, {"text": text, "moment": programs.moment(ago=10), **data}, headers=headers)


def texts(group) -> list[str]:
    return list(group.ideas.order_by("pk").values_list("text", flat=True))


def test_page_shows_where_the_round_stands(client, round):
    for stage, words in [
        ("ideas", "Doe mee met je groep"),
        ("stickers", "Geef elk idee een sticker"),
        ("result", "De uitslag"),
    ]:
        round.move_to(stage)
        page = client.get("/stickerrondes/sop/").text
        assert words in page
        assert page.count('aria-current="step"') == 1


def test_a_round_without_groups_offers_no_code(client):
    factories.sticker_round(stage="ideas", groups=0, slug="leeg")
    page = client.get("/stickerrondes/leeg/").text
    assert "Er zijn nog geen groepen" in page
    assert "QR-code" not in page and 'name="code"' not in page


def test_the_name_of_a_group_says_group_once(client, round, group):
    reader = Group.objects.create(round=round, name="lezers")
    for each, title in [(group, "Groep 1"), (reader, "Groep lezers")]:
        assert f"<title>{title} · " in client.get(each.get_absolute_url()).text


@pytest.mark.parametrize("stage", ["ideas", "stickers", "result"])
@pytest.mark.parametrize("rows", [1, 3])
def test_at_most_six_queries(client, django_assert_num_queries, rows, stage):
    round = factories.sticker_round(groups=rows, ideas=rows, stage=stage, cycle=factories.cycle())
    for idea in round.ideas.all():
        for _ in range(rows):
            factories.sticker(idea, 1)
    with django_assert_num_queries(2):  # the round with all that stands in it, the site
        client.get(f"/stickerrondes/{round.slug}/")
    group = round.groups.first()
    with django_assert_num_queries(2):
        client.get(f"/stickerrondes/{round.slug}/groep/{group.code}/")
    with django_assert_num_queries(1):
        client.get(f"/stickerrondes/{round.slug}/groep/{group.code}/lijst/", headers=HTMX)
    for path, queries in [("plakken/", 3), ("mijn-stickers/", 2)]:  # the first reads the round, which is kept
        with django_assert_num_queries(queries):
            client.get(f"/stickerrondes/{round.slug}/{path}")


def test_codes_are_unique_and_hard_to_misread(round):
    codes = {Group.objects.create(round=round, name=f"tafel {number}").code for number in range(40)}
    assert len(codes) == 40
    assert not set("".join(codes)) & set("AEIOULY0123456789")
    taken = codes.pop()
    again = Group(round=round, name="nog een", code=taken)
    again.save()
    assert again.code not in {taken, *codes}
    with pytest.raises(IntegrityError, match="code"), transaction.atomic():
        Group.objects.filter(pk=again.pk).update(code=taken)


@pytest.mark.parametrize("typed", ["{}", " {} ", "{}\u00a0"])
def test_join_by_typing_the_code(client, round, group, typed):
    spaced = typed.format(" ".join(group.code.lower()))
    response = client.post("/stickerrondes/sop/meedoen/", {"code": spaced})
    assert response.url == f"/stickerrondes/sop/groep/{group.code}/"
    assert Member.objects.get().group == group
    assert "Ga naar je groep" in client.get("/stickerrondes/sop/").text
    other = round.groups.last()
    client.post("/stickerrondes/sop/meedoen/", {"code": other.code})
    assert Member.objects.get().group == other


@pytest.mark.parametrize("typed", ["", "QQQQQ", "12345", "\x00", "é" * 40, "x" * 9000])
def test_unknown_code_is_told_and_kept(client, round, group, typed):
    response = client.post("/stickerrondes/sop/meedoen/", {"code": typed})
    assert response.status_code == 422
    assert "error-summary" in response.text
    assert not Member.objects.exists()


def test_code_of_another_round_opens_nothing(client, round):
    other = factories.sticker_round(stage="ideas").groups.first()
    assert client.post("/stickerrondes/sop/meedoen/", {"code": other.code}).status_code == 422
    assert client.get(f"/stickerrondes/sop/groep/{other.code}/").status_code == 404
    assert write(client, other, "Zomaar").status_code == 404
    assert not Idea.objects.filter(text="Zomaar").exists()


def test_the_qr_code_opens_the_list_and_changes_nothing(client, group):
    before = timezone.now()
    response = client.get(f"/stickerrondes/sop/groep/{group.code}/")
    assert "Zet op de lijst" in response.text
    assert "bezoeker" not in response.cookies
    assert not Member.objects.exists() and before
    lower = client.get(f"/stickerrondes/sop/groep/{group.code.lower()}/")
    assert lower.url == f"/stickerrondes/sop/groep/{group.code}/"


def test_write_plain_and_with_htmx(client, group):
    response = write(client, group, "  Eén profiel\nper werkgebied ")
    assert response.url == f"/stickerrondes/sop/groep/{group.code}/?nieuw=1#lijst"
    page = client.get(response.url).text
    assert "Je idee staat op jullie lijst" in page
    path = f"/stickerrondes/sop/groep/{group.code}/idee/"
    assert f'data-placed="{path}"' in page and " data-draft " in page  # drafts.js keeps, and drops, what is typed
    fragment = write(client, group, "Een kaart met witte vlekken", HTMX)
    assert fragment.headers["X-Geplaatst"] == "1"
    assert "<html" not in fragment.text
    assert "Een kaart met witte vlekken" in fragment.text
    assert "2 ideeën van jullie groep" in fragment.text
    assert texts(group) == ["Eén profiel per werkgebied", "Een kaart met witte vlekken"]
    assert Member.objects.get().group == group  # who writes takes part


def test_double_click_is_one_idea(client, group):
    key = "6fa459ea-ee8a-3ca4-894e-db77e160355e"
    for _ in range(3):
        write(client, group, "Kennis reist", key=key)
    assert texts(group) == ["Kennis reist"]
    write(client, group, "Kennis reist mee", key=key)  # after Back: another idea
    assert texts(group) == ["Kennis reist", "Kennis reist mee"]


@pytest.mark.parametrize("text", ["", "  \u200b ", "\x00", "x" * 281])
def test_nothing_or_too_much_is_refused_with_the_text_kept(client, group, text):
    response = write(client, group, text)
    assert response.status_code == 422
    assert texts(group) == []
    assert text[:281].strip("\x00") in response.text.replace("\n", "")


def test_markup_is_text(client, group):
    write(client, group, "<script>alert(1)</script>=1+1")
    page = client.get(f"/stickerrondes/sop/groep/{group.code}/").text
    assert "&lt;script&gt;alert(1)" in page


def test_closed_meanwhile_keeps_the_typed_text(client, round, group):
    round.move_to("stickers")
    for headers in (None, HTMX):
        response = write(client, group, "Net te laat", headers)
        assert response.status_code == 409
        assert "nu gesloten" in response.text
        assert "Net te laat</textarea>" in response.text
        assert "X-Geplaatst" not in response.headers
    assert texts(group) == []


def test_a_full_list_says_so(client, round, group):
    Idea.objects.bulk_create(Idea(round=round, group=group, text=f"{n}") for n in range(MOST_PER_GROUP))
    response = write(client, group, "Nog een")
    assert response.status_code == 409
    assert "Jullie lijst is vol" in response.text


def test_the_list_is_live_for_other_phones(client, group, django_assert_num_queries):
    path = f"/stickerrondes/sop/groep/{group.code}/"
    other = Client()
    stand = other.get(path).text.split('name="stand" value="')[1].split('"')[0]
    with django_assert_num_queries(1):  # every phone at every table asks it every four seconds
        assert other.get(f"{path}lijst/?stand={stand}", headers=HTMX).status_code == 204
    write(client, group, "Begin bij de vragen van scholen")
    answer = other.get(f"{path}lijst/?stand={stand}", headers=HTMX)
    assert answer.status_code == 200
    assert "Begin bij de vragen van scholen" in answer.text
    assert "Wijzig" not in answer.text  # not theirs
    assert "Wijzig" in client.get(path).text
    group.round.move_to("stickers")
    assert "Begin met plakken" in other.get(f"{path}lijst/?stand={stand}", headers=HTMX).text


def test_who_waits_is_told_where_the_round_is_now(client, round, django_assert_num_queries):
    def news(stage: str) -> str:
        with django_assert_num_queries(1):
            return client.get(f"/stickerrondes/sop/stand/?stap={stage}", headers=HTMX).text.strip()

    assert "/stickerrondes/sop/stand/?stap=ideas" in client.get("/stickerrondes/sop/").text
    assert "/stickerrondes/sop/stand/?stap=ideas" in client.get("/stickerrondes/sop/plakken/").text
    assert news("ideas") == ""
    round.move_to("stickers")
    assert 'href="/stickerrondes/sop/plakken/"' in news("ideas")
    own = client.get("/stickerrondes/sop/mijn-stickers/").text
    assert "/stickerrondes/sop/stand/?stap=stickers" in own
    assert news("stickers") == ""
    round.move_to("result")
    assert 'href="/stickerrondes/sop/"' in news("stickers") and "De uitslag is er" in news("stickers")
    assert "/stand/" not in client.get("/stickerrondes/sop/").text
    round.move_to("stickers")
    assert news("stickers") == ""  # put back: what was told is taken back
    assert client.get("/stickerrondes/bestaat-niet/stand/").status_code == 404


def test_change_and_take_back_one_s_own(client, group):
    write(client, group, "Kenis reist")
    idea = Idea.objects.get()
    path = f"/stickerrondes/sop/ideeen/{idea.pk}/"
    assert "Kenis reist</textarea>" in client.get(path).text
    assert client.post(path, {"text": ""}).status_code == 422
    sent = {"text": "Kennis reist", "moment": programs.moment(ago=10), "gezien": named([idea])}
    response = client.post(path, sent)
    assert response.url.endswith(f"#idee-{idea.pk}")
    assert texts(group) == ["Kennis reist"]
    client.post(f"{path}weg/")
    assert texts(group) == []
    assert not Idea.pgh_event_model.objects.exists()  # it was theirs: history goes along


def test_a_page_that_lay_open_on_another_device_puts_nothing_back_unseen(client, group):
    write(client, group, "Vraag het aan Jantje")
    idea = Idea.objects.get()
    path, moment = f"/stickerrondes/sop/ideeen/{idea.pk}/", programs.moment(ago=10)
    lay_open = {"text": "Vraag het aan Jantje!", "gezien": named([idea]), "moment": moment}
    client.post(path, {"text": "Vraag het rond", "gezien": named([idea]), "moment": moment})
    for sent in (lay_open, lay_open | {"gezien": ""}):
        told = client.post(path, sent)
        assert told.status_code == 409
        assert "Vraag het rond</q>" in told.text and "Vraag het aan Jantje!</textarea>" in told.text
        assert texts(group) == ["Vraag het rond"]
    idea.refresh_from_db()
    assert f'name="gezien" value="{named([idea])}"' in told.text
    for _ in range(2):  # a second tap, too
        assert client.post(path, lay_open | {"gezien": named([idea])}).status_code == 302
    assert texts(group) == ["Vraag het aan Jantje!"]


def test_who_wrote_a_hidden_idea_reads_why_and_others_see_nothing(client, group):
    write(client, group, "Vraag het aan Jantje")
    Idea.objects.get().hide(None, "Er staat een naam in.")
    path = f"/stickerrondes/sop/groep/{group.code}/"
    assert "Dit idee van jou is verborgen. Reden: Er staat een naam in." in client.get(path).text
    assert "Jantje" not in Client().get(path).text


def test_nobody_changes_what_another_wrote(client, group):
    idea = factories.idea(group, visitor=factories.visitor(), text="Van een ander")
    nobodys = factories.idea(group, text="Van wie gewist is")
    for number in (idea.pk, nobodys.pk):
        path = f"/stickerrondes/sop/ideeen/{number}/"
        assert client.get(path).status_code == 404
        assert client.post(path, {"text": "Anders"}).status_code == 404
        assert client.post(f"{path}weg/").status_code == 404
    assert texts(group) == ["Van een ander", "Van wie gewist is"]


def score(idea) -> None:
    factories.sticker(idea, 1)


def join(idea) -> None:
    Idea.objects.join(idea.round, [idea.pk, factories.idea(idea.group).pk], "Samen")


@pytest.mark.parametrize(
    ("happens", "told"),
    [
        (lambda idea: idea.round.move_to("stickers"), "Het opschrijven van ideeën is nu gesloten."),
        (score, "Op dit idee zijn al stickers geplakt."),
        (join, "Dit idee is samengevoegd met andere ideeën."),
    ],
    ids=["closed", "scored", "joined"],
)
def test_what_is_closed_scored_or_joined_stays_and_the_text_is_kept(client, group, happens, told):
    write(client, group, "Kennis reist")
    idea = Idea.objects.get()
    assert "> Wijzig<" in client.get(group.get_absolute_url()).text
    happens(idea)
    assert "> Wijzig<" not in client.get(group.get_absolute_url()).text
    path = f"/stickerrondes/sop/ideeen/{idea.pk}/"
    response = client.post(path, {"text": "Kennis reist verder"})
    assert response.status_code == 409
    assert "Kennis reist verder</textarea>" in response.text
    assert told in response.text
    assert ("Zet het anders als nieuw idee op de lijst." in response.text) == (happens in (score, join))
    assert client.post(f"{path}weg/").status_code == 409
    assert texts(group)[0] == "Kennis reist"


def test_the_database_knows_three_stages_and_one_name_per_group(round, group):
    with pytest.raises(IntegrityError, match="round_has_a_stage"), transaction.atomic():
        StickerRound.objects.update(stage="klaar")
    with pytest.raises(IntegrityError, match="one_group_per_name"), transaction.atomic():
        Group.objects.create(round=round, name=group.name)
    with pytest.raises(ValidationError):
        round.move_to("klaar")
    with pytest.raises(ValidationError, match="eindigt voordat ze begint"):
        StickerRound(
            slug="x", title="x", question="x", starts_at=timezone.now(), ends_at=timezone.now().replace(year=2020)
        ).full_clean()


def test_codes_as_people_type_them():
    assert normalise_code("b-c d\u200bf.g") == "BCDFG"
    assert normalise_code("9" * 5000) == ""
    assert len(CODE_LETTERS) ** 5 > 2_000_000


def shown_on(client, path: str) -> str:
    """What a page says of the rounds that are open."""
    page = client.get(path).text
    return page.split('id="nu-open"')[1].split("</section>")[0] if 'id="nu-open"' in page else ""


def test_an_open_round_is_one_screen_away(client):
    cycle = factories.cycle(slug="profiel")
    round = factories.sticker_round(slug="sop", stage="ideas", cycle=cycle)
    for path in ("/programma/", "/ontwerptrajecten/profiel/"):
        for stage, way in (("ideas", ""), ("stickers", "plakken/"), ("result", None)):
            round.move_to(stage)  # what is kept follows
            shown = shown_on(client, path)
            assert f'class="button" href="/stickerrondes/sop/{way}"' in shown if stage != "result" else not shown


def test_only_rounds_of_today_and_of_no_concept_are_announced(client):
    before, yesterday, tomorrow = (moments.days_from(timezone.now(), days) for days in (-2, -1, 1))
    concept = factories.cycle(published_at=None)
    factories.sticker_round(title="Van een concept", cycle=concept)
    factories.sticker_round(title="Morgen pas", starts_at=tomorrow)
    factories.sticker_round(title="Al voorbij", starts_at=before, ends_at=yesterday)
    factories.sticker_round(title="Wekenlang", starts_at=yesterday, ends_at=tomorrow)
    factories.sticker_round(title="Zonder dagen")
    shown = shown_on(client, "/programma/")
    assert [title for title in ("Wekenlang", "Zonder dagen") if title in shown] == ["Wekenlang", "Zonder dagen"]
    assert shown.count("<article") == 2


def test_a_round_without_a_room_speaks_of_no_table(client, group):
    page = client.get("/stickerrondes/sop/").text + client.get(group.get_absolute_url()).text
    refused = client.post("/stickerrondes/sop/meedoen/", {"code": "BBBBB"}).text
    assert "Typ deze code op" in page and "Deze code kennen we niet" in refused
    assert not [words for words in ("op tafel", "aan tafel", "je tafel", "scherm") if words in page + refused]


@pytest.mark.parametrize("starts", [None, 3])
def test_the_last_day_is_told_also_without_a_first(client, round, starts):
    round.starts_at = starts and timezone.make_aware(timezone.datetime(2036, 11, starts, 12))
    round.ends_at = timezone.make_aware(timezone.datetime(2036, 11, 30, 12))
    round.save()
    head = client.get("/stickerrondes/sop/").text.split("</header>")[1]
    assert "tot en met zondag 30 november" in head
