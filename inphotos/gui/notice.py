"""The quiet bar that tells of trouble, with a way out where there is one."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QPalette
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget

from inphotos.gui.icons import IconView, icon
from inphotos.gui.value import Value


class NoticeBar(QWidget):
    """Shows one notice at a time, the latest; it stays until the user or an event takes it away.

    Attributes:
        button: the way out, where there is one.
        decline_button: leaves things as they are, where that is an answer of its own.

    Signals:
        dismissed(): the user has closed it, or left things as they are.
    """

    dismissed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action: Callable[[], None] | None = None
        bar = QFrame()
        bar.setObjectName("notice")
        self.setAccessibleName(self.tr("Notice"))
        self._sign = IconView("warning", 18)
        self._label = Value()
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QPushButton()
        self.button.clicked.connect(self._on_action_clicked)
        self.decline_button = QPushButton()
        self.decline_button.clicked.connect(self._on_close_clicked)
        close = QToolButton()
        close.setIcon(icon("close", QPalette.ColorRole.WindowText))
        close.setAccessibleName(self.tr("Close the notice"))
        close.setToolTip(self.tr("Close"))
        close.clicked.connect(self._on_close_clicked)
        around = QHBoxLayout(self)
        around.setContentsMargins(20, 2, 20, 6)
        around.addWidget(bar)
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(12, 6, 6, 6)
        layout.setSpacing(10)
        layout.addWidget(self._sign)
        layout.addWidget(self._label, 1)
        layout.addWidget(self.decline_button)
        layout.addWidget(self.button)
        layout.addWidget(close)
        self.hide()

    @property
    def text(self) -> str:
        """The notice that is shown, empty when there is none."""
        return self._label.value if self.isVisibleTo(self.parentWidget()) else ""

    def tell(
        self,
        text: str,
        action: str | None = None,
        on_action: Callable[[], None] | None = None,
        *,
        decline: str | None = None,
        sign: str = "warning",
    ) -> None:
        """Show a sentence, with a button where something can be done about it.

        Args:
            text: the sentence.
            action, on_action: what the button says and does.
            decline: what a second button says that leaves things as they are.
            sign: the icon.
        """
        self._sign.show_icon(sign)
        self._label.show_value(text)
        self._action = on_action
        self.button.setText(action or "")
        self.button.setVisible(action is not None)
        self.decline_button.setText(decline or "")
        self.decline_button.setVisible(decline is not None)
        self.show()

    def dismiss(self) -> None:
        """Take the notice away."""
        self.hide()
        self._action = None

    def withdraw(self, text: str) -> None:
        """Take the notice away if it is still this one, and not one of somebody else's."""
        if text and self.text == text:
            self.dismiss()

    def _on_action_clicked(self) -> None:
        action = self._action
        self.dismiss()
        if action is not None:
            action()

    def _on_close_clicked(self) -> None:
        self.dismiss()
        self.dismissed.emit()
