"""What was said in a café says so wherever it is read, before, during and after: never at which table."""

import pytest

from live.models import Kind
from plan.exports import voices as exported
from plan.models import Fragment, Harvest
from plan.reading import quoting, voices
from tests.helpers import factories
from tests.live.helpers import room, shown, to
from werkplaats.words import in_the_cafe

pytestmark = pytest.mark.django_db
SAID = "een tafel van zes, in het café"


@pytest.mark.parametrize(
    "people, words",
    [(6, SAID), (13, "een tafel van 13, in het café"), (1, "een tafel, in het café"), (None, "in het café")],
)
def test_the_words_for_it(people, words):
    assert in_the_cafe(people) == words


@pytest.fixture
def live():
    return to(room(), Kind.QUESTION)


def test_the_thread_and_the_back_office_say_so(client, live, settings):
    settings.DEMO = True
    made = shown(live, "Korte lijnen", 4)
    text = client.get(made.post.question.get_absolute_url()).text
    assert f'<span class="post-meta">{SAID}</span>' in text
    assert "namens een overleg: <bdi>een tafel" not in text and "Tafel 4" not in text
    client.force_login(factories.coordinator(email="leest@example.com"))
    for path in ("/beheer/posts/post/?stand=alles", f"/beheer/posts/post/{made.post_id}/change/"):
        page = client.get(path, follow=True).text
        assert SAID.lower() in page.lower() and "namens <bdi>een tafel" not in page


def test_the_workbench_and_its_files_say_so(live):
    made = shown(live, "Korte lijnen", 4)
    alone = shown(live, "Meer tijd", None)
    harvest = Harvest.objects.get(question=made.post.question)
    rows = list(Fragment.objects.filter(post__in=[made.post, alone.post]).order_by("post_id"))
    assert [voice.by for voice in voices.voices(rows)] == [SAID, "in het café"]
    row = Fragment.objects.select_related("post__role").get(post=made.post)
    assert quoting.said_by(row)[1] == SAID
    told = {voice.text: voice.about for voice in exported.voices(exported.live(harvest), names=True, told=set())}
    assert told == {"Korte lijnen": f"Iemand · {SAID}", "Meer tijd": "Iemand · in het café"}
