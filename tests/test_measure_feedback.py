"""The script that measures what marking results is worth."""

from __future__ import annotations

import json
from pathlib import Path

import measure_feedback
import numpy as np
import pytest
from conftest import MakePhoto

from inphotos.search.feedback import WEIGHTS


def test_average_precision_is_that_of_the_book() -> None:
    scores = np.array([0.9, 0.8, 0.7, 0.6])
    right = np.array([True, False, True, False])
    assert measure_feedback.average_precision(scores, right) == pytest.approx((1 + 2 / 3) / 2)


def test_marking_drawings_finds_more_of_what_words_do_not_say(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert measure_feedback.main(["--per-scene", "4", "--marks", "1", "--json"]) == 0
    reports = {report["task"]: report for report in json.loads(capsys.readouterr().out)}
    assert set(reports) == {"scene", "colour", "light", "drawing"}
    for task in ("colour", "light", "drawing"):
        report = reports[task]
        in_use = report["after"][0]
        assert (in_use["more"], in_use["less"]) == (WEIGHTS.more, WEIGHTS.less)
        assert report["queries"] >= 5
        assert in_use["mean_average_precision"] > report["before"] + 0.02


def test_photos_with_captions_are_a_task(
    tmp_path: Path, make_photo: MakePhoto, tiny_mobilenet: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = []
    for number in range(12):
        thing = "dogs" if number % 2 else "a cat"
        name = f"{number}.jpg"
        make_photo(tmp_path / name, seed=number)
        rows.append({"file": name, "captions": [f"{thing} here", f"I see {thing}.", "A picture"]})
    (tmp_path / "captions.json").write_text(json.dumps(rows))
    arguments = ["--photos", str(tmp_path), "--model", str(tiny_mobilenet), "--per-scene", "0"]
    assert measure_feedback.main([*arguments, "--marks", "1"]) == 0
    said = capsys.readouterr().out
    assert "photo 12" in said
    assert said.count("%)") == len(measure_feedback.COMPARED)


def test_photos_go_with_a_model(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        measure_feedback.main(["--photos", "somewhere"])
    assert "go together" in capsys.readouterr().err
