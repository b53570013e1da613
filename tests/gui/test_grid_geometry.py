"""The arithmetic of the grid agrees with a layout that places one square after the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from inphotos.gui.grid.geometry import GridGeometry

HEADER = 30


@dataclass
class Placed:
    """Squares and headers, placed one by one."""

    rows: int
    starts: list[int]
    width: int
    least: int
    squares: list[tuple[int, int]] = field(default_factory=list)
    lines: list[list[int]] = field(default_factory=list)
    headers: list[int] = field(default_factory=list)
    height: int = 0

    def __post_init__(self) -> None:
        columns = max(1, self.width // self.least)
        self.edge = self.width // columns
        for first, after in pairwise([*(self.starts or [0]), self.rows]):
            if self.starts:
                self.headers.append(self.height)
                self.height += HEADER
            for row in range(first, after):
                column = (row - first) % columns
                if column == 0:
                    self.lines.append([])
                    self.height += self.edge
                self.lines[-1].append(row)
                self.squares.append((column * self.edge, self.height - self.edge))

    @property
    def arithmetic(self) -> GridGeometry:
        return GridGeometry(
            self.rows, self.starts, width=self.width, least=self.least, header=HEADER
        )


@st.composite
def placements(draw: st.DrawFn) -> Placed:
    counts = draw(st.lists(st.integers(1, 12), max_size=8))
    starts = [sum(counts[:number]) for number in range(len(counts))]
    width, least = draw(st.integers(20, 100)), draw(st.integers(10, 50))
    if not draw(st.booleans()):
        starts = []
    return Placed(sum(counts), starts, width, least)


@given(placements())
def test_every_square_has_its_place(placed: Placed) -> None:
    places = placed.arithmetic
    assert [places.place(row) for row in range(placed.rows)] == placed.squares
    assert (places.edge, places.height) == (placed.edge, placed.height)
    tops = [places.section_top(number) for number in range(places.sections + 1)]
    assert tops == [*placed.headers, placed.height]


@given(placements())
def test_lines_and_columns_lead_to_rows_and_back(placed: Placed) -> None:
    places = placed.arithmetic
    assert places.lines == len(placed.lines)
    for number, line in enumerate(placed.lines):
        assert places.line_top(number) == placed.squares[line[0]][1]
        for column, row in enumerate(line):
            assert (places.line_of(row), places.column_of(row)) == (number, column)
            assert places.row_in(number, column) == row
        assert places.row_in(number, 99) == line[-1]


@given(placements(), st.integers(-5, 105), st.integers(-5, 900))
def test_a_point_is_in_the_square_that_covers_it(placed: Placed, x: int, y: int) -> None:
    covering = [
        row
        for row, (left, top) in enumerate(placed.squares)
        if left <= x < left + placed.edge and top <= y < top + placed.edge
    ]
    assert placed.arithmetic.row_at(x, y) == (covering[0] if covering else None)


@given(placements(), st.integers(-50, 900))
def test_lines_and_sections_are_found_by_where_they_begin(placed: Placed, y: int) -> None:
    places = placed.arithmetic
    tops = [placed.squares[line[0]][1] for line in placed.lines]
    assert places.line_at(y) == sum(top <= y for top in tops) - 1
    assert places.section_at(y) == sum(top <= y for top in placed.headers) - 1


@settings(max_examples=300)
@given(placements(), st.integers(-50, 900), st.integers(0, 300))
def test_what_is_within_a_stretch_is_whole_lines(placed: Placed, top: int, height: int) -> None:
    bottom = top + height
    within = [
        row
        for line in placed.lines
        if placed.squares[line[0]][1] < bottom and placed.squares[line[0]][1] + placed.edge > top
        for row in line
    ]
    if height:
        assert list(placed.arithmetic.rows_within(top, bottom)) == within


@settings(max_examples=300)
@given(
    placements(),
    st.integers(-20, 120),
    st.integers(-20, 800),
    st.integers(1, 150),
    st.integers(1, 300),
)
def test_a_rectangle_touches_the_squares_that_it_overlaps(
    placed: Placed, left: int, top: int, width: int, height: int
) -> None:
    right, bottom = left + width, top + height
    touched = [
        row
        for row, (x, y) in enumerate(placed.squares)
        if x < right and x + placed.edge > left and y < bottom and y + placed.edge > top
    ]
    found = placed.arithmetic.rows_inside(left, top, right, bottom)
    assert [row for rows in found for row in rows] == touched


def test_a_million_rows_have_their_places() -> None:
    starts = range(0, 1_000_000, 100)
    places = GridGeometry(1_000_000, starts, width=1049, least=208, header=36)
    assert (places.columns, places.edge, places.lines) == (5, 209, 200_000)
    assert places.height == 200_000 * 209 + 10_000 * 36
    assert places.place(999_999) == (4 * 209, places.height - 209)
    assert places.row_at(4 * 209, places.height - 1) == 999_999
