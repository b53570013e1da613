"""What is wrong with the files of a library, found without opening it or writing anything.

What is in the store's tables is for :mod:`inphotos.store.consistency`.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from inphotos.errors import LibraryError, LibraryNewerError, display_path
from inphotos.library import derived
from inphotos.library.backup_file import NO_SENSE
from inphotos.library.backup_shelf import kept, unreadable
from inphotos.library.recovery import journal
from inphotos.settings import aside
from inphotos.store.files import salvaged_store
from inphotos.store.leftovers import unfinished
from inphotos.store.marks import from_json, is_unfinished
from inphotos.store.migrate import read_version
from inphotos.store.rows import layouts_in_model
from inphotos.store.seal import was_used
from inphotos.store.survey import Survey, survey

Kind = Literal[
    "version",
    "absent_store",
    "schema",
    "store",
    "lists",
    "marks",
    "settings",
    "derived",
    "thumbnails",
    "backups",
    "leftovers",
    "permissions",
    "unfinished",
]

#: Lists of the user's that are kept as JSON.
LISTS = ("searches.json", "history.json", "waiting-marks.json")

_REPAIR = "'inphotos doctor --repair'"


@dataclass(frozen=True, slots=True)
class Damage:
    """Something that is wrong.

    Attributes:
        kind: what it is about.
        sentence: what is wrong, and what to do, for the user.
        paths: the files concerned.
        survey: what was found in the store's file.
    """

    kind: Kind
    sentence: str
    paths: tuple[Path, ...] = ()
    survey: Survey | None = None


def damages(directory: Path) -> Iterator[Damage]:
    """Yield what is wrong with the files of a library that nobody has open.

    Args:
        directory: the library's.

    Raises:
        OSError: its directory cannot be read.
    """
    for look in CHECKS.values():
        found = look(directory)
        if found is not None:
            yield found


def _unfinished(directory: Path) -> Damage | None:
    if not (journal(directory).exists() or _waits(directory)):
        return None
    return Damage("unfinished", f"A repair of the library was interrupted; {_REPAIR} goes on.")


def _waits(directory: Path) -> bool:
    """Tell whether a salvaged store has only to take its place."""
    return salvaged_store(directory).exists() and not (directory / "store").exists()


def _version(directory: Path) -> Damage | None:
    try:
        read_version(directory)
        return None
    except LibraryNewerError:
        return None
    except FileNotFoundError:
        if not was_used(directory):
            return None
    except LibraryError:
        pass
    sentence = f"The library's version cannot be read; {_REPAIR} finds it out."
    return Damage("version", sentence, (directory / "library.json",))


def _absent_store(directory: Path) -> Damage | None:
    data = directory / "store" / "data.mdb"
    if (data.exists() and data.stat().st_size) or not was_used(directory) or _waits(directory):
        return None
    return Damage(
        "absent_store",
        f"The library's catalog and index are gone; {_REPAIR} restores the folders and all that "
        f"was backed up, and the next 'inphotos index' reads the photos again.",
        (data,),
    )


def _schema(directory: Path) -> Damage | None:
    files = directory / "store"
    if not (files / "data.mdb").exists():
        return None
    unreadable = []
    for path in (files / "model.json", files / "model.json.bak"):
        try:
            layouts_in_model(path)
        except FileNotFoundError:
            if path.suffix == ".json":
                unreadable.append(path)
        except (OSError, ValueError):
            unreadable.append(path)
    if not unreadable:
        return None
    names = " and ".join(path.name for path in unreadable)
    sentence = f"The description of the store ({names}) is damaged; {_REPAIR} restores it."
    return Damage("schema", sentence, tuple(unreadable))


def _store(directory: Path) -> Damage | None:
    data = directory / "store" / "data.mdb"
    if not (data.exists() and data.stat().st_size):
        return None
    found = survey(data)
    if found.is_whole:
        return None
    sentence = (
        f"The library's catalog and index are damaged ({_described(found)}); {_REPAIR} saves what "
        f"can be read, and the next 'inphotos index' reads the rest of the photos again."
    )
    return Damage("store", sentence, (data,), found)


def _described(found: Survey) -> str:
    parts = []
    if found.lost_commits:
        parts.append("the head of the file cannot be read")
    if found.pages:
        parts.append(f"unreadable pages: {found.pages:,}")
    if found.rows:
        parts.append(f"unreadable entries: {sum(found.rows.values()):,}")
    return ", ".join(parts) or "its parts do not fit together"


def _lists(directory: Path) -> Damage | None:
    damaged = [
        directory / name
        for name in LISTS
        if not _has(directory / name, lambda value: isinstance(value["entries"], list))
    ]
    # Whoever opens a library keeps the list aside that makes no sense, and goes on without it.
    damaged += [copy for name in LISTS if (copy := aside(directory / name)).exists()]
    searches = directory / "searches.json"
    if not searches.exists() and any(backup.holds.searches for backup in kept(directory)):
        damaged.append(searches)
    if not damaged:
        return None
    names = ", ".join(path.name for path in damaged)
    sentence = f"Lists of yours are damaged ({names}); {_REPAIR} restores what was backed up."
    return Damage("lists", sentence, tuple(damaged))


def _marks(directory: Path) -> Damage | None:
    path = directory / "marks.jsonl"
    copy = aside(path)
    is_lost = not path.exists() and any(backup.holds.photos for backup in kept(directory))
    if not (is_lost or copy.exists() or _has_spoiled_lines(path)):
        return None
    sentence = (
        f"Favourites, ratings and tags are damaged ({path.name}); {_REPAIR} restores what was "
        f"backed up."
    )
    return Damage("marks", sentence, (copy,) if copy.exists() else (path,))


def _has_spoiled_lines(path: Path) -> bool:
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return False
    except OSError:
        return True
    whole = [line for line in lines[:-1] if line.strip()]
    is_sound = lines[0].startswith(b'{"version"') and is_unfinished(lines[-1])
    return not (is_sound and all(map(_is_mark, whole)))


def _is_mark(line: bytes) -> bool:
    try:
        value = json.loads(line)
        from_json(value)
        return "version" in value or isinstance(value["content"], str)
    except (RecursionError, *NO_SENSE):
        return False


def _settings(directory: Path) -> Damage | None:
    path = directory / "settings.json"
    damaged = [] if _has(path, lambda value: isinstance(value, dict)) else [path]
    # As of the lists, a copy is kept by whoever opens the library.
    damaged += [copy for copy in (aside(path),) if copy.exists()]
    if not damaged:
        return None
    sentence = f"The settings are damaged; {_REPAIR} restores those of the last backup."
    return Damage("settings", sentence, tuple(damaged))


def _derived(directory: Path) -> Damage | None:
    return _counted(
        "derived",
        derived.damaged_files(directory),
        f"files that make searching quick are damaged; {_REPAIR} removes them, and InPhotos makes "
        f"them anew.",
    )


def _thumbnails(directory: Path) -> Damage | None:
    return _counted(
        "thumbnails",
        derived.damaged_thumbnails(directory),
        f"thumbnails are damaged; {_REPAIR} removes them, and InPhotos makes them anew.",
    )


def _backups(directory: Path) -> Damage | None:
    return _counted(
        "backups", unreadable(directory), f"backups cannot be read; {_REPAIR} sets them aside."
    )


def _leftovers(directory: Path) -> Damage | None:
    salvaged = salvaged_store(directory)
    left = [salvaged] if salvaged.exists() and not _waits(directory) else []
    left += unfinished(directory)
    return _counted(
        "leftovers", left, f"unfinished files were left behind; {_REPAIR} removes them."
    )


def _counted(kind: Kind, files: Iterable[Path], what: str) -> Damage | None:
    """Return what is wrong with some files, in words that follow their number; None for none."""
    found = tuple(files)
    return Damage(kind, f"{len(found):,} {what}", found) if found else None


def _permissions(directory: Path) -> Damage | None:
    # What is in a directory that nobody else may enter is closed, whatever it says itself.
    if os.name != "posix" or not stat.S_IMODE(directory.stat().st_mode) & 0o077:
        return None
    open_ones = tuple(
        path
        for path in (directory, *_walk(directory))
        if not path.is_symlink() and stat.S_IMODE(path.stat().st_mode) & 0o077
    )
    if not open_ones:
        return None
    sentence = (
        f"{len(open_ones):,} files of the library {display_path(directory)} can be read by other "
        f"users of this computer; {_REPAIR} closes them."
    )
    return Damage("permissions", sentence, open_ones)


def _has(path: Path, makes_sense: Callable[[Any], object]) -> bool:
    try:
        return bool(makes_sense(json.loads(path.read_bytes())))
    except FileNotFoundError:
        return True
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return False


def _walk(directory: Path) -> Iterator[Path]:
    for parent, directories, names in os.walk(directory):
        for name in (*directories, *names):
            yield Path(parent, name)


#: In the order in which they are mended.
CHECKS: dict[Kind, Callable[[Path], Damage | None]] = {
    "unfinished": _unfinished,
    "version": _version,
    "absent_store": _absent_store,
    "schema": _schema,
    "store": _store,
    "lists": _lists,
    "marks": _marks,
    "settings": _settings,
    "derived": _derived,
    "thumbnails": _thumbnails,
    "backups": _backups,
    "leftovers": _leftovers,
    "permissions": _permissions,
}
