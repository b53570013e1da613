"""What can be done about photos that are alike: fold them, show them, say how alike they are."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QWidget

from inphotos.gui.grid.view import GridView
from inphotos.gui.photo_actions import PhotoActions
from inphotos.gui.photo_search import PhotoSearch
from inphotos.gui.queries import Alike
from inphotos.gui.search_bar import SearchBar
from inphotos.gui.session import Session

if TYPE_CHECKING:
    from inphotos.gui.settings_dialog.alike_panel import AlikePanel
    from inphotos.library import Library
    from inphotos.search.ranking import Result


class AlikeActions(QObject):
    """Carries out what the user wants with photos that are alike.

    Attributes:
        fold_action: checked while photos that are alike are shown as one.
    """

    def __init__(
        self,
        session: Session,
        search: PhotoSearch,
        search_bar: SearchBar,
        grid: GridView,
        photo_actions: PhotoActions,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._search = search
        self._search_bar = search_bar
        self.fold_action = QAction(self.tr("Fold Photos That Are Alike"), window)
        self.fold_action.setCheckable(True)
        self.fold_action.triggered.connect(self._on_fold_triggered)
        self._window = window
        grid.alike_wanted.connect(self.show_alike)
        photo_actions.alike_wanted.connect(self.show_alike)
        session.library_opened.connect(self.show_choice)

    @cached_property
    def panel(self) -> AlikePanel:
        """Says how alike they have to be; a part of the settings, made when it is wanted first."""
        from inphotos.gui.settings_dialog.alike_panel import AlikePanel

        panel = AlikePanel(self._window)
        panel.hide()  # until it is in the settings
        library = self._session.library
        if library is not None:
            panel.show_bits(library.choices.near_duplicate_bits)
        panel.bits_wanted.connect(self._on_bits_wanted)
        self._session.library_opened.connect(self._show_bits)
        self._session.alike_counted.connect(panel.show_count)
        return panel

    def show_alike(self, result: Result) -> None:
        """Show the photos that are folded into one."""
        self._search_bar.set_text("")
        self._search.show(Alike(result.photo_id))

    def count(self) -> None:
        """Say in the panel how many photos are alike."""
        self.panel.show_counting()
        self._session.count_alike()

    def show_choice(self, library: Library) -> None:
        """Show in the menu what is chosen in a library."""
        self.fold_action.setChecked(library.choices.fold)

    def _show_bits(self, library: Library) -> None:
        self.panel.show_bits(library.choices.near_duplicate_bits)

    def _on_fold_triggered(self, wanted: bool) -> None:
        self._session.fold_alike(wanted)
        self._search.show(self._search.query)

    def _on_bits_wanted(self, bits: int) -> None:
        self._session.allow_near_duplicate_bits(bits)
        self._session.count_alike()
        self._search.refresh()
