"""The coordinator's page, the spreadsheet, and the admin of sticker rounds."""

import io
import zipfile

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.utils import timezone

from polls.rounds.models.ideas import Idea
from polls.rounds.models.rounds import StickerRound
from tests.helpers import factories
from tests.helpers.shown import seen

pytestmark = pytest.mark.django_db
GREEN = 1
PANEL = "/stickerrondes/sop/bediening/"


@pytest.mark.parametrize("who", ["stranger", "user", "staff"])
def test_the_panel_is_not_there_for_others(client, settings, round, ideas, who):
    settings.DEMO = True
    if who != "stranger":
        client.force_login(factories.user(is_staff=who == "staff"))
    paths = ["", "cijfers/"]
    posts = ["stap/", "samenvoegen/", f"losmaken/{ideas[0].pk}/", f"verbergen/{ideas[0].pk}/", "terugzetten/1/"]
    assert {client.get(PANEL + path).status_code for path in paths} == {404}
    data = {"stage": "result", "ideas": [idea.pk for idea in ideas], "text": "x", "reason": "x"}
    assert {client.post(PANEL + path, data).status_code for path in posts} == {404}
    assert client.get("/stickerrondes/sop/uitslag.xlsx").status_code == 404
    round.refresh_from_db()
    assert round.stage == "stickers"
    assert not Idea.objects.exclude(joined_into=None, removed_at=None).exists()


def test_staff_need_the_permission_and_outside_the_demo_a_second_factor(client, settings, round):
    settings.DEMO = True
    user = factories.user(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_stickerround"))
    client.force_login(user)
    assert client.get(PANEL).status_code == 200
    settings.DEMO = False
    assert client.get(PANEL).status_code == 404


def test_the_way_to_the_panel(client, settings, coordinator, round):
    """From "Vandaag", from the list, and from the page of the round; and from the panel to the admin."""
    factories.sticker_round(slug="klaar", stage="result")
    today = client.get("/beheer/").text.split("Stickerrondes die lopen")[1].split("</section>")[0]
    assert today.count("<li>") == 1
    assert f'<a href="{PANEL}">Het profiel</a> <span class="today-meta">stickers plakken</span>' in today
    listed = client.get("/beheer/polls/stickerround/?stage__in=ideas,stickers").text
    assert PANEL in listed and "/klaar/" not in listed
    assert listed.index("column-title") < listed.index("column-control") < listed.index("column-stage")
    assert PANEL in client.get("/stickerrondes/sop/").text
    assert f'href="/beheer/polls/stickerround/{round.pk}/change/"' in client.get(PANEL).text


def test_visitors_and_other_staff_see_no_way_to_the_panel(client, settings, round):
    settings.DEMO = True
    assert PANEL not in client.get("/stickerrondes/sop/").text
    client.force_login(user := factories.user(is_staff=True))
    assert PANEL not in client.get("/stickerrondes/sop/").text
    assert "Stickerrondes die lopen" not in client.get("/beheer/").text
    user.user_permissions.add(Permission.objects.get(codename="change_stickerround"))
    assert PANEL in client.get("/stickerrondes/sop/").text
    assert "Stickerrondes die lopen" in client.get("/beheer/").text


def test_stages_forward_and_back(client, coordinator, round):
    for stage in ("ideas", "stickers", "result"):
        page = client.get(PANEL).text
        assert f'name="seen" value="{round.stage}"' in page
        for _ in range(2):  # the second is that of a double click
            answer = client.post(f"{PANEL}stap/", {"stage": stage, "seen": round.stage})
            assert answer.url == f"{PANEL}#stap"
        round.refresh_from_db()
        assert round.stage == stage
    for odd in ("", "klaar", "\x00", "x" * 5000):
        assert client.post(f"{PANEL}stap/", {"stage": odd, "seen": "result"}).status_code == 409
        assert client.post(f"{PANEL}stap/", {"stage": "ideas", "seen": odd}).status_code == 409
    round.refresh_from_db()
    assert round.stage == "result"


def test_a_page_that_was_left_open_does_not_move_the_round(client, coordinator, round):
    client.post(f"{PANEL}stap/", {"stage": "result", "seen": "stickers"})
    stale = client.post(f"{PANEL}stap/", {"stage": "ideas", "seen": "stickers"})
    assert stale.status_code == 409
    assert "De ronde staat al bij «uitslag»." in stale.text
    assert "Open het plakken weer" in stale.text  # the buttons are those of where it is
    round.refresh_from_db()
    assert round.stage == "result"


def test_join_and_undo_from_the_phone(client, coordinator, round, ideas):
    chosen = {"ideas": [ideas[0].pk, ideas[2].pk], "gezien": seen(ideas)}
    refused = client.post(f"{PANEL}samenvoegen/", {**chosen, "text": " "})
    assert refused.status_code == 422
    assert refused.text.count(" checked") == 2  # what was chosen stays chosen
    assert client.post(f"{PANEL}samenvoegen/", {"ideas": [ideas[0].pk], "text": "Een"}).status_code == 422
    assert client.post(f"{PANEL}samenvoegen/", {"ideas": ["x", "9" * 5000], "text": "Een"}).status_code == 422
    client.post(f"{PANEL}samenvoegen/", {**chosen, "text": "Samen"})
    wording = Idea.objects.get(text="Samen")
    assert set(wording.originals.all()) == {ideas[0], ideas[2]}
    assert "Maak weer los" in client.get(PANEL).text
    client.post(f"{PANEL}losmaken/{wording.pk}/")
    assert not wording.originals.exists()


def test_a_wording_without_originals_can_be_taken_apart(client, coordinator, round, ideas):
    wording = Idea.objects.join(round, [ideas[0].pk, ideas[1].pk], "Samen")
    wording.originals.update(removed_at=timezone.now())
    page = client.get(PANEL).text
    assert f"{PANEL}losmaken/{wording.pk}/" in page
    assert f"{PANEL}verbergen/{wording.pk}/" not in page
    client.post(f"{PANEL}losmaken/{wording.pk}/")
    assert "Samen</span>" not in client.get(PANEL).text


def test_words_that_changed_meanwhile_are_not_hidden_unread(client, coordinator, round, ideas):
    path, reason = f"{PANEL}verbergen/{ideas[0].pk}/", "Er staat een naam in."
    shown = seen(ideas)
    assert f'name="gezien" value="{seen(ideas[:1])}"' in client.get(PANEL).text
    Idea.objects.filter(pk=ideas[0].pk).update(text="Nu zonder naam")
    stale = client.post(path, {"reason": reason, "gezien": shown})
    assert stale.status_code == 409
    assert "Dit idee is intussen gewijzigd. Lees het opnieuw." in stale.text and reason in stale.text
    ideas[0].refresh_from_db()
    assert ideas[0].removed_at is None
    for _ in range(2):  # twice is once
        assert client.post(path, {"reason": reason, "gezien": seen(ideas[:1])}).status_code == 302
    ideas[0].refresh_from_db()
    assert ideas[0].removal_reason == reason


def test_joining_from_a_stale_page_says_what_happened_to_the_idea(client, coordinator, round, ideas):
    ideas[0].hide(None, "Dubbel.")
    stale = client.post(f"{PANEL}samenvoegen/", {"ideas": [ideas[0].pk, ideas[1].pk, ideas[2].pk], "text": "Samen"})
    assert stale.status_code == 422
    assert "Een idee dat je koos, is intussen verborgen" in stale.text
    assert "geen beschikbare keuze" not in stale.text
    assert stale.text.count(" checked") == 2


def test_hide_with_a_reason_and_put_back(client, coordinator, round, ideas):
    path = f"{PANEL}verbergen/{ideas[0].pk}/"
    client.post(path, {"reason": "Er staat een naam in.", "gezien": seen(ideas)})
    ideas[0].refresh_from_db()
    assert (ideas[0].removed_by, ideas[0].removal_reason) == (coordinator, "Er staat een naam in.")
    assert ideas[0].text not in client.get("/stickerrondes/sop/").text
    assert "Er staat een naam in." in client.get(PANEL).text
    client.post(f"{PANEL}terugzetten/{ideas[0].pk}/", {"gezien": seen(ideas)})
    assert ideas[0].text in client.get("/stickerrondes/sop/").text
    other = factories.sticker_round().ideas.first()
    assert client.post(f"{PANEL}verbergen/{other.pk}/", {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("reason", ["", "Te lang: " + "x" * 391])
def test_a_refused_reason_stays_in_its_open_fold_with_the_error_beside_it(client, coordinator, ideas, reason):
    page = client.post(f"{PANEL}verbergen/{ideas[1].pk}/", {"reason": reason})
    assert page.status_code == 422 and not Idea.objects.exclude(removed_at=None).exists()
    assert page.text.count(" open><summary>Verberg") == 1
    fold = page.text.split(" open><summary>Verberg")[1].split("</details>")[0]
    field = fold.split("<input")[-1].split(">")[0]
    error = f"id_reason_{ideas[1].pk}_error"
    assert f'id="{error}"' in fold and error in field.split('aria-describedby="')[1].split('"')[0]
    assert "autofocus" in field and 'aria-invalid="true"' in field
    assert reason in field and ("nu 400 tekens" if reason else "Geef een reden") in fold


def test_an_error_about_the_chosen_ideas_leads_to_them(client, coordinator, ideas):
    page = client.post(f"{PANEL}samenvoegen/", {"ideas": [ideas[0].pk], "text": "Een", "gezien": seen(ideas)}).text
    assert '<a href="#id_ideas">De ideeën die je kiest: Kies minstens twee ideeën' in page
    target = page.split('id="id_ideas"')[1].split(">")[0]
    assert 'name="ideas"' in target and 'aria-describedby="id_ideas_error"' in target
    assert page.count('id="id_ideas_error"') == 1


def test_the_panel_has_codes_and_figures(client, coordinator, round, ideas):
    page = client.get(PANEL).text
    assert page.count('class="qr" role="img"') == page.count('class="qr"') / 2 == 1 + 3  # the round, and its groups
    assert "style=" not in page
    Client().post("/stickerrondes/sop/meedoen/", {"code": round.groups.first().code})
    factories.sticker(ideas[0], GREEN)
    figures = client.get(f"{PANEL}cijfers/").text
    assert "<html" not in figures
    assert [part.split("</dd>")[0] for part in figures.split("<dd>")[1:]] == ["1", "3", "1", "1"]


def test_what_changes_while_the_page_lies_open(client, coordinator):
    """With the figures come the counts of the groups, and how many ideas the list on the page does not have."""
    round = factories.sticker_round(groups=2, ideas=0, stage="ideas", slug="sop")
    first, second = round.groups.all()
    page = client.get(PANEL).text
    assert "Er staan nog geen ideeën op de lijst." in page
    asked = page.split('id="cijfers" hx-get="')[1].split('"')[0]
    news = client.get(asked).text
    assert "Er staan nog geen ideeën op de lijst." in news and "ververs" not in news
    for _ in range(3):
        factories.idea(first).hide(None, "Dubbel.")
        kept = factories.idea(second)
    news = client.get(asked).text
    assert news.count('hx-swap-oob="innerMorph"') == 3
    assert f'id="groep-{first.pk}" hx-swap-oob="innerMorph">0 mensen, 0 ideeën<' in news
    assert f'id="groep-{second.pk}" hx-swap-oob="innerMorph">0 mensen, 3 ideeën<' in news
    assert "3 nieuwe ideeën: ververs de lijst" in news and "nog geen ideeën" not in news
    again = news.split('id="cijfers" hx-get="')[1].split('"')[0]
    assert "3 nieuwe ideeën" in client.get(again).text  # the next figures know what the page has
    page = client.get(PANEL).text
    assert "hx-swap-oob" not in page and kept.text in page
    asked = page.split('id="cijfers" hx-get="')[1].split('"')[0]
    Idea.objects.join(round, list(round.ideas.filter(removed_at=None).values_list("pk", flat=True)), "Samen")
    assert "ververs" not in client.get(asked).text
    for odd in ("", "x", "-1", "9" * 5000):
        assert client.get(f"{PANEL}cijfers/?na={odd}").status_code == 200


def test_the_way_in_for_everyone_stands_on_the_panel_and_with_the_groups(client, settings, coordinator, round):
    settings.SITE_URL = "https://werkplaats.example"
    short = f"werkplaats.example/s/{round.pk}"
    page = client.get(PANEL).text
    assert page.count(short) == 2 and f'href="/stickerrondes/sop/" data-share="{round.title}"' in page
    assert short in client.get(round.groups.first().get_absolute_url()).text
    assert client.get(f"/s/{round.pk}", follow=True).redirect_chain[-1][0] == "/stickerrondes/sop/"
    assert client.get("/s/999999/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_at_most_six_queries(client, settings, django_assert_num_queries, rows):
    settings.DEMO = True
    factories.sticker_round(groups=rows, ideas=rows, slug="vol")
    user = factories.user(is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_stickerround"))
    client.force_login(user)
    with django_assert_num_queries(6):  # session, user, two for what they may do, the round, the site
        client.get("/stickerrondes/vol/bediening/")


def test_who_did_what_is_kept(client, coordinator, round, ideas):
    client.post(f"{PANEL}verbergen/{ideas[0].pk}/", {"reason": "Dubbel.", "gezien": seen(ideas)})
    client.post(f"{PANEL}stap/", {"stage": "result", "seen": "stickers"})
    for row in (ideas[0], round):
        event = row.events.order_by("pgh_id").last()
        assert event.pgh_context.metadata["user"] == coordinator.pk


def test_the_sheet_has_text_and_no_formulas(client, coordinator, round, ideas):
    Idea.objects.filter(pk=ideas[0].pk).update(text='=HYPERLINK("https://evil.example")')
    Idea.objects.filter(pk=ideas[1].pk).update(text="https://evil.example")
    Idea.objects.filter(pk=ideas[2].pk).update(text="+31 & <b>ons</b> 🌈")
    factories.sticker(ideas[0], GREEN)
    Idea.objects.join(round, [ideas[0].pk, ideas[1].pk], "Samen")
    response = client.get("/stickerrondes/sop/uitslag.xlsx")
    assert response.headers["Content-Disposition"] == 'attachment; filename="stickerronde-sop.xlsx"'
    with zipfile.ZipFile(io.BytesIO(response.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        strings = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet and "hyperlink" not in sheet
    assert "=HYPERLINK(" in strings and "&lt;b&gt;ons&lt;/b&gt; 🌈" in strings
    assert sheet.count("<row ") == 5  # the head, the wording with two originals, the other


def test_the_admin_joins_hides_and_tells(client, coordinator, round, ideas):
    path = "/beheer/polls/idea/"
    chosen = {"_selected_action": [ideas[0].pk, ideas[1].pk], "gezien": seen(ideas)}
    page = client.post(path, {"action": "join_ideas", **chosen}).text
    assert "Hoe heten deze ideeën samen?" in page
    assert client.post(path, {"action": "join_ideas", "_asked": 1, "text": "", **chosen}).status_code == 422
    page = client.post(path, {"action": "join_ideas", "_asked": 1, "text": "Samen", **chosen}, follow=True).text
    assert "Samengevoegd: 1 idee." in page
    wording = Idea.objects.get(text="Samen")
    page = client.post(path, {"action": "take_apart", "_selected_action": [wording.pk]}, follow=True).text
    assert "Losgemaakt: 1 idee." in page
    refused = client.post(
        path, {"action": "join_ideas", "_asked": 1, "text": "x", **chosen, "_selected_action": [ideas[0].pk]}
    )
    assert refused.status_code == 422 and "minstens twee" in refused.text
    hide = {"action": "hide", "_asked": 1, "_selected_action": [ideas[2].pk], "gezien": seen(ideas)}
    refused = client.post(path, {**hide, "reason": "x" * 400}).text
    assert "x" * 400 in refused and "nu 400 tekens" in refused and "maxlength" not in refused
    client.post(path, {**hide, "reason": "Dubbel."})
    ideas[2].refresh_from_db()
    assert ideas[2].removed_by == coordinator
    assert "Reden: Dubbel." in client.get(f"{path}{ideas[2].pk}/history/").text
    assert client.get(f"{path}{ideas[2].pk}/change/").status_code == 200


@pytest.mark.parametrize("where", ["on the phone", "in the admin"])
def test_an_idea_that_was_reworded_is_shown_again_before_it_is_hidden(client, coordinator, ideas, where):
    idea, said = ideas[2], {"reason": "Er staat een naam in.", "gezien": seen(ideas)}
    Idea.objects.filter(pk=idea.pk).update(text="Elke klas een vaste juf")
    path, chosen = f"{PANEL}verbergen/{idea.pk}/", {}
    if where == "in the admin":
        path, chosen = "/beheer/polls/idea/", {"action": "hide", "_asked": 1, "_selected_action": [idea.pk]}
    answer = client.post(path, {**chosen, **said})
    idea.refresh_from_db()
    assert (answer.status_code in (409, 422), idea.removed_at) == (True, None)
    for shown in ("intussen gewijzigd", "Elke klas een vaste juf", "Er staat een naam in."):
        assert shown in answer.text
    client.post(path, {**chosen, **said, "gezien": seen([idea])})
    idea.refresh_from_db()
    assert idea.removed_at


@pytest.mark.parametrize("where", ["on the phone", "in the admin"])
def test_other_words_over_stickers_are_refused_with_the_way_out(client, coordinator, round, ideas, where):
    wording = Idea.objects.join(round, [ideas[0].pk, ideas[1].pk], "Samen")
    factories.sticker(wording, 1)
    chosen = [wording.pk, ideas[2].pk]
    if where == "on the phone":
        data = {"ideas": chosen, "text": "Anders", "gezien": seen([wording, ideas[2]])}
        answer = client.post("/stickerrondes/sop/bediening/samenvoegen/", data)
    else:
        data = {"_selected_action": chosen, "gezien": seen([wording, ideas[2]]), "_asked": 1, "text": "Anders"}
        answer = client.post("/beheer/polls/idea/", {"action": "join_ideas", **data})
    wording.refresh_from_db()
    assert answer.status_code == 422 and wording.text == "Samen"
    assert "Op «Samen» zijn al stickers geplakt" in answer.text and "Anders" in answer.text


def test_the_list_of_ideas_is_narrowed_down_by_what_became_of_them(client, coordinator, round, ideas):
    Idea.objects.join(round, [ideas[0].pk, ideas[1].pk], "Samen")
    ideas[2].hide(None, "Dubbel.")
    found = {}
    for state in ("zichtbaar", "samengevoegd", "verborgen"):
        page = client.get("/beheer/polls/idea/", {"toestand": state})
        found[state] = {idea.text for idea in page.context_data["cl"].result_list}
    joined, hidden = {ideas[0].text, ideas[1].text}, {ideas[2].text}
    shown = {"Samen", *(idea.text for idea in ideas[3:])}
    assert found == {"zichtbaar": shown, "samengevoegd": joined, "verborgen": hidden}


def test_the_admin_hides_all_that_were_chosen_or_none(client, coordinator, round, ideas):
    wording = Idea.objects.join(round, [ideas[0].pk, ideas[1].pk], "Samen")
    shown = seen([ideas[2], wording])
    chosen = {"action": "hide", "_asked": 1, "_selected_action": [ideas[2].pk, wording.pk], "gezien": shown}
    page = client.post("/beheer/polls/idea/", {**chosen, "reason": "Dubbel."}).text
    assert "Maak een samengevoegd idee eerst los" in page and "Dubbel." in page
    assert not round.ideas.exclude(removed_at=None).exists()


def where_it_says(words: str) -> list[str]:
    """The tables of the database in which these words still stand."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        found = []
        for name in tables:
            cursor.execute(f'SELECT 1 FROM "{name}" row WHERE row::text LIKE %s LIMIT 1', [f"%{words}%"])
            found += [name] if cursor.fetchone() else []
        return found


def test_an_erased_idea_is_gone_for_good(client, coordinator, round, ideas):
    idea, other, _ = ideas
    Idea.objects.filter(pk=idea.pk).update(text="Vraag het aan Jantje de Boer")
    Idea.objects.filter(pk=idea.pk).update(text="Vraag het aan Jantje de Boer uit groep 6")
    factories.sticker(idea, GREEN, visitor := factories.visitor())
    factories.sticker(other, GREEN, visitor)
    wording = Idea.objects.join(round, [idea.pk, other.pk], "Samen")
    path, chosen = "/beheer/polls/idea/", {"action": "hide", "_selected_action": [idea.pk]}
    idea.refresh_from_db()
    client.post(path, {**chosen, "_asked": 1, "reason": "De naam Jantje de Boer staat erin.", "gezien": seen([idea])})
    assert {"polls_idea", "polls_ideaevent", "django_admin_log"} <= set(where_it_says("Jantje de Boer"))
    page = client.post(path, {**chosen, "action": "erase"}).text
    assert "Dit kan niet ongedaan worden gemaakt." in page
    assert Idea.objects.filter(pk=idea.pk).exists()
    done = {**chosen, "action": "erase", "_asked": 1, "gezien": f"{idea.pk}.1"}
    assert "intussen gewijzigd: lees" in client.post(path, done, follow=True).text
    assert Idea.objects.filter(pk=idea.pk).exists()  # it says something else than was read
    done["gezien"] = seen([idea])
    assert "Echt gewist: 1 idee." in client.post(path, done, follow=True).text
    assert where_it_says("Jantje de Boer") == []
    logged = LogEntry.objects.filter(object_id=str(idea.pk)).latest("pk")
    assert (logged.user, str(logged.object_repr), logged.change_message) == (coordinator, "(gewist)", "Echt gewist.")
    shown = StickerRound.objects.board("sop").idea(wording.pk)
    assert (shown.green, [original.id for original in shown.originals]) == (1, [other.pk])


def test_erasing_a_wording_leaves_its_originals(round, ideas):
    factories.sticker(ideas[0], GREEN)
    wording = Idea.objects.join(round, [ideas[0].pk, ideas[1].pk], "Samen")
    factories.sticker(wording, GREEN)
    wording.erase()
    board = StickerRound.objects.board("sop")
    assert [(idea.id, idea.green) for idea in board.ideas] == [(idea.pk, int(idea is ideas[0])) for idea in ideas]


def test_only_who_may_delete_ideas_can_erase_them(client, settings, ideas):
    settings.DEMO = True
    user = factories.user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_idea", "change_idea"]))
    client.force_login(user)
    assert "Echt wissen" not in client.get("/beheer/polls/idea/").text
    data = {"action": "erase", "_asked": 1, "_selected_action": [ideas[0].pk]}
    client.post("/beheer/polls/idea/", data)
    assert Idea.objects.filter(pk=ideas[0].pk).exists()


def test_a_round_with_groups_is_made_in_the_admin(client, coordinator):
    data = {
        "title": "Ronde met ouders",
        "slug": "ouders",
        "question": "Wat helpt?",
        "green_word": "ja",
        "blue_word": "weet niet",
        "red_word": "nee",
        "groups-TOTAL_FORMS": 2,
        "groups-INITIAL_FORMS": 0,
        "groups-0-name": "tafel 1",
        "groups-0-position": 0,
        "groups-1-name": "tafel 2",
        "groups-1-position": 1,
    }
    response = client.post("/beheer/polls/stickerround/add/", data)
    assert response.status_code == 302, response.text
    round = StickerRound.objects.get()
    assert round.stage == "ideas"
    assert len({group.code for group in round.groups.all()}) == 2
    assert "Leid de ronde" in client.get(f"/beheer/polls/stickerround/{round.pk}/change/").text
    data |= {"ends_at_0": "2026-10-01", "ends_at_1": "10:00", "starts_at_0": "2026-10-02", "starts_at_1": "10:00"}
    assert "eindigt voordat ze begint" in client.post("/beheer/polls/stickerround/add/", data | {"slug": "x"}).text


def test_groups_without_javascript(client, coordinator):
    """Rows stand ready, show no code that will be another, and are none when they stay empty."""
    add = "/beheer/polls/stickerround/add/"
    page = client.get(add).text
    assert 'name="groups-TOTAL_FORMS" value="3"' in page
    assert page.count("Komt er zodra je bewaart.") == 4  # those, and the one that JavaScript copies
    data = {name: "x" for name in ("title", "slug", "question", "green_word", "blue_word", "red_word")}
    data |= {"groups-TOTAL_FORMS": 3, "groups-INITIAL_FORMS": 0}
    data |= {f"groups-{number}-{name}": "" for number in range(3) for name in ("id", "round", "name")}
    data |= {f"groups-{number}-position": 0 for number in range(3)} | {"groups-1-name": "tafel 1"}
    assert client.post(add, data).status_code == 302
    round = StickerRound.objects.get()
    group = round.groups.get()
    page = client.get(f"/beheer/polls/stickerround/{round.pk}/change/").text
    assert 'name="groups-TOTAL_FORMS" value="2"' in page and group.code in page


def test_the_list_of_rounds_counts_what_groups_wrote_and_is_there(client, coordinator, round, ideas):
    Idea.objects.join(round, [ideas[0].pk, ideas[1].pk], "Samen")
    ideas[2].hide(None, "Dubbel.")
    factories.sticker_round(groups=1, ideas=0)
    listed = client.get("/beheer/polls/stickerround/").context_data["cl"].result_list
    assert sorted(each.idea_count for each in listed) == [0, 2]
