"""The demo: bundled pictures, the bundled model, and queries to click."""

from __future__ import annotations

import shutil
from pathlib import Path

from gui.helpers import OpenWindow, shown, until_heading, until_idle
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

import inphotos

PICTURES = Path(inphotos.__file__).parent / "data" / "demo" / "pictures"


def test_an_example_finds_what_it_says(
    qtbot: QtBot, open_window: OpenWindow, tmp_path: Path
) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for kind in ("airplane", "castle", "sunset-over-the-sea"):
        for picture in sorted(PICTURES.glob(f"{kind}-0[1-4].jpg")):
            shutil.copyfile(picture, folder / picture.name)
    window = open_window(model="demo", folders=[folder], demo=True)
    assert window.windowTitle() == "InPhotos demo"
    until_idle(qtbot, window, photos=12)
    assert window.footer.note == "Demo model: knows drawn scenes only"

    (button,) = [
        button
        for button in window.photos_page.findChildren(QPushButton)
        if button.text() == "sunset over the sea"
    ]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    until_heading(qtbot, window, "“sunset over the sea”")
    assert window.search_bar.text() == "sunset over the sea"
    assert {result.path.name.split("-")[0] for result in shown(window)[:4]} == {"sunset"}
    assert shown(window)[0].match == "strong"
