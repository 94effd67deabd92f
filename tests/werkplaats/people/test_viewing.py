"""The small line that asks in which role somebody looks along: once per browser, and it counts for what they did."""

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection, transaction
from django.test import Client

from polls.rounds.models.stickers import Sticker
from posts.models.thumbs import Thumb
from tests.helpers import factories
from tests.helpers.browsers import as_visitor, browser_of
from tests.helpers.races import until_somebody_waits
from werkplaats.people import viewing, visitors
from werkplaats.people.merging import look_along_as
from werkplaats.people.models import Visitor

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
ASKS = "In welke rol kijk jij mee?"
AWAITS = 'hx-get="/kijkrol/?'


def thumb(client: Client, post, wish: str = "op", **more):
    return client.post(f"/bijdragen/{post.pk}/duim/{wish}/", **more)


def sticker(client: Client, idea, colour: int = 1, **more):
    return client.post(
        f"/stickerrondes/{idea.round.slug}/plakken/sticker/", {"idea": idea.pk, "colour": colour}, **more
    )


@pytest.fixture
def post(db):
    return factories.post()


@pytest.fixture
def ideas(db):
    return list(factories.sticker_round(groups=1, ideas=3).ideas.order_by("pk"))


@pytest.fixture
def role(db):
    return factories.role("leerkracht")


def test_with_htmx_the_line_comes_once_and_the_answer_counts_for_the_first_and_the_next(client, post, ideas, role):
    fragment = thumb(client, post, headers=HTMX).text
    assert f'hx-target="#antwoord-{post.pk}" hx-swap="beforebegin"' in fragment and AWAITS in fragment
    address = fragment.split('hx-get="')[1].split('"')[0].replace("&amp;", "&")
    line = client.get(address, headers=HTMX).text
    assert ASKS in line and f'value="{role.pk}">leerkracht' in line
    assert AWAITS not in thumb(client, factories.post(post.question), headers=HTMX).text, "once per browser"
    told = client.post("/kijkrol/", {"kijkrol": role.pk}, headers=HTMX).text
    assert "kijkt als leerkracht" in told
    assert set(Thumb.objects.values_list("role__name", flat=True)) == {"leerkracht"}
    thumb(client, factories.post(post.question), headers=HTMX)
    assert AWAITS not in sticker(client, ideas[0], headers=HTMX).text
    assert Thumb.objects.filter(role=role).count() == 3
    assert Sticker.objects.get().role == role


def test_without_javascript_the_next_page_shows_it_at_the_post_and_no_other_does(client, post, role):
    for address, form in [(post.get_absolute_url(), {}), (post.question.get_absolute_url(), {"pagina": "1"})]:
        browser = Client()
        to = thumb(browser, post, data=form).url
        assert to.startswith(address) and "kijkrol" not in to
        html = browser.get(to).text
        assert html.count(ASKS) == 2, "the name of the form, and the label"
        assert html.index(ASKS) > html.index(f'id="bijdrage-{post.pk}"')
        assert html.index(ASKS) < html.index(f'id="antwoord-{post.pk}"')
        assert ASKS not in browser.get(to).text, "once"
        back = html.split('name="terug" value="')[1].split('"')[0]
        assert browser.post("/kijkrol/", {"kijkrol": role.pk, "terug": back}).url.endswith(f"#bijdrage-{post.pk}")
        assert Thumb.objects.filter(visitor=Visitor.objects.get(thumbs__role=role, role=role)).exists()
        Thumb.objects.all().delete()


def test_without_javascript_the_desk_shows_it_with_the_next_idea(client, ideas, role):
    html = client.get(sticker(client, ideas[0]).url, follow=True).text
    assert html.count(ASKS) == 2 and "Idee 2 van 3" in html
    assert client.post("/kijkrol/", {"kijkrol": role.pk, "terug": "/stickerrondes/"}).url == "/stickerrondes/"
    assert Sticker.objects.get().role == role
    assert ASKS not in client.get(sticker(client, ideas[1]).url, follow=True).text


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_who_waves_it_away_is_not_asked_again_and_stays_unknown(client, post, ideas, role, headers):
    thumb(client, post, headers=headers)
    answer = client.post("/kijkrol/", {"weg": "1", "kijkrol": role.pk, "terug": "/x/"}, headers=headers)
    assert (answer.status_code, "niet nog eens" in answer.text) == ((200, True) if headers else (302, False))
    thumb(client, factories.post(post.question), headers=headers)
    assert AWAITS not in sticker(client, ideas[0], headers=HTMX).text
    assert not Thumb.objects.exclude(role=None).exists() and Visitor.objects.get(thumbs__post=post).role is None


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize("over", ["session", "row"])
def test_it_thanks_only_for_what_was_kept_and_asks_again(post, role, headers, over):
    user = factories.user(email="b@waterkant.example")
    browser = browser_of(factories.visitor(user=user) if over == "session" else factories.visitor())
    if over == "session":
        browser.force_login(user)
    thumb(browser, post, headers=headers)
    if over == "session":
        browser.cookies.pop("sessie")
    else:
        Thumb.objects.all().delete()
        Visitor.objects.get(posts=None).delete()
    answer = browser.post("/kijkrol/", {"kijkrol": role.pk, "terug": "/x/"}, headers=headers)
    assert not Visitor.objects.filter(role=role).exists() and not Thumb.objects.filter(role=role).exists()
    assert answer.status_code == (409 if headers else 302)
    assert "kijkt als" not in answer.text and ("niet bewaard" in answer.text) == bool(headers)
    assert not browser.cookies[viewing.COOKIE.name].value, "the next thumb asks again"


@pytest.mark.parametrize("wanted", ["", "0", "leerkracht", "9" * 40, "\x00"])
def test_an_answer_that_is_no_role_of_ours_asks_again_and_changes_nothing(client, post, role, wanted):
    to = thumb(client, post).url
    again = client.post("/kijkrol/", {"kijkrol": wanted, "terug": to, "bij": str(post.pk)})
    if again.status_code != 400:
        assert again.url == to and ASKS in client.get(to).text
        refused = client.post("/kijkrol/", {"kijkrol": wanted}, headers=HTMX)
        assert refused.status_code == 422 and "Kies eerst je rol" in refused.text
    assert Visitor.objects.get(thumbs__post=post).role is None


def test_who_is_known_is_not_asked(post, ideas, role):
    known = browser_of(factories.visitor(role=role))
    assert AWAITS not in thumb(known, post, headers=HTMX).text
    assert AWAITS not in sticker(known, ideas[0], headers=HTMX).text
    assert ASKS not in known.get(thumb(known, post).url).text
    person = browser_of(factories.visitor(role=role, user=factories.user()))
    assert AWAITS not in thumb(person, post, headers=HTMX).text


def test_whose_role_the_device_remembers_is_not_asked_and_counts_under_it(client, post, role):
    from posts.composing import device

    client.cookies[device.COOKIE.name] = device.COOKIE.sign({"name": "Noor", "role": role.pk})
    assert AWAITS not in thumb(client, post, headers=HTMX).text
    assert Thumb.objects.get().role == role


def test_taking_back_and_what_is_refused_ask_nothing(client, post):
    assert AWAITS not in thumb(client, post, "weg", headers=HTMX).text
    post.question.thumbs = "none"
    post.question.save()
    assert AWAITS not in thumb(client, post, headers=HTMX).text


def test_who_takes_over_the_phone_is_not_asked_and_the_answer_is_the_owners_alone(client, ideas, role):
    sticker(client, ideas[0])
    client.post(f"/stickerrondes/{ideas[0].round.slug}/volgende-persoon/")
    del client.cookies[viewing.COOKIE.name]
    assert AWAITS not in sticker(client, ideas[1], headers=HTMX).text
    client.post("/kijkrol/", {"kijkrol": role.pk})
    assert dict(Sticker.objects.values_list("idea", "role")) == {ideas[0].pk: role.pk, ideas[1].pk: None}


def test_after_logging_out_the_next_one_is_a_stranger_and_is_asked(client, post, role):
    thumb(client, post)
    client.post("/kijkrol/", {"kijkrol": role.pk})
    client.post("/apparaat/wissen/")
    assert viewing.COOKIE.name not in client.cookies or not client.cookies[viewing.COOKIE.name].value
    assert AWAITS in thumb(client, post, headers=HTMX).text
    assert sorted(Thumb.objects.values_list("role", flat=True), key=str) == [role.pk, None]


def test_two_visitors_that_become_one_have_one_role(post, ideas, role):
    """Which of the two said it makes no difference; what somebody else gave stays as it is."""
    for of_old, of_new in [(role, None), (None, role)]:
        old, new = factories.visitor(role=of_old), factories.visitor(role=of_new)
        other = factories.post(post.question)
        Thumb.objects.create(post=post, visitor=old, value=1)
        Thumb.objects.create(post=other, visitor=new, value=1)
        Thumb.objects.create(post=other, visitor=factories.visitor(), value=1)
        factories.sticker(ideas[0], 1, old)
        visitors.merge(old, new)
        assert set(new.thumbs.values_list("role", flat=True)) == {role.pk}
        assert new.stickers.get().role == role
        assert Thumb.objects.filter(role=None).count() == 1
        Thumb.objects.all().delete()


def test_it_opens_no_other_site_and_a_get_without_htmx_leads_home(client, post):
    for path in ("https://elders.example/", "//elders.example/", "/\\elders.example", "elders", "javascript:alert(1)"):
        assert client.post("/kijkrol/", {"weg": "1", "terug": path}).url == "/"
    assert client.get("/kijkrol/").url == "/"
    assert not Visitor.objects.filter(posts=None).exists(), "who only waves away writes nothing"


def test_a_thumb_and_a_sticker_cost_what_they_did_also_the_first(post, ideas, django_assert_num_queries):
    for _ in range(2):
        browser = as_visitor(Client(), factories.visitor())
        with django_assert_num_queries(1):
            assert AWAITS in thumb(browser, post, headers=HTMX).text
        again = as_visitor(Client(), factories.visitor())
        sticker(again, ideas[0], headers=HTMX)  # reads the round, which is kept
        del again.cookies[viewing.COOKIE.name]
        with django_assert_num_queries(1):
            assert AWAITS in sticker(again, ideas[1], headers=HTMX).text


@pytest.mark.django_db(transaction=True)
def test_a_thumb_at_the_very_moment_of_the_answer_counts_under_it():
    """The thumb waits for the answer, and then knows the role."""
    post, role, visitor = factories.post(), factories.role("leerkracht"), factories.visitor()

    def give() -> None:
        try:
            Thumb.objects.wish(post.pk, visitor.pk, 1)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            look_along_as(visitor.pk, role)
            given = pool.submit(give)
            until_somebody_waits()
        given.result(timeout=60)
    assert Thumb.objects.get().role == role


def test_the_address_of_the_line_tells_where_it_came_from(client, post):
    fragment = thumb(client, post, data={"pagina": "2"}, headers=HTMX).text
    address = fragment.split('hx-get="')[1].split('"')[0].replace("&amp;", "&")
    said = parse_qs(urlsplit(address).query)
    assert said["bij"] == [str(post.pk)] and said["terug"][0].endswith(f"pagina=2#bijdrage-{post.pk}")


def test_who_wrote_before_is_known_from_the_log_in_on(post, ideas, role):
    """They wrote in another browser, before they had an account; the visitor of the person is a new one."""
    user = factories.user()
    factories.post(post.question, author=user, role=role)
    browser = Client()
    browser.force_login(user)
    browser_knows = as_visitor(browser, Visitor.objects.get(user=user))
    assert AWAITS not in sticker(browser_knows, ideas[0], headers=HTMX).text
    assert Sticker.objects.get().role == role
