"""The list of results behind the grid."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, pyqtSignal

from inphotos.errors import display_path
from inphotos.gui import wording
from inphotos.gui.grid.sections import Section, divide, join
from inphotos.gui.tool_tips import as_lines

if TYPE_CHECKING:
    from inphotos.search.ranking import Result

#: ``index.data(RESULT_ROLE)`` is the row's Result.
RESULT_ROLE = Qt.ItemDataRole.UserRole


class GridModel(QAbstractListModel):
    """Results in their order; a row is known by its photo id, which is unique.

    New results replace old ones by the smallest steps (remove, move, insert), so that the view
    keeps its place, its current photo and its selection while photos are still being indexed.

    Attributes:
        all_wanted: further rows are not awaited by a view that has come near the end: all of them
            are, and quickly.
        expected: how many rows there will be once all have come, as far as that is known.

    Signals:
        more_wanted(): the view has come near the end and there is more to be had.
        taken_in(bool): newer or further results are shown now; or (False) could not be had.
        sections_changed(): the same rows are divided otherwise, or their last section is complete
            now; other changes of the rows tell by themselves that the sections are others.
    """

    more_wanted = pyqtSignal()
    taken_in = pyqtSignal(bool)
    sections_changed = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.all_wanted = False
        self.expected = 0
        self._results: list[Result] = []
        self._ids: set[int] = set()
        self._remarks_of: Callable[[int], Sequence[str]] = _no_remarks
        self._complete = True
        self._waiting = False
        self._title_of: Callable[[Result], str] | None = None
        # None while they have to be worked out: an update changes the rows in several steps.
        self._sections: tuple[Section, ...] | None = ()

    @property
    def results(self) -> Sequence[Result]:
        """The rows, in order."""
        return self._results

    @property
    def complete(self) -> bool:
        """Whether there is nothing beyond the rows."""
        return self._complete

    @property
    def sections(self) -> Sequence[Section]:
        """The sections of the rows, empty for none; another object after every change."""
        if self._sections is None:
            title_of = self._title_of
            self._sections = divide(self._results, title_of) if title_of is not None else ()
        return self._sections

    def set_sections(self, title_of: Callable[[Result], str] | None) -> None:
        """Divide the rows: consecutive ones with equal titles form a section with a header.

        Args:
            title_of: gives the title above a photo; None for no sections and no headers.
        """
        self._title_of, self._sections = title_of, None
        self.sections_changed.emit()

    def set_remarks(self, remarks_of: Callable[[int], Sequence[str]]) -> None:
        """Say what a screen reader is told of a row (by number) beside what the model knows."""
        self._remarks_of = remarks_of

    def result(self, index: QModelIndex) -> Result | None:
        """Return the row's result, None for an index that is not valid."""
        return self._results[index.row()] if index.isValid() else None

    def row_of(self, photo_id: int) -> int | None:
        """Return the row that shows the photo."""
        return next((r for r, x in enumerate(self._results) if x.photo_id == photo_id), None)

    def replace(self, results: Sequence[Result], *, complete: bool) -> None:
        """Show other results of another query: the view starts again at the top.

        Args:
            results: the new rows.
            complete: there is nothing beyond them.
        """
        self.beginResetModel()
        self._results, self._sections = _unique(results), None
        self._ids = {result.photo_id for result in self._results}
        self._complete, self._waiting = complete, False
        self.endResetModel()

    def update(self, results: Sequence[Result], *, complete: bool) -> None:
        """Show newer results of the same query: what stays keeps its place in the view."""
        new = _unique(results)
        new_ids = {result.photo_id for result in new}
        self._remove_all_but(new_ids)
        old_ids, self._ids = self._ids & new_ids, new_ids
        self._reorder([result for result in new if result.photo_id in old_ids])
        self._insert_missing(new, old_ids)
        self._set_complete(complete)
        self.taken_in.emit(True)

    def append(self, results: Sequence[Result], *, complete: bool) -> None:
        """Add rows at the end; photos that are already shown are left out."""
        fresh = [result for result in _unique(results) if result.photo_id not in self._ids]
        self._ids.update(result.photo_id for result in fresh)
        if fresh:
            first = len(self._results)
            self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
            self._results.extend(fresh)
            if self._sections is not None and self._title_of is not None:
                self._sections = join(self._sections, divide(fresh, self._title_of, first))
            self.endInsertRows()
        self._set_complete(complete)
        self.taken_in.emit(True)

    def go_on(self) -> None:
        """Ask for more again once the view is near the end, after rows that did not come."""
        self._waiting = False
        self.taken_in.emit(False)

    def _set_complete(self, complete: bool) -> None:
        told, self._complete, self._waiting = self._complete, complete, False
        if complete != told and self._title_of is not None:
            self.sections_changed.emit()

    def _remove_all_but(self, wanted: set[int]) -> None:
        gone = [r for r, x in enumerate(self._results) if x.photo_id not in wanted]
        for first, last in reversed(runs(gone)):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._results[first : last + 1]
            self._sections = None
            self.endRemoveRows()

    def _reorder(self, ordered: list[Result]) -> None:
        """Give the rows the values and the order of ``ordered``, which holds the same photos."""
        if [x.photo_id for x in ordered] == [x.photo_id for x in self._results]:
            self._results, self._sections = ordered, None
        else:
            self.layoutAboutToBeChanged.emit()
            places = {result.photo_id: row for row, result in enumerate(ordered)}
            before = self.persistentIndexList()
            after = [self.index(places[self._results[i.row()].photo_id]) for i in before]
            self._results, self._sections = ordered, None
            self.changePersistentIndexList(before, after)
            self.layoutChanged.emit()
        if ordered:
            # Scores and matches may be others now.
            self.dataChanged.emit(self.index(0), self.index(len(ordered) - 1))

    def _insert_missing(self, new: list[Result], old_ids: set[int]) -> None:
        missing = [r for r, x in enumerate(new) if x.photo_id not in old_ids]
        for first, last in runs(missing):
            self.beginInsertRows(QModelIndex(), first, last)
            self._results[first:first] = new[first : last + 1]
            self._sections = None
            self.endInsertRows()

    # Qt overrides

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._results)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        result = self._results[index.row()]
        if role == RESULT_ROLE:
            return result
        if role == Qt.ItemDataRole.DisplayRole:
            return display_path(result.path.name)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tool_tip(result)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row(), result)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and self._title_of is not None:
            return self._title_of(result)
        return None

    def canFetchMore(self, parent: QModelIndex) -> bool:
        return not parent.isValid() and not self._complete and not self._waiting

    def fetchMore(self, parent: QModelIndex) -> None:
        if self.canFetchMore(parent):
            self._waiting = True
            self.more_wanted.emit()

    def _tool_tip(self, result: Result) -> str:
        lines = [display_path(result.path.name), display_path(result.path.parent)]
        match = self._match(result)
        if result.score is not None:
            score = self.tr("score {score}").format(score=wording.number(result.score, 3))
            lines.insert(1, f"{match} · {score}" if match else score)
        if result.alike > 1:
            lines.insert(1, wording.alike(result.alike))
        if result.presence != "here":
            lines.insert(1, wording.presence(result.presence, result.path.parent))
        return as_lines("\n".join(lines))

    def _spoken(self, row: int, result: Result) -> str:
        presence = wording.presence(result.presence, result.path.parent)
        alike = wording.alike(result.alike) if result.alike > 1 else ""
        name, match = display_path(result.path.name), self._match(result)
        parts = (name, *self._remarks_of(row), match, alike, presence)
        return ", ".join(part for part in parts if part)

    def _match(self, result: Result) -> str:
        return {
            "strong": self.tr("strong match"),
            "maybe": self.tr("possible match"),
            "none": self.tr("no match"),
            None: "",
        }[result.match]


def _unique(results: Sequence[Result]) -> list[Result]:
    return list({result.photo_id: result for result in results}.values())


def _no_remarks(row: int) -> Sequence[str]:  # noqa: ARG001 - as others of its kind
    return ()


def runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Return (first, last) of each stretch of consecutive rows."""
    stretches = groupby(enumerate(rows), key=lambda pair: pair[1] - pair[0])
    found = [[row for _, row in stretch] for _, stretch in stretches]
    return [(run[0], run[-1]) for run in found]
