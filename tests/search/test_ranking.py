"""How scores are read."""

from __future__ import annotations

from inphotos.encoders.base import Thresholds
from inphotos.search.ranking import match_of_photo, match_of_words

LINES = Thresholds(strong=0.3, maybe=0.2, same_kind=0.7)


def test_words_match_strongly_maybe_or_not() -> None:
    assert [match_of_words(s, LINES) for s in (0.3, 0.29, 0.2, 0.19, -1.0)] == [
        "strong",
        "maybe",
        "maybe",
        "none",
        "none",
    ]


def test_photos_are_the_same_kind_or_not() -> None:
    assert [match_of_photo(s, LINES) for s in (0.7, 0.69)] == ["strong", "none"]
