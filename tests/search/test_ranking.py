"""How scores are read."""

from __future__ import annotations

from inphotos.search.ranking import Lines, match_of


def test_a_score_matches_strongly_maybe_or_not() -> None:
    lines = Lines(strong=0.3, maybe=0.2)
    assert [match_of(s, lines) for s in (0.3, 0.29, 0.2, 0.19, -1.0)] == [
        "strong",
        "maybe",
        "maybe",
        "none",
        "none",
    ]


def test_with_one_line_there_is_nothing_in_between() -> None:
    assert [match_of(s, Lines(0.7, 0.7)) for s in (0.7, 0.69)] == ["strong", "none"]
