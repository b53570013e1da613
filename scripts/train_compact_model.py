#!/usr/bin/env python3
"""Train the `compact` model: a small CLIP that knows everyday things, from photos and two teachers.

    python scripts/train_compact_model.py --photos DIR --pictures-teacher DIR --words-teacher DIR
        --cache DIR --out DIR [--size processor|gpu] [--minutes 115] [--seed 7]

- ``--photos``: small labelled photos (``manifest.jsonl.gz``, ``photos-NN.zip``) and captions
  (``captions.txt.gz``);
- ``--pictures-teacher``: MobileNetV2 with its classifier, in transformers' format;
- ``--words-teacher``: the sentence encoder all-MiniLM-L6-v2, in transformers' format;
- ``--cache``: where photos and what the teachers say of them are kept, and checkpoints: what was
  done is taken up again by the next run with the same cache.

The image tower learns what the first teacher sees, put into the space of the second one; the text
tower learns to write texts down as the second teacher does; then both learn together from photos
with labels and captions. Photos marked as test are never trained on. The length is set by the
clock, so two runs agree in everything but the number of steps.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from compact import photos as reading
from compact import teachers, words
from compact.course import Course
from compact.crops import Shower
from compact.lines import draw_lines, write_lines
from compact.photos import Photos
from compact.pictures import PictureLesson, Targets
from compact.student import (
    CONTEXT,
    SIZES,
    build,
    encode_pictures,
    encode_texts,
    prepare,
    save,
)
from compact.texts import TextLesson
from compact.together import PairLesson
from torch.nn import functional as nnf
from transformers import CLIPModel, CLIPTokenizer
from vocabulary import train_tokenizer

from inphotos.search.calibration import everyday_captions

#: Shares of the time.
PICTURES, TEXTS, TOGETHER = 0.76, 0.08, 0.16

#: Of the first teacher's features so many directions are learnt.
FEATURES = 256
MOST_LABELS = 8


def main() -> None:
    """Train, or go on with it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--photos", type=Path, required=True)
    parser.add_argument("--pictures-teacher", type=Path, required=True)
    parser.add_argument("--words-teacher", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--size", choices=tuple(SIZES), default="processor")
    parser.add_argument("--minutes", type=float, default=115.0, help="of training alone")
    parser.add_argument("--rate", type=float, default=1e-3, help="highest learning rate")
    parser.add_argument("--queries", type=int, default=60_000, help="that are made up")
    parser.add_argument("--seed", type=int, default=7)
    train(parser.parse_args())


def train(options: argparse.Namespace) -> None:
    """Train, or go on with it."""
    torch.manual_seed(options.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    size = SIZES[options.size]
    photos = reading.read_photos(options.photos, options.cache)
    seen = teachers.look(photos, options.pictures_teacher, options.cache)
    classes = teachers.class_names(options.pictures_teacher)
    labels, captions = words.of_photos(photos.rows, classes)
    captions += reading.read_captions(options.photos)
    texts = all_texts(labels, captions, options)
    encoder = teachers.Words(options.words_teacher, device)
    places = places_of_texts(encoder, texts, options.cache / "texts.npy")
    mean = places.mean(0)
    tokenizer = train_tokenizer(texts, size.tokens, CONTEXT)
    model = build(size, tokenizer).to(device)
    parameters = sum(p.numel() for p in model.parameters())
    print(f"{parameters / 1e6:.1f} million parameters, {len(tokenizer)} tokens, {len(texts)} texts")

    names, label_names = encoder(classes), encoder(labels)
    trained = np.array([n for n, row in enumerate(photos.rows) if not row.is_test])
    targets = targets_of(photos, trained, seen, names, labels, label_names, mean, device)
    shower = Shower(photos, size.edge, device, options.seed)
    prepare(model, shower.plain(trained[:: max(1, len(trained) // 1500)]))
    pictures = PictureLesson(model, shower, trained, targets, size, options.seed)
    wanted = nnf.normalize(torch.from_numpy(places - mean), dim=1).to(device)
    written = TextLesson(model, tokenizer, texts, wanted, 4 * size.batch, options.seed)
    rows = [photos.rows[n] for n in trained]
    pairs = PairLesson(tokenizer, pictures, written, rows, size.batch, options.seed)
    for name, lesson, share, rate in (
        ("pictures", pictures, PICTURES, options.rate),
        ("texts", written, TEXTS, options.rate),
        ("together", pairs, TOGETHER, 0.3 * options.rate),
    ):
        course = Course(
            name,
            lesson.modules,
            lesson,
            share * options.minutes,
            rate,
            options.cache,
            precision(device),
        )
        lesson.modules.load_state_dict(course.run().state_dict())
        save(model, tokenizer, options.out)
        report(model, tokenizer, photos, shower, options.cache / "training.json", name)
    tested, own = tested_photos(photos)
    everyday = encode_texts(model, tokenizer, everyday_captions())
    write_lines(options.out, draw_lines(encode_pictures(model, shower, tested), everyday, own))


def precision(device: str) -> torch.dtype | None:
    """Return what to multiply in: half the bits where the device does that several times faster."""
    if device == "cuda":
        return torch.bfloat16
    able = torch.cpu.get_capabilities()
    return torch.bfloat16 if able.get("avx512_bf16") or able.get("amx_bf16") else None


def all_texts(labels: list[str], captions: list[str], options: argparse.Namespace) -> list[str]:
    """Return every text that is learnt, once."""
    things = words.phrases(captions)
    known = words.dictionary(options.words_teacher)
    made = words.queries(labels, [*things, *known], options.queries, options.seed)
    return list(dict.fromkeys([*labels, *captions, *things, *known, *made]))


def places_of_texts(encoder: teachers.Words, texts: list[str], cache: Path) -> teachers.Vectors:
    """Return what the second teacher writes down for texts, from the cache if it is there."""
    digest = cache.with_suffix(".json")
    if digest.exists() and json.loads(digest.read_text()) == texts:
        known: teachers.Vectors = np.load(cache)
        return known
    places = encoder(texts)
    np.save(cache, places)
    digest.write_text(json.dumps(texts))
    return places


def targets_of(
    photos: Photos,
    trained: np.ndarray[tuple[int], np.dtype[np.int64]],
    seen: teachers.Seen,
    names: teachers.Vectors,
    labels: list[str],
    label_names: teachers.Vectors,
    mean: teachers.Vectors,
    device: str,
) -> Targets:
    """Return what the image tower is to learn of the photos that are trained on."""
    logits = seen.logits[trained].astype(np.float32)
    soft = torch.softmax(torch.from_numpy(logits) / teachers.SOFTNESS, 1)
    places = teachers.places_of_pictures(seen.logits[trained], names, names.mean(0))
    features = seen.features[trained].astype(np.float32)
    features -= features.mean(0)
    spread, directions = np.linalg.eigh(np.cov(features.T))
    white = features @ (directions[:, -FEATURES:] / np.sqrt(np.maximum(spread[-FEATURES:], 1e-6)))
    numbers = {label: number for number, label in enumerate(labels)}
    own = np.full((len(trained), MOST_LABELS), -1, np.int64)
    for at, photo in enumerate(trained):
        for place, label in enumerate(photos.rows[photo].labels[:MOST_LABELS]):
            own[at, place] = numbers[label]
    return Targets(
        places=torch.from_numpy(places.astype(np.float32)).to(device),
        features=torch.from_numpy(white.astype(np.float32)).to(device),
        classes=soft.to(device),
        names=nnf.normalize(torch.from_numpy(names - names.mean(0)), dim=1).to(device),
        labels=torch.from_numpy(own).to(device),
        label_names=nnf.normalize(torch.from_numpy(label_names - mean), dim=1).to(device),
    )


def report(
    model: CLIPModel,
    tokenizer: CLIPTokenizer,
    photos: Photos,
    shower: Shower,
    path: Path,
    part: str,
) -> None:
    """Find the photos of the test split by their labels; print and note how often that works."""
    tested, own = tested_photos(photos)
    labels = sorted(set(own))
    texts = encode_texts(model, tokenizer, [f"a photo of a {label}" for label in labels])
    ranks = (encode_pictures(model, shower, tested) @ -texts.T).argsort(1)
    right = np.array([labels.index(label) for label in own])
    found = {k: float((ranks[:, :k] == right[:, None]).any(1).mean()) for k in (1, 5, 10)}
    print(f"after {part}: the label of a test photo among {len(labels)}: {found}", flush=True)
    figures = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(json.dumps({**figures, part: found}, indent=2) + "\n")


def tested_photos(photos: Photos) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], list[str]]:
    """Return which photos have a label and are never trained on, and their labels."""
    tested = [n for n, row in enumerate(photos.rows) if row.is_test and row.labels]
    return np.array(tested, np.int64), [photos.rows[n].labels[0] for n in tested]


if __name__ == "__main__":
    main()
