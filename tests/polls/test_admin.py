"""What a coordinator does with polls and wensbeelden."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.utils.html import strip_tags

from polls.today import today
from polls.voting.models import Choice, Poll
from polls.wensbeelden.models import Wensbeeld
from tests.helpers import factories
from tests.helpers.shown import seen
from tests.helpers.shown_form import shown_form
from werkplaats.pictures.models import Picture

pytestmark = pytest.mark.django_db
LIST = "/beheer/polls/wensbeeld/"


def act(client, action, wensbeelden, **data):
    chosen = [wensbeeld.pk for wensbeeld in wensbeelden]
    return client.post(
        LIST, {"action": action, "_selected_action": chosen, "gezien": seen(wensbeelden), **data}, follow=True
    )


def test_approve_many_at_a_time(client, coordinator):
    waiting = [factories.wensbeeld(published=False) for _ in range(3)]
    removed = factories.wensbeeld(published=False)
    removed.remove(coordinator, "Reclame.")
    page = act(client, "approve", [*waiting, removed]).text
    assert "Goedgekeurd: 3 wensbeelden." in page
    public = Wensbeeld.objects.public()
    assert {wensbeeld.pk for wensbeeld in public} == {wensbeeld.pk for wensbeeld in waiting}
    assert {wensbeeld.published_by for wensbeeld in public} == {coordinator}
    assert LogEntry.objects.filter(user=coordinator).count() == 3


def test_remove_asks_for_the_reason_and_restore_puts_back(client, coordinator):
    wensbeeld = factories.wensbeeld()
    page = act(client, "remove", [wensbeeld]).text
    assert "Het gaat om 1 wensbeeld." in page
    refused = act(client, "remove", [wensbeeld], reason=" ", _asked=1)
    assert refused.status_code == 422
    assert "Vul dit in." in refused.text
    assert Wensbeeld.objects.public().exists()
    page = act(client, "remove", [wensbeeld], reason="Er staat een naam in.", _asked=1).text
    assert "Weggehaald: 1 wensbeeld." in page
    wensbeeld.refresh_from_db()
    assert (wensbeeld.removed_by, wensbeeld.removal_reason) == (coordinator, "Er staat een naam in.")
    assert "Reden: Er staat een naam in." in client.get(f"{LIST}{wensbeeld.pk}/history/").text
    assert "Teruggezet: 1 wensbeeld." in act(client, "restore", [wensbeeld]).text
    assert Wensbeeld.objects.public().exists()


def test_whoever_approves_pictures_has_looked_for_children(client, coordinator):
    picture = Picture.objects.create(name="a" * 32, width=640, height=320, alt="Een plein")
    chosen = [factories.wensbeeld(published=False, picture=picture), factories.wensbeeld(published=False)]
    page = act(client, "approve", chosen).text
    assert "Staan er geen kinderen herkenbaar op?" in page
    box = page.index('<input type="checkbox" name="judged"')
    assert page.index("<label", box - 40) < box < page.index("Ik heb gekeken: op deze afbeeldingen")
    assert f'<img src="{picture.small}" alt="Een plein"' in page
    refused = act(client, "approve", chosen, _asked=1)
    assert refused.status_code == 422
    assert "Kijk eerst naar elke afbeelding, en zet dan het vinkje." in refused.text
    assert not Wensbeeld.objects.public().exists()
    assert "Goedgekeurd: 2 wensbeelden." in act(client, "approve", chosen, _asked=1, judged="on").text
    assert Wensbeeld.objects.public().count() == 2


@pytest.mark.parametrize("decision", ["approve", "remove", "handle"])
def test_a_moderator_settles_what_was_reported(client, coordinator, decision):
    wensbeeld, other = factories.wensbeeld(text="Koop hier"), factories.wensbeeld(text="Niets mis mee")
    for _ in range(2):
        wensbeeld.report(factories.visitor(), "spam")
    page = client.get(f"{LIST}?toestand=gemeld").text
    assert "Koop hier" in page and "2 × gemeld" in page
    assert other.text not in page
    assert "Het is reclame" in client.get(f"{LIST}{wensbeeld.pk}/change/").text
    if decision == "handle":
        reports = list(wensbeeld.reports.values_list("pk", flat=True))
        address = "/beheer/polls/wensbeeldreport/"
        assert "Koop hier" in client.get(f"{address}{reports[0]}/change/").text
        answer = {"_asked": 1, "gezien": seen([wensbeeld])}
        client.post(address, {"action": "handle", "_selected_action": reports, **answer})
    else:
        act(client, decision, [wensbeeld], reason="Reclame.", _asked=1)
    assert {report.handled_by for report in wensbeeld.reports.all()} == {coordinator}
    assert wensbeeld in Wensbeeld.objects.public() or decision == "remove"
    assert not Wensbeeld.objects.reported().exists()


def test_what_was_reported_is_read_before_it_is_settled(client, coordinator):
    reported, waiting = factories.wensbeeld(text="Koop hier"), factories.wensbeeld(published=False)
    for reason in ("spam", "spam", "privacy"):
        reported.report(factories.visitor(), reason)
    asked = act(client, "approve", [reported, waiting])
    words = strip_tags(asked.text)
    assert "Mag dit blijven staan?" in words and "Wat gemeld is, is daarmee afgehandeld." in words
    assert "2 × gemeld: Het is reclame" in words
    assert "1 × gemeld: Er staat een naam of iets persoonlijks in" in words
    assert Wensbeeld.objects.reported().exists() and Wensbeeld.objects.waiting().exists()
    assert "Goedgekeurd: 2 wensbeelden." in act(client, "approve", [reported, waiting], _asked=1).text
    assert not Wensbeeld.objects.reported().exists() and not Wensbeeld.objects.waiting().exists()


def test_a_page_in_between_goes_back_to_the_list_as_it_was(client, coordinator):
    chosen = factories.wensbeeld(text="Koop hier")
    data = {"action": "remove", "_selected_action": chosen.pk}
    asked = client.post(f"{LIST}?toestand=zichtbaar&q=hier", data).text
    back = f"{LIST}?toestand=zichtbaar&amp;q=hier"
    assert f'action="{back}"' in asked and f'href="{back}">Toch niet' in asked
    one = {"CHANGE_FORM-action": "remove", "_selected_action": chosen.pk}
    page = f"{LIST}{chosen.pk}/change/?_changelist_filters=toestand%3Dzichtbaar"
    asked = client.post(page, one).text
    assert f'action="{LIST}?toestand=zichtbaar"' in asked
    asked = client.post(f"{LIST}{chosen.pk}/change/?_changelist_filters=%22%3E%3Cb%3E", one)
    assert '?"&gt;' not in asked.text and "<b>" not in asked.text
    done = client.post(f"{LIST}?toestand=zichtbaar&q=hier", data | {"reason": "Reclame.", "_asked": 1})
    assert done.url == f"{LIST}?toestand=zichtbaar&q=hier"
    chosen.refresh_from_db()
    assert chosen.removed_at


def test_filter_and_thumbnail(client, coordinator):
    picture = Picture.objects.create(name="b" * 32, width=640, height=320, alt="Een boom")
    factories.wensbeeld(text="Wacht nog", published=False, picture=picture)
    factories.wensbeeld(text="Staat er al")
    page = client.get(f"{LIST}?toestand=wacht").text
    assert "Wacht nog" in page
    assert "Staat er al" not in page
    assert f'<img src="{picture.small}" alt="Een boom" width="120" height="60" loading="lazy">' in page


def test_what_a_picture_shows_is_read_before_it_is_public(client, coordinator):
    picture = Picture.objects.create(name="d" * 32, width=640, height=320, alt="Onze Sem op het plein")
    wensbeeld = factories.wensbeeld(text="", published=False, picture=picture)
    pages = [
        client.get(f"{LIST}?toestand=wacht"),
        act(client, "approve", [wensbeeld]),
        client.get(f"{LIST}{wensbeeld.pk}/change/"),
    ]
    for page in pages:
        assert "Wat zie je? Onze Sem op het plein" in strip_tags(page.text)
    assert f"wensbeeld {wensbeeld.pk}" not in pages[1].text


def test_only_the_description_can_be_changed(client, coordinator):
    picture = Picture.objects.create(name="c" * 32, width=640, height=320, alt="Een boom")
    wensbeeld = factories.wensbeeld(text="Blijft zo", picture=picture)
    client.post(f"{LIST}{wensbeeld.pk}/change/", {"alt": "Een appelboom", "text": "Anders", "motto": ""})
    picture.refresh_from_db()
    wensbeeld.refresh_from_db()
    assert (picture.alt, wensbeeld.text) == ("Een appelboom", "Blijft zo")
    assert "Goedkeuren" in client.get(f"{LIST}{wensbeeld.pk}/change/").text


def test_poll_with_its_choices_and_results(client, coordinator):
    poll = factories.poll()
    choices = list(poll.choices.all())
    factories.vote(poll, visitor := factories.visitor(), choices[2])
    factories.vote(poll, visitor, choices[0], 2)
    assert "2 stemmen van 1 persoon" in client.get("/beheer/polls/poll/").text
    assert "2 stemmen van 1 persoon" in client.get(f"/beheer/polls/poll/{poll.pk}/change/").text
    data = shown_form(client, f"/beheer/polls/poll/{poll.pk}/change/")
    data["choices-1-answer"] = "Fijn dat je het zegt"
    response = client.post(f"/beheer/polls/poll/{poll.pk}/change/", data)
    assert response.status_code == 302
    choices[1].refresh_from_db()
    assert choices[1].answer == "Fijn dat je het zegt"
    del data["repeat_votes"]
    response = client.post(f"/beheer/polls/poll/{poll.pk}/change/", data)
    assert "Er is al opnieuw gestemd." in response.text


def test_a_choice_with_votes_stays(client, coordinator):
    poll = factories.poll()
    yes, no, _ = poll.choices.all()
    factories.vote(poll, factories.visitor(), yes)
    address = f"/beheer/polls/poll/{poll.pk}/change/"
    data = shown_form(client, address)
    page = client.post(address, data | {"choices-0-DELETE": "on"}).text
    assert f"Op «{yes}» is al gestemd. Deze keuze kan niet meer weg." in page
    assert "stem 1 in peiling" not in page
    assert poll.choices.count() == 3
    assert client.post(address, data | {"choices-1-DELETE": "on"}).status_code == 302
    assert no not in poll.choices.all()


def test_a_poll_keeps_two_choices(client, coordinator):
    poll = factories.poll()
    gone = {"choices-1-DELETE": "on", "choices-2-DELETE": "on"}
    address = f"/beheer/polls/poll/{poll.pk}/change/"
    page = client.post(address, shown_form(client, address) | gone).text
    assert "Een peiling heeft minstens 2 keuzes nodig." in page
    assert poll.choices.count() == 3


def test_two_coordinators_with_one_poll_open_keep_what_each_typed(client, coordinator):
    poll = factories.poll(intro="Denk mee")
    address = f"/beheer/polls/poll/{poll.pk}/change/"
    first, second = shown_form(client, address), shown_form(client, address)
    del first["repeat_votes"]
    first |= {"intro": "Denk mee!", "choices-0-answer": "Mooi!", "choices-1-text": "nee hoor"}
    second |= {"question": "Wat wens jij?", "choices-0-text": "jazeker"}
    assert client.post(address, first).status_code == client.post(address, second).status_code == 302
    poll.refresh_from_db()
    assert (poll.intro, poll.question, poll.repeat_votes) == ("Denk mee!", "Wat wens jij?", False)
    choices = list(poll.choices.values_list("text", "answer")[:2])
    assert choices == [("jazeker", "Mooi!"), ("nee hoor", "Toch bedankt dat je meedenkt")]
    told = client.post(address, second | {"intro": "Denk je mee?"})
    assert "Nu staat er: <q>Denk mee!</q>. Jij hebt: <q>Denk je mee?</q>." in told.text
    poll.refresh_from_db()
    assert poll.intro == "Denk mee!"


def test_a_poll_that_nobody_voted_in_can_go(client, coordinator):
    mistake, used = factories.poll(on_landing_page=False, slug="oeps"), factories.poll()
    factories.vote(used, factories.visitor(), used.choices.first())
    place = "/beheer/polls/poll/{}/delete/"
    assert place.format(mistake.pk) in client.get(f"/beheer/polls/poll/{mistake.pk}/change/").text
    assert place.format(used.pk) not in client.get(f"/beheer/polls/poll/{used.pk}/change/").text
    assert client.post(place.format(used.pk), {"post": "yes"}).status_code == 403
    both = {"action": "delete_selected", "_selected_action": [mistake.pk, used.pk], "post": "yes"}
    client.post("/beheer/polls/poll/", both)
    assert Poll.objects.count() == 2
    page = client.get(place.format(mistake.pk)).text
    assert "Weet je zeker" in page and "stem 1" not in page
    assert client.post(place.format(mistake.pk), {"post": "yes"}).status_code == 302
    assert Poll.objects.get() == used and used.choices.count() == Choice.objects.count() == 3


def test_today_tells_what_waits(rf, coordinator):
    for number in range(6):
        factories.wensbeeld(published=False, text=f"Wens {number}")
    factories.wensbeeld()
    request = rf.get("/beheer/")
    request.user = coordinator
    reported = Wensbeeld.objects.public().get()
    reported.report(factories.visitor(), "spam")
    reports, block, _ = today(request)
    assert (reports["count"], [item["text"] for item in reports["items"]]) == (1, [reported.text])
    assert block["count"] == 6
    assert block["url"] == f"{LIST}?toestand=wacht"
    assert [item["text"] for item in block["items"]] == [f"Wens {number}" for number in range(5)]


def test_an_erased_wensbeeld_is_gone_for_good(client, coordinator):
    picture = Picture.objects.create(name="a" * 32, width=640, height=320, alt="Sanne op het plein")
    wensbeeld, stays = factories.wensbeeld(text="Sanne lacht", picture=picture), factories.wensbeeld()
    act(client, "remove", [wensbeeld], reason="Sanne staat erop.", _asked=1)
    page = act(client, "erase", [wensbeeld]).text
    assert "dit kan niet ongedaan worden gemaakt" in page
    assert Wensbeeld.objects.filter(pk=wensbeeld.pk).exists()
    assert "Echt gewist: 1 wensbeeld." in act(client, "erase", [wensbeeld], _asked=1).text
    assert list(Wensbeeld.objects.all()) == [stays]
    assert not Picture.objects.exists()
    assert not Wensbeeld.pgh_event_model.objects.filter(pgh_obj_id=wensbeeld.pk).exists()
    entries = [f"{entry.object_repr} {entry.change_message}" for entry in LogEntry.objects.all()]
    assert any("Echt gewist." in entry for entry in entries)
    assert "Sanne" not in "".join(entries)


def test_only_who_may_delete_wensbeelden_can_erase_them(client, settings):
    settings.DEMO = True
    wensbeeld, user = factories.wensbeeld(), factories.user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_wensbeeld", "change_wensbeeld"]))
    client.force_login(user)
    assert "Echt wissen" not in client.get(LIST).text
    act(client, "erase", [wensbeeld], _asked=1)
    assert Wensbeeld.objects.filter(pk=wensbeeld.pk).exists()
