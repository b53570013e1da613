"""How much memory indexing takes, and a library that nobody uses at the moment."""

from __future__ import annotations

import contextlib
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Generator, Sequence
from pathlib import Path

import psutil

from inphotos.bench import children, indexed
from inphotos.bench.results import Doing, Row, Spread, Table
from inphotos.encoders.base import Model
from inphotos.events import Control

_LOOK_SECONDS = 0.05
_IDLE_LOOKS = 10


def measure(
    place: Path, photos: Sequence[Path], model: Model, control: Control
) -> Generator[Doing, None, Table]:
    """Index copies of photos in a process of its own, and look at it meanwhile and afterwards.

    Args:
        place: where to put the copies and their library.
        photos: what to index.
        model: what to encode with.
        control: lets the user cancel.

    Raises:
        CancelledError: by way of ``control``.
        BenchmarkError: the process failed.
    """
    folder = place / "copies"
    folder.mkdir()
    for number, photo in enumerate(photos):
        control.checkpoint()
        # Of the content only: a copy of a file that nobody may write could not be removed.
        shutil.copyfile(photo, folder / f"{number:02}{photo.suffix}")
    words = (str(place / "remembered"), model.name, str(folder))
    command = children.python("-m", indexed.__name__, *words)
    with children.child(command) as process:
        said = _heard(process)
        busy = yield from _watch(process, said, indexed.INDEXED, control)
        yield from _watch(process, said, indexed.IDLE, control)
        idle = []
        for _ in range(_IDLE_LOOKS):
            yield Doing("looking at an idle library")
            control.checkpoint()
            idle.append(_taken(process.pid))
            control.cancelled.wait(_LOOK_SECONDS)
    kind = "PSS" if sys.platform == "linux" else "RSS"
    rows = (
        Row(f"indexing {len(photos)} photos, at most", "MiB", Spread.of([max(busy)])),
        Row("idle afterwards, one query answered", "MiB", Spread.of(idle)),
    )
    return Table("memory", f"Memory ({kind} of all processes)", rows)


def _heard(process: subprocess.Popen[str]) -> queue.SimpleQueue[str]:
    """Return the lines that a process prints, as they come; an empty one when it has ended."""
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()

    def read() -> None:
        assert process.stdout is not None
        with contextlib.suppress(OSError, ValueError):  # closed, because we are done with it
            for line in process.stdout:
                lines.put(line.strip())
        lines.put("")

    threading.Thread(target=read, daemon=True).start()
    return lines


def _watch(
    process: subprocess.Popen[str], said: queue.SimpleQueue[str], word: str, control: Control
) -> Generator[Doing, None, list[float]]:
    """Look at a process until it says a word; return what it took, MiB."""
    taken = []
    while True:
        yield Doing(f"watching a process until it has {word}")
        control.checkpoint()
        taken.append(_taken(process.pid))
        try:
            line = said.get(timeout=_LOOK_SECONDS)
        except queue.Empty:
            continue
        if line == word:
            return taken
        if not line:
            assert process.stderr is not None
            lines = process.stderr.read().strip().splitlines() or ["it said nothing"]
            raise children.failed(indexed.__name__, lines[-1])


def _taken(pid: int) -> float:
    """Return the memory that a process and those that it started take, MiB.

    On Linux pages that several of them share count once; elsewhere they count for each.
    """
    taken = 0
    for process in children.tree(pid):
        with contextlib.suppress(psutil.Error):
            if sys.platform == "linux":
                taken += process.memory_full_info().pss
            else:
                taken += process.memory_info().rss
    return taken / 2**20
