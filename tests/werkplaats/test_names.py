"""The one order of names: Dutch, the same on every machine, kept by the database."""

import pytest

from tests.helpers import factories
from werkplaats.models import Role, User
from werkplaats.names import part_of_name

pytestmark = pytest.mark.django_db

IN_ORDER = [
    "Anne-Marie Bos",  # a hyphen stands between words
    "anneke de Wit",
    "Åsa Berg",
    "Bart Bos",
    "Bart Dam",
    "Bart van Dam",
    "Bart Dam junior",
    "Bart Eek",
    "Bart in 't Veld",
    "Els van der Berg",
    "Els op den Boogaard",
    "Els 's-Gravesande",
    "Els v.d. Meer",
    "Émile Bos",
    "IJsbrand Smit",
    "Iris Smit",
    "Łukasz Nowak",
    "Marie d'Hont",
    "Marie Jansen",
    "Özlem Kaya",
    "T. Jansen",
    "ton Mulder",
    "van Vliet",
    "de Wit",
    "Zita Vos",
    "Анна",
    "محمد",
]


def by_name(names: list[str]) -> list[str]:
    User.objects.all().delete()
    for number, name in enumerate(names):
        factories.user(email=f"n{number}@example.org", name=name)
    return list(User.objects.order_by("name_order").values_list("name", flat=True))


def test_capitals_accents_and_prefixes_make_no_difference():
    assert by_name(list(reversed(IN_ORDER))) == IN_ORDER


def test_the_key_follows_a_name_that_changes_however_it_changes():
    first, last = factories.user(name="Aad"), factories.user(name="Zita")
    User.objects.filter(pk=first.pk).update(name="Zwaan")
    last.name = "Bo"
    last.save()
    assert last.name_order.startswith("bo")
    assert list(User.objects.filter(pk__in=[first.pk, last.pk]).order_by("name_order")) == [last, first]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("zoe", True),
        ("ZOË  U", True),
        ("umit", True),
        ("van der", True),
        ("ümit-van", True),
        ("zoe van", False),
        ("%", True),  # no word: everyone
        ("zo_", True),
        ("z%e", False),
    ],
)
def test_a_part_of_a_name_is_found_as_people_type_it(typed, found):
    user = factories.user(name="Zoë Ümit-van der Wal")
    assert User.objects.filter(pk=user.pk, name_order__contains=part_of_name(typed)).exists() == found


def test_lists_of_coordinators_stand_in_that_order_where_their_place_is_the_same():
    Role.objects.all().delete()
    for name in ("Ouder", "één ander", "gemeente", "Zorg"):
        factories.role(name, position=0)
    assert [role.name for role in Role.objects.all()] == ["één ander", "gemeente", "Ouder", "Zorg"]
