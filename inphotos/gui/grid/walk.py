"""From one row of the grid to another, as the keys lead."""

from __future__ import annotations

from PyQt6.QtWidgets import QAbstractItemView

from inphotos.gui.grid.geometry import GridGeometry

_Move = QAbstractItemView.CursorAction


class Walk:
    """Remembers the column that keys upwards and downwards aim at, across shorter lines."""

    def __init__(self) -> None:
        # The row that the last such key led to, and the column that it aimed at.
        self._aim = (-1, 0)

    def row_after(
        self,
        places: GridGeometry,
        row: int | None,
        action: QAbstractItemView.CursorAction,
        page: int,
    ) -> int:
        """Return the row to go to.

        Args:
            places: where the rows lie; there is one at least.
            row: where the walk is; None: it begins, at the first row.
            action: the step.
            page: how high a page is, pixels.
        """
        if row is None:
            return 0
        steps = {
            _Move.MoveLeft: row - 1,
            _Move.MovePrevious: row - 1,
            _Move.MoveRight: row + 1,
            _Move.MoveNext: row + 1,
            _Move.MoveHome: 0,
            _Move.MoveEnd: places.rows - 1,
        }
        if action in steps:
            return max(0, min(steps[action], places.rows - 1))
        line, column = places.line_of(row), places.column_of(row)
        if self._aim[0] == row:
            column = self._aim[1]
        there = places.row_in(_line_after(places, line, action, page), column)
        self._aim = (there, column)
        return there


def _line_after(
    places: GridGeometry, line: int, action: QAbstractItemView.CursorAction, page: int
) -> int:
    """Return the line to go to from a line, by one or by a page."""
    top = places.line_top(line)
    lines = {
        _Move.MoveUp: line - 1,
        _Move.MoveDown: line + 1,
        _Move.MovePageUp: min(line - 1, places.line_at(top - page - 1) + 1),
        _Move.MovePageDown: max(line + 1, places.line_at(top + page)),
    }
    return max(0, min(lines[action], places.lines - 1))
