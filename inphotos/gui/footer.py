"""The strip at the bottom: how indexing goes, and what should not be overlooked."""

from __future__ import annotations

from collections.abc import Iterator

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PyQt6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from inphotos.events import Progress
from inphotos.gui import wording
from inphotos.gui.icons import icon
from inphotos.gui.runs import Runs
from inphotos.gui.timers import single_shot
from inphotos.gui.tool_tips import as_lines

#: How long the outcome of a run is shown.
OUTCOME_MS = 8000

#: At both ends, pixels.
_MARGIN = 20


class Footer(QFrame):
    """Progress while the indexer runs, unreadable photos, and a word about the model.

    Attributes:
        pause_button, stop_button: the user's hand on the indexer.
        failures_button: how many photos could not be read; leads to the list.

    Signals:
        paused(), resumed(), stopped(): the user wants that of the indexer.
        failures_wanted(): the user wants to see the photos that could not be read.
    """

    paused = pyqtSignal()
    resumed = pyqtSignal()
    stopped = pyqtSignal()
    failures_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("footer")
        self._state = "idle"
        self._library = ""
        self._outcome = ""
        self._outcome_timer = single_shot(self, OUTCOME_MS, self._on_outcome_seen)
        self._summary = _Line()
        self._note = QLabel()
        self._note.setProperty("kind", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Indexing"))
        self.failures_button = QPushButton()
        self.failures_button.setProperty("kind", "link")
        self.failures_button.setToolTip(self.tr("Show which, and why"))
        self.failures_button.clicked.connect(self.failures_wanted)
        self.pause_button = _tool_button("pause", self.tr("Pause indexing"))
        self.pause_button.clicked.connect(self._on_pause_clicked)
        self.stop_button = _tool_button("stop", self.tr("Stop indexing; what is done stays"))
        self.stop_button.clicked.connect(self.stopped)
        self._row = row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._summary)
        row.addWidget(self.pause_button)
        row.addWidget(self.stop_button)
        row.addWidget(self.failures_button)
        row.addStretch(1)
        row.addWidget(self._note)
        self._row = row
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, 7, _MARGIN, 7)
        layout.setSpacing(6)
        layout.addWidget(self._bar)
        layout.addLayout(row)
        self._summary.setMinimumHeight(self.pause_button.sizeHint().height())
        self.set_indexing("idle")
        self.set_failures(0)

    @property
    def text(self) -> str:
        """The line about photos or progress."""
        return self._summary.text()

    @property
    def note(self) -> str:
        """The word about the model."""
        return self._note.text()

    def set_library(self, photos: int, folders: int, offline: int = 0) -> None:
        """Say what the library holds; shown while nothing is being indexed.

        Args:
            photos: in all folders.
            folders: how many there are.
            offline: how many of them cannot be reached.
        """
        places = (
            self.tr("in 1 folder")
            if folders == 1
            else self.tr("in {count} folders").format(count=wording.number(folders))
        )
        self._library = f"{wording.photos(photos)} {places}"
        if offline:
            away = (
                self.tr("offline")
                if offline == folders
                else self.tr("{count} of them offline").format(count=wording.number(offline))
            )
            self._library = f"{self._library}, {away}"
        self._show_library()

    def show_outcome(self, outcome: str) -> None:
        """Say for some seconds what a run came to; nothing for nothing."""
        if outcome:
            self._outcome = outcome
            self._outcome_timer.start()
            self._show_library()

    def set_zoom(self, slider: QWidget) -> None:
        """Show the slider for the size of the thumbnails at the right."""
        self._row.addSpacing(10)
        self._row.addWidget(slider)

    def set_note(self, note: str) -> None:
        """Say something about the model in use, or nothing."""
        self._note.setText(note)
        self._fit()

    def set_failures(self, count: int) -> None:
        """Say how many photos could not be read."""
        self.failures_button.setText(wording.unreadable(count))
        self.failures_button.setVisible(count > 0)
        self._fit()

    def serve(self, runs: Runs) -> None:
        """Let the buttons control the runs of the indexer."""
        self.paused.connect(runs.pause)
        self.resumed.connect(runs.resume)
        self.stopped.connect(runs.stop)

    def set_indexing(self, state: str) -> None:
        """Show what the index thread is at, one of ``IndexingState``."""
        before, self._state = self._state, state
        active = state != "idle"
        self.stop_button.setVisible(active)
        # A bar that runs to and fro would say that something goes on.
        stands_still = state in ("paused", "waiting") and not self._bar.maximum()
        self._bar.setVisible(active and not stands_still)
        self.pause_button.setVisible(active and state != "compacting")
        for button in (self.pause_button, self.stop_button):
            button.setEnabled(state != "stopping")
        paused = state == "paused"
        name = self.tr("Go on indexing") if paused else self.tr("Pause indexing")
        self.pause_button.setIcon(icon("resume" if paused else "pause"))
        self.pause_button.setToolTip(name)
        self.pause_button.setAccessibleName(name)
        if state == "idle":
            self._show_library()
            self._bar.setRange(0, 0)
        elif state == "stopping":
            self._say(
                self.tr("Stopping…")
                if before == "compacting"
                else self.tr("Stopping after the photos in hand…")
            )
        elif paused:
            self._say(self._so_far(self.tr("Paused")))
        elif state == "waiting":
            self._say(self._so_far(self.tr("Waiting for mains power")))
        elif state == "compacting":
            self._say(wording.progress(Progress("compacting", 0)))
        else:
            self._say(self.tr("Getting ready…"))

    def show_progress(self, progress: Progress) -> None:
        """Show how far the job is."""
        if progress.total and progress.phase in (
            "indexing",
            "preparing",
            "calibrating",
            "compacting",
        ):
            self._bar.setRange(0, progress.total)
            self._bar.setValue(progress.done)
            self._bar.setVisible(self._state != "idle")
        if self._state in ("running", "compacting"):
            self._say(wording.progress(progress))
        elif self._state == "paused":  # the photos that were in hand are finished now
            self._say(self._so_far(self.tr("Paused")))
        elif self._state == "waiting":
            self._say(self._so_far(self.tr("Waiting for mains power")))

    def _say(self, text: str) -> None:
        self._summary.say(text)
        self._fit()

    def _fit(self) -> None:
        """Leave the word about the model out where what goes on would be cut for it."""
        note = bool(self._note.text())
        self._note.setVisible(note)
        self._row.invalidate()  # it is told of changes later
        room = self.width() - 2 * _MARGIN
        self._note.setVisible(note and self._row.sizeHint().width() <= room)

    def _so_far(self, state: str) -> str:
        """Return a state with how far the indexer has come, where that is known."""
        total = self._bar.maximum()
        if not total:
            return state
        return self.tr("{state} at {done} of {photos}").format(
            state=state, done=wording.number(self._bar.value()), photos=wording.photos(total)
        )

    def _show_library(self) -> None:
        if self._state == "idle":
            parts = (self._library, self._outcome)
            self._say(" · ".join(part for part in parts if part))

    def _on_outcome_seen(self) -> None:
        self._outcome = ""
        self._show_library()

    def _on_pause_clicked(self) -> None:
        (self.resumed if self._state == "paused" else self.paused).emit()

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit()


class _Line(QLabel):
    """What goes on, in parts with a dot between them; where room is scarce, fewer of them."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "muted")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._said = self._shown = ""

    def say(self, text: str) -> None:
        """Say something else."""
        self._said = text
        self.setAccessibleName(text)
        self.setText(text)
        self._fit()

    def _fit(self) -> None:
        metrics, room = self.fontMetrics(), self.width()
        shorter = list(_shorter(self._said))
        fits = (text for text in shorter if metrics.horizontalAdvance(text) <= room)
        cut = metrics.elidedText(shorter[-1], Qt.TextElideMode.ElideRight, room)
        self._shown = next(fits, cut)
        self.setToolTip(as_lines(self._said) if self._shown != self._said else "")

    # Qt overrides

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        place = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(self.contentsRect(), place, self._shown)
        painter.end()


def _shorter(text: str) -> Iterator[str]:
    """Yield a text, then what is left of it as its parts go: how fast first, how long last."""
    yield text
    parts = text.split(" · ")
    if len(parts) > 2:
        yield " · ".join([parts[0], parts[-1]])
    if len(parts) > 1:
        yield parts[0]


def _tool_button(icon_name: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(icon_name))
    button.setIconSize(QSize(16, 16))
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
