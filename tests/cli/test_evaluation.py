"""'inphotos eval' with the bundled model on pictures that it was not trained on."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import MakePhoto
from drawing import HELD_OUT_SEEDS
from drawing.dataset import draw_held_out

from inphotos.cli import main

SCENES = ("cat", "pizza", "lighthouse", "penguins", "volcano")
EACH = 3

Answer = Callable[..., Any]


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fifteen drawings of five scenes."""
    folder = tmp_path_factory.mktemp("drawn")
    for scene in SCENES:
        for n in range(EACH):
            drawing = draw_held_out((scene, HELD_OUT_SEEDS[-1 - n]))
            drawing.image.save(folder / f"{scene}-{n}.png")
    return folder


def names(scene: str) -> list[str]:
    return [f"{scene}-{n}.png" for n in range(EACH)]


@pytest.fixture
def evaluation(tmp_path: Path, pictures: Path) -> dict[str, Any]:
    """Queries with photos and without, and labels."""
    absent = ("tax return", "xkcd qwe", "my grandmother", "spreadsheet")
    return {
        "photos": str(pictures),
        "queries": [
            *({"query": scene, "photos": names(scene), "kind": "scene"} for scene in SCENES),
            *({"query": words, "photos": [], "kind": "unrelated"} for words in absent),
        ],
        "labels": {name: [scene] for scene in SCENES for name in names(scene)},
    }


@pytest.fixture
def measure(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Answer:
    """Evaluate a document and return what is printed as JSON."""

    def _measure(document: Any, *words: str) -> Any:
        file = tmp_path / "eval.json"
        file.write_text(json.dumps(document), encoding="utf-8")
        capfd.readouterr()
        assert main(["eval", str(file), "--model", "demo", "--json", *words]) == 0
        return json.loads(capfd.readouterr().out)

    return _measure


def test_the_bundled_model_finds_drawings_and_says_what_is_not_there(
    measure: Answer, evaluation: dict[str, Any], pictures: Path, tmp_path: Path
) -> None:
    report = measure(evaluation)
    assert list(report) == [
        "file",
        "form",
        "directory",
        "model",
        "fingerprint",
        "thresholds",
        "top",
        "seconds",
        "photos",
        "unnamed",
        "missing",
        "failed",
        "troubles",
        "with_photos",
        "without_photos",
        "photo_to_photo",
    ]
    assert (report["file"], report["form"]) == (str(tmp_path / "eval.json"), "own")
    assert (report["directory"], report["model"]) == (str(pictures), "demo")
    assert (report["photos"], report["unnamed"], report["top"]) == (15, 0, None)
    found = report["with_photos"]
    assert found["queries"] == len(SCENES)
    assert found["recall_at_1"]["value"] == 1.0
    assert found["median_rank"] == 1
    assert found["mean_average_precision"]["value"] > 0.9
    assert found["says_nothing"] == {
        "value": 0.0,
        "low": 0.0,
        "high": pytest.approx(0.4345, abs=1e-4),
        "of": 5,
    }
    assert found["kinds"]["scene"]["queries"] == 5
    absent = report["without_photos"]
    assert absent["queries"] == 4
    assert absent["says_nothing"]["value"] == 1.0
    assert list(absent["kinds"]) == ["unrelated"]
    alike = report["photo_to_photo"]
    assert alike["queries"] == 15
    assert alike["recall_at_1"]["value"] > 0.9
    assert alike["strong_are_right"]["value"] > 0.8


def test_a_false_ground_truth_is_measured_as_such(
    measure: Answer, evaluation: dict[str, Any]
) -> None:
    del evaluation["labels"]
    others = dict(zip(SCENES, (*SCENES[1:], SCENES[0]), strict=True))
    for row in evaluation["queries"]:
        scene = row["query"]
        # What is there is asked for as if it were not, and the other way round.
        row["photos"] = names(others[scene]) if scene in SCENES else names("cat")
    evaluation["queries"] += [{"query": scene, "photos": []} for scene in SCENES]
    report = measure(evaluation, "--each")
    found = report["with_photos"]
    assert found["kinds"]["scene"]["recall_at_1"]["value"] == 0.0
    assert found["kinds"]["scene"]["median_rank"] > EACH
    assert found["says_nothing"]["value"] == pytest.approx(4 / 9, abs=1e-6)
    assert report["without_photos"]["says_nothing"]["value"] == 0.0
    assert report["photo_to_photo"] is None
    assert len(report["each"]) == 14
    cat = report["each"][0]
    assert (cat["query"], cat["kind"], cat["right"]) == ("cat", "scene", 3)
    assert cat["average_precision"] == pytest.approx(
        sum(i / rank for i, rank in enumerate(cat["ranks"], start=1)) / 3, abs=1e-6
    )
    assert cat["verdict"] in ("strong", "maybe")


def test_captions_are_measured(measure: Answer, pictures: Path) -> None:
    rows = [
        {"file": "cat-0.png", "captions": ["A cat", "a photo of a cat"], "licence": "CC0"},
        {"file": "volcano-1.png", "captions": ["A volcano"]},
        {"file": "gone.png", "captions": ["A dog"]},
    ]
    report = measure(rows, "--photos", str(pictures), "--top", "3")
    assert (report["form"], report["photos"], report["top"]) == ("captions", 15, 3)
    assert report["with_photos"]["queries"] == 3
    # Three pictures show each of these, and three of each answer count.
    assert report["with_photos"]["recall_at_5"]["value"] == 1.0
    assert report["with_photos"]["kinds"] == {}
    assert report["without_photos"] is None
    assert report["missing"] == ["gone.png"]
    assert [row["query"] for row in report["troubles"]] == ['"A dog"']
    assert report["unnamed"] == 13


def test_the_tables_are_for_people(
    tmp_path: Path, evaluation: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "eval.json"
    file.write_text(json.dumps(evaluation), encoding="utf-8")
    words = ["eval", str(file), "--model", "demo", "--library", str(tmp_path / "library")]
    assert main([*words, "--kinds", "--each", "--top", "10"]) == 0
    said = capfd.readouterr()
    lines = [" ".join(line.split()) for line in said.out.splitlines()]
    assert lines[0] == f"{file}: 15 photos, model demo"
    assert lines[1] == "Only the first 10 photos of each answer count."
    start = lines.index("Queries that have photos")
    assert lines[start + 1].startswith("queries recall@1 % recall@5 %")
    assert lines[start + 2].startswith("all 5 100.0 (57-100) 100.0 (57-100) 100.0 (57-100) 1 ")
    assert lines[start + 3].startswith("scene 5 100.0 (57-100)")
    start = lines.index("Queries that have no photo")
    assert lines[start + 2] == "all 4 100.0 (51-100) 0.0 (0-49) 0.0 (0-49)"
    assert lines[start + 3].startswith("unrelated 4 ")
    assert "Photos like a photo" in lines
    assert sum(line.endswith(" cat-0.png") for line in lines) == 1
    assert any(line.startswith("no photo ") and line.endswith(" none tax return") for line in lines)
    assert "Asking: 24 of 24 queries" in said.err
    # The library was kept, so the photos are there already.
    assert main([*words, "-q"]) == 0
    assert capfd.readouterr().err == ""
    assert main(["--library", str(tmp_path / "library"), "--json", "status"]) == 0
    assert json.loads(capfd.readouterr().out)["photos"] == 15


def test_what_is_wrong_is_bad_input(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], pictures: Path
) -> None:
    file = tmp_path / "eval.json"
    file.write_text('{"queries": [{"query": "dog"}]}', encoding="utf-8")
    for words, said in (
        ((file,), '"photos" of query 1 is not a list'),
        ((tmp_path / "gone.json",), "There is no file"),
        ((file, "--photos", pictures), "is no evaluation file"),
    ):
        assert main(["eval", *map(str, words), "--model", "demo"]) == 2
        out, err = capfd.readouterr()
        assert out == ""
        assert said in err
        assert err.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send")
@pytest.mark.parametrize("kept", [False, True])
def test_ctrl_c_ends_it_and_leaves_nothing_behind(
    tmp_path: Path, make_photo: MakePhoto, tiny_clip: Path, kept: bool
) -> None:
    for n in range(300):
        make_photo(tmp_path / "photos" / f"{n:03}.jpg", size=(640, 480))
    file = tmp_path / "eval.json"
    file.write_text('{"photos": "photos", "queries": [{"query": "dog", "photos": []}]}')
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    library = tmp_path / "library"
    inphotos = shutil.which("inphotos", path=str(Path(sys.executable).parent))
    assert inphotos is not None
    words = [inphotos, "eval", str(file), "--model", str(tiny_clip)]
    process = subprocess.Popen(
        [*words, "--library", str(library)] if kept else words,
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    first = process.stderr.readline()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 130, (first, err)
    assert out == b""
    assert b"Traceback" not in err
    assert (b"everything finished so far is kept" in err) == kept
    assert library.exists() == kept
    assert [path.name for path in temporary.iterdir() if "inphotos" in path.name] == []
