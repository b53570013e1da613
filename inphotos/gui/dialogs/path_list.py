"""A list with a row for each of some paths."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from inphotos.gui.tool_tips import as_lines


class PathList(QTreeWidget):
    """Rows of text, each standing for a path."""

    def __init__(self, name: str, columns: Sequence[str], *, many: bool = False) -> None:
        """Make an empty list.

        Args:
            name: what a screen reader calls it.
            columns: the headings.
            many: more than one row can be selected.
        """
        super().__init__()
        self.setAccessibleName(name)
        self.setHeaderLabels(columns)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.ExtendedSelection if many else modes.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)

    @property
    def columns(self) -> QHeaderView:
        """The headings, to give the columns their widths."""
        header = self.header()
        assert header is not None
        return header

    def add(self, path: Path, texts: Sequence[str]) -> QTreeWidgetItem:
        """Add a row for a path; what is cut off is shown in a tool tip."""
        item = QTreeWidgetItem(texts)
        item.setData(0, Qt.ItemDataRole.UserRole, path)
        for column, text in enumerate(texts):
            item.setToolTip(column, as_lines(text))
        self.addTopLevelItem(item)
        return item

    def selected(self) -> Path | None:
        """Return the selected row's path, None unless exactly one is selected."""
        paths = self.all_selected()
        return paths[0] if len(paths) == 1 else None

    def all_selected(self) -> list[Path]:
        """Return the paths of all selected rows."""
        return [item.data(0, Qt.ItemDataRole.UserRole) for item in self.selectedItems()]

    def rows(self) -> list[tuple[Path, QTreeWidgetItem]]:
        """Return every row with its path, from the top."""
        items = [self.topLevelItem(row) for row in range(self.topLevelItemCount())]
        return [(item.data(0, Qt.ItemDataRole.UserRole), item) for item in items if item]
