"""What a process that runs the window holds: memory, handles, threads, files, objects."""

from __future__ import annotations

import contextlib
import ctypes
import gc
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from PyQt6.QtCore import QObject, QThreadPool
from PyQt6.QtWidgets import QApplication

from inphotos.gui.main_window import MainWindow
from soaking.trends import Measure

MEGABYTE = 1e6

#: What is counted, and by how much it may grow. The slack is what differs from one minute to the
#: next in a run in which nothing grows: a decoder more or less, the store's pages. The pictures
#: that the window keeps are no growth: thumbnails and photos may take 256 MiB each, and an hour
#: does not fill that.
MEASURES = (
    Measure("memory but for pictures, MB", 25, 20),
    Measure("memory with children, MB", 60, 20),
    Measure("kept pictures, MB", 2 * 256 * 1.05, 0),
    Measure("open files", 8, 4),
    Measure("threads", 4, 2),
    Measure("child processes", 2, 1),
    Measure("temporary files", 4, 2),
    Measure("library, MB", 8, 20),
    Measure("widgets", 60, 100),
    Measure("Qt objects", 300, 400),
    Measure("Python objects", 8_000, 10_000),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """What was counted at one moment.

    Attributes:
        seconds: since the beginning.
        values: one for each of :data:`MEASURES`.
        types: how many objects of each type Python knows.
    """

    seconds: float
    values: tuple[float, ...]
    types: Counter[str] = field(repr=False)


def take(seconds: float, window: MainWindow, library: Path, temporary: Path) -> Sample:
    """Count everything, without what is garbage already.

    Args:
        seconds: since the beginning.
        window: the window that this process shows.
        library: the library's directory.
        temporary: where this process and its children put temporary files.
    """
    gc.collect()
    _trim()
    process = psutil.Process()
    children = process.children(recursive=True)
    kept = window.grid.thumbnails._bytes + window.viewing._pictures._bytes
    own = _memory(process) - kept
    handles = process.num_fds() if hasattr(process, "num_fds") else process.num_handles()
    types = Counter(type(thing).__qualname__ for thing in gc.get_objects())
    values = (
        own / MEGABYTE,
        (own + sum(map(_memory, children))) / MEGABYTE,
        kept / MEGABYTE,
        handles,
        process.num_threads(),
        len(children),
        sum(1 for _ in temporary.rglob("*")),
        _bytes(library) / MEGABYTE,
        len(QApplication.allWidgets()),
        _qt_objects(),
        sum(types.values()),
    )
    return Sample(seconds, values, types)


def grown(before: Sample, after: Sample, most: int = 12) -> list[tuple[str, int, int]]:
    """Return the types of which there are more than there were: (name, before, after)."""
    more = after.types - before.types
    return [(name, before.types[name], after.types[name]) for name, _ in more.most_common(most)]


def _trim() -> None:
    """Give memory back that nobody holds: glibc keeps up to 64 MB of it for each thread."""
    with contextlib.suppress(OSError, AttributeError):  # another system, or another libc
        ctypes.CDLL("libc.so.6").malloc_trim(ctypes.c_size_t(0))


def _memory(process: psutil.Process) -> int:
    """Return the memory that would be free without it, bytes.

    A share in what others use too (PSS) grows as soon as another program ends that has loaded the
    same libraries.
    """
    try:
        return int(process.memory_full_info().uss)
    except psutil.Error:  # it has ended meanwhile
        return 0


def _bytes(folder: Path) -> int:
    """Return what the files take on the disk; the store's file has holes."""
    total = 0
    for path in folder.rglob("*"):
        try:
            info = path.stat()
        except OSError:  # replaced meanwhile
            continue
        total += getattr(info, "st_blocks", info.st_size // 512) * 512
    return total


def _qt_objects() -> int:
    """Return how many objects live below the application and its windows."""
    roots: list[QObject | None] = [QApplication.instance(), QThreadPool.globalInstance()]
    roots += QApplication.topLevelWidgets()
    return sum(1 + len(root.findChildren(QObject)) for root in roots if root is not None)
