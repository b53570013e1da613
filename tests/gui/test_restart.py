"""What the window takes up again at the next start."""

from __future__ import annotations

from pathlib import Path

from gui.helpers import OpenWindow, until, until_heading, until_idle
from pytestqt.qtbot import QtBot

from inphotos.gui.kept_values import FILE_NAME
from inphotos.gui.queries import Words
from inphotos.gui.style import Appearance
from inphotos.search.query import Example


def test_the_last_state_comes_back(
    qtbot: QtBot, open_window: OpenWindow, indexed: Path, appearance: Appearance
) -> None:
    window = open_window(indexed)
    until_idle(qtbot, window, photos=20)
    window.resize(780, 700)
    window.grid.zoom(-1)
    window.preferences.change(appearance="dark")
    window.search_for("a dog in the snow")
    until_heading(qtbot, window, "“a dog in the snow”")
    size, tile_size = window.size(), window.grid.tile_size
    window.close()
    appearance.choose("system")

    again = open_window(indexed)
    until_heading(qtbot, again, "“a dog in the snow”")
    assert again.search_bar.text() == "a dog in the snow"
    assert again.size() == size
    assert again.grid.tile_size == tile_size
    assert appearance.choice == "dark"


def test_photos_that_were_searched_with_come_back(
    qtbot: QtBot, open_window: OpenWindow, indexed: Path, album: Path
) -> None:
    window = open_window(indexed)
    until_idle(qtbot, window, photos=20)
    former = Words("sea", (Example(album / "photo05.jpg", weight=-1.0),))
    window.examples.show_query(former)
    until(qtbot, lambda: window.search.shown == former)
    window.close()
    again = open_window(indexed)
    until(qtbot, lambda: again.search.shown == former)
    assert again.search_bar.text() == "sea"


def test_a_state_that_makes_no_sense_is_ignored(
    qtbot: QtBot, open_window: OpenWindow, indexed: Path
) -> None:
    (indexed / FILE_NAME).write_text(
        "[General]\ntile_size=huge\ngeometry=7\nappearance=pink\nexamples=[1\n"
    )
    window = open_window(indexed)
    until_idle(qtbot, window, photos=20)
