"""Photos, and parts of photos, as what is searched for."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from conftest import MakePhoto
from PIL import Image, ImageDraw

from inphotos.errors import PhotoError, QueryError
from inphotos.library import Library
from inphotos.photos.decoder_service import DecoderService
from inphotos.search.query import (
    Example,
    Query,
    Region,
    parse,
    read_region,
    with_examples,
    written_region,
)

PART = Region(0.25, 0.1, 0.5, 0.5)


@pytest.fixture
def indexed(library: Library, photos: Path) -> Library:
    library.add_folder(photos)
    list(library.index())
    return library


@pytest.mark.parametrize(
    ("text", "photo", "region"),
    [
        ("like:cat.jpg#xywh=percent:25,10,50,50", "cat.jpg", PART),
        ('like:"my cat.jpg#xywh=percent:25,10,50,50"', "my cat.jpg", PART),
        ("like:file:///a%20b/cat.jpg#xywh=percent:25,10,50,50", "/a b/cat.jpg", PART),
        ("like:a.jpg#xywh=percent:2.5,0,97.5,100", "a.jpg", Region(0.025, 0, 0.975, 1)),
        # What reaches beyond the photo is cut off, as the specification says.
        ("like:a.jpg#xywh=percent:50,50,90,90", "a.jpg", Region(0.5, 0.5, 0.5, 0.5)),
        # Names may hold the sign themselves.
        ("like:a#1.jpg", "a#1.jpg", None),
        ("like:a#t=3.jpg", "a#t=3.jpg", None),
        ("like:file:///x/a%23xywh=percent:1,1,9,9", "/x/a#xywh=percent:1,1,9,9", None),
        ("like:file:///x/a%23xywh=1.jpg#xywh=percent:25,10,50,50", "/x/a#xywh=1.jpg", PART),
    ],
)
def test_a_part_of_a_photo_follows_its_path(text: str, photo: str, region: Region | None) -> None:
    (concept,) = parse(text).concepts
    assert concept.photo == Path(photo)
    assert concept.region == region


def test_the_chip_of_a_part_says_so() -> None:
    (concept,) = parse("-like:/photos/cat.jpg#xywh=percent:25,10,50,50^2").concepts
    assert concept.label == "not like a part of cat.jpg ×2"
    assert concept.weight == -2


@pytest.mark.parametrize(
    "value",
    [
        "10,10,50,50",
        "pixel:10,10,50,50",
        "percent:10,10,50",
        "percent:10,10,0,50",
        "percent:100,0,10,10",
        "percent:a,b,c,d",
        "percent:-5,0,10,10",
        "",
    ],
)
def test_a_part_that_makes_no_sense_is_a_problem_with_a_way_out(value: str) -> None:
    query = parse(f"dog like:cat.jpg#xywh={value}")
    (problem,) = query.problems
    assert "in percent of its width and height" in problem.message
    assert "%23" in problem.message
    assert query.replaced(problem, problem.suggestion) == "dog like:cat.jpg"
    assert [concept.text for concept in query.concepts] == ["dog"]


def test_a_part_is_written_as_it_is_read() -> None:
    assert written_region(PART) == "#xywh=percent:25,10,50,50"
    third = Region(1 / 3, 1 / 3, 1 / 3, 2 / 3)
    read = read_region(written_region(third).removeprefix("#xywh="))
    np.testing.assert_allclose(
        (read.left, read.top, read.width, read.height),
        (third.left, third.top, third.width, third.height),
        atol=1e-4,
    )


def test_examples_have_no_place_in_the_text() -> None:
    query = with_examples(parse("dog ext:jpg"), [Example(Path("a.jpg"), PART), Example(Path("b"))])
    assert [concept.label for concept in query.concepts] == [
        "dog",
        "like a part of a.jpg",
        "like b",
    ]
    assert [part.label for part in query.parts] == ["dog", "ext: jpg"]
    assert len(query.terms) == 3
    assert query.without(query.parts[0]) == "ext:jpg"


def test_an_example_counts_like_one_in_the_text(indexed: Library, photos: Path) -> None:
    path = photos / "a.jpg"
    typed = indexed.search(f'red boat like:"{path}"')
    shown = indexed.search("red boat", examples=[Example(path)])
    assert [(r.path, r.score) for r in shown.results] == [(r.path, r.score) for r in typed.results]
    assert path not in {result.path for result in shown.results}


def test_photos_alone_need_no_text(indexed: Library, photos: Path) -> None:
    one, both = photos / "a.jpg", [Example(photos / "a.jpg"), Example(photos / "b.png")]
    similar = indexed.similar(one, top=5).results
    alone = indexed.search("", examples=[Example(one)], top=5).results
    assert [(r.path, r.score) for r in alone] == [(r.path, r.score) for r in similar]
    answer = indexed.search(" ", examples=both, top=5, explain=True).results
    assert len(answer) == 3
    for result in answer:
        assert result.score == pytest.approx(np.mean(result.parts), abs=1e-5)
    with pytest.raises(QueryError, match="empty"):
        indexed.search("")


def test_a_part_is_searched_with_as_if_it_were_a_photo(
    indexed: Library, photos: Path, tmp_path: Path, make_photo: MakePhoto
) -> None:
    whole = make_photo(tmp_path / "whole.png", size=(200, 120))
    with Image.open(whole) as image:
        image.crop(PART.box(image.size)).save(tmp_path / "part.png")
    cut = indexed.similar(tmp_path / "part.png", top=5).results
    part = indexed.similar(whole, top=5, region=PART).results
    assert [r.path for r in part] == [r.path for r in cut]
    np.testing.assert_allclose([r.score for r in part], [r.score for r in cut], atol=1e-5)
    assert indexed.similar(whole, top=5).results != part
    text = indexed.search(f'like:"{whole}#xywh=percent:25,10,50,50"', top=5).results
    assert [(r.path, r.score) for r in text] == [(r.path, r.score) for r in part]


def test_a_part_of_a_photo_of_the_library_is_not_taken_for_the_photo(
    indexed: Library, photos: Path
) -> None:
    path = photos / "a.jpg"
    answer = indexed.search("", examples=[Example(path, PART)], top=5)
    assert path not in {result.path for result in answer.results}
    whole = indexed.search("", examples=[Example(path)], top=5)
    assert [r.score for r in answer.results] != [r.score for r in whole.results]


def test_a_photo_or_part_is_decoded_once_until_it_changes(
    indexed: Library, tmp_path: Path, make_photo: MakePhoto
) -> None:
    path = make_photo(tmp_path / "elsewhere.png")
    examples = [Example(path), Example(path, PART)]
    decoded: list[object] = []
    decode = DecoderService.decode

    def watched(service: DecoderService, *args: object, **options: object) -> object:
        decoded.append(options["region"])
        return decode(service, *args, **options)

    with patch.object(DecoderService, "decode", watched):
        first = indexed.search("", examples=examples)
        assert decoded == [None, PART]
        assert indexed.search("", examples=examples).results == first.results
        assert decoded == [None, PART]
        make_photo(path, seed=5, size=(50, 70))
        assert indexed.search("", examples=examples).results != first.results
        assert decoded == [None, PART, None, PART]


def test_a_part_of_no_photo_is_told_of(indexed: Library, tmp_path: Path) -> None:
    (tmp_path / "text.jpg").write_text("words")
    with pytest.raises(PhotoError, match="not a picture"):
        indexed.search("", examples=[Example(tmp_path / "text.jpg", PART)])


def test_a_model_without_words_searches_with_the_photos_and_says_so(
    tmp_path: Path, photos: Path, tiny_mobilenet: Path
) -> None:
    with Library.open(tmp_path / "library", model=str(tiny_mobilenet)) as library:
        library.add_folder(photos)
        list(library.index())
        answer = library.search("red boat", examples=[Example(photos / "a.jpg")])
        (problem,) = answer.problems
        assert "compares photos only, so “red boat” is left out" in problem.message
        similar = library.similar(photos / "a.jpg")
        assert [(r.path, r.score) for r in answer.results] == [
            (r.path, r.score) for r in similar.results
        ]


def test_pages_of_queries_with_photos_do_not_mix(indexed: Library, photos: Path) -> None:
    first = [Example(photos / "a.jpg")]
    second = [Example(photos / "b.png")]
    whole = indexed.search("", examples=second, top=5).results
    indexed.search("", examples=first, top=2)
    indexed.search("", examples=second, top=2)
    indexed.search("", examples=first, top=2)
    rest = indexed.search("", examples=second, top=3, offset=2).results
    assert [r.path for r in rest] == [r.path for r in whole][2:]


def test_a_part_finds_what_is_in_it(tmp_path: Path, real_mobilenet: Path) -> None:
    """With real weights: the ball, not the grass around it."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for name, inside, ground in (
        ("ball.png", "red", "white"),
        ("grass.png", "green", "green"),
        ("night.png", "black", "navy"),
    ):
        image = Image.new("RGB", (224, 224), ground)
        ImageDraw.Draw(image).ellipse((30, 30, 190, 190), fill=inside)
        image.save(folder / name)
    lawn = Image.new("RGB", (1200, 900), "green")
    ImageDraw.Draw(lawn).rectangle((900, 600, 1120, 820), fill="white")
    ImageDraw.Draw(lawn).ellipse((930, 630, 1087, 787), fill="red")
    lawn.save(tmp_path / "lawn.png")
    with Library.open(tmp_path / "library", model=str(real_mobilenet)) as library:
        library.add_folder(folder)
        list(library.index())
        part = Region(900 / 1200, 600 / 900, 220 / 1200, 220 / 900)
        assert library.similar(tmp_path / "lawn.png", region=part).results[0].path.name == (
            "ball.png"
        )


def test_nothing_is_added_without_examples() -> None:
    query = parse("dog")
    assert with_examples(query, []) == query
    assert with_examples(Query(""), []) == Query("")
