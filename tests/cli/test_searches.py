"""Saved searches on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., int]
Answer = Callable[..., Any]


def test_a_search_is_saved_listed_and_searched_for(
    run: Run, answer: Answer, photos: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    answer("index", photos)
    document = answer("searches", "save", "  Trips  ", "folder:trip")
    assert document == {"name": "Trips", "query": "folder:trip", "replaced": False}
    assert answer("searches") == [{"name": "Trips", "query": "folder:trip"}]
    found = answer("search", "--saved", "trips")
    assert {Path(row["path"]).name for row in found["results"]} == {"d.jpg", "e.jpg"}
    assert found["query"] == "folder:trip"
    assert run("searches", "list") == 0
    assert capfd.readouterr().out == "Trips  folder:trip\n"


def test_the_photos_of_each_search_are_counted(answer: Answer, photos: Path) -> None:
    answer("index", photos)
    for name, query in (("Trips", "folder:trip"), ("None", "date:1999"), ("Boats", "boat -red")):
        answer("searches", "save", name, query)
    results = answer("search", "boat -red", "--top", 99)["results"]
    boats = sum(row["match"] in ("strong", "maybe") for row in results)
    assert answer("searches", "list", "--count") == [
        {"name": "Trips", "query": "folder:trip", "photos": 2, "at_least": False},
        {"name": "None", "query": "date:1999", "photos": 0, "at_least": False},
        {"name": "Boats", "query": "boat -red", "photos": boats, "at_least": False},
    ]


def test_saving_again_replaces(answer: Answer) -> None:
    answer("searches", "save", "Dogs", "dog")
    answer("searches", "save", "Cats", "cat")
    assert answer("searches", "save", "dogs", "puppy OR dog")["replaced"] is True
    assert answer("searches") == [
        {"name": "dogs", "query": "puppy OR dog"},
        {"name": "Cats", "query": "cat"},
    ]


def test_a_search_is_removed(run: Run, answer: Answer, capfd: pytest.CaptureFixture[str]) -> None:
    answer("searches", "save", "Dogs", "dog")
    assert answer("searches", "remove", "DOGS") == {"name": "Dogs", "query": "dog"}
    capfd.readouterr()
    assert run("searches") == 1
    assert "No search is saved yet" in capfd.readouterr().err


def test_a_name_that_is_not_there_is_wrong_use(run: Run, capfd: pytest.CaptureFixture[str]) -> None:
    for words in (("searches", "remove", "Dogs"), ("search", "--saved", "Dogs")):
        assert run(*words) == 2
        [line] = capfd.readouterr().err.splitlines()
        assert "There is no saved search called “Dogs”" in line


@pytest.mark.parametrize(("name", "query"), [("", "dog"), ("Dogs", " ")])
def test_neither_name_nor_query_may_be_empty(
    run: Run, capfd: pytest.CaptureFixture[str], name: str, query: str
) -> None:
    assert run("searches", "save", name, query) == 2
    assert len(capfd.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("words", [["dog", "--saved", "Dogs"], []])
def test_a_search_is_for_a_query_or_a_saved_one(run: Run, words: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        run("search", *words)


def test_a_damaged_file_is_kept_aside(run: Run, answer: Answer, tmp_path: Path) -> None:
    run("searches", "save", "Dogs", "dog")
    kept = tmp_path / "library" / "searches.json"
    kept.write_text("{ dogs")
    assert answer("searches") == []
    assert (tmp_path / "library" / "searches.damaged.json").read_text() == "{ dogs"
    run("searches", "save", "Cats", "cat")
    assert [row["name"] for row in json.loads(kept.read_text())["entries"]] == ["Cats"]
