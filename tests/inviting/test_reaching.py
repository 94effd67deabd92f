"""What is said of groups: nothing by which one reaches somebody, and all that groups are called."""

import pytest
from django.core.exceptions import ValidationError

from inviting.reaching import without_addresses


@pytest.mark.parametrize(
    "typed",
    [
        "mw. J. Jansen, Dorpsweg 3, 9951 AB Winsum",
        "ouders in 9951AB",
        "ouders in 9951ab",
        "9951 ab Winsum",
        "2026 AB Haarlem",
        "Kerkstraat 12",
        "kerkstraat, 12a",
        "Kerkstr. 5",
        "Prins Bernhardlaan nr. 7",
        "Lange Weg 4",
        "Kerkstraat  12\nWinsum",
        "\uff19\uff19\uff15\uff11 \uff21\uff22",  # full-width
    ],
)
def test_where_somebody_lives_is_refused(typed):
    with pytest.raises(ValidationError) as error:
        without_addresses(typed)
    assert error.value.code == "home"


@pytest.mark.parametrize(
    "typed",
    [
        "jan [at] school [dot] nl",
        "jan(at)school(dot)nl",
        "piet at school punt nl",
        "jan apenstaartje school",
        "jan@school.nl",
    ],
)
def test_an_address_is_refused_also_when_it_is_spelt_out(typed):
    with pytest.raises(ValidationError) as error:
        without_addresses(typed)
    assert error.value.code == "address"


@pytest.mark.parametrize(
    "typed",
    [
        "IB-overleg Winsum",
        "groep 8 van De Ark",
        "Directeuren 2027 VO",
        "In 2026 en 2027 iedere maand",
        "Leerplein 3",
        "team Onderweg",
        "wie in 1987 is gestart",
        "mensen binnen 1000 km",
        "Kerkstraat 2026",
        "Punt: het overleg (at random) is op 12-01-2027",
        "Werkgroep Het Pad",
        "de jongens van 4 HAVO en 4 VWO",
        "schooljaar 2026-2027",
    ],
)
def test_what_groups_are_called_is_taken(typed):
    without_addresses(typed)
