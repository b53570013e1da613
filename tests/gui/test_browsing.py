"""Looking at photos without a model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from gui.helpers import OpenWindow, shown, until, until_heading, until_idle
from gui.test_searching import open_menu
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from inphotos.gui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def browsing(qtbot: QtBot, open_window: OpenWindow, lacking: Path, album: Path) -> MainWindow:
    """A window that shows photos although its model is not on this machine."""
    window = open_window(lacking, folders=[album])
    until(qtbot, lambda: window.models.card.isVisible())
    qtbot.mouseClick(window.models.card.close_button, LEFT)
    until_idle(qtbot, window, photos=20)
    return window


def test_photos_are_there_before_a_model_is_chosen(
    qtbot: QtBot, open_window: OpenWindow, lacking: Path, album: Path
) -> None:
    window = open_window(lacking, folders=[album])
    until_idle(qtbot, window, photos=20)
    assert window.models.card.isVisible()
    assert not window.search_bar.model_button.isVisible()


def test_photos_are_read_and_shown_by_date(qtbot: QtBot, browsing: MainWindow) -> None:
    assert browsing.photos_page.isVisible()
    until(qtbot, lambda: all(result.content for result in shown(browsing)))
    names = [result.path.name for result in shown(browsing)]
    assert names == sorted(names, reverse=True)


def test_words_without_a_model_say_what_is_lacking(qtbot: QtBot, browsing: MainWindow) -> None:
    field = browsing.search_bar.field
    assert "need a model" in field.placeholderText()
    qtbot.keyClicks(browsing.grid, "sea")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    until(qtbot, lambda: "Words need a model" in browsing.notice.text)
    assert len(shown(browsing)) == 20
    menu = open_menu(browsing, row=0)
    texts = [action.text() for action in menu.actions()]
    menu.close()
    assert "Open" in texts
    assert "Find Similar Photos" not in texts


def test_filters_need_no_model(qtbot: QtBot, browsing: MainWindow, open_window: OpenWindow) -> None:
    qtbot.keyClicks(browsing.search_bar.field, "name:photo03 OR name:photo05")
    qtbot.keyClick(browsing.search_bar.field, Qt.Key.Key_Return)
    until_heading(qtbot, browsing, "2 photos match")
    assert [row.path.name for row in shown(browsing)] == ["photo05.jpg", "photo03.jpg"]
    assert browsing.notice.text == ""
    directory = browsing.session.library.directory
    browsing.close()
    again = open_window(directory)
    until_heading(qtbot, again, "2 photos match")


def test_finding_similar_photos_says_what_is_lacking(
    qtbot: QtBot, browsing: MainWindow, album: Path
) -> None:
    browsing.examples.find_similar(album / "photo03.jpg")
    assert "needs a model" in browsing.notice.text
    qtbot.mouseClick(browsing.notice.button, LEFT)
    assert browsing.models.card.isVisible()


def test_a_link_leads_back_to_the_choice_of_a_model(
    qtbot: QtBot, browsing: MainWindow, tiny_clip: Path, choose: Callable[[Path], None]
) -> None:
    qtbot.mouseClick(browsing.search_bar.model_button, LEFT)
    assert browsing.models.card.isVisible()
    choose(tiny_clip)
    qtbot.mouseClick(browsing.models.card.folder_button, LEFT)
    until(qtbot, lambda: not browsing.models.card.isVisible())
    until_idle(qtbot, browsing, photos=20)
    assert not browsing.search_bar.model_button.isVisible()


def test_the_next_start_shows_the_photos_too(
    qtbot: QtBot, browsing: MainWindow, open_window: OpenWindow, lacking: Path
) -> None:
    browsing.close()
    again = open_window(lacking)
    until_idle(qtbot, again, photos=20)
    assert not again.models.card.isVisible()
    assert again.search_bar.model_button.isVisible()
