"""A grid of its own, without a window or a library around it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PyQt6.QtCore import QModelIndex
from pytestqt.qtbot import QtBot

from inphotos.gui.grid.model import GridModel
from inphotos.gui.grid.thumbnails import Thumbnails
from inphotos.gui.grid.view import GridView
from inphotos.search.ranking import Result


def results(count: int, first: int = 0) -> list[Result]:
    """Return photos whose ids begin at 100, so that none is mistaken for a row."""
    return [
        Result(n + 1, n + 100, Path(f"/photos/{n}.jpg"), f"{n:064x}", 4, 3, None, None)
        for n in range(first, first + count)
    ]


def day(result: Result) -> str:
    """Return the title of one of four sections: 3, 7, 1 and all other photos."""
    number = result.photo_id - 100
    return f"Day {sum(number >= first for first in (0, 3, 10, 11))}"


@contextmanager
def small_grid(qtbot: QtBot) -> Iterator[GridView]:
    """Show a grid of four columns with 60 photos, in sections of 3, 7, 1 and 49."""
    thumbnails = Thumbnails()
    model = GridModel()
    view = GridView(model, thumbnails)
    model.setParent(view)
    qtbot.addWidget(view)
    view.setStyleSheet("QListView { border: none; }")
    view.resize(900, 500)
    model.set_sections(day)
    model.replace(results(60), complete=True)
    with qtbot.waitExposed(view):
        view.show()
    view.executeDelayedItemsLayout()
    view.setCurrentIndex(QModelIndex())  # Qt makes one current where the focus comes to the view.
    assert view.places.columns == 4
    yield view
    thumbnails.close()


def tops(grid: GridView) -> list[int]:
    """Return where the sections begin, in pixels."""
    return [grid.places.section_top(number) for number in range(grid.places.sections)]


def go(grid: GridView, row: int) -> None:
    """Make a row the current one."""
    grid.setCurrentIndex(grid.model().index(row, 0))
