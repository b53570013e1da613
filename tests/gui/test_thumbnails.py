"""Thumbnails on their way to the tiles."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partialmethod
from pathlib import Path

import pytest
from gui.helpers import until
from PIL import Image
from PyQt6.QtGui import QColor, QPixmap
from pytestqt.qtbot import QtBot

from inphotos.gui.grid.thumbnails import Thumbnails, Wish


class Source:
    """A source of plain coloured thumbnails, where photos that must be decoded wait for the test.

    Attributes:
        kept: colours by content, at hand at once.
        photos: colours by path, for which a decode is needed.
    """

    def __init__(self, folder: Path) -> None:
        self.kept: dict[str, str] = {}
        self.photos: dict[Path, str] = {}
        self.made: list[Path] = []
        self.edges: set[int] = set()
        self.gate = threading.Event()
        self._folder = folder

    def find(self, content: str, edge: int) -> Path | None:
        self.edges.add(edge)
        return self._file(self.kept[content]) if content in self.kept else None

    def get(self, path: Path, content: str, edge: int) -> Path | None:
        self.gate.wait()
        self.made.append(path)
        return self._file(self.photos[path]) if path in self.photos else None

    def close(self) -> None:
        self.gate.set()

    def _file(self, colour: str) -> Path:
        path = self._folder / f"{colour}-{threading.get_ident()}.jpg"
        Image.new("RGB", (300, 200), colour).save(path)
        return path


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return Source(tmp_path)


@pytest.fixture
def thumbnails(qtbot: QtBot, source: Source) -> Iterator[Thumbnails]:
    made = Thumbnails()
    made.set_source(source)
    yield made
    made.close()


def wish(number: int, content: str = "", edge: int = 100, ratio: float = 1.0) -> Wish:
    return Wish(number, Path(f"{number}.jpg"), content, edge, ratio)


def colour_of(pixmap: QPixmap | None) -> str | None:
    if pixmap is None:
        return None
    colour = pixmap.toImage().pixelColor(pixmap.width() // 2, pixmap.height() // 2)
    distances = {
        name: abs(colour.red() - QColor(name).red())
        + abs(colour.green() - QColor(name).green())
        + abs(colour.blue() - QColor(name).blue())
        for name in ("red", "lime", "blue")
    }
    return min(distances, key=distances.__getitem__)


def test_a_kept_thumbnail_fits_its_tile(
    qtbot: QtBot, thumbnails: Thumbnails, source: Source
) -> None:
    source.kept["x"] = "red"
    wanted = wish(1, "x", edge=100, ratio=2.0)
    assert thumbnails.pixmap(wanted) is None
    until(qtbot, lambda: thumbnails.pixmap(wanted) is not None)
    pixmap = thumbnails.pixmap(wanted)
    assert pixmap is not None
    assert (pixmap.width(), pixmap.height()) == (200, 133)
    assert pixmap.devicePixelRatio() == 2.0
    assert colour_of(pixmap) == "red"
    assert source.edges == {200}
    assert source.made == []


def test_photos_that_must_be_decoded_do_not_hold_up_the_others(
    qtbot: QtBot, thumbnails: Thumbnails, source: Source
) -> None:
    for number in range(10):
        thumbnails.pixmap(wish(number))
    source.kept["x"] = "red"
    until(qtbot, lambda: thumbnails.pixmap(wish(99, "x")) is not None)
    assert source.made == []
    source.photos[Path("3.jpg")] = "blue"
    source.gate.set()
    until(qtbot, lambda: colour_of(thumbnails.pixmap(wish(3))) == "blue")


def test_what_is_in_sight_is_decoded_first(
    qtbot: QtBot, thumbnails: Thumbnails, source: Source
) -> None:
    for number in range(40):
        thumbnails.pixmap(wish(number))
    until(qtbot, lambda: len(thumbnails._decoders._waiting) == 38)
    thumbnails.pixmap(wish(30))
    thumbnails.pixmap(wish(31))
    until(qtbot, lambda: not thumbnails._asked)
    source.gate.set()
    until(qtbot, lambda: len(source.made) == 40)
    # Two were under way already, and two threads may overtake each other.
    assert {Path("30.jpg"), Path("31.jpg")} < set(source.made[:6])


def test_the_thumbnail_of_an_unread_photo_stays_until_that_of_its_content_is_there(
    qtbot: QtBot, thumbnails: Thumbnails, source: Source
) -> None:
    source.photos[Path("1.jpg")] = "blue"
    source.gate.set()
    until(qtbot, lambda: thumbnails.pixmap(wish(1)) is not None)
    source.kept["x"] = "red"
    assert colour_of(thumbnails.pixmap(wish(1, "x"))) == "blue"
    until(qtbot, lambda: colour_of(thumbnails.pixmap(wish(1, "x"))) == "red")
    assert wish(1) not in thumbnails._cache


def test_a_photo_with_another_content_never_shows_the_old_one(
    qtbot: QtBot, thumbnails: Thumbnails, source: Source
) -> None:
    source.kept |= {"x": "red", "y": "blue"}
    until(qtbot, lambda: thumbnails.pixmap(wish(1, "x")) is not None)
    assert thumbnails.pixmap(wish(1, "y")) is None
    assert wish(1, "x") not in thumbnails._cache
    until(qtbot, lambda: colour_of(thumbnails.pixmap(wish(1, "y"))) == "blue")
    assert thumbnails._bytes == 100 * 66 * 4


def test_what_was_missing_is_looked_for_again_when_told(
    qtbot: QtBot, thumbnails: Thumbnails, source: Source
) -> None:
    source.gate.set()
    thumbnails.pixmap(wish(1, "x"))
    until(qtbot, lambda: wish(1, "x") in thumbnails._cache)
    source.kept["x"] = "red"
    assert thumbnails.pixmap(wish(1, "x")) is None
    thumbnails.forget_missing()
    until(qtbot, lambda: colour_of(thumbnails.pixmap(wish(1, "x"))) == "red")


def test_memory_is_bounded(
    qtbot: QtBot, thumbnails: Thumbnails, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("inphotos.gui.grid.thumbnails.CACHE_BYTES", 3 * 100 * 66 * 4)
    source.kept["x"] = "red"
    for number in range(8):
        until(qtbot, lambda number=number: thumbnails.pixmap(wish(number, "x")) is not None)
    assert [cached.photo_id for cached in thumbnails._cache] == [5, 6, 7]
    assert set(thumbnails._latest) == {5, 6, 7}


def test_a_file_that_goes_before_it_is_read_is_made_again(
    qtbot: QtBot, thumbnails: Thumbnails, source: Source, tmp_path: Path
) -> None:
    source.find = lambda *_: tmp_path / "evicted.jpg"  # type: ignore[method-assign]
    source.photos[Path("1.jpg")] = "lime"
    source.gate.set()
    until(qtbot, lambda: colour_of(thumbnails.pixmap(wish(1, "x"))) == "lime")


@pytest.mark.qt_log_level_fail("CRITICAL")  # Qt warns of it
def test_only_jpegs_are_read(
    qtbot: QtBot, thumbnails: Thumbnails, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Image.Image, "save", partialmethod(Image.Image.save, format="PNG"))
    source.kept["x"] = "red"
    source.photos[Path("1.jpg")] = "red"
    source.gate.set()
    thumbnails.pixmap(wish(1, "x"))
    until(qtbot, lambda: wish(1, "x") in thumbnails._cache)
    assert thumbnails.pixmap(wish(1, "x")) is None
    assert source.made == [Path("1.jpg")]


def test_closing_does_not_wait_for_a_decode(
    qtbot: QtBot, thumbnails: Thumbnails, source: Source
) -> None:
    for number in range(10):
        thumbnails.pixmap(wish(number))
    until(qtbot, lambda: len(thumbnails._decoders._waiting) == 8)
    thumbnails.close()  # nobody opened the gate
    assert len(source.made) == 2


def test_threads_may_draw_their_first_pictures_at_the_same_time(pictures: Path) -> None:
    program = (
        "import pathlib, sys, threading\n"
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from inphotos.gui.kept_pictures import read_jpeg, rounded\n"
        "sys.setswitchinterval(1e-6)\n"
        "together = threading.Barrier(16)\n"
        "def draw(_):\n"
        "    together.wait()\n"
        "    return rounded(read_jpeg(pathlib.Path(sys.argv[1])), 2.0, 1.0).isNull()\n"
        "with ThreadPoolExecutor(16) as threads:\n"
        "    assert not any(threads.map(draw, range(16)))\n"
    )
    # A process of its own: what is to be seen happens once in each.
    command = [sys.executable, "-c", program, str(pictures / "photo07.jpg")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
