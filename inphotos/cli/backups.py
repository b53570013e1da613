"""The commands that back up what nobody could make again, and restore it."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from typing import Any

from inphotos.cli.commands import DONE, NOTHING, open_library
from inphotos.cli.output import Output
from inphotos.errors import display_path
from inphotos.library.backups import Holds, Restored, document, kept, read, shelf
from inphotos.settings import library_directory


def backup(options: argparse.Namespace, out: Output) -> int:
    """Write a backup, or tell of those that there are."""
    if options.file is None:
        return _list(library_directory(options.library), out)
    with open_library(options) as library:
        if options.file == "-":
            content = document(library.backups.collect())
        else:
            holds = library.backups.write(Path(options.file).expanduser()).holds
    if options.file == "-":
        out.raw(content)
    elif out.as_json:
        out.document({"path": str(options.file), **dataclasses.asdict(holds)})
    else:
        out.text(f"Backed up {_held(holds)} in {display_path(options.file)}.")
    return DONE


def restore(options: argparse.Namespace, out: Output) -> int:
    """Bring what a backup holds into the library."""
    wanted = read(options.file.expanduser())
    with open_library(options) as library:
        backups = library.backups
        act = backups.preview if options.dry_run else backups.restore
        restored = act(wanted, overwrite=options.overwrite)
    if out.as_json:
        out.document({"dry_run": options.dry_run, **_document(restored)})
    elif restored:
        out.text(f"{'Would restore' if options.dry_run else 'Restored'} {_changed(restored)}.")
    else:
        out.text("All that is in the backup is in the library already.")
    _tell(restored, out)
    return DONE if restored else NOTHING


def _list(directory: Path, out: Output) -> int:
    """Tell of the automatic backups; the library may be in use, or damaged."""
    backups = kept(directory)
    if out.as_json:
        rows: list[dict[str, Any]] = [
            {
                "path": str(each.path),
                "created": each.created.isoformat(),
                "bytes": each.path.stat().st_size,
                **dataclasses.asdict(each.holds),
            }
            for each in backups
        ]
        out.document({"directory": str(shelf(directory)), "backups": rows})
    else:
        for each in backups:
            out.text(f"{each.path.name}  {each.created:%d %b %Y %H:%M}  {_held(each.holds)}")
    if backups:
        out.message(
            f"InPhotos writes these backups by itself, in {display_path(shelf(directory))}; "
            f"'inphotos backup FILE' writes one where you want it."
        )
    else:
        out.message(
            f"There is no automatic backup in {display_path(shelf(directory))} yet: nothing is in "
            f"the library that could not be made again."
        )
    return DONE if backups else NOTHING


def _document(restored: Restored) -> dict[str, Any]:
    return {
        name: [str(each) for each in value] if isinstance(value, tuple) else value
        for field in dataclasses.fields(restored)
        if (name := field.name) != "former"
        for value in (getattr(restored, name),)
    }


def _tell(restored: Restored, out: Output) -> None:
    for folder in restored.away:
        out.message(
            f"{display_path(folder)} cannot be reached now; it is looked for whenever InPhotos "
            f"indexes, or 'inphotos forget' takes it out again."
        )
    if restored.waiting:
        out.message(
            f"{restored.waiting:,} marks wait for photos that are not here yet; they are put on "
            f"when 'inphotos index' finds them."
        )
    if restored.kept:
        out.message(
            f"{restored.kept:,} photos, searches and folders of the library are otherwise in the "
            f"backup and stay as they are; '--overwrite' replaces them."
        )
    if restored and restored.before is not None:
        out.message(f"How the library was before is in {display_path(restored.before)}.")


def _held(holds: Holds) -> str:
    return _listed(
        _counted(holds.folders, "folder"),
        _counted(holds.searches, "saved search", "saved searches"),
        photos=holds.photos,
    )


def _changed(restored: Restored) -> str:
    return _listed(
        _counted(len(restored.folders), "folder"),
        _counted(len(restored.searches), "saved search", "saved searches"),
        _counted(len(restored.settings) + len(restored.excluding), "setting"),
        photos=restored.photos,
    )


def _listed(*parts: str, photos: int) -> str:
    return f"{', '.join(parts)} and the marks of {_counted(photos, 'photo')}"


def _counted(count: int, one: str, several: str = "") -> str:
    return f"{count:,} {one if count == 1 else several or f'{one}s'}"
