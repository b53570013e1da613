"""'inphotos bench' as a command."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.conftest import Answer, Run

from inphotos.bench import machine
from inphotos.bench.results import PARTS
from inphotos.library import Library

LITTLE = ("--seconds", "0.001", "--size", "0.1", "--photos", "60")


def test_the_document_names_the_machine_and_has_a_row_for_each_figure(answer: Answer) -> None:
    document = answer("bench", "store", "decode", "encode", *LITTLE)
    assert list(document) == [
        "machine",
        "warnings",
        "model",
        "photos",
        "seconds",
        "estimate",
        "parts",
    ]
    assert document["machine"]["usable_threads"] >= 1
    assert document["machine"]["versions"]["inphotos"]
    assert document["photos"].startswith("16 drawn photos, 0.1 megapixels")
    assert [table["part"] for table in document["parts"]] == ["decode", "encode", "store"]
    for table in document["parts"]:
        assert table["seconds_per_photo"] > 0
        for row in table["rows"]:
            assert row["low"] <= row["median"] <= row["high"]
            assert row["what"]
            assert row["unit"] in ("photos/s", "core ms/photo", "ms")
    estimate = document["estimate"]
    assert estimate["photos"] == 60
    each = sum(table["seconds_per_photo"] for table in document["parts"])
    assert estimate["seconds"] == pytest.approx(60 * each)


def test_the_tables_have_ratios_first_and_end_with_an_estimate(
    run: Run, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run("bench", "decode", "encode", "store", *LITTLE) == 0
    out, err = capfd.readouterr()
    lines = out.splitlines()
    assert "thread" in lines[0]
    heads = [line.split()[:2] for line in lines if "lowest-highest" in line]
    assert heads == [["ratio", "median"]] * 3
    assert any(line.split()[0] == "1.00x" for line in lines if line)
    assert lines[-1].startswith("60 photos like these take about ")
    assert "decoding" in lines[-1]
    assert "Measuring: " in err
    assert not (tmp_path / "library").exists()  # it is no command that makes one


def test_a_library_that_is_in_use_is_told_of_with_what_can_be_done(
    run: Run, capfd: pytest.CaptureFixture[str], tmp_path: Path, tiny_clip: Path
) -> None:
    with Library.open(tmp_path / "library", model=str(tiny_clip)):
        for part in ("decode", "search"):
            assert run("bench", part, "-q", *LITTLE) == 2
            out, err = capfd.readouterr()
            assert out == ""
            [line] = err.splitlines()
            assert "is using the library" in line
            assert line.endswith("'inphotos bench --on drawn'.")
        assert run("bench", "store", "--on", "drawn", *LITTLE) == 0


def test_an_empty_library_gives_way_to_drawn_photos_unless_it_is_asked_for(
    run: Run, answer: Answer, capfd: pytest.CaptureFixture[str], tmp_path: Path, tiny_clip: Path
) -> None:
    assert run("bench", "store", "--on", "library") == 2
    assert "There is no library in" in capfd.readouterr().err
    Library.open(tmp_path / "library", model=str(tiny_clip)).close()
    assert answer("bench", "store", *LITTLE)["photos"].startswith("16 drawn photos")
    assert run("bench", "store", "--on", "library") == 2
    assert "has no photo that can be read now" in capfd.readouterr().err


@pytest.mark.parametrize(
    "words", [("everything",), ("--seconds", "0"), ("--size", "nan"), ("--photos", "0")]
)
def test_wrong_use_is_told(run: Run, words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        run("bench", *words)
    assert ended.value.code == 2


def test_a_model_that_is_not_here_is_told_of_at_once(
    run: Run, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run("--model", "clip-vit-b-32", "bench", *PARTS) == 2
    [line] = capfd.readouterr().err.splitlines()
    assert "inphotos models download clip-vit-b-32" in line


def test_what_slows_a_machine_down_is_told() -> None:
    quiet = {
        "busy_percent": 1.0,
        "on_mains": True,
        "governor": None,
        "memory_available_bytes": 8 << 30,
    }
    assert machine.warnings(quiet) == ()
    slow = {
        "busy_percent": 90.0,
        "on_mains": False,
        "governor": None,
        "memory_available_bytes": 1 << 30,
    }
    busy, battery, memory = machine.warnings(slow)
    assert "90 % of the processor" in busy
    assert "battery" in battery
    assert "1.0 GiB" in memory
