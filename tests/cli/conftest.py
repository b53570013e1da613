"""Running commands in this process, on a library of the test's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from inphotos.cli import main

Run = Callable[..., int]
Answer = Callable[..., Any]


@pytest.fixture
def run(tmp_path: Path, tiny_clip: Path) -> Run:
    """Run a command on a library of the test's own, with the small CLIP."""

    def _run(*words: object) -> int:
        own = ["--library", tmp_path / "library", "--model", tiny_clip]
        return main([str(word) for word in (*own, *words)])

    return _run


@pytest.fixture
def answer(run: Run, capfd: pytest.CaptureFixture[str]) -> Answer:
    """Run a command with --json and return its document, whether or not it found anything."""

    def _answer(*words: object) -> Any:
        capfd.readouterr()
        assert run("--json", *words) in (0, 1)
        return json.loads(capfd.readouterr().out)

    return _answer
