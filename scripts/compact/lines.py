"""Draws the lines by which the model's scores are read: strong, maybe, and the same kind."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from inphotos.encoders.model import Thresholds
from inphotos.search.calibration import read_lines

ABOUT = "Comes with InPhotos; knows everyday things. The full model knows far more."
PROMPTS = ["{}"]

#: Of a small library; the lines of larger ones are drawn by their own photos.
_PHOTOS = 100

_Vectors = npt.NDArray[np.float32]


def draw_lines(pictures: _Vectors, captions: _Vectors, labels: Sequence[str]) -> dict[str, float]:
    """Return the thresholds as ``inphotos.json`` has them.

    Those for words are what a library of a hundred photos would come to by itself: see
    :func:`inphotos.search.calibration.read_lines`. The one for the same kind of picture separates
    pairs with one label from others with the largest F0.5: a wrong "same kind" is worse than none.

    Args:
        pictures: of n photos that were not trained on, length 1, shape (n, dimension).
        captions: of ``data/everyday_captions.txt``, likewise.
        labels: of the photos.
    """
    best = (pictures @ captions.T).max(1)
    middle = float(np.median(best))  # counts like 30 photos of thousands
    lines = read_lines(best, _PHOTOS, Thresholds(middle, middle, 0.0)).thresholds
    names = np.array(labels)
    one, other = np.triu_indices(len(names), 1)
    cosines = (pictures @ pictures.T)[one, other]
    order = np.argsort(-cosines)
    right = np.cumsum((names[one] == names[other])[order])
    said = np.arange(1, len(order) + 1)
    scores = 1.25 * right / (said + 0.25 * right[-1])
    same_kind = cosines[order[np.argmax(scores)]]
    return {
        "strong": round(lines.strong, 3),
        "maybe": round(lines.maybe, 3),
        "same_kind": round(float(same_kind), 3),
    }


def write_lines(out: Path, lines: dict[str, float]) -> None:
    """Write ``inphotos.json``."""
    content = {"about": ABOUT, "thresholds": lines, "prompts": PROMPTS}
    (out / "inphotos.json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
