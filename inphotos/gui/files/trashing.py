"""Moving photos to the system's trash, and putting them back."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from inphotos.gui.files import words
from inphotos.gui.notice import NoticeBar
from inphotos.gui.photo_commands import Photos
from inphotos.gui.session import Session
from inphotos.gui.tasks import Tasks
from inphotos.gui.undo import UndoHistory

if TYPE_CHECKING:
    from inphotos.gui.files.trash import Outcome, Trashed


@dataclass(slots=True, eq=False)
class _Step:
    """Photos that were moved to the trash in one go, as they are now.

    Attributes:
        trashed: those in the trash, and where they are there.
        restored: ids and paths of those that were put back.
        alike: photos that the ones in the trash stood for, and that are still there.
        takes_back: takes this step back; None before it is in the history.
    """

    alike: int
    trashed: tuple[Trashed, ...] = ()
    restored: tuple[tuple[int, Path], ...] = ()
    takes_back: Callable[[], None] | None = None


class Trashing(QObject):
    """Moves photos to the trash and back, one request after another, off the GUI thread.

    Signals:
        restored(str): photos are back, in words.
        gone(tuple[int, ...]), back(tuple[int, ...]): the photos, by id, that are in the trash now,
            and that are not any more.
    """

    restored = pyqtSignal(str)
    gone = pyqtSignal(object)
    back = pyqtSignal(object)

    def __init__(
        self,
        session: Session,
        tasks: Tasks,
        undo: UndoHistory,
        notice: NoticeBar,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = tasks
        self._undo = undo
        self._notice = notice
        self._told = ""
        self._requests: deque[Callable[[], None]] = deque()
        self._busy = False

    def trash(self, photos: Photos) -> None:
        """Move photos to the trash; of those that are folded into one, only the one shown."""
        step = _Step(alike=sum(photo.alike - 1 for photo in photos))
        wanted = tuple((photo.photo_id, photo.path) for photo in photos)
        self._queue(partial(self._trash, step, wanted))

    def _trash(self, step: _Step, photos: tuple[tuple[int, Path], ...]) -> None:
        from inphotos.gui.files.trash import trash_photos

        self._tasks.run(partial(trash_photos, photos), partial(self._on_trashed, step))

    def _trash_again(self, step: _Step) -> bool:
        if not step.restored:
            return False
        photos, step.restored = step.restored, ()
        self._queue(partial(self._trash, step, photos))
        return True

    def _put_back(self, step: _Step) -> bool:
        if not step.trashed:
            return False
        from inphotos.gui.files.trash import restore_photos

        photos, step.trashed = step.trashed, ()
        restore, on_restored = partial(restore_photos, photos), partial(self._on_restored, step)
        self._queue(partial(self._tasks.run, restore, on_restored))
        return True

    def _on_trashed(self, step: _Step, outcome: Outcome) -> None:
        self._go_on()
        step.trashed += outcome.trashed
        photo_ids = tuple(photo.photo_id for photo in outcome.trashed)
        self._session.take_out(photo_ids)
        self.gone.emit(photo_ids)
        if outcome.trashed and step.takes_back is None:
            step.takes_back = self._undo.push(
                self.tr("Move to Trash"),
                partial(self._put_back, step),
                partial(self._trash_again, step),
            )
        takes_back = step.takes_back if outcome.trashed else None
        self._notice.tell(
            words.trashed(outcome, step.alike if outcome.trashed else 0),
            self.tr("Undo") if takes_back else None,
            takes_back,
            sign="warning" if outcome.failed else "trash",
        )
        self._told = self._notice.text

    def _on_restored(self, step: _Step, outcome: Outcome) -> None:
        self._go_on()
        step.trashed += outcome.left
        step.restored += tuple((photo.photo_id, photo.path) for photo in outcome.restored)
        if outcome.restored:
            paths = [photo.path for photo in outcome.restored]
            photo_ids = tuple(photo.photo_id for photo in outcome.restored)
            self._session.take_back(photo_ids, paths)
            self.back.emit(photo_ids)
            self.restored.emit(words.restored(outcome))
        if outcome.failed:
            self._notice.tell(words.not_restored(outcome))
        else:
            self._notice.withdraw(self._told)

    def _queue(self, request: Callable[[], None]) -> None:
        self._requests.append(request)
        if not self._busy:
            self._go_on()

    def _go_on(self) -> None:
        """Begin with the next request: a photo is not to be put back while it is on its way."""
        self._busy = bool(self._requests)
        if self._busy:
            self._requests.popleft()()
