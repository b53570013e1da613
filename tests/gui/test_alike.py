"""Photos that are alike, shown as one tile in the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from gui.helpers import PATIENCE_MS, OpenWindow, Viewer, shown, until, until_heading, until_idle
from photos_alike import write_album
from PyQt6.QtCore import QRectF, Qt
from pytestqt.qtbot import QtBot

from inphotos.gui import wording
from inphotos.gui.grid.tile_marks import count_badge_rect
from inphotos.gui.main_window import MainWindow
from inphotos.gui.queries import Alike, Everything
from inphotos.gui.settings_dialog.alike_panel import AlikePanel
from inphotos.settings import NEAR_DUPLICATE_BITS, Settings

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, tmp_path: Path, tiny_clip: Path) -> MainWindow:
    """A window that shows 12 photos as 5 tiles."""
    write_album(tmp_path / "photos")
    opened = open_window(model=str(tiny_clip), folders=[tmp_path / "photos"])
    until_idle(qtbot, opened, photos=5)
    return opened


def largest(window: MainWindow) -> int:
    """Return the row of the tile that stands for the most photos."""
    counts = [result.alike for result in shown(window)]
    return counts.index(max(counts))


def test_a_tile_stands_for_photos_that_are_alike(window: MainWindow) -> None:
    assert sorted(result.alike for result in shown(window)) == [1, 1, 3, 3, 4]
    index = window.grid.model().index(largest(window), 0)
    assert "4 photos that are alike" in index.data(Qt.ItemDataRole.ToolTipRole).splitlines()
    assert "4 photos that are alike" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert window.photos_page.heading.text() == "12 photos, newest first"


def test_a_click_on_the_number_opens_them(qtbot: QtBot, window: MainWindow, viewer: Viewer) -> None:
    row, grid = largest(window), window.grid
    result, cell = shown(window)[row], grid.visualRect(grid.model().index(row, 0))
    delegate = grid.itemDelegate()
    until(qtbot, lambda: delegate.count_badge(cell, result, grid.devicePixelRatioF()))
    badge = delegate.count_badge(cell, result, grid.devicePixelRatioF())
    assert QRectF(cell).contains(badge)
    qtbot.mouseClick(grid.viewport(), LEFT, pos=badge.center().toPoint())
    until_heading(qtbot, window, "4 photos that are alike")
    assert window.search.query == Alike(result.photo_id)
    assert result.photo_id in {one.photo_id for one in shown(window)}
    assert {one.alike for one in shown(window)} == {1}
    assert viewer.opened == []
    assert not window.photos_page.sort_button.isVisible()
    qtbot.mouseClick(window.photos_page.back_button, LEFT)
    until_heading(qtbot, window, "12 photos, newest first")


def test_a_click_beside_the_number_opens_the_photo(
    qtbot: QtBot, window: MainWindow, viewer: Viewer
) -> None:
    row, grid = largest(window), window.grid
    cell = grid.visualRect(grid.model().index(row, 0))
    qtbot.mouseClick(grid.viewport(), LEFT, pos=cell.center())
    assert window.viewer.chosen() == (shown(window)[row],)
    assert viewer.opened == []
    assert window.search.query == Everything()


def test_the_menu_of_a_photo_opens_them(qtbot: QtBot, window: MainWindow) -> None:
    result = shown(window)[largest(window)]
    menu = window.commands.menu((result,))
    [entry] = [action for action in menu.actions() if action.text() == "Show Alike Photos"]
    entry.trigger()
    until_heading(qtbot, window, "4 photos that are alike")
    alone = next(one for one in shown(window))
    texts = [action.text() for action in window.commands.menu((alone,)).actions()]
    assert not [text for text in texts if "Alike" in text]


def test_searches_are_folded_too(qtbot: QtBot, window: MainWindow) -> None:
    window.search_for("boat")
    until_heading(qtbot, window, "“boat”")
    assert sorted(result.alike for result in shown(window)) == [1, 1, 3, 3, 4]


def test_folding_can_be_switched_off(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    action = window.alike.fold_action
    assert action.isChecked()
    action.trigger()
    until(qtbot, lambda: len(shown(window)) == 12)
    assert {result.alike for result in shown(window)} == {1}
    assert Settings.load(tmp_path / "library" / "settings.json").fold is False
    action.trigger()
    until(qtbot, lambda: len(shown(window)) == 5)


def test_how_alike_photos_have_to_be_takes_effect_at_once(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    dialog = window.alike.panel
    window.settings.show("thumbnails")
    until(qtbot, lambda: dialog.outcome.text() == "3 groups, 10 photos")
    assert dialog.bits == NEAR_DUPLICATE_BITS
    dialog.slider.setValue(1)
    assert dialog.outcome.text() == "Comparing photos…"
    until(qtbot, lambda: dialog.outcome.text() == "3 groups, 9 photos")
    until_idle(qtbot, window, photos=6)  # the one that was cut is a tile of its own
    assert Settings.load(tmp_path / "library" / "settings.json").near_duplicate_bits == 2
    page = window.settings.dialog.pages["thumbnails"]
    qtbot.mouseClick(page.restore_button, LEFT)
    until(qtbot, lambda: dialog.outcome.text() == "3 groups, 10 photos")
    until_idle(qtbot, window, photos=5)


def test_the_choices_are_there_after_a_restart(
    qtbot: QtBot, window: MainWindow, open_window: OpenWindow, tmp_path: Path
) -> None:
    window.alike.fold_action.trigger()
    window.alike.panel.slider.setValue(7)
    settings = tmp_path / "library" / "settings.json"
    until(qtbot, lambda: Settings.load(settings).near_duplicate_bits == 14)
    window.close()
    again = open_window()
    until(qtbot, lambda: again.alike.panel.bits == 14)
    assert not again.alike.fold_action.isChecked()
    until_idle(qtbot, again, photos=12)


def test_the_slider_asks_once_it_rests(qtbot: QtBot) -> None:
    dialog = AlikePanel()
    qtbot.addWidget(dialog)
    dialog.show_bits(7)  # written by hand
    asked: list[int] = []
    dialog.bits_wanted.connect(asked.append)
    with qtbot.waitSignal(dialog.bits_wanted, timeout=PATIENCE_MS):
        for value in (4, 5, 6):
            dialog.slider.setValue(value)
    assert asked == [12]


@pytest.mark.parametrize("count", [2, 48, 1234])
def test_the_number_is_at_the_lower_right_of_the_photo(count: int) -> None:
    photo = QRectF(10, 20, 180, 120)
    badge = count_badge_rect(photo, count)
    assert photo.contains(badge)
    assert photo.right() - badge.right() == photo.bottom() - badge.bottom() > 0
    assert badge.width() > count_badge_rect(photo, 1).width() or count < 10


def test_numbers_of_groups_in_words() -> None:
    assert wording.groups(0, 0) == "No photos are alike"
    assert wording.groups(1, 2) == "1 group, 2 photos"
    assert wording.groups(1200, 3000) == "1,200 groups, 3,000 photos"
