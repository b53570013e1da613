"""From the start page to queries that find something."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from gui.helpers import OpenWindow, until, until_heading, until_idle
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from inphotos.gui.main_window import MainWindow
from inphotos.gui.pages.start import StartPage
from inphotos.gui.style import Appearance
from inphotos.photos.counting import count_photos
from inphotos.search.calibration import everyday_captions
from inphotos.search.suggesting import SUGGESTED, suggested

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home directory of its own."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / ".config"))
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def queries(window: MainWindow) -> list[QPushButton]:
    """Return the queries to click that are in sight."""
    buttons = window.photos_page.findChildren(QPushButton)
    return [b for b in buttons if b.property("kind") == "example" and b.isVisible()]


def test_the_folder_for_pictures_is_offered_and_taken(
    qtbot: QtBot, open_window: OpenWindow, home: Path, album: Path, tiny_clip: Path
) -> None:
    shutil.copytree(album, home / "Pictures")
    window = open_window(model=str(tiny_clip))
    page = window.start_page
    until(qtbot, page.pictures_button.isVisible)
    assert page.pictures_button.hasFocus()
    assert page.folder_button.text() == "Choose Another Folder…"
    qtbot.mouseClick(page.pictures_button, LEFT)
    until_idle(qtbot, window, photos=20)
    assert [folder.path for folder in window.session.snapshot.folders] == [home / "Pictures"]


def test_a_folder_for_pictures_without_photos_is_not_offered(qtbot: QtBot) -> None:
    page = StartPage()
    qtbot.addWidget(page)
    page.show()
    page.offer_pictures(Path("/pictures"), 0, whole=True)
    assert not page.pictures_button.isVisible()
    assert page.main_button is page.folder_button


def test_counting_photos_ends_where_there_are_many(tmp_path: Path) -> None:
    (tmp_path / ".hidden").mkdir()
    for name in ("a.jpg", "b.PNG", "c.txt", ".hidden/d.jpg", ".e.jpg"):
        (tmp_path / name).touch()
    assert count_photos(tmp_path, 100, 60) == (2, True)
    assert count_photos(tmp_path, 2, 60) == (2, False)
    assert count_photos(tmp_path / "gone", 100, 60) == (0, True)


def test_queries_to_click_go_when_the_user_has_searched(
    qtbot: QtBot, open_window: OpenWindow, indexed: Path
) -> None:
    window = open_window(indexed)
    until_idle(qtbot, window, photos=20)
    until(qtbot, lambda: len(queries(window)) == 3)
    chosen = queries(window)[1].text()
    qtbot.mouseClick(queries(window)[1], LEFT)
    until_heading(qtbot, window, f"“{chosen}”")
    assert window.search_bar.text() == chosen
    assert queries(window) == []
    for text in ("sea", "snow", "a dog"):
        window.session.library.history.add(text)
    window.show_everything()
    until_heading(qtbot, window, "20 photos")
    assert queries(window) == []


def test_suggested_is_what_stands_out_and_finds_other_photos_each() -> None:
    captions = everyday_captions()
    scores = np.full((40, len(captions)), 0.1, np.float32)
    for caption, photos in (("a tent", [1, 2, 3]), ("a campfire", [1, 2, 3]), ("sushi", [7, 9])):
        scores[photos, captions.index(caption)] = 0.4
    scores[:, captions.index("a dog")] = 0.5  # all photos: that finds nothing in particular
    first, second, third = suggested(scores, 0.3, 3)
    assert "sushi" in (first, second)
    assert len({first, second} & {"a tent", "a campfire"}) == 1  # of the same photos
    assert third == SUGGESTED[0]
    assert suggested(None, 0.3, 3) == SUGGESTED[:3]


def test_suggested_queries_are_everyday_captions() -> None:
    assert set(SUGGESTED) <= set(everyday_captions())
    assert len(SUGGESTED) == len(set(SUGGESTED))


def test_without_queries_to_try_there_is_no_word_ahead_of_them(
    qtbot: QtBot, tmp_path: Path, appearance: Appearance
) -> None:
    window = MainWindow(tmp_path / "library", appearance)
    qtbot.addWidget(window)
    window.show()
    window.pages.show_photos()
    page = window.photos_page
    [word] = [label for label in page.findChildren(QLabel) if label.text() == "Try:"]
    page.set_examples_shown(True)
    assert not word.isVisible()
    page.set_examples(("a dog",))
    assert word.isVisible()
    window.close()
