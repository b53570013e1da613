"""A model with all that a library needs to search with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from inphotos.encoders.base import Encoder, Model
from inphotos.events import Control, Progress
from inphotos.library.runtimes import ModelRuntimes
from inphotos.photos.decoder_service import DecoderService
from inphotos.search.calibration import LEAST_PHOTOS, Calibration
from inphotos.store.database import Database
from inphotos.store.index import EmbeddingIndex


class EquippedModel:
    """One model in one library: the one in use, or the one that is made ready to follow it.

    Attributes:
        model: the model.
        index: its embeddings.
        runtimes: what runs it.
        calibration: how its scores are read.
    """

    def __init__(
        self,
        model: Model,
        database: Database,
        decoders: DecoderService,
        photos: Callable[[int], Sequence[Path]],
    ) -> None:
        """Prepare; nothing is loaded yet.

        Args:
            model: the model.
            database: where its embeddings are. Where it has none of that model yet, nobody else
                may be using it at that moment.
            decoders, photos: as for :class:`ModelRuntimes`.
        """
        self.model = model
        self.index = EmbeddingIndex(database, model.fingerprint, model.dimension)
        self.runtimes = ModelRuntimes(model, decoders, photos)
        self.calibration = Calibration(model, database.directory / "calibration")
        self._decoders = decoders

    def encoder(self) -> Encoder:
        """Return what runs the model."""
        return self.runtimes.encoder

    def calibrate(self, control: Control) -> Iterator[Progress]:
        """Derive what reading the model's scores takes, once there are photos to read them by.

        Args:
            control: lets the user cancel.

        Raises:
            CancelledError: by way of ``control``.
            ModelError: the model cannot be loaded.
            LibraryError: the result cannot be written.
        """
        if not self.calibration.is_derived and self.index.count() >= LEAST_PHOTOS:
            yield from self.calibration.derive(self.encoder, self._decoders, control)

    def close(self) -> None:
        """End what goes on in the background and give the model's memory back."""
        self.runtimes.close()
