"""What runs a network, and what every way of running one offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, Protocol

import numpy as np
import numpy.typing as npt

from inphotos.encoders.base import Embeddings
from inphotos.pixels import Pixels

Engine = Literal["torch", "openvino", "onnx"]
Device = Literal["cpu", "cuda", "mps"]
Precision = Literal["fp32", "bf16", "fp16", "int8"]


@dataclass(frozen=True, slots=True)
class Runtime:
    """A library that runs networks, on a device, with numbers of a kind.

    Attributes:
        name: what it is called, ``openvino-int8`` for example.
        engine: the library.
        device: where the network runs.
        precision: the numbers that its large multiplications take.
    """

    name: str
    engine: Engine
    device: Device
    precision: Precision


#: What the others are measured by: full precision, by the library that trained the networks.
REFERENCE: Final = Runtime("torch-fp32", "torch", "cpu", "fp32")
CUDA_FP32: Final = Runtime("cuda-fp32", "torch", "cuda", "fp32")
MPS_FP32: Final = Runtime("mps-fp32", "torch", "mps", "fp32")

KNOWN: Final = (
    REFERENCE,
    Runtime("torch-bf16", "torch", "cpu", "bf16"),
    Runtime("torch-int8", "torch", "cpu", "int8"),
    Runtime("openvino-fp32", "openvino", "cpu", "fp32"),
    Runtime("openvino-bf16", "openvino", "cpu", "bf16"),
    Runtime("openvino-int8", "openvino", "cpu", "int8"),
    Runtime("onnx-fp32", "onnx", "cpu", "fp32"),
    Runtime("onnx-int8", "onnx", "cpu", "int8"),
    CUDA_FP32,
    Runtime("cuda-bf16", "torch", "cuda", "bf16"),
    Runtime("cuda-fp16", "torch", "cuda", "fp16"),
    MPS_FP32,
    Runtime("mps-fp16", "torch", "mps", "fp16"),
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Texts as numbers, all of one length.

    Attributes:
        ids: int64, shape (n, length).
        mask: int64, shape (n, length): 1 for a token, 0 for padding.
    """

    ids: npt.NDArray[np.int64]
    mask: npt.NDArray[np.int64]


class ImageTower(Protocol):
    """The half of a network that reads pictures. Safe to call from several threads."""

    def __call__(self, batch: Sequence[Pixels]) -> Embeddings:
        """Encode n >= 1 arrays of uint8, shape (height, width, 3); raw outputs, (n, dimension).

        Raises:
            RuntimeUnavailableError: the runtime failed; another may not.
        """
        ...


class TextTower(Protocol):
    """The half of a network that reads texts. Safe to call from several threads."""

    def __call__(self, tokens: Tokens) -> Embeddings:
        """Encode n >= 1 texts; raw outputs, shape (n, dimension); raises as the image tower."""
        ...
