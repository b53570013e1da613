"""How a query was understood: a chip for each part, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from inphotos.gui import wording
from inphotos.gui.chip_lines import ChipLines
from inphotos.gui.chips import Chip
from inphotos.gui.example_chips import ExampleChip
from inphotos.gui.flow_layout import FlowLayout
from inphotos.gui.sentences import said
from inphotos.search.query import Concept, Example, Part, Problem, Query

#: Further chips help nobody, and thousands would take long; it says how many more there are.
MOST_CHIPS = 60
_SPACING = 6


class QueryParts(QWidget):
    """Chips in lines below the search field, and the first problem; hidden when there is nothing.

    Attributes:
        example_chips: one for each photo of the query; they come first.
        chips: one for each part, in the order in which they were typed.
        problem: the sentence of the first problem.
        suggestion_button: searches for what may have been meant.

    Signals:
        text_wanted(str): the user wants this query in place of the one that is shown.
        edit_wanted(Span): the user wants to change these characters of the query.
        example_removed(Example): the user does not want this photo in the query.
        example_clicked(ExampleChip): the user asks what can be done with a photo of the query.
    """

    text_wanted = pyqtSignal(str)
    edit_wanted = pyqtSignal(object)
    example_removed = pyqtSignal(object)
    example_clicked = pyqtSignal(object)

    def __init__(self, field: QWidget) -> None:
        """Make the parts of what is typed into ``field``, which the Tab key comes from."""
        super().__init__()
        self.setObjectName("parts")
        self.setAccessibleName(self.tr("Parts of the query"))
        self.example_chips: list[ExampleChip] = []
        self.chips: list[Chip] = []
        self.problem = _Sentence()
        self.suggestion_button = QPushButton()
        self.suggestion_button.setProperty("kind", "link")
        self.suggestion_button.clicked.connect(self._on_suggestion_clicked)
        self._field = field
        self._query: Query | None = None
        self._problems: tuple[Problem, ...] = ()
        self._suggested = ""
        self._row = ChipLines(_SPACING)
        self._joints: list[QLabel] = []
        self._problem_row = QWidget()
        problem_layout = FlowLayout(self._problem_row, _SPACING)
        problem_layout.addWidget(self.problem)
        problem_layout.addWidget(self.suggestion_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 0)
        layout.setSpacing(5)
        layout.addWidget(self._row)
        layout.addWidget(self._problem_row)
        self._problem_row.hide()
        self.hide()

    def show_query(self, query: Query | None, problems: Sequence[Problem] = ()) -> None:
        """Show the parts of a query.

        Args:
            query: as it was understood; None for none.
            problems: what the user is to be told of it.
        """
        problems = tuple(problems)
        if query is not None and not problems and _is_plain(query):
            query = None  # the words are in the field
        if (query, problems) == (self._query, self._problems):
            return  # the same once more, while photos come in: the focus stays where it is
        self._query, self._problems = query, problems
        with self._focus_kept():
            self._show_chips()
        self._show_problem()
        self._show_or_hide()

    def show_examples(self, examples: Sequence[Example]) -> None:
        """Show the photos of a query, from which on they are in it."""
        if list(examples) == [chip.example for chip in self.example_chips]:
            return
        with self._focus_kept():
            old, self.example_chips = self.example_chips, []
            for example in examples:
                chip = ExampleChip(example)
                chip.clicked.connect(partial(self.example_clicked.emit, chip))
                chip.removed.connect(partial(self.example_removed.emit, example))
                self._row.add(chip)
                self.example_chips.append(chip)
            self._show_chips()  # again, because they come after these
            for widget in old:
                self._row.remove(widget)
        self._show_or_hide()

    @contextmanager
    def _focus_kept(self) -> Iterator[None]:
        """Let the chip that takes the place of the one with the focus have it."""
        chips = [*self.example_chips, *self.chips]
        focused = next((place for place, chip in enumerate(chips) if chip.hasFocus()), None)
        yield
        self._order_tabs()
        if focused is not None:
            chips = [*self.example_chips, *self.chips]
            heir = chips[min(focused, len(chips) - 1)] if chips else self._field
            heir.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_or_hide(self) -> None:
        self.setVisible(self._query is not None or bool(self.example_chips))

    def _show_chips(self) -> None:
        old, self.chips = self.chips, []
        joints, self._joints = self._joints, []
        parts = self._query.parts if self._query is not None else ()
        for place, part in enumerate(parts[:MOST_CHIPS]):
            if place and _are_alternatives(parts[place - 1], part):
                self._add_label(self.tr("or"))
            self._add_chip(part)
        if len(parts) > MOST_CHIPS:
            more = self.tr("and {count} more").format(count=wording.number(len(parts) - MOST_CHIPS))
            self._add_label(more)
        for widget in (*old, *joints):
            self._row.remove(widget)

    def _add_chip(self, part: Part) -> None:
        problem = next((p for p in self._problems if p.spans == part.spans), None)
        chip = Chip(part, problem)
        chip.clicked.connect(partial(self._on_chip_clicked, part))
        chip.removed.connect(partial(self._on_chip_removed, part))
        self._row.add(chip)
        self.chips.append(chip)

    def _add_label(self, text: str) -> None:
        label = QLabel(text)
        label.setProperty("kind", "muted")
        self._row.add(label)
        self._joints.append(label)

    def _order_tabs(self) -> None:
        before = self._field
        for widget in (*self.example_chips, *self.chips, self.suggestion_button):
            QWidget.setTabOrder(before, widget)
            before = widget

    def _show_problem(self) -> None:
        query, problem = self._query, next(iter(self._problems), None)
        self._problem_row.setVisible(problem is not None)
        if query is None or problem is None:
            return
        self.problem.setText(said(problem.message))
        # Where there is nothing else to search for, the sentence stands in place of the photos.
        self.problem.setVisible(bool(query.concepts or query.filters))
        part = next((part for part in query.parts if part.spans == problem.spans), None)
        self._suggested = ""
        if part is not None and problem.suggestion:
            self._suggested = query.replaced(part, problem.suggestion)
        self.suggestion_button.setVisible(bool(self._suggested))
        shown = problem.suggestion if len(problem.suggestion) <= 60 else "…"
        text = self.tr("Search for {suggestion} instead").format(suggestion=shown)
        self.suggestion_button.setText(text.replace("&", "&&"))
        if not (self.problem.isVisibleTo(self) or self._suggested):
            self._problem_row.hide()

    def _on_chip_clicked(self, part: Part) -> None:
        self.edit_wanted.emit(part.spans[0])

    def _on_chip_removed(self, part: Part) -> None:
        assert self._query is not None
        self.text_wanted.emit(self._query.without(part))

    def _on_suggestion_clicked(self) -> None:
        self.text_wanted.emit(self._suggested)


class _Sentence(QLabel):
    """A sentence that wraps only where it does not fit into one line."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "muted")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    # Qt overrides

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        # One pixel more than the letters, or the last word would wrap for a fraction of one.
        return QSize(metrics.horizontalAdvance(self.text()) + 1, metrics.height())


def _is_plain(query: Query) -> bool:
    """Whether there is nothing to say of a query but the words themselves."""
    if len(query.parts) != 1:
        return not query.parts
    part = query.parts[0]
    return isinstance(part, Concept) and part.photo is None and part.weight == 1


def _are_alternatives(first: Part, second: Part) -> bool:
    if isinstance(first, Problem) or isinstance(second, Problem):
        return False
    return type(first) is type(second) and first.group == second.group
