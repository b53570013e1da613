"""Two tiny models that all processes of a campaign share, and what they make of each photo."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from tiny_models import make_tiny_clip

from crash.disk import CONTENTS, picture
from inphotos.encoders import registry
from inphotos.encoders.base import Encoder, Model, normalize
from inphotos.photos.decode import decode


class CountingEncoder:
    """A real encoder that remembers what it was given.

    Attributes:
        model: what it runs.
        given: the pixels.
    """

    def __init__(self, encoder: Encoder) -> None:
        """Take the encoder."""
        self._encoder = encoder
        self.model = encoder.model
        self.given: list[bytes] = []
        self.digests: dict[bytes, str] = {}

    def contents(self) -> set[str]:
        """Return the digests of the photos that it was given."""
        return {self.digests[pixels] for pixels in self.given}

    def encode_images(self, batch: Sequence[Any]) -> Any:
        """Encode pictures."""
        self.given += [np.asarray(image).tobytes() for image in batch]
        return self._encoder.encode_images(batch)

    def encode_texts(self, texts: Sequence[str]) -> Any:
        """Encode texts."""
        return self._encoder.encode_texts(texts)

    def load_images(self) -> None:
        """Load the tower for pictures."""
        self._encoder.load_images()

    def load_texts(self) -> None:
        """Load the tower for words."""
        self._encoder.load_texts()

    def close(self) -> None:
        """Keep it: another library of this process may want it."""


class Models:
    """The models, loaded once, for the processes that are forked from this one.

    Attributes:
        places: their directories.
        expected: embeddings by fingerprint and content.
    """

    def __init__(self, directory: Path) -> None:
        """Make them, and let nothing start a thread: a fork would lose it."""
        torch.set_num_threads(1)
        self.places = [
            make_tiny_clip(directory / f"tiny {n}", seed=n, dimension=16 + 8 * n) for n in range(2)
        ]
        self.expected: dict[str, dict[str, npt.NDArray[np.float32]]] = {}
        self._encoders: dict[str, CountingEncoder] = {}
        for place in self.places:
            self._load(registry.resolve(str(place), directory), directory / "photo.png")
        registry.load = self._loaded

    def encoder(self, place: str) -> CountingEncoder:
        """Return the encoder of the model in a directory."""
        return next(e for e in self._encoders.values() if str(e.model.directory) == place)

    def _load(self, model: Model, photo: Path) -> None:
        plain = registry.load(model)
        encoder = self._encoders[model.fingerprint] = CountingEncoder(plain)
        vectors = self.expected[model.fingerprint] = {}
        for number in range(CONTENTS):
            photo.write_bytes(picture(number))
            decoded = decode(photo, model.pixels)
            assert decoded.pixels is not None
            encoder.digests[np.asarray(decoded.pixels).tobytes()] = decoded.content
            vectors[decoded.content] = normalize(plain.encode_images([decoded.pixels]))[0]
        plain.encode_texts(["anything"])

    def _loaded(self, model: Model) -> Encoder:
        return self._encoders[model.fingerprint]
