"""Where the rows of the grid lie, by arithmetic alone: no row is visited to lay it out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise


class GridGeometry:
    """Lines of equal squares that fill a width, in sections with a header above each.

    A section begins a line of its own. All places are in pixels from the upper left of the whole
    content. Building it takes time by the number of sections, a question by its logarithm.

    Attributes:
        rows: how many squares there are.
        width: that the squares share, pixels.
        columns: how many squares fit beside each other.
        edge: of a square, pixels.
        header: height of a header, pixels; 0 without sections.
        lines: how many lines of squares there are.
        sections: how many sections with a header there are.
        height: of the whole, pixels.
    """

    def __init__(
        self, rows: int, starts: Sequence[int], *, width: int, least: int, header: int
    ) -> None:
        """Lay out.

        Args:
            rows: how many squares there are.
            starts: the first row of each section, ascending from 0; empty for no headers at all.
            width: that the squares share, pixels.
            least: a square is as wide as this or wider, unless the width itself is not, pixels.
            header: height of a header, pixels.
        """
        self.rows = rows
        self.width = width
        self.columns = max(1, width // least)
        self.edge = max(1, width // self.columns)
        self.sections = len(starts)
        self.header = header if starts else 0
        self._starts = list(starts) or [0]
        ends = (*self._starts, rows)
        lines = [-(-(end - first) // self.columns) for first, end in pairwise(ends)]
        *self._lines_before, self.lines = accumulate(lines, initial=0)
        self._tops = [
            before * self.edge + section * self.header
            for section, before in enumerate(self._lines_before)
        ]
        self.height = self.lines * self.edge + self.sections * self.header

    def place(self, row: int) -> tuple[int, int]:
        """Return the left and the top of a row's square."""
        line = self.line_of(row)
        return (row - self._start_of(line)) * self.edge, self.line_top(line)

    def row_at(self, x: int, y: int) -> int | None:
        """Return the row whose square holds a point, None where there is none."""
        line = self.line_at(y)
        if line < 0 or y >= self.line_top(line) + self.edge:
            return None
        column = x // self.edge
        inside = 0 <= column < self.columns
        row = self._start_of(line) + column
        return row if inside and row < self._end_of(line) else None

    def rows_within(self, top: int, bottom: int) -> range:
        """Return the rows of all lines that have a pixel at or below ``top`` and above ``bottom``.

        Lines are taken whole, so that what is in sight of a grid is asked for with its height.
        """
        first, last = self._lines_within(top, bottom)
        return range(self._start_of(first), self._end_of(last)) if first <= last else range(0)

    def rows_inside(self, left: int, top: int, right: int, bottom: int) -> list[range]:
        """Return the rows that a rectangle touches, by line; ``right`` and ``bottom`` are out."""
        first, last = self._lines_within(top, bottom)
        begin, end = max(0, left // self.edge), min(self.columns, -(-right // self.edge))
        found = []
        for line in range(first, last + 1):
            start = self._start_of(line)
            found.append(range(start + begin, min(start + end, self._end_of(line))))
        return [rows for rows in found if rows]

    def line_of(self, row: int) -> int:
        """Return the line that a row is in."""
        section = bisect_right(self._starts, row) - 1
        return self._lines_before[section] + (row - self._starts[section]) // self.columns

    def column_of(self, row: int) -> int:
        """Return the column that a row is in."""
        return row - self._start_of(self.line_of(row))

    def line_top(self, line: int) -> int:
        """Return the upper edge of a line."""
        section = bisect_right(self._lines_before, line) - 1
        within = line - self._lines_before[section]
        return self._tops[section] + self.header + within * self.edge

    def line_at(self, y: int) -> int:
        """Return the last line that begins at or above ``y``, -1 where none does."""
        section = bisect_right(self._tops, y) - 1
        if section < 0 or self.rows == 0:
            return -1
        below = y - self._tops[section] - self.header
        line = self._lines_before[section] + (below // self.edge if below >= 0 else -1)
        return min(line, self.lines - 1)

    def row_in(self, line: int, column: int) -> int:
        """Return the row in a line and a column, or the last of a line that ends before."""
        return min(self._start_of(line) + column, self._end_of(line) - 1)

    def section_at(self, y: int) -> int:
        """Return the last section that begins at or above ``y``, -1 where none does."""
        return bisect_right(self._tops, y) - 1 if self.sections else -1

    def section_top(self, section: int) -> int:
        """Return the upper edge of a section's header; of the one after the last, the height."""
        return self._tops[section] if section < self.sections else self.height

    def _lines_within(self, top: int, bottom: int) -> tuple[int, int]:
        """Return the first and the last line of a stretch; the first is later where none is."""
        first = self.line_at(top)
        if first < 0 or self.line_top(first) + self.edge <= top:
            first += 1
        return first, self.line_at(bottom - 1)

    def _start_of(self, line: int) -> int:
        section = bisect_right(self._lines_before, line) - 1
        return self._starts[section] + (line - self._lines_before[section]) * self.columns

    def _end_of(self, line: int) -> int:
        """Return the row after the last of a line."""
        section = bisect_right(self._lines_before, line) - 1
        after = self._starts[section + 1] if section + 1 < len(self._starts) else self.rows
        start = self._starts[section] + (line - self._lines_before[section]) * self.columns
        return min(start + self.columns, after)
