"""The model that comes with InPhotos."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from inphotos.encoders import registry
from inphotos.encoders.base import Model, normalize
from inphotos.photos.decoder_service import DecoderService
from inphotos.search.prompts import encode_texts

MOST_BYTES = 40e6


def compact() -> Model:
    return registry.resolve("compact", Path("nowhere"))


def scores_of(queries: Sequence[str], photos: Sequence[Path]) -> npt.NDArray[np.float32]:
    """Return the cosine of each query and each photo, shape (queries, photos)."""
    encoder = registry.load(compact())
    with contextlib.closing(DecoderService()) as decoders:
        decoded = [decoders.decode(photo, encoder.model.pixels) for photo in photos]
    pictures = normalize(encoder.encode_images([picture.pixels for picture in decoded]))
    return encode_texts(encoder, queries) @ pictures.T


def test_it_is_small_and_says_what_it_was_made_of() -> None:
    model = compact()
    assert sum(file.stat().st_size for file in model.directory.iterdir()) < MOST_BYTES
    assert model.has_text
    assert "knows everyday things" in model.about
    assert model.thresholds.measured
    assert "## Sources" in (model.directory / "README.md").read_text(encoding="utf-8")


def test_it_finds_drawn_things() -> None:
    """A picture of half of the scenes is among the first ten of 324; chance is 17 %."""
    folder = registry.bundled_directory("demo").parent / "pictures"
    rows = json.loads((folder / "captions.json").read_text(encoding="utf-8"))
    scenes = sorted({row["scene"] for row in rows})
    scores = scores_of(
        [scene.replace("-", " ") for scene in scenes], [folder / row["file"] for row in rows]
    )
    shown = np.array([scenes.index(row["scene"]) for row in rows])
    first = shown[np.argsort(-scores, axis=1)[:, :10]]
    assert (first == np.arange(len(scenes))[:, None]).any(1).mean() > 0.4


def test_it_finds_photos_that_it_was_not_trained_on(shared_data: Path) -> None:
    """A quarter of the captions' photos are among the first ten of 239; chance is 4 %."""
    folder = shared_data / "photos" / "coco"
    rows = json.loads((folder / "captions.json").read_text(encoding="utf-8"))
    captions = [(caption, at) for at, row in enumerate(rows) for caption in row["captions"]]
    scores = scores_of([caption for caption, _ in captions], [folder / row["file"] for row in rows])
    own = scores[np.arange(len(captions)), [at for _, at in captions]]
    assert ((scores > own[:, None]).sum(1) < 10).mean() >= 0.25
