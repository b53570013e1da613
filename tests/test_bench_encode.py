"""The script that measures the runtimes."""

from __future__ import annotations

import json
import os
from pathlib import Path

import bench_encode
import numpy as np
import pytest


def test_runtimes_are_measured_beside_torch(
    tiny_clip: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    models = os.environ["INPHOTOS_MODELS"]
    arguments = ["--model", str(tiny_clip), "--runtimes", "torch-int8", "--rounds", "1", "--json"]

    assert bench_encode.main(arguments) == 0

    report = json.loads(capsys.readouterr().out)
    assert os.environ["INPHOTOS_MODELS"] == models
    assert report["pictures"] == bench_encode.PICTURES
    for tower in ("images", "texts"):
        exact, rounded = report[tower]
        assert (exact["runtime"], rounded["runtime"]) == ("torch-fp32", "torch-int8")
        assert exact["ratio"] == exact["processor_ratio"] == 1
        assert 0.98 < rounded["cosine"] < exact["cosine"] + 1e-6
    assert report["images"][0]["same_neighbours"] == 1


def test_a_runtime_that_is_unknown_is_named(tiny_clip: Path) -> None:
    with pytest.raises(SystemExit, match="abacus is no runtime; known are torch-fp32, "):
        bench_encode.main(["--model", str(tiny_clip), "--runtimes", "abacus"])


def test_neighbours_that_change_are_counted() -> None:
    line = np.linspace(0, 1, 12)
    ordered = np.stack([np.cos(line), np.sin(line)], axis=1).astype(np.float32)

    assert bench_encode.same_neighbours(ordered, ordered) == 1
    # Ten of each one's eleven neighbours count: all but the farthest, here another one.
    swapped = ordered[[11, *range(1, 11), 0]]
    assert bench_encode.same_neighbours(swapped, ordered) < 1
