"""The whole language of queries on the command line."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import MakePhoto
from PIL import Image

from inphotos.cli import main, search
from inphotos.search.language.hemisphere import is_southern

Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path, tiny_clip: Path, make_photo: MakePhoto, capfd: Any) -> Run:
    """Run a command on a library with four photos, and the small CLIP."""
    folder = tmp_path / "photos"
    make_photo(folder / "wide.jpg", size=(96, 64))
    make_photo(folder / "tall.png", size=(64, 96))
    make_photo(folder / "Trip" / "square.jpg", size=(64, 64))
    make_photo(folder / "Trip" / "also wide.webp", size=(96, 48))

    def _run(*words: object) -> int:
        own = ["--library", tmp_path / "library", "--model", tiny_clip]
        return main([str(word) for word in (*own, *words)])

    assert _run("-q", "index", folder) == 0
    capfd.readouterr()
    return _run


@pytest.fixture
def found(run: Run, capfd: pytest.CaptureFixture[str]) -> Callable[..., list[str]]:
    """Run a search and return the names of the photos, in order."""

    def _found(*words: object) -> list[str]:
        run("--json", "search", *words)
        document = json.loads(capfd.readouterr().out)
        assert list(document) == ["query", "model", "took_ms", "total", "results"]
        return [Path(row["path"]).name for row in document["results"]]

    return _found


def test_filters_are_understood(found: Callable[..., list[str]]) -> None:
    assert set(found("boat is:landscape")) == {"wide.jpg", "also wide.webp"}
    assert found("boat folder:trip -ext:jpg") == ["also wide.webp"]
    assert found("is:portrait OR is:square", "--sort", "name") == ["square.jpg", "tall.png"]
    assert len(found("boat -red dog^2 OR cat")) == 4


def test_listed_photos_have_no_score(run: Run, capfd: pytest.CaptureFixture[str]) -> None:
    assert run("--json", "search", "is:portrait") == 0
    [row] = json.loads(capfd.readouterr().out)["results"]
    assert list(row) == ["rank", "path", "score", "match"]
    assert (row["rank"], row["score"], row["match"]) == (1, None, None)
    assert run("search", "is:portrait") == 0
    assert capfd.readouterr().out.split()[:3] == ["1", "-", "-"]


def test_pages_follow_each_other(found: Callable[..., list[str]]) -> None:
    whole = found("boat")
    assert [name for at in range(4) for name in found("boat", "--top", 1, "--offset", at)] == whole


def test_a_page_beyond_the_end_says_so(run: Run, capfd: pytest.CaptureFixture[str]) -> None:
    assert run("search", "boat", "--offset", 4) == 1
    assert "no more than 4 photos" in capfd.readouterr().err


def test_answers_come_in_another_order(found: Callable[..., list[str]]) -> None:
    assert found("boat", "--sort", "name") == [
        "also wide.webp",
        "square.jpg",
        "tall.png",
        "wide.jpg",
    ]
    assert found("boat", "--sort", "folder") == [
        "tall.png",
        "wide.jpg",
        "also wide.webp",
        "square.jpg",
    ]


@pytest.fixture
def told(run: Run, tmp_path: Path) -> Run:
    """Run a command after the photos have got dates and places."""
    for name in ("wide.jpg", "Trip/square.jpg"):
        path = tmp_path / "photos" / name
        with Image.open(path) as image:
            exif = image.getexif()
            exif.get_ifd(0x8769)[36867] = "2023:07:14 23:59:00"
            exif.get_ifd(0x8825).update({1: "N", 2: (41.0, 9.0, 0), 3: "W", 4: (8.0, 37.0, 0)})
            image.save(path, exif=exif)
    noon = datetime(2021, 12, 31, 12).timestamp()
    os.utime(tmp_path / "photos" / "tall.png", (noon, noon))
    os.utime(tmp_path / "photos" / "Trip" / "also wide.webp", (0, 0))
    assert run("-q", "index") == 0
    return run


def rows(run: Run, capfd: pytest.CaptureFixture[str], *words: object) -> list[dict[str, Any]]:
    """Run a command and return the photos of its JSON."""
    capfd.readouterr()
    assert run("--json", *words) == 0
    found: list[dict[str, Any]] = json.loads(capfd.readouterr().out)["results"]
    return found


def test_answers_come_in_groups(told: Run, capfd: pytest.CaptureFixture[str]) -> None:
    everything = ("search", "is:landscape OR -is:landscape")
    found = rows(told, capfd, *everything, "--group", "day", "--sort", "name")
    assert [(Path(row["path"]).name, row["group"], row["rank"]) for row in found] == [
        ("square.jpg", "2023-07-14", 1),
        ("wide.jpg", "2023-07-14", 2),
        ("tall.png", "2021-12-31", 3),
        ("also wide.webp", "", 4),
    ]
    found = rows(told, capfd, *everything, "--group", "place", "--sort", "size")
    assert found[0]["group"] == found[1]["group"] != found[2]["group"] == found[3]["group"] == ""
    assert found[0]["group"].endswith(", Portugal")
    found = rows(told, capfd, *everything, "--group", "folder", "--top", 1, "--offset", 2)
    assert [Path(row["group"]).name for row in found] == ["Trip"]
    assert list(found[0]) == ["rank", "path", "score", "match", "group"]
    plain = rows(told, capfd, *everything, "--group", "none")
    assert {tuple(row) for row in plain} == {("rank", "path", "score", "match")}


def test_groups_have_headings(told: Run, capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()
    assert told("search", "is:landscape OR -is:landscape", "--group", "day") == 0
    lines = capfd.readouterr().out.splitlines()
    assert [line for line in lines if not line.startswith("   ")] == [
        "2023-07-14",
        "",
        "2021-12-31",
        "",
        "No date",
    ]
    assert lines[1].endswith("photos/wide.jpg")
    assert len(lines) == 9
    assert told("search", "is:landscape", "-0", "--group", "day") == 0
    assert b"No date" not in (out := capfd.readouterr().out).encode()
    assert out.count("\0") == 2


def test_similar_photos_come_in_order_and_groups(
    told: Run, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    photo = tmp_path / "photos" / "wide.jpg"
    best = {row["path"]: row for row in rows(told, capfd, "similar", photo)}
    found = rows(told, capfd, "similar", photo, "--sort", "name", "--group", "folder")
    strong = [path for path, row in best.items() if row["match"] == "strong"]
    assert {row["path"] for row in found} == set(strong or best)
    order = [(row["group"], Path(row["path"]).name) for row in found]
    assert order == sorted(order)
    assert [row["rank"] for row in found] == list(range(1, len(found) + 1))


def test_a_query_is_explained_in_lines(run: Run, capfd: pytest.CaptureFixture[str]) -> None:
    query = "boat^2 OR ship -red is:landscape OR -ext:jpg ratin:3"
    assert run("search", query, "--explain", "--top", 2) == 0
    captured = capfd.readouterr()
    lines = captured.out.splitlines()
    assert lines[0] == "concept   boat  (counts 2)"
    assert lines[1] == "or        ship"
    assert lines[2] == "concept   red  (counts -1)"
    assert lines[3] == "filter    landscape"
    assert lines[4].startswith("or        not ")
    assert lines[5].startswith("problem   ")
    assert "rating" in lines[5]
    assert lines[6].startswith("lines     strong from ")
    assert len(lines) == 9
    assert lines[7].count(",") == 2  # the similarities to three concepts
    assert captured.err.splitlines()[0] == lines[5].removeprefix("problem").strip()


def test_a_query_is_explained_to_programs(run: Run, capfd: pytest.CaptureFixture[str]) -> None:
    run("--json", "search", "boat -red is:landscape ratin:3", "--explain")
    document = json.loads(capfd.readouterr().out)
    assert list(document) == ["query", "model", "took_ms", "total", "results", "explain"]
    explain = document["explain"]
    assert [(c["text"], c["photo"], c["weight"]) for c in explain["concepts"]] == [
        ("boat", None, 1.0),
        ("red", None, -1.0),
    ]
    assert [(f["name"], f["negated"]) for f in explain["filters"]] == [("is", False)]
    assert [p["suggestion"] for p in explain["problems"]] == ["rating:3"]
    assert [len(row) for row in explain["similarities"]] == [2, 2]
    scores = [row["score"] for row in document["results"]]
    for (boat, _), score in zip(explain["similarities"], scores, strict=True):
        assert score <= boat + 1e-6


def test_problems_are_told_beside_the_answer(run: Run, capfd: pytest.CaptureFixture[str]) -> None:
    assert run("search", "boat ratin:3") == 0
    captured = capfd.readouterr()
    assert len(captured.out.splitlines()) == 4
    assert captured.err.splitlines()[1:] == [
        "No photo seems to match; these are only the closest ones."
    ]
    assert run("search", "boat is:favorite") == 1
    assert "No photo passes the filters" in capfd.readouterr().err


def test_nothing_but_a_problem_is_wrong_use(run: Run, capfd: pytest.CaptureFixture[str]) -> None:
    assert run("search", "ratin:3") == 2
    captured = capfd.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1


def test_a_query_may_begin_with_a_minus(run: Run, capfd: pytest.CaptureFixture[str]) -> None:
    assert run("search", "--top", 2, "--", "-boat") == 0
    assert len(capfd.readouterr().out.splitlines()) == 2


@pytest.mark.parametrize("words", [["--sort", "beauty"], ["--offset", "-1"], ["--offset", "x"]])
def test_options_that_make_no_sense_are_refused(run: Run, words: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        run("search", "boat", *words)


@pytest.mark.parametrize(("written", "expected"), [("31/12/23", True), ("12/31/23", False)])
def test_the_system_says_whether_the_day_comes_first(
    monkeypatch: pytest.MonkeyPatch, written: str, expected: bool
) -> None:
    # Which languages a machine can write dates in differs; the system's function stands for them.
    monkeypatch.setattr(time, "strftime", lambda *_: written)
    assert search._is_day_first() is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("en_AU.UTF-8", "AU"), ("pt_BR", "BR"), ("sr_RS@latin", "RS"), ("C.UTF-8", ""), ("C", "")],
)
def test_the_name_of_a_locale_tells_the_territory(name: str, expected: str) -> None:
    assert search._territory(name) == expected


@pytest.mark.parametrize(("territory", "expected"), [("AU", True), ("br", True), ("US", False)])
def test_the_seasons_are_those_of_the_territory(territory: str, expected: bool) -> None:
    assert is_southern(territory) is expected


def test_a_locale_that_the_system_does_not_know_says_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LC_ALL", "xx_AU.UTF-8")
    assert search.date_reading() == {"day_first": False, "southern": False}
