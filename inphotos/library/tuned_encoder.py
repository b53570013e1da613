"""An encoder that can be exchanged for a quicker one while it is in use."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence

from inphotos.encoders import registry
from inphotos.encoders.base import Embeddings, Model
from inphotos.errors import ModelError
from inphotos.pixels import Pixels

_log = logging.getLogger(__name__)

#: Called with what was encoded, and the seconds that it took.
OnEncoded = Callable[[Sequence[Pixels], float], None]


class TunedEncoder:
    """Runs a model as was chosen last; see :class:`inphotos.encoders.base.Encoder`."""

    def __init__(self, model: Model, on_encoded: OnEncoded) -> None:
        """Take the model; nothing is loaded before it is needed."""
        self._model = model
        self._on_encoded = on_encoded
        self._now = registry.load(model)

    @property
    def model(self) -> Model:
        """The model that this encoder runs."""
        return self._model

    def encode_images(self, batch: Sequence[Pixels]) -> Embeddings:
        """Encode pictures; see :class:`inphotos.encoders.base.Encoder`."""
        self.load_images()
        began = time.perf_counter()
        embeddings = self._now.encode_images(batch)
        self._on_encoded(batch, time.perf_counter() - began)
        return embeddings

    def encode_texts(self, texts: Sequence[str]) -> Embeddings:
        """Encode texts; see :class:`inphotos.encoders.base.Encoder`."""
        return self._now.encode_texts(texts)

    def load_images(self) -> None:
        """Load the image tower; see :class:`inphotos.encoders.base.Encoder`."""
        self._now.load_images()

    def load_texts(self) -> None:
        """Load the text tower; see :class:`inphotos.encoders.base.Encoder`."""
        self._now.load_texts()

    @property
    def loaded(self) -> tuple[bool, bool]:
        """What is in memory; see :class:`inphotos.encoders.base.Encoder`."""
        return self._now.loaded

    def close(self) -> None:
        """Give the memory back; see :class:`inphotos.encoders.base.Encoder`."""
        self._now.close()

    def exchange(self) -> None:
        """Run the model from now on as is chosen now.

        What was in use is loaded first, so that nobody has to wait for it, and batches that are
        under way are finished by the former encoder.
        """
        former, new = self._now, registry.load(self._model)
        reads_images, reads_texts = former.loaded
        try:
            if reads_images:
                new.load_images()
            if reads_texts:
                new.load_texts()
        except ModelError as error:
            _log.warning("The model goes on being run as before. %s", error)
        else:
            self._now = new
            former.close()
