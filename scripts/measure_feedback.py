"""Measure what "More Like This" and "Less Like This" are worth.

    python scripts/measure_feedback.py [--per-scene 24] [--photos DIR --model DIR] [--marks 2]

A user is simulated who knows which pictures are right: of the answer to a query, the first right
and the first wrong ones are marked, and the query is asked again. Compared is the mean average
precision over the other pictures (the residual collection; Manning, Raghavan, Schütze: Introduction
to Information Retrieval, chapter 9.1.5), because marked pictures are in their place anyway.

Tasks:
    colour, light   words for a scene, in freshly drawn pictures; right are those of the scene that
                    have one colour, or one light, which the words do not say
    scene           the words say all
    drawing         a drawn picture; right are those of its scene
    photo           a photo of DIR; right are those of which the captions name the same thing. The
                    model, which needs no words, encodes them
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from derive_demo_thresholds import MODEL, Encoder, draw_collection, make_queries

from inphotos.encoders import registry
from inphotos.encoders.base import Thresholds, normalize
from inphotos.photos.decode import Decoded, decode
from inphotos.search.feedback import WEIGHTS, Weights
from inphotos.search.query import Example, Query, parse, with_examples
from inphotos.search.scoring import Scorer

#: Weights to compare: those in use, the book's, and what lies around them.
COMPARED = (
    WEIGHTS,
    Weights(0.75, 0.15),
    Weights(0.75, 0.0),
    Weights(0.0, 0.5),
    Weights(0.5, 0.5),
    Weights(0.75, 0.5),
    Weights(1.5, 0.5),
    Weights(1.5, 1.0),
    Weights(3.0, 1.0),
)

#: The user looks no farther for something to mark.
LOOK = 40

#: Queries of a task at most, spread over all of them.
MOST_QUERIES = 150

#: What captions may name, in the singular and without its last "s".
THINGS = [
    "airplane",
    "baseball",
    "bear",
    "bed",
    "bench",
    "bicycle",
    "bird",
    "boat",
    "book",
    "bottle",
    "bowl",
    "bus",
    "cake",
    "car",
    "cat",
    "chair",
    "clock",
    "couch",
    "cow",
    "dog",
    "elephant",
    "giraffe",
    "horse",
    "kite",
    "kitchen",
    "laptop",
    "motorcycle",
    "oven",
    "person",
    "phone",
    "pizza",
    "refrigerator",
    "sandwich",
    "sheep",
    "sink",
    "skateboard",
    "snow",
    "street",
    "surfboard",
    "table",
    "tennis",
    "toilet",
    "train",
    "truck",
    "umbrella",
    "vase",
    "zebra",
]


@dataclass(frozen=True)
class Asked:
    """A query whose right answers are known.

    Attributes:
        query: as the engine gets it.
        vector: of its one concept, shape (dimensions,).
        right: (pictures,) bool.
        question: the picture that is the query, which is no answer; None for words.
    """

    query: Query
    vector: np.ndarray
    right: np.ndarray
    question: int | None = None


@dataclass(frozen=True)
class Task:
    """Queries of one kind to one collection; ``vectors`` has the shape (pictures, dimensions)."""

    name: str
    vectors: np.ndarray
    thresholds: Thresholds
    queries: Sequence[Asked]


def drawn_tasks(per_scene: int, workers: int) -> Iterator[Task]:
    """Tasks on freshly drawn pictures, with the demo model."""
    encoder = Encoder(MODEL)
    thresholds = registry.resolve("demo", Path("nowhere")).thresholds
    drawn = draw_collection(encoder, per_scene, workers)
    words: dict[str, str] = {}
    for query in make_queries()["scene"]:
        words.setdefault(next(iter(query.claims)), query.text)
    texts = dict(zip(words, encoder.texts(list(words.values())), strict=True))
    for task in ("scene", "colour", "light"):
        asked = []
        for scene, text in words.items():
            here = [claims for claims in drawn.claims if scene in claims]
            unsaid = {claim for claims in here for claim in claims if claim.startswith(task)}
            for claim in sorted(unsaid):
                right = np.array([{scene, claim} <= claims for claims in drawn.claims])
                asked.append(Asked(parse(f'"{text}"'), texts[scene], right))
        yield Task(task, drawn.vectors, thresholds, asked)
    scenes = [next(c for c in claims if c.startswith("scene:")) for claims in drawn.claims]
    yield Task("drawing", drawn.vectors, thresholds, list(_by_photo(drawn.vectors, [scenes])))


def photo_task(directory: Path, model_directory: Path) -> Task:
    """The task on real photos with captions."""
    model = registry.resolve(model_directory, model_directory.parent)
    encoder = registry.load(model)
    rows = json.loads((directory / "captions.json").read_text(encoding="utf-8"))
    parts = []
    for start in range(0, len(rows), 32):
        outcomes = [decode(directory / r["file"], model.pixels) for r in rows[start : start + 32]]
        pixels = [o.pixels for o in outcomes if isinstance(o, Decoded) and o.pixels is not None]
        parts.append(encoder.encode_images(pixels))
    vectors = normalize(np.concatenate(parts))
    named = [_named(row["captions"]) for row in rows]
    labels = [[thing if thing in names else "" for names in named] for thing in THINGS]
    return Task("photo", vectors, model.thresholds, list(_by_photo(vectors, labels)))


def simulate(task: Task, marks: int, weights: Sequence[Weights]) -> dict[str, Any]:
    """Mark, ask again and compare."""
    before: list[float] = []
    after: list[list[float]] = [[] for _ in weights]
    step = max(1, len(task.queries) // MOST_QUERIES)
    for asked in task.queries[::step]:
        there = np.ones(len(task.vectors), bool)
        if asked.question is not None:
            there[asked.question] = False
        scores = _scores(task, asked, (), WEIGHTS)
        order = [i for i in np.argsort(-scores, kind="stable") if there[i]][:LOOK]
        more = [i for i in order if asked.right[i]][:marks]
        less = [i for i in order if not asked.right[i]][:marks]
        there[more + less] = False
        if not (more and less and asked.right[there].any()):
            continue
        before.append(average_precision(scores[there], asked.right[there]))
        marked = [(i, 1.0) for i in more] + [(i, -1.0) for i in less]
        for chosen, results in zip(weights, after, strict=True):
            scores_after = _scores(task, asked, marked, chosen)
            results.append(average_precision(scores_after[there], asked.right[there]))
    return {
        "task": task.name,
        "queries": len(before),
        "before": _mean(before),
        "after": [
            {
                "more": chosen.more,
                "less": chosen.less,
                "mean_average_precision": _mean(results),
                "worse": _mean(
                    [new < old - 1e-9 for old, new in zip(before, results, strict=True)]
                ),
            }
            for chosen, results in zip(weights, after, strict=True)
        ],
    }


def average_precision(scores: np.ndarray, right: np.ndarray) -> float:
    """The mean of the precision at the place of each right picture."""
    hits = right[np.argsort(-scores, kind="stable")]
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float(precision[hits].mean())


def _scores(
    task: Task, asked: Asked, marked: Iterable[tuple[int, float]], weights: Weights
) -> np.ndarray:
    marks = list(marked)
    examples = [Example(Path(str(i)), weight=sign, marked=True) for i, sign in marks]
    query = with_examples(asked.query, examples)
    vectors = np.stack([asked.vector, *(task.vectors[i] for i, _ in marks)])
    scorer = Scorer(query, vectors, task.thresholds, weights)
    rows = np.arange(len(task.vectors))
    return scorer.scores(task.vectors, rows, lambda: task.vectors.mean(axis=0))


def _by_photo(vectors: np.ndarray, labels: Iterable[Sequence[str]]) -> Iterator[Asked]:
    """Let every picture be the query once for each label that it has."""
    for names in labels:
        for i, name in enumerate(names):
            if name:
                query = with_examples(Query(""), [Example(Path(str(i)))])
                right = np.array([other == name for other in names])
                yield Asked(query, vectors[i], right, question=i)


def _named(captions: Iterable[str]) -> set[str]:
    """The things that two captions at least name."""
    said = [
        {word.rstrip("s") for word in re.findall("[a-z]+", caption.lower())} for caption in captions
    ]
    return {thing for thing in THINGS if sum(thing.rstrip("s") in words for words in said) >= 2}


def _mean(values: Sequence[float | bool]) -> float:
    return float(np.mean(values)) if values else float("nan")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--per-scene", type=int, default=24, help="drawn pictures; 0 for none")
    parser.add_argument("--photos", type=Path, help="a directory with photos and captions.json")
    parser.add_argument("--model", type=Path, help="the model that encodes these photos")
    parser.add_argument("--marks", type=int, default=2, help="of each kind")
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args(arguments)
    if (options.photos is None) != (options.model is None):
        parser.error("--photos and --model go together")
    tasks = list(drawn_tasks(options.per_scene, options.workers)) if options.per_scene else []
    if options.photos is not None:
        tasks.append(photo_task(options.photos, options.model))
    reports = [simulate(task, options.marks, COMPARED) for task in tasks]
    if options.json:
        print(json.dumps(reports, indent=2))
        return 0
    print(
        f"{'more':>5}{'less':>6}", *(f"{r['task'] + ' ' + str(r['queries']):>14}" for r in reports)
    )
    print(f"{'before':>11}", *(f"{r['before']:>14.3f}" for r in reports))
    for at, weights in enumerate(COMPARED):
        row = [report["after"][at] for report in reports]
        cells = (f"{c['mean_average_precision']:.3f} ({c['worse']:.0%})" for c in row)
        print(f"{weights.more:>5.2f}{weights.less:>6.2f}", *(f"{cell:>14}" for cell in cells))
    print("in parentheses: queries that marking made worse")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
