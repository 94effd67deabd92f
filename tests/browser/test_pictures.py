"""What a stranger sends sizes no page: pictures are bounded in both directions, wherever they are shown."""

import io

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from PIL import Image

from tests.browser.staff_page import log_in
from tests.helpers import factories
from werkplaats.models import Picture
from werkplaats.pictures import files

# As they were stored before such pictures were refused: a line, a long screenshot, a banner.
STRIPS = [(1, 1600), (108, 1600), (1600, 8)]
SIZES = [(390, 844), (1280, 800)]
BOXES = """() => [...document.images].filter((image) => image.src.includes("/media/")).map((image) => {
    const { width, height } = image.getBoundingClientRect();
    return [Math.round(width), Math.round(height)];
})"""


def stored(width: int, height: int) -> Picture:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "green").save(file, "WEBP")
    content = file.getvalue()
    with transaction.atomic():
        made = files.store(files.Processed({640: content, 1600: content}, width, height, content))
        return Picture.objects.create(alt="Een strook", **made._asdict())


@pytest.fixture
def strips(transactional_db, settings, tmp_path) -> dict[str, int]:
    """Addresses that show all of them, and how many pictures stand on each."""
    settings.MEDIA_ROOT = tmp_path
    question = factories.question()
    for strip in STRIPS:
        factories.wensbeeld(picture=stored(*strip), text="")
        factories.wensbeeld(picture=stored(*strip), text="", published=False)
        factories.post(question, picture=stored(*strip), picture_shown_at=timezone.now())
        factories.post(question, picture=stored(*strip), published=False)
    wens = factories.wensbeeld(picture=stored(*STRIPS[1]))
    post = factories.post(question, picture=stored(*STRIPS[1]), picture_shown_at=timezone.now())
    return {
        question.get_absolute_url(): 4,
        post.get_absolute_url(): 1,
        "/wensbeelden/": 4,
        wens.get_absolute_url(): 1,
        "/beheer/polls/wensbeeld/?toestand=wacht": 3,
        "/beheer/polls/wensbeeld/": 7,
        "/beheer/posts/post/?toestand=te-doen": 3,
        f"/beheer/posts/post/{post.pk}/change/": 1,
        f"/beheer/polls/wensbeeld/{wens.pk}/change/": 1,
    }


@pytest.mark.parametrize("size", SIZES)
def test_no_picture_is_higher_or_wider_than_the_screen(open_page, strips, monkeypatch, size):
    monkeypatch.setattr(settings, "DEMO", True)
    page = open_page(width=size[0])
    page.set_viewport_size({"width": size[0], "height": size[1]})
    log_in(page, factories.coordinator())
    for address, pictures in strips.items():
        page.goto(address)
        found = page.evaluate(BOXES)
        assert len(found) == pictures, (address, found)
        for width, height in found:
            assert width <= size[0], (address, width, height)
            assert height <= size[1], (address, width, height)
        whole = page.evaluate("document.documentElement.scrollHeight")
        assert whole < 12 * size[1], (address, whole)
