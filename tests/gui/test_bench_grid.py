"""The script that measures the grid."""

from __future__ import annotations

import re

import bench_grid
import pytest
from PyQt6.QtWidgets import QApplication


def test_measures_the_grid_beside_a_plain_list(
    qapp: QApplication, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--rows", "250", "1200", "--repeat", "2", "--paints", "2"]
    assert bench_grid.main(arguments) == 0
    said = capsys.readouterr().out
    assert re.findall(r"^(\S+) rows:", said, re.MULTILINE) == ["250", "1,200"]
    assert re.findall(r"dividing into (\d+) sections", said) == ["3", "12"]
    times = re.findall(r"layout +(\S+) ms.*paint +(\S+) ms", said)
    assert len(times) == 2 * (1 + 2 * 3)  # without a selection, with all, with some
    assert all(float(paint) > 0 for _, paint in times)
    assert said.count("(x") == 2 * 2 * 2 * 3
