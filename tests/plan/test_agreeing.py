"""What everyone reads of common ground: words, beside what is closed, and never a figure."""

import pytest

from plan.actions import agreeing
from plan.models import Fragment
from posts.models import PostTally
from tests.helpers import factories
from tests.plan import helpers
from tests.plan.test_ground import give, roles, score  # noqa: F401, roles is a fixture
from werkplaats.people.models import Role

pytestmark = pytest.mark.django_db
WORDS = "bijna alle ouders, weinig leerkrachten"


@pytest.fixture
def voice(roles: dict[str, Role]) -> Fragment:  # noqa: F811
    voice = helpers.voice(factories.question())
    give(voice.post, roles["ouder"], 9)
    give(voice.post, roles["leerkracht"], 1, 8)
    return voice


def close(question) -> None:
    question.opened_at = factories.timezone.now()
    question.closed_at = factories.timezone.now()
    question.save()


def test_it_stands_beside_a_contribution_once_the_question_is_closed(client, voice):
    question, page = voice.harvest.question, voice.harvest.question.get_absolute_url()
    assert agreeing.tell() == 0
    close(question)
    assert "Duimpje omhoog" not in client.get(page).text
    assert agreeing.tell() == 1
    assert f"Duimpje omhoog: {WORDS}." in client.get(page).text
    assert agreeing.tell() == 0


def test_a_question_that_opens_again_tells_nothing(client, voice):
    question = voice.harvest.question
    close(question)
    agreeing.tell()
    question.closed_at = None
    question.save()
    assert PostTally.objects.get(pk=voice.post_id).common == WORDS
    assert "Duimpje omhoog" not in client.get(question.get_absolute_url()).text


def test_few_people_are_not_told(client, roles):  # noqa: F811
    voice = helpers.voice(factories.question())
    give(voice.post, roles["ouder"], 4)
    close(voice.harvest.question)
    assert agreeing.tell() == 0
    assert PostTally.objects.get(pk=voice.post_id).common == ""


def test_an_idea_has_it_in_the_result(client, roles):  # noqa: F811
    round = factories.sticker_round(groups=1, ideas=1)
    idea = round.ideas.get()
    score(idea, roles["ouder"], 9, 0, 0)
    score(idea, roles["leerkracht"], 0, 0, 9)
    assert agreeing.tell() == 0
    round.move_to("result", round.stage)
    assert agreeing.tell() == 1
    page = client.get(round.get_absolute_url()).text
    assert "Ouders bijna alle groen, weinig blauw, weinig rood" in page
    assert agreeing.tell() == 0
