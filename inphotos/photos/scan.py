"""Finding the photos below a folder."""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from inphotos.errors import FolderError, display_path
from inphotos.photos.exclusions import NO_MEDIA, Exclusions, is_hidden, self_and_parents
from inphotos.photos.formats import is_photo
from inphotos.photos.listing import (
    Content,
    FoundFile,
    Listing,
    Sidecar,
    make_listing,
    read_directory,
)
from inphotos.photos.placeholders import is_placeholder

__all__ = ["FoundFile", "Listing", "Scan", "Sidecar", "check_folder"]


class Scan:
    """One walk through a folder, or through some of its directories; iterate over it once.

    It yields the listing of each directory that holds photos, parents before children, by name.
    Which directories and photos are passed over: see ``Exclusions``. The folder itself is always
    listed.

    Links are followed out of the folder only: what is inside is found there, under its own name.
    A directory, and the target of a link, that is reached twice counts where it is met first.

    A photo that is only in the cloud is not given out but named in ``placeholders``: it is neither
    gone nor to be opened. RAW files beside their JPEG are passed over, see ``make_listing``.

    The sets and lists are complete when the iteration has ended; directories in them are relative
    to the folder, with the system's separator, and "" is the folder itself.

    Attributes:
        root: the folder.
        unreadable: directories that could not be listed, in whole or in part, or whose drive or
            share is away: what is known below them is not to be taken for gone.
        entries: directory entries of any kind seen so far.
        visited: directories that were listed in whole, with photos or without.
        absent: known directories that are no longer part of the folder (deleted, renamed or
            excluded now) while their parent is: everything known below them is gone.
        repeated: directories passed over because they were counted elsewhere, in this folder or,
            by ``seen``, in another.
        placeholders: photos that are only in the cloud, by the name that they have when they are
            here.
        mounts: directories where another file system begins. "" is among them when the folder
            itself is such a place.
    """

    def __init__(
        self,
        root: Path,
        exclusions: Exclusions = Exclusions(),  # noqa: B008 - it is immutable
        *,
        directories: Collection[str] | None = None,
        known: Collection[str] = (),
        known_mounts: Collection[str] = (),
        seen: set[tuple[int, int]] | None = None,
        checkpoint: Callable[[], None] | None = None,
    ) -> None:
        """Prepare a walk; nothing is read yet.

        Args:
            root: the folder, absolute.
            exclusions: what the user left out of it.
            directories: list only these, and what is below them only where it is not ``known``.
            known: directories that earlier scans visited.
            known_mounts: ``mounts`` of the last scan: when nothing is mounted there any more, and
                no photo or directory is in its place, the drive is away.
            seen: device and inode of the directories and links that count already; shared by the
                scans of folders that may overlap, and added to.
            checkpoint: called before each directory is listed; may raise to end the scan.
        """
        self.root = root
        self.unreadable: list[Path] = []
        self.entries = 0
        self.visited: set[str] = set()
        self.absent: set[str] = set()
        self.repeated: set[str] = set()
        self.placeholders: list[Path] = []
        self.mounts: set[str] = set()
        self._exclusions = exclusions
        self._directories = directories
        self._known = frozenset(known)
        self._known_mounts = frozenset(known_mounts)
        self._seen = set() if seen is None else seen
        self._checkpoint = checkpoint
        # Paths are put together as text: a Path object for each would double a scan's time.
        self._start = os.fspath(root)
        self._prefix = os.path.join(self._start, "")  # noqa: PTH118
        self._real_start = os.path.realpath(root)
        self._identity = (0, 0)
        self._devices: dict[str, int] = {}
        self._expected: defaultdict[str, set[str]] = defaultdict(set)
        for directory in (self._known | self._known_mounts) - {""}:
            self._expected[os.path.dirname(directory)].add(directory)  # noqa: PTH120 - text, not a Path

    def __iter__(self) -> Iterator[Listing]:
        pending = self._first_directories()
        while pending:
            directory = pending.pop()
            if self._checkpoint is not None:
                self._checkpoint()
            content = self._read(directory)
            if content is None:
                continue
            pending += reversed(self._directories_below(directory, content))
            listing = self._list(directory, content)
            if content.broken:
                self._note_unreadable(directory)
            else:
                self.visited.add(directory)
            if listing.files:
                yield listing

    def _first_directories(self) -> list[str]:
        """Return where to begin, the last first."""
        try:
            info = os.stat(self._start)  # noqa: PTH116 - links stay as the user named them
        except OSError:
            self._note_unreadable("")
            return []
        self._identity = (info.st_dev, info.st_ino)
        if self._directories is None:
            return [""]
        wanted = set(self._directories)
        self.absent |= {directory for directory in wanted if self._is_excluded(directory)}
        return sorted(wanted - self.absent, reverse=True)

    def _is_excluded(self, directory: str) -> bool:
        return self._exclusions.excludes_below(directory) or any(
            os.path.lexists(self._path(_join(part, NO_MEDIA)))
            for part in self_and_parents(directory)
        )

    def _read(self, directory: str) -> Content | None:
        """List a directory unless it was, is away or does not count; note which it is."""
        if directory in self.visited:
            return None
        path = self._path(directory)
        try:
            info = os.stat(path)  # noqa: PTH116 - no Path object per directory
            # Some file systems number nothing: there, 0 says nothing about being the same.
            identity = (info.st_dev, info.st_ino) if info.st_ino else None
            if identity in self._seen:
                self.repeated.add(directory)
                return None
            content = read_directory(path)
            is_mount = info.st_dev != self._device_around(directory)
        except (FileNotFoundError, NotADirectoryError):
            self._note_lost(directory)
            return None
        except OSError:
            self._note_unreadable(directory)
            return None
        if content.vanished and (away := self._place_away(directory)) is not None:
            self._note_unreadable(away)
            return None
        if directory and (content.no_media or is_hidden(info)):
            self.absent.add(directory)
            return None
        if identity is not None:
            self._seen.add(identity)
        self.entries += content.count
        self._devices[directory] = info.st_dev
        if is_mount:
            self.mounts.add(directory)
        elif directory in self._known_mounts and not (content.photos or content.folders):
            self._note_unreadable(directory)
            return None
        return content

    def _directories_below(self, directory: str, content: Content) -> list[str]:
        """Return which directories in a directory to list next, by name; note those that went."""
        present: set[str] = set()
        for name, is_link in content.folders:
            child = _join(directory, name)
            if not self._exclusions.excludes_directory(child) and not (
                is_link and self._leads_inside(child, is_directory=True)
            ):
                present.add(child)
        if not content.broken:  # or else some of them may only have failed to answer
            for lost in sorted(self._expected.get(directory, set()) - present):
                self._note_lost(lost)
        if self._directories is not None:
            present -= self._known
        return sorted(present)

    def _list(self, directory: str, content: Content) -> Listing:
        photos = content.photos
        placeholders = content.placeholders
        if content.links:
            linked = (self._follow(directory, link, content) for link in content.links)
            photos = sorted([*photos, *(file for file in linked if file is not None)])
        if self._exclusions.patterns:
            photos = [file for file in photos if not self._excludes(directory, file.name)]
            placeholders = [name for name in placeholders if not self._excludes(directory, name)]
        self.placeholders += [self.root / directory / name for name in placeholders]
        return make_listing(directory, photos, content, placeholders)

    def _excludes(self, directory: str, name: str) -> bool:
        return self._exclusions.excludes_photo(_join(directory, name))

    def _follow(self, directory: str, link: os.DirEntry[str], content: Content) -> FoundFile | None:
        """Return the photo that a link outside the folder leads to, for the first such link."""
        try:
            info = link.stat()
        except OSError:  # its target is not there; the directory itself is fine
            return None
        identity = (info.st_dev, info.st_ino)
        if (
            not stat.S_ISREG(info.st_mode)
            or identity in self._seen
            or self._leads_inside(_join(directory, link.name), is_directory=False)
        ):
            return None
        if info.st_ino:
            self._seen.add(identity)
        if is_placeholder(info, link.name):
            content.placeholders.append(link.name)
            return None
        return FoundFile(link.name, info.st_size, info.st_mtime_ns, info.st_ino)

    def _leads_inside(self, link: str, *, is_directory: bool) -> bool:
        """Tell whether a link's target is found without the link."""
        target = os.path.realpath(self._path(link))
        if target == self._real_start:
            return True
        inside = target.removeprefix(os.path.join(self._real_start, ""))  # noqa: PTH118 - text
        if inside == target:
            return False
        if is_directory:
            return not self._exclusions.excludes_below(inside)
        directory, name = os.path.split(inside)
        return (
            is_photo(name)
            and not name.startswith(".")
            and not self._exclusions.excludes_photo(inside)
            and not self._exclusions.excludes_below(directory)
        )

    def _note_lost(self, directory: str) -> None:
        """Note a directory that is not to be found: away with its drive, or no longer there."""
        away = self._place_away(directory)
        if away is None:
            self.absent.add(directory)
        else:
            self._note_unreadable(away)

    def _place_away(self, directory: str) -> str | None:
        """Return the place around a directory whose drive, share or link target is away."""
        if self._exclusions.excludes_below(directory):
            return None
        for part in self_and_parents(directory):
            path = self._path(part)
            if os.path.islink(path):  # noqa: PTH114 - no Path object per directory
                if not os.path.exists(path):  # noqa: PTH110
                    return part
            elif part in self._known_mounts or part in self.mounts:
                try:
                    is_mounted = os.stat(path).st_dev != self._device_around(part)  # noqa: PTH116
                except OSError:
                    return part
                if not is_mounted:
                    return part
        try:
            info = os.stat(self._start)  # noqa: PTH116 - links stay as the user named them
        except OSError:
            return ""
        return None if (info.st_dev, info.st_ino) == self._identity else ""

    def _device_around(self, directory: str) -> int:
        """Return the device that the parent of a directory lies on."""
        parent = directory.rpartition(os.sep)[0]
        if directory and parent in self._devices:
            return self._devices[parent]
        around = os.path.dirname(self._path(directory))  # noqa: PTH120 - text, not a Path
        return os.stat(around).st_dev  # noqa: PTH116 - no Path object per directory

    def _note_unreadable(self, directory: str) -> None:
        path = self.root / directory
        if path not in self.unreadable:
            self.unreadable.append(path)

    def _path(self, directory: str) -> str:
        return self._prefix + directory if directory else self._start


def _join(directory: str, name: str) -> str:
    return f"{directory}{os.sep}{name}" if directory else name


def check_folder(path: Path) -> Path:
    """Return ``path`` as an absolute folder that can be listed.

    Raises:
        FolderError: it is not there, is not a folder, or may not be read.
    """
    path = Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 - links stay as the user named them
    name = display_path(path)
    try:
        if not stat.S_ISDIR(path.stat().st_mode):
            raise FolderError(f"{name} is not a folder; choose the folder that holds your photos.")
        with os.scandir(path):
            pass
    except FileNotFoundError as error:
        raise FolderError(f"There is no folder {name}; check the spelling.") from error
    except PermissionError as error:
        raise FolderError(
            f"The folder {name} may not be read; check its permissions and try again."
        ) from error
    except (OSError, ValueError) as error:
        raise FolderError(f"The folder {name} cannot be read ({error}).") from error
    return path
