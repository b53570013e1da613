"""The slider that moves the line between photos that match and those that do not."""

from __future__ import annotations

from PyQt6.QtCore import QPoint, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QPalette
from PyQt6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from inphotos.gui.icons import icon
from inphotos.gui.timers import single_shot

#: The slider has so many steps to each side.
STEPS = 20

#: While the slider moves, photos are asked for at most this often.
_REST_MS = 120


class MatchLine(QPushButton):
    """A button that opens the slider under it.

    Attributes:
        panel: what opens.

    Signals:
        strictness_chosen(float): how sure a match has to be, -1 (lenient) to 1 (strict).
    """

    strictness_chosen = pyqtSignal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "quiet")
        self.setToolTip(self.tr("What counts as a match: more photos, or surer ones"))
        self.setText(self.tr("Match line"))
        # At the right of the words, as on the buttons beside it.
        self.setIcon(icon("chevron", QPalette.ColorRole.PlaceholderText))
        self.setIconSize(QSize(12, 12))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.hide()
        self.panel = _Panel(self)
        self.panel.strictness_chosen.connect(self.strictness_chosen)
        self.clicked.connect(self._on_clicked)

    def set_strictness(self, strictness: float) -> None:
        """Show a strictness without reporting it."""
        self.panel.set_strictness(strictness)

    def _on_clicked(self) -> None:
        self.panel.adjustSize()
        place = self.mapToGlobal(QPoint(self.width() - self.panel.width(), self.height() + 4))
        self.panel.move(place)
        self.panel.show()
        self.panel.slider.setFocus(Qt.FocusReason.PopupFocusReason)


class _Panel(QFrame):
    """The slider with what its ends mean."""

    strictness_chosen = pyqtSignal(float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("panel")
        self._rest = single_shot(self, _REST_MS, self._report)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(-STEPS, STEPS)
        self.slider.setPageStep(STEPS // 4)
        self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.slider.setTickInterval(STEPS)
        self.slider.setMinimumWidth(260)
        self.slider.setAccessibleName(self.tr("How sure a match has to be"))
        self.slider.valueChanged.connect(self._on_value_changed)
        self.reset_button = QPushButton(self.tr("As Learned from Your Photos"))
        self.reset_button.setProperty("kind", "link")
        self.reset_button.clicked.connect(lambda: self.slider.setValue(0))
        headline = QLabel(self.tr("How sure a match has to be"))
        headline.setProperty("kind", "title")
        ends = QHBoxLayout()
        for text, place in (
            (self.tr("More photos"), Qt.AlignmentFlag.AlignLeft),
            (self.tr("Surer matches"), Qt.AlignmentFlag.AlignRight),
        ):
            label = QLabel(text)
            label.setProperty("kind", "muted")
            ends.addWidget(label, 0, place)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(6)
        layout.addWidget(headline)
        layout.addWidget(self.slider)
        layout.addLayout(ends)
        layout.addWidget(self.reset_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._show_reset()

    def set_strictness(self, strictness: float) -> None:
        """Show a strictness without reporting it."""
        self.slider.blockSignals(True)
        self.slider.setValue(round(strictness * STEPS))
        self.slider.blockSignals(False)
        self._rest.stop()
        self._show_reset()

    def _show_reset(self) -> None:
        self.reset_button.setEnabled(self.slider.value() != 0)

    def _on_value_changed(self) -> None:
        self._show_reset()
        if not self._rest.isActive():
            self._rest.start()

    def _report(self) -> None:
        self.strictness_chosen.emit(self.slider.value() / STEPS)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.hide()
        else:
            super().keyPressEvent(event)
