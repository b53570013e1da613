"""The texts to learn from: what people write about photos, and what they type to find one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

from compact.photos import Row

#: How a thing is asked for.
TEMPLATES = (
    "{}",
    "a {}",
    "the {}",
    "my {}",
    "two {}",
    "a photo of a {}",
    "a picture of {}",
    "a close-up of a {}",
    "{} in the background",
    "a small {}",
    "a black and white photo of a {}",
)
#: How two things are.
PAIRS = (
    "{} and {}",
    "{} with {}",
    "{} in front of {}",
    "{} next to a {}",
    "{} on {}",
    "{} {}",
)

_WORD = re.compile(r"[a-z][a-z'-]*")
_LONGEST_PHRASE = 4

#: Phrases that end with one of these are cut in the middle.
_JOINING = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "and",
        "or",
        "with",
        "for",
        "from",
        "by",
        "near",
        "next",
        "is",
        "are",
        "was",
        "were",
        "that",
        "this",
        "his",
        "her",
        "its",
        "their",
        "as",
        "into",
        "over",
        "under",
        "while",
        "up",
    ]
)


def of_photos(rows: Iterable[Row], classes: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return labels and captions of photos that may be trained on.

    Args:
        rows: of all photos.
        classes: names of the first teacher's, synonyms after commas.
    """
    labels: Counter[str] = Counter()
    captions: list[str] = []
    for row in rows:
        if not row.is_test:
            labels.update(row.labels)
            captions.extend(row.captions)
    names = [name.strip() for several in classes for name in several.split(",")]
    return list(dict.fromkeys([*labels, *names])), captions


def phrases(captions: Iterable[str], least: int = 2) -> list[str]:
    """Return runs of two to four words that several captions share, such as "red car"."""
    found: Counter[str] = Counter()
    for caption in captions:
        words = _WORD.findall(caption.lower())
        for length in range(1, _LONGEST_PHRASE + 1):
            for start in range(len(words) - length + 1):
                run = words[start : start + length]
                if run[-1] not in _JOINING and run[0] not in ("of", "and", "is", "are"):
                    found[" ".join(run)] += 1
    return [phrase for phrase, count in found.items() if count >= least or " " not in phrase]


def dictionary(encoder: Path) -> list[str]:
    """Return the whole words that the second teacher knows: what nobody has written a caption of.

    Args:
        encoder: its directory, with ``vocab.txt``.
    """
    lines = (encoder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if len(line) > 2 and _WORD.fullmatch(line)]


def queries(labels: Sequence[str], words: Sequence[str], count: int, seed: int) -> list[str]:
    """Make up what somebody might type: things, in everyday sentences, alone and in pairs."""
    return list(_drawn(labels, words, count, Random(seed)))


def _drawn(
    labels: Sequence[str], words: Sequence[str], count: int, chance: Random
) -> Iterator[str]:
    for _ in range(count):
        kind = chance.random()
        if kind < 0.5:
            yield chance.choice(TEMPLATES).format(chance.choice(labels))
        elif kind < 0.75:
            yield chance.choice(TEMPLATES).format(chance.choice(words))
        else:
            some = (
                chance.choice(labels),
                chance.choice(words if kind > 0.9 else labels),
            )
            yield chance.choice(PAIRS).format(*chance.sample(some, 2))
