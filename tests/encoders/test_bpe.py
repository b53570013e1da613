"""Words are cut into the pieces that the vocabulary has, the likeliest pair first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inphotos.encoders import bpe
from inphotos.encoders.bpe import PairEncoder

PIECES = ["?", "a", "b", "c", "c</w>", "b</w>", "ab", "bc</w>", "abc</w>"]
VOCABULARY = {piece: number for number, piece in enumerate(PIECES)}


def pieces(merges: list[str], word: str) -> list[str]:
    return [PIECES[number] for number in PairEncoder(VOCABULARY, merges, "?")(word)]


def test_letters_are_merged_as_far_as_there_are_pairs() -> None:
    assert pieces(["a b", "ab c</w>"], "abc") == ["abc</w>"]
    assert pieces(["a b"], "abab") == ["ab", "a", "b</w>"]


def test_the_likelier_pair_goes_first() -> None:
    assert pieces(["b c</w>", "a b"], "abc") == ["a", "bc</w>"]
    assert pieces(["a b", "b c</w>"], "abc") == ["ab", "c</w>"]


def test_what_is_no_piece_is_unknown() -> None:
    assert pieces([], "axb") == ["a", "?", "b</w>"]


def test_the_version_in_a_file_of_pairs_is_no_pair(tmp_path: Path) -> None:
    (tmp_path / "vocab.json").write_text(json.dumps(VOCABULARY))
    (tmp_path / "merges.txt").write_text("#version: 0.2\na b\n")
    assert bpe.read(tmp_path, "?")("ab") == [VOCABULARY["a"], VOCABULARY["b</w>"]]
    assert bpe.read(tmp_path, "?")("aba")[0] == VOCABULARY["ab"]


def test_a_damaged_vocabulary_is_refused(tmp_path: Path) -> None:
    (tmp_path / "vocab.json").write_text(json.dumps({"a": "one"}))
    (tmp_path / "merges.txt").write_text("")
    with pytest.raises(ValueError, match="not a vocabulary"):
        bpe.read(tmp_path, "a")
