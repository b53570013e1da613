"""Makes the files that ONNX Runtime reads from a model's own files.

Like :mod:`inphotos.encoders.conversion` it belongs into a process of its own: it imports torch,
transformers and onnx, and the tools of ONNX Runtime log as they like.
"""

from __future__ import annotations

import contextlib
import logging
import tempfile
import uuid
import warnings
from collections.abc import Iterator
from pathlib import Path

import onnxruntime
import torch
from onnxruntime.quantization import quantize_dynamic

from inphotos.encoders import converted
from inphotos.encoders.base import Model
from inphotos.encoders.runtimes import torch_runtime
from inphotos.encoders.runtimes.base import Runtime
from inphotos.owner_only import make_directory

# Besides the variable of the environment that is set for it (see inphotos/encoders/__init__.py).
onnxruntime.disable_telemetry_events()

#: Convolutions are few in these networks, and slower with integers than without.
_QUANTISED = ["MatMul", "Gemm", "Gather"]

_OPSET = 17  # the newest that torch's tracing exporter writes without converting versions


def make(model: Model, tower: converted.Tower, runtime: Runtime) -> Path:
    """Write a tower for a runtime of ONNX Runtime; the file appears whole or not at all.

    For ``int8`` the weights are kept in 8 bits; what they are multiplied with is rounded as it
    comes, so that no pictures are needed to find its range.

    Returns:
        What was written: :func:`inphotos.encoders.converted.path`.

    Raises:
        ModelError: the weights are damaged or do not fit the configuration.
        OSError: it cannot be written.
    """
    target = converted.path(model, tower, runtime)
    make_directory(target.parent)
    with (
        tempfile.TemporaryDirectory(dir=target.parent, prefix=".making-") as staging,
        _quiet(),
        _random_names(),
    ):
        full = Path(staging, "full.onnx")
        (_export_images if tower == "image" else _export_texts)(model, full)
        made = Path(staging, target.name)
        if runtime.precision == "int8":
            quantize_dynamic(full, made, op_types_to_quantize=_QUANTISED, per_channel=True)
        else:
            full.rename(made)
        converted.put(made, target)
    return target


@contextlib.contextmanager
def _random_names() -> Iterator[None]:
    """Let onnx name its files by chance: it would ask for the address of the network card."""
    before, uuid.uuid1 = uuid.uuid1, lambda *_: uuid.uuid4()
    try:
        yield
    finally:
        uuid.uuid1 = before


def _export_images(model: Model, target: Path) -> None:
    network = torch_runtime.ImageNetwork(model)
    pixels = torch.zeros((2, *model.pixels.shape), dtype=torch.uint8)
    _export(network, {"pixels": pixels}, {0: "n"}, target)


def _export_texts(model: Model, target: Path) -> None:
    network = torch_runtime.TextNetwork(model)
    inputs = dict(zip(("ids", "mask"), network.example(), strict=False))
    _export(network, inputs, {0: "n", 1: "length"}, target)


def _export(
    network: torch.nn.Module,
    inputs: dict[str, torch.Tensor],
    axes: dict[int, str],
    target: Path,
) -> None:
    with torch.no_grad():
        torch.onnx.export(
            network.eval(),
            tuple(inputs.values()),
            target,
            input_names=list(inputs),
            output_names=["embeddings"],
            dynamic_axes={**dict.fromkeys(inputs, axes), "embeddings": {0: "n"}},
            opset_version=_OPSET,
            # The newer exporter needs two more packages.
            dynamo=False,
        )


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Silence the tools: the tracer warns of all that Python decides by a shape."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
