"""Derive the thresholds of the bundled `demo` model from pictures it was not trained on.

    python scripts/evaluate_demo_model.py [--json] [--write]

How good the model is with them, on other pictures, is measured by 'inphotos eval' on the split
"report" of make_drawn_evaluation.py; the pictures that are drawn here belong to its split "tune". A
query such as "red car" counts a picture only if scene and colour are right. The thresholds:
    precise     the lowest cosine above which 90 % of the pictures that scene queries find are right
    complete    the cosine that 98 % of the right pictures reach, over scene, colour and count
                queries
    strong      the higher of the two, so that at least 90 % of what lies above is right
    maybe       the lower of the two, so that hardly any right picture lies below
    same_kind   the cosine between two pictures that best separates pairs of one scene from pairs
                of two scenes (largest F1)
"""

from __future__ import annotations

import argparse
import json
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from drawing import HELD_OUT_SEEDS, SCENE_NAMES
from drawing.captions import Caption
from drawing.dataset import draw_held_out
from make_drawn_evaluation import make_captions
from PIL import Image
from transformers import CLIPImageProcessorPil, CLIPModel, CLIPTokenizer

MODEL = Path(__file__).resolve().parent.parent / "inphotos" / "data" / "demo" / "model"
ABOUT = "A small model trained on drawn scenes; it knows those only, not real photos."


@dataclass(frozen=True)
class Collection:
    """Pictures to search.

    Attributes:
        claims: what is true of each picture.
        vectors: (pictures, dimensions) float32, of length 1.
    """

    claims: list[frozenset[str]]
    vectors: np.ndarray


class Encoder:
    """The demo model's two towers, through the same files that any CLIP directory has."""

    def __init__(self, directory: Path) -> None:
        self._model = CLIPModel.from_pretrained(directory, dtype=torch.float32).eval()
        self._tokenizer = CLIPTokenizer.from_pretrained(directory)
        self._processor = CLIPImageProcessorPil.from_pretrained(directory)

    @torch.inference_mode()
    def pictures(self, images: list[Image.Image]) -> np.ndarray:
        """(pictures, dimensions) float32, of length 1."""
        parts = []
        for first in range(0, len(images), 64):
            pixels = self._processor(images[first : first + 64], return_tensors="pt")
            parts.append(self._model.get_image_features(**pixels).pooler_output)
        return torch.nn.functional.normalize(torch.cat(parts), dim=1).numpy()

    @torch.inference_mode()
    def texts(self, texts: list[str]) -> np.ndarray:
        """(texts, dimensions) float32, of length 1."""
        words = self._tokenizer(texts, padding=True, truncation=True, return_tensors="pt")
        vectors = self._model.get_text_features(**words).pooler_output
        return torch.nn.functional.normalize(vectors, dim=1).numpy()


def make_queries() -> dict[str, list[Caption]]:
    """Queries as users type them, by kind."""
    queries: dict[str, list[Caption]] = {}
    for scene in SCENE_NAMES:
        for kind, caption in make_captions(scene):
            queries.setdefault(kind, []).append(caption)
    return queries


def truth(queries: list[Caption], collection: Collection) -> np.ndarray:
    """(queries, pictures) bool: is the picture right for the query?"""
    return np.array([[q.claims <= claims for claims in collection.claims] for q in queries])


def draw_collection(encoder: Encoder, per_scene: int, workers: int) -> Collection:
    """Freshly drawn pictures, as many of every scene."""
    jobs = [(scene, HELD_OUT_SEEDS[i]) for scene in SCENE_NAMES for i in range(per_scene)]
    with ProcessPoolExecutor(workers) as pool:
        drawn = list(pool.map(draw_held_out, jobs, chunksize=16))
    return Collection([d.claims for d in drawn], encoder.pictures([d.image for d in drawn]))


def precise_threshold(scores: np.ndarray, right: np.ndarray, share: float) -> float:
    """The lowest score above which `share` of all pairs are right."""
    order = np.argsort(-scores.ravel())
    hits = np.cumsum(right.ravel()[order])
    precision = hits / np.arange(1, len(order) + 1)
    reached = np.flatnonzero(precision >= share)
    # A model that is never so sure gets the threshold that nothing but its best pair reaches.
    return float(scores.ravel()[order[reached[-1] if len(reached) else 0]])


def best_separation(scores: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """The score with the largest F1, and that F1."""
    order = np.argsort(-scores)
    hits = np.cumsum(right[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + right.sum())
    best = int(np.argmax(f1))
    return float(scores[order[best]]), float(f1[best])


def derive_thresholds(
    encoder: Encoder, queries: dict[str, list[Caption]], drawn: Collection
) -> dict[str, float]:
    """See the module's docstring; `same_kind_f1` is there for the reader."""
    scores, right = {}, {}
    for kind in ("scene", "colour", "count"):
        scores[kind] = encoder.texts([q.text for q in queries[kind]]) @ drawn.vectors.T
        right[kind] = truth(queries[kind], drawn)
    precise = precise_threshold(scores["scene"], right["scene"], 0.90)
    reached = np.concatenate([scores[kind][right[kind]] for kind in scores])
    complete = float(np.quantile(reached, 0.02))
    scenes = np.array([next(c for c in cl if c.startswith("scene:")) for cl in drawn.claims])
    one, other = np.triu_indices(len(scenes), 1)
    likeness = np.einsum("ij,ij->i", drawn.vectors[one], drawn.vectors[other])
    same_kind, f1 = best_separation(likeness, scenes[one] == scenes[other])
    return {
        "precise": precise,
        "complete": complete,
        "strong": max(precise, complete),
        "maybe": min(precise, complete),
        "same_kind": same_kind,
        "same_kind_f1": f1,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--per-scene", type=int, default=40, help="freshly drawn pictures")
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--write", action="store_true", help="store the thresholds in the model")
    arguments = parser.parse_args()
    encoder = Encoder(arguments.model)
    drawn = draw_collection(encoder, arguments.per_scene, arguments.workers)
    thresholds = derive_thresholds(encoder, make_queries(), drawn)
    if arguments.write:
        kept = {k: round(thresholds[k], 3) for k in ("strong", "maybe", "same_kind")}
        text = json.dumps({"about": ABOUT, "thresholds": kept}, indent=2)
        (arguments.model / "inphotos.json").write_text(text + "\n", encoding="utf-8")
    if arguments.json:
        print(json.dumps(thresholds, indent=2))
    else:
        for name, value in thresholds.items():
            print(f"{name:14}{value:>7.3f}")


if __name__ == "__main__":
    main()
