"""Who did what: the audit trail knows the user of a request, and views that change nothing tracked do not ask."""

import pghistory
import pytest
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone
from pghistory.models import Context

from events.views.own import accept, also, cancel, change, come_back, confirm
from events.views.signing_up import register
from inviting.views.own import suggest
from live.views import taking_part
from plan.views.concept.thumbs import thumb as thumb_on_sentence
from polls.rounds.views.scoring import place
from polls.voting.views import vote
from posts import tokens
from posts.views.helping import help_out
from posts.views.thumbs import thumb
from tests.helpers import factories
from tests.helpers.consent import forms
from tests.helpers.shown import seen
from werkplaats.home.viewing import look_along
from werkplaats.pictures.views import serve

pytestmark = pytest.mark.django_db


def test_a_moderators_change_names_the_moderator(client, settings):
    settings.DEMO = True
    moderator = factories.coordinator()
    client.force_login(moderator)
    post = factories.post(published=False)

    data = {"action": "approve", "_selected_action": [post.pk], "index": 0, "gezien": seen([post])}
    client.post("/beheer/posts/post/", data)

    events = pghistory.models.Events.objects.tracks(post)
    (event,) = [event for event in events if "published_by_id" in (event.pgh_diff or {})]
    assert event.pgh_diff["published_by_id"] == [None, moderator.pk]
    assert event.pgh_context["user"] == moderator.pk


def test_only_views_without_tracked_rows_leave_no_history():
    def views(resolver):
        for pattern in resolver.url_patterns:
            yield from views(pattern) if hasattr(pattern, "url_patterns") else [pattern.callback]

    assert {view for view in views(get_resolver()) if hasattr(view, "leaves_no_history")} == {
        *(accept, also, cancel, change, come_back, confirm, register),
        *(taking_part.count, taking_part.stick, taking_part.thumb, taking_part.vote),
        *(taking_part.next_person, taking_part.all_ready),
        look_along,  # a role is no words of anybody
        help_out,  # tells by itself whose link it is
        place,
        serve,
        suggest,  # nobody reads back who said so
        thumb,
        thumb_on_sentence,
        vote,
    }


def test_the_trail_keeps_no_token_that_opens_a_page():
    post = factories.post(published=False, email="x@example.org", asked_at=timezone.now())
    token = tokens.make(post)
    path = f"/bijdragen/bevestigen/{token}/"
    browser = Client()
    (shown,) = forms(browser.get(path).text).values()
    browser.post(path, {"bijdrage": post.pk, "gezien": shown, "antwoord": "ja"})
    post.refresh_from_db()
    assert post.is_public
    told = [context.metadata["url"] for context in Context.objects.all()]
    assert "/bijdragen/bevestigen/<str:token>/" in told
    assert token not in str(told)
