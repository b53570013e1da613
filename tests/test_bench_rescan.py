"""The script that measures how fast unchanged photos are scanned."""

from __future__ import annotations

from pathlib import Path

import bench_rescan
import pytest

from inphotos.photos.scan import Scan


def test_compares_the_scan_with_a_plain_walk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--photos", "130", "--directories", "60", "--repeats", "1", "--in", str(tmp_path)]
    assert bench_rescan.main(arguments) == 0
    title, plain, scan, rescan = capsys.readouterr().out.splitlines()
    assert title == "130 photos, median of 1:"
    assert plain.split()[-2:] == ["1.00", "x"]
    assert scan.split()[0] == "Scan"
    assert float(scan.split()[-2]) > 0
    assert rescan.split()[0] == "Library.index"
    assert list(tmp_path.iterdir()) == []


def test_every_way_goes_through_the_whole_tree(tmp_path: Path) -> None:
    tree = tmp_path / "photos"
    bench_rescan.make_tree(tree, 130, 60)
    assert len(list(Scan(tree))) == 60
    with bench_rescan.open_library(tmp_path / "library", tree) as library:
        ways = bench_rescan.ways(tree, library)
        assert [walk() for walk in ways.values()] == [130, 130, 130]
        with pytest.raises(SystemExit, match="saw 130 photos instead of 131"):
            bench_rescan.measure(ways, 131, 1)
