"""The strip that shows how the copying of photos goes."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from inphotos.events import Progress
from inphotos.gui import wording
from inphotos.gui.icons import IconView

#: A bar counts no further than 2^31, and a large export has more bytes.
_STEPS = 1000


class ExportBar(QFrame):
    """Words, a bar and a button to cancel; in sight only while photos are copied.

    Attributes:
        cancel_button: ends the copying.

    Signals:
        cancelled(): the user wants no more to be copied.
    """

    cancelled = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("footer")
        self.setAccessibleName(self.tr("Copying photos"))
        self._what = QLabel()
        self._how_far = QLabel()
        self._how_far.setProperty("kind", "muted")
        self._waiting = QLabel()
        self._waiting.setProperty("kind", "muted")
        for label in (self._what, self._how_far, self._waiting):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setMinimumWidth(1)  # the window must not grow for a long name
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Copying photos"))
        self._bar.setMinimumWidth(80)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.clicked.connect(self.cancelled)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(20, 7, 20, 7)
        layout.setSpacing(10)
        layout.addWidget(IconView("export", 18))
        layout.addWidget(self._what)
        layout.addWidget(self._bar, 1)
        layout.addWidget(self._how_far)
        layout.addWidget(self._waiting)
        layout.addWidget(self.cancel_button)
        self.hide()

    @property
    def text(self) -> str:
        """What is being copied, and how far that is; empty while it is out of sight."""
        return "" if self.isHidden() else f"{self._what.text()} · {self._how_far.text()}"

    def begin(self, what: str) -> None:
        """Show that photos are being copied, and which, in words."""
        self._what.setText(what)
        self._how_far.setText(self.tr("Getting ready…"))
        self._bar.setRange(0, 0)
        self.cancel_button.setEnabled(True)
        self.show()

    def show_progress(self, progress: Progress) -> None:
        """Show how far it is."""
        if progress.total:
            self._bar.setRange(0, _STEPS)
            self._bar.setValue(_STEPS * progress.done // progress.total)
            self._how_far.setText(wording.progress(progress))

    def set_waiting(self, count: int) -> None:
        """Say how many others wait for their turn."""
        text = self.tr("{count} more to come")
        self._waiting.setText(text.format(count=wording.number(count)))
        self._waiting.setVisible(count > 0)

    def show_stopping(self) -> None:
        """Show that it ends with the piece in hand."""
        self.cancel_button.setEnabled(False)
        self._how_far.setText(self.tr("Stopping…"))
