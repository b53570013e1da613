"""What the footer tells of the library, and of reading it."""

from __future__ import annotations

from PyQt6.QtCore import QObject

from inphotos.events import IndexSummary
from inphotos.gui import wording
from inphotos.gui.footer import Footer
from inphotos.gui.jobs import Job
from inphotos.gui.session import Session
from inphotos.gui.workers.search import Snapshot


class FooterNews(QObject):
    """Keeps the footer up to date; failures count from the moment that they are noticed."""

    def __init__(self, session: Session, footer: Footer) -> None:
        super().__init__(footer)
        self._session = session
        self._footer = footer
        self._failures_seen = 0
        runs = session.runs
        footer.serve(runs)
        runs.changed.connect(footer.set_indexing)
        runs.progressed.connect(footer.show_progress)
        runs.photo_failed.connect(self._on_photo_failed)
        session.snapshot_read.connect(self._on_snapshot_read)
        session.indexed.connect(self._on_indexed)

    def _on_snapshot_read(self, snapshot: Snapshot) -> None:
        self._failures_seen = 0
        offline = sum(not folder.online for folder in snapshot.folders)
        self._footer.set_library(snapshot.photos, len(snapshot.folders), offline)
        self._footer.set_failures(len(snapshot.failures))

    def _on_photo_failed(self) -> None:
        self._failures_seen += 1
        snapshot = self._session.snapshot
        known = len(snapshot.failures) if snapshot else 0
        self._footer.set_failures(known + self._failures_seen)

    def _on_indexed(self, job: Job, summary: IndexSummary) -> None:
        self._footer.show_outcome(wording.outcome(summary, job.new, job.failed))
