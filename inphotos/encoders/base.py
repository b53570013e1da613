"""What every encoder offers, and the description of a model that can become one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from inphotos.pixels import Pixels, PixelSpec

Family = Literal["clip", "siglip", "mobilenet"]

Embeddings = npt.NDArray[np.float32]
"""float32, shape (n, dimension)."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Cosine similarities that divide a model's scores.

    Attributes:
        strong: at or above it, a photo shows what the words say.
        maybe: at or above it, a photo may show what the words say.
        same_kind: at or above it, two photos count as the same kind of picture.
        measured: ``same_kind`` was measured with these weights; otherwise it is a rule of thumb,
            until it is derived (:mod:`inphotos.search.calibration`).
    """

    strong: float
    maybe: float
    same_kind: float
    measured: bool = False


@dataclass(frozen=True, slots=True)
class Model:
    """A model whose files are on this machine, read from its configuration without torch.

    Attributes:
        name: what the user calls it.
        directory: its files, in transformers' format.
        family: which encoder runs it.
        dimension: length of its embeddings.
        pixels: how it wants its pictures.
        has_text: whether it understands words.
        fingerprint: 16 hexadecimal digits that name these weights; embeddings of different
            fingerprints are never compared.
        thresholds: how its scores are read.
        about: one sentence for the user, may be empty.
        prompts: templates for short queries, ``{}`` for the query, whose embeddings are averaged.
    """

    name: str
    directory: Path
    family: Family
    dimension: int
    pixels: PixelSpec
    has_text: bool
    fingerprint: str
    thresholds: Thresholds
    about: str = ""
    prompts: tuple[str, ...] = ("{}",)


class Encoder(Protocol):
    """An image tower and, for most models, a text tower with a common space.

    The raw outputs are what the network gives, before normalisation: ``distance`` reports their
    L2 distance. Everything stored or compared is passed through :func:`normalize` first.
    Not to be called from two threads at once unless the implementation says so.
    """

    @property
    def model(self) -> Model:
        """The model that this encoder runs."""
        ...

    def encode_images(self, batch: Sequence[Pixels]) -> Embeddings:
        """Encode pictures.

        Args:
            batch: n arrays of uint8, RGB, each of shape ``model.pixels.shape``.

        Returns:
            Raw outputs, float32, shape (n, dimension).
        """
        ...

    def encode_texts(self, texts: Sequence[str]) -> Embeddings:
        """Encode texts; what is longer than the model's context is cut off.

        Returns:
            Raw outputs, float32, shape (n, dimension).

        Raises:
            TextNotSupportedError: the model has no text tower.
        """
        ...


def normalize(raw: Embeddings) -> Embeddings:
    """Scale each row to length 1 (float32); a row of zeros stays zeros."""
    lengths = np.linalg.norm(raw, axis=-1, keepdims=True)
    return np.asarray(raw / np.maximum(lengths, np.finfo(np.float32).tiny), dtype=np.float32)
