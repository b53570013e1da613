"""The dialog with all settings: subjects at the left, the choices of one at the right."""

from __future__ import annotations

from collections.abc import Mapping

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QPalette
from PyQt6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from inphotos.gui.icons import icon
from inphotos.gui.settings_dialog.page import SettingsPage


class SettingsDialog(QDialog):
    """Stays open beside the window; every change holds at once.

    Attributes:
        list: the subjects.
        pages: by name, such as ``privacy``.
    """

    def __init__(self, pages: Mapping[str, SettingsPage], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.resize(900, 640)
        self.pages = dict(pages)
        self.list = QListWidget()
        self.list.setObjectName("subjects")
        self.list.setAccessibleName(self.tr("Subjects"))
        self.list.setIconSize(QSize(18, 18))
        self.list.setFixedWidth(210)
        self._stack = QStackedWidget()
        for page in self.pages.values():
            sign = icon(page.icon_name, QPalette.ColorRole.WindowText)
            item = QListWidgetItem(sign, page.title)
            item.setSizeHint(QSize(0, self.fontMetrics().height() + 20))
            self.list.addItem(item)
            self._stack.addWidget(page)
        self.list.currentRowChanged.connect(self._on_row_changed)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(26, 8, 26, 16)
        buttons.addStretch(1)
        buttons.addWidget(close)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._stack, 1)
        right.addLayout(buttons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        left = QVBoxLayout()
        left.setContentsMargins(8, 12, 0, 12)
        left.addWidget(self.list)
        layout.addLayout(left)
        layout.addLayout(right, 1)
        for button in self.findChildren(QPushButton):
            # Enter in a field means the field, and no page has one thing that it is for.
            button.setAutoDefault(False)
        self.list.setCurrentRow(0)

    def show_page(self, name: str) -> None:
        """Show a page; "" the one that was shown last."""
        if name:
            self.list.setCurrentRow(list(self.pages).index(name))
        self.show()
        self._refresh()
        self.raise_()
        self.activateWindow()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refresh(self) -> None:
        page = self._stack.currentWidget()
        if isinstance(page, SettingsPage):
            page.refresh()

    def _on_row_changed(self, row: int) -> None:
        self._stack.setCurrentIndex(row)
        if self.isVisible():
            self._refresh()
