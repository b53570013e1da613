"""Tells the user that something went wrong, and shows the report of it."""

from __future__ import annotations

from functools import partial

from PyQt6.QtCore import QObject, Qt
from PyQt6.QtWidgets import QWidget

from inphotos.gui.crash.reports import CrashReports, Report
from inphotos.gui.notice import NoticeBar
from inphotos.gui.tasks import Tasks
from inphotos.gui.workers.reporting import UnexpectedError
from inphotos.settings import crash_directory


class CrashNotices(QObject):
    """Writes reports and offers them in the notice bar.

    Attributes:
        reports: the reports on this machine.
    """

    def __init__(self, notice: NoticeBar, tasks: Tasks, window: QWidget) -> None:
        super().__init__(window)
        self.reports = CrashReports(crash_directory())
        self._notice = notice
        self._tasks = tasks
        self._window = window

    def tell(self, error: UnexpectedError) -> None:
        """Tell of an error that nobody foresaw; its report is offered once it is written."""
        sentence = str(error)
        self._notice.tell(sentence)

        def offer(report: Report | None) -> None:
            if report is not None and self._notice.text == sentence:
                self._notice.tell(sentence, self.tr("Show Report"), partial(self.show, report))

        self._tasks.run(partial(self.reports.write, error.cause), offer)

    def look_back(self) -> None:
        """Tell of a crash that ended an earlier run, if there was one."""
        self._tasks.run(self.reports.take_up_native, self._on_looked_back)

    def show(self, report: Report) -> None:
        """Show a report."""
        from inphotos.gui.crash.dialog import CrashDialog

        dialog = CrashDialog(report.text, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.delete_wanted.connect(
            lambda: self._tasks.run(partial(self.reports.delete, report), lambda _: None)
        )
        dialog.open()

    def show_newest(self) -> None:
        """Show the newest report, if there is one."""
        self._tasks.run(self.reports.all, lambda found: self.show(found[0]) if found else None)

    def _on_looked_back(self, report: Report | None) -> None:
        if report is not None and not self._notice.text:
            self._notice.tell(
                self.tr("InPhotos ended unexpectedly the last time. Your photos were not touched."),
                self.tr("Show Report"),
                partial(self.show, report),
                sign="info",
            )
