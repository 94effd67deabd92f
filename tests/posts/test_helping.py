"""The page that the mail to a helper opens: what it shows, what a press does, and whom it obeys."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from posts.actions import moderating
from posts.admin.history import history_of
from posts.models.holds import A_PUPIL, SOMEBODY, Hold
from posts.models.posts import Post
from posts.models.reports import Report
from tests.helpers import factories
from tests.helpers.shown import as_read
from tests.posts.helpers import helper, link_of
from werkplaats.accounts import changes
from werkplaats.models import HelperLink, User, Werkgebied

pytestmark = pytest.mark.django_db
KIND = "De bijdrage is kwetsend voor iemand."


@pytest.fixture
def mieke():
    return helper()


@pytest.fixture
def link(mieke):
    return link_of(mieke)


def waits(**fields) -> Post:
    return factories.post(published=False, **fields)


def on(client, link: str, post: Post) -> dict:
    """What a form about this post would send from the page that is open now."""
    article = client.get(link).text.partition(f'id="bijdrage-{post.pk}"')[2].partition("</article>")[0]
    return dict(re.findall(r'type="hidden" name="(bijdrage|gezien)" value="([^"]*)"', article))


def press(client, link: str, form: dict, **answer):
    return client.post(link, form | (answer or {"besluit": "tonen"}), follow=True)


def test_it_shows_what_waits_with_all_that_one_needs_to_decide(client, link, image_row):
    parent = factories.post(name="Karim", text="Wat helpt?", email="karim@example.org")
    question = parent.question
    answer = waits(parent=parent, text="Een vast gezicht.", name="Anna", email="anna@example.org")
    pictured = waits(question=question, picture=image_row(alt="Een speeltuin"), meeting="Team 5")
    reported = factories.post(question=question, text="Koop nu.")
    Report.objects.create(post=reported, visitor=factories.visitor(), reason="one-child", words="Sem")
    page = client.get(link).text
    for words in [
        "Een vast gezicht.",
        "Anna",
        "ouder",
        "Antwoord op",
        "Wat helpt?",
        "van iemand zonder bevestigd adres",
    ]:
        assert words in page
    for words in [
        "Een speeltuin",
        "?sleutel=",
        "Team 5",
        "een kind herkenbaar",
        "Koop nu.",
        "Sem",
        "Laat staan",
        "Mieke",
    ]:
        assert words in page
    assert page.index("Koop nu.") < page.index("Een vast gezicht.")  # what is about a child first
    assert "anna@example.org" not in page and "karim@example.org" not in page
    assert answer.pk and pictured.pk


def test_it_tells_no_werkgebied_of_pupils_nor_of_who_gave_no_name(client, link, coordinator):
    """Moderators read it: they judge whether the words and the place together tell who somebody is."""
    area = Werkgebied.objects.create(name="Duinstreek")
    role = factories.role("leerling", is_pupil=True)
    hidden = [waits(name=A_PUPIL, role=role, werkgebied=area), waits(name=SOMEBODY, werkgebied=area)]
    assert "Duinstreek" not in client.get(link).text
    waits(name="Anna", werkgebied=area)
    assert client.get(link).text.count("ouder, Duinstreek") == 1
    for post in hidden:
        assert "Duinstreek" in client.get(f"/beheer/posts/post/{post.pk}/change/").text


def test_what_is_decided_or_taken_away_is_not_there(client, link):
    factories.post(text="Staat online.")
    for text, state in [("Wat weg is.", "removed"), ("Wat terug is.", "withdrawn"), ("Wat niet klopt.", "refused")]:
        factories.become(waits(text=text), state)
    gone = factories.post(text="Gemeld en weg.")
    Report.objects.create(post=gone, visitor=factories.visitor(), reason="spam")
    gone.withdraw()
    page = client.get(link).text
    assert "Er wacht niets meer. Dank je wel!" in page and "<article" not in page


def test_opening_it_changes_nothing_however_often(client, link):
    post = waits()
    before = Post.objects.values().get(), HelperLink.objects.values().get()
    for ask in (client.get, client.head, client.get):
        assert ask(link).status_code == 200
    assert (Post.objects.values().get(), HelperLink.objects.values().get()) == before
    assert client.get(f"{link}?besluit=tonen&bijdrage={post.pk}").status_code == 200
    assert Post.objects.get().is_waiting
    assert not client.cookies


def test_nothing_keeps_the_page_or_tells_its_address(client, link):
    for status, path in [(200, link), (410, "/meelezen/1-x/")]:
        page = client.get(path)
        assert page.status_code == status
        assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "no-referrer")
        assert page["X-Robots-Tag"] == "noindex, nofollow"


# Decisions


def test_tonen_shows_it_in_the_name_of_the_helper(client, link, mieke):
    post, other = waits(), waits()
    page = press(client, link, on(client, link, post))
    post.refresh_from_db()
    assert post.is_public and post.vetted_at and post.published_by == mieke
    assert "De bijdrage staat nu online." in page.text and other.text in page.text
    moment = history_of(post)[-1]
    assert (moment.who, moment.what) == ("Mieke", "zichtbaar gemaakt")
    context = str(post.events.latest("pgh_id").pgh_context.metadata)
    assert link not in context and link.split("-", 1)[1].strip("/") not in context


def test_refusing_takes_one_of_the_reasons_in_one_press(client, link, mieke, mailbox):
    writer = User.objects.confirmed("ouder@example.org")
    post = waits(author=writer, email=writer.email, held_for=Hold.HINT)
    waits()
    page = press(client, link, on(client, link, post), reason=KIND)
    post.refresh_from_db()
    assert (post.removal, post.removal_reason, post.removed_by) == ("moderator", KIND, mieke)
    assert "Niemand ziet de bijdrage nu" in page.text
    (mail,) = mailbox()
    assert mail["To"] == writer.email and KIND in mail.get_body(["plain"]).get_content()


def test_or_ones_own_words_and_none_is_said_beside_the_field(client, link):
    post = waits()
    form = on(client, link, post)
    page = press(client, link, form, reason="anders", words="")
    assert page.status_code == 422 and "Kies een reden, of schrijf er een" in page.text
    assert "data-focus" in page.text and '<details class="fold" open>' in page.text
    assert press(client, link, form, reason="anders", words="x" * 201).status_code == 422
    assert press(client, link, form, reason="verzonnen").status_code == 422
    assert press(client, link, form, besluit="weg").status_code == 422
    assert Post.objects.get().is_waiting
    press(client, link, form, reason="anders", words="Dit kunnen we niet plaatsen.")
    assert Post.objects.get().removal_reason == "Dit kunnen we niet plaatsen."


def test_what_was_reported_may_stay(client, link, mieke):
    post = factories.post(vetted_at=timezone.now())
    Report.objects.create(post=post, visitor=factories.visitor(), reason="spam")
    waits()
    page = press(client, link, on(client, link, post))
    assert "De bijdrage blijft staan." in page.text
    assert Report.objects.get().handled_by == mieke
    assert Post.objects.get(pk=post.pk).is_public


def test_a_picture_that_waits_is_shown(client, link, image_row):
    post = factories.post(picture=image_row())
    waits()
    assert "staat nu online" in press(client, link, on(client, link, post)).text
    assert Post.objects.get(pk=post.pk).picture_shown_at


def test_the_last_press_ends_the_link(client, link):
    post = waits()
    page = press(client, link, on(client, link, post))
    assert "Er wacht niets meer. Dank je wel!" in page.text
    waits(text="Van daarna.")
    assert "Van daarna." not in client.get(link).text


# Two at once


def test_pressing_twice_is_pressing_once(client, link):
    post = waits()
    waits()
    form = on(client, link, post)
    press(client, link, form)
    at = Post.objects.get(pk=post.pk).published_at
    page = press(client, link, form)
    assert "is al besloten" in page.text
    assert "is al besloten" in press(client, link, form, reason=KIND).text  # nor refused by what lay under it
    post.refresh_from_db()
    assert post.is_public and post.published_at == at


@pytest.mark.parametrize("first", ["shown", "removed"])
def test_whoever_is_quicker_decides(client, link, first):
    """A coordinator, or another helper, has decided while the page was open."""
    post, coordinator = waits(), factories.coordinator()
    waits()
    form = on(client, link, post)
    if first == "shown":
        moderating.approve([post], coordinator, {post.pk: post.version})
    else:
        moderating.remove([post], coordinator, "kwetsend", as_read(post))
    answer = {"reason": KIND} if first == "shown" else {"besluit": "tonen"}
    assert "is al besloten" in press(client, link, form, **answer).text
    post.refresh_from_db()
    assert post.is_public == (first == "shown")
    assert coordinator in (post.published_by, post.removed_by)


def test_two_helpers_on_the_same_post(client, link):
    post = waits()
    waits()
    other = helper(name="Piet")
    form, browser = on(client, link, post), Client()
    press(browser, link_of(other), form)
    assert "is al besloten" in press(client, link, form, reason=KIND).text
    assert Post.objects.get(pk=post.pk).published_by == other


@pytest.mark.parametrize("answer", [{"besluit": "tonen"}, {"reason": KIND}])
def test_the_writer_changes_it_between_look_and_press(client, link, answer):
    post = waits()
    form = on(client, link, post)
    post.edit(text="Iets heel anders.")
    page = press(client, link, form, **answer)
    assert "intussen veranderd" in page.text and "Iets heel anders." in page.text
    assert page.redirect_chain[-1][0].endswith(f"#bijdrage-{post.pk}")
    assert "Lees nog eens en beslis dan" in page.text
    assert Post.objects.get().is_waiting
    press(client, link, on(client, link, post))
    assert Post.objects.get().is_public


def test_a_report_that_came_between_is_read_first(client, link):
    post = factories.post()
    Report.objects.create(post=post, visitor=factories.visitor(), reason="off-topic")
    form = on(client, link, post)
    Report.objects.create(post=post, visitor=factories.visitor(), reason="child")
    assert "er is iets gemeld" in press(client, link, form).text
    assert Report.objects.waiting().count() == 2


@pytest.mark.parametrize("form", [{}, {"bijdrage": "x"}, {"bijdrage": "9" * 30}, {"bijdrage": "1", "gezien": "\x00"}])
def test_what_no_page_sends_changes_nothing(client, link, form):
    waits()
    assert press(client, link, form).status_code == 200
    assert Post.objects.get().is_waiting
    assert client.get(f"{link}?gedaan=x&bijdrage=y&pagina=z").status_code == 200


def test_a_post_that_was_not_on_the_page_is_read_first(client, link):
    post = waits()
    press(client, link, {"bijdrage": post.pk, "gezien": ""})
    press(client, link, {"bijdrage": post.pk, "gezien": f"{post.pk}.{post.version}"})
    assert Post.objects.get().is_waiting


def test_a_press_on_an_old_page_undoes_no_no_of_the_owner(client, link):
    """Another showed it meanwhile, and then the owner of the address said that they did not write it."""
    post = waits(email="ouder@example.org")
    sent = on(client, link, post)
    post.publish(factories.coordinator(), vetted=True)
    post.refuse("Niet van mij.")
    press(client, link, sent)
    assert Post.objects.get().is_held


# Whose link it is


def test_who_has_the_link_acts_as_the_helper(link, mieke):
    """The mail says not to send it on. Whoever gets it all the same is not asked who they are, logged in or not."""
    post = waits()
    browser, stranger = Client(), factories.user()
    browser.force_login(stranger)
    press(browser, link, on(browser, link, post))
    assert Post.objects.get().published_by == mieke
    assert history_of(post)[-1].who == "Mieke"


def test_it_opens_nothing_else(client, link, image_row, settings):
    post = waits(picture=image_row())
    hidden = factories.become(factories.post(picture=image_row()), "removed")
    page = client.get(link).text
    assert f"/media/{post.picture.name}" in page and hidden.picture.name not in page
    assert client.get(f"/media/{post.picture.name}-640.webp").status_code == 404  # without the key of that page
    assert client.get("/beheer/").status_code == 302
    assert post.text not in client.get(post.question.get_absolute_url()).text


@pytest.mark.parametrize("then", ["right taken", "deactivated", "moved", "not proven", "a day"])
def test_it_dies_with_the_right_also_while_the_page_is_open(client, link, mieke, then):
    post = waits()
    form = on(client, link, post)
    match then:
        case "right taken":
            mieke.let_help(False)
        case "deactivated":
            User.objects.update(is_active=False)
        case "moved":
            User.objects.filter(pk=mieke.pk).update(email="elders@example.org")
            changes.follow(mieke, User.objects.get())
        case "not proven":
            mieke.emailaddress_set.all().delete()
        case "a day":
            HelperLink.objects.update(ends_at=timezone.now() - timedelta(seconds=1))
    page = press(client, link, form)
    assert page.status_code == 410 and "Deze link werkt niet meer" in page.text
    assert post.text not in page.text and Post.objects.get().is_waiting
    assert client.get(link).status_code == 410


def test_a_new_address_that_is_proven_wakes_no_old_link(client, link, mieke):
    waits()
    User.objects.filter(pk=mieke.pk).update(email="elders@example.org")
    User.objects.get().prove()
    assert client.get(link).status_code == 410
    assert client.get(link_of(User.objects.get())).status_code == 200


@pytest.mark.parametrize("token", ["x", "1-", "1-" + "a" * 32, "9" * 40, "é", "1-" + "a" * 5000, "0-" + "a" * 32])
def test_a_link_that_is_not_ours(client, link, token):
    waits()
    assert client.get(f"/meelezen/{token}/").status_code == 410
    assert client.post(f"/meelezen/{token}/", {"besluit": "tonen"}).status_code == 410


def test_a_coordinator_gives_the_right_and_takes_it(client, coordinator):
    user = factories.user()
    page = f"/beheer/werkplaats/user/{user.pk}/change/"
    assert "Leest mee vanuit de mail" in client.get(page).text
    fields = {
        "email": user.email,
        "name": "Mieke",
        "is_active": "on",
        "initial-is_active": "True",
        "initial-helps": "False",
    }
    client.post(page, fields | {"helps": "on"})
    user.prove()
    assert list(User.objects.helpers()) == [user]
    assert "checked" in client.get(page).text.partition('name="helps"')[2][:120]
    client.post(page, fields | {"initial-helps": "True"})
    assert not User.objects.helpers().exists()


# How it is


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(client, link, rows, django_assert_num_queries):
    for _ in range(rows):
        Report.objects.create(post=waits(), visitor=factories.visitor(), reason="spam")
    client.get("/huisregels/")
    with django_assert_num_queries(5):  # the link, how many, the posts, their reports, the site
        client.get(link)


def test_twenty_and_the_rest(client, link):
    question = factories.question()
    for number in range(23):
        waits(question=question, text=f"Nummer {number}.")
    first = client.get(link).text
    assert first.count("<article") == 20 and "De rest: nog 3 bijdragen" in first
    assert "23 bijdragen wachten op jou" in first
    rest = client.get(f"{link}?pagina=2").text
    assert rest.count("<article") == 3 and "De rest" not in rest and "Nummer 22." in rest
    assert client.get(f"{link}?pagina=99").text.count("<article") == 3


def test_what_is_wrong_stands_on_the_page_also_about_the_last_of_many(client, link):
    question = factories.question()
    posts = [waits(question=question) for _ in range(23)]
    form = on(client, f"{link}?pagina=2", posts[-1])
    page = press(client, link, form, reason="anders", words="")
    assert "Kies een reden, of schrijf er een" in page.text
    posts[-1].edit(text="Iets heel anders.")
    assert "Iets heel anders." in press(client, link, form).text
