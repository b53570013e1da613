"""Where the information panel is: beside the photos, or over them where the window is narrow."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, QRect, QTimer, pyqtSignal
from PyQt6.QtWidgets import QSplitter

from inphotos.gui.info.panel import DEFAULT_WIDTH, GREATEST_WIDTH, LEAST_WIDTH, InfoPanel
from inphotos.gui.paging import Paging

#: What is left for the photos beside the panel, pixels.
LEAST_BESIDE = 360


class PanelPlace(QObject):
    """Shows and hides the panel so that it never makes the window wider.

    Beside the photos there is room for it, or it goes away until there is; who asks for it in a
    narrow window gets it over the photos.

    Attributes:
        width: how wide it is to be, pixels.

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
        self._wanted = self._over = False
        # Not at once: while the splitter lays out its widgets, none may come or go.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._fit)
        panel.hide()
        splitter.addWidget(panel)
        splitter.setStretchFactor(splitter.indexOf(panel), 0)
        splitter.splitterMoved.connect(self._on_splitter_moved)
        splitter.installEventFilter(self)
        pages.installEventFilter(self)
        pages.currentChanged.connect(self._fit_soon)

    @property
    def wanted(self) -> bool:
        """Whether it is in sight wherever there is room for it."""
        return self._wanted

    def restore(self, shown: bool, width: int) -> None:
        """Let it be as the user left it."""
        self.width = max(LEAST_WIDTH, min(width, GREATEST_WIDTH))
        self._wanted = shown
        self._fit()

    def show(self) -> None:
        """Show it, over the photos if need be."""
        self._wanted, self._over = True, not self._has_room()
        self._fit()

    def hide(self) -> None:
        """Take it away until it is asked for again."""
        self._wanted = self._over = False
        self._fit()

    def _fit_soon(self) -> None:
        self._soon.start()

    def _has_room(self) -> bool:
        sidebar = self._splitter.widget(0)
        taken = sidebar.width() if sidebar is not None and sidebar.isVisible() else 0
        return self._splitter.width() - taken >= LEAST_BESIDE + LEAST_WIDTH

    def _fit(self) -> None:
        panel, before = self._panel, not self._panel.isHidden()
        room = self._has_room()
        self._over = self._over and not room
        shown = self._wanted and self._pages.shows_photos and (room or self._over)
        if shown and self._over:
            self._put_over()
        elif shown:
            self._put_beside()
        panel.set_over(self._over)
        panel.setVisible(shown)
        if shown and not self._over and not before:
            self._set_width()
        if shown != before:
            self.changed.emit(shown)

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
        if self._panel.isHidden() or self._over:
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
