"""What the pages that consist of a few sentences and buttons have in common."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget


def text_label(text: str, kind: str) -> QLabel:
    """Return a centred label that wraps; ``kind`` is one of the style sheet's."""
    label = QLabel(text)
    label.setProperty("kind", kind)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    # Messages hold names of files and folders: never markup.
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def centred(page: QWidget, content: QWidget) -> None:
    """Put ``content`` in the middle of ``page``, as large as it may be."""
    content.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    layout = QGridLayout(page)
    layout.setContentsMargins(24, 24, 24, 24)
    for edge in (0, 2):
        layout.setColumnStretch(edge, 1)
        layout.setRowStretch(edge, 1)
    layout.setColumnStretch(1, 100)
    layout.setRowStretch(1, 100)
    layout.addWidget(content, 1, 1)
