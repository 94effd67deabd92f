"""Gerichte acties: lines of functions and groups, made by hand or of who is missing; their text, states and figures."""

import datetime
import html
from urllib.parse import unquote

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from inviting import calling
from inviting.actions.calling import call_for
from inviting.models import Call, CallState, What
from plan.actions import consulting
from plan.missed import Gap, gaps
from plan.models import Body, Harvest
from tests.helpers import factories
from tests.helpers.shown import hidden
from tests.plan import helpers
from werkplaats.invited.models import Act, Kind, LinkFigure, LinkUse, month_of
from werkplaats.models import Role, Werkgebied

pytestmark = pytest.mark.django_db
LIST, ADD = "/beheer/inviting/call/", "/beheer/inviting/call/add/"
MISSING = "/beheer/werkbank/wie-ontbreekt/"
FILL = "/beheer/acties/ontbreekt/"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
TYPED = {"what": What.MEETING, "name": "IB-overleg Winsum", "approacher": "consulent noord", "note": "Na de herfst."}


@pytest.fixture
def client(client, settings):
    settings.DEMO = True  # no second factor
    client.force_login(factories.coordinator())
    return client


@pytest.fixture
def harvest() -> Harvest:
    """Of the question of now, about which one father wrote, of Winsum."""
    question = factories.question(text="Wat werkt er al goed?")
    factories.role("leerkracht", plural="leerkrachten", position=2)
    Werkgebied.objects.create(name="Winsum")
    Body.objects.create(name="OPR")
    helpers.voice(question, role=factories.role("ouder", plural="ouders"))
    return Harvest.objects.get(question=question)


def line(**given) -> Call:
    return Call.objects.call_upon(What.MEETING, given.pop("name", "IB-overleg"), **given)


def gap_of(harvest: Harvest, name: str) -> Gap:
    return next(gap for gap in gaps(harvest) if gap.name == name)


def sent_for(gap: Gap, harvest: Harvest) -> dict[str, object]:
    return {"soort": gap.kind, "nr": gap.pk, "opbrengst": harvest.pk}


def address(call: Call) -> str:
    return f"/beheer/acties/{call.pk}/"


# By hand


def test_a_line_is_made_with_a_link_of_its_own_and_leads_to_its_text(client):
    answer = client.post(ADD, TYPED | {"_save": "1"})
    call = Call.objects.get()
    assert answer.url == address(call)
    assert (call.name, call.state, call.link.is_call) == ("IB-overleg Winsum", CallState.NOT_YET, True)


@pytest.mark.parametrize("field", ["name", "approacher", "note"])
@pytest.mark.parametrize("typed", ["bel 06 12345678", "IB: anna@example.org", "zie www.example.org", "<b>overleg</b>"])
def test_no_field_takes_how_to_reach_somebody(client, field, typed):
    page = client.post(ADD, TYPED | {field: typed, "_save": "1"})
    assert "error-summary" in page.text
    assert html.escape(typed) in page.text, "what was typed stays"
    assert not Call.objects.exists()


def test_the_form_says_that_it_is_for_no_person(client):
    page = client.get(ADD).text
    assert "en nooit voor een persoon" in page
    assert "Geen namen van mensen" in page


def test_who_may_not_see_them_sees_nothing(client):
    call = line()
    client.force_login(factories.user(email="sorteert@example.org", is_staff=True))
    for path in (LIST, address(call), f"{address(call)}praatkaart.pdf", "/beheer/acties/cijfers/"):
        assert client.get(path).status_code == 403, path
    assert client.post(f"{address(call)}stand/", {"stand": "gevraagd"}).status_code == 403
    assert client.post(FILL).status_code == 403


# The text


@pytest.mark.parametrize("what", What)
def test_each_kind_has_a_text_that_fits_in_a_mail(what):
    question = factories.question(text="ë" * 200)
    made = Call.objects.call_upon(what, "x" * 120, cafe=factories.cafe(title="c" * 120))
    invitation = calling.invitation(made, question)
    assert invitation.text.startswith("Beste …,\n…\n\n")
    assert invitation.text.endswith(f"/v/{made.link.code}/")
    assert unquote(invitation.mailto.partition("&body=")[2]).replace("\r\n", "\n") == invitation.text
    assert question.text in invitation.text
    assert len(invitation.text) <= 1800


def test_the_texts_differ_by_kind_and_without_a_question_there_is_one():
    texts = {calling.invitation(Call.objects.call_upon(what, "x"), None).text.partition("/v/")[0] for what in What}
    assert len(texts) == len(What)


def test_a_mail_of_an_ordinary_question_fits_in_every_mail_program():
    question = factories.question(text="Wat maakt dat een kind zich bij ons op school welkom voelt, elke dag opnieuw?")
    longest = max(len(calling.invitation(Call.objects.call_upon(what, "x"), question).mailto) for what in What)
    assert longest <= 1800


def test_the_text_names_the_cafe_as_long_as_it_comes(past_cafe):
    def text(cafe):
        return calling.invitation(line(cafe=cafe), None).text

    assert "Liever praten? Kom naar" in text(factories.cafe(slug="komt"))
    assert "Liever praten?" not in text(past_cafe)
    assert "Liever praten?" not in text(factories.cafe(slug="af", called_off_at=timezone.now()))


def test_its_page_has_text_link_code_and_card(client, harvest):
    call = line(on=timezone.localdate(), note="Na de vakantie.")
    page = client.get(address(call)).text
    link = f"http://testserver/v/{call.link.code}/"
    assert f'href="{link}"' in page and 'class="qr"' in page
    text = html.unescape(page.split("data-invitation>")[1].split("</textarea>")[0])
    assert text == calling.invitation(call, harvest.question).text
    assert f'href="{address(call)}praatkaart.pdf"' in page
    assert "Na de vakantie." in page
    assert "Minder dan 5." in page


def test_the_card_has_the_link_of_the_line(client, harvest):
    import io

    from pypdf import PdfReader

    call = line()
    answer = client.get(f"{address(call)}praatkaart.pdf?twee=1")
    words = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "Wat werkt er al goed?" in words
    assert words.count(f"/v/{call.link.code}/") == 2


def test_without_a_question_of_now_there_is_no_card(client):
    call = line()
    assert "dus ook geen praatkaart" in client.get(address(call)).text
    assert client.get(f"{address(call)}praatkaart.pdf").status_code == 404


# States


def test_one_press_in_the_list_changes_where_a_line_stands(client):
    call = line()
    page = client.get(f"{LIST}?what=overleg").text
    press = f'formaction="{address(call)}stand/?lijst=what%3Doverleg"'
    assert page.count(press) == len(CallState) - 1, "nobody suggests a line that stands there"
    for _ in range(2):
        answer = client.post(f"{address(call)}stand/?lijst=what%3Doverleg", {"stand": "gevraagd"})
        assert answer.url == f"{LIST}?what=overleg"
        call.refresh_from_db()
        assert call.state == CallState.ASKED


@pytest.mark.parametrize("state", ["", "zomaar", "NOT_YET", "x" * 500])
def test_a_state_that_there_is_not_changes_nothing(client, state):
    call = line()
    assert client.post(f"{address(call)}stand/", {"stand": state}).status_code == 302
    call.refresh_from_db()
    assert call.state == CallState.NOT_YET


def test_a_line_does_not_open_again_beside_another_for_the_same(client, harvest):
    user, gap = factories.user(email="c@example.org"), gap_of(harvest, "OPR")
    first, _ = call_for(gap, harvest, user)
    first.move(CallState.RATHER_NOT)
    second, is_new = call_for(gap, harvest, user)
    assert is_new and second != first
    page = client.post(f"{address(first)}stand/", {"stand": "gevraagd"}, follow=True).text
    assert "Hiervoor staat al een andere regel open." in page
    first.refresh_from_db()
    assert first.state == CallState.RATHER_NOT


# Who is missing


OTHER_ROLES = (
    "bestuurders",
    "medewerkers van gemeenten",
    "ketenpartners (zorg of jeugdhulp)",
    "directeuren",
    "consulenten",
)


@pytest.mark.parametrize(
    ("missing", "what", "name"),
    [
        ("leerkrachten", What.TEAM, "Leerkrachten"),
        ("ouders", What.GROUP, "Ouders"),
        ("leerlingen", What.CLASS, "Leerlingen"),
        ("Winsum", What.GROUP, "Mensen uit Winsum"),
        ("OPR", What.OPR, "OPR"),
        ("Gemeente Het Hogeland", What.MUNICIPALITY, "Gemeente Het Hogeland"),
        ("Kring van directeuren", What.MEETING, "Kring van directeuren"),
        ("bestuurders", What.BOARD, "Bestuurders"),
        ("medewerkers van gemeenten", What.MUNICIPALITY, "Medewerkers van gemeenten"),
        ("ketenpartners (zorg of jeugdhulp)", What.PARTNER, "Ketenpartners (zorg of jeugdhulp)"),
        ("directeuren", What.SCHOOL, "Directeuren"),
        ("consulenten", What.GROUP, "Consulenten"),
    ],
)
def test_one_press_on_who_is_missing_makes_a_line_with_the_right_text(client, harvest, missing, what, name):
    Role.objects.create(name="leerling", plural="leerlingen", is_pupil=True, position=9)
    if missing in OTHER_ROLES:
        Role.objects.create(name=f"een van de {missing}", plural=missing, position=9)
    for body in ("Gemeente Het Hogeland", "Kring van directeuren"):
        Body.objects.create(name=body)
    gap = gap_of(harvest, missing)
    page = client.get(f"{MISSING}?over=o{harvest.pk}").text
    assert f'Maak een actie<span class="visually-hidden">: {missing}</span>' in page
    answer = client.post(FILL, sent_for(gap, harvest))
    call = Call.objects.get()
    assert answer.url == address(call)
    assert (call.what, call.name, call.harvest) == (what, name, harvest)


def test_twice_is_once_and_leads_to_the_line_that_is_open(client, harvest):
    gap = gap_of(harvest, "leerkrachten")
    first, second = client.post(FILL, sent_for(gap, harvest)), client.post(FILL, sent_for(gap, harvest))
    assert first.url == second.url
    assert Call.objects.count() == 1
    page = client.get(f"{MISSING}?over=o{harvest.pk}").text
    assert f'href="{first.url}">Actie: nog niet' in page
    assert 'Maak een actie<span class="visually-hidden">: leerkrachten</span>' not in page


def test_with_htmx_the_way_to_the_line_comes_in_the_place_of_the_button(client, harvest):
    sent = sent_for(gap_of(harvest, "Winsum"), harvest)
    for _ in range(2):
        answer = client.post(FILL, sent, headers=HTMX)
        assert f'<a href="{address(Call.objects.get())}" data-focus>Actie: nog niet' in answer.text
        assert "<html" not in answer.text


def test_beside_the_list_of_voices_each_gap_has_its_button(client, harvest):
    piece = client.get(f"{MISSING}?over=o{harvest.pk}", headers=HTMX).text
    assert piece.count("Maak een actie") == 4  # two roles, a part of the region, a body
    assert hidden(piece, "opbrengst") == str(harvest.pk)


def test_who_may_only_sort_gets_no_buttons(client, harvest):
    user = factories.user(email="sorteert@example.org", is_staff=True)
    user.let_sort(True)
    client.force_login(user)
    page = client.get(f"{MISSING}?over=o{harvest.pk}").text
    assert "leerkrachten" in page and "Maak een actie" not in page


def test_who_is_heard_by_now_gets_no_line(client, harvest):
    gap = gap_of(harvest, "OPR")
    consulting.record(harvest.pk, gap.pk, timezone.localdate(), factories.user(email="c@example.org"))
    assert client.post(FILL, sent_for(gap, harvest)).url == MISSING
    assert "Hiervan hoorden we intussen" in client.post(FILL, sent_for(gap, harvest), headers=HTMX).text
    assert not Call.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"soort": "role", "nr": "x"}, {"soort": "zomaar", "nr": "1"}, {"nr": "9" * 40}])
def test_what_no_form_sends_makes_nothing(client, harvest, sent):
    assert client.post(FILL, sent).url == MISSING
    assert not Call.objects.exists()


@pytest.mark.parametrize(
    "typed", ["mw. J. Jansen, Dorpsweg 3", "9951 AB Winsum", "jan [at] school [dot] nl", "06 12345678"]
)
def test_no_field_takes_by_what_one_reaches_a_person_and_the_words_stay(client, typed):
    sent = {"what": "overleg", "name": typed, "approacher": typed, "note": typed}
    page = client.post(f"{LIST}add/", sent)
    assert page.status_code == 200 and not Call.objects.exists()
    errors = page.context["adminform"].form.errors
    assert set(errors) == {"name", "approacher", "note"}
    assert errors["note"][0].startswith("Hier past geen ")
    assert page.text.count(typed) >= 3


def test_when_the_gap_fills_the_line_says_so(client, harvest):
    user = factories.user(email="c@example.org")
    teachers, _ = call_for(gap_of(harvest, "leerkrachten"), harvest, user)
    opr, _ = call_for(gap_of(harvest, "OPR"), harvest, user)
    assert client.get(LIST).text.count("van hen hoorden we nog (bijna) niets") == 2
    for _ in range(5):
        helpers.voice(harvest.question, role=factories.role("leerkracht"))
    consulting.record(harvest.pk, opr.body_id, timezone.localdate(), user)
    assert client.get(LIST).text.count("van hen is nu gehoord") == 2
    assert "Van hen is nu gehoord." in client.get(address(teachers)).text


# What came of it


def told(call: Call, act: Act, counted: int) -> None:
    LinkFigure.objects.create(
        month=month_of(timezone.localdate()),
        kind=Kind.CALL,
        act=act,
        link=call.link,
        counted=counted,
        told=counted if counted >= 5 else 0,
    )


def test_what_came_of_it_is_told_from_five_on(client):
    call = line()
    told(call, Act.SENT, 4)
    assert "verstuurd: 4" not in client.get(LIST).text
    assert "minder dan 5" in client.get(LIST).text
    told(call, Act.FINISHED, 7)
    for page in (client.get(LIST).text, client.get(address(call)).text):
        assert "verteld wie het schreef: 7" in page
        assert "verstuurd: 4" not in page


def test_a_call_counts_by_its_own_link(client, harvest):
    call = line()
    sent = {"text": "Bij ons helpt één vast gezicht.", "via": call.link.code, "moment": _moment()}
    client.logout()
    client.post(f"/vragen/{harvest.question.slug}/bijdragen/", sent)
    assert list(LinkUse.objects.values_list("kind", "act", "link")) == [(Kind.CALL, Act.SENT, call.link_id)]


def _moment() -> str:
    from werkplaats.web import programs

    return programs.moment(ago=10)


# «Vandaag»


def test_vandaag_reminds_of_lines_of_today_and_before(client):
    today = timezone.localdate()
    line(name="Vandaag aan de beurt", on=today)
    line(name="Al aan de beurt geweest", on=today - datetime.timedelta(days=3))
    line(name="Pas morgen", on=today + datetime.timedelta(days=1))
    line(name="Al gevraagd", on=today, state=CallState.ASKED)
    line(name="Zonder dag")
    page = client.get("/beheer/").text
    block = page.split("Wie vraag je vandaag?")[1].split("</section>")[0]
    assert "Vandaag aan de beurt" in block and "Al aan de beurt geweest" in block
    assert not any(name in block for name in ("Pas morgen", "Al gevraagd", "Zonder dag"))


def test_without_lines_for_today_vandaag_says_nothing(client):
    line()
    assert "Wie vraag je vandaag?" not in client.get("/beheer/").text


# After a café


@pytest.fixture
def past_cafe():
    begin = timezone.now() - datetime.timedelta(days=1)
    return factories.cafe(starts_at=begin, ends_at=begin + datetime.timedelta(hours=2))


@pytest.mark.parametrize("in_list", [True, False])
def test_what_a_deleted_line_said_stands_nowhere_any_more(client, in_list):
    name = "Jan de Vries uit de Kerkstraat"
    client.post(ADD, {**TYPED, "name": name})
    call, stays = Call.objects.get(), Call.objects.call_upon(What.MEETING, "IB-overleg Bedum")
    client.post(f"{LIST}{call.pk}/change/", {**TYPED, "name": f"{name} zelf"})
    if in_list:
        client.post(LIST, {"action": "delete_selected", "_selected_action": [call.pk], "post": "yes"})
    else:
        client.post(f"{LIST}{call.pk}/delete/", {"post": "yes"})
    assert list(Call.objects.all()) == [stays]
    assert set(Call.pgh_event_model.objects.values_list("name", flat=True)) == {"IB-overleg Bedum"}
    logged = LogEntry.objects.filter(object_id=str(call.pk)).values_list("object_repr", "change_message")
    assert set(logged) == {("(gewist)", "")}
    assert len(logged) == 3, "that somebody made, changed and deleted one stays"
