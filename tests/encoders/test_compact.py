"""The model that comes with InPhotos."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import numpy as np

from inphotos.encoders import registry
from inphotos.encoders.base import Model, normalize
from inphotos.photos.decoder_service import DecoderService
from inphotos.search.prompts import encode_texts

MOST_BYTES = 40e6


def compact() -> Model:
    return registry.resolve("compact", Path("nowhere"))


def test_it_is_small_and_says_what_it_was_made_of() -> None:
    model = compact()
    assert sum(file.stat().st_size for file in model.directory.iterdir()) < MOST_BYTES
    assert model.has_text
    assert "knows everyday things" in model.about
    assert model.thresholds.measured
    assert "## Sources" in (model.directory / "README.md").read_text(encoding="utf-8")


def test_it_finds_photos_that_it_was_not_trained_on(shared_data: Path) -> None:
    """A quarter of the captions' photos are among the first ten of 239; chance is 4 %."""
    encoder = registry.load(compact())
    folder = shared_data / "photos" / "coco"
    rows = json.loads((folder / "captions.json").read_text())
    with contextlib.closing(DecoderService()) as decoders:
        decoded = [decoders.decode(folder / row["file"], encoder.model.pixels) for row in rows]
    pictures = normalize(encoder.encode_images([d.pixels for d in decoded]))
    captions = [(caption, at) for at, row in enumerate(rows) for caption in row["captions"]]
    texts = encode_texts(encoder, [caption for caption, _ in captions])
    own = np.array([at for _, at in captions])
    scores = texts @ pictures.T
    ranks = (scores > scores[np.arange(len(own)), own][:, None]).sum(1)
    assert (ranks < 10).mean() >= 0.25
