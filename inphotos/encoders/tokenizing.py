"""Words to the numbers that a text tower reads, by the tokenizers library alone.

transformers would build the same tokenizer, from the same files, after seconds of importing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from tokenizers import AddedToken, Regex, Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import BPE

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
            self._tokenizer = _load(model)
        # The files are of unknown origin and the Rust library raises bare exceptions.
        except Exception as error:
            raise ModelError(f"The tokenizer of the model {model.name} cannot be read.") from error

    def __call__(self, texts: Sequence[str]) -> Tokens:
        """Return the tokens of n >= 1 texts; what is longer than the context is cut off."""
        cleaned = [_clean(text) for text in texts]
        if self._lowers:
            cleaned = [text.lower() for text in cleaned]
        found = self._tokenizer.encode_batch(cleaned)
        return Tokens(
            np.array([encoding.ids for encoding in found], np.int64),
            np.array([encoding.attention_mask for encoding in found], np.int64),
        )


def _load(model: Model) -> Tokenizer:
    context = _context(model)
    special = _special_tokens(model.directory)
    if model.family == "clip":
        special = {**_CLIP_TOKENS, **special}
        tokenizer = _clip(model.directory, special)
    else:
        tokenizer = Tokenizer.from_file(str(model.directory / "tokenizer.json"))
    padding = special["pad_token"]
    tokenizer.enable_truncation(context)
    tokenizer.enable_padding(
        pad_id=_id_of(tokenizer, padding),
        pad_token=padding,
        # SigLIP was trained on texts of one length.
        length=None if model.family == "clip" else context,
    )
    return tokenizer


def _clip(directory: Path, special: Mapping[str, str]) -> Tokenizer:
    """Build CLIP's tokenizer from its vocabulary, whichever file that is in."""
    whole = directory / "tokenizer.json"
    if whole.is_file():
        stored = json.loads(whole.read_text(encoding="utf-8"))["model"]
        vocabulary = stored["vocab"]
        # Older files have "a b" for a pair.
        pairs = (m.split(" ") if isinstance(m, str) else m for m in stored["merges"])
        merges = [(left, right) for left, right in pairs]
    else:
        vocabulary, merges = BPE.read_file(
            str(directory / "vocab.json"), str(directory / "merges.txt")
        )
    tokenizer = Tokenizer(
        BPE(
            vocabulary,
            merges,
            end_of_word_suffix="</w>",
            unk_token=special["unk_token"],
        )
    )
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_CLIP_WORDS), behavior="removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False),
        ]
    )
    tokenizer.add_special_tokens(
        [AddedToken(token, special=True) for token in dict.fromkeys(special.values())]
    )
    begin, end = special["bos_token"], special["eos_token"]
    tokenizer.post_processor = processors.RobertaProcessing(
        (end, _id_of(tokenizer, end)),
        (begin, _id_of(tokenizer, begin)),
        trim_offsets=False,
        add_prefix_space=False,
    )
    return tokenizer


def _id_of(tokenizer: Tokenizer, token: str) -> int:
    number = tokenizer.token_to_id(token)
    if number is None:
        raise ValueError(f"no token {token!r}")
    return number


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
