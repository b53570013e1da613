"""Places where long names may be broken, so that they neither widen the window nor are cut off."""

from __future__ import annotations

import re

_BREAK = "\N{ZERO WIDTH SPACE}"

#: Words that may be wider than what they stand in; shorter ones stay whole.
_WORD = re.compile(r"[^\s\u200b]{17,}")
#: Where a long word is broken first, and how much of one without such places stays together.
_JOINT = re.compile(r"([/\\_.\-,;=&+])(?=\S)")
#: Not before what belongs to the character ahead of it: accents and parts of emoji.
_PIECE = re.compile(r"([^\s\u200b]{16})(?=[^\s\u200b\u0300-\u036f\u200d\ufe00-\ufe0f])")


def breakable(text: str) -> str:
    """Let the long words of a text be broken where it is wrapped."""
    return _WORD.sub(_broken, text)


def whole(text: str) -> str:
    """Return a text without the places that :func:`breakable` has put in."""
    return text.replace(_BREAK, "")


def _broken(word: re.Match[str]) -> str:
    parts = _JOINT.sub(rf"\1{_BREAK}", word[0])
    return _PIECE.sub(rf"\1{_BREAK}", parts)
