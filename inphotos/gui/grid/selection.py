"""Which photos of the grid are selected."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING

from PyQt6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QObject,
    QPersistentModelIndex,
    pyqtSignal,
)

from inphotos.gui.grid.model import GridModel, runs

if TYPE_CHECKING:
    from inphotos.search.ranking import Result

_Flag = QItemSelectionModel.SelectionFlag


class GridSelection(QObject):
    """The photos that the user has selected, apart from the current one.

    They are ranges in the view's selection model, so that a million rows cost as much as one, Qt
    keeps them with their photos while others come and go, and assistive technologies know of them.
    Other results of another query leave nothing selected.

    Signals:
        changed(int): other photos are selected, so many; or their number is final now.
    """

    changed = pyqtSignal(int)

    def __init__(self, ranges: QItemSelectionModel, model: GridModel, parent: QObject) -> None:
        super().__init__(parent)
        self._ranges = ranges
        self._model = model
        self._count = 0
        self._gathering = False
        self._only_matches = False
        self._anchor = QPersistentModelIndex()
        # What was selected when the anchor was set: a stretch from there comes on top of it.
        self._base = QItemSelection()
        # Of a million photos, they take a tenth of a second to put together.
        self._results: tuple[Result, ...] | None = None
        for rows_are_others in (model.dataChanged, model.rowsInserted, model.rowsRemoved):
            rows_are_others.connect(self._forget_results)
        ranges.selectionChanged.connect(self._on_changed)
        # A reset is not told as a change of the selection.
        model.modelReset.connect(self._on_reset)
        # Ranges that are kept aside would take in rows that come in between.
        model.rowsInserted.connect(self._take_base)
        model.taken_in.connect(self._on_taken_in)

    @property
    def count(self) -> int:
        """How many photos are selected."""
        return self._count

    @property
    def gathering(self) -> bool:
        """Whether further photos are being read because all are to be selected."""
        return self._gathering

    @property
    def has_anchor(self) -> bool:
        """Whether a stretch has somewhere to begin."""
        return self._anchor.isValid()

    @property
    def expected(self) -> int:
        """How many photos will be selected in the end, as far as that is known."""
        wanted = self._model.expected if self._gathering and not self._only_matches else 0
        return max(wanted, self._count)

    def holds(self, row: int) -> bool:
        """Tell whether a row is selected."""
        return self._ranges.isSelected(self._model.index(row))

    def rows(self) -> list[range]:
        """Return the selected rows, ascending."""
        spans = self._spans()
        return sorted((range(top, bottom + 1) for top, bottom in spans), key=lambda it: it.start)

    def results(self) -> tuple[Result, ...]:
        """Return the selected photos in the order of the rows."""
        if self._results is None:
            results = self._model.results
            stretches = [results[rows.start : rows.stop] for rows in self.rows()]
            alone = len(stretches) == 1
            self._results = tuple(stretches[0] if alone else chain.from_iterable(stretches))
        return self._results

    def anchor_at(self, row: int) -> None:
        """Let the next stretch begin at a row, beside what is selected now."""
        self._anchor = QPersistentModelIndex(self._model.index(row))
        self._take_base()

    def forget_anchor(self) -> None:
        """Let the next stretch begin anew."""
        self._anchor = QPersistentModelIndex()

    def toggle(self, row: int) -> None:
        """Select a row, or no more."""
        self._end_gathering()
        self._ranges.select(self._selection([range(row, row + 1)]), _Flag.Toggle)
        self.anchor_at(row)

    def extend_to(self, row: int) -> None:
        """Select the stretch from the anchor to a row, in place of the last one from there."""
        self._end_gathering()
        start = self._anchor.row() if self._anchor.isValid() else row
        if not self._anchor.isValid():
            self.anchor_at(row)
        stretch = self._selection([range(min(start, row), max(start, row) + 1)])
        stretch.merge(self._base, _Flag.Select)
        self._ranges.select(stretch, _Flag.ClearAndSelect)

    def begin_band(self, *, add: bool) -> None:
        """Begin to select what a rubber band touches; ``add``: beside what is selected."""
        self._end_gathering()
        self._anchor = QPersistentModelIndex()
        if add:
            self._take_base()
        else:
            self._base = QItemSelection()

    def set_band(self, rows: Iterable[range]) -> None:
        """Select these rows, in place of those that the band touched before."""
        chosen = self._selection(rows)
        chosen.merge(self._base, _Flag.Select)
        self._ranges.select(chosen, _Flag.ClearAndSelect)

    def select_all(self) -> None:
        """Select all photos that match, or, where these are selected or none is, all there are.

        Those that the model has not read yet are asked for, and selected as they come.
        """
        self._only_matches = self._has_matches() and not self._are_matches_selected()
        self._gathering = True
        self._model.all_wanted = True
        self._gather()

    def clear(self) -> bool:
        """Select nothing; return whether there was something."""
        had_some = self._count > 0 or self._gathering
        self._end_gathering()
        self._anchor, self._base = QPersistentModelIndex(), QItemSelection()
        self._ranges.clearSelection()
        return had_some

    def _selection(self, rows: Iterable[range]) -> QItemSelection:
        chosen = QItemSelection()
        for some in rows:
            chosen.select(self._model.index(some[0]), self._model.index(some[-1]))
        return chosen

    def _spans(self) -> list[tuple[int, int]]:
        selection = self._ranges.selection()
        spans = (selection[number] for number in range(selection.count()))
        return [(span.top(), span.bottom()) for span in spans]

    def _take_base(self) -> None:
        self._base = self._ranges.selection()

    # All

    def _has_matches(self) -> bool:
        rows = self._model.results
        return bool(rows) and rows[0].match in ("strong", "maybe")

    def _matches(self) -> list[range]:
        matching = [n for n, row in enumerate(self._model.results) if row.match != "none"]
        return [range(first, last + 1) for first, last in runs(matching)]

    def _are_matches_selected(self) -> bool:
        if self._gathering or not self._are_matches_here():
            return False
        return self.rows() == self._matches()

    def _are_matches_here(self) -> bool:
        """Tell whether the rows reach beyond the matches, which come first."""
        rows = self._model.results
        return self._model.complete or (bool(rows) and rows[-1].match == "none")

    def _gather(self) -> None:
        """Select what is here of what is wanted, and ask for the rest."""
        rows = len(self._model.results)
        everything = [range(rows)] if rows else []
        wanted = self._matches() if self._only_matches else everything
        enough = self._are_matches_here() if self._only_matches else self._model.complete
        self._ranges.select(self._selection(wanted), _Flag.ClearAndSelect)
        if enough:
            self._end_gathering()
        else:
            self._model.fetchMore(self._ranges.currentIndex().parent())

    def _end_gathering(self) -> None:
        if self._gathering:
            self._gathering = self._model.all_wanted = False
            self.changed.emit(self._count)

    def _on_taken_in(self, there_may_be_more: bool) -> None:
        if self._gathering and there_may_be_more:
            self._gather()
        else:
            self._end_gathering()

    def _forget_results(self) -> None:
        self._results = None

    def _on_changed(self) -> None:
        self._forget_results()
        self._count = sum(bottom - top + 1 for top, bottom in self._spans())
        self.changed.emit(self._count)

    def _on_reset(self) -> None:
        had_some = self._count > 0 or self._gathering
        self._gathering = self._model.all_wanted = False
        self._anchor, self._base = QPersistentModelIndex(), QItemSelection()
        self._count = 0
        self._forget_results()
        if had_some:
            self.changed.emit(0)


def joined(rows: Iterable[range]) -> list[range]:
    """Return ascending stretches of rows with those that follow on each other made one."""
    stretches: list[range] = []
    for some in rows:
        if stretches and stretches[-1].stop == some.start:
            stretches[-1] = range(stretches[-1].start, some.stop)
        else:
            stretches.append(some)
    return stretches
