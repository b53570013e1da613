"""Where things are kept, and what the user has chosen."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import platformdirs

DEFAULT_MODEL = "clip-vit-b-32"

#: Lengths of the long edge at which thumbnails are kept, pixels: a tile of 256 at 1x and at 2x.
THUMBNAIL_EDGES = (256, 512)

#: Both sizes of about 70,000 photos, the small one of 250,000.
THUMBNAIL_CACHE_BYTES = 4 << 30


#: Of 120 photos that were saved again, made smaller, cut by up to 4 %, brightened, or got a mark in
#: a corner, 98 % are within so many bits; of those cut at one corner by 4 %, 84 %.
NEAR_DUPLICATE_BITS = 10


def data_directory() -> Path:
    """Return the platform's directory for this user's InPhotos data (not created here)."""
    return Path(platformdirs.user_data_dir("InPhotos", appauthor=False))


def library_directory(option: str | os.PathLike[str] | None = None) -> Path:
    """Return the library's directory: ``option``, else $INPHOTOS_LIBRARY, else the platform's."""
    chosen = option or os.environ.get("INPHOTOS_LIBRARY")
    return Path(chosen).expanduser().absolute() if chosen else data_directory() / "library"


def demo_library_directory() -> Path:
    """Return the library of ``inphotos demo``, kept apart from the user's own photos."""
    return data_directory() / "demo-library"


def models_directory() -> Path:
    """Return where downloaded models are kept, shared by all libraries ($INPHOTOS_MODELS)."""
    chosen = os.environ.get("INPHOTOS_MODELS")
    return Path(chosen).expanduser().absolute() if chosen else data_directory() / "models"


def crash_directory() -> Path:
    """Return where reports of crashes are kept (not created here)."""
    return data_directory() / "crash-reports"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user has chosen for one library.

    Attributes:
        model: name or path of the model that encodes the photos.
        thumbnail_cache_bytes: how much room thumbnails may take.
        only_on_mains: photos are read and encoded only while the machine is not on battery.
        gentle: indexing rests as long as it works.
        strictness_for_words: how sure a match has to be, from -1 (lenient) by 0 (as the library's
            photos suggest) to 1 (strict).
        strictness_for_photos: likewise for two photos of the same kind.
        near_duplicate_bits: in how many bits of 64 the perceptual hashes of near-duplicates may
            differ.
        fold: show photos that are alike as one.
        write_sidecars: write ratings, tags and favourites to an XMP file beside each photo too, for
            other programs. The library has them in any case; photos themselves are never written.
        next_model: name or path of the model that is to take the other one's place as soon as all
            photos are encoded for it; empty for none.
    """

    model: str = DEFAULT_MODEL
    thumbnail_cache_bytes: int = THUMBNAIL_CACHE_BYTES
    only_on_mains: bool = False
    gentle: bool = False
    strictness_for_words: float = 0.0
    strictness_for_photos: float = 0.0
    near_duplicate_bits: int = NEAR_DUPLICATE_BITS
    fold: bool = True
    write_sidecars: bool = False
    next_model: str = ""

    @classmethod
    def load(cls, path: Path, *, keep: bool = False) -> Settings:
        """Read settings; what is missing, unreadable or of another type has its default.

        Args:
            path: the file.
            keep: a file that makes no sense is kept aside, as the next change replaces it.
        """
        try:
            content = path.read_bytes()
        except OSError:
            return cls()
        try:
            return cls(**cls.valid(json.loads(content.decode("utf-8"))))
        except (ValueError, AttributeError, RecursionError):
            if keep:
                with contextlib.suppress(OSError):
                    keep_aside(path, content)
            return cls()

    @classmethod
    def valid(cls, stored: Mapping[str, Any]) -> dict[str, Any]:
        """Return those of the stored values that are settings, and of the right type."""
        # Exactly the type: True would pass for a number.
        known = {field.name: type(field.default) for field in fields(cls)}
        return {k: v for k, v in stored.items() if type(v) is known.get(k)}

    def save(self, path: Path) -> None:
        """Write the settings atomically."""
        write_json(path, asdict(self))


#: Begins the names of files that are being written; a process that is killed leaves them behind.
UNFINISHED = ".tmp-"


def aside(path: Path) -> Path:
    """Return where a damaged file of the user's is kept by whoever finds it."""
    return path.with_name(f"{path.stem}.damaged{path.suffix}")


def keep_aside(path: Path, content: bytes) -> None:
    """Keep aside what is in a damaged file, once: its time tells which backups are older.

    Raises:
        OSError: it cannot be written.
    """
    copy = aside(path)
    if not copy.exists() or copy.read_bytes() != content:
        write_atomically(copy, content)


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write ``value`` to ``path`` so that a crash leaves the old file or the new one, whole."""
    text = json.dumps(value, indent=2, sort_keys=True) + "\n"
    write_atomically(path, text.encode("utf-8"))


def write_atomically(
    path: Path,
    content: bytes,
    *,
    durable: bool = True,
    mode: int | None = None,
    beside: Path | None = None,
    prefix: str = UNFINISHED,
) -> None:
    """Replace ``path`` by a file with ``content``.

    Args:
        path: the file; its directory must exist.
        content: the bytes of the new file.
        durable: force the bytes to disk before the old file goes, and the name before this returns
            (not needed for what can be made again).
        mode: the permissions of the new file; by default its owner only may read it.
        beside: directory of the file while it is not finished, on the same volume; by default
            that of ``path``.
        prefix: begins its name by then.
    """
    import tempfile

    handle, temporary = tempfile.mkstemp(dir=beside or path.parent, prefix=prefix)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        if mode is not None:
            Path(temporary).chmod(mode)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    if durable:
        # Otherwise what is written next may be on the disk ahead of the name.
        with contextlib.suppress(OSError):  # not every system can do that for directories
            sync(path.parent)


def sync(path: Path) -> None:
    """Have what is in a file, or the names in a directory, on the disk.

    Raises:
        OSError: that is not possible.
    """
    # Windows does that for files only, and for those alone that may be written.
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
