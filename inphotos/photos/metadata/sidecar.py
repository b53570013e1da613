"""XMP sidecars: the files in which photo managers keep what they do not write into photos."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

_SUFFIXES = (".xmp", ".XMP", ".Xmp")

#: Real ones have some kilobytes, those of editors with brush strokes some hundred.
MAX_SIDECAR_BYTES = 4 << 20


def find_sidecar(path: Path, names_in_directory: Collection[str] | None = None) -> Path | None:
    """Return the sidecar of a photo.

    Args:
        path: the photo. One named like it with ``.xmp`` added comes before one that has ``.xmp``
            in place of its suffix; the latter belongs to every photo of that name.
        names_in_directory: the names of the files beside it, as a set if there are many; None to
            ask the disk for each name that is possible.

    Returns:
        None where there is none, or the folder cannot be read.
    """
    return next(find_sidecars(path, names_in_directory), None)


def find_sidecars(path: Path, names_in_directory: Collection[str] | None = None) -> Iterator[Path]:
    """Yield every sidecar of a photo, the one that counts first; as :func:`find_sidecar`."""
    for stem in dict.fromkeys((path.name, path.stem)):
        for suffix in _SUFFIXES:
            name = stem + suffix
            candidate = path.with_name(name)
            known = names_in_directory
            if name in known if known is not None else _is_file(candidate):
                yield candidate
                break  # where case does not count, the others are the same file


def sidecar_name(photo: Path, sidecar: Path, name: str) -> str:
    """Return what a photo's sidecar is called where the photo is called ``name``."""
    return (name if is_own_sidecar(photo, sidecar) else Path(name).stem) + sidecar.suffix


def is_own_sidecar(photo: Path, sidecar: Path) -> bool:
    """Tell whether a sidecar is of this photo only, and not of all that differ in their suffix."""
    return sidecar.name.startswith(photo.name)


def read_sidecar(path: Path) -> bytes | None:
    """Return a sidecar's bytes, None if it cannot be read or is too large to be one."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_SIDECAR_BYTES + 1)
    except OSError:
        return None
    return data if len(data) <= MAX_SIDECAR_BYTES else None


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # folders that may not be looked into
        return False
