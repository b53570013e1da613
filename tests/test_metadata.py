"""Metadata as a value: what it accepts, and its way through the pipe."""

from __future__ import annotations

import datetime as dt
import json
import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inphotos.metadata import REJECTED, Metadata

FULL = Metadata(
    taken=dt.datetime(2023, 7, 14, 10, 15, 0, 250_000),
    offset_minutes=-570,
    taken_source="xmp",
    camera="Canon EOS 5D",
    lens="EF 50mm f/1.4",
    exposure_seconds=0.004,
    f_number=1.4,
    iso=100,
    focal_mm=50.0,
    latitude=-33.8568,
    longitude=151.2153,
    altitude=-4.5,
    rating=REJECTED,
    keywords=("sea", "Möwe"),
    title="Hafen",
    description="Am Hafen\nvon Sydney",
)


def test_metadata_survives_json() -> None:
    for metadata in (FULL, Metadata(), Metadata(rating=0), Metadata(latitude=0.0, longitude=10.0)):
        assert Metadata.from_json(json.loads(json.dumps(metadata.to_json()))) == metadata


def test_what_is_unknown_takes_no_room() -> None:
    assert Metadata().to_json() == {}


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("taken", [5, "yesterday", "2023-07-14T10:15:00+02:00", "1700-01-01T00:00:00", None, []]),
        ("taken_source", ["guess", 5, ["exif"], ""]),
        ("camera", [5, None, ["Canon"], {}]),
        ("exposure_seconds", [0, -1, "1/4", math.nan, math.inf, True, 10**400]),
        ("f_number", [0, -math.inf, 1e9]),
        ("iso", [0, -5, 1.5, "100", True, 10**12]),
        ("latitude", [91, -90.1, math.nan, "48"]),
        ("longitude", [180.5, None]),
        ("rating", [6, -2, 1.0, "3", True]),
        ("keywords", ["sea", 5, [1, None, ""], [["sea"]]]),
        ("offset_minutes", [841, -841, 60.0]),
    ],
)
def test_odd_values_are_left_out(name: str, values: list[object]) -> None:
    for value in values:
        metadata = Metadata.from_json({**FULL.to_json(), name: value})
        assert getattr(metadata, name) == getattr(Metadata(), name)
        assert metadata.title == FULL.title


@pytest.mark.parametrize("values", [None, 5, "text", [], [["title", "x"]]])
def test_what_is_no_object_is_nothing(values: object) -> None:
    assert Metadata.from_json(values) == Metadata()


def test_a_date_needs_its_source_and_an_altitude_its_place() -> None:
    assert Metadata.from_json({"taken": "2023-07-14T10:15:00", "offset_minutes": 60}) == Metadata()
    assert Metadata.from_json({"latitude": 48.0, "altitude": 5.0}) == Metadata()


def test_texts_have_limits_and_no_control_characters() -> None:
    metadata = Metadata.from_json(
        {
            "camera": "Canon\n\x00 EOS" + "x" * 10_000,
            "title": "A \t title" + "x" * 10_000,
            "description": "One\r\ntwo\x00\x1b\ud800" + "x" * 100_000,
            "keywords": ["word " * 1000, *(f"{n}" for n in range(1000))],
        }
    )
    assert metadata.camera.startswith("Canon EOSx")
    assert len(metadata.camera) <= 200
    assert metadata.title.startswith("A titlex")
    assert len(metadata.title) <= 1000
    assert metadata.description.startswith("One\ntwox")
    assert len(metadata.description) == 10_000
    assert len(metadata.keywords) == 500
    assert len(metadata.keywords[0]) <= 100


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(sorted(FULL.to_json())), _JSON))
def test_any_json_gives_metadata_that_can_be_stored(values: dict[str, object]) -> None:
    metadata = Metadata.from_json(values)
    stored = json.dumps(metadata.to_json(), allow_nan=False, ensure_ascii=False).encode()
    assert Metadata.from_json(json.loads(stored)) == metadata


def test_the_longest_metadata_fit_into_a_frame_of_the_pipe() -> None:
    text = "\U0001f30a" * 20_000
    metadata = Metadata.from_json(
        {
            **dict.fromkeys(("camera", "lens", "title", "description"), text),
            "keywords": [f"{n} {text}" for n in range(1000)],
        }
    )
    assert len(metadata.keywords) == 500
    assert len(json.dumps(metadata.to_json())) < 1 << 20
