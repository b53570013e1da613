"""Which converted files are kept, and which are deleted because nobody reads them any more."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

from inphotos.encoders import converted, runtimes, verdict
from inphotos.encoders.base import Model
from inphotos.encoders.runtimes import Runtime
from inphotos.encoders.verdict import Override, Verdict
from inphotos.owner_only import make_directory

#: Directories in which a process measures start with it.
WORKPLACE: Final = ".tuning-"

#: A workplace that is older belongs to a process that was killed.
_STALE_SECONDS: Final = 3600.0

_TOWERS: Final[tuple[converted.Tower, ...]] = ("image", "text")


def adopt(model: Model, workplace: Path, found: Verdict, wanted: Runtime | None) -> None:
    """Move the files that are to be kept from a workplace to their places, and keep the verdict.

    Args:
        model: that was measured.
        workplace: where its files were made.
        found: the verdict.
        wanted: a runtime whose files are kept in any case, besides an override's.

    Raises:
        OSError: they cannot be moved.
    """
    place = converted.directory(model)
    make_directory(place)
    made = converted.directory(model, workplace)
    needed = _needed(model, found, verdict.load_override(model), wanted)
    for name in needed:
        if (made / name).is_file():
            converted.put(made / name, place / name)
    found.save(place / verdict.CHOICE)
    _delete_others(model, needed)


def tidy(model: Model) -> None:
    """Delete what neither the verdict nor the user's override needs."""
    found = verdict.load(model)
    if found is not None:
        needed = _needed(model, found, verdict.load_override(model), None)
        _delete_others(model, needed)


def remove_unused(installed: Iterable[Model]) -> None:
    """Delete what was made of models that are not on this machine any more.

    Args:
        installed: the models that are stored here; those in other places are looked for there.
    """
    fingerprints = {model.fingerprint for model in installed}
    remove_workplaces()
    for place in _directories(converted.root()):
        found = verdict.read(place / verdict.CHOICE)
        is_elsewhere = found is not None and found.directory and Path(found.directory).is_dir()
        if not place.name.startswith(".") and place.name not in fingerprints and not is_elsewhere:
            shutil.rmtree(place, ignore_errors=True)


def bytes_used() -> int:
    """Return what converted files of all models take on disk, bytes."""
    total = 0
    for path in converted.root().rglob("*"):
        with contextlib.suppress(OSError):  # one that was deleted meanwhile
            total += path.stat().st_size if path.is_file() else 0
    return total


def remove_workplaces() -> None:
    """Delete what processes left that were killed while they measured."""
    for place in _directories(converted.root()):
        with contextlib.suppress(OSError):
            age = time.time() - place.stat().st_mtime
            if place.name.startswith(WORKPLACE) and age > _STALE_SECONDS:
                shutil.rmtree(place, ignore_errors=True)


def _needed(
    model: Model, found: Verdict, override: Override, wanted: Runtime | None
) -> Collection[str]:
    """Return the names of the files that are looked for by what is or may be in use."""
    names = set()
    for tower in _TOWERS:
        for name in (getattr(found, tower), getattr(override, tower), wanted and wanted.name):
            runtime = runtimes.named(name or "")
            if runtime is not None and runtime.engine != "torch":
                names.add(converted.path(model, tower, runtime).name)
    return names


def _delete_others(model: Model, needed: Collection[str]) -> None:
    weights = {Path(name).with_suffix(".bin").name for name in needed}
    keep = {*needed, *weights, verdict.CHOICE, verdict.OVERRIDE}
    keep.add(converted.compiled_directory(model).name)
    for path in converted.directory(model).iterdir():
        if path.name in keep:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):  # Windows keeps files that are in use
                path.unlink()


def _directories(place: Path) -> list[Path]:
    return [path for path in place.iterdir() if path.is_dir()] if place.is_dir() else []
