"""Questions in the back office: parts, planning, filters."""

from datetime import timedelta

import pytest
from django.utils import timezone

from posts.models.posts import Post
from posts.models.themes import PostTheme, Theme
from tests.helpers import factories

pytestmark = pytest.mark.django_db


def question_data(question, **changes):
    names = ("title", "text", "easy", "slug", "phase_id", "thumbs")
    data = {name.removesuffix("_id"): getattr(question, name) for name in names}
    data |= {"translations-TOTAL_FORMS": 0, "translations-INITIAL_FORMS": 0}
    return {**data, "_save": "1", **changes}


def test_a_question_is_no_part_of_itself_nor_of_a_part(client, coordinator):
    whole, other = factories.question(current=False), factories.question(current=False)
    part = factories.question(current=False, parent=whole)
    for question, parent in [(whole, whole), (other, part), (whole, other)]:
        url = f"/beheer/posts/question/{question.pk}/change/"
        assert client.post(url, question_data(question, parent=parent.pk)).status_code == 200
        question.refresh_from_db()
        assert question.parent is None
    url = f"/beheer/posts/question/{other.pk}/change/"
    data = question_data(other, parent=whole.pk, thumbs="up", invitation="Doe je mee?")
    assert client.post(url, data).status_code == 302
    other.refresh_from_db()
    assert (other.parent, other.thumbs, other.invitation) == (whole, "up", "Doe je mee?")


def test_planning_in_the_past_says_what_happens(client, coordinator):
    question = factories.question(current=False)
    url = f"/beheer/posts/question/{question.pk}/change/"
    for days, warned in [(1, False), (-1, True)]:
        moment = timezone.localtime(timezone.now() + timedelta(days=days))
        planned = {"planned_for_0": f"{moment:%Y-%m-%d}", "planned_for_1": f"{moment:%H:%M}"}
        page = client.post(url, question_data(question, **planned), follow=True).text
        assert ("binnen een minuut aan de beurt" in page) == warned


def test_filters_of_questions_and_themes(client, coordinator):
    current, concept = factories.question(), factories.question(current=False)
    planned = factories.question(current=False, planned_for=timezone.now() + timedelta(days=9))
    part = factories.question(current=False, parent=current)
    for query, found in [
        ("stand=nu", {current}),
        ("stand=concept", {concept, part}),
        ("stand=gepland", {planned}),
        ("stand=gesloten", set()),
        ("deelvraag=ja", {part}),
        ("deelvraag=nee", {current, concept, planned}),
        ("stand=%00x", None),
    ]:
        page = client.get(f"/beheer/posts/question/?{query}")
        if found is None:
            assert page.status_code < 500
        else:
            assert set(page.context["cl"].result_list) == found, query
    theme = Theme.objects.create(name="Plezier")
    post = factories.post()
    PostTheme.objects.create(post=post, theme=theme)
    assert 'class="field-used">1<' in client.get("/beheer/posts/theme/").text
    assert client.post(f"/beheer/posts/theme/{theme.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not PostTheme.objects.exists()
    assert Post.objects.get() == post
