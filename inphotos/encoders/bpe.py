"""Byte-pair encoding as CLIP has it: words to numbers by merging letters, the likeliest pair first.

The tokenizers library does this too, but it takes 130 ms to be told all the pairs, and keeps the
window from being painted meanwhile: a query in a new process would spend more time on that than on
being read. Here the pairs stay as they are in the file, 48,894 lines that are looked up.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

#: Ends the last piece of a word.
_END = "</w>"


class PairEncoder:
    """Turns words into the numbers of their pieces. Safe to use from several threads."""

    def __init__(self, vocabulary: Mapping[str, int], merges: Iterable[str], unknown: str) -> None:
        """Take the pieces and their numbers.

        Args:
            vocabulary: the number of each piece.
            merges: pairs of pieces with a space in between, the likeliest first.
            unknown: the piece that stands for one that there is none for.

        Raises:
            KeyError: ``unknown`` is no piece.
        """
        self._numbers = vocabulary
        self._ranks = {pair: rank for rank, pair in enumerate(merges)}
        self._unknown = self.number(unknown)

    def __call__(self, word: str) -> list[int]:
        """Return the numbers of a word's pieces.

        Args:
            word: not empty; each character stands for a byte, as byte-level encodings have it.
        """
        pieces = [*word[:-1], word[-1] + _END]
        while len(pieces) > 1:
            best = min(pairwise(pieces), key=self._rank)
            if self._rank(best) == len(self._ranks):
                break
            pieces = _merged(pieces, best)
        return [self._numbers.get(piece, self._unknown) for piece in pieces]

    def number(self, piece: str) -> int:
        """Return the number of a piece.

        Raises:
            KeyError: there is no such piece.
        """
        return self._numbers[piece]

    def _rank(self, pair: tuple[str, str]) -> int:
        return self._ranks.get(f"{pair[0]} {pair[1]}", len(self._ranks))


def _merged(pieces: Sequence[str], pair: tuple[str, str]) -> list[str]:
    merged: list[str] = []
    at = 0
    while at < len(pieces):
        if tuple(pieces[at : at + 2]) == pair:
            merged.append(pair[0] + pair[1])
            at += 2
        else:
            merged.append(pieces[at])
            at += 1
    return merged


def read(directory: Path, unknown: str) -> PairEncoder:
    """Read a model's vocabulary, whichever file it is in.

    Raises:
        OSError, ValueError, TypeError, LookupError, AttributeError: it is missing or damaged.
    """
    whole = directory / "tokenizer.json"
    if whole.is_file():
        stored = json.loads(whole.read_text(encoding="utf-8"))["model"]
        # Older files have "a b" for a pair.
        merges = (pair if isinstance(pair, str) else " ".join(pair) for pair in stored["merges"])
        return PairEncoder(_checked(stored["vocab"]), merges, unknown)
    vocabulary = json.loads((directory / "vocab.json").read_text(encoding="utf-8"))
    lines = (directory / "merges.txt").read_text(encoding="utf-8").split("\n")
    # Every line is a pair, but for what says which version of the file this is.
    pairs = (line.rstrip("\r") for line in lines if line and not line.startswith("#version"))
    return PairEncoder(_checked(vocabulary), pairs, unknown)


def _checked(vocabulary: object) -> dict[str, int]:
    if not isinstance(vocabulary, dict) or not all(type(n) is int for n in vocabulary.values()):
        raise ValueError("not a vocabulary")
    return vocabulary
