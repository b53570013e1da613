"""Writes what the user thinks of photos to XMP files beside them, for other programs."""

from __future__ import annotations

import contextlib
import os
import re
import threading
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from inphotos.errors import display_path
from inphotos.photos.formats import COMPANION_SUFFIXES, READABLE, SUFFIXES
from inphotos.settings import write_atomically
from inphotos.store.marks import Mark

if TYPE_CHECKING:
    # Reading and writing XMP loads much that a library needs for nothing else.
    from inphotos.photos.metadata.xmp_editing import XmpChanges


#: Begins the names of sidecars that are being written, beside photos: among somebody else's files,
#: nothing but what is ours for certain may be removed. Eight signs follow.
_UNFINISHED = ".inphotos-sidecar-"
_UNFINISHED_NAME = re.compile(rf"{re.escape(_UNFINISHED)}[a-z0-9_]{{8}}")


@dataclass(frozen=True, slots=True)
class MarkedFile:
    """A photo's file whose mark is another now.

    Attributes:
        before, now: the mark.
        keywords: what the library knows as the file's own.
    """

    path: Path
    before: Mark
    now: Mark
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SidecarProblem:
    """A photo whose sidecar was not written.

    Attributes:
        reason: why, in a few words.
    """

    path: Path
    reason: str

    def __str__(self) -> str:
        """Return one sentence for the user."""
        return (
            f"The XMP file of {display_path(self.path)} was not written: {self.reason}. "
            f"The library has kept the change."
        )


class SidecarWriter:
    """Writes sidecars one by one, in the order in which the marks changed. Any thread may use it.

    A photo itself is never written to, nor opened.
    """

    def __init__(self) -> None:
        self._waiting: deque[MarkedFile] = deque()
        self._writing = threading.Lock()
        self._cleared: set[Path] = set()

    def add(self, files: Iterable[MarkedFile]) -> None:
        """Note what is to be written by the next :meth:`write`."""
        self._waiting.extend(files)

    def write(self) -> tuple[SidecarProblem, ...]:
        """Write what is waiting; return what could not be written, which is not tried again."""
        problems = []
        # One at a time, or the former mark of a photo could be written after the latter.
        with self._writing:
            while self._waiting:
                file = self._waiting.popleft()
                try:
                    sidecar = _edited(file)
                    if sidecar is not None:
                        self._put(sidecar)
                except OSError as error:
                    problems.append(SidecarProblem(file.path, error.strerror or str(error)))
                except ValueError as error:
                    problems.append(SidecarProblem(file.path, str(error)))
        return tuple(problems)

    def _put(self, sidecar: _Sidecar) -> None:
        directory = sidecar.path.parent
        if directory not in self._cleared:
            _remove_unfinished(directory)
            self._cleared.add(directory)
        write_atomically(sidecar.path, sidecar.content, mode=sidecar.mode, prefix=_UNFINISHED)


def problems_in_words(problems: Sequence[SidecarProblem]) -> str:
    """Return what to tell the user of sidecars that were not written, of one as of many."""
    first = str(problems[0])
    return first if len(problems) == 1 else f"{len(problems):,} XMP files were not written. {first}"


def _remove_unfinished(directory: Path) -> None:
    """Remove what a process was writing into a directory of photos when it was killed."""
    with contextlib.suppress(OSError), os.scandir(directory) as entries:
        for entry in list(entries):
            if _UNFINISHED_NAME.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                with contextlib.suppress(OSError):
                    Path(entry.path).unlink()


@dataclass(frozen=True, slots=True)
class _Sidecar:
    """A sidecar as it is to be."""

    path: Path
    content: bytes
    mode: int


def _edited(file: MarkedFile) -> _Sidecar | None:
    """Return the sidecar of a photo with its changes made, None where there are none.

    Raises:
        OSError: it cannot be read.
        ValueError: it is not to be changed; says why.
    """
    from inphotos.photos.metadata import read_sidecar
    from inphotos.photos.metadata.xmp_editing import edit_xmp

    changes = _changes(file)
    if changes is None:
        return None
    mode = file.path.stat().st_mode & 0o666  # also tells whether the photo is there
    target, former = _place(file.path)
    if former is not None:
        mode = former.stat().st_mode & 0o777
    packet = None if former is None else read_sidecar(former)
    if former is not None and packet is None:
        raise ValueError(f"{display_path(former.name)} cannot be read")
    try:
        edited = edit_xmp(packet, changes)
    except ValueError as error:
        assert former is not None
        reason = f"{display_path(former.name)} makes no sense, and is left as it is"
        raise ValueError(reason) from error
    return _Sidecar(target, edited, mode)


def _changes(file: MarkedFile) -> XmpChanges | None:
    """Return what is to be another in the sidecar, None for nothing."""
    from inphotos.photos.metadata.xmp_editing import Rated, XmpChanges

    before, now = file.before, file.now
    had = {tag.casefold() for tag in before.tags}
    has = {tag.casefold() for tag in now.tags}
    changes = XmpChanges(
        rated=None if before.rating == now.rating else Rated(before.rating, now.rating),
        favorite=None if before.favorite == now.favorite else now.favorite,
        added=tuple(tag for tag in now.tags if tag.casefold() not in had),
        removed=tuple(tag for tag in before.tags if tag.casefold() not in has),
        keywords=file.keywords,
    )
    return None if changes == XmpChanges(keywords=file.keywords) else changes


def _place(photo: Path) -> tuple[Path, Path | None]:
    """Return the sidecar to write, and the one that it continues, None for a new one.

    A new one has the photo's whole name and ``.xmp``, as darktable and digiKam have it and all
    programs of that kind read it: "IMG_1.xmp", as Lightroom has it for RAW files, would belong to
    every photo called IMG_1. Where one of those is shared, the photo gets its own copy of it.
    """
    from inphotos.photos.metadata import find_sidecar

    own = photo.with_name(f"{photo.name}.xmp")
    former = find_sidecar(photo)
    if former is None:
        return own, None
    if not former.name.startswith(photo.name) and _is_shared(photo):
        return own, former
    # What a link leads to is written, and the link stays.
    target = former.resolve()
    if target.suffix.lower() != ".xmp":
        raise ValueError(f"{display_path(former.name)} leads to a file of another kind")
    return target, former


def _is_shared(photo: Path) -> bool:
    """Tell whether there is another photo that differs in its suffix only.

    A RAW file is none where the photo is the JPEG or HEIF file of the same shot.
    """
    others = SUFFIXES
    if photo.suffix.lower() in COMPANION_SUFFIXES:
        others = SUFFIXES.difference(READABLE["RAW"])
    return any(
        other.stem == photo.stem and other != photo and other.suffix.lower() in others
        for other in photo.parent.iterdir()
    )
