"""Runs converted networks by OpenVINO on the processor."""

from __future__ import annotations

import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from inphotos.encoders import converted
from inphotos.encoders.base import Embeddings, Model
from inphotos.encoders.runtimes.base import ImageTower, Precision, Runtime, TextTower, Tokens
from inphotos.errors import RuntimeUnavailableError
from inphotos.pixels import Pixels

# OpenVINO's tools report their use to their makers. Where this module cannot be imported they fall
# back on a stub that does nothing, and nothing leaves this machine.
sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]

import openvino  # noqa: E402

_HINTS: Mapping[Precision, str] = {"fp32": "f32", "bf16": "bf16", "int8": "f32"}


class _Network:
    """A compiled network, used by one thread at a time."""

    def __init__(self, file: Path, runtime: Runtime, cache: Path | None = None) -> None:
        settings = {
            "PERFORMANCE_HINT": "LATENCY",
            "INFERENCE_PRECISION_HINT": _HINTS[runtime.precision],
            # Threads that are tied to cores wait there for the decoders, which use them too.
            "ENABLE_CPU_PINNING": False,
        }
        if cache is not None:
            settings["CACHE_DIR"] = str(cache)
        try:
            compiled = openvino.Core().compile_model(file, "CPU", settings)
            self._request = compiled.create_infer_request()
        # Whatever is wrong with the file or the machine comes as a bare RuntimeError.
        except RuntimeError as error:
            raise RuntimeUnavailableError(runtime.name) from error
        self._running = threading.Lock()

    def __call__(self, *inputs: np.ndarray[Any, Any]) -> Embeddings:
        with self._running:
            outputs = self._request.infer(list(inputs), share_inputs=True)
            return np.array(outputs[0], dtype=np.float32)


class _ImageTower:
    def __init__(self, network: _Network) -> None:
        self._network = network

    def __call__(self, batch: Sequence[Pixels]) -> Embeddings:
        return self._network(np.stack(batch))


class _TextTower:
    def __init__(self, network: _Network, *, reads_mask: bool) -> None:
        self._network = network
        self._reads_mask = reads_mask

    def __call__(self, tokens: Tokens) -> Embeddings:
        if self._reads_mask:
            return self._network(tokens.ids, tokens.mask)
        return self._network(tokens.ids)


def image_tower(model: Model, runtime: Runtime) -> ImageTower:
    """Load a converted image tower.

    Raises:
        RuntimeUnavailableError: it is missing, damaged or of a kind that this machine cannot run.
    """
    return _ImageTower(_Network(converted.path(model, "image", runtime), runtime))


def text_tower(model: Model, runtime: Runtime) -> TextTower:
    """Load a converted text tower; the errors are those of :func:`image_tower`."""
    file = converted.path(model, "text", runtime)
    # Kept as compiled, it is there in half the time, which whoever asks a single query waits for.
    network = _Network(file, runtime, cache=file.parent / "compiled")
    return _TextTower(network, reads_mask=model.family == "clip")
