"""What the user has done and can take back, in one history for the whole window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QAction, QKeySequence, QUndoCommand, QUndoStack
from PyQt6.QtWidgets import QWidget

#: Steps that are remembered.
MOST_STEPS = 100

#: Does something; False when there was nothing to do, so that the step before it is the next one.
Change = Callable[[], bool | None]


class UndoHistory(QObject):
    """Takes back, and does again, what parts of the window have done.

    Attributes:
        undo_action, redo_action: for a menu; they say what they would take back or do again.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._stack = QUndoStack(self)
        self._stack.setUndoLimit(MOST_STEPS)
        self.undo_action = QAction(window)
        self.undo_action.setShortcut(QKeySequence("Ctrl+Z"))
        self.undo_action.triggered.connect(self.undo)
        self.redo_action = QAction(window)
        self.redo_action.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        self.redo_action.triggered.connect(self.redo)
        self._stack.indexChanged.connect(self._on_index_changed)
        self._on_index_changed()

    def push(self, text: str, undo: Change, redo: Change) -> Callable[[], None]:
        """Remember a step that has been done.

        Args:
            text: what it was, as in "Undo <text>".
            undo, redo: take it back, and do it again; both in the GUI thread.

        Returns:
            a function that takes this step back, also where others have been made after it.
        """
        self._stack.push(_Step(text, undo, redo))
        return partial(self._undo_step, undo)

    def undo(self) -> None:
        """Take back the last step that has an effect to be taken back."""
        self._go(self._stack.canUndo, self._stack.undo)

    def _undo_step(self, undo: Change) -> None:
        last = self._stack.command(self._stack.index() - 1)
        if isinstance(last, _Step) and last.takes_back is undo:
            self.undo()
        else:
            undo()

    def redo(self) -> None:
        """Do the step again that was taken back last."""
        self._go(self._stack.canRedo, self._stack.redo)

    def _go(self, can_go: Callable[[], bool], go: Callable[[], None]) -> None:
        # A step without an effect is obsolete, and the stack drops it.
        while can_go():
            before = self._stack.count()
            go()
            if self._stack.count() == before:
                return

    def _on_index_changed(self) -> None:
        undo, redo = self._stack.undoText(), self._stack.redoText()
        undo = self.tr("Undo {step}").format(step=undo) if undo else self.tr("Undo")
        redo = self.tr("Redo {step}").format(step=redo) if redo else self.tr("Redo")
        self.undo_action.setText(undo)
        self.redo_action.setText(redo)
        self.undo_action.setEnabled(self._stack.canUndo())
        self.redo_action.setEnabled(self._stack.canRedo())


class _Step(QUndoCommand):
    def __init__(self, text: str, undo: Change, redo: Change) -> None:
        super().__init__(text)
        self.takes_back, self._redo = undo, redo
        self._done = True

    # Qt overrides

    def undo(self) -> None:
        self._done = False
        self.setObsolete(self.takes_back() is False)

    def redo(self) -> None:
        # The stack calls this also as it takes a step in, which has been done by then.
        if not self._done:
            self._done = True
            self.setObsolete(self._redo() is False)
