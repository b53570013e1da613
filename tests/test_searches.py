"""What a library keeps of searches: those that were saved, and the history."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from inphotos.errors import LibraryError, LibraryNewerError, QueryError
from inphotos.library import Library, SavedSearch
from inphotos.library.history import MOST, SearchHistory
from inphotos.library.searches import LONGEST_NAME, SavedSearches, suggested_name

DOGS, CATS, BIRDS = (SavedSearch(name, name.lower()) for name in ("Dogs", "Cats", "Birds"))


@pytest.fixture
def searches(tmp_path: Path) -> SavedSearches:
    """Three saved searches, written."""
    kept = SavedSearches(tmp_path)
    for search in (DOGS, CATS, BIRDS):
        kept.save(search)
    kept.write()
    return kept


def names(searches: SavedSearches) -> list[str]:
    return [search.name for search in searches.all]


def test_what_is_written_is_read_again(searches: SavedSearches, tmp_path: Path) -> None:
    assert SavedSearches(tmp_path).all == (DOGS, CATS, BIRDS)
    assert stat.S_IMODE(searches.path.stat().st_mode) == 0o600
    assert json.loads(searches.path.read_text())["version"] == 1


def test_nothing_is_written_before_it_is_to_last(searches: SavedSearches, tmp_path: Path) -> None:
    searches.remove("Dogs")
    assert SavedSearches(tmp_path).all == (DOGS, CATS, BIRDS)
    searches.write()
    assert SavedSearches(tmp_path).all == (CATS, BIRDS)


def test_names_are_the_same_whatever_their_case(searches: SavedSearches) -> None:
    assert searches.find("  dOGS ") == DOGS
    searches.save(SavedSearch("DOGS", "puppy"))
    assert names(searches) == ["DOGS", "Cats", "Birds"]
    assert searches.named("dogs").text == "puppy"


def test_a_removed_search_can_be_put_back_in_its_place(searches: SavedSearches) -> None:
    removed, place = searches.remove("cats")
    assert names(searches) == ["Dogs", "Birds"]
    searches.save(removed, place)
    assert searches.all == (DOGS, CATS, BIRDS)


def test_a_search_is_renamed_unless_the_name_is_taken(searches: SavedSearches) -> None:
    assert searches.rename("dogs", "DOGS") == SavedSearch("DOGS", "dogs")
    assert searches.rename("DOGS", " My\ndogs ").name == "My dogs"
    with pytest.raises(QueryError, match="“cats” already"):
        searches.rename("My dogs", "cats")
    assert names(searches) == ["My dogs", "Cats", "Birds"]


@pytest.mark.parametrize(
    ("name", "place", "expected"),
    [
        ("Dogs", 3, ["Cats", "Birds", "Dogs"]),
        ("Dogs", 2, ["Cats", "Dogs", "Birds"]),
        ("Dogs", 0, ["Dogs", "Cats", "Birds"]),
        ("Birds", 0, ["Birds", "Dogs", "Cats"]),
        ("Birds", 1, ["Dogs", "Birds", "Cats"]),
    ],
)
def test_a_search_moves(
    searches: SavedSearches, name: str, place: int, expected: list[str]
) -> None:
    searches.move(name, place)
    assert names(searches) == expected


def test_what_is_not_there_is_told_of(searches: SavedSearches) -> None:
    for change in (searches.named, searches.remove, lambda name: searches.move(name, 0)):
        with pytest.raises(QueryError, match="no saved search called “Fish”"):
            change("Fish")
    with pytest.raises(QueryError, match="needs a name"):
        searches.save(SavedSearch("\n\t", "fish"))
    with pytest.raises(QueryError, match="the query is empty"):
        searches.save(SavedSearch("Fish", "  "))


def test_a_name_is_suggested() -> None:
    assert suggested_name("dog  on a beach") == "Dog on a beach"
    assert suggested_name("date:2023\u202e\n") == "Date:2023"
    assert len(suggested_name("x" * 999)) == LONGEST_NAME


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\x00",
        b"[]",
        b'{"version": 1}',
        b'{"version": "x", "entries": []}',
        b"[" * 90_000,
        b'{"version": 1, "entries": [{"name": "a", "text": "", "examples": [{"photo": "/x", '
        b'"region": null, "marked": false, "weight": 1' + b"0" * 400 + b"}]}]}",
    ],
)
def test_a_damaged_file_is_kept_aside(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "searches.json").write_bytes(content)
    searches = SavedSearches(tmp_path)
    assert searches.all == ()
    searches.save(DOGS)
    searches.write()
    assert (tmp_path / "searches.damaged.json").read_bytes() == content
    assert SavedSearches(tmp_path).all == (DOGS,)


def test_what_can_be_read_of_a_damaged_file_counts(searches: SavedSearches) -> None:
    document = json.loads(searches.path.read_text())
    document["entries"][0] = {"name": "Dogs", "text": 7}
    document["entries"] += [None, {"name": "CATS", "text": "another"}]
    searches.path.write_text(json.dumps(document))
    again = SavedSearches(searches.path.parent)
    assert again.all == (CATS, BIRDS)
    assert json.loads(again.aside.read_text()) == document


def test_a_file_that_may_not_be_read_is_left_as_it_is(ordinary_user: Path) -> None:
    kept = SavedSearches(ordinary_user)
    kept.save(DOGS)
    kept.write()
    kept.path.chmod(0)
    again = SavedSearches(ordinary_user)
    assert again.all == ()
    again.save(CATS)
    with pytest.raises(LibraryError, match=r"cannot be read \(Permission denied\)"):
        again.write()
    again.path.chmod(0o600)
    assert SavedSearches(ordinary_user).all == (DOGS,)


def test_the_file_of_a_newer_version_is_left_as_it_is(searches: SavedSearches) -> None:
    document = json.loads(searches.path.read_text())
    document["version"] = 2
    document["entries"].append({"new": "kind"})
    searches.path.write_text(json.dumps(document))
    again = SavedSearches(searches.path.parent)
    assert again.all == (DOGS, CATS, BIRDS)
    again.remove("Dogs")
    with pytest.raises(LibraryNewerError, match="newer InPhotos"):
        again.write()
    assert json.loads(again.path.read_text()) == document
    assert not again.aside.exists()


def test_a_disk_that_refuses_is_told_of_and_tried_again(ordinary_user: Path) -> None:
    kept = SavedSearches(ordinary_user)
    kept.save(DOGS)
    ordinary_user.chmod(0o500)
    with pytest.raises(LibraryError, match="cannot be written"):
        kept.write()
    ordinary_user.chmod(0o700)
    kept.write()
    assert SavedSearches(ordinary_user).all == (DOGS,)


def test_changes_of_many_threads_are_all_written(tmp_path: Path) -> None:
    searches = SavedSearches(tmp_path)

    def save(number: int) -> None:
        searches.save(SavedSearch(f"Search {number}", str(number)))
        searches.write()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(save, range(60)))
    assert set(SavedSearches(tmp_path).all) == set(searches.all)
    assert len(searches.all) == 60
    assert [path.name for path in tmp_path.iterdir()] == ["searches.json"]


def test_the_history_has_the_newest_last_and_each_text_once(tmp_path: Path) -> None:
    history = SearchHistory(tmp_path)
    for text in ("dog", "cat", "  ", "bird", "dog  "):
        history.add(text)
    assert history.texts == ("cat", "bird", "dog")
    history.write()
    assert SearchHistory(tmp_path).texts == ("cat", "bird", "dog")


def test_a_history_that_is_cleared_is_not_kept_where_a_repair_has_put_it(tmp_path: Path) -> None:
    for name in ("history.damaged.json", "history.damaged-20261122-101500.json"):
        (tmp_path / name).write_text('{"version": 1, "entries": ["cat", 7')
    (tmp_path / "searches.damaged.json").write_text("{")
    history = SearchHistory(tmp_path)
    history.add("dog")
    history.clear()
    history.write()
    assert {path.name for path in tmp_path.iterdir()} == {"history.json", "searches.damaged.json"}


def test_the_history_forgets_what_is_long_ago(tmp_path: Path) -> None:
    history = SearchHistory(tmp_path)
    for number in range(MOST + 5):
        history.add(str(number))
    assert len(history.texts) == MOST
    assert (history.texts[0], history.texts[-1]) == ("5", str(MOST + 4))


def test_a_history_written_by_hand_is_brought_into_order(tmp_path: Path) -> None:
    entries = ["dog", "cat", 7, "dog", *map(str, range(MOST - 2))]
    (tmp_path / "history.json").write_text(json.dumps({"version": 1, "entries": entries}))
    texts = SearchHistory(tmp_path).texts
    assert texts[:3] == ("cat", "dog", "0")
    assert len(texts) == MOST


def test_a_history_that_is_cleared_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "history.json").write_text("{ my secret")
    history = SearchHistory(tmp_path)
    history.add("another secret")
    history.write()
    history.clear()
    history.write()
    assert history.texts == ()
    assert [path.name for path in tmp_path.iterdir()] == ["history.json"]
    assert "secret" not in (tmp_path / "history.json").read_text()


def test_a_library_writes_what_is_left_when_it_is_closed(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", model="demo") as library:
        library.searches.save(DOGS)
        library.history.add("dog")
    with Library.open(tmp_path / "library", model="demo") as library:
        assert library.searches.all == (DOGS,)
        assert library.history.texts == ("dog",)
