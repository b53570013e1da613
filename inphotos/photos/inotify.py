"""Watching a folder's tree on Linux, by inotify itself.

Not by watchdog, which serves the other systems: it says nothing when the system's limit of watches
is reached or when events were lost, and it spends watches on directories that nobody asked about.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import select
import struct
from collections.abc import Iterator

from inphotos.photos.watched_tree import Changed, EventsLostError, Stop, WatchFilter, takes_file

# From <sys/inotify.h>, which is the same on every architecture but for the two flags of
# inotify_init1: those are the flags of open().
_IN_MODIFY = 0x2
_IN_ATTRIB = 0x4
_IN_CLOSE_WRITE = 0x8
_IN_MOVED_FROM = 0x40
_IN_MOVED_TO = 0x80
_IN_CREATE = 0x100
_IN_DELETE = 0x200
_IN_DELETE_SELF = 0x400
_IN_MOVE_SELF = 0x800
_IN_UNMOUNT = 0x2000
_IN_Q_OVERFLOW = 0x4000
_IN_IGNORED = 0x8000
_IN_ONLYDIR = 0x1000000
_IN_EXCL_UNLINK = 0x4000000
_IN_ISDIR = 0x40000000

_APPEARED = _IN_CREATE | _IN_MOVED_TO
_LISTING = _APPEARED | _IN_DELETE | _IN_MOVED_FROM
_SELF_GONE = _IN_DELETE_SELF | _IN_MOVE_SELF | _IN_UNMOUNT
# Nothing that reading a file causes: indexing must not disturb itself.
_MASK = (_LISTING | _IN_MODIFY | _IN_CLOSE_WRITE | _IN_ATTRIB | _IN_DELETE_SELF | _IN_MOVE_SELF) | (
    _IN_ONLYDIR | _IN_EXCL_UNLINK
)

#: Errors that say that the system watches, or has open, as much as it may.
LIMITS = frozenset({errno.ENOSPC, errno.EMFILE, errno.ENFILE, errno.ENOMEM})

_EVENT = struct.Struct("iIII")
_BUFFER_BYTES = 64 << 10

_libc = ctypes.CDLL(None, use_errno=True)
# Looked up here, not when a watch begins: while another thread loads torch's libraries, that would
# wait for them, and all of Python with it.
_init = _libc.inotify_init1
_add_watch, _rm_watch = _libc.inotify_add_watch, _libc.inotify_rm_watch


class _Directory:
    """A directory with a watch.

    Attributes:
        path: relative to the folder, "" for the folder.
        parent: the directory that it lies in; None for the folder.
        children: the directories in it that have a watch, by name.
        watch: inotify's descriptor.
    """

    __slots__ = ("children", "parent", "path", "watch")

    def __init__(self, path: str, parent: _Directory | None) -> None:
        self.path = path
        self.parent = parent
        self.children: dict[str, _Directory] = {}
        self.watch = -1

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    def lies_in(self, others: list[_Directory]) -> bool:
        above = self.parent
        while above is not None and above not in others:
            above = above.parent
        return above is not None


class InotifyTree:
    """A watch on a folder and all directories below it, those behind symbolic links included.

    A directory that is reached by several names is reported under each of them, what lies in it
    under the first.
    """

    def __init__(self, rules: WatchFilter, changed: Changed, stop: Stop, since_ns: int) -> None:
        """Set a watch on every directory; takes about 20 ms for 1,000 that are in memory.

        Args:
            rules: which directories to watch.
            changed: is told of the directories whose listing changed.
            stop: ends the set-up and :meth:`wait` early.
            since_ns: directories that were changed later than this are told of at once,
                nanoseconds since 1970.

        Raises:
            OSError: the folder cannot be watched; ENOSPC and EMFILE are limits of the system.
        """
        self._rules = rules
        self._changed = changed
        self._stop = stop
        # The directories of each watch. Several, where links lead to the same one.
        self._names: dict[int, list[_Directory]] = {}
        self._root = _Directory("", None)
        self._open = contextlib.ExitStack()
        self._poller = select.poll()
        self._poller.register(stop.fileno(), select.POLLIN)
        try:
            self._inotify = _checked(_init(os.O_NONBLOCK | os.O_CLOEXEC))
            self._open.callback(os.close, self._inotify)
            self._poller.register(self._inotify, select.POLLIN)
            # A file system that is mounted over a directory causes no event in it; a change of
            # this file tells.
            self._mounts = os.open("/proc/self/mounts", os.O_RDONLY)
            self._open.callback(os.close, self._mounts)
            self._poller.register(self._mounts, select.POLLPRI)
            self._enter(self._root, since_ns)
        except BaseException:
            self.close()
            raise

    def wait(self, seconds: float) -> bool:
        """Wait for changes; see :class:`inphotos.photos.watched_tree.WatchedTree`."""
        ready = [descriptor for descriptor, _ in self._poller.poll(seconds * 1000)]
        if self._inotify in ready:
            for watch, mask, name in _events(os.read(self._inotify, _BUFFER_BYTES)):
                self._take(watch, mask, name)
        return self._mounts in ready

    def close(self) -> None:
        """End the watch."""
        self._open.close()

    def _take(self, watch: int, mask: int, name: str) -> None:
        if mask & _IN_Q_OVERFLOW:
            raise EventsLostError("there were more events than the system keeps")
        directories = tuple(self._names.get(watch, ()))
        if mask & (_SELF_GONE | _IN_IGNORED) and self._root in directories:
            raise EventsLostError("the folder was moved, deleted or unmounted")
        for directory in directories:
            if mask & _IN_IGNORED:
                self._drop_gone(directory)
            elif name:
                self._take_entry(directory, mask, name)

    def _drop_gone(self, directory: _Directory) -> None:
        parent = directory.parent
        # It may have been dropped as part of another, or be another by now.
        if parent is not None and parent.children.get(directory.name) is directory:
            self._changed(parent.path)
            self._leave(directory)

    def _take_entry(self, parent: _Directory, mask: int, name: str) -> None:
        child = parent.children.get(name)
        path = f"{parent.path}/{name}" if parent.path else name
        if child is None and not mask & _IN_ISDIR:
            if takes_file(name):
                self._changed(parent.path)
                return
            full = self._rules.root / path
            if not (mask & _APPEARED and full.is_symlink() and full.is_dir()):
                return
        if not self._rules.takes_directory(path):
            return
        if mask & _LISTING:
            self._changed(parent.path)
            if child is not None:
                self._leave(child)
            if mask & _APPEARED:
                self._enter(_Directory(path, parent))
        elif child is not None:
            self._changed(path)
        else:  # perhaps it may be read from now on
            self._enter(_Directory(path, parent))

    def _enter(self, top: _Directory, since_ns: int | None = None) -> None:
        """Watch a directory and all below it, and tell of those that changed since; None: all."""
        pending = [top]
        while pending and not self._stop.is_set():
            directory = pending.pop()
            full = os.path.join(self._rules.root, directory.path)  # noqa: PTH118 - for speed
            try:
                watch = self._add_watch(full)
                names = self._names.setdefault(watch, [])
                if directory.lies_in(names):  # a link to a directory above
                    continue
                self._attach(directory, watch, names)
                if since_ns is None or os.stat(full).st_mtime_ns >= since_ns:  # noqa: PTH116
                    self._changed(directory.path)
                if len(names) > 1:
                    continue
                # Listed after the watch was set, so that nothing falls in between.
                pending += [_Directory(path, directory) for path in self._listed(directory, full)]
            except OSError as error:
                # Gone already, or closed to this user: the parent tells if that changes. The
                # system's limits are met here too, and they concern the whole tree.
                if directory is self._root or error.errno in LIMITS:
                    raise

    @staticmethod
    def _attach(directory: _Directory, watch: int, names: list[_Directory]) -> None:
        directory.watch = watch
        names.append(directory)
        if directory.parent is not None:
            directory.parent.children[directory.name] = directory

    def _listed(self, directory: _Directory, full: str) -> list[str]:
        """Return the directories in a directory, the one to visit first at the end."""
        prefix = f"{directory.path}/" if directory.path else ""
        with os.scandir(full) as listing:
            found = [prefix + entry.name for entry in listing if _is_directory(entry)]
        return sorted(filter(self._rules.takes_directory, found), reverse=True)

    def _leave(self, top: _Directory) -> None:
        """Forget a directory that is not the folder, and all below it."""
        if top.parent is not None:
            del top.parent.children[top.name]
        gone = [top]
        for directory in gone:  # grows
            gone += directory.children.values()
        first = {each.watch for each in gone if self._names[each.watch][0] is each}
        for directory in gone:
            self._names[directory.watch].remove(directory)
        for watch in first:
            others = self._names.pop(watch)
            _rm_watch(self._inotify, watch)
            for other in others:  # what lies in it was known by the name that is gone
                if other.parent is not None:
                    del other.parent.children[other.name]
                    self._enter(_Directory(other.path, other.parent))

    def _add_watch(self, path: str) -> int:
        return _checked(_add_watch(self._inotify, os.fsencode(path), _MASK))


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def _is_directory(entry: os.DirEntry[str]) -> bool:
    with contextlib.suppress(OSError):  # a loop of links
        return entry.is_dir()
    return False


def _events(data: bytes) -> Iterator[tuple[int, int, str]]:
    """Yield (watch, mask, name) of what inotify wrote; see inotify(7)."""
    start = 0
    while start < len(data):
        watch, mask, _, length = _EVENT.unpack_from(data, start)
        start += _EVENT.size
        name = data[start : start + length].rstrip(b"\0")
        start += length
        yield watch, mask, os.fsdecode(name)
