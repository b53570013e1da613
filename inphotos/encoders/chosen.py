"""Which runtime runs a model's towers on this machine, as it was found out or as the user wants."""

from __future__ import annotations

import json
from dataclasses import dataclass

from inphotos.encoders import converted, runtimes
from inphotos.encoders.base import Model
from inphotos.encoders.runtimes import Runtime

_FILE = "choice.json"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The runtimes of a model's towers; None stands for torch on the best device.

    Attributes:
        image, text: for pictures and for texts.
    """

    image: Runtime | None = None
    text: Runtime | None = None


def chosen(model: Model) -> Chosen:
    """Return what was chosen for a model; what cannot be used any more counts as not chosen."""
    try:
        stored = json.loads((converted.directory(model) / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Chosen()
    if not isinstance(stored, dict):
        return Chosen()
    return Chosen(
        image=_usable(model, "image", stored.get("image")),
        text=_usable(model, "text", stored.get("text")),
    )


def _usable(model: Model, tower: converted.Tower, name: object) -> Runtime | None:
    runtime = runtimes.named(name) if isinstance(name, str) else None
    if runtime is None or not runtimes.is_installed(runtime):
        return None
    return runtime if converted.is_there(model, tower, runtime) else None
