"""Metadata in the store."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

import pytest

from inphotos.metadata import Metadata, Place
from inphotos.store.database import Database
from inphotos.store.details import DetailsTable, to_ms

FULL = Metadata(
    taken=datetime(2021, 7, 3, 18, 4, 5, 123000),
    offset_minutes=-570,
    taken_source="exif",
    camera="Nikon Z 6",
    lens="NIKKOR Z 24-70mm f/4 S",
    exposure_seconds=1 / 8000,
    f_number=1.8,
    iso=25_600,
    focal_mm=35.5,
    latitude=-33.8568,
    longitude=151.2153,
    altitude=-3.25,
    rating=5,
    keywords=("été", "two words", "a,b;c"),
    title="Opera 😀",
    description="one line\nand another",
)
PLACE = Place("Sydney", "New South Wales", "Australia", "AU")


@pytest.fixture
def details(database: Database) -> DetailsTable:
    return DetailsTable(database)


def stored(details: DetailsTable, metadata: Metadata, place: Place | None) -> object:
    details.put([(7, metadata, place)])
    return details.of(7, 0 if metadata.taken is None else to_ms(metadata.taken))


def test_everything_that_is_known_comes_back(details: DetailsTable) -> None:
    assert all(getattr(FULL, field.name) != field.default for field in fields(Metadata))
    assert stored(details, FULL, PLACE) == (FULL, PLACE)


def test_what_is_not_known_stays_unknown(details: DetailsTable) -> None:
    assert stored(details, Metadata(), None) == (Metadata(), None)


@pytest.mark.parametrize("name", [field.name for field in fields(Metadata)])
def test_each_value_can_be_unknown_on_its_own(details: DetailsTable, name: str) -> None:
    partly = {field.name: getattr(FULL, field.name) for field in fields(Metadata)}
    del partly[name]
    if name in ("taken", "taken_source"):
        partly.pop("taken", None)
        partly.pop("taken_source", None)
    assert stored(details, Metadata(**partly), PLACE) == (Metadata(**partly), PLACE)


@pytest.mark.parametrize("value", [0.0, -0.0, 90.0])
def test_zero_is_a_number_like_any_other(details: DetailsTable, value: float) -> None:
    metadata = Metadata(latitude=value, longitude=0.0, altitude=0.0, offset_minutes=0, rating=0)
    assert stored(details, metadata, None) == (metadata, None)


def test_a_rejected_photo_is_not_one_without_a_rating(details: DetailsTable) -> None:
    assert stored(details, Metadata(rating=-1), None) == (Metadata(rating=-1), None)


@pytest.mark.parametrize(
    "taken",
    [
        datetime(1826, 1, 1),
        datetime(1969, 12, 31, 23, 59, 59, 999000),
        datetime(1970, 1, 1),
        datetime(9999, 12, 31, 23, 59, 59),
    ],
)
def test_moments_of_any_year_come_back(details: DetailsTable, taken: datetime) -> None:
    metadata = Metadata(taken=taken, taken_source="xmp")
    assert stored(details, metadata, None) == (metadata, None)


def test_a_place_needs_no_region(details: DetailsTable) -> None:
    place = Place("Monaco", "", "Monaco", "MC")
    assert stored(details, Metadata(), place) == (Metadata(), place)


def test_later_metadata_replaces_earlier(details: DetailsTable) -> None:
    stored(details, FULL, PLACE)
    assert stored(details, Metadata(title="x"), None) == (Metadata(title="x"), None)


def test_metadata_that_was_never_read_or_was_removed_is_none(details: DetailsTable) -> None:
    assert details.of(7, 0) is None
    details.put([(7, FULL, PLACE), (8, FULL, PLACE)])
    details.remove([7, 9])
    assert details.of(7, 0) is None
    assert details.of(8, 0) is not None
