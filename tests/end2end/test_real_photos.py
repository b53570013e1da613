"""Meaning, not arithmetic: what real weights find among real photos, and the demo among its own."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from inphotos.cli.window import DEMO_PICTURES
from inphotos.events import IndexSummary
from inphotos.library import Library, runtimes


@pytest.fixture(scope="module", autouse=True)
def _nothing_is_measured() -> Iterator[None]:
    """What runs a model quickest is found out elsewhere, and takes longer than all this."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runtimes, "LEAST_PHOTOS", 1_000)
        yield


@pytest.fixture(scope="module")
def coco(
    coco_library: Path, real_mobilenet: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    """A library of 239 real photos, seen by MobileNetV2 with its real weights."""
    directory = shutil.copytree(coco_library, tmp_path_factory.mktemp("coco") / "library")
    with Library.open(directory, model=str(real_mobilenet)) as library:
        yield library


@pytest.mark.parametrize("word", ["kitchen", "bus", "baseball", "train"])
def test_photos_like_a_photo_show_the_same_thing(
    coco: Library, shared_data: Path, word: str
) -> None:
    folder = shared_data / "photos" / "coco"
    rows = json.loads((folder / "captions.json").read_text(encoding="utf-8"))
    # What at least three of five people mention is what the photo is about.
    about = {
        folder / row["file"]
        for row in rows
        if sum(word in caption.lower() for caption in row["captions"]) >= 3
    }
    hits = [
        result.path in about for photo in about for result in coco.similar(photo, top=3).results
    ]
    by_chance = len(about) / len(rows)
    assert by_chance < 0.06
    assert sum(hits) / len(hits) >= 0.45


def test_the_whole_album_is_indexed(
    shared_data: Path, real_mobilenet: Path, tmp_path: Path
) -> None:
    folder = shared_data / "photos" / "album"
    with Library.open(tmp_path / "library", model=str(real_mobilenet)) as library:
        library.add_folder(folder)
        *_, summary = library.index()
    assert isinstance(summary, IndexSummary)
    assert summary.found == 60
    assert summary.indexed == summary.found
    assert not summary.failed


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The library of ``inphotos demo``: the bundled pictures and the bundled model."""
    with Library.open(tmp_path_factory.mktemp("demo") / "library", model="demo") as library:
        library.add_folder(DEMO_PICTURES)
        list(library.index())
        yield library


def test_the_demo_finds_its_scenes(demo: Library) -> None:
    rows = json.loads((DEMO_PICTURES / "captions.json").read_text(encoding="utf-8"))
    scenes: defaultdict[str, set[Path]] = defaultdict(set)
    for row in rows:
        scenes[row["scene"]].add(DEMO_PICTURES / row["file"])
    assert len(rows) >= 300
    assert len(scenes) >= 40
    right = [
        result.path in pictures
        for scene, pictures in scenes.items()
        for result in demo.search(scene, top=5).results
    ]
    assert sum(right) / len(right) >= 0.9


def test_the_demo_knows_colours_and_counts_apart(demo: Library) -> None:
    rows = json.loads((DEMO_PICTURES / "captions.json").read_text(encoding="utf-8"))
    facts = {row["file"]: row["facts"] for row in rows}

    def best(query: str) -> dict[str, Any]:
        found: dict[str, Any] = facts[demo.search(query, top=1).results[0].path.name]
        return found

    colours = {fact["colour"] for name, fact in facts.items() if name.startswith("sailing-boat")}
    assert len(colours) >= 3
    right = [best(f"a {colour} sailing boat")["colour"] == colour for colour in colours]
    counts = {fact["count"] for name, fact in facts.items() if name.startswith("balloons")}
    words = dict(enumerate(("one", "two", "three", "four", "five"), start=1))
    right += [best(f"{words[count]} balloons")["count"] == count for count in counts]
    assert sum(right) / len(right) >= 0.8


def test_a_strong_match_is_offered_for_what_is_there(demo: Library) -> None:
    assert demo.search("sunset over the sea", top=1).results[0].match == "strong"
    assert demo.similar(DEMO_PICTURES / demo.browse(top=1).results[0].path.name).results
