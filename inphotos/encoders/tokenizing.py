"""Words to the numbers that a text tower reads, without transformers.

It would read the same numbers from the same files, after seconds of importing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from tokenizers import Regex, Tokenizer, normalizers, pre_tokenizers

from inphotos.encoders import bpe
from inphotos.encoders.base import Family, Model
from inphotos.encoders.preprocessing import CONFIG, read_json
from inphotos.encoders.runtimes.base import Tokens
from inphotos.errors import ModelError

#: Longer texts are cut to this many characters before the tokenizer sees them. CLIP reads 77
#: tokens and its longest token has about 50 characters, so nothing that it could read is lost.
_LONGEST_TEXT = 4096

#: How CLIP splits a text into words (Radford et al. 2021, simple_tokenizer.py).
_CLIP_WORDS = (
    r"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d"
    r"|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
)
_CLIP_TOKENS: Final = {
    "bos_token": "<|startoftext|>",
    "eos_token": "<|endoftext|>",
    "unk_token": "<|endoftext|>",
    "pad_token": "<|endoftext|>",
}
_CONTEXTS: Mapping[Family, int] = {"clip": 77, "siglip": 64}  # where a configuration is silent


class TextReader:
    """Turns texts into tokens as a model wants them. Safe to use from several threads."""

    def __init__(self, model: Model) -> None:
        """Read the tokenizer's files.

        Raises:
            ModelError: they are damaged.
        """
        self._lowers = model.family == "siglip"
        try:
            self._tokenize = _load(model)
        # The files are of unknown origin and the Rust library raises bare exceptions.
        except Exception as error:
            raise ModelError(f"The tokenizer of the model {model.name} cannot be read.") from error

    def __call__(self, texts: Sequence[str]) -> Tokens:
        """Return the tokens of n >= 1 texts; what is longer than the context is cut off."""
        cleaned = [_clean(text) for text in texts]
        if self._lowers:
            cleaned = [text.lower() for text in cleaned]
        return self._tokenize(cleaned)


def _load(model: Model) -> Callable[[Sequence[str]], Tokens]:
    context = _context(model)
    special = _special_tokens(model.directory)
    if model.family == "clip":
        return _ClipTokenizer(model.directory, {**_CLIP_TOKENS, **special}, context)
    return _siglip(model.directory, special["pad_token"], context)


def _siglip(directory: Path, padding: str, context: int) -> Callable[[Sequence[str]], Tokens]:
    tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
    number = tokenizer.token_to_id(padding)
    if number is None:
        raise ValueError(f"no token {padding!r}")
    tokenizer.enable_truncation(context)
    # SigLIP was trained on texts of one length.
    tokenizer.enable_padding(pad_id=number, pad_token=padding, length=context)

    def tokenize(texts: Sequence[str]) -> Tokens:
        found = tokenizer.encode_batch(list(texts))
        return Tokens(
            np.array([encoding.ids for encoding in found], np.int64),
            np.array([encoding.attention_mask for encoding in found], np.int64),
        )

    return tokenize


class _ClipTokenizer:
    """Splits texts by the tokenizers library, and words into pieces by :mod:`bpe`."""

    def __init__(self, directory: Path, special: Mapping[str, str], context: int) -> None:
        self._encode = bpe.read(directory, special["unk_token"])
        self._context = context
        numbers = {token: self._encode.number(token) for token in special.values()}
        self._begin, self._end = numbers[special["bos_token"]], numbers[special["eos_token"]]
        self._padding = numbers[special["pad_token"]]
        self._special = numbers
        written = sorted(numbers, key=len, reverse=True)
        self._at_special = re.compile(f"({'|'.join(map(re.escape, written))})")
        self._normalizer = normalizers.Sequence(
            [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]
        )
        self._words = pre_tokenizers.Sequence(
            [
                pre_tokenizers.Split(Regex(_CLIP_WORDS), behavior="removed", invert=True),
                pre_tokenizers.ByteLevel(add_prefix_space=False),
            ]
        )

    def __call__(self, texts: Sequence[str]) -> Tokens:
        rows = [[self._begin, *self._pieces(text), self._end] for text in texts]
        ids = np.full((len(rows), max(map(len, rows))), self._padding, np.int64)
        mask = np.zeros_like(ids)
        for row, numbers in enumerate(rows):
            ids[row, : len(numbers)] = numbers
            mask[row, : len(numbers)] = 1
        return Tokens(ids, mask)

    def _pieces(self, text: str) -> list[int]:
        """Return the numbers of a text's pieces, as many as there is room for."""
        found: list[int] = []
        for part in self._at_special.split(text):
            if part in self._special:
                found.append(self._special[part])
                continue
            for word, _ in self._words.pre_tokenize_str(self._normalizer.normalize_str(part)):
                found += self._encode(word)
        return found[: self._context - 2]


def _special_tokens(directory: Path) -> dict[str, str]:
    """Return what the files call the special tokens, by their roles."""
    path = directory / "tokenizer_config.json"
    stored: dict[str, Any] = read_json(path) if path.is_file() else {}
    tokens = {}
    for role in _CLIP_TOKENS:
        value = stored.get(role)
        text = value.get("content") if isinstance(value, dict) else value
        if isinstance(text, str):
            tokens[role] = text
    return tokens


def _context(model: Model) -> int:
    """Return how many tokens the text tower reads."""
    text = read_json(model.directory / CONFIG).get("text_config")
    usual = _CONTEXTS[model.family]
    return int(text.get("max_position_embeddings", usual)) if isinstance(text, dict) else usual


def _clean(text: str) -> str:
    """Make any string fit for a tokenizer: one line, not endless, no lone surrogates."""
    one_line = " ".join(text[: 8 * _LONGEST_TEXT].split())[:_LONGEST_TEXT]
    return one_line.encode("utf-8", "replace").decode("utf-8")
