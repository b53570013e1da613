"""The encoder of every model: its two towers, each run by what this machine is quickest with."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import numpy as np

from inphotos.encoders import loading, runtimes
from inphotos.encoders.base import Embeddings, Model
from inphotos.encoders.chosen import chosen
from inphotos.encoders.idle import Kept
from inphotos.encoders.runtimes import REFERENCE, Runtime
from inphotos.encoders.tokenizing import TextReader
from inphotos.errors import RuntimeUnavailableError, TextNotSupportedError
from inphotos.pixels import Pixels

_log = logging.getLogger(__name__)

#: Photos come in long runs, and once these are over for days.
_IMAGES_IDLE_SECONDS = 60.0

#: Whoever searches does so now and then, and waits for the answer.
_TEXTS_IDLE_SECONDS = 600.0

AnyTower = TypeVar("AnyTower")


class TowerEncoder:
    """Runs a model; see :class:`inphotos.encoders.base.Encoder`.

    A tower that has not been used for a while is dropped; the next use loads it again.
    """

    def __init__(
        self,
        model: Model,
        *,
        images_idle_seconds: float = _IMAGES_IDLE_SECONDS,
        texts_idle_seconds: float = _TEXTS_IDLE_SECONDS,
    ) -> None:
        """Take the model; nothing is loaded before it is needed.

        Args:
            model: what to run.
            images_idle_seconds, texts_idle_seconds: how long a tower is kept without use.
        """
        self._model = model
        self._images = _Tower(
            model, lambda: chosen(model).image, runtimes.image_tower, images_idle_seconds
        )
        self._texts = _Tower(
            model, lambda: chosen(model).text, runtimes.text_tower, texts_idle_seconds
        )
        self._reader = Kept(lambda: TextReader(model), texts_idle_seconds)

    @property
    def model(self) -> Model:
        """The model that this encoder runs."""
        return self._model

    @property
    def loaded(self) -> tuple[bool, bool]:
        """Whether the image tower and the text tower are in memory at the moment."""
        return self._images.is_loaded, self._texts.is_loaded

    def encode_images(self, batch: Sequence[Pixels]) -> Embeddings:
        """Encode pictures; see :class:`inphotos.encoders.base.Encoder`."""
        return self._images.run(lambda tower: tower(batch)) if batch else self._nothing()

    def encode_texts(self, texts: Sequence[str]) -> Embeddings:
        """Encode texts; see :class:`inphotos.encoders.base.Encoder`."""
        self._check_reads()
        if not texts:
            return self._nothing()
        with self._reader.lent() as reader:
            tokens = reader(texts)
        return self._texts.run(lambda tower: tower(tokens))

    def load_images(self) -> None:
        """Load the image tower; see :class:`inphotos.encoders.base.Encoder`."""
        self._images.load()

    def load_texts(self) -> None:
        """Load the text tower; see :class:`inphotos.encoders.base.Encoder`."""
        self._check_reads()
        with self._reader.lent():
            self._texts.load()

    def close(self) -> None:
        """Drop what is loaded and not in use; a later use would load it again."""
        self._images.drop()
        self._texts.drop()
        self._reader.drop()

    def _check_reads(self) -> None:
        if not self._model.has_text:
            raise TextNotSupportedError(self._model.name)

    def _nothing(self) -> Embeddings:
        return np.empty((0, self._model.dimension), dtype=np.float32)


class _Tower(Generic[AnyTower]):
    """A tower by the runtime that was chosen, or by torch on the processor once that fails."""

    def __init__(
        self,
        model: Model,
        wanted: Callable[[], Runtime | None],
        load: Callable[[Model, Runtime], AnyTower],
        idle_seconds: float,
    ) -> None:
        self._model = model
        self._wanted = wanted
        self._load = load
        self._failed = False
        self._kept = Kept(self._open, idle_seconds)

    @property
    def is_loaded(self) -> bool:
        return self._kept.is_loaded

    def run(self, use: Callable[[AnyTower], Embeddings]) -> Embeddings:
        try:
            with self._kept.lent() as tower:
                return use(tower)
        except RuntimeUnavailableError as error:
            if self._failed:
                raise
            self._give_up(error)
        self._kept.drop()
        with self._kept.lent() as tower:
            return use(tower)

    def load(self) -> None:
        with self._kept.lent():
            pass

    def drop(self) -> None:
        self._kept.drop()

    def _open(self) -> AnyTower:
        wanted = REFERENCE if self._failed else self._wanted()
        try:
            return self._open_by(wanted)
        except RuntimeUnavailableError as error:
            if self._failed:
                raise
            self._give_up(error)
        return self._open_by(REFERENCE)

    def _open_by(self, wanted: Runtime | None) -> AnyTower:
        with loading.in_background(with_torch=wanted is None or wanted.engine == "torch"):
            return self._load(self._model, wanted or runtimes.best())

    def _give_up(self, error: RuntimeUnavailableError) -> None:
        _log.warning("%s Going on with torch.", error)
        self._failed = True
