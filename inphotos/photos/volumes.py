"""Knowing a folder again when its drive or share is away, or comes back in another place."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from inphotos.photos.mounts import Volume, mounted, volume_of

__all__ = ["Volume", "find_elsewhere", "has_sample", "is_reachable", "mounted", "volume_of"]

#: Of a volume without an identity, this part of the sample has to be there unchanged.
_ALIKE = 0.9
_ENOUGH = 3

#: FAT keeps times to two seconds, in the local time of whoever writes: read elsewhere, or in
#: summer, all times are whole hours off. Time zones are at most 26 hours apart.
_COARSE_NS = 2_000_000_000
_HOUR_NS = 3_600_000_000_000
_MOST_HOURS = 26


def is_reachable(root: Path, had_photos: bool) -> bool:
    """Tell whether a folder is there, or its drive or share away.

    The directory that a drive was mounted on is still there when the drive is not: empty.

    Args:
        root: the folder.
        had_photos: whether photos were found in it before.
    """
    try:
        with os.scandir(root) as entries:
            return next(entries, None) is not None or not had_photos
    except OSError:
        return False


def find_elsewhere(
    folder: Path, below: str, identity: str, sample: Sequence[tuple[str, int, int]]
) -> Path | None:
    """Find a folder that is away on a volume that is now mounted in another place.

    A volume whose identity is known to be another is never taken for it, and not even asked.

    Args:
        folder: where it was.
        below: its path from its volume's mount point on; "" when it was all of the volume.
        identity: of its volume; "" when it has none.
        sample: photos that it had: path from the folder on, size in bytes, time of the last
            change in nanoseconds since 1970. They decide where an identity is not known.

    Returns:
        The folder's path now; None when it is nowhere to be found.
    """
    alike: dict[tuple[int, int], Path] = {}
    for volume in mounted():
        place = volume.mount / below if below else volume.mount
        if place == folder or (identity and volume.identity and identity != volume.identity):
            continue
        if not is_reachable(place, had_photos=True):
            continue
        if identity and identity == volume.identity:
            return place
        if has_sample(place, sample):
            info = place.stat()
            alike.setdefault((info.st_dev, info.st_ino), place)
    # Of two copies of the photos, which one was meant cannot be told.
    return next(iter(alike.values())) if len(alike) == 1 else None


def has_sample(place: Path, sample: Sequence[tuple[str, int, int]]) -> bool:
    """Tell whether a folder's photos are in a place; ``sample`` is as for find_elsewhere."""
    found = sum(_is_unchanged(place / path, size, mtime_ns) for path, size, mtime_ns in sample)
    wanted = len(sample) if len(sample) < _ENOUGH else max(_ENOUGH, _ALIKE * len(sample))
    return bool(sample) and found >= wanted


def _is_unchanged(path: Path, size: int, mtime_ns: int) -> bool:
    try:
        info = path.stat()
    except OSError:
        return False
    if info.st_size != size:
        return False
    hours = round((info.st_mtime_ns - mtime_ns) / _HOUR_NS)
    off = abs(info.st_mtime_ns - mtime_ns - hours * _HOUR_NS)
    return abs(hours) <= _MOST_HOURS and off <= _COARSE_NS
