"""The page about speed says what runs the model, and lets the user choose."""

from __future__ import annotations

from pathlib import Path

import pytest
from gui.helpers import OpenWindow, until, until_idle
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from inphotos.encoders import verdict
from inphotos.encoders.verdict import Override
from inphotos.gui.main_window import MainWindow
from inphotos.gui.settings_dialog.runtime_panel import RuntimePanel

LEFT, KEY = Qt.MouseButton.LeftButton, Qt.Key


@pytest.fixture
def window(qtbot: QtBot, open_window: OpenWindow, indexed: Path) -> MainWindow:
    opened = open_window(indexed)
    until_idle(qtbot, opened, photos=20)
    return opened


def panel_of(window: MainWindow) -> RuntimePanel:
    window.settings.show("speed")
    return window.settings.dialog.pages["speed"].runtime


def words(window: MainWindow) -> str:
    page = window.settings.dialog.pages["speed"]
    return " ".join(label.text() for label in page.findChildren(QLabel))


def override(window: MainWindow) -> Override:
    library = window.session.library
    assert library is not None
    assert library.model is not None
    return verdict.load_override(library.model)


def test_what_was_measured_is_said_in_plain_words(
    qtbot: QtBot, measured: Path, window: MainWindow
) -> None:
    panel_of(window)
    until(qtbot, lambda: "times as quick as full precision" in words(window))
    assert "Checked on 64 of your photos" in words(window)
    assert "of the nearest photos stay the same" in words(window)


def test_without_a_measurement_that_is_said(qtbot: QtBot, window: MainWindow) -> None:
    panel_of(window)
    until(qtbot, lambda: "In use: PyTorch." in words(window))
    assert "has not been measured yet" in words(window)


def test_the_user_chooses_another_by_keys_and_goes_back(
    qtbot: QtBot, measured: Path, window: MainWindow
) -> None:
    panel = panel_of(window)
    until(qtbot, panel.button.isEnabled)
    panel.choice.setFocus()
    qtbot.keyClick(panel.choice, KEY.Key_Down)
    until(qtbot, lambda: override(window).image == "torch-fp32")
    until(qtbot, lambda: "In use: PyTorch, full precision." in words(window))
    assert panel.choice.currentData() == "torch-fp32"
    qtbot.mouseClick(window.settings.dialog.pages["speed"].restore_button, LEFT)
    until(qtbot, lambda: override(window) == Override())
    until(qtbot, lambda: "Checked on 64" in words(window))
    assert panel.choice.currentData() == ""


def test_measuring_shows_how_far_it_is_and_can_be_stopped(
    qtbot: QtBot, measured: Path, window: MainWindow
) -> None:
    panel = panel_of(window)
    until(qtbot, lambda: "Checked on 64" in words(window))
    before = words(window)
    qtbot.mouseClick(panel.button, LEFT)
    assert panel.button.text() == "Stop"
    assert not panel.choice.isEnabled()
    until(qtbot, lambda: "Measuring…" in words(window))
    qtbot.mouseClick(panel.button, LEFT)
    until(qtbot, lambda: panel.button.text() == "Measure Now")
    until(qtbot, lambda: words(window) == before)
    assert panel.choice.isEnabled()


def test_closing_the_window_ends_measuring(
    qtbot: QtBot, measured: Path, window: MainWindow
) -> None:
    panel = panel_of(window)
    until(qtbot, panel.button.isEnabled)
    qtbot.mouseClick(panel.button, LEFT)
    until(qtbot, lambda: "Measuring…" in words(window))
    window.close()
    assert list(measured.glob(".converted/.tuning-*")) == []
