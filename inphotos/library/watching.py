"""Watching the folders of a library for changes while the application runs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from inphotos.indexing.order import Order
from inphotos.photos.exclusions import Exclusions
from inphotos.photos.watch import Disturbance, FolderWatcher
from inphotos.store.folders import Folder


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Tells which directories of the folders are watched.

    Attributes:
        exclusions: what the user left out, by folder.
        library: the library's directory, where every thumbnail would be a change.
    """

    exclusions: Mapping[Path, Exclusions]
    library: Path

    def __call__(self, root: Path, directory: str) -> bool:
        """Tell whether a directory, relative to its folder, is watched."""
        if (root / directory).is_relative_to(self.library):
            return False
        return not self.exclusions[root].excludes_below(directory)


def watcher(on_disturbance: Callable[[Order], None]) -> FolderWatcher:
    """Return a watcher that tells, in a thread of its own, what is to be indexed.

    Args:
        on_disturbance: is called with the order for what has changed.
    """
    return FolderWatcher(lambda disturbance: on_disturbance(_order(disturbance)))


def follow(watcher: FolderWatcher, folders: Iterable[Folder], library: Path) -> None:
    """Let a watcher watch these folders from now on, but for what is left out of them.

    Args:
        watcher: that of the library.
        folders: those of the library.
        library: its directory.
    """
    exclusions = {folder.path: Exclusions(folder.exclusions) for folder in folders}
    watcher.watch(list(exclusions), _Wanted(exclusions, library))


def _order(disturbance: Disturbance) -> Order:
    return Order(scope={**disturbance.directories, **dict.fromkeys(disturbance.roots, None)})
