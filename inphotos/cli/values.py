"""The values of options, as argparse reads them: a wrong one is told of with the option's name."""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence

from inphotos.search.query import Region, read_region


def strictness(text: str) -> float:
    """Read how sure a match has to be."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not -1 <= number <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from -1 to 1")
    return number


def rating(text: str) -> int | str:
    """Read a number of stars, or ``none``."""
    if text == "none" or text in ["0", "1", "2", "3", "4", "5"]:
        return text if text == "none" else int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is neither a number from 0 to 5 nor 'none'")


def positive(text: str) -> int:
    """Read a number from 1 up."""
    return _from(1, text)


def not_negative(text: str) -> int:
    """Read a number from 0 up."""
    return _from(0, text)


def above_zero(text: str) -> float:
    """Read a number that is more than 0."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 < number < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0")
    return number


def one_of(words: Sequence[str]) -> Callable[[str], str]:
    """Return what reads one of these words; argparse's choices refuse to have none at all."""

    def read(text: str) -> str:
        if text not in words:
            raise argparse.ArgumentTypeError(f"{text!r} is not one of {', '.join(words)}")
        return text

    return read


def _from(least: int, text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = least - 1
    if number < least:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from {least} up")
    return number


def region(text: str) -> Region:
    """Read a part of a photo."""
    try:
        return read_region(f"percent:{text}")
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a part of a photo; give left, top, width and height in percent, "
            f"such as 25,10,50,50"
        ) from error
