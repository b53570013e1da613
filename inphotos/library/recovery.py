"""What a repair takes from the backups: noted ahead of its first change, and done at its end."""

from __future__ import annotations

import contextlib
import json
import math
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inphotos.errors import LibraryError
from inphotos.library.backup_file import Backup, read
from inphotos.library.backup_shelf import kept, newest
from inphotos.settings import write_json
from inphotos.store.marks import UNMARKED, Mark, clean_tags

if TYPE_CHECKING:
    from inphotos.library.library import Library
    from inphotos.library.restoring import Restored

#: What a backup has: fields of :class:`Backup`.
PARTS = ("folders", "photos", "searches", "settings")

_NOTHING: dict[str, Any] = {"folders": (), "photos": (), "searches": (), "settings": {}}


@dataclass(frozen=True, slots=True)
class Recovery:
    """What is left to be restored.

    Attributes:
        parts: what of a backup: of :data:`PARTS`. The rest is as it was, and a backup that is older
            would bring back what the user has forgotten since then.
        marks: its marks are to be joined with those that there are, which may be older.
        before: the backup is to be older than this, seconds since 1970; None for any.
        needs: of what it has to hold something: fields of ``Holds``.
    """

    parts: Sequence[str] = ()
    marks: bool = False
    before: float | None = None
    needs: Sequence[str] = ()

    @classmethod
    def load(cls, directory: Path) -> Recovery:
        """Return what an interrupted repair of a library has left to be restored.

        Raises:
            OSError: that cannot be read.
        """
        try:
            return cls(**json.loads(journal(directory).read_bytes()))
        except FileNotFoundError:
            return cls()
        except (ValueError, TypeError, RecursionError):
            return cls(PARTS, marks=True)

    def save(self, directory: Path) -> None:
        """Note this for the next repair, should the one at work be interrupted.

        Raises:
            OSError: that cannot be written.
        """
        write_json(journal(directory), asdict(self))

    def joined(
        self, parts: Collection[str], *, before: float | None, needs: str | None, marks: bool
    ) -> Recovery:
        """Return this with more that is to be restored; the arguments are like the attributes."""
        earliest = min(math.inf if each is None else each for each in (before, self.before))
        return Recovery(
            parts=sorted({*self.parts, *parts}),
            marks=marks or self.marks,
            before=None if math.isinf(earliest) else earliest,
            needs=[*self.needs, *([needs] if needs else [])],
        )

    def backup(self, directory: Path) -> Backup | None:
        """Return the newest backup that can be read and may have what was lost; else the newest."""
        for found in kept(directory):
            with contextlib.suppress(LibraryError, FileNotFoundError):
                is_older = self.before is None or found.path.stat().st_mtime < self.before
                if is_older and all(getattr(found.holds, name) for name in self.needs):
                    return read(found.path)
        return newest(directory)

    def run(self, library: Library, backup: Backup) -> Restored:
        """Restore what is wanted of a backup; return what has changed.

        Raises:
            LibraryError: see ``Backups.restore``.
        """
        restored = library.backups.restore(_only(backup, self.parts))
        if not self.marks:
            return restored
        joint = library.backups.restore(_joint_marks(library, backup), overwrite=True)
        return replace(restored, photos=restored.photos + joint.photos)


def journal(directory: Path) -> Path:
    """Return the file that is there from a repair's first change to its end."""
    return directory / "repairing.json"


def _only(backup: Backup, parts: Collection[str]) -> Backup:
    return replace(backup, **{part: _NOTHING[part] for part in PARTS if part not in parts})


def _joint_marks(library: Library, backup: Backup) -> Backup:
    """Return the photos of a backup, with what the library still knows of them."""
    now = {photo.content: photo.mark for photo in library.backups.collect().photos}
    photos = tuple(
        replace(photo, mark=_both(now.get(photo.content, UNMARKED), photo.mark))
        for photo in backup.photos
    )
    return _only(replace(backup, photos=photos), ["photos"])


def _both(one: Mark, other: Mark) -> Mark:
    rating = other.rating if one.rating is None else one.rating
    return Mark(one.favorite or other.favorite, rating, clean_tags([*one.tags, *other.tags]))
