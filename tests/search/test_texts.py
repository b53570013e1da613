"""Looking for patterns in many texts at once."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from inphotos.search.language.conditions import fold
from inphotos.search.query import TextMatch
from inphotos.search.texts import Texts

#: Few characters, so that patterns are found; of one, two, three and four bytes in UTF-8.
WORDS = st.text("ab.ü海🐶/", max_size=8)
PATTERNS = st.text("ab.ü海🐶*", min_size=1, max_size=6)


@given(st.lists(WORDS, max_size=12), PATTERNS, st.sampled_from(["name", "ext", "folder"]))
def test_finds_the_texts_that_match_one_by_one(texts: list[str], pattern: str, field: str) -> None:
    match = TextMatch(field, pattern)  # type: ignore[arg-type]
    many = Texts([fold(match.field, text) for text in texts])
    found = np.any([many.consist_of(pieces) for pieces in match.forms], axis=0)
    assert found.tolist() == [match.matches(text) for text in texts]


def test_pieces_do_not_overlap_or_reach_into_the_next_text() -> None:
    many = Texts(["aba", "ab", "a", "b", "", "abXba"])
    assert many.consist_of(("ab", "ba")).tolist() == [False] * 5 + [True]
    assert many.consist_of(("", "ab", "")).tolist() == [True, True, False, False, False, True]
    assert many.consist_of(("a", "", "b")).tolist() == [False, True, False, False, False, False]
    assert many.consist_of(("",)).tolist() == [False] * 4 + [True, False]
    assert many.consist_of(("", "")).tolist() == [True] * 6
    assert Texts([]).consist_of(("", "ab", "")).tolist() == []


def test_a_character_is_not_found_in_the_middle_of_another() -> None:
    # "ÿ" ends in the byte that "¿" ends in.
    assert Texts(["ÿ", "¿"]).consist_of(("", "¿", "")).tolist() == [False, True]
