"""A few runs of ``scripts/crash_campaign.py``, which kills InPhotos at work."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from crash import points

ROOT = Path(__file__).parents[1]


@pytest.mark.skipif(bool(points.missing()), reason=points.missing() or "it can be run here")
def test_nothing_is_lost_by_processes_that_are_killed(tmp_path: Path) -> None:
    # Processes are forked, which this one, with the threads of other tests, is not fit for.
    ran = subprocess.run(
        [
            sys.executable,
            ROOT / "scripts" / "crash_campaign.py",
            *("--runs", "10", "--jobs", "1", "--seed", "22", "--keep", str(tmp_path)),
        ],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "0 runs with a violation." in ran.stdout
    runs, kills, _ = map(int, re.findall(r"\d+", ran.stdout.splitlines()[0]))
    assert runs == 10
    assert kills >= 5
