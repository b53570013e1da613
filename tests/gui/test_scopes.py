"""Several wishes to look at parts of folders become one that leaves nothing out."""

from __future__ import annotations

from pathlib import Path

import pytest

from inphotos.gui.scopes import around, covers, covers_folder, merged
from inphotos.indexing.look import Scope

A, B = Path("/a"), Path("/b")


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        (None, {A: {"x"}}, None),
        ({A: None}, {A: {"x"}}, {A: None}),
        ({A: {"x"}}, {A: None}, {A: None}),
        ({A: {"x"}}, {A: {"y"}, B: {""}}, {A: {"x", "y"}, B: {""}}),
        ({}, {B: None}, {B: None}),
    ],
)
def test_whole_folders_win_and_directories_add_up(
    first: Scope | None, second: Scope | None, both: Scope | None
) -> None:
    assert merged(first, second) == both
    assert merged(second, first) == both


def test_a_scope_covers_the_directories_that_it_names() -> None:
    scope: Scope = {A: {"", "trip/day"}, B: None}
    assert covers(scope, A / "photo.jpg")
    assert covers(scope, A / "trip" / "day" / "photo.jpg")
    assert not covers(scope, A / "trip" / "photo.jpg")
    assert covers(scope, B / "deep" / "down" / "photo.jpg")
    assert not covers(scope, Path("/c/photo.jpg"))
    assert covers(None, Path("/c/photo.jpg"))
    assert (covers_folder(scope, A), covers_folder(scope, Path("/c"))) == (True, False)


def test_the_directories_around_photos() -> None:
    photos = [A / "one.jpg", A / "trip" / "two.jpg", A / "trip" / "three.jpg", Path("/c/four.jpg")]
    assert around(photos, [A, B]) == {A: {"", "trip"}}
