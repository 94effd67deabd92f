"""Merging themes that mean the same, and undoing it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from posts.actions import themes as merging
from posts.models import PostTheme, Theme, ThemeMerge
from tests.helpers import factories
from tests.helpers.races import in_between

pytestmark = pytest.mark.django_db


@pytest.fixture
def wait():
    return Theme.objects.create(name="Wachten", position=3)


@pytest.fixture
def long():
    return Theme.objects.create(name="Wachttijd", position=4)


def given(*pairs) -> None:
    for post, theme in pairs:
        PostTheme.objects.create(post=post, theme=theme)


def names_of(post) -> list[str]:
    return list(Theme.objects.filter(posts=post).order_by("name").values_list("name", flat=True))


def test_contributions_keep_their_theme_under_the_name_that_stays_and_get_it_back(wait, long):
    one, both, other = (factories.post() for _ in range(3))
    given((one, long), (both, long), (both, wait), (other, wait))
    (merge,) = merging.merge([wait, long], wait, factories.coordinator())
    assert [names_of(post) for post in (one, both, other)] == [["Wachten"]] * 3
    assert not Theme.objects.filter(name="Wachttijd").exists()
    assert merging.undo(merge)
    assert [names_of(post) for post in (one, both, other)] == [["Wachttijd"], ["Wachten", "Wachttijd"], ["Wachten"]]
    assert Theme.objects.get(name="Wachttijd").pk == long.pk
    assert Theme.objects.get(name="Wachttijd").position == 4
    assert not merging.undo(merge)


def test_a_link_to_a_theme_that_went_up_in_another_shows_what_it_showed(client, wait, long):
    """Also when that one went up in a third: somebody mailed the link around."""
    question, boss = factories.question(), factories.coordinator()
    posts = {name: factories.post(question, text=f"Dit gaat over {name}.") for name in ("wachten", "iets anders")}
    given((posts["wachten"], long))
    queue = Theme.objects.create(name="In de rij", position=5)

    def listed() -> list[str]:
        page = client.get(question.get_absolute_url(), {"thema": long.pk}).text
        return [name for name in posts if f"Dit gaat over {name}." in page]

    assert listed() == ["wachten"]
    (first,) = merging.merge([long], wait, boss)
    assert listed() == ["wachten"]
    (second,) = merging.merge([wait], queue, boss)
    assert listed() == ["wachten"]
    assert merging.undo(second) and listed() == ["wachten"]
    assert merging.undo(first) and listed() == ["wachten"]


def test_an_erased_contribution_gets_nothing_back(wait, long):
    post, boss = factories.post(), factories.coordinator()
    given((post, long))
    (merge,) = merging.merge([long], wait, boss)
    post.remove(boss, "fout")
    post.erase(boss)
    merging.undo(merge)
    assert names_of(post) == []


def test_a_name_that_was_taken_meanwhile_is_told(wait, long):
    (merge,) = merging.merge([long], wait, factories.coordinator())
    Theme.objects.create(name="Wachttijd")
    with pytest.raises(ValidationError, match="Er is intussen een ander thema «Wachttijd»"):
        merging.undo(merge)


def test_a_theme_that_is_gone_takes_none(wait, long):
    Theme.objects.filter(pk=wait.pk).delete()
    with pytest.raises(ValidationError, match="is er niet meer"):
        merging.merge([long], wait, factories.coordinator())
    assert Theme.objects.filter(name="Wachttijd").exists()


def test_in_the_back_office(client, settings, wait, long):
    settings.DEMO = True
    post = factories.post()
    given((post, long))
    client.force_login(factories.coordinator())
    page = reverse("admin:posts_theme_changelist")
    chosen = {"action": "merge", "_selected_action": [wait.pk, long.pk]}
    assert "Welk thema blijft?" in client.post(page, chosen).text
    answer = client.post(page, {**chosen, "_asked": "1", "into": wait.pk}, follow=True)
    assert "Samengevoegd tot «Wachten»." in answer.text
    assert names_of(post) == ["Wachten"]
    merges = reverse("admin:posts_thememerge_changelist")
    merge = ThemeMerge.objects.get()
    answer = client.post(merges, {"action": "undo", "_selected_action": [merge.pk]}, follow=True)
    assert "Het thema «Wachttijd» is terug." in answer.text
    assert names_of(post) == ["Wachttijd"]
    assert "Vink minstens twee" in client.post(page, {**chosen, "_selected_action": [wait.pk]}, follow=True).text


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_who_merge_the_same_merge_once(wait, long):
    boss, other = factories.coordinator(), factories.user(is_staff=True)
    errors = in_between(lambda: merging.merge([long], wait, boss), lambda: merging.merge([long], wait, other))
    assert errors == []
    assert ThemeMerge.objects.count() == 1
