"""The table of keys, and a way to choose others."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeySequence, QPalette
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
)

from inphotos.gui.icons import icon
from inphotos.gui.keyboard.book import ShortcutBook
from inphotos.gui.keyboard.table import KeyRow
from inphotos.gui.settings_dialog.page import SettingsPage, hint

_NATIVE = QKeySequence.SequenceFormat.NativeText


class KeyboardPage(SettingsPage):
    """Every key, to be searched and, where an action is behind it, changed.

    Attributes:
        search: narrows the table down.
        table: topic, what it does, keys.
        edit: takes the new keys of the selected row.
        remove_button: leaves the row without keys.
        trouble: why keys were refused.
    """

    def __init__(self, book: ShortcutBook) -> None:
        super().__init__(self.tr("Keyboard"), "keyboard")
        self._book = book
        self._rows: list[KeyRow] = []
        self.search = QLineEdit()
        self.search.setObjectName("name")
        self.search.setPlaceholderText(self.tr("Search for an action or a key"))
        self.search.setAccessibleName(self.tr("Search for an action or a key"))
        sign = self.search.addAction(
            icon("search", QPalette.ColorRole.PlaceholderText),
            QLineEdit.ActionPosition.LeadingPosition,
        )
        assert sign is not None
        sign.setText(self.tr("Search"))
        self.search.textChanged.connect(self._filter)
        self.table = QTreeWidget()
        self.table.setAccessibleName(self.tr("Keyboard shortcuts"))
        self.table.setHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self.table.setRootIsDecorated(False)
        self.table.setItemsExpandable(False)
        self.table.setIndentation(12)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.table.header()
        assert header is not None
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.itemSelectionChanged.connect(self._on_selection_changed)
        self.edit = QKeySequenceEdit()
        self.edit.setMaximumSequenceLength(1)
        self.edit.setAccessibleName(self.tr("New keys"))
        self.edit.setAccessibleDescription(self.tr("Press the keys to use from now on"))
        for field in self.edit.findChildren(QLineEdit):
            field.setObjectName("name")
            field.setAccessibleName(self.tr("New keys"))
        self.edit.editingFinished.connect(self._on_keys_given)
        self.remove_button = QPushButton(self.tr("No Key"))
        self.remove_button.clicked.connect(lambda: self._change(QKeySequence()))
        self.trouble = QLabel()
        self.trouble.setWordWrap(True)
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout()
        row.setSpacing(8)
        label = QLabel(self.tr("New keys:"))
        label.setBuddy(self.edit)
        row.addWidget(label)
        row.addWidget(self.edit, 1)
        row.addWidget(self.remove_button)
        row.addWidget(self.add_restore(book.restore))
        self.box.addWidget(
            hint(self.tr("Select an action, then press the keys that you would rather use for it."))
        )
        self.box.addSpacing(6)
        self.box.addWidget(self.search)
        self.box.addSpacing(4)
        self.box.addWidget(self.table, 1)
        self.box.addSpacing(4)
        self.box.addLayout(row)
        self.box.addWidget(self.trouble)
        book.changed.connect(self.refresh)
        self._on_selection_changed()

    def refresh(self) -> None:
        """Show the keys as they are now; the selected action stays selected."""
        before = self._selected()
        self.table.clear()
        self._rows = [row for row in self._book.rows() if row.keys or self._book.can_change(row)]
        topics: dict[str, QTreeWidgetItem] = {}
        for number, row in enumerate(self._rows):
            if row.topic not in topics:
                topics[row.topic] = self._add_topic(row.topic)
            item = self._item(row)
            item.setData(0, Qt.ItemDataRole.UserRole, number)
            topics[row.topic].addChild(item)
            if before is not None and row.action is not None and row.action is before.action:
                item.setSelected(True)
        self.table.expandAll()
        self._filter()

    def _add_topic(self, topic: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([topic, ""])
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = item.font(0)
        font.setBold(True)
        item.setFont(0, font)
        self.table.addTopLevelItem(item)
        return item

    def _item(self, row: KeyRow) -> QTreeWidgetItem:
        keys = "   ".join(each.toString(_NATIVE) for each in row.keys)
        item = QTreeWidgetItem([row.text, keys])
        for column, text in enumerate((row.text, keys)):
            item.setToolTip(column, text)
        spoken = f"{row.text}, {keys or self.tr('no key')}"
        item.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)
        if self._book.is_changed(row):
            font = item.font(1)
            font.setBold(True)
            item.setFont(1, font)
            item.setToolTip(1, self.tr("Changed by you"))
        return item

    def _selected(self) -> KeyRow | None:
        for item in self.table.selectedItems():
            return self._rows[int(item.data(0, Qt.ItemDataRole.UserRole))]
        return None

    def _filter(self) -> None:
        words = self.search.text().casefold().split()
        for place in range(self.table.topLevelItemCount()):
            topic = self.table.topLevelItem(place)
            assert topic is not None
            for number in range(topic.childCount()):
                item = topic.child(number)
                assert item is not None
                text = f"{topic.text(0)} {item.text(0)} {item.text(1)}".casefold()
                item.setHidden(not all(word in text for word in words))
            children = [topic.child(number) for number in range(topic.childCount())]
            topic.setHidden(all(child is None or child.isHidden() for child in children))

    def _on_selection_changed(self) -> None:
        row = self._selected()
        can_change = row is not None and self._book.can_change(row)
        self.edit.setEnabled(can_change)
        self.remove_button.setEnabled(can_change and bool(row and row.keys))
        self.edit.setKeySequence(row.keys[0] if row and row.keys else QKeySequence())
        self.trouble.setText(
            self.tr("This key is fixed.") if row is not None and not can_change else ""
        )

    def _on_keys_given(self) -> None:
        keys = self.edit.keySequence()
        row = self._selected()
        if row is not None and not keys.isEmpty() and keys != (row.keys or (None,))[0]:
            self._change(keys)

    def _change(self, keys: QKeySequence) -> None:
        row = self._selected()
        if row is None:
            return
        trouble = self._book.change(row, keys)
        if trouble:
            self.edit.setKeySequence(row.keys[0] if row.keys else QKeySequence())
        self.trouble.setText(trouble)
