"""Where the indexer has to look: joining several wishes, and telling what one of them covers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inphotos.indexing.look import Scope


def merged(first: Scope | None, second: Scope | None) -> Scope | None:
    """Return what looks at everything that either of two scopes does; None is everything."""
    if first is None or second is None:
        return None
    result = dict(first)
    for root, directories in second.items():
        known = result.get(root, ())
        whole = directories is None or known is None
        result[root] = None if whole else frozenset(known or ()) | frozenset(directories or ())
    return result


def covers_folder(scope: Scope | None, root: Path) -> bool:
    """Tell whether something of a folder is looked at."""
    return scope is None or root in scope


def covers(scope: Scope | None, photo: Path) -> bool:
    """Tell whether the directory that a photo is in is looked at."""
    if scope is None:
        return True
    for root, directories in scope.items():
        if root in photo.parents:
            return directories is None or _directory(photo, root) in directories
    return False


def around(photos: Iterable[Path], roots: Sequence[Path]) -> Scope:
    """Return the directories of photos; those that are in none of the folders are left out."""
    found: dict[Path, set[str]] = {}
    for photo in photos:
        for root in roots:
            if root in photo.parents:
                found.setdefault(root, set()).add(_directory(photo, root))
    return found


def _directory(photo: Path, root: Path) -> str:
    relative = photo.parent.relative_to(root).as_posix()
    return "" if relative == "." else relative
