"""How much of the machine indexing may use."""

from __future__ import annotations

from PyQt6.QtGui import QAction

from inphotos.gui.session import Session
from inphotos.gui.settings_dialog.page import SettingsPage
from inphotos.gui.settings_dialog.runtime_panel import RuntimePanel


class SpeedPage(SettingsPage):
    """When and how hard photos are read, and what runs the model.

    Attributes:
        runtime: what runs the model.
        mains: only on mains power.
        pace: full speed, or gently.
    """

    def __init__(self, session: Session, mains_action: QAction) -> None:
        super().__init__(self.tr("Speed"), "speed")
        self._session = session
        self.pace = self.add_choice(
            self.tr("New photos are read"),
            self.tr(
                "Other programs always go first. Gently, indexing rests as long as it works: it "
                "takes twice the time, and the computer stays cooler and quieter."
            ),
            [(False, self.tr("At full speed")), (True, self.tr("Gently"))],
            lambda gently: session.index_gently(bool(gently)),
        )
        self._mains_action = mains_action
        self.mains = self.add_switch(
            self.tr("Only on mains power"),
            self.tr("On battery, new photos can be browsed at once and searched later."),
            self._want_only_on_mains,
        )
        self.mains.follow(mains_action)
        self.runtime = RuntimePanel(self, session)
        self.add_end(self._restore)

    def refresh(self) -> None:
        """Show what holds for the library."""
        self.setEnabled(self._session.library is not None)
        self.pace.show_value(self._session.runs.gentle)
        self.runtime.refresh()

    def _want_only_on_mains(self, wanted: bool) -> None:
        self._mains_action.setChecked(wanted)
        self._session.index_only_on_mains(wanted)

    def _restore(self) -> None:
        self._session.index_gently(False)
        self._want_only_on_mains(False)
        self.runtime.restore()
        self.refresh()
