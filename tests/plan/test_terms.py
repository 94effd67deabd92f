"""What the terms leave of what was heard: quotes stay quotes without a name, and after the period no word is left."""

from datetime import timedelta

import pytest
from django.utils import timezone

from plan.models import Fragment, HeardVoice, WordingThumb
from posts.models import Post, Question
from tests.helpers import factories
from tests.plan import heard_helpers, helpers
from tests.plan.test_erasing import UNIQUE, hits
from werkplaats.avg import terms
from werkplaats.models import Site
from werkplaats.register.entries import Term

pytestmark = pytest.mark.django_db


@pytest.fixture
def published():
    """A public sentence that leans on a quote and on a line of an evening; all of it in words of its own."""
    voice = helpers.voice(text=f"Mijn {UNIQUE} zit op deze school.", name="Zefira")
    line = helpers.note(voice.harvest, UNIQUE).fragment
    stack = helpers.stack(voice.harvest)
    heard_helpers.lay(stack, voice, line)
    heard_helpers.quote(voice, stack)
    heard_helpers.write(stack, f"Elke {UNIQUE} telt.")
    return heard_helpers.publish(voice.harvest)


def test_a_quote_stays_and_its_name_goes(published, client):
    Post.objects.update(created_at=timezone.now() - timedelta(days=3 * 365 + 1))
    terms.run(Term.NAMES, timezone.now())
    assert HeardVoice.objects.quotes().count() == 1
    assert Fragment.objects.filter(post__isnull=False, live=True).count() == 1
    page = client.get(published.get_absolute_url()).text
    assert UNIQUE in page
    assert "Zefira" not in page


def test_after_the_period_of_the_plan_no_word_is_left(published, client):
    here = timezone.localtime()
    Site.objects.load()
    Site.objects.update(period_start=here.year - 4, period_end=here.year)
    assert terms.run(Term.WORDS, timezone.now()).counts == {}
    assert hits()

    then = timezone.make_aware(here.replace(tzinfo=None, year=here.year + 1, month=1, day=1, hour=0, minute=1))
    assert terms.run(Term.WORDS, then - timedelta(minutes=2)).counts == {}
    assert terms.run(Term.WORDS, then).counts["zin die we hoorden,zinnen die we hoorden"] == 1
    assert terms.run(Term.WORDS, then).counts == {}

    assert hits() == []
    assert client.get(published.get_absolute_url()).status_code in (200, 404)


def test_thumbs_on_sentences_are_unlinked_and_their_counts_stay():
    stack = helpers.stack(helpers.voice().harvest)
    sentence = heard_helpers.sentence([heard_helpers.write(stack, "Elk kind telt.")])
    wording = sentence.wordings.get()
    asked = factories.question(current=False, slug="zin", kind="plan", page="/plan/zin/1.1/")
    type(sentence).objects.update(question=asked)
    WordingThumb.objects.create(wording=wording, visitor=factories.visitor(), value=1)
    Question.objects.filter(pk=asked.pk).update(
        opened_at=timezone.now() - timedelta(days=100), closed_at=timezone.now() - timedelta(days=91)
    )
    assert terms.run(Term.VOTES, timezone.now()).counts == {"duimpje bij een zin,duimpjes bij zinnen": 1}
    wording.refresh_from_db()
    assert wording.thumbs == {"1": 1}
    assert not WordingThumb.objects.filter(visitor__isnull=False).exists()
