"""Ways of running a network: torch, OpenVINO and ONNX Runtime, in several precisions.

Looking them up imports none of them. torch is always there and reads a model's own files; the
others read files that :mod:`inphotos.encoders.conversion` has made from them, see
:mod:`inphotos.encoders.converted`.
"""

from __future__ import annotations

import importlib
import importlib.util
from typing import Final, Protocol

from inphotos.encoders.base import Model
from inphotos.encoders.runtimes.base import (
    KNOWN,
    REFERENCE,
    Device,
    Engine,
    ImageTower,
    Precision,
    Runtime,
    TextTower,
    Tokens,
)
from inphotos.errors import ModelError, RuntimeUnavailableError, display_path

__all__ = [
    "KNOWN",
    "REFERENCE",
    "Device",
    "Engine",
    "ImageTower",
    "Precision",
    "Runtime",
    "TextTower",
    "Tokens",
    "best",
    "image_tower",
    "installed",
    "is_installed",
    "named",
    "suits",
    "text_tower",
]

_PACKAGES: Final[dict[Engine, str]] = {
    "torch": "torch",
    "openvino": "openvino",
    "onnx": "onnxruntime",
}


def named(name: str) -> Runtime | None:
    """Return the runtime of that name, or None."""
    return next((runtime for runtime in KNOWN if runtime.name == name), None)


def installed(name: str) -> Runtime:
    """Return the runtime of that name, for somebody who asked for it.

    Raises:
        ModelError: there is none of that name.
        RuntimeUnavailableError: the library that it needs is not installed.
    """
    runtime = named(name)
    if runtime is None:
        names = ", ".join(runtime.name for runtime in KNOWN)
        raise ModelError(f"There is no runtime {display_path(name)}; there are {names}.")
    if not is_installed(runtime):
        raise RuntimeUnavailableError(name)
    return runtime


def is_installed(runtime: Runtime) -> bool:
    """Tell whether the library that it needs is there; whether the device is, shows in use."""
    return importlib.util.find_spec(_PACKAGES[runtime.engine]) is not None


def best() -> Runtime:
    """Return what is quickest as a rule where nothing has been measured; it imports torch."""
    from inphotos.encoders.runtimes import torch_runtime

    return torch_runtime.best()


def suits(runtime: Runtime) -> bool:
    """Tell whether a runtime that is installed is worth trying on this machine.

    It imports the library, which may take seconds.
    """
    return _module(runtime).suits(runtime)


def image_tower(model: Model, runtime: Runtime) -> ImageTower:
    """Load a model's image tower into a runtime.

    Raises:
        ModelError: the weights are damaged or do not fit the configuration.
        RuntimeUnavailableError: the runtime cannot run it here; another may.
    """
    return _module(runtime).image_tower(model, runtime)


def text_tower(model: Model, runtime: Runtime) -> TextTower:
    """Load a model's text tower into a runtime; the errors are those of :func:`image_tower`."""
    return _module(runtime).text_tower(model, runtime)


class _Module(Protocol):
    """The module that knows a library."""

    def suits(self, runtime: Runtime) -> bool: ...
    def image_tower(self, model: Model, runtime: Runtime) -> ImageTower: ...
    def text_tower(self, model: Model, runtime: Runtime) -> TextTower: ...


def _module(runtime: Runtime) -> _Module:
    name = f"{__name__}.{runtime.engine}_runtime"
    try:
        module: _Module = importlib.import_module(name)
    # The library is not installed, or what it needs of the system is missing.
    except (ImportError, OSError) as error:
        raise RuntimeUnavailableError(runtime.name) from error
    return module
