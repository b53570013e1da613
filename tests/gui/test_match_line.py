"""What matches, what does not, and the slider that moves the line between them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from gui.helpers import OpenWindow, shown, until, until_heading, until_idle
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import inphotos
from inphotos.gui.main_window import MainWindow

PICTURES = Path(inphotos.__file__).parent / "data" / "demo" / "pictures"


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, tmp_path: Path) -> MainWindow:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for kind in ("airplane", "castle", "sunset-over-the-sea"):
        for picture in sorted(PICTURES.glob(f"{kind}-0[1-4].jpg")):
            shutil.copyfile(picture, folder / picture.name)
    window = open_window(model="demo", folders=[folder])
    until_idle(qtbot, window, photos=12)
    return window


def titles(window: MainWindow) -> list[tuple[str, int]]:
    return [(section.title, section.count) for section in window.search._model.sections]


def test_matches_stand_above_the_others(qtbot: QtBot, window: MainWindow) -> None:
    window.search_for("castle")
    until_heading(qtbot, window, "“castle”")
    matches = [result.match in ("strong", "maybe") for result in shown(window)]
    assert matches == sorted(matches, reverse=True)
    said = titles(window)
    assert said[-1][0] == "Others, the closest first"
    assert sum(count for _, count in said[:-1]) == sum(matches) >= 3


def test_what_has_no_match_is_told_first_and_the_closest_come_anyway(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.search_for("a tax return")
    until_heading(qtbot, window, "Nothing matches “a tax return”")
    assert len(shown(window)) == 12
    assert titles(window) == [("Closest anyway", 12)]
    assert window.photos_page.match_line.isVisible()


def test_without_a_question_there_is_no_line(qtbot: QtBot, window: MainWindow) -> None:
    assert not window.photos_page.match_line.isVisible()
    window.search_for("ext:jpg")
    until_heading(qtbot, window, "ext: jpg")
    assert not window.photos_page.match_line.isVisible()


def test_the_slider_moves_the_line_and_is_remembered(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.search_for("castle")
    until_heading(qtbot, window, "matches for “castle”")
    line = window.photos_page.match_line
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    panel = line.panel
    until(qtbot, panel.isVisible)
    assert not panel.reset_button.isEnabled()
    qtbot.keyClick(panel.slider, Qt.Key.Key_End)
    until_heading(qtbot, window, "Nothing matches “castle”")
    library = window.session.library
    assert library is not None
    kept = json.loads((library.directory / "settings.json").read_text())
    assert kept["strictness_for_words"] == 1.0
    assert kept["strictness_for_photos"] == 0.0
    qtbot.mouseClick(panel.reset_button, Qt.MouseButton.LeftButton)
    until_heading(qtbot, window, "matches for “castle”")
    assert panel.slider.value() == 0
    qtbot.keyClick(panel.slider, Qt.Key.Key_Return)
    assert not panel.isVisible()
    assert QApplication.activePopupWidget() is None


def test_photos_have_a_line_of_their_own(qtbot: QtBot, window: MainWindow) -> None:
    window.examples.find_similar(PICTURES / "castle-05.jpg")
    until_heading(qtbot, window, "similar to “castle-05.jpg”")
    assert titles(window)[0][0] == "The same kind of picture"
    kinds = {result.path.name.split("-")[0] for result in shown(window) if result.match == "strong"}
    assert kinds == {"castle"}
    library = window.session.library
    assert library is not None
    qtbot.mouseClick(window.photos_page.match_line, Qt.MouseButton.LeftButton)
    qtbot.keyClick(window.photos_page.match_line.panel.slider, Qt.Key.Key_End)
    until(qtbot, lambda: library.choices.strictness("photos") == 1.0)
    until(qtbot, lambda: {result.match for result in shown(window)} == {"none"})
    assert library.choices.strictness("words") == 0.0
    window.photos_page.match_line.panel.hide()
