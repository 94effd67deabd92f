import pytest
from tests import factories
pytestmark = pytest.mark.django_db

def test_smoke(client, settings):
    settings.DEMO = True
    cycle = factories.cycle()
    r = factories.sticker_round(cycle=cycle)
    for path in ["", "plakken/", "mijn-stickers/", "volgende-persoon/"]:
        assert client.get(f"/stickerrondes/{r.slug}/{path}").status_code == 200, path
    i = r.ideas.first()
    a = client.post(f"/stickerrondes/{r.slug}/plakken/sticker/", {"idea": i.pk, "colour": 1})
    assert a.status_code == 302, a.text
    assert client.get(a.url).url.endswith("?idee=2")
    assert client.get(f"/ontwerptrajecten/{cycle.slug}/").status_code == 200
    g = r.groups.first()
    assert client.get(f"/stickerrondes/{r.slug}/groep/{g.code}/").status_code == 200
    r.move_to("ideas")
    assert client.get(f"/stickerrondes/{r.slug}/groep/{g.code}/").status_code == 200
    assert client.get(f"/stickerrondes/{r.slug}/").status_code == 200
    r.move_to("result")
    assert client.get(f"/stickerrondes/{r.slug}/").status_code == 200
    client.force_login(factories.coordinator())
    for path in ["bediening/", "bediening/cijfers/", "uitslag.xlsx"]:
        assert client.get(f"/stickerrondes/{r.slug}/{path}").status_code == 200, path
