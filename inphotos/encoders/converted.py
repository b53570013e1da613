"""Where the files lie that other runtimes than torch read: made once, shared by all libraries.

They can all be made again from a model's own files. A tower's file is named after the tower and the
precision of its weights, and lies in a directory named after the model's weights.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Literal

from inphotos.encoders.base import Model
from inphotos.encoders.runtimes.base import Engine, Precision, Runtime
from inphotos.settings import models_directory

Tower = Literal["image", "text"]

_DIRECTORY = ".converted"
_SUFFIXES: dict[Engine, str] = {"openvino": ".xml", "onnx": ".onnx"}

#: Runtimes that compute with bf16 or fp16 read full weights and round them as they load them.
_STORED: dict[Precision, Precision] = {"bf16": "fp32", "fp16": "fp32"}


def root(models: Path | None = None) -> Path:
    """Return where the converted files of all models are, by default those in use."""
    return (models or models_directory()) / _DIRECTORY


def directory(model: Model, models: Path | None = None) -> Path:
    """Return where a model's converted files are (not created here); ``models`` as above."""
    return root(models) / model.fingerprint


def path(model: Model, tower: Tower, runtime: Runtime) -> Path:
    """Return the file that a runtime reads a tower from; it need not be there."""
    stored = _STORED.get(runtime.precision, runtime.precision)
    return directory(model) / f"{tower}-{stored}{_SUFFIXES[runtime.engine]}"


def compiled_directory(model: Model) -> Path:
    """Return where runtimes keep what they have worked out from the files (not created here)."""
    return directory(model) / "compiled"


def put(made: Path, target: Path) -> None:
    """Move a converted file to where it is looked for, so that it appears whole or not at all.

    Weights in a file of their own, ``.bin``, go with it.

    Args:
        made: on the same file system as the target, and called like it.
        target: what :func:`path` gave.

    Raises:
        OSError: it cannot be written.
    """
    # The old weights are never beside a new file, nor the other way round.
    target.unlink(missing_ok=True)
    shutil.rmtree(target.parent / "compiled", ignore_errors=True)
    weights = made.with_suffix(".bin")
    for file in (weights, made) if weights.is_file() else (made,):
        file.chmod(0o600)  # made by a native library, like any other file
        with file.open("rb+") as written:
            # Otherwise the name may be on the disk before the contents when the power fails.
            os.fsync(written.fileno())
        file.replace(target.parent / file.name)


def is_there(model: Model, tower: Tower, runtime: Runtime) -> bool:
    """Tell whether a runtime finds what it reads; torch reads the model's own files."""
    return runtime.engine == "torch" or path(model, tower, runtime).is_file()
