#!/usr/bin/env python3
"""Measure how well the teachers of the compact model find photos themselves, and how well chance.

    python scripts/measure_teachers.py FILE --pictures-teacher DIR --words-teacher DIR

FILE is one that 'inphotos eval' reads; the figures are the same as there.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from compact import teachers
from PIL import Image

from inphotos.evaluation import measures, sets

_BATCH = 32


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--pictures-teacher", type=Path, required=True)
    parser.add_argument("--words-teacher", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7, help="of chance")
    options = parser.parse_args()
    asked = sets.read(options.file)
    names = asked.names()
    queries = [question.query.strip('"') for question in asked.questions]
    words = teachers.Words(options.words_teacher, "cpu")
    texts = words(queries)
    texts -= texts.mean(0)
    texts /= np.linalg.norm(texts, axis=1, keepdims=True)
    classes = words(teachers.class_names(options.pictures_teacher))
    logits = seen(options.pictures_teacher, [asked.photos / name for name in names])
    pictures = teachers.places_of_pictures(logits, classes, classes.mean(0))
    guesses = np.random.default_rng(options.seed).random((len(queries), len(names)))
    for who, scores in (("teachers", texts @ pictures.T), ("chance", guesses)):
        for kind in dict.fromkeys(["", *(question.kind for question in asked.questions)]):
            rows = [n for n, q in enumerate(asked.questions) if q.kind == kind or not kind]
            print(f"{who:9} {kind or 'all':9} {figures(scores[rows], asked, names, rows)}")


def seen(teacher: Path, paths: Sequence[Path]) -> npt.NDArray[np.float32]:
    """Return what the first teacher says of photos, shape (n, 1000)."""
    eyes, made = teachers.Eyes(teacher), []
    for at in range(0, len(paths), _BATCH):
        images = []
        for path in paths[at : at + _BATCH]:
            with Image.open(path) as image:
                images.append(image.convert("RGB"))
        made.append(eyes(images)[1])
    return np.concatenate(made)


def figures(
    scores: npt.NDArray[np.floating],
    asked: sets.EvaluationSet,
    names: Sequence[str],
    rows: Sequence[int],
) -> str:
    """Return recall and mean average precision of some of the queries, in words.

    Args:
        scores: of these queries, shape (queries, photos).
        asked: all of them.
        names: of the photos.
        rows: which queries.
    """
    first, precisions = [], []
    for row, own in zip(rows, scores, strict=True):
        right = set(asked.questions[row].photos)
        ranked = sorted(zip(own, names, strict=True), key=lambda pair: -pair[0])
        ranks = measures.ranks_of((score, name in right) for score, name in ranked)
        first.append(ranks[0] if ranks else math.inf)
        precisions.append(measures.average_precision(ranks, len(right)))
    recalls = [100 * (measures.recall_at(first, k).value or 0) for k in (1, 5, 10)]
    told = " / ".join(f"{recall:.1f}" for recall in recalls)
    return f"{len(rows)} queries, recall@1/5/10 {told} %, mAP {np.mean(precisions):.3f}"


if __name__ == "__main__":
    main()
