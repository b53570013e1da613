"""The text of a crash report, to be read, copied or deleted."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QFontDatabase, QGuiApplication
from PyQt6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)


class CrashDialog(QDialog):
    """Shows one report.

    Attributes:
        field: the text.
        copy_button, delete_button: what can be done with it.

    Signals:
        delete_wanted(): the user wants it gone from this machine.
    """

    delete_wanted = pyqtSignal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Crash Report"))
        self.resize(660, 480)
        intro = QLabel(
            self.tr(
                "This report stays on this computer; nothing is sent. It names no photo and no "
                "search. You may copy it into a message to the developers."
            )
        )
        intro.setWordWrap(True)
        self.field = QPlainTextEdit(text)
        self.field.setReadOnly(True)
        self.field.setTabChangesFocus(True)
        self.field.setAccessibleName(self.tr("Crash report"))
        self.field.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.field.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.copy_button = QPushButton(self.tr("Copy"))
        self.copy_button.clicked.connect(self._on_copy_clicked)
        self.delete_button = QPushButton(self.tr("Delete"))
        self.delete_button.clicked.connect(self._on_delete_clicked)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addWidget(self.copy_button)
        row.addWidget(self.delete_button)
        row.addStretch(1)
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 18, 18, 16)
        layout.setSpacing(12)
        layout.addWidget(intro)
        layout.addWidget(self.field, 1)
        layout.addLayout(row)
        self.copy_button.setFocus()

    def _on_copy_clicked(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(self.field.toPlainText())

    def _on_delete_clicked(self) -> None:
        self.delete_wanted.emit()
        self.close()
