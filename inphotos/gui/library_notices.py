"""What the user is told of the library without having asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject

from inphotos.errors import display_path
from inphotos.events import IndexSummary
from inphotos.gui import wording
from inphotos.gui.notice import NoticeBar
from inphotos.gui.session import Session
from inphotos.gui.workers.search import Snapshot

if TYPE_CHECKING:
    from inphotos.library import Compacted


class LibraryNotices(QObject):
    """Tells of folders that are away, photos that have vanished, and of what jobs came to.

    Each piece of news is told once; it goes away by itself when it is over.
    """

    def __init__(self, session: Session, notice: NoticeBar, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._notice = notice
        self._offline: frozenset[Path] = frozenset()
        self._missing = 0
        self._offline_text = self._missing_text = ""
        self._told_of_thumbnails = False
        session.snapshot_read.connect(self._on_snapshot_read)
        session.indexed.connect(self._on_indexed)
        session.runs.stopped.connect(self._on_stopped)
        session.runs.compacted.connect(self._on_compacted)

    def _on_snapshot_read(self, snapshot: Snapshot) -> None:
        offline = frozenset(folder.path for folder in snapshot.folders if not folder.online)
        if offline != self._offline:
            is_news = bool(offline - self._offline)
            self._offline_text = self._renew(
                self._offline_text, bool(offline), is_news, lambda: self._tell_offline(offline)
            )
            self._offline = offline
        # Told last, because it wants an answer.
        missing = snapshot.missing
        if missing != self._missing:
            self._missing_text = self._renew(
                self._missing_text,
                missing > 0,
                missing > self._missing,
                lambda: self._tell_missing(snapshot),
            )
            self._missing = missing

    def _renew(self, told: str, holds: bool, is_news: bool, tell: Callable[[], None]) -> str:
        """Tell news, keep a notice that is in sight up to date, and take it away when it is over.

        Args:
            told: what was told last.
            holds: there is still something to tell.
            is_news: there is more of it than before.
            tell: tells it.

        Returns:
            What was told last now.
        """
        in_sight = bool(told) and self._notice.text == told
        if holds and (is_news or in_sight):
            tell()
            return self._notice.text
        if in_sight:
            self._notice.dismiss()
        return told

    def _tell_offline(self, offline: frozenset[Path]) -> None:
        names = wording.listed([display_path(path) for path in sorted(offline)])
        told = self.tr("Not reachable now: {names}. The photos there stay in the library.")
        self._notice.tell(told.format(names=names), self.tr("Try Again"), self._session.index)

    def _tell_missing(self, snapshot: Snapshot) -> None:
        folders = [folder.path for folder in snapshot.folders if folder.missing]
        self._notice.tell(
            wording.vanished(snapshot.missing, folders),
            self.tr("Remove from Library"),
            self._session.accept_removals,
            decline=self.tr("Keep"),
        )

    def _on_indexed(self, _: object, summary: IndexSummary) -> None:
        # Every photo that comes in meanwhile would be a run of its own, and no news.
        if summary.unkept and not self._told_of_thumbnails:
            told = self.tr(
                "Thumbnails could not be kept ({reason}). They are made again when the photos are "
                "looked at."
            )
            self._notice.tell(told.format(reason=summary.unkept_reason))
        if summary.unkept or summary.indexed:
            self._told_of_thumbnails = summary.unkept > 0

    def _on_stopped(self) -> None:
        self._notice.tell(
            self.tr("Indexing is stopped. What has been read so far is kept."),
            self.tr("Go On"),
            self._session.index,
            sign="info",
        )

    def _on_compacted(self, result: Compacted) -> None:
        self._notice.tell(wording.compacted(result), sign="info")
