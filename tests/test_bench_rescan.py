"""The script that measures how fast unchanged photos are scanned."""

from __future__ import annotations

from pathlib import Path

import bench_rescan
import pytest
from bench_start import fill

from inphotos.library import Library


def test_compares_the_scan_with_a_plain_walk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--photos", "130", "--repeats", "1", "--library", str(tmp_path)]
    assert bench_rescan.main(arguments) == 0
    title, plain, scan, rescan, memory = capsys.readouterr().out.splitlines()
    assert title == "130 photos, 1 turns:"
    assert plain.startswith("  os.scandir + stat")
    assert scan.split()[0] == "Scan"
    assert rescan.split()[0] == "Library.index"
    assert memory.startswith("Memory: ")


def test_every_way_goes_through_all_photos(tmp_path: Path) -> None:
    fill(tmp_path / "library", 130)
    with Library.open(tmp_path / "library", model="demo") as library:
        ways = bench_rescan.ways(tmp_path / "photos", library)
        assert [walk() for walk in ways.values()] == [130, 130, 130]
        with pytest.raises(SystemExit, match="saw 130 photos instead of 131"):
            bench_rescan.measure(ways, 131, 1)
