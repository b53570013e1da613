"""One photo after the other, by itself."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject, pyqtSignal

from inphotos.gui.keyboard.table import KeyHint
from inphotos.gui.timers import single_shot


class Slideshow(QObject):
    """Says when to go on, which is never before the next photo can be seen.

    Attributes:
        seconds: how long to stay with a photo.

    Signals:
        changed(): it was begun, paused, taken up again or ended.
    """

    changed = pyqtSignal()

    def __init__(
        self, is_ready: Callable[[], bool], go_on: Callable[[], object], parent: QObject
    ) -> None:
        """Prepare.

        Args:
            is_ready: tells whether the next photo can be shown at once.
            go_on: shows it.
            parent: Qt's owner.
        """
        super().__init__(parent)
        self.seconds = 5.0
        self._is_ready = is_ready
        self._go_on = go_on
        self._running = self._paused = self._due = False
        self._timer = single_shot(self, 0, self._on_due)

    def key_hints(self) -> tuple[str, tuple[KeyHint, ...]]:
        """Return what the keys of the viewer do otherwise while it runs."""
        return self.tr("Slideshow"), (
            KeyHint(self.tr("Pause, or go on"), ("Space",)),
            KeyHint(self.tr("Go to the next photo or the one before at once"), ("Right", "Left")),
            KeyHint(self.tr("End the slideshow"), ("Esc",)),
        )

    @property
    def running(self) -> bool:
        """Whether it has been begun and not ended."""
        return self._running

    @property
    def paused(self) -> bool:
        """Whether it stays with a photo until the user lets it go on."""
        return self._paused

    def start(self) -> None:
        """Begin with the photo that is shown."""
        self._running, self._paused = True, False
        self.stay()
        self.changed.emit()

    def stop(self) -> None:
        """End it."""
        if self._running:
            self._running = self._paused = self._due = False
            self._timer.stop()
            self.changed.emit()

    def toggle_pause(self) -> None:
        """Pause, or go on."""
        self._paused = not self._paused
        self._due = False
        if self._paused:
            self._timer.stop()
        else:
            self.stay()
        self.changed.emit()

    def stay(self) -> None:
        """Begin to count anew: another photo is shown."""
        self._due = False
        if self._running and not self._paused:
            self._timer.start(round(self.seconds * 1000))

    def look(self) -> None:
        """Go on if it is time: the next photo may be there by now."""
        if self._due and self._is_ready():
            self._due = False
            self._go_on()

    def _on_due(self) -> None:
        self._due = True
        self.look()
