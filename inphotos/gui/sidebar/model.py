"""What the sidebar lists: entries on their own, and sections of entries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from PyQt6.QtCore import QByteArray, QMimeData, QModelIndex, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QStandardItem, QStandardItemModel

Kind = Literal["entry", "section", "hint"]

#: ``index.data(KIND_ROLE)`` is the row's Kind.
KIND_ROLE = Qt.ItemDataRole.UserRole
#: What the row stands for; unique among the entries of its section.
KEY_ROLE = KIND_ROLE + 1
#: How many photos it shows, as text; None while that is not known.
COUNT_ROLE = KIND_ROLE + 2
#: Name of the row's icon.
ICON_ROLE = KIND_ROLE + 3
#: Whether the photos are those of this row.
SHOWN_ROLE = KIND_ROLE + 4

_MIME = "application/x-inphotos-sidebar-row"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that shows photos.

    Attributes:
        key: what it stands for.
        text: what the user reads.
        icon: its name.
        tip: what the user reads when resting on it.
        count: how many photos it shows, as text; None while that is not known.
    """

    key: str
    text: str
    icon: str
    tip: str = ""
    count: str | None = None


class SidebarModel(QStandardItemModel):
    """Entries at the top, and sections below, whose entries can be put into another order.

    Signals:
        moved(str, str, int): the user has dropped an entry of a section (both by key) before the
            one that is now at a place. The rows stay as they are until the section is shown anew.
    """

    moved = pyqtSignal(str, str, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sections: dict[str, QStandardItem] = {}
        self._hints: dict[str, str] = {}

    def add_entry(self, entry: Entry) -> None:
        """Add an entry of no section."""
        self.appendRow(_row(entry))

    def add_section(self, key: str, title: str, hint: str) -> None:
        """Add a section; ``hint`` is shown in it while it has no entries."""
        section = QStandardItem(title)
        section.setData("section", KIND_ROLE)
        section.setData(key, KEY_ROLE)
        section.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDropEnabled)
        self._sections[key] = section
        self._hints[key] = hint
        self.appendRow(section)
        self.show_section(key, ())

    def show_section(self, key: str, entries: Sequence[Entry]) -> None:
        """Show these entries in a section, in place of those that it has."""
        section = self._sections[key]
        section.removeRows(0, section.rowCount())
        for entry in entries:
            item = _row(entry)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsDragEnabled)
            section.appendRow(item)
        if not entries:
            hint = QStandardItem(self._hints[key])
            hint.setData("hint", KIND_ROLE)
            hint.setFlags(Qt.ItemFlag.ItemIsEnabled)
            section.appendRow(hint)

    def index_of(self, key: str, section: str | None = None) -> QModelIndex:
        """Return where an entry is; the index is not valid when it is not there."""
        parent = QModelIndex() if section is None else self._sections[section].index()
        for row in range(self.rowCount(parent)):
            index = self.index(row, 0, parent)
            if index.data(KIND_ROLE) == "entry" and index.data(KEY_ROLE) == key:
                return index
        return QModelIndex()

    def section_of(self, index: QModelIndex) -> str | None:
        """Return the key of the section that an entry is in, None for no section."""
        return index.parent().data(KEY_ROLE) if index.parent().isValid() else None

    def set_count(self, index: QModelIndex, count: str | None) -> None:
        """Say how many photos an entry shows."""
        item = self.itemFromIndex(index)
        if item is not None:
            _put_count(item, count)

    def set_shown(self, shown: QModelIndex) -> None:
        """Mark the entry whose photos are shown, and no other; none for an invalid index."""
        for index in self._entries():
            self.setData(index, index == shown, SHOWN_ROLE)

    def _entries(self) -> Iterable[QModelIndex]:
        parents = (QModelIndex(), *(section.index() for section in self._sections.values()))
        for parent in parents:
            for row in range(self.rowCount(parent)):
                index = self.index(row, 0, parent)
                if index.data(KIND_ROLE) == "entry":
                    yield index

    # Qt overrides

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [_MIME]

    def mimeData(self, indexes: Iterable[QModelIndex]) -> QMimeData | None:
        data = QMimeData()
        index = next(iter(indexes))
        row = f"{self.section_of(index)}\n{index.data(KEY_ROLE)}"
        data.setData(_MIME, QByteArray(row.encode("utf-8", "surrogatepass")))
        return data

    def canDropMimeData(
        self,
        data: QMimeData | None,
        action: Qt.DropAction,  # noqa: ARG002
        row: int,
        column: int,  # noqa: ARG002
        parent: QModelIndex,
    ) -> bool:
        return row >= 0 and _dragged(data)[0] == parent.data(KEY_ROLE)

    def dropMimeData(
        self,
        data: QMimeData | None,
        action: Qt.DropAction,
        row: int,
        column: int,
        parent: QModelIndex,
    ) -> bool:
        if self.canDropMimeData(data, action, row, column, parent):
            section, key = _dragged(data)
            self.moved.emit(section, key, row)
        # Not taken over here: the view would remove the row that was dragged.
        return False


def _row(entry: Entry) -> QStandardItem:
    item = QStandardItem(entry.text)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    item.setData("entry", KIND_ROLE)
    item.setData(entry.key, KEY_ROLE)
    item.setData(entry.icon, ICON_ROLE)
    item.setToolTip(entry.tip)
    _put_count(item, entry.count)
    return item


def _put_count(item: QStandardItem, count: str | None) -> None:
    item.setData(count, COUNT_ROLE)
    spoken = item.text() if count is None else f"{item.text()}, {count}"
    item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)


def _dragged(data: QMimeData | None) -> tuple[str, str]:
    """Return the keys of the section and of the entry that is dragged, empty for neither."""
    if data is None or not data.hasFormat(_MIME):
        return "", ""
    section, _, key = data.data(_MIME).data().decode("utf-8", "surrogatepass").partition("\n")
    return section, key
