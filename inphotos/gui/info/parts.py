"""What the sections of the information panel are made of."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from inphotos.gui.tool_tips import as_plain

#: Words take parts of a pixel more than their metrics say.
_ROUNDING = 2


class Section(QWidget):
    """A quiet header and what stands below it.

    Attributes:
        body: the layout below the header.
    """

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = QLabel(title)
        self.header.setProperty("kind", "section")
        self.header.setVisible(bool(title))
        self.body = QVBoxLayout()
        self.body.setSpacing(3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.header)
        layout.addLayout(self.body)


class LinkButton(QPushButton):
    """A link whose text is cut in the middle where it does not fit; the tip has all of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel-link")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._words = self._tip = ""

    @property
    def words(self) -> str:
        """All of the text."""
        return self._words

    def set_words(self, words: str, tip: str = "") -> None:
        """Set the text, and what the tip says even where the text is not cut."""
        self._words, self._tip = words, tip
        self.setAccessibleName(words)
        self.updateGeometry()
        self._fit()

    def _fit(self) -> None:
        metrics, middle = self.fontMetrics(), Qt.TextElideMode.ElideMiddle
        cut = metrics.elidedText(self._words, middle, self.width())
        self.setText(cut.replace("&", "&&"))
        self.setToolTip(as_plain(self._tip or (self._words if cut != self._words else "")))

    # Qt overrides

    def sizeHint(self) -> QSize:
        self.ensurePolished()  # or the width would be that of another font
        width = self.fontMetrics().horizontalAdvance(self._words) + _ROUNDING
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit()
