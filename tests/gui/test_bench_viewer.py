"""The script that measures the viewer."""

from __future__ import annotations

import re

import bench_viewer
import pytest
from PyQt6.QtWidgets import QApplication


def test_measures_how_soon_a_photo_is_seen(
    qapp: QApplication, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--megapixels", "0.5", "0.2", "--size", "300", "200", "--repeat", "1"]
    assert bench_viewer.main(arguments) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split() == ["thumbnail", "sharp", "ahead", "100", "%", "pause"]
    assert [re.sub(r" +\d+ ms", "", row).strip() for row in rows] == ["first", "0.5 MP", "0.2 MP"]
    assert all(len(re.findall(r"\d+ ms", row)) == 5 for row in rows)
