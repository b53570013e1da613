"""What can be said of the library itself: what it holds, and what is wrong with it."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from pathlib import Path

from inphotos.errors import LibraryError, display_path
from inphotos.library.backup_shelf import kept
from inphotos.library.damage import damages
from inphotos.library.reports import disk_usage
from inphotos.library.runtimes import RuntimeState
from inphotos.photos import volumes
from inphotos.store.catalog import Catalog
from inphotos.store.consistency import inconsistencies
from inphotos.store.database import Database
from inphotos.store.locking import is_in_use


@dataclass(frozen=True, slots=True)
class Section:
    """Part of what is said.

    Attributes:
        name: what it is about, one word.
        facts: what was found, by names that programs read as well.
        runtimes: how the model is run, in the section that is about it.
        advice: what the user could do, one sentence each.
        problems: what is wrong, and what to do about it, one sentence each.
    """

    name: str
    facts: dict[str, str | int | bool | list[str]]
    runtimes: RuntimeState | None = None
    advice: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def about_library(directory: Path) -> list[Section]:
    """Say how the library and its backups are; nothing where there is no library.

    A library that another process has open is not examined: its files change meanwhile.
    """
    if not any((directory / name).exists() for name in ("library.json", "store")):
        return []
    return [_about_contents(directory), _about_backups(directory)]


def _about_contents(directory: Path) -> Section:
    section = Section("library", {"examined": False})
    if is_in_use(directory):
        section.advice.append(
            "The library is open in another process; close it and run 'inphotos doctor' again to "
            "have the library examined."
        )
        return section
    section.facts["examined"] = True
    with contextlib.ExitStack() as stack:
        try:
            section.problems.extend(damage.sentence for damage in damages(directory))
            if not section.problems:
                database = Database(directory, "doctor")
                stack.callback(database.close)
                _examine_tables(database, section)
        except OSError as error:
            section.problems.append(
                f"The library {display_path(directory)} cannot be read "
                f"({error.strerror or error}); check its permissions and its disk."
            )
        except LibraryError as error:
            section.problems.append(str(error))
    aside = list(directory.glob("*.damaged*"))
    if aside:
        size = sum(disk_usage(path) if path.is_dir() else path.stat().st_size for path in aside)
        section.advice.append(
            f"Set aside as damaged in the library's directory: "
            f"{', '.join(sorted(display_path(path.name) for path in aside))} "
            f"({size / 1e6:,.1f} MB); delete what you do not miss."
        )
    return section


def _examine_tables(database: Database, section: Section) -> None:
    catalog = Catalog(database)
    folders = catalog.folders.all()
    section.facts["photos"] = catalog.count()
    section.facts["folders"] = [str(folder.path) for folder in folders]
    for found in inconsistencies(database):
        section.problems.append(f"{found.sentence} 'inphotos doctor --repair' mends that.")
    for folder in folders:
        if not volumes.is_reachable(folder.path, had_photos=catalog.count(folder.id) > 0):
            section.advice.append(
                f"The folder {display_path(folder.path)} cannot be reached now; connect its drive, "
                f"or forget it with 'inphotos forget'."
            )


def _about_backups(directory: Path) -> Section:
    found = kept(directory)
    facts: dict[str, str | int | bool | list[str]] = {"count": len(found)}
    if found:
        facts |= {
            "newest": found[0].created.isoformat(timespec="seconds"),
            "folders": found[0].holds.folders,
            "searches": found[0].holds.searches,
            "photos_with_marks": found[0].holds.photos,
        }
    return Section("backups", facts)
