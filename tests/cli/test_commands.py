"""The command line's contract, in this process."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import MakePhoto

from inphotos.cli import arguments, main, window
from inphotos.library import Library
from inphotos.store.database import Database

Run = Callable[..., int]


def test_index_reports_as_the_contract_says(
    answer: Callable[..., Any], photos: Path, tiny_clip: Path
) -> None:
    (photos / "broken.jpg").write_text("")
    document = answer("index", photos)
    assert list(document) == [
        "model",
        "folders",
        "found",
        "indexed",
        "unchanged",
        "moved",
        "removed",
        "offline",
        "failed",
        "seconds",
        "photos_per_second",
    ]
    assert document["model"] == str(tiny_clip)
    assert document["folders"] == [str(photos)]
    assert (document["found"], document["indexed"]) == (6, 5)
    assert document["failed"] == [
        {"path": str(photos / "broken.jpg"), "reason": "the file is empty"}
    ]
    assert document["photos_per_second"] > 0
    assert answer("index")["unchanged"] == 6


def test_search_and_similar_answer_in_the_same_shape(
    answer: Callable[..., Any], photos: Path, tiny_clip: Path
) -> None:
    answer("index", photos)
    for words in (("search", "red boat"), ("similar", photos / "a.jpg")):
        document = answer(*words, "--top", 3)
        assert list(document) == ["query", "model", "took_ms", "total", "results"]
        assert document["query"] == str(words[1])
        assert document["total"] == 5
        assert [row["rank"] for row in document["results"]] == [1, 2, 3]
        for row in document["results"]:
            assert list(row) == ["rank", "path", "score", "match"]
            assert Path(row["path"]).parent in (photos, photos / "trip")
            assert row["match"] in ("strong", "maybe", "none")


def test_distance_reports_as_the_contract_says(
    answer: Callable[..., Any], photos: Path, tiny_clip: Path
) -> None:
    document = answer("distance", photos / "a.jpg", photos / "a.jpg")
    assert document == {
        "model": str(tiny_clip),
        "cosine": pytest.approx(1.0),
        "l2": 0.0,
        "match": True,
    }


def test_status_reports_as_the_contract_says(
    answer: Callable[..., Any], photos: Path, tmp_path: Path
) -> None:
    answer("index", photos)
    document = answer("status")
    assert document.pop("bytes") > 0
    assert document == {
        "library": str(tmp_path / "library"),
        "photos": 5,
        "failed": 0,
        "missing": 0,
        "model": document["model"],
        "dimensions": 16,
        "indexed": 5,
        "folders": [{"path": str(photos), "photos": 5, "online": True}],
    }


def test_forget_leaves_the_photos(answer: Callable[..., Any], photos: Path) -> None:
    answer("index", photos)
    assert answer("forget", photos) == {"folder": str(photos), "forgotten": 5}
    assert answer("status")["folders"] == []
    assert len(list(photos.rglob("*.*"))) == 5


def test_people_get_lines_and_programs_get_null_bytes(
    run: Run, photos: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    odd = os.fsdecode(b"caf\xe9\n.jpg")
    (photos / "a.jpg").rename(photos / odd)
    run("-q", "index", photos)
    capfd.readouterr()
    assert run("search", "boat") == 0
    lines = capfd.readouterr().out.splitlines()
    assert len(lines) == 5
    assert any("caf\\udce9\\x0a.jpg" in line or "caf\\udce9\\n.jpg" in line for line in lines)


def test_options_may_stand_on_both_sides_of_the_command(
    tmp_path: Path, tiny_clip: Path, photos: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    words = ["index", str(photos), "--library", str(tmp_path / "l"), "--json"]
    assert main(["--model", str(tiny_clip), *words]) == 0
    assert json.loads(capfd.readouterr().out)["indexed"] == 5


def test_the_library_comes_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INPHOTOS_LIBRARY", str(tmp_path / "env"))
    assert main(["status", "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["library"] == str(tmp_path / "env")


def test_nothing_found_is_status_1(
    run: Run, tmp_path: Path, photos: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run("search", "boat") == 1
    assert "run 'inphotos index FOLDER' first" in capfd.readouterr().err
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run("index", empty) == 1
    assert "There are no photos in" in capfd.readouterr().err
    run("index", photos)
    assert run("search", "boat", "--min-score", "3") == 1


def refusals(tmp_path: Path) -> list[tuple[list[object], str]]:
    (tmp_path / "file.jpg").write_text("words")
    return [
        (["index"], "The library has no folder yet"),
        (["index", tmp_path / "nothing"], "There is no folder"),
        (["index", tmp_path / "file.jpg"], "is not a folder"),
        (["search", ""], "The query is empty"),
        (["similar", tmp_path / "nothing.jpg"], "the file is not there"),
        (["distance", tmp_path / "file.jpg", tmp_path / "file.jpg"], "not a picture"),
        (["forget", tmp_path], "is not in the library"),
        (["models", "download", "nonsense"], "There is no model nonsense"),
        (["models", "use", "clip-vit-b-16-openai"], "is not on this machine yet"),
        (["models", "verify", "nonsense"], "There is no model nonsense"),
        (["models", "remove", "demo"], "cannot be removed"),
        (["models", "add", tmp_path], "config.json"),
    ]


def test_bad_input_gets_one_sentence_and_status_2(
    run: Run, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for words, sentence in refusals(tmp_path):
        capfd.readouterr()
        assert run(*words) == 2, words
        out, err = capfd.readouterr()
        assert out == "", words
        [line] = [line for line in err.splitlines() if line.startswith("inphotos: ")]
        assert sentence in line
        assert "Traceback" not in err


def test_wrong_use_is_status_2(run: Run, capfd: pytest.CaptureFixture[str]) -> None:
    for words in (["search"], ["search", "a", "--top", "0"], ["--nonsense"], ["distance", "a"]):
        with pytest.raises(SystemExit) as caught:
            run(*words)
        assert caught.value.code == 2


def test_a_library_in_use_is_status_2(
    run: Run, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    database = Database(tmp_path / "library")
    assert run("status") == 2
    assert f"process {os.getpid()}" in capfd.readouterr().err
    database.close()


def test_a_bug_is_told_in_a_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(self: Library) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(Library, "status", broken)
    assert run("status") == 1
    err = capfd.readouterr().err
    assert "Something went wrong inside InPhotos (ZeroDivisionError: a bug)" in err
    assert "Traceback" not in err


def test_the_demo_of_an_installation_that_moved_is_forgotten(
    tmp_path: Path, tiny_clip: Path, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(window, "_open_window", lambda *a, **k: opened.append(a[0]) or 0)
    assert main(["demo"]) == 0
    [directory] = opened
    with Library.open(directory, model=str(tiny_clip)) as library:
        library.add_folder(photos)
        list(library.index())
    shutil.rmtree(photos)
    assert main(["demo", "--model", str(tiny_clip)]) == 0
    with Library.open(directory, model=str(tiny_clip)) as library:
        assert library.folders() == ()


def test_quiet_says_nothing_but_the_result(
    run: Run, photos: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (photos / "broken.jpg").write_text("")
    run("-q", "--json", "index", photos)
    assert capfd.readouterr().err == ""


def test_models_are_added_listed_used_verified_and_removed(
    tmp_path: Path, tiny_clip: Path, make_photo: MakePhoto, capfd: pytest.CaptureFixture[str]
) -> None:
    def models(*words: object) -> Any:
        capfd.readouterr()
        library = ["--library", tmp_path / "library", "--json", "models"]
        assert main([str(word) for word in (*library, *words)]) == 0
        return json.loads(capfd.readouterr().out)

    models("add", tiny_clip, "--name", "mine")
    models("use", "mine")
    rows = {row["name"]: row for row in models()}
    assert rows["mine"]["installed"]
    assert rows["mine"]["in_use"]
    assert rows["mine"]["dimensions"] == 16
    assert not rows["clip-vit-b-32"]["installed"]
    assert rows["clip-vit-b-32"]["bytes"] == 608_782_299
    assert not rows["mobilenet-v2"]["text"]
    models("verify", "mine")
    weights = Path(os.environ["INPHOTOS_MODELS"]) / "mine" / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    assert main(["models", "verify", "mine"]) == 2
    assert "is damaged" in capfd.readouterr().err
    models("remove", "mine")
    assert "mine" not in {row["name"] for row in models()}


def test_a_model_can_wait_until_it_is_ready(
    tmp_path: Path,
    photos: Path,
    tiny_clip: Path,
    tiny_mobilenet: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    def said(*words: object) -> tuple[str, str]:
        capfd.readouterr()
        assert main([str(word) for word in ("--library", tmp_path / "library", *words)]) == 0
        captured = capfd.readouterr()
        return captured.out, captured.err

    said("models", "use", tiny_clip)
    said("index", photos)
    out, err = said("--json", "models", "use", tiny_mobilenet, "--when-ready")
    assert json.loads(out) == {"model": str(tiny_mobilenet), "next": True}
    assert f"searched with {tiny_clip} until" in err
    out, _ = said("status")
    assert f"model     {tiny_clip}" in out
    assert f"next      {tiny_mobilenet}, once 'inphotos index'" in out
    out, err = said("--json", "index")
    assert json.loads(out)["indexed"] == 5
    assert f"searched with {tiny_mobilenet}" in err
    out, _ = said("status")
    assert f"model     {tiny_mobilenet}" in out
    assert "next" not in out


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_cancels_the_work_in_hand_and_is_as_before_afterwards(
    number: signal.Signals,
) -> None:
    # In a process of its own, whose signals are nobody else's.
    program = (
        "import os, signal, sys\n"
        "from inphotos.cli.commands import interruptible\n"
        "number = int(sys.argv[1])\n"
        "before = signal.getsignal(number)\n"
        "with interruptible() as control:\n"
        "    os.kill(os.getpid(), number)\n"
        "    assert control.cancelled.wait(60)\n"
        "assert signal.getsignal(number) == before\n"
    )
    command = [sys.executable, "-c", program, str(int(number))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", arguments._COMMANDS)
def test_every_command_explains_itself(command: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main([command, "--help"])
    assert f"usage: inphotos {command}" in capfd.readouterr().out
