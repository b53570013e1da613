"""What the commands print of photos whose names and metadata are made to break a terminal."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile_names import HTML, NAMES, TEXTS, make_album

from inphotos.cli import main
from inphotos.library import Library
from inphotos.library.export_names import cleaned
from inphotos.library.searches import SavedSearch
from inphotos.search.language.parser import parse
from inphotos.search.language.written import exact_filter

Say = Callable[..., tuple[str, str]]


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return make_album(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory, tiny_clip: Path, album: list[Path]) -> Path:
    """The directory of a library with the album, each photo of it with a tag."""
    directory = tmp_path_factory.mktemp("library") / "library"
    with Library.open(directory, model=str(tiny_clip)) as library:
        library.use_model(str(tiny_clip))
        library.add_folder(album[0].parents[1])
        list(library.index())
        (photo, *_) = library.browse(top=1).results
        library.marks.add_tags([photo.photo_id], [HTML, "\u202etag", "{0} %s"])
        library.searches.save(SavedSearch(f"{HTML}\u202e", "cat"))
    return directory


@pytest.fixture
def say(indexed: Path, capfd: pytest.CaptureFixture[str]) -> Say:
    """Run a command and return what it prints on stdout and on stderr."""

    def run(*words: object) -> tuple[str, str]:
        capfd.readouterr()
        assert main(["--library", str(indexed), *map(str, words)]) in (0, 1)
        said = capfd.readouterr()
        return said.out, said.err

    return run


def is_clean(text: str) -> bool:
    """Tell whether a terminal shows a text as it is: no escapes, overrides, halves of letters."""
    wrong = ("Cc", "Cf", "Cs", "Zl", "Zp")
    return all(char == "\n" or unicodedata.category(char) not in wrong for char in text)


def test_every_photo_is_one_line_that_no_name_can_forge(say: Say, album: list[Path]) -> None:
    out, err = say("search", "a cat", "--top", 100)
    assert is_clean(out + err)
    lines = out.splitlines()
    assert len(lines) == len(album)
    assert all(re.match(r" *\d+  +-?[\d.]+  (strong|maybe|none) ", line) for line in lines)


def test_names_and_texts_survive_in_json_byte_for_byte(say: Say, album: list[Path]) -> None:
    out, _ = say("--json", "search", "a cat", "--top", 100)
    assert is_clean(out)
    found = {os.fsencode(row["path"]) for row in json.loads(out)["results"]}
    assert found == {os.fsencode(path) for path in album}


def test_what_files_say_of_themselves_is_shown_line_by_line(say: Say, album: list[Path]) -> None:
    for path in album[-len(TEXTS) :]:
        out, err = say("info", path)
        assert is_clean(out + err)
        names = [line.split(" ", 1)[0] for line in out.splitlines()]
        assert {"camera", "title", "keywords"} <= set(names)
        assert len(set(names)) == len(names), "a text has made a line of its own"


def test_a_photo_that_cannot_be_read_is_named_in_one_line(
    tmp_path: Path, tiny_clip: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    name = b"cut \x1b[2J\noff \xff.jpg"
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / os.fsdecode(name)).write_bytes(b"\xff\xd8\xff")
    words = ["--library", str(tmp_path / "library"), "--model", str(tiny_clip)]
    assert main([*words, "index", str(tmp_path / "photos")]) == 0
    said = capfd.readouterr()
    assert is_clean(said.out + said.err)
    assert len([line for line in said.err.splitlines() if "cut" in line and "off" in line]) == 1
    assert main([*words, "--json", "index", str(tmp_path / "photos")]) == 0
    [failure] = json.loads(capfd.readouterr().out)["failed"]
    assert os.fsencode(failure["path"]).endswith(name)


def test_lists_of_commands_hold_no_escapes(say: Say) -> None:
    for words in (("status",), ("searches", "list"), ("duplicates",), ("doctor",)):
        out, err = say(*words)
        assert is_clean(out + err)
        json.loads(say("--json", *words)[0])


def test_copies_keep_their_names_and_lie_where_they_were_wanted(
    say: Say, album: list[Path], tmp_path: Path
) -> None:
    copies = tmp_path / "copies"
    out, err = say("export", copies, "ext:jpg", "--top", 100)
    assert is_clean(out + err)
    copied = {path.name for path in copies.iterdir() if path.suffix == ".jpg"}
    assert copied == {path.name for path in album}
    assert [path for path in tmp_path.iterdir() if path != copies] == []


def test_cleaned_names_lead_nowhere_and_every_system_takes_them() -> None:
    names = (*map(os.fsdecode, NAMES), *TEXTS, "..", "../../x.jpg", "/etc/passwd", "nul", "a\0.jpg")
    for name in map(cleaned, names):
        assert name == Path(name).name
        assert not re.search(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]', name)
        assert not re.match(r"(?i)(con|prn|aux|nul)(\.|$)", name)
        assert not name.endswith((" ", "."))
        assert 0 < len(os.fsencode(name)) <= 255


def test_a_suggested_filter_means_what_it_was_made_of() -> None:
    for text in (*TEXTS, *map(os.fsdecode, NAMES)):
        written = exact_filter("camera", text)
        query = parse(f"{written} cat")
        assert [concept.text for concept in query.concepts] == ["cat"]
        assert len(query.filters) == bool(written)
        assert not written or query.filters[0].condition.pattern == f"={text}"
