"""The part of a library that has a model to search with, and maybe another one to follow it."""

from __future__ import annotations

import logging
from pathlib import Path

from inphotos.encoders import registry
from inphotos.encoders.base import Model
from inphotos.errors import ModelError
from inphotos.library.choices import Choices
from inphotos.library.equipped import EquippedModel
from inphotos.library.marks import Marks
from inphotos.library.runtimes import ModelRuntimes, evenly
from inphotos.library.searching import Searching
from inphotos.photos.decoder_service import DecoderService
from inphotos.search.engine import SearchEngine
from inphotos.search.listing import Listing
from inphotos.settings import models_directory
from inphotos.store.catalog import Catalog
from inphotos.store.database import Database

_log = logging.getLogger(__name__)


class UsingModels(Searching):
    """Chooses the model that a library searches with.

    Attributes:
        choices: what the user has chosen.
    """

    def __init__(
        self,
        database: Database,
        catalog: Catalog,
        listing: Listing,
        marks: Marks,
        choices: Choices,
    ) -> None:
        super().__init__(catalog, listing, marks)
        self.choices = choices
        self._database = database
        self._decoders = DecoderService(workers=1)
        self._used: EquippedModel | None = None
        self._following: EquippedModel | None = None

    def use_model(self, name: str) -> None:
        """Switch to another model and remember the choice.

        Nothing else may be using the library at that moment.

        Raises:
            ModelError: the model cannot be used; the library keeps the one it has.
        """
        model = registry.resolve(name, models_directory())
        remembered = _remembered(name, model)
        following, self._following = self._following, None
        if following is not None and following.model != model:
            following.close()
            following = None
        self._choose(remembered, following)
        self.choices.use_model(remembered)

    def prepare_model(self, name: str) -> bool:
        """Go on searching with the model in use until the photos are encoded for another one.

        The next :meth:`index` does that. The choice is remembered; :meth:`use_model` revokes it.
        Nothing else may be using the library at that moment.

        Returns:
            Whether there is something to prepare. Otherwise the model is used at once: all photos
            are encoded for it, or there are none that could be searched meanwhile.

        Raises:
            ModelError: the model cannot be used; everything stays as it is.
        """
        model = registry.resolve(name, models_directory())
        searchable = self._engine.searchable() if self._engine is not None else 0
        if not searchable or model == self.model:
            self.use_model(name)
            return False
        if self._following is not None:
            self._following.close()
        self._following = self._equipped(model)
        if self._following.index.count() >= searchable:
            self.use_model(name)  # takes it over
            return False
        self.choices.prepare_model(_remembered(name, model))
        return True

    @property
    def following(self) -> str:
        """Name of the model that is to be used next, "" for none."""
        return self.choices.all.next_model

    @property
    def runtimes(self) -> ModelRuntimes | None:
        """What runs the model in use, None without one; any thread may use it."""
        return self._used.runtimes if self._used is not None else None

    def load_encoder(self) -> None:
        """Load the model's tower for words, or for pictures where it has no other."""
        if self._used is None:
            self._usable_model()
        assert self._used is not None
        encoder = self._used.encoder()
        if encoder.model.has_text:
            encoder.load_texts()
        else:
            encoder.load_images()

    def _choose(self, name: str, equipped: EquippedModel | None = None) -> None:
        """Use a model from now on.

        Args:
            name: of it.
            equipped: the same model, if it is at hand.
        """
        self.model_name = name
        if self._engine is not None:
            self._engine.close()
        self.model = self.model_error = self._engine = None
        self._listing.alike.compare_with(None, 1.0)
        self._is_ready_for_words = False
        if self._used is not None:
            self._used.close()
        self._used = None
        try:
            self._used = used = equipped or self._equipped(
                registry.resolve(name, models_directory())
            )
        except ModelError as error:
            self.model_error = error
            return
        self.model = used.model
        self.model_name = used.model.name
        self._engine = SearchEngine(
            used.model,
            self._listing,
            used.index,
            self._decoders,
            used.encoder,
            used.calibration,
            self.choices.read,
        )

    def _close_models(self) -> None:
        if self._engine is not None:
            self._engine.close()
        for equipped in (self._used, self._following):
            if equipped is not None:
                equipped.close()

    def _equipped(self, model: Model) -> EquippedModel:
        return EquippedModel(model, self._database, self._decoders, self._readable)

    def _take_up(self, name: str) -> None:
        """Go on making a model ready that was asked for when the library was open before."""
        try:
            model = registry.resolve(name, models_directory())
        except ModelError as error:
            _log.warning("The model that was to be used next cannot be: %s", error)
            self.choices.prepare_model("")
            return
        if model != self.model:
            self._following = self._equipped(model)

    def _readable(self, count: int) -> list[Path]:
        """Return the paths of at most so many photos whose files can be read, evenly chosen."""
        ids = evenly(sorted(self._catalog.all_ids()), 4 * count)
        photos = self._catalog.by_ids(ids).values()
        return evenly([p.path for p in photos if p.width and p.path.is_file()], count)


def _remembered(name: str, model: Model) -> str:
    """Return what to remember a model by.

    A path is remembered in full: the next start may be in another directory.
    """
    return name if name == model.name else str(model.directory.absolute())
