"""What the user has chosen for one library, remembered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Literal

from inphotos.encoders import registry
from inphotos.encoders.base import Thresholds
from inphotos.search.calibration import Reading
from inphotos.search.listing import Listing
from inphotos.settings import DEFAULT_MODEL, Settings, models_directory
from inphotos.store.trouble import translated_os_errors

StrictnessKind = Literal["words", "photos"]

_FILE: Final = "settings.json"


def first_settings() -> Settings:
    """Return what holds where nothing was chosen; the model is one that can be used at once."""
    return Settings(model=registry.at_hand(DEFAULT_MODEL, models_directory()))


def read_settings(directory: Path, *, is_empty: Callable[[], bool], keep: bool) -> Settings:
    """Return what the user has chosen for the library in ``directory``.

    Args:
        directory: the library's.
        is_empty: tells whether it has no photos, or is not there yet; asked only where nothing was
            chosen, as counting a million photos is no part of a start.
        keep: a file that makes no sense is kept aside.
    """
    path = directory / _FILE
    return Settings.load(path, keep=keep) if path.exists() or not is_empty() else first_settings()


def model_of(directory: Path) -> str:
    """Return which model the library in ``directory`` uses, without opening it.

    Where there is none yet, it is the one that a library made now would begin with.
    """
    is_there = (directory / "library.json").exists
    return read_settings(directory, is_empty=lambda: not is_there(), keep=False).model


class Choices:
    """Every change is written at once; each method raises a LibraryError if it cannot be.

    Nothing else may be searching in the library at that moment.
    """

    def __init__(self, directory: Path, settings: Settings, listing: Listing) -> None:
        """Take the settings of the library in ``directory``."""
        self._directory = directory
        self._settings = settings
        self._listing = listing
        listing.alike.bits = settings.near_duplicate_bits

    @property
    def only_on_mains(self) -> bool:
        """Whether photos are to be indexed only while the machine is not on battery.

        It is up to the caller of ``Library.index`` to see to that, with a ``Control``.
        """
        return self._settings.only_on_mains

    def index_only_on_mains(self, wanted: bool) -> None:
        """Change :attr:`only_on_mains`."""
        self._change(only_on_mains=wanted)

    @property
    def fold(self) -> bool:
        """Whether photos that are alike are to be shown as one."""
        return self._settings.fold

    def fold_alike(self, wanted: bool) -> None:
        """Change :attr:`fold`."""
        self._change(fold=wanted)

    @property
    def write_sidecars(self) -> bool:
        """Whether favourites, ratings and tags are also written to XMP files beside the photos."""
        return self._settings.write_sidecars

    def write_sidecars_beside(self, wanted: bool) -> None:
        """Change :attr:`write_sidecars`, for what is marked from now on."""
        self._change(write_sidecars=wanted)

    @property
    def gentle(self) -> bool:
        """Whether indexing is to rest as long as it works.

        It is up to the caller of ``Library.index`` to see to that.
        """
        return self._settings.gentle

    def index_gently(self, wanted: bool) -> None:
        """Change :attr:`gentle`."""
        self._change(gentle=wanted)

    @property
    def thumbnail_cache_bytes(self) -> int:
        """How much room thumbnails may take."""
        return self._settings.thumbnail_cache_bytes

    def limit_thumbnails(self, limit_bytes: int) -> None:
        """Change :attr:`thumbnail_cache_bytes`; ``Library.thumbnails`` is to be told as well."""
        self._change(thumbnail_cache_bytes=limit_bytes)

    @property
    def near_duplicate_bits(self) -> int:
        """In how many bits of 64 the perceptual hashes of near-duplicates may differ."""
        return self._listing.alike.bits

    def allow_near_duplicate_bits(self, bits: int) -> None:
        """Change :attr:`near_duplicate_bits`, to 0 up to ``MOST_BITS``."""
        self._listing.alike.bits = bits
        self._change(near_duplicate_bits=self.near_duplicate_bits)

    def strictness(self, kind: StrictnessKind) -> float:
        """Return how sure a match has to be, -1 (lenient) to 1 (strict); 0 is as calibrated.

        Args:
            kind: for queries with words, or for photos that are like a photo.
        """
        words, photos = self._settings.strictness_for_words, self._settings.strictness_for_photos
        return words if kind == "words" else photos

    def set_strictness(
        self, kind: StrictnessKind, strictness: float, *, remember: bool = True
    ) -> None:
        """Change :meth:`strictness`; it holds from the next query on.

        Args:
            kind, strictness: as there.
            remember: also when the library is opened again.
        """
        strictness = min(1.0, max(-1.0, strictness))
        self._change(remember=remember, **{f"strictness_for_{kind}": strictness})

    def use_model(self, name: str) -> None:
        """Remember which model the library uses, from now on."""
        self._change(model=name, next_model="")

    def settle(self) -> None:
        """Remember all choices, also those that nobody has made: photos are encoded by them.

        When a better model comes, the library goes on with this one until it is told otherwise.
        """
        if not (self._directory / _FILE).exists():
            self._change()

    def prepare_model(self, name: str) -> None:
        """Remember which model the library is to use next."""
        self._change(next_model=name)

    @property
    def all(self) -> Settings:
        """Everything that the user has chosen."""
        return self._settings

    def take(self, **values: Any) -> None:
        """Change settings by their names; another model is used from the next start on."""
        if values:
            self._listing.alike.bits = values.get("near_duplicate_bits", self._listing.alike.bits)
            self._change(**values)

    def read(self, reading: Reading) -> Thresholds:
        """Return the thresholds that the user wants for how scores are read."""
        return reading.moved(self.strictness("words"), self.strictness("photos"))

    def _change(self, *, remember: bool = True, **values: Any) -> None:
        self._settings = replace(self._settings, **values)
        if remember:
            with translated_os_errors(self._directory):
                self._settings.save(self._directory / _FILE)
