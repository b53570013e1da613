"""How much alike photos have to be to count as near-duplicates."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from inphotos.gui import wording
from inphotos.gui.timers import single_shot
from inphotos.settings import NEAR_DUPLICATE_BITS

#: Two hashes with as many bits set differ in an even number of bits.
_STEP = 2
_STRICTEST, _LOOSEST = 2, 14

#: After the slider has come to rest for so long, the photos are compared.
REST_MS = 250


class AlikePanel(QWidget):
    """A slider from strict to loose, and what comes of it.

    Attributes:
        slider: how many bits may differ, in steps of two.
        outcome: how many photos are alike.

    Signals:
        bits_wanted(int): the hashes of near-duplicates may differ in so many bits from now on.
    """

    bits_wanted = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        about = QLabel(self.tr("How different versions of one photo may be"))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(self.tr("How different versions of one photo may be"))
        self.slider.setRange(_STRICTEST // _STEP, _LOOSEST // _STEP)
        self.slider.setPageStep(1)
        self.slider.valueChanged.connect(self._on_value_changed)
        self.outcome = QLabel()
        self.outcome.setProperty("kind", "muted")
        self._rest = single_shot(self, REST_MS, lambda: self.bits_wanted.emit(self.bits))
        self._lay_out(about)

    @property
    def bits(self) -> int:
        """What the slider stands at."""
        return self.slider.value() * _STEP

    def show_bits(self, bits: int) -> None:
        """Put the slider where the setting is."""
        self.slider.blockSignals(True)
        self.slider.setValue(bits // _STEP)
        self.slider.blockSignals(False)

    def restore(self) -> None:
        """Put the slider where it was at first."""
        self.slider.setValue(NEAR_DUPLICATE_BITS // _STEP)

    def show_counting(self) -> None:
        """Say that the photos are being compared."""
        self.outcome.setText(self.tr("Comparing photos…"))

    def show_count(self, groups: int, photos: int) -> None:
        """Say how many groups there are, and how many photos in them."""
        self.outcome.setText(wording.groups(groups, photos))

    def _lay_out(self, about: QLabel) -> None:
        ends = QHBoxLayout()
        for text in (self.tr("Strict"), self.tr("Loose")):
            end = QLabel(text)
            end.setProperty("kind", "muted")
            ends.addWidget(end)
        ends.insertStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(about)
        layout.addWidget(self.slider)
        layout.addLayout(ends)
        layout.addWidget(self.outcome)

    def _on_value_changed(self) -> None:
        self.show_counting()
        self._rest.start()
