"""How much alike photos have to be to count as near-duplicates."""

from __future__ import annotations

from PyQt6.QtCore import Qt, QTimer, pyqtSignal
from PyQt6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from inphotos.gui import wording
from inphotos.settings import NEAR_DUPLICATE_BITS

#: Two hashes with as many bits set differ in an even number of bits.
_STEP = 2
_STRICTEST, _LOOSEST = 2, 14

#: After the slider has come to rest for so long, the photos are compared.
REST_MS = 250


class AlikeDialog(QDialog):
    """A slider from strict to loose, and what comes of it.

    Attributes:
        slider: how many bits may differ, in steps of two.
        outcome: how many photos are alike.
        default_button: goes back to how it was at first.

    Signals:
        bits_wanted(int): the hashes of near-duplicates may differ in so many bits from now on.
    """

    bits_wanted = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Alike Photos"))
        about = QLabel(
            self.tr(
                "Copies of a photo, versions that were saved again, resized or edited a little, "
                "and the shots of a burst are shown as one photo with their number. "
                "How different may versions of one photo be?"
            )
        )
        about.setWordWrap(True)
        about.setFixedWidth(420)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(self.tr("How different versions of one photo may be"))
        self.slider.setRange(_STRICTEST // _STEP, _LOOSEST // _STEP)
        self.slider.setPageStep(1)
        self.slider.valueChanged.connect(self._on_value_changed)
        self.outcome = QLabel()
        self.outcome.setProperty("kind", "muted")
        self.default_button = QPushButton(self.tr("Default"))
        self.default_button.clicked.connect(self._on_default_clicked)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.close)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(lambda: self.bits_wanted.emit(self.bits))
        self._lay_out(about, close)

    @property
    def bits(self) -> int:
        """What the slider stands at."""
        return self.slider.value() * _STEP

    def show_bits(self, bits: int) -> None:
        """Put the slider where the setting is."""
        self.slider.blockSignals(True)
        self.slider.setValue(bits // _STEP)
        self.slider.blockSignals(False)
        self._show_default()

    def show_counting(self) -> None:
        """Say that the photos are being compared."""
        self.outcome.setText(self.tr("Comparing photos…"))

    def show_count(self, groups: int, photos: int) -> None:
        """Say how many groups there are, and how many photos in them."""
        self.outcome.setText(wording.groups(groups, photos))

    def _lay_out(self, about: QLabel, close: QPushButton) -> None:
        ends = QHBoxLayout()
        ends.addWidget(QLabel(self.tr("Strict")))
        ends.addStretch(1)
        ends.addWidget(QLabel(self.tr("Loose")))
        buttons = QHBoxLayout()
        buttons.addWidget(self.default_button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 18, 18, 16)
        layout.setSpacing(8)
        layout.addWidget(about)
        layout.addSpacing(6)
        layout.addWidget(self.slider)
        layout.addLayout(ends)
        layout.addWidget(self.outcome)
        layout.addSpacing(6)
        layout.addLayout(buttons)

    def _show_default(self) -> None:
        self.default_button.setEnabled(self.bits != NEAR_DUPLICATE_BITS)

    def _on_value_changed(self) -> None:
        self._show_default()
        self.show_counting()
        self._rest.start()

    def _on_default_clicked(self) -> None:
        self.slider.setValue(NEAR_DUPLICATE_BITS // _STEP)
