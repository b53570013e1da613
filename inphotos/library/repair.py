"""Mends a damaged library. Nothing that could not be made again is ever deleted.

What is damaged is set aside under a name with the time in it, such as
``store.damaged-20261122-101500``. A repair that is interrupted leaves ``repairing.json``, and the
next one goes on.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from inphotos.errors import LibraryDamagedError, LibraryError, display_path
from inphotos.events import Control, Progress
from inphotos.library.backup_shelf import newest
from inphotos.library.damage import CHECKS, Damage, Kind
from inphotos.library.library import Library
from inphotos.library.recovery import PARTS, Recovery, journal
from inphotos.owner_only import tighten
from inphotos.settings import aside, sync, write_atomically, write_json
from inphotos.store import migrate, schema
from inphotos.store.files import finish_salvage, is_version_1, salvaged_store
from inphotos.store.locking import locked
from inphotos.store.marks import MarkBook
from inphotos.store.rows import layouts_in_model
from inphotos.store.salvage import Salvage, described_model, keep_commit, whole_commit
from inphotos.store.trouble import disk_full, newer, translated_os_errors

_log = logging.getLogger(__name__)

#: What others are told who want the library meanwhile.
_WORK = "doctor"

#: What has to be free beside the bytes of a store before another one is written.
_ROOM_TO_SPARE = 64 * 1024 * 1024

#: What of a backup was in which list; the history of searches is in none.
_BACKED_UP = {"searches": ("searches",), "waiting-marks": ("photos",), "settings": ("settings",)}


@dataclass(slots=True)
class Repaired:
    """What came of a repair, in sentences for the user.

    Attributes:
        mended: what was mended.
        lost: what could not be saved.
        next: what to do now.
        aside: where damaged files are now.
    """

    mended: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    next: list[str] = field(default_factory=list)
    aside: list[Path] = field(default_factory=list)


class Repair:
    """A repair of one library, which nobody may have open.

    Attributes:
        outcome: what came of it so far.
    """

    def __init__(self, directory: Path) -> None:
        """Take the library in ``directory``; nothing is changed before :meth:`run`."""
        self.outcome = Repaired()
        self._directory = directory
        self._stamp = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}"
        self._recovery = Recovery()
        self._mend: dict[Kind, Callable[[Damage], None]] = {
            "version": self._write_version,
            "absent_store": self._begin_anew,
            "schema": self._restore_schema,
            "lists": self._put_aside,
            "marks": self._note_marks,
            "settings": self._put_aside,
            "derived": self._remove,
            "thumbnails": self._remove,
            "backups": self._put_aside,
            "leftovers": self._remove,
            "permissions": self._close_files,
        }

    def run(self, control: Control) -> Iterator[Progress]:
        """Mend everything that can be mended; nothing where all is well.

        Args:
            control: lets the user cancel, after which the next repair goes on.

        Raises:
            LibraryBusyError: another process has the library open; nothing has changed.
            LibraryNewerError: a later version of InPhotos wrote it; nothing has changed.
            CancelledError: by way of ``control``.
            LibraryError: there is no library, or its directory cannot be written.
        """
        directory = self._directory
        if not any((directory / name).exists() for name in ("library.json", "store")):
            raise LibraryError(
                f"There is no library in {display_path(directory)}; choose one with --library."
            )
        self._refuse_newer()
        with locked(directory, _WORK), translated_os_errors(directory):
            migrate.finish_interrupted(directory)
            finish_salvage(directory)
            self._recovery = Recovery.load(directory)
            for kind, look in CHECKS.items():
                control.checkpoint()
                yield Progress("repairing", 0)
                damage = look(directory)
                if damage is None:
                    continue
                if kind == "store":
                    yield from self._salvage(control)
                elif kind in self._mend:
                    self._mend[kind](damage)
        yield from self._open(control)
        with translated_os_errors(directory):
            journal(directory).unlink(missing_ok=True)

    def _open(self, control: Control) -> Iterator[Progress]:
        """Open the library, see that its tables agree, and restore what is not in it."""
        try:
            self._put_in_order()
        except LibraryDamagedError as error:
            # It looks whole, and ObjectBox will not have it: its rows are copied into a new one.
            _log.warning("the store cannot be used as it is", exc_info=error)
            with locked(self._directory, _WORK), translated_os_errors(self._directory):
                yield from self._salvage(control, as_it_is=False)
            self._put_in_order()

    def _put_in_order(self) -> None:
        with Library.open(self._directory, work=_WORK) as library:
            for found in library.upkeep.mend():
                self.outcome.mended.append(found.sentence)
                self.outcome.next.append(_INDEX)
            if self._recovery.parts:
                self._restore(library)
        self.outcome.next = list(dict.fromkeys(self.outcome.next))

    def _restore(self, library: Library) -> None:
        backup = self._recovery.backup(self._directory)
        if backup is None:
            if not library.folders():
                self.outcome.lost.append(
                    "There is no backup of the library, so its folders are not known any more; "
                    "add them again."
                )
            return
        restored = self._recovery.run(library, backup)
        if restored:
            self.outcome.mended.append(
                f"Restored from the backup of {backup.created:%Y-%m-%d %H:%M}: "
                f"{len(restored.folders):,} folders, {len(restored.searches):,} saved searches, "
                f"{len(restored.settings):,} settings and the marks of {restored.photos:,} photos."
            )
            self.outcome.next.append(_INDEX)

    # What is done about each kind of damage

    def _write_version(self, damage: Damage) -> None:
        version = 1 if is_version_1(self._directory / "store") else schema.SCHEMA
        if damage.paths[0].exists():
            self._set_aside(damage.paths[0])
        write_json(damage.paths[0], {"schema": version, "written_by": ""})
        self.outcome.mended.append("The library's version was found out.")

    def _begin_anew(self, _: Damage) -> None:
        self._want_restoring(*PARTS)
        store = self._directory / "store"
        if store.exists():
            self._set_aside(store)
        store.mkdir(mode=0o700)
        # The thing that tells a library from one that is just being made.
        (self._directory / ".nomedia").unlink(missing_ok=True)
        self._remove_derived()
        migrate.write_version(self._directory)
        self.outcome.mended.append("The library's catalog and index were gone; they begin anew.")
        self.outcome.next.append(_INDEX)

    def _restore_schema(self, damage: Damage) -> None:
        files = self._directory / "store"
        model, backup = files / "model.json", files / "model.json.bak"
        for path in damage.paths:
            if path.exists():
                self._set_aside(path)
        for path in (backup, model):
            if _is_readable(path):
                other = model if path == backup else backup
                write_atomically(other, path.read_bytes())
                break
        else:
            described = described_model(files / "data.mdb")
            if described is not None:
                write_json(model, described)
        self.outcome.mended.append("The description of the library's store was restored.")

    def _salvage(self, control: Control, *, as_it_is: bool = True) -> Iterator[Progress]:
        """Put a store in the place of the damaged one that has all that can be read of it."""
        files, target = self._directory / "store", salvaged_store(self._directory)
        size = (files / "data.mdb").stat().st_size
        if shutil.disk_usage(self._directory).free < size + _ROOM_TO_SPARE:
            raise disk_full(self._directory)
        self._want_restoring(*PARTS)
        commit = whole_commit(files / "data.mdb") if as_it_is else None
        photos = 0
        if commit is not None:
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(files, target)
            keep_commit(target / "data.mdb", commit)
            for path in target.iterdir():
                sync(path)
        else:
            salvage = Salvage(self._directory, files)
            backup = newest(self._directory)
            known = () if backup is None else backup.folders
            for done, total in salvage.run(target, known):
                control.checkpoint()
                yield Progress("repairing", done, total)
            photos = salvage.saved["Photo"]
        self._set_aside(files)
        finish_salvage(self._directory)
        self._remove_derived()
        if commit is None:
            migrate.write_version(self._directory)
            self.outcome.mended.append(
                f"What is known of {photos:,} photos was saved from the damaged catalog."
            )
        else:
            self.outcome.mended.append("The catalog is as the last complete change left it.")
        self.outcome.next.append(_INDEX)

    def _put_aside(self, damage: Damage) -> None:
        parts = {part for path in damage.paths for part in _BACKED_UP.get(_list_of(path), ())}
        if parts:
            lost = any(path.name == "searches.json" for path in damage.paths)
            self._want_restoring(*parts, damage=damage, needed="searches" if lost else None)
        for path in damage.paths:
            if path.exists():
                self._set_aside(path)
        names = ", ".join(path.name for path in damage.paths)
        self.outcome.mended.append(f"{names} could not be read, and what there was is kept.")

    def _note_marks(self, damage: Damage) -> None:
        # Whoever opens the file keeps a copy aside and goes on with the lines that make sense.
        self._want_restoring("photos", damage=damage, needed="photos", marks=True)
        directory = self._directory
        MarkBook(directory)
        for path in {*damage.paths, aside(directory / "marks.jsonl")}:
            if path.name != "marks.jsonl" and path.exists():
                self._set_aside(path)
        self.outcome.mended.append(
            "Favourites, ratings and tags that make no sense were set aside."
        )

    def _remove(self, damage: Damage) -> None:
        for path in damage.paths:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        what = "unfinished" if damage.kind == "leftovers" else "damaged"
        self.outcome.mended.append(
            f"{len(damage.paths):,} {what} files that InPhotos makes anew were removed."
        )

    def _close_files(self, damage: Damage) -> None:
        tighten(self._directory)
        self.outcome.mended.append(
            f"{len(damage.paths):,} files can be read by you only from now on."
        )

    def _remove_derived(self) -> None:
        for name in ("vectors", "alike"):
            shutil.rmtree(self._directory / name, ignore_errors=True)

    def _set_aside(self, path: Path) -> None:
        name = f"{path.stem.removesuffix('.damaged')}.damaged-{self._stamp}"
        target = path.with_name(f"{name}{path.suffix}")
        number = 1
        while target.exists():
            number += 1
            target = path.with_name(f"{name}-{number}{path.suffix}")
        path.rename(target)
        self.outcome.aside.append(target)

    def _want_restoring(
        self,
        *parts: str,
        damage: Damage | None = None,
        needed: str | None = None,
        marks: bool = False,
    ) -> None:
        """Note, ahead of the first change, that a backup is to be restored, and which.

        Args:
            parts: what of it.
            damage: of lists that may have been kept aside by now: backups that were written since
                then lack what was in them.
            needed: of what the backup has to hold something, a field of ``Holds``.
            marks: the marks that there are may be older than those of the backup.
        """
        paths = () if damage is None else damage.paths
        noticed = [
            path.stat().st_mtime
            for path in paths
            if path.exists() and ".damaged" in path.name and _list_of(path) != "history"
        ]
        self._recovery = self._recovery.joined(
            parts, before=min(noticed, default=None), needs=needed, marks=marks
        )
        self._recovery.save(self._directory)

    def _refuse_newer(self) -> None:
        try:
            document = json.loads((self._directory / "library.json").read_bytes())
            is_newer = document["schema"] > schema.SCHEMA
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return
        if is_newer:
            raise newer(self._directory)


def _list_of(path: Path) -> str:
    """Return the name of the list that a file is, or was until it was found to be damaged."""
    return path.stem.removesuffix(".damaged")


def _is_readable(path: Path) -> bool:
    try:
        layouts_in_model(path)
    except (OSError, ValueError):
        return False
    return True


_INDEX = "Run 'inphotos index' to read again what is missing."
