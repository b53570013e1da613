"""Progress in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from inphotos.cli.output import Output, describe, duration
from inphotos.errors import InPhotosError
from inphotos.events import Progress


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "0 s"), (59.4, "59 s"), (200, "3 min 20 s"), (3600 * 5 + 61, "5 h 1 min")],
)
def test_spans_of_time_are_said_as_people_say_them(seconds: float, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (Progress("scanning", 1200), "Looking for photos: 1,200 found"),
        (Progress("loading", 0, 30), "Loading the model for 30 photos"),
        (
            Progress("indexing", 10, 1300, 12.34, 104.5, failed=2),
            "Indexing: 10 of 1,300 photos (2 unreadable), 12.3 photos/s, 1 min 44 s left",
        ),
        (
            Progress("downloading", 5_000_000, 608_782_299, 2e6, 301.0),
            "Downloading: 5.0 MB of 608.8 MB, 2.0 MB/s, 5 min 1 s left",
        ),
        (
            Progress("exporting", 5_000_000, 20_000_000, 5e6, 3.0, failed=1),
            "Copying: 5.0 MB of 20.0 MB (1 unreadable), 5.0 MB/s, 3 s left",
        ),
        (
            Progress("evaluating", 12, 1195, 20.04, 59.0),
            "Asking: 12 of 1,195 queries, 20.0 queries/s, 59 s left",
        ),
    ],
)
def test_progress_is_said_in_words(progress: Progress, words: str) -> None:
    assert describe(progress) == words


@pytest.mark.parametrize("how", ["text", "document"])
def test_on_a_terminal_a_result_does_not_stand_at_the_end_of_the_progress(
    how: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    out = Output(as_json=how == "document", quiet=False)
    out.progress(Progress("scanning", 7))
    getattr(out, how)("done")
    line = "Looking for photos: 7 found"
    assert capfd.readouterr().err == f"\r{line}\r{' ' * len(line)}\r"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")
@pytest.mark.parametrize("say", ["document", "text", "paths", "raw"])
def test_a_result_that_cannot_be_written_is_told(say: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr("sys.stdout", full)
        out = Output(as_json=say == "document", quiet=False)
        values = {"document": {"answer": 42}, "text": "42", "paths": [Path("42")], "raw": b"42"}
        given = values[say]
        with pytest.raises(InPhotosError, match=r"cannot be written \(No space left on device\)"):
            getattr(out, say)(given)
            out.finish()
        out.text("this goes nowhere, and is no trouble when the program ends")
        out.finish()
