"""Moving, pinning, themes, erasing for good, the record of a writer, and what the history tells."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.utils import timezone

from posts.actions import moderating, writing
from posts.models.holds import Hold
from posts.models.posts import Post
from posts.models.reports import Report
from posts.models.themes import PostTheme, Theme
from posts.models.translations import Translation
from tests.helpers import factories
from tests.helpers.races import in_between
from tests.helpers.shown import as_read, seen
from tests.posts.actions.moderator import LIST, act, history, listed, picture
from werkplaats.people.models import Werkgebied
from werkplaats.pictures.models import Picture

pytestmark = pytest.mark.django_db


def test_move_asks_where_to_and_takes_the_thread_along(client, coordinator):
    factories.question(title="De Nulde Vraag")
    there = factories.question(title="De Tweede Vraag", slug="twee")
    concept = factories.question(current=False, title="Nog geheim")
    root = factories.post(there)
    here = factories.question(title="De Derde Vraag")
    root.move_to(here)
    answer = factories.post(parent=root)
    deep = factories.post(parent=answer)
    page = act(client, "move", [deep])
    assert "De Tweede Vraag" in page.text
    assert "Nog geheim" not in page.text
    for odd in ("", "x", "9" * 30, concept.pk, here.pk):
        assert act(client, "move", [deep], question=odd).status_code == 422
    done = act(client, "move", [deep, answer], question=there.pk)
    assert "1 gesprek verplaatst naar «De Tweede Vraag»." in done.text
    assert set(Post.objects.values_list("question", flat=True)) == {there.pk}
    assert "verplaatst van «De Derde Vraag» naar «De Tweede Vraag»" in history(client, answer)
    assert client.get(f"/bijdragen/{deep.pk}/").status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", ["the move", "the answer"])
@pytest.mark.parametrize("under", ["the contribution", "an answer"])
def test_an_answer_that_is_written_while_its_thread_moves_goes_along(first, under):
    root, there = factories.post(), factories.question(current=False)
    parent = factories.post(parent=root) if under == "an answer" else root
    content = {"question": root.question, "parent": parent, "text": "Eens.", "name": "Jan", "role": root.role}

    def move():
        moderating.move([root], there, {root.pk: 1})

    def answer():
        writing.write(factories.visitor(), None, dict(content))

    assert not in_between(*((move, answer) if first == "the move" else (answer, move)))
    assert set(Post.objects.values_list("question", "root")) == {(there.pk, root.pk)}


def test_pin_and_unpin(client, coordinator):
    root = factories.post()
    answer = factories.post(parent=root)
    assert "1 bijdrage bovenaan gezet." in act(client, "pin", [root, answer]).text
    root.refresh_from_db()
    assert root.pinned_at
    assert "0 bijdragen bovenaan gezet." in act(client, "pin", [root]).text
    assert "1 bijdrage weer in de rij gezet." in act(client, "unpin", [root]).text
    text = history(client, root)
    assert "bovenaan gezet" in text
    assert "niet meer bovenaan" in text


def test_give_and_take_themes(client, coordinator):
    one, two = factories.post(), factories.post()
    joy, care = Theme.objects.create(name="Plezier"), Theme.objects.create(name="Zorg")
    assert "Plezier" in act(client, "give_themes", [one, two]).text
    assert "Haal deze thema" not in act(client, "give_themes", [one, two]).text
    assert act(client, "give_themes", [one, two], _asked=1).status_code == 422
    assert act(client, "give_themes", [one, two], give=["x"]).status_code == 422
    assert "2 bijdragen hebben nu" in act(client, "give_themes", [one, two], give=[joy.pk, care.pk]).text
    act(client, "give_themes", [one, two], give=[joy.pk, care.pk])  # twice
    assert PostTheme.objects.count() == 4
    assert "Haal deze thema" in act(client, "give_themes", [one]).text
    act(client, "give_themes", [one], take=[care.pk])
    assert list(one.themes.all()) == [joy]
    assert two.themes.count() == 2
    text = history(client, one)
    assert "thema gegeven: Plezier, Zorg" in text
    assert "thema weggehaald: Zorg" in text
    assert text.count("Coördinator") >= 2
    assert listed(client, f"themes__id__exact={care.pk}") == [two.pk]
    care.delete()
    assert "thema gegeven: Plezier, een thema dat er niet meer is" in history(client, one)


DECIDES = {  # an action, what its page in between asks, and whether a post bears what it does
    "pin": (None, lambda post, _: post.pinned_at is not None),
    "move": ("question", lambda post, there: post.question_id == there.pk),
    "give_themes": ("give", lambda post, _: post.themes.exists()),
}


@pytest.mark.parametrize("chosen_on", ["the list", "its own page"])
@pytest.mark.parametrize("action", DECIDES)
def test_what_a_moderator_decides_is_about_the_words_that_were_read(client, coordinator, writer, action, chosen_on):
    theme, there = Theme.objects.create(name="Plezier"), factories.question(title="De Tweede Vraag")
    post, other = (factories.post(factories.question(), author=writer, text="Mooi plan.") for _ in range(2))
    one, asks, bears = f"{LIST}{post.pk}/change/", *DECIDES[action]
    answered = {"question": there.pk, "give": theme.pk, "_asked": "1"}

    def choose() -> dict:
        """What the page sends on which the action is chosen, and then what the page in between sends."""
        sent = {"_selected_action": [post.pk, other.pk] if chosen_on == "the list" else [post.pk]}
        sent |= {"action" if chosen_on == "the list" else "CHANGE_FORM-action": action}
        page = client.get(LIST if chosen_on == "the list" else one).text
        sent["gezien"] = re.findall(r'name="gezien" value="([^"]*)"', page)
        if asks:
            page = client.post(LIST if chosen_on == "the list" else one, sent).text
            sent["gezien"] = re.findall(r'name="gezien" value="([^"]*)"', page)
            sent |= {name: value for name, value in answered.items() if name in (asks, "_asked")}
        return sent

    def press(sent: dict) -> str:
        return client.post(LIST if chosen_on == "the list" else one, sent, follow=True).text

    sent = choose()
    post.edit(text="Koop bij mij.")
    assert "1 bijdrage is intussen gewijzigd: lees die opnieuw." in press(sent)
    assert not bears(Post.objects.get(pk=post.pk), there)
    assert bears(Post.objects.get(pk=other.pk), there) == (chosen_on == "the list")
    press(choose())
    assert bears(Post.objects.get(pk=post.pk), there)


def test_a_change_takes_a_contribution_off_the_top(client, coordinator):
    post = factories.post(text="Mooi plan.")
    post.pin(True)
    post.edit(text="Mooi plan.", name=post.name)
    assert post.pinned_at
    post.edit(text="Koop bij mij.")
    assert not post.pinned_at
    assert "niet meer bovenaan" in history(client, post)


def test_erase_asks_first_and_then_leaves_nothing(client, coordinator, writer):
    with_picture = picture()
    post = factories.post(author=writer, email=writer.email, name="Kwetsbaar", text="Heel geheim", picture=with_picture)
    Post.objects.filter(pk=post.pk).update(werkgebied=Werkgebied.objects.create(name="Duinstreek"))
    post.refresh_from_db()
    post.edit(text="Nog geheimer")
    answer = factories.post(parent=post)
    LogEntry.objects.log_actions(coordinator.pk, [post], 2, "Kwetsbaar")
    page = act(client, "erase", [post])
    assert "kan niet ongedaan worden gemaakt" in page.text
    post.refresh_from_db()
    assert not post.erased_at
    assert "1 bijdrage echt gewist." in act(client, "erase", [post], _asked=1).text
    post.refresh_from_db()
    assert post.erased_at
    assert not Picture.objects.exists()
    kept = str([list(post.events.values()), list(Post.objects.filter(pk=post.pk).values()), *LogEntry.objects.values()])
    for gone in ("geheim", "Kwetsbaar", writer.email):
        assert gone not in kept
    for row in (post, *post.events.all()):
        assert (row.role_id, row.werkgebied_id) == (None, None)
    text = history(client, post)
    assert "echt gewist" in text
    assert "Coördinator" in text
    assert "geheim" not in text
    assert answer.text in client.get(f"/bijdragen/{answer.pk}/").text
    for page in ("", "?toestand=gewist", f"{post.pk}/change/"):
        assert client.get(f"{LIST}{page}").status_code == 200
    assert "0 bijdragen echt gewist." in act(client, "erase", [post], _asked=1).text


def test_erasing_forgets_who_was_logged_in(client, coordinator, writer):
    client.force_login(writer)
    question = factories.question()
    data = {"text": "Van mij", "name": "Ik", "role": factories.role().pk}
    client.post(f"/vragen/{question.slug}/bijdragen/", data)
    post = Post.objects.get()
    client.force_login(coordinator)
    assert writer.email in history(client, post)
    act(client, "erase", [post], _asked=1)
    text = history(client, post)
    assert writer.email not in text
    assert "Coördinator" in text


def test_only_who_may_delete_can_erase(client, settings):
    settings.DEMO = True
    moderator = factories.user(is_staff=True)
    names = ("view_post", "change_post")
    moderator.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(moderator)
    post = factories.post(published=False)
    page = client.get(f"{LIST}{post.pk}/change/").text
    assert "Goedkeuren" in page
    assert "Echt wissen" not in page
    act(client, "erase", [post], _asked=1)
    post.refresh_from_db()
    assert not post.erased_at


@pytest.mark.parametrize(
    "action", ["approve", "remove", "reject", "restore", "move", "pin", "give_themes", "trust", "erase"]
)
def test_who_may_only_look_can_do_nothing(client, settings, action, writer):
    settings.DEMO = True
    reader = factories.user(is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_post"))
    client.force_login(reader)
    theme, there = Theme.objects.create(name="Plezier"), factories.question()
    post = factories.post(factories.question(), published=action == "pin", author=writer)
    before = Post.objects.values().get()
    data = {"words": "x", "question": there.pk, "give": theme.pk, "_asked": 1}
    act(client, action, [post], **data)
    one = {"CHANGE_FORM-action": action, "_selected_action": post.pk, **data}
    client.post(f"{LIST}{post.pk}/change/", one)
    assert Post.objects.values().get() == before
    assert not PostTheme.objects.exists()
    writer.refresh_from_db()
    assert not writer.trusted_at


def test_a_record_counts_until_a_moderator_says_otherwise(client, coordinator, writer):
    post = factories.post(author=writer, email=writer.email)
    assert not moderating.has_record(writer)
    post.withdraw()
    assert not moderating.has_record(writer)
    post.put_back()
    post.hold(Hold.EDITED)
    assert not moderating.has_record(writer)
    moderating.remove([post], coordinator, "Reclame.", as_read(post))
    assert moderating.has_record(writer)
    page = client.get(f"{LIST}{post.pk}/change/").text
    assert "Vertrouw deze schrijver weer" in page
    assert "Daarom wachten nieuwe bijdragen" in page
    assert "1 schrijver wordt weer vertrouwd" in act(client, "trust", [post]).text
    writer.refresh_from_db()
    assert not moderating.has_record(writer)
    assert "Vertrouw deze schrijver weer" not in client.get(f"{LIST}{post.pk}/change/").text
    text = history(client, post)
    assert "de schrijver is weer vertrouwd" in text
    later = factories.post(author=writer)
    moderating.remove([later], coordinator, "Reclame.", as_read(later))
    assert moderating.has_record(writer)
    moderating.restore([later], coordinator, {later.pk: later.version})
    assert not moderating.has_record(writer)


def test_nobody_is_judged_by_the_browser_of_another(coordinator, writer):
    shared = factories.visitor(user=writer)
    moderating.remove([post := factories.post(visitor=shared)], coordinator, "Reclame.", as_read(post))
    assert not moderating.has_record(writer)


def test_one_contribution_has_the_buttons_that_make_sense(client, coordinator):
    def buttons(post):
        page = client.get(f"{LIST}{post.pk}/change/")
        return [name for name, _ in page.context["buttons"]]

    always = ["translate", "give_themes", "move", "erase"]
    waiting, public = factories.post(published=False), factories.post(vetted_at=timezone.now())
    assert buttons(waiting) == ["approve", "remove", *always]
    assert buttons(public) == ["remove", "translate", "give_themes", "move", "pin", "erase"]
    public.remove(coordinator, "Reclame.")
    assert buttons(public) == ["restore", *always]
    public.erase(coordinator)
    assert buttons(public) == ["move"]


def test_from_one_contribution_one_comes_back_to_it(client, coordinator):
    post, other = factories.post(published=False), factories.post(published=False)
    page = f"{LIST}{post.pk}/change/"
    assert f"{LIST}{other.pk}/change/" in client.get(page).text  # the next that waits
    asked = client.post(page, {"CHANGE_FORM-action": "remove", "_selected_action": post.pk})
    assert f'action="{page}"' in asked.text
    assert 'name="CHANGE_FORM-action" value="remove"' in asked.text
    data = {"CHANGE_FORM-action": "remove", "_selected_action": post.pk, "words": "Een naam."}
    data["gezien"] = seen([post])
    assert client.post(page, data)["Location"] == page
    post.refresh_from_db()
    assert post.removal_reason == "Een naam."


def test_moderators_read_earlier_versions(client, coordinator):
    withdrawn = factories.post()
    withdrawn.withdraw()
    withdrawn.put_back()
    post = factories.post(text="Eerst <dit>", published=False)
    act(client, "approve", [post])
    post.refresh_from_db()
    post.edit(text="Toen dat")
    text = history(client, post)
    assert "de tekst is veranderd" in text
    assert "Eerst &lt;dit&gt;" in text
    assert "aangehouden, de woorden zijn even niet te zien: gewijzigd na goedkeuring" in text
    for words in ("weggehaald door de schrijver", "teruggezet door de schrijver"):
        assert words in history(client, withdrawn)


# Of words that were not on the page


@pytest.mark.parametrize("action", ["remove", "reject"])
def test_a_reason_is_about_the_words_that_were_read(client, coordinator, writer, mailbox, action):
    post = factories.post(author=writer, email=writer.email, published=False, text="Weg met de luie directeuren.")
    seen = as_read(post)
    page = act(client, action, [post])
    assert "Weg met de luie directeuren." in page.text
    Post.objects.filter(pk=post.pk).update(text="Ik wens alle directeuren tijd toe.")
    named = " ".join(f"{pk}.{version}" for pk, version in seen.items())
    done = act(client, action, [post], words="Er staat een naam in.", gezien=named)
    assert "1 bijdrage is intussen gewijzigd: lees die opnieuw." in done.text
    post.refresh_from_db()
    assert post.is_waiting and mailbox() == []


@pytest.mark.parametrize("action", ["approve", "restore"])
@pytest.mark.parametrize("what", ["the contribution that it answers", "the question", "its translation"])
def test_a_decision_is_about_what_it_was_written_under(client, coordinator, action, what):
    parent = factories.post(text="Elk kind verdient een rustige plek.")
    fields = {"parent": parent} if what.startswith("the contribution") else {"question": parent.question, "lang": "en"}
    removed = {"removed_at": timezone.now(), "removal": "moderator"} if action == "restore" else {}
    post = factories.post(text="Helemaal waar!", published=False, **fields, **removed)
    shown = seen([post])
    if what == "the question":
        type(parent.question).objects.filter(pk=post.question_id).update(text="Wie hoort hier niet?")
    elif what == "its translation":
        Translation.objects.create(question=post.question, lang="en", text="Who should leave?")
    else:
        Post.objects.filter(pk=parent.pk).update(text="Drukke kinderen horen hier niet.")
    done = act(client, action, [post], gezien=shown)
    assert "1 bijdrage is intussen gewijzigd: lees die opnieuw." in done.text
    post.refresh_from_db()
    assert not post.is_public
    act(client, action, [post])
    post.refresh_from_db()
    assert post.is_public


def test_what_stays_is_what_was_read_under_what_it_answers(client, coordinator):
    parent = factories.post()
    answer = factories.post(parent=parent)
    report = Report.objects.create(post=answer, visitor=factories.visitor(), reason="spam")
    shown = seen([answer])
    Post.objects.filter(pk=parent.pk).update(text="Iets heel anders.")
    sent = {"action": "handle", "_selected_action": [report.pk], "_asked": "1", "gezien": shown}
    assert "intussen gewijzigd" in client.post("/beheer/posts/report/", sent, follow=True).text
    report.refresh_from_db()
    assert report.handled_at is None
