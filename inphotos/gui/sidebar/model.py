"""What the sidebar lists: entries on their own, and sections of entries with entries in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from PyQt6.QtCore import (
    QByteArray,
    QCoreApplication,
    QMimeData,
    QModelIndex,
    QObject,
    Qt,
    pyqtSignal,
)
from PyQt6.QtGui import QStandardItem, QStandardItemModel

from inphotos.gui import wording
from inphotos.gui.tool_tips import as_lines

Kind = Literal["entry", "action", "more", "section", "hint"]

#: ``index.data(KIND_ROLE)`` is the row's Kind.
KIND_ROLE = Qt.ItemDataRole.UserRole
#: What the row stands for; unique among the entries of its section.
KEY_ROLE = KIND_ROLE + 1
#: How many photos it shows, as text, or how it stands; None while that is not known.
COUNT_ROLE = KIND_ROLE + 2
#: Name of the row's icon.
ICON_ROLE = KIND_ROLE + 3
#: Whether the photos are those of this row.
SHOWN_ROLE = KIND_ROLE + 4
#: The Entry that the row was made of.
ENTRY_ROLE = KIND_ROLE + 5

#: So many entries of a list are shown; the others after a click. One more is shown too: a row that
#: says so would not be shorter.
MOST = 10

_MIME = "application/x-inphotos-sidebar-row"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that shows photos.

    Attributes:
        key: what it stands for.
        text: what the user reads.
        icon: its name; empty for none.
        tip: what the user reads when resting on it.
        count: how many photos it shows, as text, or how it stands; None while that is not known.
        inside: gives the entries in it, when they are to be seen; None where there are none.
        kind: an ``action`` is a quiet row that shows no photos.
    """

    key: str
    text: str
    icon: str
    tip: str = ""
    count: str | None = None
    inside: Callable[[], Sequence[Entry]] | None = None
    kind: Literal["entry", "action"] = "entry"


@dataclass(frozen=True, slots=True)
class _Section:
    item: QStandardItem
    hint: str
    most: int | None
    movable: bool


class SidebarModel(QStandardItemModel):
    """Entries at the top, and sections below, in some of which they can be put into another order.

    Signals:
        moved(str, str, int): the user has dropped an entry of a section (both by key) before the
            one that is now at a place. The rows stay as they are until the section is shown anew.
    """

    moved = pyqtSignal(str, str, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sections: dict[str, _Section] = {}
        self._entries: list[str] = []
        self._whole: set[tuple[str, str]] = set()
        self._shown: tuple[str | None, str] | None = None

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these entries, which are in no section, in place of those that there are."""
        root = self.invisibleRootItem()
        assert root is not None
        kept = {entry.key for entry in entries}
        for key in [key for key in self._entries if key not in kept]:
            self.removeRow(self.index_of(key).row())
        for row, entry in enumerate(entries):
            index = self.index_of(entry.key)
            if not index.isValid():
                root.insertRow(row, _item())
            self._put(root.child(row), entry)
        self._entries = [entry.key for entry in entries]

    def add_section(
        self,
        key: str,
        title: str,
        hint: str = "",
        *,
        most: int | None = None,
        movable: bool = False,
    ) -> None:
        """Add a section below the others.

        Args:
            key: what it stands for.
            title: what the user reads.
            hint: is shown in it while it has no entries; without one, it is not shown then.
            most: entries of each list that are shown before the user wants all; None for no limit.
            movable: the user can put the entries into another order.
        """
        section = QStandardItem(title)
        section.setData("section", KIND_ROLE)
        section.setData(key, KEY_ROLE)
        section.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDropEnabled)
        self._sections[key] = _Section(section, hint, most, movable)
        self.show_section(key, ())

    def show_section(self, key: str, entries: Sequence[Entry]) -> None:
        """Show these entries in a section, in place of those that it has.

        Rows that stay are not made anew, so that what the user has unfolded stays so.
        """
        section = self._sections[key]
        if section.hint and not entries:
            section.item.removeRows(0, section.item.rowCount())
            section.item.appendRow(_hint(section.hint))
        else:
            self._fill(section.item, key, entries)
        there = section.item.row() >= 0
        if section.item.hasChildren() and not there:
            root = self.invisibleRootItem()
            assert root is not None
            above = [each for each in self._sections.values() if each.item.row() >= 0]
            order = list(self._sections)
            before = [e for e in above if order.index(e.item.data(KEY_ROLE)) < order.index(key)]
            root.insertRow(len(self._entries) + len(before), section.item)
        elif there and not section.item.hasChildren():
            self.takeRow(section.item.row())

    def show_all(self, index: QModelIndex) -> None:
        """Show all entries of the list that ends in a row of kind ``more``."""
        parent = self.itemFromIndex(index.parent())
        key = self.section_of(index)
        if parent is None or key is None:
            return
        self._whole.add((key, _key_of(parent)))
        row, hidden = index.row(), index.data(ENTRY_ROLE)
        parent.removeRow(row)
        for place, entry in enumerate(hidden, start=row):
            parent.insertRow(place, _item())
            self._put(parent.child(place), entry)

    def index_of(self, key: str, section: str | None = None) -> QModelIndex:
        """Return where an entry is; the index is not valid while there is no row for it."""
        rows: Iterable[QModelIndex]
        if section is None:
            rows = (self.index(row, 0) for row in range(self.rowCount()))
        else:
            parent = self.section_index(section)
            rows = self._below(parent) if parent.isValid() else ()
        kinds = ("entry", "action")
        found = (row for row in rows if row.data(KIND_ROLE) in kinds and row.data(KEY_ROLE) == key)
        return next(found, QModelIndex())

    def section_index(self, key: str) -> QModelIndex:
        """Return where a section is; the index is not valid while it is not shown."""
        item = self._sections[key].item
        return item.index() if item.row() >= 0 else QModelIndex()

    def section_of(self, index: QModelIndex) -> str | None:
        """Return the key of the section that an entry is in, None for no section."""
        parent = index.parent()
        if not parent.isValid():
            return None
        return (
            parent.data(KEY_ROLE)
            if parent.data(KIND_ROLE) == "section"
            else self.section_of(parent)
        )

    def set_count(self, index: QModelIndex, count: str | None) -> None:
        """Say how many photos an entry shows."""
        item = self.itemFromIndex(index)
        if item is not None:
            _put_count(item, count)

    def set_shown(self, key: str | None, section: str | None = None) -> None:
        """Mark the entry whose photos are shown, and no other, also once there is a row for it.

        Args:
            key: of the entry; None for none.
            section: that it is in.
        """
        self._shown = None if key is None else (section, key)
        for index in self._below(QModelIndex()):
            if index.data(KIND_ROLE) == "entry":
                item = self.itemFromIndex(index)
                assert item is not None
                self._mark(item)

    def _fill(self, parent: QStandardItem, section: str, entries: Sequence[Entry]) -> None:
        """Show these entries in a section or an entry, in place of those that it has."""
        entries, hidden = self._limited((section, _key_of(parent)), entries)
        wanted = {entry.key for entry in entries}
        for child in reversed(_children(parent)):
            if child.data(KIND_ROLE) in ("hint", "more") or child.data(KEY_ROLE) not in wanted:
                parent.removeRow(child.row())
        known = {_key_of(child): child for child in _children(parent)}
        for row, entry in enumerate(entries):
            item = known.get(entry.key)
            if item is None:
                item = _item()
                parent.insertRow(row, item)
            elif item.row() != row:
                parent.insertRow(row, parent.takeRow(item.row()))
            self._put(item, entry)
            item.setDragEnabled(self._sections[section].movable)
        if hidden:
            # Above what can be done with the list.
            actions = sum(entry.kind == "action" for entry in entries)
            count = len(entries) - actions + len(hidden)
            parent.insertRow(len(entries) - actions, _more(count, hidden))

    def _limited(
        self, list_: tuple[str, str], entries: Sequence[Entry]
    ) -> tuple[Sequence[Entry], Sequence[Entry]]:
        """Return which entries of a list, by the keys of its section and parent, are shown."""
        most = self._sections[list_[0]].most
        shown = [entry for entry in entries if entry.kind == "entry"]
        if most is None or len(shown) <= most + 1 or list_ in self._whole:
            return entries, ()
        actions = [entry for entry in entries if entry.kind == "action"]
        return [*shown[:most], *actions], shown[most:]

    def _put(self, item: QStandardItem | None, entry: Entry) -> None:
        """Let a row be that of an entry."""
        assert item is not None
        for value, role in (
            (entry.kind, KIND_ROLE),
            (entry.key, KEY_ROLE),
            (entry.icon, ICON_ROLE),
            (entry.text, Qt.ItemDataRole.DisplayRole),
            (as_lines(entry.tip), Qt.ItemDataRole.ToolTipRole),
        ):
            _set(item, value, role)
        _put_count(item, entry.count)
        item.setData(entry, ENTRY_ROLE)
        self._mark(item)
        section = self.section_of(item.index())
        if entry.inside is None or section is None:
            item.removeRows(0, item.rowCount())
        elif item.rowCount():
            self._fill(item, section, entry.inside())

    def _mark(self, item: QStandardItem) -> None:
        shown = (self.section_of(item.index()), item.data(KEY_ROLE)) == self._shown
        _set(item, shown, SHOWN_ROLE)

    def _below(self, parent: QModelIndex) -> Iterator[QModelIndex]:
        """Yield all rows below one, as far as there are any yet."""
        for row in range(super().rowCount(parent)):
            index = self.index(row, 0, parent)
            yield index
            yield from self._below(index)

    # Qt overrides

    def hasChildren(self, parent: QModelIndex = QModelIndex()) -> bool:  # noqa: B008
        return super().hasChildren(parent) or self.canFetchMore(parent)

    def canFetchMore(self, parent: QModelIndex) -> bool:
        entry = parent.data(ENTRY_ROLE)
        lists = isinstance(entry, Entry) and entry.inside is not None
        return lists and not super().hasChildren(parent)

    def fetchMore(self, parent: QModelIndex) -> None:
        item, section = self.itemFromIndex(parent), self.section_of(parent)
        if item is not None and section is not None and self.canFetchMore(parent):
            self._fill(item, section, parent.data(ENTRY_ROLE).inside())

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


def _children(parent: QStandardItem) -> list[QStandardItem]:
    children = (parent.child(row) for row in range(parent.rowCount()))
    return [child for child in children if child is not None]


def _item() -> QStandardItem:
    item = QStandardItem()
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    return item


def _hint(text: str) -> QStandardItem:
    hint = QStandardItem(text)
    hint.setData("hint", KIND_ROLE)
    hint.setFlags(Qt.ItemFlag.ItemIsEnabled)
    return hint


def _more(count: int, hidden: Sequence[Entry]) -> QStandardItem:
    text = QCoreApplication.translate("SidebarModel", "Show all {count}")
    more = _item()
    more.setText(text.format(count=wording.number(count)))
    more.setData("more", KIND_ROLE)
    more.setData(tuple(hidden), ENTRY_ROLE)
    return more


def _key_of(item: QStandardItem | None) -> str:
    return "" if item is None else str(item.data(KEY_ROLE))


def _set(item: QStandardItem, value: object, role: int) -> None:
    """Change a row only where it is to be another: views draw it anew."""
    if item.data(role) != value:
        item.setData(value, role)


def _put_count(item: QStandardItem, count: str | None) -> None:
    _set(item, count, COUNT_ROLE)
    spoken = item.text() if count is None else f"{item.text()}, {count}"
    _set(item, spoken, Qt.ItemDataRole.AccessibleTextRole)


def _dragged(data: QMimeData | None) -> tuple[str, str]:
    """Return the keys of the section and of the entry that is dragged, empty for neither."""
    if data is None or not data.hasFormat(_MIME):
        return "", ""
    section, _, key = data.data(_MIME).data().decode("utf-8", "surrogatepass").partition("\n")
    return section, key
