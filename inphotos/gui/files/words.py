"""What the window says of files that were copied, moved to the trash or put back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication

from inphotos.errors import display_path
from inphotos.gui import wording

if TYPE_CHECKING:
    from inphotos.gui.files.trash import Outcome, Trouble
    from inphotos.library.exporting import ExportReport


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("files", text)


def trashed(outcome: Outcome, alike: int) -> str:
    """Return what was moved to the trash, and what was not.

    Args:
        outcome: of the photos.
        alike: photos that the ones in the trash stood for, and that are still there.
    """
    names = [display_path(photo.path.name) for photo in outcome.trashed]
    if not names:
        return _left_where_they_were(outcome.failed)
    said = (
        tr("{name} was moved to the trash.").format(name=names[0])
        if len(names) == 1
        else tr("{photos} were moved to the trash.").format(photos=wording.photos(len(names)))
    )
    if alike == 1:
        said += " " + tr("1 photo that is alike is still there.")
    elif alike:
        said += " " + tr("{photos} are still there.").format(photos=wording.alike(alike))
    return " ".join(part for part in (said, _left_where_they_were(outcome.failed)) if part)


def restored(outcome: Outcome) -> str:
    """Return what was put back."""
    count = len(outcome.restored)
    if count == 1:
        return tr("{name} is back").format(name=display_path(outcome.restored[0].path.name))
    return tr("{photos} are back").format(photos=wording.photos(count))


def not_restored(outcome: Outcome) -> str:
    """Return what could not be put back, and why; empty when there is no such photo."""
    if not outcome.failed:
        return ""
    path, trouble = outcome.failed[0]
    if len(outcome.failed) > 1:
        said = tr("{photos} could not be put back, {name} for one: {reason}.")
    else:
        said = tr("{name} could not be put back: {reason}.")
    return said.format(
        photos=wording.photos(len(outcome.failed)),
        name=display_path(path.name),
        reason=_reason(trouble, path),
    )


def exporting(count: int, directory: Path) -> str:
    """Return what is being copied, and where to."""
    said = tr("Copying {photos} to {folder}")
    return said.format(photos=wording.photos(count), folder=_name(directory))


def exported(report: ExportReport, directory: Path) -> str:
    """Return what an export came to."""
    copied, there, failed = len(report.copied), len(report.unchanged), len(report.failed)
    folder = _name(directory)
    parts = []
    if copied == 1:
        parts.append(tr("1 photo was copied to {folder}").format(folder=folder))
    elif copied:
        said = tr("{photos} were copied to {folder}")
        parts.append(said.format(photos=wording.photos(copied), folder=folder))
    if there and not copied:
        said = tr("1 photo was in {folder} already")
        if there > 1:
            said = tr("{photos} were in {folder} already")
        parts.append(said.format(photos=wording.photos(there), folder=folder))
    elif there:
        said = tr("1 was there already") if there == 1 else tr("{count} were there already")
        parts.append(said.format(count=wording.number(there)))
    if failed and not parts:
        parts.append(tr("{photos} could not be copied").format(photos=wording.photos(failed)))
    elif failed:
        parts.append(tr("{count} could not be copied").format(count=wording.number(failed)))
    return "; ".join(parts) + "."


def export_stopped(report: ExportReport, directory: Path) -> str:
    """Return what an export came to that the user has cancelled."""
    if not report.copied:
        return tr("Nothing was copied to {folder}.").format(folder=_name(directory))
    return tr("Stopped: {report}").format(report=exported(report, directory))


def _left_where_they_were(failed: Sequence[tuple[Path, Trouble]]) -> str:
    if not failed:
        return ""
    path, trouble = failed[0]
    if len(failed) > 1:
        said = tr("{photos} were left where they are, {name} for one: {reason}.")
    else:
        said = tr("{name} was left where it is: {reason}.")
        if trouble == "not there":
            said = tr("{name} could not be moved to the trash: {reason}.")
    return said.format(
        photos=wording.photos(len(failed)),
        name=display_path(path.name),
        reason=_reason(trouble, path),
    )


def _reason(trouble: Trouble, path: Path) -> str:
    reasons: dict[Trouble, str] = {
        "not there": tr("the file is not there any more, or its drive is away"),
        "may not be changed": tr("the folder {folder} may not be changed"),
        "odd name": tr("the trash cannot take a file with such a name"),
        "no trash": tr("there is no trash on its drive"),
        "emptied": tr("it is not in the trash any more"),
        "no place": tr("the folder {folder} takes no files now; it is still in the trash"),
    }
    return reasons[trouble].format(folder=_name(path.parent))


def _name(directory: Path) -> str:
    return wording.shortened(display_path(directory.name or directory))
