"""What the search thread does with a count that is asked for."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PyQt6.QtCore import QLocale

from inphotos.gui.date_reading import DateReading
from inphotos.gui.queries import Everything, Request, Words, asked
from inphotos.gui.workers.search import SearchWorker
from inphotos.library import Library
from inphotos.search.order import Count


@pytest.fixture
def worker(library: Library, photos: Path) -> SearchWorker:
    """A worker, in the test's own thread, on a library with five photos."""
    library.add_folder(photos)
    list(library.index())
    made = SearchWorker(threading.Lock(), DateReading(day_first=False, southern=False))
    made.set_library(library)
    return made


@pytest.fixture
def told(worker: SearchWorker) -> list[tuple[object, ...]]:
    """What the worker tells of counts."""
    told: list[tuple[object, ...]] = []
    worker.counted.connect(lambda *values: told.append(values))
    return told


def test_photos_are_counted(worker: SearchWorker, told: list[tuple[object, ...]]) -> None:
    for text in ("", "ext:png", "folder:trip"):
        worker.count(asked(text, ()), 0)
    assert told == [
        (Everything(), Count(5), False),
        (Words("ext:png"), Count(1), False),
        (Words("folder:trip"), Count(2), False),
    ]


def test_a_newer_query_goes_first(worker: SearchWorker, told: list[tuple[object, ...]]) -> None:
    worker.newest = 2
    worker.count(Words("name:b"), 1)
    assert told == [(Words("name:b"), None, True)]


def test_what_cannot_be_counted_has_no_number(
    worker: SearchWorker, told: list[tuple[object, ...]]
) -> None:
    worker.count(Words("date:yesteryear"), 0)
    worker.set_library(None)
    worker.count(Words("name:b"), 0)
    assert told == [(Words("date:yesteryear"), None, False), (Words("name:b"), None, False)]


@pytest.mark.parametrize(
    ("name", "day_first", "southern"),
    [
        ("en_US", False, False),
        ("en_GB", True, False),
        ("en_AU", True, True),
        ("pt_BR", True, True),
        ("sv_SE", False, False),
    ],
)
def test_the_locale_says_how_dates_are_meant(name: str, day_first: bool, southern: bool) -> None:
    assert DateReading.of(QLocale(name)) == DateReading(day_first, southern)


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (DateReading(day_first=False, southern=False), ["6 April 2023", "summer 2020"]),
        (DateReading(day_first=True, southern=True), ["4 June 2023", "summer 2020/21"]),
    ],
)
def test_dates_in_queries_are_meant_so(
    library: Library, dates: DateReading, expected: list[str]
) -> None:
    worker = SearchWorker(threading.Lock(), dates)
    worker.set_library(library)
    answers: list[object] = []
    worker.answered.connect(answers.append)
    for text in ("4/6/2023", "summer 2020"):
        worker.search(Request(0, Words(text), "replace", 10))
    assert [answer.results.parsed.filters[0].label for answer in answers] == expected
