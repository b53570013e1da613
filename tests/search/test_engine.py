"""Queries answered from a real index."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from inphotos.encoders import registry
from inphotos.encoders.base import normalize
from inphotos.errors import ModelError, PhotoError, QueryError, TextNotSupportedError
from inphotos.events import PhotosFound
from inphotos.indexing.order import Order
from inphotos.library import Library
from inphotos.photos.decode import decode


@pytest.fixture
def indexed(library: Library, photos: Path) -> Library:
    library.add_folder(photos)
    list(library.index())
    return library


def test_ranks_by_the_cosine_of_words_and_pixels(
    indexed: Library, photos: Path, tiny_clip: Path
) -> None:
    encoder = registry.load(registry.resolve(str(tiny_clip), Path("nowhere")))
    paths = sorted(photos.rglob("*.*"))
    pixels = [decode(path, encoder.model.pixels).pixels for path in paths]
    exact = (
        normalize(encoder.encode_images(pixels)) @ normalize(encoder.encode_texts(["red boat"]))[0]
    )
    results = indexed.search("red boat", top=5).results
    assert [r.path for r in results] == [paths[i] for i in np.argsort(-exact)]
    np.testing.assert_allclose([r.score for r in results], np.sort(exact)[::-1], atol=1e-4)
    assert [r.rank for r in results] == [1, 2, 3, 4, 5]


def test_an_answer_says_what_was_asked_and_of_how_many(indexed: Library, tiny_clip: Path) -> None:
    answer = indexed.search("  red   boat ", top=2)
    assert answer.query == "red boat"
    assert answer.model == str(tiny_clip)
    assert answer.total == 5
    assert len(answer.results) == 2
    assert answer.took_ms > 0


def test_scores_below_the_least_are_left_out(indexed: Library) -> None:
    scores = [r.score for r in indexed.search("boat", top=5).results]
    least = (scores[1] + scores[2]) / 2
    assert len(indexed.search("boat", top=5, min_score=least).results) == 2
    assert indexed.search("boat", top=5, min_score=2.0).results == ()


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_an_empty_query_is_refused_with_a_sentence(indexed: Library, text: str) -> None:
    with pytest.raises(QueryError, match="query is empty"):
        indexed.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "dog " * 2500,
        "собака на пляже",
        "海の夕日",
        "🐶🏖️",
        "a\0b",
        "\udcff",
        "'; DROP TABLE",
        "%s%n{}",
    ],
)
def test_any_text_is_answered(indexed: Library, text: str) -> None:
    assert len(indexed.search(text, top=5).results) == 5


def test_similar_leaves_out_the_photo_itself(indexed: Library, photos: Path) -> None:
    results = indexed.similar(photos / "a.jpg", top=10).results
    assert len(results) == 4
    assert photos / "a.jpg" not in {r.path for r in results}


def test_a_photo_from_elsewhere_can_be_the_query(
    indexed: Library, photos: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "elsewhere.jpg"
    copy.write_bytes((photos / "a.jpg").read_bytes())
    first = indexed.similar(copy, top=3).results[0]
    assert first.path == photos / "a.jpg"
    assert first.score == pytest.approx(1.0, abs=1e-4)
    assert first.match == "strong"


def test_a_stored_embedding_answers_like_a_fresh_one(
    indexed: Library, photos: Path, tmp_path: Path
) -> None:
    stored = indexed.similar(photos / "a.jpg", top=4).results
    copy = tmp_path / "elsewhere.jpg"
    copy.write_bytes((photos / "a.jpg").read_bytes())
    fresh = [r for r in indexed.similar(copy, top=5).results if r.path != photos / "a.jpg"]
    assert [r.path for r in stored] == [r.path for r in fresh]


def test_a_photo_that_cannot_be_read_is_no_query(indexed: Library, tmp_path: Path) -> None:
    (tmp_path / "text.jpg").write_text("words")
    with pytest.raises(PhotoError, match="not a picture"):
        indexed.similar(tmp_path / "text.jpg")
    with pytest.raises(PhotoError, match="not there"):
        indexed.distance(tmp_path / "nothing.jpg", tmp_path / "text.jpg")


def test_distance_is_of_the_raw_outputs(indexed: Library, photos: Path, tiny_clip: Path) -> None:
    first, second = photos / "a.jpg", photos / "b.png"
    encoder = registry.load(registry.resolve(str(tiny_clip), Path("nowhere")))
    pixels = [decode(path, encoder.model.pixels).pixels for path in (first, second)]
    raw = encoder.encode_images(pixels)
    unit = normalize(raw)
    distance = indexed.distance(first, second)
    assert distance.cosine == pytest.approx(float(unit[0] @ unit[1]), abs=1e-5)
    assert distance.l2 == pytest.approx(float(np.linalg.norm(raw[0] - raw[1])), abs=1e-4)
    assert distance.match == (distance.cosine >= encoder.model.thresholds.same_kind)
    same = indexed.distance(first, first)
    assert same.match
    assert same.cosine == pytest.approx(1.0)
    assert same.l2 == 0.0


def test_a_model_without_words_compares_photos_only(
    tmp_path: Path, photos: Path, tiny_mobilenet: Path
) -> None:
    with Library.open(tmp_path / "library", model=str(tiny_mobilenet)) as library:
        library.add_folder(photos)
        list(library.index())
        with pytest.raises(TextNotSupportedError, match="does not understand words"):
            library.search("dog")
        assert len(library.similar(photos / "a.jpg").results) == 4


def test_photos_that_have_gone_do_not_crowd_out_the_others(
    library: Library, tmp_path: Path, make_photo
) -> None:
    folder = tmp_path / "many"
    for n in range(40):
        make_photo(folder / f"{n}.png", size=(16, 16))
    library.add_folder(folder)
    list(library.index())
    for n in range(35):
        (folder / f"{n}.png").unlink()
    list(library.index(order=Order(accept_removals=True)))
    answer = library.search("anything", top=5)
    assert answer.total == 5
    assert {r.path for r in answer.results} == {folder / f"{n}.png" for n in range(35, 40)}


def test_a_photo_can_be_a_part_of_a_query(indexed: Library, photos: Path) -> None:
    alone = indexed.search(f"like:{photos / 'a.jpg'}", top=9)
    similar = indexed.similar(photos / "a.jpg", top=9)
    assert [(r.path, r.score) for r in alone.results] == [
        (r.path, r.score) for r in similar.results
    ]
    both = indexed.search(f"like:{photos / 'a.jpg'} boat", top=9, explain=True)
    assert photos / "a.jpg" not in {r.path for r in both.results}
    thresholds = indexed.model.thresholds
    for result in both.results:
        to_photo, to_words = result.parts
        scaled = to_photo * thresholds.strong / thresholds.same_kind
        assert result.score == pytest.approx((scaled + to_words) / 2, abs=3e-6)


def test_a_photo_without_words_is_read_like_a_photo(indexed: Library, photos: Path) -> None:
    same_kind = indexed.model.thresholds.same_kind
    answer = indexed.search(f"like:{photos / 'a.jpg'}", top=9)
    assert {r.match for r in answer.results} <= {"strong", "none"}
    for result in answer.results:
        assert (result.match == "strong") == (result.score >= same_kind)


def test_similar_photos_can_be_scrolled_through(indexed: Library, photos: Path) -> None:
    whole = [r.photo_id for r in indexed.similar(photos / "a.jpg", top=9).results]
    seen: list[int] = []
    while page := indexed.similar(photos / "a.jpg", top=3, offset=len(seen)).results:
        seen += [r.photo_id for r in page]
    assert seen == whole
    assert len(seen) == 4


def test_a_photo_of_a_query_that_is_not_there_is_told(indexed: Library, tmp_path: Path) -> None:
    with pytest.raises(PhotoError, match="not there"):
        indexed.search(f"boat like:{tmp_path / 'nothing.jpg'}")


def test_a_model_without_words_takes_filters_and_photos(
    tmp_path: Path, photos: Path, tiny_mobilenet: Path
) -> None:
    with Library.open(tmp_path / "library", model=str(tiny_mobilenet)) as library:
        library.add_folder(photos)
        list(library.index())
        assert len(library.search("ext:jpg").results) == 3
        query = f"like:{photos / 'a.jpg'} folder:trip"
        found = {r.path.name for r in library.search(query).results}
        assert found == {"d.jpg", "e.jpg"}
        with pytest.raises(TextNotSupportedError):
            library.search("boat ext:jpg")


def test_filters_need_no_model(tmp_path: Path, photos: Path) -> None:
    with Library.open(tmp_path / "library", model="not-here") as library:
        library.add_folder(photos)
        list(library.index())
        answer = library.search("folder:trip", sort="name")
        assert [r.path.name for r in answer.results] == ["d.jpg", "e.jpg"]
        assert answer.model == "not-here"
        with pytest.raises(ModelError, match="not-here"):
            library.search("boat")


def test_a_photo_that_is_indexed_is_found_at_once(
    indexed: Library, photos: Path, make_photo: Callable[..., Path]
) -> None:
    assert indexed.search("boat is:landscape ext:jpg").total == 3
    make_photo(photos / "new.jpg")
    list(indexed.index())
    answer = indexed.search("boat is:landscape ext:jpg")
    assert answer.total == 4
    assert photos / "new.jpg" in {r.path for r in answer.results}
    (photos / "new.jpg").unlink()
    list(indexed.index(order=Order(accept_removals=True)))
    assert indexed.search("boat is:landscape ext:jpg").total == 3


def test_copies_are_duplicates(indexed: Library, photos: Path) -> None:
    assert indexed.search("is:duplicate").total == 0
    (photos / "trip" / "copy.jpg").write_bytes((photos / "a.jpg").read_bytes())
    list(indexed.index())
    assert {r.path.name for r in indexed.search("is:duplicate").results} == {"a.jpg", "copy.jpg"}


def test_answers_say_which_photos_are_missing_and_which_are_offline(
    indexed: Library, photos: Path, tmp_path: Path
) -> None:
    def presences() -> dict[str, str]:
        answers = (indexed.search("boat", top=9), indexed.browse(top=9))
        first, second = ({r.path.name: r.presence for r in a.results} for a in answers)
        assert first == second
        return first

    assert set(presences().values()) == {"here"}
    (photos / "trip").rename(tmp_path / "aside")
    list(indexed.index())
    assert {name for name, value in presences().items() if value == "missing"} == {"d.jpg", "e.jpg"}
    photos.rename(tmp_path / "unplugged")
    list(indexed.index())
    indexed.folders()
    assert set(presences().values()) == {"offline"}


def test_a_photo_that_is_missing_or_offline_can_still_be_the_query(
    indexed: Library, photos: Path, tmp_path: Path
) -> None:
    before = [r.path for r in indexed.similar(photos / "trip" / "d.jpg").results]
    photos.rename(tmp_path / "unplugged")
    list(indexed.index())
    assert [r.path for r in indexed.similar(photos / "trip" / "d.jpg").results] == before


def test_photos_that_were_not_read_yet_are_not_searched(indexed: Library, photos: Path) -> None:
    (photos / "new.jpg").write_bytes((photos / "a.jpg").read_bytes())
    for event in indexed.index():
        if isinstance(event, PhotosFound):
            assert indexed.search("boat").total == 5
    assert indexed.search("boat").total == 6
