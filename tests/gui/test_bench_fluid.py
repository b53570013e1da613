"""The script that measures the pauses of the event loop."""

from __future__ import annotations

import re

import bench_fluid
import pytest


def test_pauses_of_a_window_in_use_are_measured(capfd: pytest.CaptureFixture[str]) -> None:
    assert bench_fluid.main(["--photos", "6", "--seconds", "60"]) == 0
    said = capfd.readouterr().out
    window, idle = re.findall(r"^(\S.*): ([\d,]+) beats.*longest ([\d.]+) ms", said, re.MULTILINE)
    assert window[0] == "the window"
    assert idle[0] == "an idle process"
    assert "all indexed" in said
    assert re.search(r"[1-9]\d* acts of the user", said)


def test_percentiles_are_of_the_pauses() -> None:
    told = bench_fluid.told("it", [0.001] * 998 + [0.06, 0.2])
    assert "p99 1.0 ms, p99.9 60.0 ms, longest 200.0 ms, 2 longer than 50 ms" in told
