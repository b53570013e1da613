"""The encoder of every model: its two towers, each run by what this machine is quickest with."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import numpy as np

from inphotos.encoders import loading, runtimes
from inphotos.encoders.base import Embeddings, Model
from inphotos.encoders.chosen import chosen
from inphotos.encoders.runtimes import ImageTower, Runtime, TextTower
from inphotos.encoders.tokenizing import TextReader
from inphotos.errors import RuntimeUnavailableError, TextNotSupportedError
from inphotos.pixels import Pixels

_log = logging.getLogger(__name__)

AnyTower = TypeVar("AnyTower", ImageTower, TextTower)


class TowerEncoder:
    """Runs a model; see :class:`inphotos.encoders.base.Encoder`."""

    def __init__(self, model: Model) -> None:
        """Take the model; nothing is loaded before it is needed."""
        self._model = model
        self._images = _Lazy(lambda: _open(model, chosen(model).image, runtimes.image_tower))
        self._texts = _Lazy(lambda: _open(model, chosen(model).text, runtimes.text_tower))
        self._reader = _Lazy(lambda: TextReader(model))

    @property
    def model(self) -> Model:
        """The model that this encoder runs."""
        return self._model

    def encode_images(self, batch: Sequence[Pixels]) -> Embeddings:
        """Encode pictures; see :class:`inphotos.encoders.base.Encoder`."""
        return self._images.get()(batch) if batch else self._nothing()

    def encode_texts(self, texts: Sequence[str]) -> Embeddings:
        """Encode texts; see :class:`inphotos.encoders.base.Encoder`."""
        self._check_reads()
        if not texts:
            return self._nothing()
        tokens = self._reader.get()(texts)
        return self._texts.get()(tokens)

    def load_images(self) -> None:
        """Load the image tower; see :class:`inphotos.encoders.base.Encoder`."""
        self._images.get()

    def load_texts(self) -> None:
        """Load the text tower; see :class:`inphotos.encoders.base.Encoder`."""
        self._check_reads()
        self._reader.get()
        self._texts.get()

    def _check_reads(self) -> None:
        if not self._model.has_text:
            raise TextNotSupportedError(self._model.name)

    def _nothing(self) -> Embeddings:
        return np.empty((0, self._model.dimension), dtype=np.float32)


Loaded = TypeVar("Loaded")


class _Lazy(Generic[Loaded]):
    """Something that is loaded when it is first asked for, by one thread for all."""

    def __init__(self, load: Callable[[], Loaded]) -> None:
        self._load = load
        self._loading = threading.Lock()
        self._loaded: Loaded | None = None

    def get(self) -> Loaded:
        with self._loading:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded


def _open(
    model: Model,
    wanted: Runtime | None,
    load: Callable[[Model, Runtime], AnyTower],
) -> AnyTower:
    """Load a tower into the runtime that was chosen, or into torch where that fails."""
    if wanted is not None and wanted.engine != "torch":
        try:
            with loading.in_background(with_torch=False):
                return load(model, wanted)
        except RuntimeUnavailableError as error:
            _log.warning("%s Going on with torch.", error)
        wanted = None
    with loading.in_background(with_torch=True):
        from inphotos.encoders.runtimes import torch_runtime

        return load(model, wanted or torch_runtime.best())
