"""Training the compact model: a small run, from photos and teachers that are made here."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
import torch
from compact.course import Batches
from compact.photos import read_rows
from conftest import made_once
from make_label_evaluation import questions
from PIL import Image
from transformers import (
    BertConfig,
    BertModel,
    BertTokenizerFast,
    CLIPModel,
    CLIPTokenizer,
    MobileNetV2Config,
    MobileNetV2ForImageClassification,
)

from inphotos.encoders import registry
from inphotos.encoders.base import normalize

SCRIPT = Path(__file__).parents[1] / "scripts" / "train_compact_model.py"
COLOURS = {"red car": (200, 30, 30), "green tree": (30, 160, 40), "blue sea": (20, 60, 200)}
PHOTOS = 96


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what a short training began with (photos, teachers) and made (cache, out)."""
    pytest.importorskip("openvino", reason="the first teacher looks at photos by OpenVINO")
    return made_once(tmp_path_factory, "compact-training", make_and_train)


def make_and_train(folder: Path) -> None:
    make_photos(folder / "photos")
    make_pictures_teacher(folder / "mobilenet")
    make_words_teacher(folder / "words")
    train(folder)


def train(folder: Path) -> str:
    """Train for some seconds, or go on; return what was printed."""
    return subprocess.run(
        [
            sys.executable,
            str(SCRIPT),
            *("--photos", str(folder / "photos")),
            *("--pictures-teacher", str(folder / "mobilenet")),
            *("--words-teacher", str(folder / "words")),
            *("--cache", str(folder / "cache"), "--out", str(folder / "out")),
            *("--minutes", "0.1", "--queries", "200"),
        ],
        check=True,
        capture_output=True,
        encoding="utf-8",
    ).stdout


def make_photos(folder: Path) -> None:
    folder.mkdir()
    chance = np.random.default_rng(1)
    rows = []
    with zipfile.ZipFile(folder / "photos-00.zip", "w") as shard:
        for number in range(PHOTOS):
            label, colour = list(COLOURS.items())[number % len(COLOURS)]
            pixels = np.clip(chance.normal(colour, 40, (96, 120, 3)), 0, 255).astype(np.uint8)
            buffer = io.BytesIO()
            Image.fromarray(pixels).save(buffer, "WEBP")
            shard.writestr(f"{number:03}.webp", buffer.getvalue())
            rows.append(
                {
                    "shard": 0,
                    "name": f"{number:03}.webp",
                    "label": label,
                    "other_labels": [label.split()[1]],
                    "captions": [f"A photo that shows a {label}."] if number % 4 == 0 else [],
                    "split": "test" if number % 6 == 5 else "train",
                }
            )
    write_lines(folder / "manifest.jsonl.gz", [json.dumps(row) for row in rows])
    write_lines(folder / "captions.txt.gz", ["Two people look at the blue sea."] * 2)


def write_lines(path: Path, lines: list[str]) -> None:
    path.write_bytes(gzip.compress("\n".join(lines).encode()))


def make_pictures_teacher(folder: Path) -> None:
    torch.manual_seed(2)
    names = {number: f"thing {number}, object {number}" for number in range(1001)}
    config = MobileNetV2Config(
        depth_multiplier=0.35, num_labels=1001, id2label=names, image_size=224
    )
    MobileNetV2ForImageClassification(config).save_pretrained(folder)


def make_words_teacher(folder: Path) -> None:
    torch.manual_seed(3)
    words = "thing object red car green tree blue sea photo that shows people look two"
    folder.mkdir()
    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)] + list("0123456789.,'-")
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words.split(), *letters]
    tokens += [f"##{letter}" for letter in letters]
    (folder / "vocab.txt").write_text("\n".join(tokens))
    BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
    BertModel(
        BertConfig(
            vocab_size=len(tokens),
            hidden_size=384,
            num_hidden_layers=1,
            num_attention_heads=4,
            intermediate_size=64,
        )
    ).save_pretrained(folder)


@pytest.mark.timeout(600)
def test_it_makes_a_model_that_inphotos_runs(trained: Path) -> None:
    model = registry.resolve(str(trained / "out"), trained)
    assert model.has_text
    assert "everyday things" in model.about
    assert -1 <= model.thresholds.maybe <= model.thresholds.strong <= 1
    assert sum(file.stat().st_size for file in (trained / "out").iterdir()) < 40e6
    encoder = registry.load(model)
    asked = ["a red car", "Blue sea, 2 people"]
    reference = CLIPModel.from_pretrained(trained / "out").eval()
    tokens = CLIPTokenizer.from_pretrained(trained / "out")(
        asked, padding=True, return_tensors="pt"
    )
    with torch.inference_mode():
        wanted = reference.get_text_features(**tokens).pooler_output.numpy()
    assert np.allclose(normalize(encoder.encode_texts(asked)), normalize(wanted), atol=1e-4)


@pytest.mark.timeout(600)
def test_what_is_trained_is_not_trained_again(trained: Path) -> None:
    weights = trained / "out" / "model.safetensors"
    before = weights.read_bytes()
    printed = train(trained)
    assert "after together" in printed
    assert weights.read_bytes() == before


def test_a_round_has_each_photo_once_and_can_be_taken_up() -> None:
    batches = Batches(count=22, size=5, seed=3)
    first = np.concatenate([batches[step] for step in range(4)])
    assert len(set(first.tolist())) == 20
    assert not np.array_equal(first, np.concatenate([batches[step] for step in range(4, 8)]))
    assert np.array_equal(Batches(22, 5, 3)[6], batches[6])


def test_synonyms_ask_for_the_photos_of_their_label(tmp_path: Path) -> None:
    rows = [
        {"label": label, "other_labels": [], "split": "test"} for label in ("cat", "dog") * 4
    ] + [{"label": "canine", "other_labels": [], "split": "train"}]
    whole = [{**row, "shard": 0, "name": f"{n}.webp", "captions": []} for n, row in enumerate(rows)]
    write_lines(tmp_path / "manifest.jsonl.gz", [json.dumps(row) for row in whole])
    read = read_rows(tmp_path)
    made = questions(read, [row for row in read if row.is_test])
    by_query = {(q["kind"], q["query"]): q["photos"] for q in made}
    cats = ["0.webp", "2.webp", "4.webp", "6.webp"]
    assert by_query["synonym", "kitty"] == by_query["named", "cat"] == cats
    assert ("synonym", "canine") not in by_query  # it is a label itself
