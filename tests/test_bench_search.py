"""The script that measures the search."""

from __future__ import annotations

import re
from pathlib import Path

import bench_search
import pytest


def test_measures_the_graph_and_the_filters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--photos", "300", "--dimension", "16", "--clusters", "5", "--queries", "3"]
    arguments += ["--library", str(tmp_path / "library")]
    assert bench_search.main(arguments) == 0
    said = capsys.readouterr().out
    assert said.count("Queries like ") == 2
    recalls = [float(recall) for recall in re.findall(r"recall@50 (\S+)", said)]
    assert len(recalls) == 2 * len(bench_search.WIDTHS)
    assert recalls[len(bench_search.WIDTHS) - 1] == recalls[-1] == 1.0  # wider than the library
    passing = re.findall(r"^  (\S.*?\S) +(\d+) photos", said, re.MULTILINE)
    assert dict(passing) == {
        name: ("1" if name == "0.01 %" else "100" if name == "1 %" else "300")
        for name in bench_search.FILTERS
    }
    for sort, group in bench_search.ORDERS:
        assert re.search(rf"^  {sort} +by {group} +found p50 .* listed p50 ", said, re.MULTILINE)
    assert bench_search.main(arguments) == 0  # on the library that is there now
    assert "storing, 300" not in capsys.readouterr().err
