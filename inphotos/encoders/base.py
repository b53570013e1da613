"""What every encoder offers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from inphotos.encoders.model import Family as Family
from inphotos.encoders.model import Model as Model
from inphotos.encoders.model import Thresholds as Thresholds
from inphotos.pixels import Pixels

Embeddings = npt.NDArray[np.float32]
"""float32, shape (n, dimension)."""


class Encoder(Protocol):
    """An image tower and, for most models, a text tower with a common space.

    The raw outputs are what the network gives, before normalisation: ``distance`` reports their
    L2 distance. Everything stored or compared is passed through :func:`normalize` first.

    Each tower is loaded when it is first used, which takes seconds; safe to use from several
    threads at once.
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

        Raises:
            ModelError: the weights are damaged or do not fit the configuration.
        """
        ...

    def encode_texts(self, texts: Sequence[str]) -> Embeddings:
        """Encode texts; what is longer than the model's context is cut off.

        Returns:
            Raw outputs, float32, shape (n, dimension).

        Raises:
            TextNotSupportedError: the model has no text tower.
            ModelError: the weights or the tokenizer are damaged or do not fit the configuration.
        """
        ...

    def load_images(self) -> None:
        """Load the image tower now rather than at the first picture; raises as that does."""
        ...

    def load_texts(self) -> None:
        """Load the text tower now rather than at the first text; raises as that does."""
        ...

    @property
    def loaded(self) -> tuple[bool, bool]:
        """Whether the image tower and the text tower are in memory now."""
        ...

    def close(self) -> None:
        """Give the memory back; what is used afterwards is loaded anew."""
        ...


def normalize(raw: Embeddings) -> Embeddings:
    """Scale each row to length 1 (float32); a row of zeros stays zeros."""
    lengths = np.linalg.norm(raw, axis=-1, keepdims=True)
    return np.asarray(raw / np.maximum(lengths, np.finfo(np.float32).tiny), dtype=np.float32)
