"""What a saved search is to be called."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from inphotos.gui.dialogs.answer_row import AnswerRow
from inphotos.library.searches import LONGEST_NAME

WIDTH = 400


class SearchNameDialog(QDialog):
    """Asks for a name, and says at once when it is another search's.

    Attributes:
        field: the name.
        remark: what there is to say about it, empty for nothing.
        save_button, cancel_button: the choices.

    Signals:
        chosen(str): the name.
    """

    chosen = pyqtSignal(str)

    def __init__(
        self,
        title: str,
        name: str,
        *,
        is_taken: Callable[[str], bool],
        may_replace: bool,
        parent: QWidget | None = None,
    ) -> None:
        """Build the dialog.

        Args:
            title: says what it is about.
            name: stands in the field at first.
            is_taken: tells whether another search has a name.
            may_replace: that search may be replaced.
            parent: the window.
        """
        super().__init__(parent)
        self._is_taken = is_taken
        self._may_replace = may_replace
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
        label = QLabel(self.tr("&Name:"))
        self.field = QLineEdit(name)
        self.field.setObjectName("name")
        self.field.setMaxLength(LONGEST_NAME)
        self.field.selectAll()
        self.field.textChanged.connect(self._on_text_changed)
        label.setBuddy(self.field)
        self.remark = QLabel()
        self.remark.setProperty("kind", "muted")
        self.remark.setTextFormat(Qt.TextFormat.PlainText)
        self.remark.setWordWrap(True)
        # Keeps its place, so that the buttons stay where they are.
        self.remark.setMinimumHeight(2 * self.remark.fontMetrics().lineSpacing())
        self.save_button = QPushButton(self.tr("Save"))
        self.save_button.setDefault(True)
        self.save_button.clicked.connect(self._on_save_clicked)
        row = AnswerRow(self, self.save_button)
        self.cancel_button = row.cancel_button
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 18, 18, 16)
        layout.setSpacing(10)
        for widget in (label, self.field, self.remark):
            layout.addWidget(widget)
        layout.addLayout(row)
        self._on_text_changed()

    def _on_text_changed(self) -> None:
        name = self.field.text().strip()
        taken = bool(name) and self._is_taken(name)
        replaces = taken and self._may_replace
        if replaces:
            self.remark.setText(self.tr("The search of that name is replaced."))
        elif taken:
            self.remark.setText(self.tr("Another search has that name; choose another one."))
        else:
            self.remark.clear()
        self.save_button.setText(self.tr("Replace") if replaces else self.tr("Save"))
        self.save_button.setEnabled(bool(name) and (replaces or not taken))

    def _on_save_clicked(self) -> None:
        self.chosen.emit(self.field.text().strip())
        self.accept()
