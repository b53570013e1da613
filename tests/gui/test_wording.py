"""Numbers and outcomes read as a person would say them."""

from __future__ import annotations

from pathlib import Path

import pytest

from inphotos.events import Progress
from inphotos.gui import wording
from inphotos.gui.queries import Everything, Like, Words
from inphotos.search.ranking import Match, Result


def rows(*matches: Match) -> list[Result]:
    return [Result(n, n, Path(f"{n}.jpg"), "", 1, 1, 0.2, match) for n, match in enumerate(matches)]


@pytest.mark.parametrize(
    ("count", "text"), [(0, "0 photos"), (1, "1 photo"), (1234, "1,234 photos")]
)
def test_photos(count: int, text: str) -> None:
    assert wording.photos(count) == text


@pytest.mark.parametrize(
    ("count", "text"), [(2_345_678, "2.3 MB"), (608_782_299, "609 MB"), (1_234_567_890, "1.2 GB")]
)
def test_size(count: int, text: str) -> None:
    assert wording.size(count) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (4, "less than a minute left"),
        (62, "about a minute left"),
        (130, "about 2 minutes left"),
        (3500, "about 58 minutes left"),
        (3700, "about an hour left"),
        (9000, "about 2 hours left"),
    ],
)
def test_time_left(seconds: float, text: str) -> None:
    assert wording.time_left(seconds) == text


@pytest.mark.parametrize(
    ("progress", "text"),
    [
        (Progress("loading", 0, 9), "Loading the model…"),
        (Progress("scanning", 0), "Looking for photos…"),
        (Progress("scanning", 1500), "Looking for photos… · 1,500 photos found"),
        (Progress("indexing", 16, 2000), "16 of 2,000 photos"),
        (
            Progress("indexing", 320, 2000, 14.2, 118.0),
            "320 of 2,000 photos · 14 photos/s · about 2 minutes left",
        ),
        (
            Progress("downloading", 231_000_000, 608_782_299, 5.2e6, 73.0),
            "231 MB of 609 MB · 5.2 MB/s · about a minute left",
        ),
    ],
)
def test_progress(progress: Progress, text: str) -> None:
    assert wording.progress(progress) == text


@pytest.mark.parametrize(
    ("matches", "text"),
    [
        ((), "Nothing found for “car”"),
        (("none", "none"), "Nothing matches “car”. The closest photos:"),
        (("strong", "none"), "1 match for “car”"),
        (("strong", "maybe", "none"), "2 matches for “car”"),
    ],
)
def test_heading_of_a_search(matches: tuple[Match, ...], text: str) -> None:
    assert wording.heading(Words("car"), rows(*matches), 50, complete=False) == text


def test_heading_when_more_may_match() -> None:
    shown = rows("strong", "maybe")
    assert wording.heading(Words("car"), shown, 50, complete=False) == (
        "More than 2 matches for “car”"
    )


def test_heading_of_other_queries() -> None:
    assert wording.heading(Everything(), [], 7, complete=True) == "7 photos, newest first"
    similar = Like(Path("/photos/a\nb.jpg"))
    assert wording.heading(similar, [], 7, complete=True) == "Photos similar to “a\\nb.jpg”"
    assert len(wording.heading(Words("x" * 900), [], 7, complete=True)) < 90
