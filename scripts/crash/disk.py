"""Folders of photos that things happen to, and what of them a library has to show."""

from __future__ import annotations

import hashlib
import io
import os
import random
import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from PIL import Image

from inphotos.photos.decode import content_digest

#: Half of the contents are as long as one another, as uncompressed photos of one camera are.
CONTENTS = 24
BROKEN = b"no photo, whatever its name says"
DIRECTORIES = ("", "d1", str(Path("d1", "d2")), "d3")

#: Patterns to exclude by, of those that :func:`reached` and :func:`photos_on_disk` know.
EXCLUSIONS = ((), ("d3/",), ("a.png",))

#: What of a file has to stay: its bytes, size and time of the last change.
Trace = tuple[str, int, int]


@cache
def picture(number: int) -> bytes:
    """Return the bytes of one of the photos; -1 is a file that cannot be read."""
    if number < 0:
        return BROKEN
    size = 24 if number % 2 else 16 + number
    noise = random.Random(number).randbytes(size * size * 3)
    image = Image.frombytes("RGB", (size, size), noise)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=0)
    return buffer.getvalue()


def reached(root: Path, excluded: Collection[str]) -> set[str]:
    """Return the directories of a folder that are there and not left out."""
    found = set()
    for parent, names, files in os.walk(root):
        relative = os.path.relpath(parent, root)
        directory = "" if relative == "." else relative
        if directory and ".nomedia" in files:
            names.clear()
            continue
        if "d3/" in excluded:
            names[:] = [name for name in names if name != "d3"]
        found.add(directory)
    return found


def photos_on_disk(root: Path, excluded: Collection[str]) -> dict[Path, str]:
    """Return the photos of a folder that can be read and are not left out, with their digests."""
    found = {}
    for directory in reached(root, excluded):
        for path in (root / directory).iterdir():
            left_out = path.name in excluded or path.suffix.lower() != ".png"
            if path.is_file() and not left_out and (data := path.read_bytes()) != BROKEN:
                found[path] = content_digest(data)
    return found


@dataclass
class Disk:
    """Two folders in a directory, which change by chance.

    Attributes:
        base: the directory.
        roots: the folders.
    """

    base: Path
    chance: random.Random
    clock: int = 1_700_000_000
    roots: list[Path] = field(init=False)

    def __post_init__(self) -> None:
        self.roots = [self.base / "photos" / f"folder {number}" for number in range(2)]

    def fill(self, count: int) -> None:
        """Make the folders, with so many photos, some of them twice and some broken."""
        for root in self.roots:
            root.mkdir(parents=True)
            (root / "notes.txt").write_text("so that it is never empty")
        for _ in range(count):
            self._add()

    def change(self) -> str:
        """Let one thing happen; return what."""
        happenings: list[tuple[Callable[[], None], int]] = [
            (self._add, 6),
            (self._edit, 4),
            (self._move, 4),
            (self._copy, 2),
            (self._delete, 2),
            (self._touch, 1),
            (self._delete_many, 1),
            (self._move_directory, 1),
            (self._toggle_nomedia, 1),
        ]
        happens, weights = zip(*happenings, strict=True)
        [chosen] = self.chance.choices(happens, weights)
        chosen()
        return str(chosen.__name__).strip("_")

    def files(self) -> list[Path]:
        """Return all photos, also those that are left out or broken."""
        return sorted(path for root in self.roots for path in root.rglob("*.png"))

    def traces(self) -> dict[Path, Trace]:
        """Return what of every file has to stay as it is while InPhotos runs."""
        traces = {}
        for path in sorted((self.base / "photos").rglob("*")):
            info = path.lstat()
            digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
            traces[path] = (digest, info.st_size, info.st_mtime_ns)
        return traces

    def _add(self) -> None:
        self._write(self._place(), picture(self.chance.randrange(-1, CONTENTS)))

    def _edit(self) -> None:
        for path in self._some():
            if self.chance.random() < 0.5:
                self._write(path, picture(self.chance.randrange(-1, CONTENTS)))
            else:
                path.write_bytes(picture(self.chance.randrange(CONTENTS)))
                self._touch_now(path)

    def _move(self) -> None:
        for path in self._some():
            target = self._place()
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)

    def _copy(self) -> None:
        for path in self._some():
            self._write(self._place(), path.read_bytes())

    def _delete(self) -> None:
        for path in self._some():
            path.unlink()

    def _touch(self) -> None:
        for path in self._some():
            self._touch_now(path)

    def _delete_many(self) -> None:
        for path in self.files()[:: self.chance.choice((2, 3))]:
            path.unlink()

    def _move_directory(self) -> None:
        source = self.chance.choice(self.roots) / self.chance.choice(DIRECTORIES[1:])
        target = self.chance.choice(self.roots) / "d4"
        if source.is_dir():
            if target.exists():
                shutil.rmtree(target)
            source.rename(target)

    def _toggle_nomedia(self) -> None:
        directory = self.chance.choice(self.roots) / self.chance.choice(DIRECTORIES[1:])
        mark = directory / ".nomedia"
        if mark.exists():
            mark.unlink()
        elif directory.is_dir():
            mark.touch()

    def _place(self) -> Path:
        name = self.chance.choice(("a.png", "b.png", os.fsdecode(b"caf\xe9.png")))
        if self.chance.random() < 0.8:
            name = f"IMG {self.chance.randrange(40)}.png"
        return self.chance.choice(self.roots) / self.chance.choice(DIRECTORIES) / name

    def _some(self) -> list[Path]:
        files = self.files()
        return self.chance.sample(files, min(len(files), self.chance.choice((1, 1, 2, 5))))

    def _write(self, path: Path, data: bytes) -> None:
        """Write a photo as most programs do: a new file takes the place of the old one."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.base / "fresh"
        fresh.write_bytes(data)
        self._touch_now(fresh)
        fresh.replace(path)

    def _touch_now(self, path: Path) -> None:
        # The clock never stands still, so that a change is always to be seen.
        self.clock += 1
        os.utime(path, (self.clock, self.clock))
