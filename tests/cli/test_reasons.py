"""What ``inphotos info --query`` says of why a photo matches."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.test_keeping import Answer, Run


def test_info_tells_why_a_photo_matches(
    run: Run, answer: Answer, photos: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    answer("index", photos)
    rows = answer("search", "boat -red ext:jpg", "--explain")
    document = answer("info", rows["results"][0]["path"], "--query", "boat -red ext:jpg")
    why = document["why"]
    assert why["query"] == "boat -red ext:jpg"
    assert why["score"] == rows["results"][0]["score"]
    assert why["match"] == rows["results"][0]["match"]
    assert [c["text"] for c in why["concepts"]] == ["boat", "red"]
    similarities = [c["similarity"] for c in why["concepts"]]
    assert similarities == pytest.approx(rows["explain"]["similarities"][0], abs=1e-5)
    assert sum(c["effect"] for c in why["concepts"]) == pytest.approx(why["score"], abs=1e-5)
    assert [(f["name"], f["holds"], f["value"]) for f in why["filters"]] == [("ext", True, None)]
    capfd.readouterr()
    assert run("info", photos / "b.png", "--query", "boat ext:jpg before:2001") == 0
    lines = capfd.readouterr().out.splitlines()
    assert any(line.startswith("concept      boat: ") for line in lines)
    assert "filter       ext: jpg: does not hold" in lines
    assert any("before 2001: does not hold (taken 20" in line for line in lines)


def test_info_tells_what_is_wrong_with_the_query(
    run: Run, answer: Answer, photos: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    answer("index", photos)
    assert "why" not in answer("info", photos / "a.jpg")
    assert run("info", photos / "a.jpg", "--query", "boat ratin:3") == 0
    assert "did you mean “rating:”" in capfd.readouterr().err
    assert run("info", photos / "a.jpg", "--query", "  ") == 2
    [line] = capfd.readouterr().err.splitlines()
    assert "empty" in line or "search" in line


def test_what_the_user_thinks_of_a_photo_is_a_reason(
    run: Run, answer: Answer, photos: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    answer("index", photos)
    answer("mark", photos / "a.jpg", "--rating", 4, "--tag", "sea", "--tag", "holiday")
    query = "rating:>=4 tag:holiday -tag:city"
    filters = answer("info", photos / "a.jpg", "--query", query)["why"]["filters"]
    told = [(f["name"], f["holds"], f["value"]) for f in filters]
    tags = "holiday, sea"
    assert told == [("rating", True, 4.0), ("tag", True, tags), ("tag", True, tags)]
    capfd.readouterr()
    assert run("info", photos / "a.jpg", "--query", query) == 0
    assert "rating ≥ 4: holds (4)" in capfd.readouterr().out
