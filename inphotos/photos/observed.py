"""Watching a folder's tree by watchdog: macOS and Windows."""

from __future__ import annotations

import os
from collections.abc import Callable

from watchdog.events import (
    EVENT_TYPE_ATTRIB,
    EVENT_TYPE_CLOSED_NO_WRITE,
    EVENT_TYPE_DELETED,
    EVENT_TYPE_MODIFIED,
    EVENT_TYPE_OPENED,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from inphotos.photos.watched_tree import Changed, EventsLostError, Stop, WatchFilter, takes_file

#: What reading causes; indexing must not disturb itself.
_READING = (EVENT_TYPE_OPENED, EVENT_TYPE_CLOSED_NO_WRITE)


class ObservedTree:
    """A watch on a folder and all directories below it, those behind symbolic links excluded.

    The system watches the tree as a whole, so that the set-up takes no time.
    """

    def __init__(self, rules: WatchFilter, changed: Changed, stop: Stop, _since_ns: int) -> None:
        """Start watching; the arguments are those of :class:`inphotos.photos.inotify.InotifyTree`.

        Raises:
            OSError: the folder cannot be watched.
        """
        # macOS reports true paths, whatever was asked for.
        true_root = os.path.realpath(rules.root)
        self._stop = stop
        self._observer = Observer()
        try:
            self._observer.schedule(_Handler(true_root, rules, changed), true_root, recursive=True)
            self._observer.start()
        except BaseException:
            self._observer.stop()
            raise

    def wait(self, seconds: float) -> bool:
        """Wait for changes; see :class:`inphotos.photos.watched_tree.WatchedTree`."""
        self._stop.wait(seconds)
        # An emitter ends with its directory, and by an error in it.
        if not all(thread.is_alive() for thread in (self._observer, *self._observer.emitters)):
            raise EventsLostError("the system's watch has ended")
        return False

    def close(self) -> None:
        """End the watch."""
        self._observer.stop()
        self._observer.join()


class _Handler(FileSystemEventHandler):
    def __init__(self, true_root: str, rules: WatchFilter, changed: Callable[[str], None]) -> None:
        self._true_root = true_root
        self._rules = rules
        self._changed = changed

    def dispatch(self, event: FileSystemEvent) -> None:
        if event.event_type in _READING:
            return
        for path in (event.src_path, event.dest_path):
            if not path:
                continue
            relative = os.path.relpath(os.fsdecode(path), self._true_root).replace(os.sep, "/")
            if relative != "." and not relative.startswith("../"):
                self._take(event, relative)

    def _take(self, event: FileSystemEvent, relative: str) -> None:
        parent, _, name = relative.rpartition("/")
        if not self._rules.takes_tree(parent):
            return
        if event.is_directory:
            if event.event_type != EVENT_TYPE_MODIFIED and self._rules.takes_directory(relative):
                self._take_directory(event, relative, parent)
        # Windows calls everything a file that is gone.
        elif takes_file(name) or event.event_type == EVENT_TYPE_DELETED:
            self._changed(parent)

    def _take_directory(self, event: FileSystemEvent, relative: str, parent: str) -> None:
        if event.event_type == EVENT_TYPE_ATTRIB:
            self._changed(relative)
            return
        self._changed(parent)
        # What it brought along causes no events everywhere.
        for directory, names, _ in os.walk(os.path.join(self._true_root, relative)):  # noqa: PTH118
            within = os.path.relpath(directory, self._true_root).replace(os.sep, "/")
            self._changed(within)
            names[:] = [name for name in names if self._rules.takes_directory(f"{within}/{name}")]
