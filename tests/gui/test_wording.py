"""Numbers and outcomes read as a person would say them."""

from __future__ import annotations

from pathlib import Path

import pytest

from inphotos.events import IndexSummary, Progress
from inphotos.gui import wording
from inphotos.gui.queries import Arrangement, Everything, Words
from inphotos.library import Compacted
from inphotos.search.order import Sort
from inphotos.search.query import Example, Query, Region, parse, with_examples
from inphotos.search.ranking import Match, Result


def rows(*matches: Match | None) -> list[Result]:
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
        (Progress("indexing", 16, 2000), "Reading photos: 16 of 2,000"),
        (
            Progress("indexing", 320, 2000, 14.2, 118.0),
            "Reading photos: 320 of 2,000 · 14 photos/s · about 2 minutes left",
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
        (("none", "none"), "Nothing matches “car”"),
        (("strong", "none"), "1 match for “car”"),
        (("strong", "maybe", "none"), "2 matches for “car”"),
    ],
)
def test_heading_of_a_search(matches: tuple[Match, ...], text: str) -> None:
    assert wording.heading(Words("car"), rows(*matches), 50, complete=False) == text


@pytest.mark.parametrize(
    ("indexed", "moved", "removed", "new", "failed", "text"),
    [
        (0, 0, 0, 0, 0, ""),
        (120, 3, 2, 121, 1, "120 new, 3 moved, 2 removed, 1 could not be read"),
        (1234, 0, 0, 1000, 0, "1,000 new, 234 updated"),
        (0, 0, 0, 20, 1, "19 new, 1 could not be read"),
    ],
)
def test_outcome_of_a_run(
    indexed: int, moved: int, removed: int, new: int, failed: int, text: str
) -> None:
    summary = IndexSummary(
        model="demo",
        folders=(),
        found=0,
        indexed=indexed,
        unchanged=0,
        moved=moved,
        removed=removed,
        missing=0,
        offline=(),
        offline_photos=0,
        relocated=(),
        unreadable=(),
        placeholders=(),
        failed=(),
        seconds=1.0,
    )
    assert wording.outcome(summary, new, failed) == text


@pytest.mark.parametrize(
    ("result", "text"),
    [
        (
            Compacted(12, 12, 24, 3_400_000),
            "Removed what 12 deleted photos left behind; 3.4 MB freed.",
        ),
        (Compacted(0, 1, 0, 0), "Removed what 1 deleted photo left behind."),
        (Compacted(0, 0, 2, 30_000), "Removed thumbnails that no photo needs; 30 kB freed."),
        (
            Compacted(0, 0, 0, 0),
            "There was nothing to remove: the library is as small as it can be.",
        ),
    ],
)
def test_outcome_of_a_compaction(result: Compacted, text: str) -> None:
    assert wording.compacted(result) == text


def test_names_in_a_sentence() -> None:
    assert wording.listed(["A"]) == "A"
    assert wording.listed(["A", "B", "C"]) == "A, B and C"
    assert wording.listed(["A", "B", "C", "D", "E"]) == "A, B and 3 others"


def test_heading_when_more_may_match() -> None:
    shown = rows("strong", "maybe")
    assert wording.heading(Words("car"), shown, 50, complete=False) == (
        "More than 2 matches for “car”"
    )


def test_heading_of_other_queries() -> None:
    assert wording.heading(Everything(), [], 7, complete=True) == "7 photos, newest first"
    similar = Words("", (Example(Path("/photos/a\nb.jpg")),))
    assert wording.heading(similar, [], 7, complete=True) == "Photos similar to “a\\nb.jpg”"
    assert len(wording.heading(Words("x" * 900), [], 7, complete=True)) < 90


def test_heading_of_photos_and_words() -> None:
    photo, other = Example(Path("/photos/a.jpg")), Example(Path("/photos/b.jpg"), marked=True)
    less = Example(Path("/photos/c.jpg"), weight=-1.0, marked=True)
    part = Example(Path("/photos/a.jpg"), Region(0, 0, 0.5, 0.5))
    pasted = Example(Path("/library/pasted") / f"{'0' * 32}.png")

    def heading(text: str, *examples: Example) -> str:
        query = with_examples(parse(text) if text else Query(""), examples)
        shown = rows("strong", "none")
        return wording.heading(Words(text, examples), shown, 2, complete=True, parsed=query)

    assert heading("car", photo, less) == "1 match for “car + 2 photos”"
    assert heading("ext:jpg", photo) == "2 photos match ext: jpg · 1 match for “1 photo”"
    assert heading("", photo, less) == "Photos similar to “a.jpg”"
    assert heading("", photo, other) == "Photos similar to 2 photos"
    assert heading("", part) == "Photos similar to “a part of a.jpg”"
    assert heading("", pasted) == "Photos similar to “pasted photo”"
    assert heading("", less) == "Photos that are not like “c.jpg”"


@pytest.mark.parametrize(
    ("text", "total", "matches", "said"),
    [
        ("camera:nikon", 1203, (None, None), "1,203 photos match camera: nikon"),
        ("camera:nikon", 1, (None,), "1 photo matches camera: nikon"),
        ("car ext:jpg OR ext:png", 0, (), "No photo matches ext: jpg or ext: png"),
        (
            "car -people ext:jpg",
            9,
            ("strong", "none"),
            "9 photos match ext: jpg · 1 match for “car, not people”",
        ),
        ("car camra:nikon", 9, ("strong", "maybe"), "2 matches for “car”"),
    ],
)
def test_heading_of_filters_and_problems(
    text: str, total: int, matches: tuple[Match | None, ...], said: str
) -> None:
    heading = wording.heading(Words(text), rows(*matches), total, complete=True, parsed=parse(text))
    assert heading == said


@pytest.mark.parametrize(
    ("sort", "text"),
    [
        ("relevance", "7 photos, newest first"),
        ("date", "7 photos, newest first"),
        ("name", "7 photos, by name"),
        ("folder", "7 photos, by folder"),
        ("size", "7 photos, largest first"),
    ],
)
def test_heading_of_all_photos_in_each_order(sort: Sort, text: str) -> None:
    arrangement = Arrangement(sort, "day")
    heading = wording.heading(Everything(), rows(None), 7, complete=True, arrangement=arrangement)
    assert heading == text


@pytest.mark.parametrize(
    ("matches", "arrangement", "text"),
    [
        (["strong", "maybe"], Arrangement("date"), "1,500 matches for “car”, by date"),
        (["strong", "maybe"], Arrangement("size", "day"), "1,500 matches for “car”, by size"),
        (["maybe"], Arrangement("relevance", "place"), "1,500 matches for “car”"),
        (
            ["maybe", "none", "strong"],
            Arrangement("name"),
            "More than 2 matches for “car”, by name",
        ),
        (["none"], Arrangement("name"), "Nothing matches “car”"),
    ],
)
def test_heading_of_words_in_another_order(
    matches: list[Match], arrangement: Arrangement, text: str
) -> None:
    heading = wording.heading(
        Words("car"), rows(*matches), 9000, complete=False, arrangement=arrangement, length=1500
    )
    assert heading == text


def test_heading_of_other_queries_in_another_order() -> None:
    by_date = Arrangement("date")
    similar = Words("", (Example(Path("/x/a.jpg")),))
    assert (
        wording.heading(similar, rows("strong"), 9, complete=True, arrangement=by_date, length=1)
        == "Photos similar to “a.jpg”, by date"
    )
    found = wording.heading(
        Words("is:raw"),
        rows(None, None),
        2,
        complete=True,
        parsed=parse("is:raw"),
        arrangement=by_date,
        length=2,
    )
    assert found == "2 photos match RAW, by date"
