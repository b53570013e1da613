"""The commands that show and choose what runs a model."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli.conftest import Answer, Run

from inphotos.encoders import converted, registry, verdict
from inphotos.encoders.verdict import Override
from inphotos.library import Library


def test_doctor_says_what_runs_the_model_and_why(
    run: Run, answer: Answer, measured: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    document = answer("doctor")
    assert list(document) == ["machine", "versions", "places", "model"]
    assert document["machine"]["cores"] == os.cpu_count()
    assert document["places"]["converted_bytes"] > 0
    assert not document["places"]["library_in_use"]
    found = document["model"]["runtimes"]
    assert found["pictures"] == 64
    taken = {row["runtime"]: row for row in found["measured"]["image"]}[found["image"]]
    assert taken["problem"] == ""
    assert taken["same_nearest"] >= 0.95
    assert document["model"]["advice"] == []

    assert run("doctor") == 0
    text = capfd.readouterr().out
    assert f"* {found['image']}" in text
    assert "Compared by 64 of your own photos" in text
    assert "times as quick as torch-fp32" in text


def test_doctor_works_beside_a_window_and_says_what_to_do(
    run: Run, answer: Answer, tmp_path: Path, tiny_clip: Path
) -> None:
    with Library.open(tmp_path / "library", model=str(tiny_clip)):
        document = answer("doctor")
    assert document["places"]["library_in_use"]
    (advice,) = document["model"]["advice"]
    assert "inphotos models tune" in advice
    assert not list(tmp_path.glob("library/.tmp*"))
    missing = answer("doctor", "--model", "siglip2-b-16")
    assert not missing["model"]["usable"]
    assert "inphotos models download" in missing["model"]["advice"][0]


def test_doctor_imports_nothing_that_runs_models(tmp_path: Path, tiny_clip: Path) -> None:
    program = (
        "import sys; from inphotos.cli import main; "
        f"main(['--library', {str(tmp_path / 'none')!r}, '--model', {str(tiny_clip)!r}, 'doctor']);"
        "print([m for m in ('torch', 'transformers', 'openvino', 'onnxruntime', 'nncf', 'PyQt6')"
        " if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stderr.splitlines() == ["[]"]
    assert not (tmp_path / "none").exists()


def test_models_that_are_here_show_what_runs_them(
    answer: Answer, measured: Path, tiny_clip: Path
) -> None:
    registry.add(tiny_clip, measured, "mine")
    model = registry.resolve("mine", measured)
    verdict.save_override(model, Override("torch-fp32", ""))
    rows = {row["name"]: row for row in answer("models")}
    assert rows["mine"]["runtime"] == "torch-fp32"
    assert rows["mobilenet-v2"]["runtime"] == ""

    stored = verdict.load(model)
    assert stored is not None
    verdict.Verdict(directory=str(model.directory)).save(converted.directory(model) / "choice.json")
    assert answer("models", "remove", "mine") == {"model": "mine", "removed": True}
    assert not converted.directory(model).exists()


def test_runtimes_that_do_not_exist_are_refused_in_one_sentence(
    run: Run, photos: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("models", "tune", "--runtime", "abacus") == 2
    assert "There is no runtime abacus; there are torch-fp32" in capfd.readouterr().err
    monkeypatch.setenv("INPHOTOS_RUNTIME", "openvino-int8")
    assert run("index", photos) == 2
    assert "--runtime openvino-int8' once" in capfd.readouterr().err
