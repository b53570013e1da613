"""The measured threshold is where the measurement puts it."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from inphotos.library import Library

# Words of captions that do not say what a photo is of.
COMMON_WORDS = """
a an and another are around as at back be behind being beside black blue brown by color colorful
couple down each for from front go going green group has have he her hi his holding image in inside
into is it its large looking lot lots lying man many men near next of off old on one open other out
outside over parked people person photo picture red several she side sit sits sitting small some
stand standing stands that the their them there they this three to top two up various very view
wearing while white who with woman women yellow young
"""


def subjects(captions: tuple[str, ...]) -> set[str]:
    """The words that at least three of five people used."""
    common = frozenset(COMMON_WORDS.split())
    used: Counter[str] = Counter()
    for caption in captions:
        words = re.findall("[a-z]+", caption.lower())
        used.update({word.removesuffix("s") for word in words if word not in common})
    return {word for word, count in used.items() if count >= 3}


def test_mobilenets_same_kind_maximises_f_half(
    coco: list[Any], coco_library: Path, real_mobilenet: Path, tmp_path: Path
) -> None:
    directory = shutil.copytree(coco_library, tmp_path / "library")
    with Library.open(directory, model=str(real_mobilenet)) as library:
        ids = library.photo_ids([photo.path for photo in coco])
        vectors = np.stack([library._used.index.vector(photo_id) for photo_id in ids])
        model = library.model
    kinds = [subjects(photo.captions) for photo in coco]
    first, second = np.triu_indices(len(coco), 1)
    cosines = (vectors @ vectors.T)[first, second]
    same = np.array([bool(kinds[a] & kinds[b]) for a, b in zip(first, second, strict=True)])

    def f_half(threshold: float) -> float:
        passed = cosines >= threshold
        right = (passed & same).sum()
        return float(1.25 * right / (passed.sum() + 0.25 * same.sum()))

    best = max(np.arange(0.30, 0.80, 0.01), key=f_half)

    assert abs(best - model.thresholds.same_kind) <= 0.021
    assert (cosines[~same] >= model.thresholds.same_kind).mean() < 0.02
