"""The script that measures how photos are found that are alike."""

from __future__ import annotations

import re

import bench_alike
import pytest


def test_measures_hashes_groups_and_folding(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench_alike.main(["--photos", "600"]) == 0
    said = capsys.readouterr().out
    joined = re.findall(r"^ ?(\d+) bits +\S+ s, (\d+) of 600 joined", said, re.MULTILINE)
    assert [int(bits) for bits, _ in joined] == list(bench_alike.BITS)
    assert all(80 <= int(number) <= 120 for _, number in joined)
    assert "equal" in said
    assert re.findall(r"(?:equal|crowded) .* (\d+) of 600 joined", said) == ["599", "599"]
    groups, photos = re.search(r"library .* (\d+) groups, (\d+) photos", said).groups()
    tiles = re.search(r"folding an answer .* (\d+) tiles", said)[1]
    assert int(tiles) == 600 - int(photos) + int(groups)
