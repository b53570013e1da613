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
    title, plain, scan = capsys.readouterr().out.splitlines()
    assert title == "130 photos, median of 1:"
    assert plain.split()[-2:] == ["1.00", "x"]
    assert scan.split()[0] == "Scan"
    assert float(scan.split()[-2]) > 0
    assert list(tmp_path.iterdir()) == []


def test_every_way_goes_through_the_whole_tree(tmp_path: Path) -> None:
    bench_rescan.make_tree(tmp_path, 130, 60)
    assert len(list(Scan(tmp_path))) == 60
    assert [walk() for walk in bench_rescan.ways(tmp_path).values()] == [130, 130]
    with pytest.raises(SystemExit, match="saw 130 photos instead of 131"):
        bench_rescan.measure(bench_rescan.ways(tmp_path), 131, 1)
