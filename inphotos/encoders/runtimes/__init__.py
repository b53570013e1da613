"""Ways of running a network: torch, OpenVINO and ONNX Runtime, in several precisions.

Looking them up imports none of them. torch is always there and reads a model's own files; the
others read files that :mod:`inphotos.encoders.conversion` has made from them, see
:mod:`inphotos.encoders.converted`.
"""

from __future__ import annotations

import importlib.util
from typing import Final

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
    "image_tower",
    "is_installed",
    "named",
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


def is_installed(runtime: Runtime) -> bool:
    """Tell whether the library that it needs is there; whether the device is, shows in use."""
    return importlib.util.find_spec(_PACKAGES[runtime.engine]) is not None


def image_tower(model: Model, runtime: Runtime) -> ImageTower:
    """Load a model's image tower into a runtime.

    Raises:
        ModelError: the weights are damaged or do not fit the configuration.
        RuntimeUnavailableError: the runtime cannot run it here; another may.
    """
    if runtime.engine == "openvino":
        from inphotos.encoders.runtimes import openvino_runtime

        return openvino_runtime.image_tower(model, runtime)
    from inphotos.encoders.runtimes import torch_runtime

    return torch_runtime.image_tower(model, runtime)


def text_tower(model: Model, runtime: Runtime) -> TextTower:
    """Load a model's text tower into a runtime; the errors are those of :func:`image_tower`."""
    if runtime.engine == "openvino":
        from inphotos.encoders.runtimes import openvino_runtime

        return openvino_runtime.text_tower(model, runtime)
    from inphotos.encoders.runtimes import torch_runtime

    return torch_runtime.text_tower(model, runtime)
