"""The page that is shown for a damaged library: what can be done, and how far that is."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QProgressBar, QWidget

from inphotos.errors import InPhotosError
from inphotos.events import Progress
from inphotos.gui.breaks import breakable
from inphotos.gui.pages.card import text_label
from inphotos.gui.pages.message import MessagePage
from inphotos.gui.sentences import said


class RepairPage(MessagePage):
    """Offers to repair the library, and shows how far that is.

    Attributes:
        stop_button: ends a repair.

    Signals:
        repair_wanted(), stop_wanted(), quit_wanted(): the choices.
    """

    repair_wanted = pyqtSignal()
    stop_wanted = pyqtSignal()
    quit_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("warning", parent)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Repair"))
        self._amount = text_label("", "muted")
        self.add_above_buttons(self._bar)
        self.add_above_buttons(self._amount)
        self.add_button(self.tr("Repair the Library"), self.repair_wanted.emit)
        self.add_button(self.tr("Stop"), self.stop_wanted.emit)
        self.add_button(self.tr("Quit"), self.quit_wanted.emit)
        self.stop_button = self.buttons[1]

    @property
    def amount(self) -> str:
        """How far the repair is, in words."""
        return self._amount.text()

    def offer(self, error: InPhotosError | None = None) -> None:
        """Offer to repair the library.

        Args:
            error: why the last repair came to nothing.
        """
        promise = self.tr(
            "Your photos are not in it and are untouched. InPhotos can repair the library: "
            "everything that can still be read is kept, favourites, ratings, tags, saved searches "
            "and folders are restored from their last backup where they need to be, and the "
            "damaged files are set aside."
        )
        self.say(
            self.tr("The library is damaged"),
            promise if error is None else breakable(said(error)),
        )
        self._show_working(False)

    def show_work(self) -> None:
        """Show that the repair has begun."""
        self.say(
            self.tr("The library is being repaired"),
            self.tr("If you stop, nothing is lost, and you can repair it later."),
        )
        self._bar.setRange(0, 0)
        self._amount.setText(self.tr("Looking for damage…"))
        self.stop_button.setEnabled(True)
        self._show_working(True)

    def show_progress(self, progress: Progress) -> None:
        """Show how far the repair is."""
        if not (progress.total and self.stop_button.isEnabled()):
            return
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)
        share = f"{100 * progress.done // progress.total} %"
        self._amount.setText(" · ".join([self.tr("Saving what can be read…"), share]))

    def show_stopping(self) -> None:
        """Show that it ends with what is in hand."""
        self.stop_button.setEnabled(False)
        self._amount.setText(self.tr("Stopping…"))

    def _show_working(self, working: bool) -> None:
        repair, stop, quit_ = self.buttons
        for widget in (self._bar, self._amount, stop):
            widget.setVisible(working)
        for button in (repair, quit_):
            button.setVisible(not working)
        (stop if working else repair).setFocus()
