"""The information panel on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PyQt6.QtCore import QEvent, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QPalette
from PyQt6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from inphotos.errors import InPhotosError, display_path
from inphotos.gui import wording
from inphotos.gui.grid.thumbnails import Thumbnails
from inphotos.gui.icons import IconView, icon
from inphotos.gui.info.facts import SPACING, FactsView
from inphotos.gui.info.pictures import Preview
from inphotos.gui.info.similar import SimilarStrip
from inphotos.gui.info.why import WhyView
from inphotos.gui.photo_facts import day, facts, presence
from inphotos.gui.sentences import said
from inphotos.gui.tool_tips import as_plain
from inphotos.gui.value import Value

if TYPE_CHECKING:
    from inphotos.library import PhotoDetails
    from inphotos.search.ranking import Presence, Result
    from inphotos.search.summary import Summary

DEFAULT_WIDTH, LEAST_WIDTH, GREATEST_WIDTH = 300, 230, 520

#: Around the content, and what the scroll bar takes of it, pixels.
_MARGIN, _BAR = 18, 12


class InfoPanel(QFrame):
    """What is known of one photo, what several amount to, or a word where none is chosen.

    It knows no library: what it shows is told to it.

    Attributes:
        close_button: closes it.
        preview, facts, why, similar: its parts.
        name, day, time, state: the lines below the preview.

    Signals:
        closed(): the user wants it away.
        left(): the user wants to go back to the photos with the keys.
    """

    closed = pyqtSignal()
    left = pyqtSignal()

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("info")
        self.setAccessibleName(self.tr("Information"))
        self.setProperty("over", False)
        self._in_viewer = False
        # As narrow as the window needs it; how wide it is else, is for the splitter to say.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self.preview = Preview(thumbnails)
        self.name = Value("title", self.tr("Name"))
        self.state = Value("", self.tr("State"))
        self.day = Value("", self.tr("Taken"))
        self.time = Value("muted", self.tr("Time"))
        self._sign = IconView("warning", 18)
        self.facts = FactsView()
        self.why = WhyView()
        self.similar = SimilarStrip(thumbnails)
        # Widgets, which can be hidden: an empty layout inside another one upsets its heights.
        self._trouble, self._own = QWidget(), QWidget()
        self._own.hide()
        self._hint = QLabel(self.tr("Choose a photo to see more about it."))
        self._hint.setProperty("kind", "muted")
        self._hint.setWordWrap(True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._content = QWidget()
        self._scroll = QScrollArea()
        self._scroll.setObjectName("facts")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        self.show_nothing()

    def add_section(self, widget: QWidget) -> None:
        """Put a widget below the preview and the date."""
        column = self._own.layout()
        assert column is not None
        column.addWidget(widget)
        self._own.show()

    def set_over(self, over: bool) -> None:
        """Draw an edge at the left where it is over the photos, or none."""
        if over != self.property("over"):
            self.setProperty("over", over)
            style = self.style()
            if style is not None:
                style.polish(self)

    def set_in_viewer(self, in_viewer: bool) -> None:
        """Leave out the picture where the photo itself is beside it."""
        if in_viewer != self._in_viewer:
            self._in_viewer = in_viewer
            self.preview.setVisible(not in_viewer)

    def show_nothing(self) -> None:
        """Say that no photo is chosen."""
        self._content.hide()
        self._hint.show()
        self.why.show_why(None)
        self.similar.show_photos(())

    def show_photo(self, result: Result) -> None:
        """Begin with another photo: what is known of it at once, in the place of the former one."""
        self._begin(display_path(result.path.name))
        self.preview.show_photo(result)
        self.preview.setAccessibleName(self.tr("Open {name}").format(name=self.name.value))
        self.preview.setToolTip(self.tr("Open"))
        self.preview.setVisible(not self._in_viewer)
        self._show_state(wording.presence(result.presence, result.path.parent), result.presence)
        self.facts.begin(result)
        self.facts.show()

    def show_details(self, details: PhotoDetails, alike: int) -> None:
        """Add what the library knows of the photo."""
        known = facts(details)
        self._show_state(known.state, presence(details))
        self.day.show_value(known.day)
        self.time.show_value(known.time)
        self.facts.show_facts(known, alike)

    def show_trouble(self, error: InPhotosError) -> None:
        """Say why there is no more to be known of the photo."""
        self._show_state(said(error), "here")

    def show_several(self, results: Sequence[Result], first: Result) -> None:
        """Begin with several photos.

        Args:
            results: all of them.
            first: the one whose picture stands for them.
        """
        chosen = self.tr("{photos} selected").format(photos=wording.photos(len(results)))
        self._begin(chosen)
        self.preview.show_photo(first)
        self.preview.setVisible(not self._in_viewer)
        self.facts.hide()
        self.why.show_why(None)
        self.similar.show_photos(())

    def show_summary(self, summary: Summary) -> None:
        """Add what several photos amount to."""
        self.time.show_value(wording.size(summary.bytes))
        if summary.first is None or summary.last is None:
            return
        first, last = day(summary.first), day(summary.last)
        between = self.tr("{first} to {last}").format(first=first, last=last)
        self.day.show_value(first if first == last else between)

    def _begin(self, title: str) -> None:
        self._hint.hide()
        self._content.show()
        self.name.show_value(title)
        self.name.setToolTip(as_plain(title))
        self._show_state("", "here")
        for value in (self.day, self.time):
            value.show_value("")
        self._scroll.ensureVisible(0, 0)

    def _show_state(self, text: str, presence: Presence) -> None:
        """Say why the photo cannot be opened or read, with a sign; nothing for nothing."""
        self._sign.show_icon("warning" if presence == "here" else presence)
        self._trouble.setVisible(bool(text))
        self.state.show_value(text)

    def _lay_out(self) -> None:
        state = QHBoxLayout(self._trouble)
        state.setContentsMargins(0, 5, 0, 0)
        state.setSpacing(8)
        state.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        state.addWidget(self.state, 1)
        words = QVBoxLayout()
        words.setSpacing(3)
        for value in (self.name, self.day, self.time):
            words.addWidget(value)
        words.addWidget(self._trouble)
        sections = QVBoxLayout(self._own)
        sections.setContentsMargins(0, 0, 0, 0)
        sections.setSpacing(SPACING)
        layout = QVBoxLayout(self._content)
        # The scroll bar is a margin of its own, which is always there so that nothing jumps.
        layout.setContentsMargins(_MARGIN, 0, _MARGIN - _BAR, _MARGIN)
        layout.setSpacing(SPACING)
        layout.addWidget(self.preview)
        layout.addLayout(words)
        layout.addWidget(self._own)
        for part in (self.why, self.facts, self.similar):
            layout.addWidget(part)
        layout.addStretch(1)
        inside = QWidget()
        around = QVBoxLayout(inside)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._content)
        around.addWidget(self._hint, 1)
        self._hint.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, 3 * _MARGIN)
        self._scroll.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self._head())
        outer.addWidget(self._scroll, 1)

    def _head(self) -> QHBoxLayout:
        title = QLabel(self.tr("Information"))
        title.setProperty("kind", "title")
        self.close_button = QToolButton()
        self.close_button.setIcon(icon("close", QPalette.ColorRole.WindowText))
        self.close_button.setIconSize(QSize(14, 14))
        self.close_button.setAccessibleName(self.tr("Close the information"))
        self.close_button.setToolTip(self.tr("Close (Ctrl+I)"))
        self.close_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_button.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setContentsMargins(_MARGIN, 3, 10, 6)
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.close_button)
        return head

    # Qt overrides

    def event(self, event: QEvent | None) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()  # in the window it leaves the search
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        assert event is not None
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(DEFAULT_WIDTH, 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
