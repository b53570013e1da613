"""Runs converted networks by OpenVINO on the processor."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from inphotos.encoders import converted
from inphotos.encoders.base import Embeddings, Model
from inphotos.encoders.runtimes import mapped
from inphotos.encoders.runtimes.arrays import ArrayImageTower, ArrayTextTower
from inphotos.encoders.runtimes.base import ImageTower, Precision, Runtime, TextTower
from inphotos.errors import RuntimeUnavailableError
from inphotos.owner_only import make_directory, tighten_contents

# OpenVINO's tools report their use to their makers. Where this module cannot be imported they fall
# back on a stub that does nothing, and nothing leaves this machine.
sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]

import openvino  # noqa: E402

_HINTS: Mapping[Precision, str] = {"fp32": "f32", "bf16": "bf16", "int8": "f32"}


class _Network:
    """A compiled network, used by one thread at a time."""

    def __init__(self, model: Model, tower: converted.Tower, runtime: Runtime) -> None:
        self._runtime = runtime
        kept = converted.compiled_directory(model)
        with contextlib.suppress(OSError):  # then it is not kept
            make_directory(kept)
        settings = {
            "PERFORMANCE_HINT": "LATENCY",
            "INFERENCE_PRECISION_HINT": _HINTS[runtime.precision],
            # Threads that are tied to cores wait there for the decoders, which use them too.
            "ENABLE_CPU_PINNING": False,
            # Kept as compiled, it is there in a third of the time. The weights are not kept with
            # it: they are mapped from the converted file, as without a cache.
            "CACHE_DIR": str(kept),
            "CACHE_MODE": "OPTIMIZE_SIZE",
        }
        file = converted.path(model, tower, runtime)
        try:
            compiled = openvino.Core().compile_model(file, "CPU", settings)
            self._request = compiled.create_infer_request()
            tighten_contents(kept)
        # Whatever is wrong with the file or the machine comes as a bare RuntimeError.
        except RuntimeError as error:
            raise RuntimeUnavailableError(runtime.name) from error
        shape = compiled.output(0).partial_shape
        if shape[len(shape) - 1] != model.dimension:
            raise RuntimeUnavailableError(runtime.name)
        self._inputs = len(compiled.inputs)
        self._weights: Path | None = file.with_suffix(".bin")
        self._running = threading.Lock()

    def __call__(self, *inputs: np.ndarray[Any, Any]) -> Embeddings:
        with self._running:
            try:
                # A text tower that reads no mask has no input for it.
                outputs = self._request.infer(list(inputs[: self._inputs]), share_inputs=True)
            except RuntimeError as error:
                raise RuntimeUnavailableError(self._runtime.name) from error
            if self._weights is not None:
                # The first run has put the weights in order for this processor, in a copy.
                mapped.let_go(self._weights)
                self._weights = None
            return np.array(outputs[0], dtype=np.float32)


def suits(runtime: Runtime) -> bool:
    """Tell whether a runtime is worth trying: bf16 only where the processor multiplies it."""
    if runtime.precision != "bf16":
        return True
    return "BF16" in openvino.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")


def image_tower(model: Model, runtime: Runtime) -> ImageTower:
    """Load a converted image tower.

    Raises:
        RuntimeUnavailableError: it is missing, damaged or of a kind that this machine cannot run.
    """
    return ArrayImageTower(_Network(model, "image", runtime))


def text_tower(model: Model, runtime: Runtime) -> TextTower:
    """Load a converted text tower; the errors are those of :func:`image_tower`."""
    return ArrayTextTower(_Network(model, "text", runtime))
