"""The page with the photos: a heading, examples to try, and the grid."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QIcon, QPainter, QPaintEvent, QPalette, QResizeEvent
from PyQt6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from inphotos.gui.grid.view import GridView
from inphotos.gui.icons import icon
from inphotos.gui.match_line import MatchLine
from inphotos.gui.pages.message import MessagePage
from inphotos.gui.selection_bar import SelectionBar
from inphotos.gui.tool_tips import as_lines

#: Most of what a heading says is in so many pixels.
_READABLE = 240

#: What the bundled model is sure of, for the user to click.
DEMO_QUERIES = ("sunset over the sea", "a red car", "mountains with snow")

#: Of the line above the photos, pixels.
_HEAD_HEIGHT = 32


class PhotosPage(QWidget):
    """Shows the results of a query, or says why there are none.

    Attributes:
        heading: what is shown, and how well it matches.
        back_button: leaves a search for similar photos.
        match_line: moves the line between matches and others.
        sort_button, group_button: tell the order and the groups, and offer others.
        empty: what is shown in place of the grid when there are no photos.

    Signals:
        example_chosen(str): the user wants to try this query.
        everything_wanted(): the user wants to see all photos again.
        folder_wanted(): the user wants to add a folder.
    """

    example_chosen = pyqtSignal(str)
    everything_wanted = pyqtSignal()
    folder_wanted = pyqtSignal()

    def __init__(self, grid: GridView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = _Heading()
        self.heading.setProperty("kind", "title")
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.back_button = QPushButton()
        self.back_button.setProperty("kind", "link")
        self.back_button.setAccessibleName(self.tr("Show all photos"))
        self.back_button.setIconSize(QSize(16, 16))
        self.back_button.clicked.connect(self.everything_wanted)
        self.back_button.hide()
        self._examples = _Examples()
        self._examples_wanted = False
        self._grouped = self._arranged = False
        self._examples_row = QHBoxLayout(self._examples)
        self._examples_row.setContentsMargins(0, 0, 0, 0)
        self._examples_row.setSpacing(8)
        hint = QLabel(self.tr("Try:"))
        hint.setProperty("kind", "muted")
        self._examples_row.addWidget(hint)
        self._examples.hide()
        self.match_line = MatchLine()
        self.sort_button = _MenuButton()
        self.group_button = _MenuButton()
        self.empty = MessagePage("photo")
        self.empty.add_button(self.tr("Add Folder…"), self.folder_wanted.emit)
        self._grid = grid
        self._stack = QStackedWidget()
        self._stack.addWidget(grid)
        self._stack.addWidget(self.empty)
        self._heads = QStackedWidget()
        self._heads.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        plain = QWidget()
        self._heads.addWidget(plain)
        self._head = head = QHBoxLayout(plain)
        head.setContentsMargins(20, 4, 20, 4)
        head.setSpacing(8)
        # As high as it is with examples, which come and go: the photos below stay in their places.
        head.addStrut(_HEAD_HEIGHT)
        head.addWidget(self.heading)
        head.addWidget(self.back_button)
        head.addStretch(1)
        head.addWidget(self._examples)
        head.addSpacing(4)
        head.addWidget(self.match_line)
        head.addWidget(self.sort_button)
        head.addWidget(self.group_button)
        self._column = layout = QVBoxLayout(self)
        # The grid's cells bring a margin of their own; with it the edges align with the heading.
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._heads)
        body = QVBoxLayout()
        body.setContentsMargins(15, 0, 3, 0)
        body.addWidget(self._stack)
        layout.addLayout(body, 1)

    def set_selection_bar(self, bar: SelectionBar) -> None:
        """Show a bar in place of the heading and the controls while photos are selected."""
        self._heads.addWidget(bar)
        bar.needed.connect(self._heads.setCurrentIndex)

    def add_banner(self, banner: QWidget) -> None:
        """Let something that concerns all photos stand above them."""
        self._column.insertWidget(0, banner)

    def set_examples(self, examples: Sequence[str]) -> None:
        """Set the queries that are offered to try; :meth:`set_examples_shown` shows them."""
        while (item := self._examples_row.takeAt(1)) is not None:
            former = item.widget()
            assert former is not None
            former.hide()
            former.deleteLater()
        for example in examples:
            button = QPushButton(example)
            button.setProperty("kind", "example")
            button.setMaximumHeight(_HEAD_HEIGHT)
            button.setToolTip(self.tr("Search for this"))
            button.clicked.connect(partial(self.example_chosen.emit, example))
            self._examples_row.addWidget(button)
        self._fit_head()

    def set_examples_shown(self, shown: bool) -> None:
        """Show the queries to try where there is room for them, or hide them."""
        self._examples_wanted = shown
        self._fit_head()

    def show_arrangement(self, sort: str, group: str, *, grouped: bool) -> None:
        """Tell the order and the groups of the photos, in the words of the menus."""
        self._grouped = grouped
        brief = group if grouped else self.tr("No groups")
        self.sort_button.set_words(self.tr("Sort: {sort}").format(sort=sort), sort)
        self.group_button.set_words(self.tr("Group: {group}").format(group=group), brief)
        self._fit_head()

    def show_grid(
        self,
        heading: str,
        *,
        can_leave: bool,
        judged: bool = False,
        arranged: bool = True,
        advice: str = "",
    ) -> None:
        """Show the grid under a heading.

        Args:
            heading: what the grid shows.
            can_leave: offer a way back to all photos.
            judged: some photos match and others do not, and the line between them can be moved.
            arranged: order and groups are for the user to choose.
            advice: what can be done about it that the grid is empty; shown in its place.
        """
        self.match_line.setVisible(judged)
        self.heading.setText(heading)
        self.heading.setToolTip(as_lines(heading))
        self.back_button.setVisible(can_leave)
        self._show_controls(shown=arranged and not advice)
        if advice:
            self.empty.say("", advice)
            self.empty.buttons[0].hide()
        self._stack.setCurrentWidget(self.empty if advice else self._grid)

    def show_empty(self, headline: str, body: str, *, offer_folder: bool) -> None:
        """Say why there are no photos to show."""
        self.heading.setText("")
        self.back_button.hide()
        self.match_line.hide()
        self._show_controls(shown=False)
        self.empty.say(headline, body)
        self.empty.buttons[0].setVisible(offer_folder)
        self._stack.setCurrentWidget(self.empty)

    def _show_controls(self, *, shown: bool) -> None:
        self._arranged = shown
        self.sort_button.setVisible(shown)
        self._fit_head()

    def _fit_head(self) -> None:
        """Where the heading would be cut off, let the controls say less and the examples go."""
        for brief, examples in ((False, True), (True, True), (False, False), (True, False)):
            if self._fits(brief=brief, examples=examples):
                return
        # What is hidden then is in the menu "View" as well. So that it stays for as long as the
        # beginning of a long heading can be read, which ends in an ellipsis anyway.
        beyond = max(0, self.heading.sizeHint().width() - _READABLE)
        if not self._fits(brief=True, beyond=beyond):
            self._fits(brief=True, terse=True)

    def _fits(
        self, *, brief: bool, examples: bool = False, terse: bool = False, beyond: int = 0
    ) -> bool:
        """Let the controls say so much; return whether there is room for it.

        Args:
            brief: they say as little as words can.
            examples: there are queries to try beside them.
            terse: a sign has to do in place of words, or nothing.
            beyond: so many pixels of the heading may be cut off.
        """
        self.sort_button.set_brief(brief)
        self.group_button.set_brief(brief)
        self.group_button.setVisible(self._arranged and (self._grouped or not terse))
        some = self._examples_row.count() > 1  # beside the word ahead of them
        self._examples.setVisible(self._examples_wanted and examples and some)
        name = self.back_button.accessibleName()
        self.back_button.setText("" if terse else name)
        self.back_button.setIcon(icon("photo") if terse else QIcon())
        self.back_button.setToolTip(name if terse else "")
        # What it would be without: it is told of changes later.
        self._head.invalidate()
        return self._head.sizeHint().width() - beyond <= self.width()

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit_head()


class _MenuButton(QPushButton):
    """A quiet button that tells a choice and opens a menu, in more or fewer words."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "quiet")
        # At the right of the words; the indicator that a style draws is too small to be seen.
        self.setIcon(icon("chevron", QPalette.ColorRole.PlaceholderText))
        self.setIconSize(QSize(12, 12))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._words, self._brief = "", ""

    def set_words(self, words: str, brief: str) -> None:
        """Set what it says, and what it says where there is little room."""
        self._words, self._brief = words, brief
        self.setAccessibleName(words)
        self.setToolTip(words)

    def set_brief(self, brief: bool) -> None:
        """Say it in more or fewer words."""
        self.setText(self._brief if brief else self._words)


class _Examples(QWidget):
    """Queries to try, which do not keep the window from getting narrow: then they are not shown."""

    # Qt overrides

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())


class _Heading(QLabel):
    """A line that ends in an ellipsis where it does not fit, rather than widen the window."""

    # Qt overrides

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent | None) -> None:  # noqa: ARG002
        painter, space = QPainter(self), self.contentsRect()
        text = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, space.width()
        )
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(space, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, text)
        painter.end()
