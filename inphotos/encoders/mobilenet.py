"""An encoder of pictures only: MobileNetV2 without its classifier."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

import torch
import transformers

from inphotos.encoders import preprocessing, runtime
from inphotos.encoders.base import Embeddings, Model
from inphotos.errors import TextNotSupportedError
from inphotos.pixels import Pixels


class MobileNetEncoder:
    """Runs MobileNetV2; its embedding is the pooled output that its classifier would read.

    Safe to use from several threads at once: the network is only read.
    """

    def __init__(self, model: Model) -> None:
        """Load the weights.

        Raises:
            ModelError: they are damaged or do not fit the configuration.
        """
        self._model = model
        self._network = runtime.load_network(transformers.MobileNetV2Model, model)
        self._pixels = runtime.PixelInput(
            preprocessing.read(model.directory, model.family), self._network.device
        )

    @property
    def model(self) -> Model:
        """The model that this encoder runs."""
        return self._model

    @torch.inference_mode()
    def encode_images(self, batch: Sequence[Pixels]) -> Embeddings:
        """Encode pictures; see :class:`inphotos.encoders.base.Encoder`."""
        if not batch:
            return runtime.no_embeddings(self._model)
        outputs = self._network(pixel_values=self._pixels(batch))
        return runtime.to_embeddings(outputs.pooler_output)

    def encode_texts(self, texts: Sequence[str]) -> NoReturn:  # noqa: ARG002 (the interface's)
        """Refuse: there is no text tower."""
        raise TextNotSupportedError(self._model.name)
