"""Evaluation files in all the forms that are read, and what is said of those that are not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from inphotos.errors import EvaluationError, FolderError
from inphotos.evaluation import sets
from inphotos.evaluation.sets import Question
from inphotos.search.query import parse


def write(folder: Path, document: Any) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "eval.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def test_our_own_form_is_read(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    document = {
        "photos": "../pictures",
        "queries": [
            {"query": "red car -snow", "photos": ["a.jpg", "./trip/b.jpg"], "kind": "colour"},
            {"query": "zebra", "photos": []},
        ],
        "labels": {"a.jpg": ["car", "red"], "c.jpg": ["cat"]},
    }
    found = sets.read(write(tmp_path / "sets", document))
    assert found.form == "own"
    assert found.photos == tmp_path / "pictures"
    assert found.questions == (
        Question("red car -snow", ("a.jpg", "trip/b.jpg"), "colour"),
        Question("zebra", ()),
    )
    assert found.labels == {"a.jpg": ("car", "red"), "c.jpg": ("cat",)}
    assert found.names() == ("a.jpg", "trip/b.jpg", "c.jpg")


def test_the_photos_are_beside_the_file_unless_something_else_is_said(tmp_path: Path) -> None:
    file = write(tmp_path / "sets", {"queries": [{"query": "dog", "photos": []}]})
    assert sets.read(file).photos == tmp_path / "sets"
    assert sets.read(file, tmp_path).photos == tmp_path


def test_each_caption_asks_for_its_own_photo(tmp_path: Path) -> None:
    rows = [
        {"file": "a.jpg", "captions": ["A dog.", "Two dogs"], "licence": "CC0"},
        {"file": "b.jpg", "captions": ["A cat"]},
    ]
    found = sets.read(write(tmp_path, rows))
    assert found.form == "captions"
    assert [(q.query, q.photos) for q in found.questions] == [
        ('"A dog."', ("a.jpg",)),
        ('"Two dogs"', ("a.jpg",)),
        ('"A cat"', ("b.jpg",)),
    ]


@pytest.mark.parametrize(
    ("caption", "words"),
    [
        ("last summer -people OR dogs", "last summer -people OR dogs"),
        ('a sign that says "stop"', "a sign that says 'stop'"),
        ("a “quoted” ext:jpg^2", "a 'quoted' ext:jpg^2"),
    ],
)
def test_captions_are_words_and_not_queries(tmp_path: Path, caption: str, words: str) -> None:
    found = sets.read(write(tmp_path, [{"file": "a.jpg", "captions": [caption]}]))
    query = parse(found.questions[0].query)
    assert [concept.text for concept in query.concepts] == [words]
    assert query.filters == query.problems == ()


def test_cocos_captions_are_read(tmp_path: Path) -> None:
    document = {
        "images": [{"id": 9, "file_name": "000000000009.jpg"}, {"id": 7, "file_name": "7.jpg"}],
        "annotations": [
            {"image_id": 7, "id": 1, "caption": "A bus"},
            {"image_id": 9, "id": 2, "caption": "A bowl"},
        ],
    }
    found = sets.read(write(tmp_path, document))
    assert found.form == "coco"
    assert [(q.query, q.photos) for q in found.questions] == [
        ('"A bus"', ("7.jpg",)),
        ('"A bowl"', ("000000000009.jpg",)),
    ]


def karpathy(split: str, name: str, **more: str) -> dict[str, Any]:
    sentences = [{"raw": f"{name} one", "tokens": []}, {"raw": f"{name} two"}]
    return {"filename": name, "split": split, "sentences": sentences, **more}


def test_of_karpathys_splits_the_test_images_are_taken(tmp_path: Path) -> None:
    (tmp_path / "val2014").mkdir()
    (tmp_path / "val2014" / "b.jpg").touch()
    images = [
        karpathy("train", "a.jpg"),
        karpathy("test", "b.jpg", filepath="val2014"),
        karpathy("test", "c.jpg", filepath="val2014"),
    ]
    found = sets.read(write(tmp_path, {"images": images}))
    assert found.form == "karpathy"
    # Where the directories are kept apart as in COCO, the name has its directory.
    assert [(q.query, q.photos) for q in found.questions] == [
        ('"b.jpg one"', ("val2014/b.jpg",)),
        ('"b.jpg two"', ("val2014/b.jpg",)),
        ('"c.jpg one"', ("c.jpg",)),
        ('"c.jpg two"', ("c.jpg",)),
    ]


def test_without_a_test_split_all_images_are_taken(tmp_path: Path) -> None:
    found = sets.read(write(tmp_path, {"images": [karpathy("val", "a.jpg")]}))
    assert [q.photos for q in found.questions] == [("a.jpg",), ("a.jpg",)]


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (3, "it has neither queries, nor labels, nor captions"),
        ({}, "it has neither queries, nor labels, nor captions"),
        ([], "there is not a single query in it"),
        ({"queries": []}, "there is not a single query in it"),
        ({"queries": {}}, '"queries" is not a list'),
        ({"queries": ["dog"]}, "query 1 is not an object"),
        ({"queries": [{"photos": []}]}, '"query" of query 1 is not a text'),
        ({"queries": [{"query": " ", "photos": []}]}, '"query" of query 1 is not a text'),
        ({"queries": [{"query": "dog"}]}, '"photos" of query 1 is not a list'),
        ({"queries": [{"query": "x", "photos": [1]}]}, 'a name in "photos" of query 1 is not a te'),
        (
            {"queries": [{"query": "x", "photos": ["../a.jpg"]}]},
            'a name in "photos" of query 1 leads out of the directory of the photos: ../a.jpg',
        ),
        ({"queries": [{"query": "x", "photos": [], "kind": 1}]}, '"kind" of query 1 is not a text'),
        ({"photos": 1, "labels": {"a.jpg": ["x"]}}, '"photos" is not a text'),
        ({"labels": ["a.jpg"]}, '"labels" is not an object of photos and their labels'),
        ({"labels": {"a.jpg": "x"}}, "the labels of a.jpg is not a list"),
        ({"labels": {"a.jpg": [None]}}, "one of the labels of a.jpg is not a text"),
        ([{"captions": ["x"]}], '"file" of photo 1 is not a text'),
        ([{"file": "a.jpg"}], '"captions" of photo 1 is not a list'),
        ([{"file": "a.jpg", "captions": [""]}], 'one of "captions" of photo 1 is not a text'),
        (
            {"images": [{"id": [], "file_name": "a"}], "annotations": []},
            '"id" of image 1 is not a number or a text',
        ),
        (
            {"images": [], "annotations": [{"image_id": 1, "caption": "x"}]},
            '"image_id" of annotation 1 is not among the images',
        ),
        ({"images": [{"filename": "a.jpg"}]}, '"sentences" of image 1 is not a list'),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(tmp_path: Path, document: Any, said: str) -> None:
    file = write(tmp_path, document)
    with pytest.raises(EvaluationError) as caught:
        sets.read(file)
    message = str(caught.value)
    assert message.startswith(f"{file} is no evaluation file: {said}")
    assert message.endswith("'inphotos eval --help' shows what one looks like.")
    assert "\n" not in message


def test_a_file_that_is_not_there_or_no_json_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="There is no file"):
        sets.read(tmp_path / "nothing.json")
    with pytest.raises(EvaluationError, match="cannot be read"):
        sets.read(tmp_path)
    file = tmp_path / "eval.json"
    for content in (b"{", b"\xff\xfe\x00", b"[" * 100_000):
        file.write_bytes(content)
        with pytest.raises(EvaluationError, match="it is not JSON"):
            sets.read(file)


def test_a_directory_of_photos_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    file = write(tmp_path, {"photos": "gone", "labels": {"a.jpg": ["x"]}})
    with pytest.raises(FolderError, match="There is no folder"):
        sets.read(file)
