"""The texts that stand for a query."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from inphotos.encoders import registry
from inphotos.encoders.base import normalize
from inphotos.errors import ModelError
from inphotos.search.prompts import encode_texts


def with_prompts(model: Path, directory: Path, prompts: object) -> Path:
    copy = shutil.copytree(model, directory / "with-prompts")
    (copy / "inphotos.json").write_text(json.dumps({"prompts": prompts}))
    return copy


def test_a_short_query_is_averaged_over_the_templates(tiny_clip: Path, tmp_path: Path) -> None:
    path = with_prompts(tiny_clip, tmp_path, ["{}", "a photo of {}"])
    encoder = registry.load(registry.resolve(str(path), tmp_path))
    plain = normalize(encoder.encode_texts(["red car", "a photo of red car"]))
    (found,) = encode_texts(encoder, ["red car"])
    np.testing.assert_allclose(found, normalize(plain.mean(axis=0)), atol=1e-6)


def test_a_long_query_stands_for_itself(tiny_clip: Path, tmp_path: Path) -> None:
    path = with_prompts(tiny_clip, tmp_path, ["a photo of {}"])
    encoder = registry.load(registry.resolve(str(path), tmp_path))
    long = "two dogs on a beach at sunset"
    found = encode_texts(encoder, [long, "dogs"])
    plain = normalize(encoder.encode_texts([long, "a photo of dogs"]))
    np.testing.assert_allclose(found, plain, atol=1e-6)


def test_a_model_without_templates_is_asked_as_typed(tiny_clip: Path, tmp_path: Path) -> None:
    encoder = registry.load(registry.resolve(str(tiny_clip), tmp_path))
    texts = ["a", "{}", "100 % {0} {name}"]
    np.testing.assert_allclose(
        encode_texts(encoder, texts), normalize(encoder.encode_texts(texts)), atol=1e-6
    )


def test_no_texts_give_no_embeddings(tiny_clip: Path, tmp_path: Path) -> None:
    encoder = registry.load(registry.resolve(str(tiny_clip), tmp_path))
    assert encode_texts(encoder, []).shape == (0, encoder.model.dimension)


@pytest.mark.parametrize("prompts", ["{}", [], ["a photo"], [1], {"a": "{}"}])
def test_prompts_that_make_no_sense_are_refused(
    tiny_clip: Path, tmp_path: Path, prompts: object
) -> None:
    path = with_prompts(tiny_clip, tmp_path, prompts)
    with pytest.raises(ModelError, match="prompts"):
        registry.resolve(str(path), tmp_path)
