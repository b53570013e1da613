"""The part of a query that says where to look."""

from __future__ import annotations

import pytest

from inphotos.search.query import Query, parse, scope_of, with_scope


def read(text: str) -> Query:
    return parse(text) if text.strip() else Query("")


@pytest.mark.parametrize(
    ("text", "scope", "expected"),
    [
        ("", "date:2024-05", "date:2024-05"),
        ("dog on a beach", "date:2024-05", "date:2024-05 dog on a beach"),
        ("date:2024-05 dog", "date:2024-06", "date:2024-06 dog"),
        ("dog last summer", "date:2024-06", "date:2024-06 dog"),
        (
            "folder:=a/ dog rating:>=4 -date:2020",
            "date:2024",
            "date:2024 dog rating:>=4 -date:2020",
        ),
        ("country:=Portugal city:=Porto", "country:=Spain", "country:=Spain"),
        ("date:2023 OR date:2024 cat", "folder:=a/", "folder:=a/ cat"),
        ("is:undated is:portrait", "is:favorite", "is:favorite is:portrait"),
    ],
)
def test_another_scope_takes_the_place_of_the_former(text: str, scope: str, expected: str) -> None:
    assert with_scope(text, scope, read) == expected
    assert scope_of(read(expected)) == scope


def test_scopes_of_other_kinds_can_stay() -> None:
    text = with_scope("folder:=a/ date:2023 dog", "date:2024", read, together=True)
    assert text == "date:2024 folder:=a/ dog"
    assert scope_of(read(text)) == "date:2024 folder:=a/"


def test_words_and_what_is_left_out_are_no_scope() -> None:
    assert scope_of(read("dog -folder:a rating:3 camera:x")) == ""
