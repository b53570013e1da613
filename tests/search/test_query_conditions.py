"""Conditions tell which photos pass."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import pytest

from inphotos.search.query import Comparison, DateRange, Flag, Near, TextMatch


def test_a_range_has_its_start_but_not_its_end() -> None:
    july = DateRange(datetime(2023, 7, 1), datetime(2023, 8, 1))
    assert july.matches(datetime(2023, 7, 1))
    assert july.matches(datetime(2023, 7, 31, 23, 59, 59))
    assert not july.matches(datetime(2023, 8, 1))
    assert not july.matches(datetime(2023, 6, 30, 23, 59, 59))
    assert not july.matches(None)


def test_a_range_may_be_open() -> None:
    assert DateRange(datetime(2023, 1, 1), None).matches(datetime(9999, 1, 1))
    assert DateRange(None, datetime(2023, 1, 1)).matches(datetime(1, 1, 1))


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("canon", "Canon EOS 5D", True),
        ("eos 5", "Canon EOS 5D", True),
        ("nikon", "Canon EOS 5D", False),
        ("zurich", "Zürich", True),
        ("ZÜRICH", "zurich", True),
        ("strasse", "Hauptstraße", True),
        ("canon*", "Canon EOS 5D", True),
        ("eos*", "Canon EOS 5D", False),
        ("*5d", "Canon EOS 5D", True),
        ("c*n*5d", "Canon EOS 5D", True),
        ("c*5*5d", "Canon EOS 5D", False),
        ("*", "", True),
        ("a*a", "a", False),
        ("5.d", "5xd", False),
        ("[5]", "5", False),
    ],
)
def test_text_matches_whatever_its_case_and_accents(
    pattern: str, text: str, expected: bool
) -> None:
    assert TextMatch("camera", pattern).matches(text) is expected


def test_one_of_several_texts_is_enough() -> None:
    paris = TextMatch("place", "france")
    assert paris.matches(["Paris", "Île-de-France", "France"])
    assert not paris.matches(["Rome", "Italy"])
    assert not paris.matches([])
    assert not paris.matches(None)


def test_many_wildcards_are_matched_at_once() -> None:
    assert not TextMatch("name", "*a" * 100 + "b").matches("a" * 250)


@pytest.mark.parametrize(
    ("pattern", "extension", "expected"),
    [
        ("jpg", "JPG", True),
        ("jpg", "jpeg", True),
        (".jpeg", "jpg", True),
        ("tif", "tiff", True),
        ("j", "jpg", False),
        ("j*", "jpg", True),
    ],
)
def test_an_extension_is_the_whole(pattern: str, extension: str, expected: bool) -> None:
    assert TextMatch("ext", pattern).matches(extension) is expected


def test_a_folder_is_found_with_either_slash() -> None:
    assert TextMatch("folder", "trips/rome").matches(r"C:\photos\Trips\Rome")
    assert TextMatch("folder", r"trips\rome").matches("/photos/Trips/Rome")


@pytest.mark.parametrize(
    ("operator", "passing"),
    [("=", {4}), (">", {5}), (">=", {4, 5}), ("<", {3}), ("<=", {3, 4})],
)
def test_numbers_are_compared(
    operator: Literal["=", ">", ">=", "<", "<="], passing: set[int]
) -> None:
    condition = Comparison("rating", operator, 4)
    assert {number for number in (3, 4, 5) if condition.matches(number)} == passing
    assert not condition.matches(None)


def test_a_flag_is_set_or_not() -> None:
    assert Flag("raw").matches(True)
    assert not Flag("raw").matches(False)
    assert not Flag("raw").matches(None)


def test_distance_is_along_the_earth() -> None:
    paris, versailles = (48.8566, 2.3522), (48.8049, 2.1204)  # 17.9 km apart
    assert Near(*paris, 19).matches(versailles)
    assert not Near(*paris, 17).matches(versailles)
    assert Near(0, 179.9, 30).matches((0, -179.9))  # across the date line: 22 km
    assert Near(90, 0, 1).matches((90, 123))
    assert not Near(0, 0, 20_000).matches((0, 180))  # half-way around: 20,015 km
    assert not Near(*paris, 10).matches(None)
