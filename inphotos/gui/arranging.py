"""The user's choice of the order and the groups of photos."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QAction, QActionGroup
from PyQt6.QtWidgets import QMenu

from inphotos.gui import wording
from inphotos.gui.pages.photos import PhotosPage
from inphotos.gui.photo_search import PhotoSearch
from inphotos.gui.queries import Arrangement, Everything
from inphotos.search.arrangements import GROUPS, SORTS


class Arranging(QObject):
    """Offers orders and groups in the head of the photos and in menus; those in use are checked.

    Browsing through all photos and searching each keep their own.

    Attributes:
        sorts, groups: what can be chosen.
    """

    def __init__(self, search: PhotoSearch, page: PhotosPage) -> None:
        super().__init__(page)
        self._search = search
        self._page = page
        self.sorts = self._actions([(key, wording.sort(key)) for key in SORTS], self._on_sort)
        self.groups = self._actions([(key, wording.group(key)) for key in GROUPS], self._on_group)
        page.sort_button.setMenu(self.menu(self.tr("Sort By"), self.sorts))
        page.group_button.setMenu(self.menu(self.tr("Group By"), self.groups))
        search.answered.connect(self._show)
        search.failed.connect(self._show)
        self._show()

    def menu(self, title: str, actions: Sequence[QAction]) -> QMenu:
        """Return a menu that offers the orders, or the groups."""
        menu = QMenu(title, self._page)
        menu.addActions(actions)
        return menu

    def _actions(
        self, choices: Sequence[tuple[str, str]], on_chosen: Callable[[QAction], None]
    ) -> list[QAction]:
        group = QActionGroup(self)
        group.triggered.connect(on_chosen)
        actions = []
        for key, name in choices:
            action = QAction(name, group)
            action.setCheckable(True)
            action.setData(key)
            actions.append(action)
        return actions

    def _on_sort(self, action: QAction) -> None:
        self._arrange(replace(self._search.arrangement, sort=action.data()))

    def _on_group(self, action: QAction) -> None:
        self._arrange(replace(self._search.arrangement, group=action.data()))

    def _arrange(self, arrangement: Arrangement) -> None:
        self._search.arrange(arrangement)
        self._show()

    def _show(self) -> None:
        """Show which order and groups are in use."""
        arrangement = self._search.arrangement
        # There is no relevance without a query.
        self.sorts[0].setVisible(not isinstance(self._search.query, Everything))
        for action in self.sorts:
            action.setChecked(action.data() == arrangement.sort)
        for action in self.groups:
            action.setChecked(action.data() == arrangement.group)
        self._page.show_arrangement(
            wording.sort(arrangement.sort),
            wording.group(arrangement.group),
            grouped=arrangement.group != "none",
        )
