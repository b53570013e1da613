"""What not to take from a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from inphotos.errors import FolderError, display_path
from inphotos.gui.dialogs.answer_row import AnswerRow
from inphotos.gui.icons import IconView
from inphotos.gui.sentences import said


class ExclusionsDialog(QDialog):
    """Lets the user write down patterns, and says at once when one makes no sense.

    Attributes:
        field: the patterns, one on a line.
        trouble: what is wrong with one of them, empty when they are all right.
        apply_button, cancel_button: the choices.

    Signals:
        chosen(Path, list[str]): leave this out of the folder.
    """

    chosen = pyqtSignal(object, object)

    def __init__(
        self, folder: Path, patterns: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self.setWindowTitle(self.tr("Leave Out"))
        self.resize(520, 380)
        intro = _label(
            self.tr("What not to take from {folder}, one on each line:").format(
                folder=display_path(folder)
            )
        )
        self.field = QPlainTextEdit("\n".join(patterns))
        self.field.setAccessibleName(self.tr("Patterns"))
        self.field.setPlaceholderText("old/\ntrips/2019\n*.png")
        self.field.setTabChangesFocus(True)
        self.field.textChanged.connect(self._on_text_changed)
        self.trouble = _label("")
        # Keeps its place, so that the field does not change its height under the user's hands.
        self.trouble.setMinimumHeight(2 * self.trouble.fontMetrics().lineSpacing())
        self._sign = IconView("warning", 18)
        trouble = QHBoxLayout()
        trouble.setSpacing(10)
        trouble.addWidget(self._sign)
        trouble.addWidget(self.trouble, 1)
        examples = _label(
            self.tr(
                "old/ leaves out every folder of that name, trips/2019 that one folder, "
                "*.png every such file, and !keep.png takes one back."
            )
        )
        examples.setProperty("kind", "muted")
        self.apply_button = QPushButton(self.tr("Leave Out"))
        self.apply_button.clicked.connect(self._on_apply_clicked)
        row = AnswerRow(self, self.apply_button)
        self.cancel_button = row.cancel_button
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 18, 18, 16)
        layout.setSpacing(10)
        layout.addWidget(intro)
        layout.addWidget(self.field, 1)
        layout.addWidget(examples)
        layout.addLayout(trouble)
        layout.addLayout(row)
        self._on_text_changed()

    def patterns(self) -> list[str]:
        """Return the patterns, without empty lines.

        Raises:
            FolderError: one of them makes no sense.
        """
        from inphotos.photos.exclusions import check_pattern  # not before the dialog is used

        lines = self.field.toPlainText().splitlines()
        return [check_pattern(line) for line in lines if line.strip()]

    def _on_text_changed(self) -> None:
        try:
            self.patterns()
        except FolderError as error:
            self.trouble.setText(said(error))
        else:
            self.trouble.clear()
        self._sign.setVisible(bool(self.trouble.text()))
        self.apply_button.setEnabled(not self.trouble.text())

    def _on_apply_clicked(self) -> None:
        self.chosen.emit(self._folder, self.patterns())
        self.accept()


def _label(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
