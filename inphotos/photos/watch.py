"""Noticing what is added, changed, moved or deleted in folders while the application runs."""

from __future__ import annotations

import logging
import os
import stat
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from inphotos.errors import display_path
from inphotos.photos import filesystems
from inphotos.photos.disturbances import Collector, Disturbance
from inphotos.photos.watched_tree import (
    Changed,
    EventsLostError,
    IsWanted,
    Stop,
    WatchedTree,
    WatchFilter,
)

if sys.platform == "linux":
    from inphotos.photos import inotify

__all__ = ["Disturbance", "FolderWatcher", "WatchProblem"]

_log = logging.getLogger(__name__)

#: Opens a watch on a tree; the arguments are those of InotifyTree.
OpenTree: TypeAlias = Callable[[WatchFilter, Changed, Stop, int], WatchedTree]

#: File systems keep times as coarse as this (FAT), in nanoseconds.
_COARSEST_TIME_NS = 3 * 10**9

#: After events were lost, so long is waited before the tree is watched anew: what caused the
#: loss may be going on.
_RECOVERY_SECONDS = 0.5

#: A thread that hangs in a call to a dead network drive is left behind after this.
_LEAVE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class WatchProblem:
    """A folder in which changes are noticed late.

    Attributes:
        root: the folder.
        reason: one sentence for the user.
    """

    root: Path
    reason: str


@dataclass(frozen=True, slots=True)
class _Timing:
    poll_seconds: float
    rescan_seconds: float


class FolderWatcher:
    """Watches folders and tells, once it is quiet, where to look again.

    Every folder has a thread of its own, so that a hanging network drive holds up no other.
    Folders on network file systems, whose changes by other computers no system reports, are to
    be scanned whole every ``rescan_seconds``.
    """

    def __init__(
        self,
        on_disturbance: Callable[[Disturbance], None],
        *,
        quiet_seconds: float = 2.0,
        longest_wait: float = 15.0,
        poll_seconds: float = 5.0,
        rescan_seconds: float = 600.0,
        open_tree: OpenTree | None = None,
    ) -> None:
        """Prepare a watcher of nothing yet.

        Args:
            on_disturbance: is called on the watcher's own thread, one call at a time; what it
                raises is logged. While it runs, changes are gathered.
            quiet_seconds: nothing may have changed for so long before a delivery, which also
                keeps files that are still being copied from being read.
            longest_wait: seconds after which a change is delivered even so.
            poll_seconds: how often to look whether the folders themselves are there.
            rescan_seconds: how often to ask for a scan of a folder that cannot be watched.
            open_tree: how to watch a tree; by default what suits the system.
        """
        self._timing = _Timing(poll_seconds, rescan_seconds)
        self._open_tree = open_tree or _tree_of_this_system()
        self._collector = Collector(on_disturbance, quiet_seconds, longest_wait)
        self._lock = threading.Lock()
        self._watched: dict[Path, _WatchedRoot] = {}
        self._leaving: list[_WatchedRoot] = []
        self._is_wanted: IsWanted | None = None
        self._closed = False

    def watch(self, roots: Sequence[Path], is_wanted: IsWanted | None = None) -> None:
        """Watch these folders instead of those before; returns at once.

        Folders that were watched already, by the same ``is_wanted``, stay so. Directories that
        changed after this call are noticed, also before their watch is set; a file that is written
        to in place until then is not.

        Args:
            roots: the folders; one that is not there is waited for.
            is_wanted: tells by (folder, relative directory) what to leave out, with all below;
                called on several threads. Hidden and system directories are never asked about.

        Raises:
            RuntimeError: the watcher is closed.
        """
        with self._lock:
            if self._closed:
                raise RuntimeError("the watcher is closed")
            kept = set(roots) if is_wanted == self._is_wanted else set()
            self._is_wanted = is_wanted
            for root in self._watched.keys() - kept:
                leaving = self._watched.pop(root)
                leaving.stop()
                self._leaving.append(leaving)
            self._leaving = [watched for watched in self._leaving if not watched.has_ended()]
            self._collector.accept(roots)
            for root in roots:
                if root not in self._watched:
                    rules = WatchFilter(root, is_wanted)
                    self._watched[root] = _WatchedRoot(
                        rules, self._collector, self._timing, self._open_tree
                    )

    @property
    def problems(self) -> tuple[WatchProblem, ...]:
        """The folders in which changes are noticed only by scanning them now and then."""
        with self._lock:
            found = [watched.problem for watched in self._watched.values()]
        return tuple(problem for problem in found if problem is not None)

    @property
    def is_set_up(self) -> bool:
        """Whether everything is watched that can be."""
        return all(self.is_watching(root) for root in tuple(self._watched))

    def is_watching(self, root: Path) -> bool:
        """Tell whether the set-up of a folder's watch is over, be it that it cannot be watched."""
        watched = self._watched.get(root)
        return watched is not None and watched.is_set_up

    def close(self) -> None:
        """Stop; when this returns, ``on_disturbance`` is called no more. May be called again."""
        with self._lock:
            self._closed = True
            leaving = [*self._leaving, *self._watched.values()]
            self._leaving, self._watched = [], {}
            for watched in leaving:
                watched.stop()
        self._collector.close()
        deadline = time.monotonic() + _LEAVE_SECONDS
        for watched in leaving:
            watched.join(max(0.0, deadline - time.monotonic()))


class _WatchedRoot:
    """One folder and the thread that watches it.

    Attributes:
        problem: why changes are noticed late, if so.
        is_set_up: whether the first attempt to watch the tree is over.
    """

    def __init__(
        self, rules: WatchFilter, collector: Collector, timing: _Timing, open_tree: OpenTree
    ) -> None:
        self.problem: WatchProblem | None = None
        self.is_set_up = False
        self._root = rules.root
        self._rules = rules
        self._collector = collector
        self._timing = timing
        self._open_tree = open_tree
        self._tree: WatchedTree | None = None
        self._state: _State | None = None
        self._mounts: frozenset[filesystems.Mount] = frozenset()
        self._everywhere: frozenset[filesystems.Mount] | None = None
        self._next_look = self._next_rescan = time.monotonic()
        self._stop = Stop()
        self._since_ns = time.time_ns() - _COARSEST_TIME_NS
        self._thread = threading.Thread(
            target=self._run, name=f"watch-{display_path(self._root.name)}", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Ask the thread to end."""
        self._stop.set()

    def has_ended(self) -> bool:
        """Give back what the thread used, if it has ended; return whether it has."""
        return self.join(0.0)

    def join(self, seconds: float) -> bool:
        """Wait so long for the thread to end; return whether it has."""
        self._thread.join(seconds)
        if self._thread.is_alive():
            return False
        self._stop.close()
        return True

    def _run(self) -> None:
        try:
            while not self._stop.is_set():
                try:
                    self._turn()
                except Exception:  # whatever it is, the folder must stay watched
                    _log.exception("Watching %s failed; starting again.", display_path(self._root))
                    self._close_tree()
                    self._state = None  # to the next look, it comes back
                    self._stop.wait(_RECOVERY_SECONDS)
        finally:
            self._close_tree()

    def _turn(self) -> None:
        """Set up the watch, or wait for something to happen and look after it."""
        if not self.is_set_up:
            self._set_up()
            return
        told = lost = False
        try:
            told = self._wait(max(0.0, self._next_look - time.monotonic()))
        except EventsLostError as error:
            _log.info("%s is watched anew: %s.", display_path(self._root), error)
            self._close_tree()
            self._stop.wait(_RECOVERY_SECONDS)
            lost = True
        except OSError as error:
            self._report(error)
            self._collector.add_root(self._root)
        if self._stop.is_set():
            return
        if told or lost or time.monotonic() >= self._next_look:
            self._look_later()
            self._look(mounts_changed=told, lost=lost)

    def _set_up(self) -> None:
        try:
            self._look_later()
            self._state = _state_of(self._root)
            if self._state is not None:
                self._open(self._since_ns)
        finally:
            self.is_set_up = True

    def _wait(self, seconds: float) -> bool:
        if self._tree is not None:
            return self._tree.wait(seconds)
        self._stop.wait(seconds)
        return False

    def _look(self, *, mounts_changed: bool, lost: bool) -> None:
        """Compare the folder itself with what it was, and mend the watch."""
        before, self._state = self._state, _state_of(self._root)
        is_same = _is_same_directory(before, self._state)
        if mounts_changed and filesystems.at_or_below(self._root) != self._mounts:
            lost = True
        if lost or not is_same:
            self._close_tree()
            self.problem = None
            if self._state is not None:
                self._open(time.time_ns())
        # After the watch is set: what changes during the scan is noticed.
        if lost or self._state != before:
            self._collector.add_root(self._root)
        elif self._is_polled() and time.monotonic() >= self._next_rescan:
            self._rescan()
        elif self._may_be_elsewhere():
            self._collector.add_root(self._root)

    def _may_be_elsewhere(self) -> bool:
        """Tell whether the folder is away and something was mounted since the last look."""
        is_away = self._state is None or self._state.is_empty
        before, self._everywhere = self._everywhere, filesystems.everywhere() if is_away else None
        return self._everywhere is not None and before is not None and self._everywhere != before

    def _rescan(self) -> None:
        if self.problem is not None:
            self.problem = None
            self._open(time.time_ns())
        self._next_rescan = time.monotonic() + self._timing.rescan_seconds
        self._collector.add_root(self._root)

    def _open(self, since_ns: int) -> None:
        """Watch the tree, if that is possible and of use."""
        self._mounts = filesystems.at_or_below(self._root)
        self._next_rescan = time.monotonic() + self._timing.rescan_seconds
        if filesystems.is_remote(self._root, self._mounts):
            return
        try:
            self._tree = self._open_tree(self._rules, self._changed, self._stop, since_ns)
        except OSError as error:
            self._report(error)

    def _report(self, error: OSError) -> None:
        """Live without a watch of the tree: a part of one would pretend to be all."""
        self._close_tree()
        name = display_path(self._root)
        _log.warning("%s cannot be watched: %s", name, error)
        self.problem = WatchProblem(self._root, _reason(name, error, self._timing.rescan_seconds))

    def _is_polled(self) -> bool:
        if self._state is None:
            return False
        return self._tree is None or any(mount.is_remote for mount in self._mounts)

    def _look_later(self) -> None:
        self._next_look = time.monotonic() + self._timing.poll_seconds

    def _changed(self, directory: str) -> None:
        if not self._stop.is_set():
            self._collector.add_directory(self._root, directory)

    def _close_tree(self) -> None:
        tree, self._tree = self._tree, None
        if tree is not None:
            tree.close()


@dataclass(frozen=True, slots=True)
class _State:
    """What a folder is at a moment; a drive that goes leaves an empty directory in its place."""

    device: int
    inode: int
    is_empty: bool


def _state_of(root: Path) -> _State | None:
    """Return None for a folder that is away."""
    try:
        info = root.stat()
        if not stat.S_ISDIR(info.st_mode):
            return None
        with os.scandir(root) as entries:
            return _State(info.st_dev, info.st_ino, next(entries, None) is None)
    except OSError:
        return None


def _is_same_directory(one: _State | None, other: _State | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.device, one.inode) == (other.device, other.inode)


def _reason(name: str, error: OSError, rescan_seconds: float) -> str:
    often = f"changes there are found every {rescan_seconds / 60:.0f} minutes"
    if sys.platform == "linux":
        if error.errno in inotify.LIMITS:
            return (
                f"{name} has more folders than this system lets programs watch, so {often}; "
                f"raise the limit fs.inotify.max_user_watches to have them found at once."
            )
    return f"{name} cannot be watched ({error.strerror or error}), so {often}."


def _tree_of_this_system() -> OpenTree:
    if sys.platform == "linux":
        return inotify.InotifyTree
    from inphotos.photos.observed import ObservedTree

    return ObservedTree
