"""Which files are damaged of those that InPhotos makes from the photos and the store."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from inphotos.photos.thumbnails import is_whole

_DIRECTORIES = ("vectors", "alike", "calibration")


def damaged_files(library: Path) -> Iterator[Path]:
    """Yield the damaged ones among those that make searching quick."""
    for name in _DIRECTORIES:
        for path in _files(library / name):
            is_damaged = _CHECKS.get(path.suffix)
            if is_damaged is not None and is_damaged(path):
                yield path


def damaged_thumbnails(library: Path) -> Iterator[Path]:
    """Yield the damaged ones among the thumbnails."""
    for path in _files(library / "thumbnails"):
        if path.suffix == ".jpg" and not is_whole(path):
            yield path


def _is_broken_archive(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.testzip() is not None
    # zipfile raises much on damaged files.
    except Exception:
        return True


def _are_broken_codes(path: Path) -> bool:
    import numpy as np

    try:
        with np.load(path.with_suffix(".npz"), allow_pickle=False) as verdict:
            expected: int = len(verdict["ids"]) * verdict["centre"].size
    except FileNotFoundError:  # another process was ended between writing the two
        return False
    except Exception:
        return True
    return path.stat().st_size != expected


def _are_broken_ids(path: Path) -> bool:
    return path.stat().st_size % 8 != 0


#: By the ending of a file's name.
_CHECKS: dict[str, Callable[[Path], bool]] = {
    ".npz": _is_broken_archive,
    ".codes": _are_broken_codes,
    ".written": _are_broken_ids,
}


def _files(directory: Path) -> Iterator[Path]:
    return (path for path in directory.rglob("*") if path.is_file())
