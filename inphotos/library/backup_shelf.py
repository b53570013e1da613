"""The automatic backups of a library: where they are, and which of them are kept.

They are in ``backups/`` in the library's directory, ``backup-00042-2026-11-22-101500.json`` for
one. What counts is the number: the clock may have been wrong.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from operator import attrgetter
from pathlib import Path

from inphotos.errors import LibraryError
from inphotos.library.backup_file import Backup, Holds, read, read_head
from inphotos.settings import write_atomically
from inphotos.store.trouble import translated_os_errors

#: So many of the newest are kept, the last one of each of so many days, and of so many weeks.
NEWEST, DAYS, WEEKS = 5, 7, 8

_NAME = re.compile(r"backup-(\d{5,})-(\d{4})-(\d\d)-(\d\d)-\d{6}\.json")


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """A backup on the shelf.

    Attributes:
        path: the file.
        number: a later one has a higher number.
        day: when it was written, in the time zone of that place.
        created: likewise, to the second, with the offset from UTC.
        holds: how much it holds.
    """

    path: Path
    number: int
    day: date
    created: datetime
    holds: Holds


def shelf(directory: Path) -> Path:
    """Return where the automatic backups of the library in ``directory`` are."""
    return directory / "backups"


def kept(directory: Path) -> list[KeptBackup]:
    """Return the automatic backups of the library in ``directory``, the newest first.

    Those of which the beginning is damaged are left out. The library may be in use, or damaged.
    """
    found = []
    for path, match in _files(directory):
        known = read_head(path)
        if known is not None:
            with contextlib.suppress(ValueError):  # a date that there is not
                day = date(int(match[2]), int(match[3]), int(match[4]))
                found.append(KeptBackup(path, int(match[1]), day, *known))
    return sorted(found, key=lambda backup: -backup.number)


def newest(directory: Path) -> Backup | None:
    """Return the newest automatic backup of the library in ``directory`` that can be read.

    The library is not opened: it may be in use, or damaged. None when there is no backup.
    """
    for backup in kept(directory):
        with contextlib.suppress(LibraryError):
            return read(backup.path)
    return None


def unreadable(directory: Path) -> list[Path]:
    """Return the files of the automatic backups of a library that cannot be read."""
    damaged = []
    for path, _ in _files(directory):
        try:
            read(path)
        except LibraryError:
            damaged.append(path)
    return damaged


def put(directory: Path, created: datetime, content: bytes) -> Path:
    """Put a backup on the shelf, and take off it what is no longer needed.

    Args:
        directory: the library's.
        created: when ``content`` was made, on the clock of this place.
        content: its document.

    Raises:
        DiskFullError, LibraryError: it cannot be written; all others are as they were.
    """
    number = max((int(match[1]) for _, match in _files(directory)), default=0) + 1
    path = shelf(directory) / f"backup-{number:05}-{created:%Y-%m-%d-%H%M%S}.json"
    with translated_os_errors(directory):
        shelf(directory).mkdir(mode=0o700, exist_ok=True)
        write_atomically(path, content)
        for backup in superfluous(kept(directory)):
            backup.path.unlink(missing_ok=True)
    return path


def superfluous(backups: Sequence[KeptBackup]) -> list[KeptBackup]:
    """Return which of the backups on a shelf, the newest first, need not be kept any longer.

    The fullest ones are kept, however old they are: should a library begin anew, empty, its
    backups must not drive out those of what it was. Days and weeks without a backup do not count,
    so that nothing is lost of a library because it was not opened for a year.
    """
    wanted = set(backups[:NEWEST])
    wanted |= _first_of(backups, lambda backup: backup.day, DAYS)
    wanted |= _first_of(backups, lambda backup: backup.day.isocalendar()[:2], WEEKS)
    if backups:
        # Of several that are as full, it is the newest.
        wanted |= {max(backups, key=attrgetter(f"holds.{field.name}")) for field in fields(Holds)}
    return [backup for backup in backups if backup not in wanted]


def _first_of(
    backups: Iterable[KeptBackup], key: Callable[[KeptBackup], Hashable], most: int
) -> set[KeptBackup]:
    first: dict[Hashable, KeptBackup] = {}
    for backup in backups:
        first.setdefault(key(backup), backup)
    return set(list(first.values())[:most])


def _files(directory: Path) -> list[tuple[Path, re.Match[str]]]:
    try:
        paths = list(shelf(directory).iterdir())
    except OSError:
        return []
    return [(path, match) for path in paths if (match := _NAME.fullmatch(path.name))]
