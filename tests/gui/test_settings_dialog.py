"""Every setting can be found, explains itself, holds at once and is remembered."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from gui.helpers import OpenWindow, shown, until, until_idle
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QCheckBox, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from inphotos.events import Control, IndexEvent, PhotosIndexed
from inphotos.gui.jobs import Job
from inphotos.gui.main_window import MainWindow
from inphotos.gui.preferences import Preferences
from inphotos.gui.settings_dialog.page import Choice, SettingsPage
from inphotos.gui.style import DARK
from inphotos.gui.workers.pace import rested
from inphotos.indexing.indexer import Order
from inphotos.settings import Settings

LEFT, KEY = Qt.MouseButton.LeftButton, Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, indexed: Path) -> MainWindow:
    opened = open_window(indexed)
    until_idle(qtbot, opened, photos=20)
    return opened


def page_of(window: MainWindow, name: str) -> SettingsPage:
    """Open the settings at a page."""
    window.settings.show(name)
    return window.settings.dialog.pages[name]


def choose(qtbot: QtBot, choice: Choice, value: object) -> None:
    """Choose by keys, as somebody without a mouse does."""
    choice.setFocus()
    qtbot.keyClick(choice, KEY.Key_Home)
    for _ in range(choice.findData(value)):
        qtbot.keyClick(choice, KEY.Key_Down)
    assert choice.currentData() == value


def stored(window: MainWindow) -> Settings:
    library = window.session.library
    assert library is not None
    return Settings.load(library.directory / "settings.json")


def test_the_usual_key_opens_the_settings_and_the_arrows_lead_through_all_pages(
    qtbot: QtBot, window: MainWindow
) -> None:
    qtbot.keyClick(window.search_bar.field, KEY.Key_Comma, CTRL)
    dialog = window.settings.dialog
    assert dialog.isVisible()
    titles = []
    for _ in dialog.pages:
        titles += [page.title for page in dialog.pages.values() if page.isVisible()]
        qtbot.keyClick(dialog.list, KEY.Key_Down)
    assert titles == [
        "Folders",
        "Model",
        "Speed",
        "Thumbnails",
        "Viewing",
        "Appearance",
        "Privacy",
        "Keyboard",
    ]
    until(qtbot, dialog.isActiveWindow)
    qtbot.keyClick(dialog, KEY.Key_Escape)
    assert not dialog.isVisible()


def test_every_choice_explains_itself(window: MainWindow) -> None:
    for page in window.settings.dialog.pages.values():
        for control in [*page.findChildren(QCheckBox), *page.findChildren(QComboBox)]:
            explanation = control.accessibleDescription()
            assert len(explanation) > 30, control.accessibleName()
            assert explanation in [label.text() for label in page.findChildren(QLabel)]


def test_appearance_and_language_hold_and_come_back(
    qtbot: QtBot, window: MainWindow, open_window: OpenWindow, indexed: Path
) -> None:
    page = page_of(window, "appearance")
    choose(qtbot, page.theme, "dark")
    assert QGuiApplication.palette().window().color().name() == DARK.window
    choose(qtbot, page.language, "de")
    window.close()
    again = open_window(indexed)
    page = page_of(again, "appearance")
    assert (page.theme.currentData(), page.language.currentData()) == ("dark", "de")
    qtbot.mouseClick(page.restore_button, LEFT)
    assert page.theme.currentData() == "system"
    assert again.preferences.values == Preferences()


def test_viewing_is_kept_in_the_preferences(qtbot: QtBot, window: MainWindow) -> None:
    page = page_of(window, "viewing")
    choose(qtbot, page.click, "system")
    choose(qtbot, page.seconds, 12)
    values = window.preferences.values
    assert (values.click_opens, values.slideshow_seconds) == ("system", 12)


def test_speed_says_the_same_as_the_menu(qtbot: QtBot, window: MainWindow) -> None:
    page = page_of(window, "speed")
    qtbot.keyClick(page.mains, KEY.Key_Space)
    assert window.mains_action.isChecked()
    until(qtbot, lambda: stored(window).only_on_mains)
    window.mains_action.trigger()
    assert not page.mains.isChecked()
    choose(qtbot, page.pace, True)
    until(qtbot, lambda: stored(window).gentle)
    assert window.session.runs.gentle
    qtbot.mouseClick(page.restore_button, LEFT)
    until(qtbot, lambda: not stored(window).gentle)
    assert page.pace.currentData() is False


def test_thumbnails_are_counted_limited_and_cleared(qtbot: QtBot, window: MainWindow) -> None:
    page = page_of(window, "thumbnails")
    until(qtbot, lambda: page.clear_button.isEnabled())
    choose(qtbot, page.room, 1 << 30)
    until(qtbot, lambda: stored(window).thumbnail_cache_bytes == 1 << 30)
    qtbot.mouseClick(page.clear_button, LEFT)
    until(qtbot, lambda: not page.clear_button.isEnabled())
    library = window.session.library
    assert library is not None
    assert library.thumbnails.kept_bytes == 0
    qtbot.keyClick(page.scores, KEY.Key_Space)
    assert window.preferences.values.show_scores
    assert page.fold.isChecked()
    qtbot.keyClick(page.fold, KEY.Key_Space)
    assert not window.alike.fold_action.isChecked()
    until(qtbot, lambda: not stored(window).fold)
    qtbot.mouseClick(page.restore_button, LEFT)
    until(qtbot, lambda: stored(window) == Settings(model=stored(window).model))
    assert page.fold.isChecked()


def test_a_model_is_used_by_its_button(qtbot: QtBot, window: MainWindow) -> None:
    page = page_of(window, "model")
    until(qtbot, lambda: "demo" in page.buttons)
    assert page.buttons["demo"].text() == "Use"
    assert page.buttons["siglip2-b-16"].text() == "Download"
    qtbot.mouseClick(page.buttons["demo"], LEFT)
    until(qtbot, lambda: window.models.in_use == "demo" and "demo" not in page.buttons)
    assert stored(window).model == "demo"


def test_a_model_of_the_users_is_added_on_the_page(
    qtbot: QtBot, window: MainWindow, tiny_clip: Path, choose: Callable[[Path], None]
) -> None:
    page = page_of(window, "model")
    choose(tiny_clip)
    qtbot.mouseClick(page.folder_button, LEFT)
    until(qtbot, lambda: window.models.in_use == tiny_clip.name)


def test_privacy_says_where_things_are_and_forgets_searches(
    qtbot: QtBot, window: MainWindow
) -> None:
    library = window.session.library
    assert library is not None
    library.history.add("eva in a white dress")
    page = page_of(window, "privacy")

    def says(words: str) -> bool:
        return any(words in label.text() for label in page.findChildren(QLabel))

    until(qtbot, lambda: says(str(library.directory)))
    assert says("One search")
    qtbot.mouseClick(page.clear_button, LEFT)
    assert library.history.texts == ()
    assert not page.clear_button.isEnabled()
    until(qtbot, library.history.path.exists)
    assert json.loads(library.history.path.read_text())["entries"] == []
    assert not page.show_button.isEnabled()


def test_the_menu_leads_to_the_folders_page(window: MainWindow) -> None:
    window.settings.show("folders")
    assert window.folders.panel.isVisible()
    assert window.folders.panel.list.topLevelItem(0).text(1) == "20"
    assert len(shown(window)) == 20


def batches(count: int) -> list[IndexEvent]:
    return [PhotosIndexed((number,)) for number in range(count)]


@pytest.mark.parametrize("gentle", [False, True])
def test_a_gentle_job_rests_after_each_batch(gentle: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    rests: list[float] = []

    class Noted:
        """Stands for the event, to note the rests without taking them."""

        def wait(self, seconds: float) -> bool:
            rests.append(seconds)
            return False

    job = Job(Order(), lambda: True, lambda: gentle, quiet=False)
    job.control = Control(cancelled=Noted())  # type: ignore[arg-type]
    assert list(rested(iter(batches(3)), job)) == batches(3)
    assert len(rests) == (3 if gentle else 0)
