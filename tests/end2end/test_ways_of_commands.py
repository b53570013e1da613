"""What a command loads: whoever asks from the shell waits for all of it, each time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from bench_start import without_habits
from conftest import draw_photo

from inphotos.library import Library

#: What takes long to load, and what only indexing, the window or a download need.
HEAVY = frozenset(
    (
        "PyQt6",
        "defusedxml",
        "dateutil.parser",
        "huggingface_hub",
        "inphotos.gui",
        "inphotos.indexing.indexer",
        "inphotos.photos.decode",
        "inphotos.photos.watch",
        "multiprocessing",
        "pathspec",
        "psutil",
        "reverse_geocode",
        "ssl",
        "torch",
        "transformers",
        "urllib.request",
    )
)

PROGRAM = """
import sys
from inphotos.cli import main
status = main(sys.argv[1:])
print(*sorted(sys.modules), file=sys.stderr)
sys.exit(status)
"""


#: Makes the file that OpenVINO reads a text tower from, and chooses OpenVINO for it.
CONVERT = """
import json, sys
from inphotos.encoders import conversion, converted, registry, runtimes
from inphotos.settings import models_directory
model = registry.resolve(sys.argv[1], models_directory())
runtime = runtimes.named("openvino-fp32")
conversion.save(conversion.convert_texts(model), model, "text", runtime)
choice = converted.directory(model) / "choice.json"
choice.write_text(json.dumps({"text": runtime.name}))
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of one whose photos have been read, but not encoded: that takes torch."""
    place = tmp_path_factory.mktemp("ways")
    for name in ("a.jpg", "b.png"):
        draw_photo(place / "photos" / name)
    with Library.open(place / "library", model="none") as opened:
        opened.add_folder(place / "photos")
        for _ in opened.index():
            pass
    return place / "library"


@pytest.fixture
def arguments(library: Path, tiny_clip: Path) -> list[str]:
    return ["--library", str(library), "--model", str(tiny_clip)]


def loaded_by(*words: str) -> frozenset[str]:
    """Run a command in a process of its own; return the modules that it has loaded."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        env=without_habits(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr  # 1: nothing found
    return frozenset(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    "words",
    [
        ["search", "rating:>=0"],
        ["search", "name:1"],
        ["status"],
        ["searches", "list"],
        ["searches", "save", "mine", "dog"],
    ],
)
def test_a_quick_command_loads_neither_models_nor_decoders_nor_the_window(
    arguments: list[str], words: list[str]
) -> None:
    assert sorted(HEAVY & loaded_by(*arguments, *words)) == []


def test_words_are_searched_for_without_torch_and_transformers(
    arguments: list[str], tiny_clip: Path
) -> None:
    convert = [sys.executable, "-c", CONVERT, str(tiny_clip)]
    subprocess.run(convert, env=without_habits(), capture_output=True, check=True)
    loaded = loaded_by(*arguments, "search", "a dog on the beach")
    assert "openvino" in loaded
    assert sorted(HEAVY & loaded) == []


def test_a_model_that_was_not_converted_runs_by_torch(arguments: list[str]) -> None:
    """Or the test above could not fail."""
    assert {"torch", "transformers"} <= loaded_by(*arguments, "search", "a dog on the beach")
