"""Makes the files that OpenVINO reads from a model's own files.

It imports torch, transformers and NNCF and takes up to a minute and two gigabytes, so it belongs
into a process of its own.
"""

from __future__ import annotations

import contextlib
import io
import logging
import sys
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from inphotos.encoders import converted
from inphotos.encoders.base import Model
from inphotos.encoders.runtimes.base import Runtime
from inphotos.owner_only import make_directory
from inphotos.pixels import Pixels

# As in the runtime: nothing is reported to anybody.
sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]

import nncf  # noqa: E402
import openvino  # noqa: E402
import torch  # noqa: E402

from inphotos.encoders.runtimes import torch_runtime  # noqa: E402

nncf.set_log_level(logging.ERROR)


def convert_images(model: Model) -> Any:
    """Return a model's image tower for OpenVINO, in full precision.

    It reads uint8 of shape (n, height, width, 3) and normalises it itself.

    Raises:
        ModelError: the weights are damaged or do not fit the configuration.
    """
    shape = model.pixels.shape
    network = torch_runtime.ImageNetwork(model)
    made = _traced(network, (torch.zeros((2, *shape), dtype=torch.uint8),))
    made.reshape([-1, *shape])
    return made


def convert_texts(model: Model) -> Any:
    """Return a model's text tower for OpenVINO, in full precision; raises as the above."""
    network = torch_runtime.TextNetwork(model)
    return _traced(network, network.example())


def quantise_images(full: Any, pictures: Sequence[Pixels], *, smooth: bool) -> Any:
    """Return an image tower that multiplies integers of 8 bits.

    Args:
        full: what :func:`convert_images` gave.
        pictures: some that are like those to come; the ranges of all numbers are taken from them.
        smooth: move outliers from the activations into the weights (SmoothQuant): closer to the
            full precision for some networks, and about a tenth slower.
    """
    parameters = nncf.AdvancedQuantizationParameters(
        smooth_quant_alphas=nncf.AdvancedSmoothQuantParameters(matmul=0.95 if smooth else -1)
    )
    with _without_progress():
        return nncf.quantize(
            full,
            nncf.Dataset([picture[None] for picture in pictures]),
            subset_size=len(pictures),
            model_type=nncf.ModelType.TRANSFORMER,
            preset=nncf.QuantizationPreset.MIXED,
            advanced_parameters=parameters,
        )


def compress_texts(full: Any) -> Any:
    """Return a text tower whose weights are kept in 8 bits.

    One query is read in the time that its weights take to come from memory.
    """
    with _without_progress():
        return nncf.compress_weights(full, mode=nncf.CompressWeightsMode.INT8_SYM)


def save(made: Any, model: Model, tower: converted.Tower, runtime: Runtime) -> Path:
    """Write a converted tower so that its file appears whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    target = converted.path(model, tower, runtime)
    make_directory(target.parent)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".making-") as staging:
        new = Path(staging, target.name)
        openvino.save_model(made, new, compress_to_fp16=False)
        converted.put(new, target)
    return target


def _without_progress() -> contextlib.redirect_stdout[io.StringIO]:
    """Keep NNCF's progress bars out of what this process prints."""
    return contextlib.redirect_stdout(io.StringIO())


def _traced(network: torch.nn.Module, example: tuple[torch.Tensor, ...]) -> Any:
    with torch.no_grad(), warnings.catch_warnings():
        # The tracer warns of everything that Python decides by a shape.
        warnings.simplefilter("ignore")
        return openvino.convert_model(network.eval(), example_input=example)
