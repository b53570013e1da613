"""Where the information panel is: beside the photos or the viewer, or over the photos."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, QRect, pyqtSignal
from PyQt6.QtWidgets import QSplitter

from inphotos.gui.info.panel import DEFAULT_WIDTH, GREATEST_WIDTH, LEAST_WIDTH, InfoPanel
from inphotos.gui.paging import Paging
from inphotos.gui.timers import single_shot
from inphotos.gui.viewer.page import ViewerPage

#: What is left for the photos beside the panel, pixels.
LEAST_BESIDE = 360


class PanelPlace(QObject):
    """Shows and hides the panel so that it never makes the window wider.

    Beside the photos there is room for it, or it goes away until there is; who asks for it in a
    narrow window gets it over the photos. In the viewer it is at the right of the photo, where it
    is asked for apart: to look at a photo is not to read about it.

    Attributes:
        width: how wide it is to be, pixels.
        wanted: it is in sight beside the photos wherever there is room for it.
        wanted_in_viewer: it is in sight in the viewer.

    Signals:
        changed(bool): it is in sight now, or not any more.
    """

    changed = pyqtSignal(bool)

    def __init__(self, panel: InfoPanel, splitter: QSplitter, pages: Paging) -> None:
        super().__init__(panel)
        self.width = DEFAULT_WIDTH
        self._panel = panel
        self._splitter = splitter
        self._pages = pages
        self.wanted = self.wanted_in_viewer = False
        self._over = self._viewing = self._resting = False
        self._page: ViewerPage | None = None
        # Not at once: while the splitter lays out its widgets, none may come or go.
        self._soon = single_shot(self, 0, self._fit)
        panel.hide()
        splitter.addWidget(panel)
        splitter.setStretchFactor(splitter.indexOf(panel), 0)
        splitter.splitterMoved.connect(self._on_splitter_moved)
        splitter.installEventFilter(self)
        pages.installEventFilter(self)
        pages.currentChanged.connect(self._fit_soon)

    def serve(self, page: ViewerPage) -> None:
        """Put it beside the viewer too, while that is in sight."""
        self._page = page

    def restore(self, shown: bool, in_viewer: bool, width: int) -> None:
        """Let it be as the user left it."""
        self.width = max(LEAST_WIDTH, min(width, GREATEST_WIDTH))
        self.wanted, self.wanted_in_viewer = shown, in_viewer
        self._fit()

    def set_viewing(self, viewing: bool) -> None:
        """Be in the viewer from now on, or beside the photos of the grid."""
        self._viewing = viewing
        self._fit()

    def set_resting(self, resting: bool) -> None:
        """Be away for as long as nothing is to be beside the photo, as in a slideshow."""
        self._resting = resting
        self._fit()

    def show(self) -> None:
        """Show it, over the photos if need be."""
        if self._viewing:
            self.wanted_in_viewer = True
        else:
            self.wanted, self._over = True, not self._has_room()
        self._fit()

    def hide(self) -> None:
        """Take it away until it is asked for again."""
        if self._viewing:
            self.wanted_in_viewer = False
        else:
            self.wanted = self._over = False
        self._fit()

    def _fit_soon(self) -> None:
        self._soon.start()

    def _has_room(self) -> bool:
        sidebar = self._splitter.widget(0)
        taken = sidebar.width() if sidebar is not None and sidebar.isVisible() else 0
        return self._splitter.width() - taken >= LEAST_BESIDE + LEAST_WIDTH

    def _fit(self) -> None:
        before = not self._panel.isHidden()
        shown = self._fit_in_viewer() if self._viewing else self._fit_beside(before)
        if shown != before:
            self.changed.emit(shown)

    def _fit_in_viewer(self) -> bool:
        """Put it where it belongs in the viewer; tell whether it is in sight."""
        assert self._page is not None
        shown = self.wanted_in_viewer and not self._resting
        self._panel.set_in_viewer(True)
        self._panel.setVisible(shown)
        self._page.set_side(self._panel if shown else None, self.width)
        return shown

    def _fit_beside(self, before: bool) -> bool:
        """Put it where it belongs beside the photos of the grid; tell whether it is in sight."""
        panel, room = self._panel, self._has_room()
        if self._page is not None:
            self._page.set_side(None)
        panel.set_in_viewer(False)
        self._over = self._over and not room
        shown = self.wanted and self._pages.shows_photos and (room or self._over)
        if shown and self._over:
            self._put_over()
        elif shown:
            self._put_beside()
        panel.set_over(self._over)
        panel.setVisible(shown)
        if shown and not self._over and not before:
            self._set_width()
        return shown

    def _put_beside(self) -> None:
        if self._panel.parentWidget() is not self._splitter:
            self._splitter.addWidget(self._panel)
            self._panel.show()
            self._set_width()

    def _put_over(self) -> None:
        pages = self._pages
        if self._panel.parentWidget() is not pages:
            self._panel.setParent(pages)
        width = min(self.width, pages.width())
        self._panel.setGeometry(QRect(pages.width() - width, 0, width, pages.height()))
        self._panel.raise_()

    def _set_width(self) -> None:
        sizes = self._splitter.sizes()
        if len(sizes) == 3:
            room = sum(sizes[1:])
            width = max(LEAST_WIDTH, min(self.width, room - LEAST_BESIDE))
            self._splitter.setSizes([sizes[0], room - width, width])

    def _on_splitter_moved(self) -> None:
        if self._panel.isHidden() or self._over or self._viewing:
            return
        width = self._panel.width()
        if not LEAST_WIDTH <= width <= GREATEST_WIDTH:
            self.width = max(LEAST_WIDTH, min(width, GREATEST_WIDTH))
            self._set_width()
        else:
            self.width = width

    # Qt overrides

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and event.type() == QEvent.Type.Resize:
            self._soon.start()
        return super().eventFilter(watched, event)
