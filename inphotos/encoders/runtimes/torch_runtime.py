"""Runs networks by torch and transformers, set up for an application: quiet and offline.

Nothing here is imported before a tower loads.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import huggingface_hub.constants
import numpy as np
import torch
import transformers

from inphotos.encoders import directory, preprocessing
from inphotos.encoders.base import Embeddings, Family, Model
from inphotos.encoders.preprocessing import Preprocessing
from inphotos.encoders.runtimes import torch_int8
from inphotos.encoders.runtimes.arrays import ArrayImageTower, ArrayTextTower
from inphotos.encoders.runtimes.base import (
    CUDA_FP32,
    MPS_FP32,
    REFERENCE,
    Device,
    ImageTower,
    Precision,
    Runtime,
    TextTower,
)
from inphotos.encoders.runtimes.fitting import Fitting, Run
from inphotos.errors import ModelError, RuntimeUnavailableError, scarcity

transformers.logging.set_verbosity_error()
transformers.logging.disable_progress_bar()
# Whatever a model's files name, nothing is looked up by its name. Here and not as a variable of the
# environment: a download in the same window, which asks nobody by way of this library, may go on.
huggingface_hub.constants.HF_HUB_OFFLINE = True

# transformers patches torch's initialisers while it loads: one load at a time.
_loading = threading.Lock()

#: The classes of the towers, and the field of their output that holds the embeddings.
_IMAGES: Mapping[Family, tuple[Any, str]] = {
    "clip": (transformers.CLIPVisionModelWithProjection, "image_embeds"),
    "siglip": (transformers.SiglipVisionModel, "pooler_output"),
    "mobilenet": (transformers.MobileNetV2Model, "pooler_output"),
}
_TEXTS: Mapping[Family, tuple[Any, str]] = {
    "clip": (transformers.CLIPTextModelWithProjection, "text_embeds"),
    "siglip": (transformers.SiglipTextModel, "pooler_output"),
}

_NUMBERS: Mapping[Precision, torch.dtype] = {
    "fp32": torch.float32,
    "bf16": torch.bfloat16,
    "fp16": torch.float16,
}


class ImageNetwork(torch.nn.Module):
    """An image tower with the normalisation that its files ask for before it.

    Attributes:
        network: what was loaded.
    """

    def __init__(self, model: Model) -> None:
        """Load the weights.

        Raises:
            ModelError: they are damaged or do not fit the configuration.
        """
        super().__init__()
        kind, self._output = _IMAGES[model.family]
        self.network = load_network(kind, model, "vision_config")
        self.normalise = Normalise(preprocessing.read(model.directory, model.family))

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        """Return raw outputs for uint8 of shape (n, height, width, 3)."""
        inputs = self.normalise(pixels).to(self.network.dtype)
        outputs = self.network(pixel_values=inputs)
        embeddings: torch.Tensor = getattr(outputs, self._output)
        return embeddings


class TextNetwork(torch.nn.Module):
    """A text tower.

    Attributes:
        network: what was loaded.
        reads_mask: it is told which tokens are padding. SigLIP is not: it was trained on padded
            texts without a mask, so that the padding is part of its input.
    """

    def __init__(self, model: Model) -> None:
        """Load the weights.

        Raises:
            ModelError: they are damaged or do not fit the configuration.
        """
        super().__init__()
        kind, self._output = _TEXTS[model.family]
        self.network = load_network(kind, model, "text_config")
        self.reads_mask = model.family == "clip"

    def forward(self, ids: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        """Return raw outputs for ids and, where it is read, mask, int64 of shape (n, length)."""
        more = {} if mask is None else {"attention_mask": mask}
        embeddings: torch.Tensor = getattr(self.network(input_ids=ids, **more), self._output)
        return embeddings

    def example(self) -> tuple[torch.Tensor, ...]:
        """Return inputs to trace it with: two texts, so that no part of a shape seems fixed."""
        ids = torch.ones((2, 9), dtype=torch.int64)
        mask = torch.ones_like(ids)
        mask[1, 6:] = 0
        return (ids, mask) if self.reads_mask else (ids,)


class Normalise(torch.nn.Module):
    """Turns pixels into a network's input, as the model's files say."""

    def __init__(self, prepared: Preprocessing) -> None:
        super().__init__()
        self._scale = prepared.scale
        self.mean: torch.Tensor
        self.std: torch.Tensor
        # Not kept in a state dict: they are no weights.
        self.register_buffer("mean", _channels(prepared.mean), persistent=False)
        self.register_buffer("std", _channels(prepared.std), persistent=False)

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        """Return float32 of shape (n, 3, height, width) for uint8 of (n, height, width, 3)."""
        scaled = pixels.permute(0, 3, 1, 2).to(torch.float32) * self._scale
        return (scaled - self.mean) / self.std


class _Network:
    """A network on a device, in a precision."""

    def __init__(self, network: ImageNetwork | TextNetwork, runtime: Runtime) -> None:
        self._runtime = runtime
        self._device = _device(runtime)
        self._reads_mask = isinstance(network, TextNetwork) and network.reads_mask
        if runtime.precision == "int8":
            torch_int8.quantise(network.network)
        else:
            network.network.to(_NUMBERS[runtime.precision])
        try:
            self._network = network.to(self._device)
        except RuntimeError as error:  # no memory, or no working driver
            raise RuntimeUnavailableError(runtime.name) from error

    @torch.inference_mode()
    def run(self, first: np.ndarray[Any, Any], *mask: np.ndarray[Any, Any]) -> Embeddings:
        """Return raw outputs for pixels, or for ids and their mask."""
        inputs = (first, *mask) if self._reads_mask else (first,)
        moved = [torch.from_numpy(array).to(self._device) for array in inputs]
        outputs = self._network(*moved)
        return np.asarray(outputs.to("cpu", torch.float32).numpy(), dtype=np.float32)

    def run_on_device(self, *inputs: np.ndarray[Any, Any]) -> Embeddings:
        """Do the same where the device or its driver may fail."""
        try:
            return self.run(*inputs)
        except RuntimeError as error:
            if _is_full(error):
                raise
            raise RuntimeUnavailableError(self._runtime.name) from error


def _open(load: Callable[[], ImageNetwork | TextNetwork], runtime: Runtime) -> Run:
    network = _Network(load(), runtime)
    if runtime.device == "cpu":
        return network.run
    return Fitting(
        network.run_on_device,
        is_full=_is_full,
        free=lambda: free(runtime.device),
        elsewhere=lambda: _Network(load(), REFERENCE).run,
    )


def best() -> Runtime:
    """Return the runtime of torch that is quickest as a rule: CUDA, Apple's GPU, the processor."""
    if torch.cuda.is_available():
        return CUDA_FP32
    return MPS_FP32 if torch.backends.mps.is_available() else REFERENCE


def suits(runtime: Runtime) -> bool:
    """Tell whether a runtime's device is here and multiplies its numbers."""
    if not _is_there(runtime.device):
        return False
    if runtime.precision == "bf16":
        if runtime.device == "cuda":
            return bool(torch.cuda.is_bf16_supported(including_emulation=False))
        return bool(torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported())
    return True


def free(device: Device) -> None:
    """Give back what torch keeps of a device's memory for later use."""
    if device == "cuda":
        torch.cuda.empty_cache()
    elif device == "mps":
        torch.mps.empty_cache()


def image_tower(model: Model, runtime: Runtime) -> ImageTower:
    """Load a model's image tower.

    Raises:
        ModelError: the weights are damaged or do not fit the configuration.
        RuntimeUnavailableError: its device is not there, or has no memory for it.
    """
    return ArrayImageTower(_open(lambda: ImageNetwork(model), runtime))


def text_tower(model: Model, runtime: Runtime) -> TextTower:
    """Load a model's text tower; the errors are those of :func:`image_tower`."""
    return ArrayTextTower(_open(lambda: TextNetwork(model), runtime))


def _is_there(device: Device) -> bool:
    if device == "cuda":
        return torch.cuda.is_available()
    return device == "cpu" or torch.backends.mps.is_available()


def _device(runtime: Runtime) -> torch.device:
    if not _is_there(runtime.device):
        raise RuntimeUnavailableError(runtime.name)
    return torch.device(runtime.device)


def _is_full(error: Exception) -> bool:
    """Tell whether a device has no memory left; Apple's has no class of error for it."""
    return isinstance(error, torch.OutOfMemoryError) or (
        isinstance(error, RuntimeError) and "out of memory" in str(error)
    )


def load_network(kind: Any, model: Model, part: str = "") -> Any:
    """Load weights into a transformers class, in evaluation mode, float32, on the processor.

    Args:
        kind: the class.
        model: where the weights are.
        part: the part of the configuration that the class is for, where it is for one tower.

    Raises:
        ModelError: the weights are damaged or do not fit the configuration.
    """
    weights = directory.weights_file(model.directory, model.family)
    try:
        with _loading:
            network, info = kind.from_pretrained(
                str(model.directory),
                config=_config(model, part),
                local_files_only=True,
                trust_remote_code=False,
                use_safetensors=weights.name == directory.SAFETENSORS,
                weights_only=True,
                dtype=torch.float32,
                output_loading_info=True,
            )
    # The files are of unknown origin and transformers passes on whatever its parts raise.
    except Exception as error:
        if (scarce := scarcity(error)) is not None:
            raise scarce from error
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
    return network.eval().requires_grad_(False)


def _config(model: Model, part: str) -> Any:
    whole = transformers.AutoConfig.from_pretrained(
        str(model.directory), local_files_only=True, trust_remote_code=False
    )
    config = getattr(whole, part, whole)
    if model.family == "clip" and config is not whole:
        # Both towers end in the space that they share, which the parts do not know of.
        config.projection_dim = whole.projection_dim
    return config


def _channels(values: Sequence[float]) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float32).view(1, 3, 1, 1)
