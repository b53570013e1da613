"""Photos, and parts of photos, as queries on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.conftest import Answer, Run
from conftest import MakePhoto


@pytest.fixture
def elsewhere(run: Run, tmp_path: Path, photos: Path, make_photo: MakePhoto) -> Path:
    """A photo beside a library that is indexed."""
    assert run("-q", "index", photos) == 0
    return make_photo(tmp_path / "elsewhere.jpg", size=(200, 100))


def test_a_part_counts_in_both_commands(answer: Answer, elsewhere: Path) -> None:
    part = answer("similar", elsewhere, "--region", "25,10,50,50")
    typed = answer("search", f"like:{elsewhere}#xywh=percent:25,10,50,50")
    whole = answer("similar", elsewhere)
    assert len(part["results"]) == 5
    assert part["results"] == typed["results"]
    assert [r["score"] for r in part["results"]] != [r["score"] for r in whole["results"]]
    assert part["query"] == str(elsewhere)


@pytest.mark.parametrize("region", ["25,10,50", "a,b,c,d", "100,0,50,50", "pixel:1,2,3,4"])
def test_a_part_that_makes_no_sense_is_wrong_use(
    run: Run, elsewhere: Path, region: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        run("similar", elsewhere, "--region", region)
    assert stopped.value.code == 2
    assert "left, top, width and height in percent" in capfd.readouterr().err


def test_a_bad_part_in_a_query_is_a_sentence_and_the_rest_runs(
    run: Run, elsewhere: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run("search", f"boat like:{elsewhere}#xywh=1,2,3,4", "--top", "1") == 0
    said = capfd.readouterr()
    assert said.err.count("in percent of its width and height") == 1
    assert len(said.out.splitlines()) == 1


def test_explain_shows_the_photos_and_their_parts(
    run: Run,
    answer: Answer,
    elsewhere: Path,
    photos: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    query = f"boat like:{elsewhere}#xywh=percent:25,10,50,50 -like:{photos / 'a.jpg'}"
    explained = answer("search", query, "--explain")["explain"]
    assert [concept["photo"] for concept in explained["concepts"]] == [
        None,
        str(elsewhere),
        str(photos / "a.jpg"),
    ]
    assert [concept["region"] for concept in explained["concepts"]] == [
        None,
        {"left": 0.25, "top": 0.1, "width": 0.5, "height": 0.5},
        None,
    ]
    assert {len(row) for row in explained["similarities"]} == {3}
    capfd.readouterr()
    assert run("search", query, "--explain", "--top", "1") == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[1] == f"concept   like {elsewhere}#xywh=percent:25,10,50,50"
    assert lines[2] == f"concept   like {photos / 'a.jpg'}  (counts -1)"
