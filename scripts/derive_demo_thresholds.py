"""Derive the thresholds of the bundled `demo` model from pictures it was not trained on.

    python scripts/derive_demo_thresholds.py [--json] [--write]

How good the model is with them, on other pictures, is measured by 'inphotos eval' on the split
"report" of make_drawn_evaluation.py; the pictures that are drawn here belong to its split "tune". A
query such as "red car" counts a picture only if scene and colour are right. The thresholds:
    strong      the cosine that four of five right pictures reach, over scene, colour and count
                queries
    maybe       the cosine that the best picture of 95 % of these queries reaches where there is
                one picture of each scene
    same_kind   the cosine between two pictures that best separates pairs of one scene from pairs
                of two scenes (largest F1)
They are what a library of a few photos is read by; a larger one is calibrated by its own photos
(inphotos/search/calibration.py).
"""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from drawing import HELD_OUT_SEEDS, SCENE_NAMES
from drawing.captions import Caption
from drawing.dataset import draw_all_held_out
from make_drawn_evaluation import make_captions
from PIL import Image
from transformers import CLIPImageProcessorPil, CLIPModel, CLIPTokenizer

MODEL = Path(__file__).resolve().parent.parent / "inphotos" / "data" / "demo" / "model"
#: Templates that help short queries: mean average precision of scene queries on drawn pictures is
#: 0.994 without them and 0.999 with them, and that of colours, counts and lights no worse. With the
#: seven best of OpenAI's list it is 0.92.
PROMPTS = ["{}", "a photo of {}"]
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

    def texts(self, texts: list[str]) -> np.ndarray:
        """(texts, dimensions) float32, of length 1; averaged over PROMPTS."""
        parts = [self._encoded([prompt.replace("{}", t) for t in texts]) for prompt in PROMPTS]
        means = np.mean(parts, axis=0)
        return means / np.linalg.norm(means, axis=1, keepdims=True)

    @torch.inference_mode()
    def _encoded(self, texts: list[str]) -> np.ndarray:
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
    drawn = draw_all_held_out(jobs, workers)
    return Collection([d.claims for d in drawn], encoder.pictures([d.image for d in drawn]))


def best_separation(scores: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """The score with the largest F1, and that F1."""
    order = np.argsort(-scores)
    hits = np.cumsum(right[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + right.sum())
    best = int(np.argmax(f1))
    return float(scores[order[best]]), float(f1[best])


def derive_thresholds(
    encoder: Encoder, queries: dict[str, list[Caption]], drawn: Collection, per_scene: int
) -> dict[str, float]:
    """See the module's docstring; `same_kind_f1` is there for the reader."""
    reached, best = [], []
    for kind in ("scene", "colour", "count"):
        right = truth(queries[kind], drawn)
        scores = encoder.texts([q.text for q in queries[kind]]) @ drawn.vectors.T
        reached.append(scores[right])
        few, there = scores[:, ::per_scene], right[:, ::per_scene].any(axis=1)
        best.append(few[there].max(axis=1))
    scenes = np.array([next(c for c in cl if c.startswith("scene:")) for cl in drawn.claims])
    one, other = np.triu_indices(len(scenes), 1)
    likeness = np.einsum("ij,ij->i", drawn.vectors[one], drawn.vectors[other])
    same_kind, f1 = best_separation(likeness, scenes[one] == scenes[other])
    return {
        "strong": float(np.quantile(np.concatenate(reached), 0.2)),
        "maybe": float(np.quantile(np.concatenate(best), 0.05)),
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
    thresholds = derive_thresholds(encoder, make_queries(), drawn, arguments.per_scene)
    if arguments.write:
        kept = {k: round(thresholds[k], 3) for k in ("strong", "maybe", "same_kind")}
        text = json.dumps({"about": ABOUT, "thresholds": kept, "prompts": PROMPTS}, indent=2)
        (arguments.model / "inphotos.json").write_text(text + "\n", encoding="utf-8")
    if arguments.json:
        print(json.dumps(thresholds, indent=2))
    else:
        for name, value in thresholds.items():
            print(f"{name:14}{value:>7.3f}")


if __name__ == "__main__":
    main()
