import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def no_counts_of_another_test(request):
    """Codes are counted in a table that a test with real transactions does not sweep."""
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        caches["default"].clear()


@pytest.fixture
def browser_of():
    """A function that gives the browser of a visitor."""
    from tests.helpers import browsers

    return browsers.browser_of


@pytest.fixture
def image_row(db):
    """A function that gives the row of a stored picture, without its files."""
    import secrets

    from werkplaats.pictures.models import Picture

    return lambda **fields: Picture.objects.create(
        **{"name": secrets.token_hex(16), "width": 640, "height": 480, **fields}
    )
