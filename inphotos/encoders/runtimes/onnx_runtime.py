"""Runs converted networks by ONNX Runtime on the processor."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnxruntime

from inphotos.encoders import converted
from inphotos.encoders.base import Embeddings, Model
from inphotos.encoders.runtimes.arrays import ArrayImageTower, ArrayTextTower
from inphotos.encoders.runtimes.base import ImageTower, Runtime, TextTower
from inphotos.errors import RuntimeUnavailableError

# Besides the variable of the environment that is set for it (see inphotos/encoders/__init__.py).
onnxruntime.disable_telemetry_events()

_ERRORS_ONLY = 3


class _Network:
    """A network; ONNX Runtime lets several threads use it at once."""

    def __init__(self, model: Model, tower: converted.Tower, runtime: Runtime) -> None:
        self._runtime = runtime
        options = onnxruntime.SessionOptions()
        options.log_severity_level = _ERRORS_ONLY
        # Threads that wait for work by spinning keep the decoders from it.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = onnxruntime.InferenceSession(
                converted.path(model, tower, runtime), options, providers=["CPUExecutionProvider"]
            )
        # Whatever is wrong with the file comes as one of a dozen classes without a common base.
        except Exception as error:
            raise RuntimeUnavailableError(runtime.name) from error
        self._names = [entry.name for entry in self._session.get_inputs()]
        (output,) = self._session.get_outputs()
        if output.shape[-1] != model.dimension:
            raise RuntimeUnavailableError(runtime.name)

    def __call__(self, *inputs: np.ndarray[Any, Any]) -> Embeddings:
        # A text tower that reads no mask has no input for it.
        given = dict(zip(self._names, inputs, strict=False))
        try:
            (output,) = self._session.run(None, given)
        except Exception as error:
            raise RuntimeUnavailableError(self._runtime.name) from error
        return np.asarray(output, dtype=np.float32)


def suits(runtime: Runtime) -> bool:  # noqa: ARG001
    """Tell whether a runtime is worth trying here: all are, int8 also without an instruction."""
    return True


def image_tower(model: Model, runtime: Runtime) -> ImageTower:
    """Load a converted image tower.

    Raises:
        RuntimeUnavailableError: it is missing or damaged.
    """
    return ArrayImageTower(_Network(model, "image", runtime))


def text_tower(model: Model, runtime: Runtime) -> TextTower:
    """Load a converted text tower; the errors are those of :func:`image_tower`."""
    return ArrayTextTower(_Network(model, "text", runtime))
