"""«Dit gaat over één kind»: out of sight for good, wherever one looks."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from plan.models import Fragment
from posts.actions import apart, helping, moderating
from posts.models import Post, Removal
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.posts.helpers import helper
from werkplaats.models import Controller, Retention, User
from werkplaats.register.entries import Term
from werkplaats.versions import named, named_with_state
from werkplaats.words import day

pytestmark = pytest.mark.django_db
STORY = "Mijn zoon Zefir van de Sterrenschool zit al weken thuis"
AWAY = {"action": "set_apart", "_asked": "1"}


def story(**fields) -> Post:
    return factories.post(text=STORY, **fields)


def set_apart(post: Post) -> Post:
    by = User.objects.filter(is_staff=True).first() or factories.coordinator()
    assert apart.set_apart([post], by, {post.pk: post.version}).done == 1
    post.refresh_from_db()
    return post


@pytest.mark.parametrize("before", ["public", "waiting", "held", "withdrawn", "removed", "refused"])
def test_from_every_state_it_goes_and_never_comes_back(before):
    post = factories.become(story(published=before != "waiting"), before)
    set_apart(post)
    assert (post.removal, bool(post.child_at)) == (Removal.CHILD, True)

    by = factories.coordinator()
    moderating.restore([post], by, {post.pk: post.version})
    moderating.approve([post], by, {post.pk: post.version})
    post.put_back()
    post.publish(by, vetted=True)
    post.refresh_from_db()

    assert post.removal == Removal.CHILD
    assert not post.is_public


def test_nobody_reads_it_anywhere(client):
    public = factories.post(text="Korte lijnen helpen")
    post = story(parent=public)
    other = factories.post(parent=post, text="Wat naar voor jullie")
    assert Fragment.objects.filter(post=post, live=True).exists()

    set_apart(post)

    assert post not in Post.objects.readable()
    assert not Fragment.objects.filter(post=post).exists()  # neither on the desk nor in what is exported
    assert other in Post.objects.readable()
    slug = public.question.slug
    for address in (
        f"/vragen/{slug}/",
        f"/vragen/{slug}/?zoek=Zefir",
        f"/vragen/{slug}/feed/",
        post.get_absolute_url(),
    ):
        page = client.get(address, follow=True)
        assert page.status_code in (200, 404)
        assert "Sterrenschool" not in page.content.decode()
    assert "Wat naar voor jullie" in client.get(f"/vragen/{slug}/").content.decode()


def test_the_back_office_shows_it_in_its_own_list_alone(coordinator, client):
    post = set_apart(story())
    answer = factories.post(parent=post, text="Wat naar voor jullie")
    post.reports.create(visitor=factories.visitor(), reason="privacy", handled_at=timezone.now())
    posts = reverse("admin:posts_post_changelist")

    for query in ("", "?q=Zefir", "?toestand=weggehaald", "?toestand=te-doen", "?toestand=gemeld"):
        assert "Sterrenschool" not in client.get(posts + query).content.decode(), query
    for address in (reverse("admin:index"), reverse("admin:posts_report_changelist")):
        assert "Sterrenschool" not in client.get(address).content.decode(), address
    assert "Sterrenschool" not in client.get(reverse("admin:posts_post_change", args=[answer.pk])).content.decode()
    assert "Sterrenschool" in client.get(f"{posts}?toestand=over-een-kind").content.decode()

    own = client.get(reverse("admin:posts_post_change", args=[post.pk])).content.decode()
    assert "0800-2000" in own
    assert "Terugzetten" not in own
    assert "Gaat over één kind" in client.get(reverse("admin:index")).content.decode()


def test_a_moderator_presses_on_what_the_page_shows(coordinator, client):
    post = story()
    page, seen = reverse("admin:posts_post_changelist"), named_with_state([post])
    asked = client.post(page, {"action": "set_apart", "_selected_action": post.pk, "gezien": seen})
    assert "0800-2000" in asked.content.decode()
    post.edit(text=f"{STORY}, en nu nog")  # its writer, meanwhile

    late = client.post(page, {**AWAY, "_selected_action": post.pk, "gezien": seen}, follow=True)
    assert "intussen gewijzigd" in late.content.decode()
    post.refresh_from_db()
    assert not post.child_at

    client.post(page, {**AWAY, "_selected_action": post.pk, "gezien": named_with_state([post])})
    first = Post.objects.get(pk=post.pk).child_at
    assert first
    client.post(page, {**AWAY, "_selected_action": post.pk, "gezien": named_with_state([post])})
    assert Post.objects.get(pk=post.pk).child_at == first


def test_who_reads_along_by_the_mail_may_say_it_too():
    user, post = helper(), story(published=False)
    (shown,) = helping.listed()
    assert helping.decide(post.pk, user, helping.seen_of(shown), about_child=True) == helping.Outcome.APART
    post.refresh_from_db()
    assert post.removal == Removal.CHILD


def test_the_writer_is_helped_on_and_cannot_put_it_back(mailbox):
    writer = User.objects.confirmed("ouder@voorbeeld.example")
    post = story(author=writer, email=writer.email)
    Controller.objects.update_or_create(pk=1, defaults={"help_for_parents": "Steunpunt Zwaluw: 010-1"})
    set_apart(post)

    (mail,) = mailbox()
    words = mail.get_body(("plain",)).get_content()
    assert "Steunpunt Zwaluw" in words
    assert "0800-2000" in words
    assert "Sterrenschool" not in words
    browser = Client()
    browser.force_login(writer)
    page = browser.get(reverse("mine")).content.decode()
    assert "Steunpunt Zwaluw" in page
    assert "0800-2000" in page
    assert "Sterrenschool" not in page
    for name in ("edit", "withdraw"):
        assert browser.get(reverse(f"posts:{name}", args=[post.pk])).status_code == 404


def test_a_browser_that_proved_nothing_reads_where_help_is():
    visitor = factories.visitor()
    post = set_apart(story(visitor=visitor))
    page = browser_of(visitor).get(reverse("mine")).content.decode()
    assert f"bijdrage-{post.pk}" in page
    assert "Ouder- en Jeugdsteunpunt" in page
    assert "Sterrenschool" not in page


def test_keeping_it_longer_takes_a_reason_that_the_history_keeps(coordinator, client):
    post = set_apart(story())
    page = reverse("admin:posts_post_change", args=[post.pk])
    sent = {"action": "keep_longer", "_asked": "1", "_selected_action": post.pk, "gezien": named([post])}
    listed = reverse("admin:posts_post_changelist") + "?toestand=over-een-kind"

    assert client.post(listed, {**sent, "reason": " "}).status_code == 422
    client.post(listed, {**sent, "reason": "Er loopt een klacht."})

    post.refresh_from_db()
    assert post.kept_until > timezone.now() + timedelta(days=29)
    assert "Er loopt een klacht." in client.get(page).content.decode()
    assert "Er loopt een klacht." in client.get(f"{page[:-7]}history/").content.decode()


def test_a_wensbeeld_about_one_child_goes_the_same_way(coordinator, client):
    beeld = factories.wensbeeld(text="Zefir weer naar de Sterrenschool")
    assert Fragment.objects.filter(wensbeeld=beeld, live=True).exists()
    listed = reverse("admin:polls_wensbeeld_changelist")
    sent = {**AWAY, "_selected_action": beeld.pk, "gezien": named_with_state([beeld])}
    client.post(listed, sent)

    beeld.refresh_from_db()
    assert beeld.child_at
    assert not beeld.restore(None)
    assert not Fragment.objects.filter(wensbeeld=beeld).exists()
    for query in ("", "?q=Zefir", "?toestand=weggehaald"):
        assert "Sterrenschool" not in client.get(listed + query).content.decode(), query
    assert "Sterrenschool" in client.get(f"{listed}?toestand=over-een-kind").content.decode()
    assert browser_of(beeld.visitor).get(beeld.get_absolute_url()).status_code == 404


def test_when_it_goes_is_told_as_the_term_is_now_and_never_as_a_day_that_was(coordinator, client):
    post = set_apart(story(visitor=(visitor := factories.visitor())))
    Post.objects.filter(pk=post.pk).update(child_at=timezone.now() - timedelta(days=29))
    Retention.objects.create(term=Term.CHILD, days=5)
    client.force_login(coordinator)
    page = reverse("admin:posts_post_change", args=[post.pk])
    assert f"In de nacht na {day(timezone.now())} wordt het vanzelf gewist." in client.get(page).text
    asked = {"action": "set_apart", "_selected_action": story().pk}
    assert "Na 5 dagen wordt het vanzelf gewist." in client.post(reverse("admin:posts_post_changelist"), asked).text
    assert "5 dagen later is het gewist" in Client().get("/privacy/").text
    Retention.objects.get().pause(coordinator, "Er loopt een onderzoek.")
    assert "Het wissen staat nu stil." in client.get(page).text
    assert "het wissen staat stil" in client.get("/beheer/").text
    mine = browser_of(visitor).get(reverse("mine")).text
    assert "We wissen hem later" in mine and "Na 5 dagen" not in mine
