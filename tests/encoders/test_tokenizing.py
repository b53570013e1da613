"""Tokens are those that transformers makes of the same files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import transformers
from hypothesis import given, settings
from hypothesis import strategies as st

from inphotos.encoders import registry, specs
from inphotos.encoders.tokenizing import TextReader

TEXTS = [
    "a photo of a cat",
    "It's  the DOG'S 25th birthday, isn't it?!",
    "猫の写真 кот 🐈‍⬛ e\u0301cole ÀÉ ﬁ",
    "<|endoftext|> in <|startoftext|>the middle",
    "",
    "1234567890 3.14 https://example.org/a_b",
    "\x00\x01 control \u200b zero width",
    "very " * 100,
]


def both(directory: Path) -> tuple[TextReader, transformers.CLIPTokenizer]:
    model = registry.resolve(str(directory), directory.parent)
    theirs = transformers.CLIPTokenizer.from_pretrained(directory, padding_side="right")
    return TextReader(model), theirs


def assert_equal(reader: TextReader, theirs: transformers.CLIPTokenizer, texts: list[str]) -> None:
    ours = reader(texts)
    expected = theirs(
        texts, padding=True, truncation=True, max_length=_context(theirs), return_tensors="np"
    )
    np.testing.assert_array_equal(ours.ids, expected["input_ids"])
    np.testing.assert_array_equal(ours.mask, expected["attention_mask"])


def _context(tokenizer: transformers.CLIPTokenizer) -> int:
    config = transformers.CLIPConfig.from_pretrained(tokenizer.name_or_path)
    return int(config.text_config.max_position_embeddings)


@pytest.fixture(scope="module", params=specs.BUNDLED)
def bundled(request: pytest.FixtureRequest) -> tuple[TextReader, transformers.CLIPTokenizer]:
    return both(registry.bundled_directory(request.param))


def test_texts_with_a_bundled_vocabulary(
    bundled: tuple[TextReader, transformers.CLIPTokenizer],
) -> None:
    assert_equal(*bundled, [" ".join(text.split()) for text in TEXTS])


@settings(max_examples=100, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text(bundled: tuple[TextReader, transformers.CLIPTokenizer], text: str) -> None:
    assert_equal(*bundled, [" ".join(text.split()), "a cat"])


def test_texts_with_a_vocabulary_in_two_files(tiny_clip: Path) -> None:
    assert_equal(*both(tiny_clip), [" ".join(text.split()) for text in TEXTS])


def test_texts_with_clips_own_vocabulary(shared_data: Path, reference_clip: Path) -> None:
    assert_equal(*both(reference_clip), [" ".join(text.split()) for text in TEXTS])
