"""torch and transformers, set up for an application: quiet, offline, on the best device.

Nothing here is imported before an encoder loads.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
import transformers

from inphotos.encoders import directory
from inphotos.encoders.base import Embeddings, Model
from inphotos.encoders.preprocessing import Preprocessing
from inphotos.errors import ModelError
from inphotos.pixels import Pixels

transformers.logging.set_verbosity_error()
transformers.logging.disable_progress_bar()

# transformers patches torch's initialisers while it loads: one load at a time.
_loading = threading.Lock()


def device() -> torch.device:
    """Return where encoders run: CUDA, Apple's GPU or the CPU, in that order; float32 on each."""
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")


def load_network(kind: Any, model: Model) -> Any:
    """Load a network's weights into a transformers class.

    Args:
        kind: the class, e.g. ``transformers.CLIPModel``.
        model: where the weights are.

    Returns:
        The network in evaluation mode, float32, on :func:`device`.

    Raises:
        ModelError: the weights are damaged or do not fit the configuration.
    """
    weights = directory.weights_file(model.directory, model.family)
    try:
        with _loading:
            network, info = kind.from_pretrained(
                str(model.directory),
                local_files_only=True,
                trust_remote_code=False,
                use_safetensors=weights.name == directory.SAFETENSORS,
                weights_only=True,
                dtype=torch.float32,
                output_loading_info=True,
            )
    # The files are of unknown origin and transformers passes on whatever its parts raise.
    except Exception as error:
        raise ModelError(
            f"The weights of the model {model.name} cannot be loaded; they are damaged or do not "
            f"fit its configuration."
        ) from error
    # transformers fills what is missing with random numbers and only logs it.
    if info["missing_keys"]:
        missing = len(info["missing_keys"])
        raise ModelError(
            f"The weights of the model {model.name} are incomplete: {missing} parts are missing."
        )
    return network.eval().requires_grad_(False).to(device())


class PixelInput:
    """Turns pixels into a network's input tensor, normalised as the model's files say."""

    def __init__(self, prepared: Preprocessing, target: torch.device) -> None:
        self._scale = prepared.scale
        self._mean = torch.tensor(prepared.mean, device=target).view(1, 3, 1, 1)
        self._std = torch.tensor(prepared.std, device=target).view(1, 3, 1, 1)
        self._target = target

    def __call__(self, batch: Sequence[Pixels]) -> torch.Tensor:
        """Return float32 of shape (n, 3, height, width) for n arrays of (height, width, 3)."""
        stacked = torch.from_numpy(np.stack(batch)).to(self._target)
        scaled = stacked.permute(0, 3, 1, 2).to(torch.float32) * self._scale
        return (scaled - self._mean) / self._std


def to_embeddings(outputs: torch.Tensor) -> Embeddings:
    """Bring a network's output to NumPy, float32, shape (n, dimension)."""
    return np.asarray(outputs.to("cpu", torch.float32).numpy(), dtype=np.float32)


def no_embeddings(model: Model) -> Embeddings:
    """Return the embeddings of an empty batch, shape (0, dimension)."""
    return np.empty((0, model.dimension), dtype=np.float32)
