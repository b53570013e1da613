"""What the scores of one model mean in one library.

Cosine similarities have no scale of their own: 0.25 is a clear match for one CLIP and noise for
another, and the same model scores old scans lower than daylight. So the lines between "strong",
"maybe" and "none" are drawn by how the photos at hand answer to a fixed set of everyday captions
(``data/everyday_captions.txt``). The caption that suits a photo best is nearly always one that it
shows, so the distribution of these best scores is what matches look like here, without any labels.

A query of which no photo reaches the lower line has no match. With more photos the best of them
scores higher by chance, so the line lies at a quantile that grows with the library. Where the
numbers come from: README, "How well it finds"; ``scripts/make_drawn_evaluation.py --split tune``.

The threshold for two photos of the same kind is measured for some models. For the others it is the
similarity that 1 % of the pairs of different scenes among the bundled pictures exceed: 0.55 for
MobileNetV2, for which 0.52 was found on labelled photos, and most pairs above 0.54 are of one kind.
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt

from inphotos.encoders.base import Embeddings, Encoder, Model, Thresholds, normalize
from inphotos.errors import LibraryError
from inphotos.events import Control, Meter, Progress
from inphotos.photos.decoded import Decoded
from inphotos.photos.decoder_service import DecoderService
from inphotos.search.prompts import encode_texts
from inphotos.settings import write_atomically
from inphotos.store.trouble import translated_os_errors

#: With fewer photos their distribution says less than what is known of the model.
LEAST_PHOTOS = 50

#: So many photos are enough for quantiles to within a few thousandths.
SAMPLE = 2_000

#: What is known of the model counts like so many photos.
_PRIOR_PHOTOS = 30

#: The quantile of the lower line among 100 photos, and by how much it grows with ten times more.
#: Chosen on drawn pictures in libraries of 5 to 640: at most 3 % of the queries that have a photo
#: stay below it, and 99 % of those for scenes that are in none.
_LOWER_AT_100, _LOWER_GROWTH = 0.08, 0.07
_LOWEST, _HIGHEST = 0.05, 0.40

#: How much higher the quantile of the upper line is. On the same pictures 99.7 % of the photos
#: above it are right, and 81 % of the right ones are above it.
_STEP_TO_STRONG = 0.10

#: By how much the lower line may lie below that of a model that was measured: photos of a sort
#: that it does not know answer to every caption badly.
_MOST_BELOW = 0.05

#: The slider is to reach from nearly everything to nearly nothing.
_LEAST_REACH = 0.05

#: The share of pairs of different scenes that may pass for the same kind of picture.
_WRONG_PAIRS = 0.01

#: Pictures of each bundled scene that are compared for that.
_PER_SCENE = 2

_CHUNK = 16
_DATA = Path(str(files("inphotos"))) / "data"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Derived:
    """What was found out about a model.

    Attributes:
        captions: embeddings of the everyday captions, each of length 1, shape (n, dimension);
            n is 0 for a model that reads no words.
        same_kind: the threshold for two photos of the same kind.
    """

    captions: Embeddings
    same_kind: float


@dataclass(frozen=True, slots=True)
class Reading:
    """How scores are read.

    Attributes:
        thresholds: where the lines are.
        reach: how far each end of the scale of strictness moves the lines for words.
    """

    thresholds: Thresholds
    reach: float

    def moved(self, words: float, photos: float) -> Thresholds:
        """Return the thresholds as the user wants them.

        Args:
            words: strictness for words, -1 (lenient) to 1 (strict).
            photos: likewise for photos; at 1 only the same picture counts.
        """
        lines = self.thresholds
        upwards = 1.0 - lines.same_kind
        return replace(
            lines,
            strong=lines.strong + words * self.reach,
            maybe=lines.maybe + words * self.reach,
            same_kind=lines.same_kind + photos * (upwards if photos > 0 else upwards / 2),
        )


class Calibration:
    """Reads scores as the photos of a library suggest; derives once what that takes of a model."""

    def __init__(self, model: Model, directory: Path) -> None:
        """Keep what is derived in a directory, or use what is there, once it is asked for.

        Args:
            model: whose scores are read.
            directory: where derived values are kept; made when needed.
        """
        self._model = model
        self._path = directory / f"{model.fingerprint}.npz"
        self._reading: tuple[int, Reading] | None = None

    @cached_property
    def _derived(self) -> Derived | None:
        return _load(self._path, self._model)

    @property
    def captions(self) -> Embeddings | None:
        """Embeddings of :func:`everyday_captions`, each of length 1; None while not known."""
        derived = self._derived
        return None if derived is None or not len(derived.captions) else derived.captions

    @property
    def is_derived(self) -> bool:
        """Whether all that is needed of the model is known."""
        needless = self._model.thresholds.measured and not self._model.has_text
        return needless or self._derived is not None

    def derive(
        self, load_encoder: Callable[[], Encoder], decoders: DecoderService, control: Control
    ) -> Iterator[Progress]:
        """Encode the captions and, where no threshold was measured, bundled pictures; keep that.

        Raises:
            CancelledError: by way of ``control``; nothing is kept then.
            ModelError: the model cannot be loaded.
            LibraryError: the result cannot be written.
        """
        captions = everyday_captions() if self._model.has_text else ()
        pictures = () if self._model.thresholds.measured else _pictures()
        meter = Meter("calibrating", len(captions) + len(pictures), 10.0)
        yield meter.progress(0)
        encoder, done = load_encoder(), 0
        texts, vectors = [], []
        for start in range(0, len(captions), _CHUNK):
            control.checkpoint()
            chunk = captions[start : start + _CHUNK]
            texts.append(encode_texts(encoder, chunk))
            done += len(chunk)
            yield meter.progress(done)
        for start in range(0, len(pictures), _CHUNK):
            control.checkpoint()
            photos = [path for path, _ in pictures[start : start + _CHUNK]]
            vectors.append(_encoded(encoder, decoders, photos))
            done += len(photos)
            yield meter.progress(done)
        same_kind = self._model.thresholds.same_kind
        if pictures:
            same_kind = separating(np.concatenate(vectors), [scene for _, scene in pictures])
        nothing = np.zeros((0, self._model.dimension), np.float32)
        self._derived = Derived(np.concatenate(texts) if texts else nothing, same_kind)
        self._reading = None
        self._save(self._derived)

    def reading(self, total: int, sample: Callable[[int], Embeddings]) -> Reading:
        """Return how scores are read in a library.

        It stays as it is until the library has grown or shrunk by a tenth.

        Args:
            total: how many photos the library has.
            sample: gives the embeddings of so many of them, evenly chosen, of length 1.
        """
        if self._reading is None or abs(total - self._reading[0]) > self._reading[0] / 10:
            self._reading = (total, self._read(total, sample))
        return self._reading[1]

    def _read(self, total: int, sample: Callable[[int], Embeddings]) -> Reading:
        prior, derived = self._model.thresholds, self._derived
        if derived is not None:
            prior = replace(prior, same_kind=derived.same_kind)
        usual = Reading(prior, max(3 * (prior.strong - prior.maybe), _LEAST_REACH))
        if derived is None or not len(derived.captions) or total < LEAST_PHOTOS:
            return usual
        vectors = sample(min(total, SAMPLE))
        if not len(vectors):
            return usual
        return read_lines((vectors @ derived.captions.T).max(axis=1), total, prior)

    def _save(self, derived: Derived) -> None:
        buffer = io.BytesIO()
        np.savez(
            buffer,
            captions=derived.captions,
            same_kind=np.array(derived.same_kind, np.float64),
            version=np.array(_version(self._model)),
        )
        with translated_os_errors(self._path.parent.parent):
            self._path.parent.mkdir(mode=0o700, exist_ok=True)
            write_atomically(self._path, buffer.getvalue(), durable=False)


def read_lines(best: npt.NDArray[np.float32], total: int, prior: Thresholds) -> Reading:
    """Draw the lines for words.

    Args:
        best: for each photo of a sample the highest cosine similarity to any everyday caption.
        total: how many photos the library has.
        prior: what is known of the model; counts like a few photos.
    """
    lower = _LOWER_AT_100 + _LOWER_GROWTH * math.log10(total / 100)
    lower = min(_HIGHEST, max(_LOWEST, lower))
    low, maybe, strong, high = np.quantile(best, [0.1, lower, lower + _STEP_TO_STRONG, 0.9])
    share = len(best) / (len(best) + _PRIOR_PHOTOS)
    strong = float(share * strong + (1 - share) * prior.strong)
    maybe = float(share * maybe + (1 - share) * prior.maybe)
    if prior.measured:
        strong, maybe = max(strong, prior.maybe), max(maybe, prior.maybe - _MOST_BELOW)
    return Reading(
        replace(prior, strong=strong, maybe=maybe),
        reach=max(2 * float(high - low), _LEAST_REACH),
    )


def separating(vectors: Embeddings, scenes: Sequence[str]) -> float:
    """Return the cosine similarity that few pairs of pictures of different scenes exceed.

    Args:
        vectors: n embeddings, each of length 1, shape (n, dimension).
        scenes: what each shows.
    """
    names = np.array(scenes)
    different = np.triu(names[:, None] != names[None, :])
    return float(np.quantile((vectors @ vectors.T)[different], 1 - _WRONG_PAIRS))


@cache
def everyday_captions() -> tuple[str, ...]:
    """Return the captions that photos are asked for."""
    return tuple((_DATA / "everyday_captions.txt").read_text(encoding="utf-8").splitlines())


def _pictures() -> list[tuple[Path, str]]:
    """Return some bundled pictures of each scene, and which scene it is."""
    folder = _DATA / "demo" / "pictures"
    chosen: dict[str, list[tuple[Path, str]]] = {}
    for row in json.loads((folder / "captions.json").read_text(encoding="utf-8")):
        of_scene = chosen.setdefault(row["scene"], [])
        if len(of_scene) < _PER_SCENE:
            of_scene.append((folder / row["file"], row["scene"]))
    return [picture for of_scene in chosen.values() for picture in of_scene]


def _encoded(encoder: Encoder, decoders: DecoderService, photos: Sequence[Path]) -> Embeddings:
    decoded = [decoders.decode(photo, encoder.model.pixels) for photo in photos]
    pixels = [d.pixels for d in decoded if isinstance(d, Decoded) and d.pixels is not None]
    if len(pixels) < len(photos):
        raise LibraryError("The bundled pictures cannot be read; install InPhotos again.")
    return normalize(encoder.encode_images(pixels))


def _version(model: Model) -> str:
    """Name all that derived values depend on, apart from the weights."""
    text = json.dumps([everyday_captions(), model.prompts, _WRONG_PAIRS, _PER_SCENE])
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _load(path: Path, model: Model) -> Derived | None:
    """Return what was derived; None where it is not there, out of date or damaged."""
    try:
        # Objects could run code; arrays of numbers and text need none.
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as stored:
            captions = np.asarray(stored["captions"], np.float32)
            same_kind, version = float(stored["same_kind"]), str(stored["version"])
    except FileNotFoundError:
        return None
    # NumPy and zipfile raise much on damaged files, and it is made anew.
    except Exception as error:
        _log.info("%s is damaged and will be made anew", path, exc_info=error)
        return None
    whole = captions.ndim == 2 and captions.shape[1] == model.dimension
    whole = whole and bool(np.isfinite(captions).all()) and -1 <= same_kind <= 1
    return Derived(captions, same_kind) if whole and version == _version(model) else None
