"""Which models there are: known by name, stored on this machine, or in a directory of the user's.

Looking a model up reads a few small files and imports neither torch nor transformers.
"""

from __future__ import annotations

import difflib
import logging
import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from inphotos.encoders import directory, manifest, specs
from inphotos.encoders.base import Encoder, Model
from inphotos.encoders.specs import BUNDLED, COMPACT, ModelSpec
from inphotos.errors import ModelError, ModelNotInstalledError, display_path
from inphotos.owner_only import make_directory

__all__ = ["ModelSpec", "add", "installed", "known", "load", "remove", "resolve", "verify"]

_log = logging.getLogger(__name__)

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

#: Downloads in progress lie beside the models under this prefix.
PARTIAL_PREFIX = ".partial-"


def known() -> tuple[ModelSpec, ...]:
    """Return the models that can be downloaded by name, the default first."""
    return specs.KNOWN


def bundled_directory(name: str) -> Path:
    """Return where a bundled model lies, if it is part of this installation."""
    return Path(__file__).parents[1] / "data" / name / "model"


def bundled() -> tuple[str, ...]:
    """Return the names of the models that are part of this installation."""
    return tuple(name for name in BUNDLED if bundled_directory(name).is_dir())


def installed(models_directory: Path) -> list[Model]:
    """Return the models that can be used without a download, by name; damaged ones are left out."""
    models = []
    for name in sorted({*bundled(), *(path.name for path in _stored(models_directory))}):
        try:
            models.append(resolve(name, models_directory))
        except ModelError as error:
            _log.warning("The model %s is left out: %s", display_path(name), error)
    return models


def resolve(name_or_path: str | os.PathLike[str], models_directory: Path) -> Model:
    """Find a model and check its files.

    Args:
        name_or_path: the name of a stored or a bundled model, or a directory in transformers'
            format. A stored model wins over a directory of the same name in the current
            directory; write ``./name`` for that one.
        models_directory: where models are stored.

    Returns:
        The model. One given by its directory is named by that directory's absolute path, so
        that ``resolve(model.name, …)`` finds it again.

    Raises:
        ModelNotInstalledError: known by name, but not on this machine.
        ModelError: unknown, or its files are incomplete, damaged or of a kind that is not run.
    """
    text = os.fspath(name_or_path)
    if text in BUNDLED:
        if text not in bundled():
            raise ModelError(f"The model {text} is not part of this installation.")
        return directory.read(bundled_directory(text), text)
    spec = specs.find(text)
    if _NAME.fullmatch(text) and (models_directory / text).is_dir():
        return directory.read(models_directory / text, text, spec)
    if spec is not None:
        raise ModelNotInstalledError(text)
    path = Path(text).expanduser().absolute()
    try:
        if path.is_dir():
            return directory.read(path, str(path))
    except OSError as error:
        raise ModelError(
            f"The model {display_path(path)} cannot be read ({error.strerror or error}); "
            f"check its permissions."
        ) from error
    raise _unknown(text, models_directory)


def at_hand(name: str, models_directory: Path) -> str:
    """Return a model's name, or while it is not on this machine that of the bundled one."""
    try:
        resolve(name, models_directory)
    except ModelNotInstalledError:
        return COMPACT if COMPACT in bundled() else name
    except ModelError:
        return name  # whoever uses it is told why that is impossible
    return name


def load(model: Model) -> Encoder:
    """Return what encodes with a model; each of its towers is loaded when it is first used."""
    from inphotos.encoders.encoder import TowerEncoder

    return TowerEncoder(model)


def add(path: Path, models_directory: Path, name: str | None = None) -> Model:
    """Copy a model from a directory of the user's into the store.

    Args:
        path: a directory in transformers' format.
        models_directory: where models are stored; made if needed.
        name: what to call it; by default the known name if the directory is called like that
            model's repository, else the directory's own name.

    Raises:
        ModelError: not a usable model, the name is taken or not fit for one, no room.
    """
    source = path.expanduser().absolute()
    chosen = name or _default_name(source)
    if not _NAME.fullmatch(chosen) or chosen in BUNDLED:
        raise ModelError(
            f"{display_path(chosen)!r} cannot be a model's name: use up to 64 letters, digits, "
            f"dots, dashes and underscores (and not {', '.join(map(repr, BUNDLED))})."
        )
    target = models_directory / chosen
    if target.exists():
        raise ModelError(f"There is already a model {chosen}; remove it first or choose a name.")
    model = directory.read(source, chosen)
    spec = specs.find(chosen)
    if spec and (spec.family, spec.dimension) != (model.family, model.dimension):
        raise ModelError(
            f"{display_path(source)} does not hold the model {chosen} "
            f"({spec.family}, {spec.dimension} numbers); choose another name for it."
        )
    weights = directory.weights_file(source, model.family).name
    try:
        make_directory(models_directory)
        _copy(source, target, [weights, directory.OVERRIDES])
    except OSError as error:
        raise ModelError(
            f"The model cannot be copied to {display_path(models_directory)}: {error.strerror}."
        ) from error
    return resolve(chosen, models_directory)


def remove(name: str, models_directory: Path) -> None:
    """Delete a stored model, or what a broken download left of it.

    Raises:
        ModelError: no such stored model, or its files cannot be deleted.
    """
    if name in BUNDLED:
        raise ModelError(f"The model {name} is part of InPhotos and cannot be removed.")
    places = [models_directory / name, models_directory / f"{PARTIAL_PREFIX}{name}"]
    if not _NAME.fullmatch(name) or not any(place.is_dir() for place in places):
        raise _unknown(name, models_directory)
    for place in places:
        try:
            if place.is_dir():
                shutil.rmtree(place)
        except OSError as error:
            raise ModelError(
                f"The model {name} cannot be removed: {error.strerror}; "
                f"close other windows of InPhotos and try again."
            ) from error


def verify(name: str, models_directory: Path) -> list[str]:
    """Read every byte of a stored model and compare it with the manifest.

    Returns:
        One phrase for each file that is missing or changed; empty if the model is whole.

    Raises:
        ModelError: no such stored model, or it has no manifest.
    """
    place = models_directory / name
    if not _NAME.fullmatch(name) or not place.is_dir():
        if specs.find(name):
            raise ModelNotInstalledError(name)
        raise _unknown(name, models_directory)
    return manifest.damage(place)


def _stored(models_directory: Path) -> list[Path]:
    if not models_directory.is_dir():
        return []
    return [
        path
        for path in sorted(models_directory.iterdir())
        if path.is_dir() and _NAME.fullmatch(path.name) and path.name not in BUNDLED
    ]


def _default_name(source: Path) -> str:
    for spec in specs.KNOWN:
        if source.name.lower() == spec.repo.rpartition("/")[2].lower():
            return spec.name
    return source.name


def _copy(source: Path, target: Path, extra: Iterable[str]) -> None:
    """Copy the files that matter so that ``target`` appears whole or not at all."""
    wanted = [*directory.SMALL_FILES, *directory.DOCUMENTS, *extra]
    present = [file for file in wanted if (source / file).is_file()]
    staging = Path(tempfile.mkdtemp(dir=target.parent, prefix=".adding-"))
    try:
        for file in present:
            shutil.copyfile(source / file, staging / file)
            (staging / file).chmod(0o600)
        digests = {file: manifest.sha256(staging / file) for file in present}
        manifest.write(staging, digests, {"source": source.name})
        staging.rename(target)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise


def _unknown(name: str, models_directory: Path) -> ModelError:
    shown = display_path(name)
    if os.sep in name or name.startswith((".", "~")):
        return ModelError(f"{shown} is not a directory with a model.")
    names = [*bundled(), *(spec.name for spec in specs.KNOWN)]
    names += [path.name for path in _stored(models_directory) if path.name not in names]
    close = difflib.get_close_matches(name, names, n=2)
    hint = f"did you mean {' or '.join(close)}?" if close else f"known are {', '.join(names)}."
    return ModelError(f"There is no model {shown}; {hint}")
