"""What the sections of the information panel are made of."""

from __future__ import annotations

import re

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PyQt6.QtWidgets import QLabel, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from inphotos.gui.tool_tips import as_plain

_BREAK = "\N{ZERO WIDTH SPACE}"

#: Where a long name may be broken, and how much of one without such places stays together.
_JOINT = re.compile(r"([/\\_.\-,;=&+])(?=\S)")
_LONG = re.compile(r"(\w{22})(?=\w)")

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


class Value(QLabel):
    """A text that can be selected and copied; it breaks anywhere rather than widen the panel.

    Attributes:
        value: the text as it was given.
    """

    def __init__(self, kind: str = "", name: str = "", parent: QWidget | None = None) -> None:
        """Make an empty one, which is hidden.

        Args:
            kind: how it looks, in the style sheet's words.
            name: what it is called for those who hear it.
            parent: see QWidget.
        """
        super().__init__(parent)
        self.value = ""
        if kind:
            self.setProperty("kind", kind)
        self.setAccessibleName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        self.setSizePolicy(policy)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.hide()

    def show_value(self, text: str) -> None:
        """Show a text; nothing at all for an empty one."""
        self.value = text
        shown = _LONG.sub(rf"\1{_BREAK}", _JOINT.sub(rf"\1{_BREAK}", text))
        if shown != self.text():
            self.setText(shown)
        self.setVisible(bool(text))

    def copy(self) -> None:
        """Copy what is selected, or everything, as it was given."""
        clipboard = QGuiApplication.clipboard()
        if clipboard is not None:
            clipboard.setText(self.selectedText().replace(_BREAK, "") or self.value)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent | None) -> None:
        assert event is not None
        menu = QMenu(self)
        copy = menu.addAction(self.tr("Copy"))
        assert copy is not None
        copy.triggered.connect(self.copy)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())


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
