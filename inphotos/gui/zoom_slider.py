"""The slider for the size of the tiles."""

from __future__ import annotations

from math import log

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QSlider, QToolButton, QWidget

from inphotos.gui.grid.view import LEAST_TILE_SIZE, MOST_TILE_SIZE, GridView
from inphotos.gui.icons import icon

#: The slider has so many places, each larger than the one before by the same share.
PLACES = 100


class ZoomSlider(QWidget):
    """Makes the tiles of a grid larger and smaller, and shows how large they are.

    It is shown where there is room for it as a whole, and widens no window.

    Attributes:
        slider: the slider.
        smaller_button, larger_button: make one step.
    """

    def __init__(self, grid: GridView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = grid
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, PLACES)
        self.slider.setPageStep(PLACES // 8)
        self.slider.setFixedWidth(110)
        self.slider.setAccessibleName(self.tr("Size of the thumbnails"))
        self.slider.setToolTip(self.tr("Size of the thumbnails (Ctrl and the mouse wheel)"))
        self.slider.valueChanged.connect(self._on_value_changed)
        self.smaller_button = self._button(
            "tiles-small", self.tr("Smaller thumbnails"), "Ctrl+-", -1
        )
        self.larger_button = self._button("tiles-large", self.tr("Larger thumbnails"), "Ctrl++", 1)
        self._whole = QWidget(self)
        row = QHBoxLayout(self._whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for widget in (self.smaller_button, self.slider, self.larger_button):
            row.addWidget(widget)
        grid.tile_size_changed.connect(self._on_tile_size_changed)
        self._on_tile_size_changed(grid.tile_size)

    def _button(self, sign: str, name: str, keys: str, steps: int) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(sign))
        button.setIconSize(QSize(14, 14))
        button.setAccessibleName(name)
        button.setToolTip(f"{name} ({keys})")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # Not the function itself: the signal brings whether the button is checked.
        button.clicked.connect(lambda: self._grid.zoom(steps))
        return button

    def _on_value_changed(self, value: int) -> None:
        size = LEAST_TILE_SIZE * (MOST_TILE_SIZE / LEAST_TILE_SIZE) ** (value / PLACES)
        self._grid.tile_size = round(size)

    def _on_tile_size_changed(self, size: int) -> None:
        share = log(size / LEAST_TILE_SIZE) / log(MOST_TILE_SIZE / LEAST_TILE_SIZE)
        # Without telling of it: its places are coarser than the sizes there are.
        self.slider.blockSignals(True)
        self.slider.setValue(round(share * PLACES))
        self.slider.blockSignals(False)

    # Qt overrides

    def sizeHint(self) -> QSize:
        return self._whole.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._whole.minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        wanted = self._whole.sizeHint().width()
        self._whole.setGeometry(self.width() - wanted, 0, wanted, self.height())
        self._whole.setVisible(self.width() >= wanted)
