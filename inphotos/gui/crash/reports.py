"""Crash reports: files on this machine that only their owner can read, and only the last few."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PyQt6.QtCore import PYQT_VERSION_STR, qVersion

from inphotos import __version__
from inphotos.owner_only import make_directory
from inphotos.redacting import describe, shorten_frames
from inphotos.settings import write_atomically

#: Older ones are deleted.
MOST_REPORTS = 5

#: The packages whose code is most of what can go wrong outside of Python.
_PARTS = ("torch", "transformers", "objectbox", "pillow", "numpy")

_RUNNING = re.compile(r"running-(\d+)\.txt")


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it lies on the disk.

    Attributes:
        path: its file.
        text: all of it.
    """

    path: Path
    text: str


class CrashReports:
    """Writes reports into one directory and reads them; nothing is ever sent.

    All methods touch the disk. Where it cannot be written there is no report, and no other error
    on top of the one that was to be told of.
    """

    def __init__(self, directory: Path) -> None:
        """Keep reports in ``directory``, which is made with the first."""
        self.directory = directory

    def write(self, error: BaseException) -> Report | None:
        """Write down an error that nobody caught; None where that is not possible."""
        return self._write("An error in InPhotos", describe(error))

    def all(self) -> list[Report]:
        """Return the reports, the newest first."""
        reports = []
        for path in sorted(self.directory.glob("report-*.txt"), reverse=True):
            with contextlib.suppress(OSError):
                reports.append(Report(path, path.read_text(encoding="utf-8", errors="replace")))
        return reports

    def delete_all(self) -> None:
        """Delete every report."""
        self._delete(self.directory.glob("report-*.txt"))

    def delete(self, report: Report) -> None:
        """Delete one report."""
        self._delete([report.path])

    def take_up_native(self) -> Report | None:
        """Make reports of crashes that ended earlier runs; return the newest, None for none.

        Python's ``faulthandler`` has written them while the process fell. A run that ended without
        a word, because somebody killed it, is no crash.
        """
        newest = None
        for path in sorted(self.directory.glob("running-*.txt")):
            found = _RUNNING.fullmatch(path.name)
            if found is None or _is_running(int(found[1])):
                continue
            with contextlib.suppress(OSError):
                dump = path.read_text(encoding="utf-8", errors="replace")
                path.unlink()
                if dump.strip():
                    newest = self._write("A crash of InPhotos", shorten_frames(dump)) or newest
        return newest

    @contextmanager
    def native_crashes_noted(self) -> Iterator[None]:
        """Let a crash of native code be written down for :meth:`take_up_native` of a later run."""
        path = self.directory / f"running-{os.getpid()}.txt"
        try:
            self._make_directory()
            file = os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb")
        except OSError:
            yield
            return
        was_enabled = faulthandler.is_enabled()
        with file:
            faulthandler.enable(file, all_threads=True)
            try:
                yield
            finally:
                faulthandler.disable()
                if was_enabled:
                    faulthandler.enable()
        with contextlib.suppress(OSError):
            path.unlink()

    def _write(self, headline: str, what: str) -> Report | None:
        now = time.time_ns()
        moment = time.localtime(now // 10**9)
        when = time.strftime("%Y-%m-%d %H:%M:%S", moment)
        text = "\n".join([headline, when, *_about(), "", what])
        name = f"report-{time.strftime('%Y%m%d-%H%M%S', moment)}-{now % 10**9:09}.txt"
        report = Report(self.directory / name, text)
        try:
            self._make_directory()
            write_atomically(report.path, text.encode("utf-8"))
        except OSError:
            return None
        self._delete(sorted(self.directory.glob("report-*.txt"), reverse=True)[MOST_REPORTS:])
        return report

    def _make_directory(self) -> None:
        make_directory(self.directory)

    def _delete(self, paths: Iterator[Path] | list[Path]) -> None:
        for path in list(paths):
            with contextlib.suppress(OSError):
                path.unlink()


def _about() -> list[str]:
    """Return what the report says of program and machine; no name of the machine or its user."""
    import platform
    from importlib.metadata import PackageNotFoundError, version

    lines = [
        f"InPhotos {__version__}, Python {platform.python_version()}, "
        f"Qt {qVersion()}, PyQt {PYQT_VERSION_STR}",
        f"{platform.system()} {platform.release()}, {platform.machine()}",
    ]
    parts = []
    for name in _PARTS:
        with contextlib.suppress(PackageNotFoundError):
            parts.append(f"{name} {version(name)}")
    return [*lines, ", ".join(parts)]


def _is_running(process: int) -> bool:
    import psutil

    return psutil.pid_exists(process)
