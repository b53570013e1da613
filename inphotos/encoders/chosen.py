"""Which runtime runs a model's towers on this machine, as it was found out or as the user wants."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Final

from inphotos.encoders import converted, runtimes, verdict
from inphotos.encoders.base import Model
from inphotos.encoders.runtimes import Runtime
from inphotos.errors import ModelError

#: Names a runtime for this process, whatever was measured or is wanted otherwise.
VARIABLE: Final = "INPHOTOS_RUNTIME"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The runtimes of a model's towers; None stands for torch on the best device.

    Attributes:
        image, text: for pictures and for texts.
    """

    image: Runtime | None = None
    text: Runtime | None = None


def chosen(model: Model) -> Chosen:
    """Return what is to run a model; what cannot be used any more counts as not chosen.

    Raises:
        ModelError: :data:`VARIABLE` names what cannot be used.
    """
    demanded = os.environ.get(VARIABLE, "")
    if demanded:
        return _demanded(model, demanded)
    wanted, found = verdict.load_override(model), verdict.load(model) or verdict.Verdict()
    return Chosen(
        image=usable(model, "image", wanted.image) or usable(model, "image", found.image),
        text=usable(model, "text", wanted.text) or usable(model, "text", found.text),
    )


def usable(model: Model, tower: converted.Tower, name: str) -> Runtime | None:
    """Return the runtime of that name, None where it cannot run a tower here and now."""
    runtime = runtimes.named(name)
    if runtime is None or not runtimes.is_installed(runtime):
        return None
    return runtime if converted.is_there(model, tower, runtime) else None


def _demanded(model: Model, name: str) -> Chosen:
    runtime = runtimes.installed(name)
    towers: tuple[converted.Tower, ...] = ("image", "text") if model.has_text else ("image",)
    if not all(converted.is_there(model, tower, runtime) for tower in towers):
        raise ModelError(
            f"The model {model.name} is not prepared for {name} yet; "
            f"run 'inphotos models tune {model.name} --runtime {name}' once."
        )
    return Chosen(image=runtime, text=runtime)
