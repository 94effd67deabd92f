"""The desk as a page: every step as a plain form, what was typed when it is refused, and who was first."""

import pytest
from django.urls import reverse
from django.utils import timezone

from plan.actions import laying, stacks
from plan.models import Destination, Fragment, Presence
from plan.models.presence import GONE_AFTER, keep
from posts.actions import themes
from posts.models import PostTheme, Theme, Thumb
from posts.models.thumb_kinds import UP
from tests.helpers import factories
from tests.plan import helpers

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def anouk(client, settings, desk):
    settings.DEMO = True  # no second factor
    desk.anouk.let_sort(True)
    client.force_login(desk.anouk)
    return client


def mark(voice: Fragment) -> str:
    now = Fragment.objects.get(pk=voice.pk)
    return f"{now.pk}.{now.version}.{now.source_version}"


def step(client, desk, *, htmx=False, query="", **typed):
    path = reverse("plan:step", args=[desk.harvest.pk])
    return client.post(f"{path}?{query}", typed, headers=HTMX if htmx else {})


def test_the_desk_shows_the_first_voice_and_the_figure(anouk, desk):
    text = anouk.get(desk.harvest.get_absolute_url()).text
    first = desk.voices[0]
    assert f'name="stem" value="{mark(first)}"' in text
    assert '<span class="bubble-count">3</span>' in text
    assert "Wachten" in text
    assert "Korte lijnen" in text


def test_a_press_lays_the_voice_and_leads_to_the_next(anouk, desk):
    first, second, _ = desk.voices
    answer = step(anouk, desk, stem=mark(first), stapel=desk.wait.pk)
    assert answer.status_code == 302
    assert answer["Location"] == f"{desk.harvest.get_absolute_url()}?stem={second.pk}"
    assert helpers.lies_on(first) == ["Wachten"]


def test_with_htmx_the_next_voice_comes_in_the_same_answer(anouk, desk):
    first, second, _ = desk.voices
    answer = step(anouk, desk, htmx=True, stem=mark(first), stapel=desk.wait.pk)
    assert answer.status_code == 200
    assert f'name="stem" value="{mark(second)}"' in answer.text
    assert "<html" not in answer.text
    assert answer["HX-Replace-Url"].endswith(f"?stem={second.pk}")
    assert "Je legde deze stem op «Wachten»." in answer.text


def test_ticked_voices_go_along(anouk, desk):
    first, second, third = desk.voices
    step(anouk, desk, stem=mark(first), ook=[mark(second), mark(third), "onzin", "1.2"], stapel=desk.wait.pk)
    assert [helpers.lies_on(voice) for voice in desk.voices] == [["Wachten"]] * 3


def test_it_may_lie_on_another_too_and_stays_on_the_desk_for_it(anouk, desk):
    first = desk.voices[0]
    answer = step(anouk, desk, htmx=True, stem=mark(first), stapel=desk.wait.pk, blijf="1")
    assert f'name="stem" value="{mark(first)}"' in answer.text
    assert 'name="erbij" value="1"' in answer.text
    step(anouk, desk, stem=mark(first), stapel=desk.lines.pk, erbij="1")
    assert helpers.lies_on(first) == ["Wachten", "Korte lijnen"]


def test_who_was_second_is_told_and_asked(anouk, desk):
    first = desk.voices[0]
    seen = mark(first)
    desk.lay(first, by=desk.joris)
    answer = step(anouk, desk, htmx=True, stem=seen, stapel=desk.lines.pk)
    assert answer.status_code == 409
    assert "Joris legde deze stem op «Wachten»." in answer.text
    assert "Wil je die ook op Korte lijnen leggen?" in answer.text
    assert helpers.lies_on(first) == ["Wachten"]


def test_a_new_stack_takes_the_voice_and_a_taken_name_keeps_what_was_typed(anouk, desk):
    first, second, _ = desk.voices
    step(anouk, desk, stem=mark(first), doe="nieuw", naam="Minder papier")
    assert helpers.lies_on(first) == ["Minder papier"]
    answer = step(anouk, desk, stem=mark(second), doe="nieuw", naam="minder Papier")
    assert answer.status_code == 409
    assert "Er is al een stapel met deze naam." in answer.text
    assert 'value="minder Papier"' in answer.text
    assert helpers.lies_on(second) == []


@pytest.mark.parametrize("typed", [{"naam": ""}, {"naam": "x" * 29}, {"naam": "\0"}, {"naam": "\u202e"}])
def test_a_name_that_is_none_is_refused(anouk, desk, typed):
    answer = step(anouk, desk, stem=mark(desk.voices[0]), doe="nieuw", **typed)
    assert answer.status_code == 409
    assert desk.harvest.stacks.count() == 2


def test_a_voice_is_dealt_with_by_itself(anouk, desk):
    first = desk.voices[0]
    answer = step(anouk, desk, stem=mark(first), doe="los", keuze="not", woorden="dit gaat over de bushalte")
    assert answer.status_code == 409
    assert "Vul in wie dat besloot." in answer.text
    assert 'value="dit gaat over de bushalte"' in answer.text
    typed = {"keuze": "not", "woorden": "dit gaat over de bushalte", "besluit_van": "OPR", "besluit_op": "2026-11-02"}
    step(anouk, desk, stem=mark(first), doe="los", **typed)
    card = Destination.objects.get(fragment=first)
    assert (card.stack, card.choice, card.words, card.decided_by) == (None, "not", "dit gaat over de bushalte", "OPR")


def test_marked_words_become_the_quote(anouk, desk):
    voice = helpers.voice(desk.question, text="Eerst dit. Eén gezicht dat blijft. Dan dat.")
    step(anouk, desk, stem=mark(voice), stapel=desk.wait.pk, citaat=" Eén gezicht dat blijft. ")
    card = Destination.objects.get(fragment=voice)
    assert voice.post.text[card.quote_from : card.quote_to] == "Eén gezicht dat blijft."
    other = helpers.voice(desk.question, text="Iets anders.")
    answer = step(anouk, desk, stem=mark(other), stapel=desk.wait.pk, citaat="staat er niet")
    assert answer.status_code == 409
    assert "staat er niet" in answer.text


def test_the_last_step_is_undone_and_the_voice_is_back(anouk, desk):
    first = desk.voices[0]
    step(anouk, desk, stem=mark(first), stapel=desk.wait.pk)
    act = desk.harvest.acts.last()
    step(anouk, desk, doe="ongedaan", stap=act.pk)
    step(anouk, desk, doe="ongedaan", stap=act.pk)
    assert helpers.lies_on(first) == []


def test_nothing_chosen_is_a_sentence(anouk, desk):
    assert "Kies eerst een stem." in step(anouk, desk, stapel=desk.wait.pk).text
    assert step(anouk, desk, stem=mark(desk.voices[0]), stapel=2**63).status_code == 409
    assert step(anouk, desk, stem="\0", doe="bestaat niet").status_code == 409
    # What Enter presses where it means nothing, without JavaScript.
    nothing = step(anouk, desk, stem=mark(desk.voices[0]), doe="niets")
    assert "Kies een stapel, of wat je anders met deze stem doet." in nothing.text
    step(anouk, desk, stem=mark(desk.voices[0]), doe="niets", naam="Taal")
    assert helpers.lies_on(desk.voices[0]) == ["Taal"]
    assert anouk.get(reverse("plan:step", args=[desk.harvest.pk])).status_code == 302


def news_of(page: str) -> str:
    """The address that a page asks for news."""
    found = next(part.partition('"')[0] for part in page.split('hx-get="') if "/nieuws/" in part.partition('"')[0])
    return found.replace("&amp;", "&")


def test_news_is_204_until_somebody_does_something(anouk, desk, django_assert_num_queries):
    address = news_of(anouk.get(desk.harvest.get_absolute_url()).text)
    with django_assert_num_queries(7):  # every four seconds, from every desk: neither stacks nor steps are read
        assert anouk.get(address, headers=HTMX).status_code == 204
    desk.lay(desk.voices[0], by=desk.joris)
    answer = anouk.get(address, headers=HTMX)
    assert answer.status_code == 200
    assert '<span class="bubble-count">2</span>' in answer.text
    assert "Iemand legde deze stem net neer" in answer.text
    assert 'name="stem"' not in answer.text
    desk.voices[0].post.remove(desk.joris, "fout")
    assert "Deze stem is net weggehaald" in anouk.get(address, headers=HTMX).text


def test_who_reads_what_is_told_to_the_other_and_not_offered_twice(anouk, desk, client):
    first, second, third = desk.voices
    desk.joris.let_sort(True)
    anouk.post(reverse("plan:reads", args=[desk.harvest.pk]), {"leest": first.pk})
    client.force_login(desk.joris)
    text = client.get(desk.harvest.get_absolute_url()).text
    assert f"leest stem {first.pk}" in text
    # Who came second works from the other end.
    assert f'name="stem" value="{mark(third)}"' in text
    client.post(reverse("plan:reads", args=[desk.harvest.pk]), {"leest": third.pk})
    assert Presence.objects.get(user=desk.joris).backwards
    client.force_login(desk.anouk)
    text = client.get(f"{desk.harvest.get_absolute_url()}?stem={second.pk}").text
    assert "Joris leest dit" in text


def test_who_left_the_desk_is_not_there_and_begins_anew(anouk, desk):
    address = reverse("plan:reads", args=[desk.harvest.pk])
    keep(desk.harvest, desk.joris, desk.voices[0].pk)
    anouk.post(address, {"leest": desk.voices[2].pk})
    assert Presence.objects.get(user=desk.anouk).backwards
    Presence.objects.update(at=timezone.now() - GONE_AFTER)
    assert "leest stem" not in anouk.get(desk.harvest.get_absolute_url()).text
    anouk.post(address, {"leest": desk.voices[0].pk})
    assert not Presence.objects.get(user=desk.anouk).backwards


def test_filters_and_orders(anouk, desk):
    wens = factories.wensbeeld(text="Een deur die altijd open staat.")
    page = desk.harvest.get_absolute_url()
    only = anouk.get(f"{page}?soort=wensbeeld").text
    assert f'name="stem" value="{mark(wens.fragment)}"' in only
    assert desk.voices[0].post.text not in only
    nothing = anouk.get(f"{page}?thema=99&rol=x&volgorde=onzin").text
    assert "Niets gevonden" in nothing
    assert "Toon alles" in nothing
    Thumb.objects.wish(desk.voices[2].post_id, factories.visitor().pk, UP.value)
    most = anouk.get(f"{page}?volgorde=groen").text
    assert f'name="stem" value="{mark(desk.voices[2])}"' in most
    assert anouk.get(reverse("plan:filters", args=[desk.harvest.pk])).status_code == 200


def test_a_theme_that_went_up_in_another_shows_its_voices_under_that_one(anouk, desk):
    """The page stood open, or its address was mailed to the other who sorts."""
    long, wait = Theme.objects.create(name="Wachttijd", position=1), Theme.objects.create(name="Wachten", position=2)
    PostTheme.objects.create(post=desk.voices[1].post, theme=long)
    address = f"{desk.harvest.get_absolute_url()}?thema={long.pk}"
    assert f'name="stem" value="{mark(desk.voices[1])}"' in anouk.get(address).text
    themes.merge([long], wait, desk.anouk)
    after = anouk.get(address).text
    assert f'name="stem" value="{mark(desk.voices[1])}"' in after and "Niets gevonden" not in after


def test_every_state_of_the_end(anouk, desk):
    desk.lay(*desk.voices)
    text = anouk.get(desk.harvest.get_absolute_url()).text
    assert "Alles heeft een bestemming" in text
    assert "2 stapels hebben nog geen zin of keuze" in text
    finish = anouk.get(reverse("plan:finish", args=[desk.harvest.pk])).text
    assert "3 stemmen hebben een bestemming." in finish
    assert "Schrijf de volgende zin" in finish
    assert "Openbaar maken" not in finish  # it would lead back here
    for stack in desk.harvest.stacks.all():
        stacks.hear(desk.harvest.pk, stack.pk, "Kort.", stack.version, desk.anouk)
        stacks.choose(desk.harvest.pk, stack.pk, stack.version, desk.anouk, choice="plan")
    assert "Elke stapel heeft een zin en een keuze." in anouk.get(desk.harvest.get_absolute_url()).text
    finish = anouk.get(reverse("plan:finish", args=[desk.harvest.pk])).text
    assert "Openbaar maken" in finish


def test_the_own_step_is_no_news(anouk, desk):
    answer = step(anouk, desk, htmx=True, stem=mark(desk.voices[0]), stapel=desk.wait.pk)
    assert anouk.get(news_of(answer.text), headers=HTMX).status_code == 204


def test_each_tile_shows_what_is_there_now(anouk, desk):
    page = desk.harvest.get_absolute_url()
    assert '<b>0</b><span class="visually-hidden"> stemmen</span>' in anouk.get(page).text
    desk.lay(desk.voices[0])
    stacks.rename(desk.harvest.pk, desk.wait.pk, "Wachtlijst", desk.wait.version, desk.anouk)
    text = anouk.get(page).text
    assert '<b>1</b><span class="visually-hidden"> stem</span>' in text
    assert '<span class="tile-name">Wachtlijst</span>' in text
    assert '<span class="tile-name">Wachten</span>' not in text
    for number in range(14):
        helpers.stack(desk.harvest, f"Nog een {number}")
    loose = anouk.get(page).text.partition('aria-label="Stapels zonder toets"')[2]
    assert '<span class="tile-name">Nog een 13</span>' in loose


@pytest.mark.parametrize("rows", [3, 12])
def test_the_queries_of_a_page_do_not_grow_with_its_rows(anouk, desk, django_assert_num_queries, rows):
    for number in range(rows):
        voice = helpers.voice(desk.question)
        if number % 2:
            desk.lay(voice, on=helpers.stack(desk.harvest))
    anouk.get(desk.harvest.get_absolute_url())
    with django_assert_num_queries(19):
        assert anouk.get(desk.harvest.get_absolute_url()).status_code == 200


def test_laying_from_a_stack_that_was_joined_says_which_to_choose(anouk, desk):
    first = desk.voices[0]
    seen = {desk.wait.pk: desk.wait.version, desk.lines.pk: desk.lines.version}
    stacks.join(desk.harvest.pk, desk.wait.pk, desk.lines.pk, seen, desk.joris)
    answer = step(anouk, desk, stem=mark(first), stapel=desk.wait.pk)
    assert answer.status_code == 409
    assert "is samengevoegd met «Korte lijnen»" in answer.text


def test_an_erased_voice_is_told(anouk, desk):
    first = desk.voices[0]
    seen = mark(first)
    first.post.remove(desk.joris, "fout")
    first.post.erase(desk.joris)
    answer = step(anouk, desk, stem=seen, stapel=desk.wait.pk)
    assert answer.status_code == 409
    assert "Deze stem is weggehaald" in answer.text
    assert laying.lay(desk.harvest.pk, desk.wait.pk, helpers.seen(desk.voices[1]), desk.anouk)
