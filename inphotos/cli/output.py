"""What the commands print: results on stdout, messages and progress on stderr."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from inphotos.errors import InPhotosError
from inphotos.events import Progress

_LINE_EVERY_SECONDS = 10.0
"""Between two lines of progress where there is no terminal."""


class Output:
    """Prints for people or, with ``as_json``, one JSON document for programs."""

    def __init__(self, *, as_json: bool, quiet: bool) -> None:
        self.as_json = as_json
        self._quiet = quiet
        self._on_terminal = sys.stderr.isatty()
        self._line_width = 0
        self._last_line = 0.0

    def document(self, value: Mapping[str, Any] | list[Any]) -> None:
        """Print the one JSON document. A path's bytes that are not UTF-8 are lone surrogates."""
        self._end_progress()
        with _told():
            print(json.dumps(value, indent=2, default=str))  # noqa: T201

    def text(self, line: str = "") -> None:
        """Print a line of the result for people."""
        self._end_progress()
        with _told():
            print(line)  # noqa: T201

    def paths(self, paths: Iterable[Path]) -> None:
        """Print paths byte for byte, each ended by a null byte."""
        self.raw(b"".join(os.fsencode(path) + b"\0" for path in paths))

    def raw(self, content: bytes) -> None:
        """Print bytes as they are."""
        with _told():
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()

    def finish(self) -> None:
        """Bring to stdout what is still on its way; nobody could be told of trouble later."""
        with _told():
            sys.stdout.flush()

    def message(self, line: str) -> None:
        """Say something about the work."""
        if not self._quiet:
            self._to_stderr(line)

    def error(self, line: str) -> None:
        """Say what went wrong, also when quiet."""
        self._to_stderr(f"inphotos: {line}")

    def progress(self, progress: Progress) -> None:
        """Show how far the work is: one line that changes, or a line now and then."""
        if not self._quiet:
            finished = progress.total is not None and progress.done >= progress.total
            self.status(describe(progress), finished=finished)

    def status(self, line: str, *, finished: bool = False) -> None:
        """Show what is going on, as :meth:`progress` does; the end is always said."""
        if self._quiet:
            return
        now = time.monotonic()
        if self._on_terminal:
            sys.stderr.write("\r" + line.ljust(self._line_width))
            sys.stderr.flush()
            self._line_width = len(line)
        elif finished or now - self._last_line >= _LINE_EVERY_SECONDS:
            self._to_stderr(line)
            self._last_line = now

    def _end_progress(self) -> None:
        """Clear the line that changes, or the next thing said would stand at its end."""
        if self._line_width:
            sys.stderr.write("\r" + " " * self._line_width + "\r")
            sys.stderr.flush()
            self._line_width = 0

    def _to_stderr(self, line: str) -> None:
        self._end_progress()
        print(line, file=sys.stderr, flush=True)  # noqa: T201


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Turn what stdout does not take into a sentence.

    Raises:
        InPhotosError: the disk is full, or whatever else stdout leads to refuses.
        BrokenPipeError: whoever read it has gone, which is no trouble.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        # Or Python would try once more at exit, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise InPhotosError(
            f"The result cannot be written ({error.strerror}); check where it is to go."
        ) from error


def describe(progress: Progress) -> str:
    """Say in words how far the work is."""
    if progress.phase == "scanning":
        return f"Looking for photos: {progress.done:,} found"
    if progress.phase == "loading":
        return f"Loading the model for {progress.total or 0:,} photos"
    if progress.phase == "calibrating":
        return f"Learning to tell matches: {progress.done:,} of {progress.total or 0:,} steps"
    if progress.phase == "repairing":
        saved = f"Saving what can be read: {progress.done:,} of {progress.total or 0:,} entries"
        return saved if progress.total else "Looking for damage"
    if progress.phase == "tuning":
        done = f"Measuring what is quickest: {progress.done} of {progress.total} steps"
        return done if progress.total else "Getting ready to measure"
    if progress.phase in ("downloading", "exporting"):
        work = "Downloading" if progress.phase == "downloading" else "Copying"
        done = f"{work}: {progress.done / 1e6:,.1f} MB"
        if progress.total:
            done += f" of {progress.total / 1e6:,.1f} MB"
        speed = f"{progress.rate / 1e6:.1f} MB/s"
    elif progress.phase == "evaluating":
        done = f"Asking: {progress.done:,} of {progress.total or 0:,} queries"
        speed = f"{progress.rate:.1f} queries/s"
    else:
        work = "Preparing the next model" if progress.phase == "preparing" else "Indexing"
        done = f"{work}: {progress.done:,} of {progress.total or 0:,} photos"
        speed = f"{progress.rate:.1f} photos/s"
    if progress.failed:
        done += f" ({progress.failed:,} unreadable)"
    if progress.rate <= 0:
        return done
    left = progress.seconds_left
    return f"{done}, {speed}" + (f", {duration(left)} left" if left is not None else "")


def duration(seconds: float) -> str:
    """Return a span of time as people say it, e.g. ``3 min 20 s``."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min"
