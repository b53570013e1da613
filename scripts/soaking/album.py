"""A folder of photos in which something changes all the time, and that stays as large as it was."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path

PICTURES = Path(__file__).parents[2] / "inphotos" / "data" / "demo" / "pictures"

_IN_FOLDER = 40


class Album:
    """Photos in a few folders, added, changed, moved and deleted one by one.

    Attributes:
        folder: where they are.
        done: how often each was done.
    """

    def __init__(self, folder: Path, photos: int, chance: random.Random) -> None:
        """Make an album of so many photos."""
        self.folder = folder
        self.done: Counter[str] = Counter()
        self._usual = photos
        self._chance = chance
        self._number = 0
        self._pictures = sorted(PICTURES.glob("*.jpg"))
        self._folders = [folder / f"{n:02}" for n in range(max(2, photos // _IN_FOLDER))]
        for place in self._folders:
            place.mkdir(parents=True)
        self._photos: list[Path] = []
        while len(self._photos) < photos:
            self._add()
        self.done.clear()

    def change(self) -> None:
        """Do something to one photo; added and deleted ones make up for each other."""
        if len(self._photos) <= self._usual * 0.9:
            self._add()
        elif len(self._photos) >= self._usual * 1.1:
            self._delete()
        else:
            self._chance.choice((self._add, self._edit, self._move, self._delete))()

    def _add(self) -> None:
        """Copy a picture; a JPEG's decoder stops before what makes it differ from all others."""
        self._number += 1
        target = self._chance.choice(self._folders) / f"IMG_{self._number:06}.jpg"
        # Whole at once under its name, as cameras' programs do it.
        part = target.with_suffix(".part")
        shutil.copyfile(self._chance.choice(self._pictures), part)
        self._mark(part)
        part.rename(target)
        self._photos.append(target)
        self.done["added"] += 1

    def _edit(self) -> None:
        self._mark(self._chance.choice(self._photos))
        self.done["changed"] += 1

    def _move(self) -> None:
        at = self._chance.randrange(len(self._photos))
        self._number += 1
        target = self._chance.choice(self._folders) / f"moved_{self._number:06}.jpg"
        self._photos[at] = self._photos[at].rename(target)
        self.done["moved"] += 1

    def _delete(self) -> None:
        self._photos.pop(self._chance.randrange(len(self._photos))).unlink()
        self.done["deleted"] += 1

    def _mark(self, photo: Path) -> None:
        """Add what no other photo has; an edited one has no more of it than another."""
        whole = photo.read_bytes()
        end = whole.rfind(b"\xff\xd9") + 2
        photo.write_bytes(whole[:end] + self._chance.randbytes(16))
