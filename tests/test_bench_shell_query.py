"""The script that measures one query from the shell."""

from __future__ import annotations

from pathlib import Path

import bench_shell_query
import pytest


def test_a_query_is_compared_and_its_steps_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library = tmp_path / "library"
    bench_shell_query.fill(library, 20)
    place, nothing = Path.cwd(), ["python3", "-c", ""]
    seconds = bench_shell_query.measure({"nothing": (nothing, place)}, 1)
    assert len(seconds["nothing"]) == 1
    bench_shell_query.report(seconds)
    bench_shell_query.report_steps(tmp_path, "demo", 1)
    told = capsys.readouterr().out
    for step in ("nothing", "loading the text tower", "another query", "ending the process"):
        assert step in told
