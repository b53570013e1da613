"""What runs the model: chosen by measurement, or by the user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject
from PyQt6.QtWidgets import QPushButton

from inphotos.encoders import runtimes
from inphotos.errors import InPhotosError
from inphotos.events import Progress
from inphotos.gui import runtime_wording, wording
from inphotos.gui.sentences import said
from inphotos.gui.session import Session
from inphotos.gui.settings_dialog.page import SettingsPage

if TYPE_CHECKING:
    from inphotos.library import Library
    from inphotos.library.runtimes import ModelRuntimes, RuntimeState


class RuntimePanel(QObject):
    """The rows of a page about what runs the model.

    Attributes:
        choice: automatic, or a runtime.
        button: measures now, or stops that.
    """

    def __init__(self, page: SettingsPage, session: Session) -> None:
        super().__init__(page)
        self._session = session
        self._ready = False
        page.add_section(self.tr("What runs the model"))
        # Whether there are other devices shows when it is measured.
        offered = [r for r in runtimes.KNOWN if runtimes.is_installed(r) and r.device == "cpu"]
        self.choice = page.add_choice(
            self.tr("Run it by"),
            self.tr(
                "Reduced precision is quicker, and is taken only where it finds the same photos. "
                "Automatic takes what is quickest on this computer."
            ),
            [("", self.tr("Automatic")), *((r.name, runtime_wording.name(r)) for r in offered)],
            self._on_chosen,
        )
        self.button = QPushButton()
        self.button.clicked.connect(self._on_button_clicked)
        self._words = page.add_row(self.tr("Measured"), "", self.button)
        session.measuring.progressed.connect(self._on_progressed)
        session.measuring.ended.connect(self._on_ended)
        self._show_button()

    def refresh(self) -> None:
        """Show what runs the model of the library, and what is known of it."""
        library = self._session.library
        self._ready = library is not None and library.runtimes is not None
        self._show_button()
        if self._ready and not self._session.measuring.is_running:
            self._session.ask(_state, self._show, on_error=self._show_error)

    def restore(self) -> None:
        """Run the model by what is quickest."""
        if self.choice.currentData():
            self.choice.show_value("")
            self._on_chosen("")

    def _show(self, state: RuntimeState | None) -> None:
        if state is not None and not self._session.measuring.is_running:
            self._offer(state)
            self.choice.show_value(state.override.image)
            self._say(runtime_wording.summary(state))

    def _offer(self, state: RuntimeState) -> None:
        """Offer what turned out to run here besides."""
        for row in state.verdict.images if state.verdict is not None else ():
            runtime = runtimes.named(row.runtime)
            if runtime is not None and row.speed and self.choice.findData(row.runtime) < 0:
                self.choice.addItem(runtime_wording.name(runtime), row.runtime)

    def _show_error(self, error: InPhotosError) -> None:
        self._say(said(error))

    def _say(self, words: str) -> None:
        self._words.setText(words)
        self.button.setAccessibleDescription(words)

    def _show_button(self) -> None:
        running = self._session.measuring.is_running
        self.button.setText(self.tr("Stop") if running else self.tr("Measure Now"))
        self.button.setEnabled(running or self._ready)
        self.choice.setEnabled(self._ready and not running)

    def _runtimes(self) -> ModelRuntimes | None:
        library = self._session.library
        return library.runtimes if library is not None else None

    def _on_chosen(self, wanted: object) -> None:
        own = self._runtimes()
        if own is not None:
            self._session.measuring.prefer(own, str(wanted))
            self._show_button()

    def _on_button_clicked(self) -> None:
        own = self._runtimes()
        if self._session.measuring.is_running:
            self._session.measuring.stop()
        elif own is not None:
            self._session.measuring.measure(own)
        self._show_button()

    def _on_progressed(self, progress: Progress) -> None:
        self._say(wording.progress(progress))

    def _on_ended(self, error: InPhotosError | None) -> None:
        self.refresh()
        if error is not None:
            self._session.failed.emit(error)


def _state(library: Library) -> RuntimeState | None:
    return library.runtimes.state() if library.runtimes is not None else None
