"""Names of places by position."""

from __future__ import annotations

import pytest

from inphotos.metadata import Place
from inphotos.photos.places import Places


@pytest.fixture(scope="module")
def places() -> Places:
    return Places()


@pytest.mark.parametrize(
    ("position", "city", "region", "code"),
    [
        ((48.8584, 2.2945), "Paris", "Île-de-France", "FR"),  # the Eiffel Tower
        ((-33.8568, 151.2153), "Sydney", "New South Wales", "AU"),
        ((35.658, 139.7016), "Tokyo", "Tokyo", "JP"),
        ((43.46745, 11.88513), "Arezzo", "Tuscany", "IT"),
        ((37.77493, -122.41942), "San Francisco", "California", "US"),
        ((38.97, -109.72), "Moab", "Utah", "US"),  # 40 km away
        ((78.22, 15.65), "Longyearbyen", "Svalbard", "SJ"),
    ],
)
def test_the_place_of_a_position_is_found(
    places: Places, position: tuple[float, float], city: str, region: str, code: str
) -> None:
    place = places.find(*position)
    assert place is not None
    assert (place.city, place.region, place.country_code) == (city, region, code)


def test_a_country_has_its_name(places: Places) -> None:
    assert places.find(46.0207, 7.7491) == Place("Zermatt", "Valais", "Switzerland", "CH")


@pytest.mark.parametrize(
    ("position", "city"),
    [
        ((40.7128, -74.006), "New York City"),  # the centre of the quarter Seaport is nearer
        ((40.758, -73.9855), "New York City"),
        ((51.4826, 0.0077), "London"),
        ((48.9362, 2.3574), "Saint-Denis"),  # a town of its own, 9 km from the centre of Paris
        ((48.8049, 2.1204), "Versailles"),
        ((52.3906, 13.0645), "Potsdam"),
    ],
)
def test_a_city_comes_before_its_quarters_but_not_before_its_neighbours(
    places: Places, position: tuple[float, float], city: str
) -> None:
    place = places.find(*position)
    assert place is not None
    assert place.city == city


@pytest.mark.parametrize(
    "position", [(30.0, -40.0), (23.5, 10.5), (90.0, 0.0), (-90.0, 0.0), (-48.9, -123.4)]
)
def test_far_from_everything_there_is_none(places: Places, position: tuple[float, float]) -> None:
    assert places.find(*position) is None


@pytest.mark.parametrize(
    ("position", "city"), [((63.06, -179.9), "Beringovskiy"), ((66.32, 179.95), "Egvekinot")]
)
def test_the_date_line_parts_no_neighbours(
    places: Places, position: tuple[float, float], city: str
) -> None:
    place = places.find(*position)  # 40 km away, on the other side
    assert place is not None
    assert place.city == city


def test_many_positions_are_answered_in_their_order(places: Places) -> None:
    positions = [(48.8584, 2.2945), (30.0, -40.0), (35.658, 139.7016), (48.8584, 2.2945)]
    found = places.find_many(positions)
    assert found == [places.find(*position) for position in positions]
    assert [place and place.city for place in found] == ["Paris", None, "Tokyo", "Paris"]
    assert places.find_many([]) == []
