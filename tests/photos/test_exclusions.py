"""What is passed over below a folder, by default and by the user's patterns."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

from inphotos.errors import FolderError
from inphotos.photos import exclusions
from inphotos.photos.exclusions import Exclusions, check_pattern, is_hidden, self_and_parents


def native(path: str) -> str:
    return path.replace("/", os.sep)


@pytest.mark.parametrize(
    "name",
    [
        ".Trash-1000",
        ".thumbnails",
        ".dropbox.cache",
        "@eaDir",
        "$RECYCLE.BIN",
        "System Volume Information",
        "node_modules",
        "__MACOSX",
        "#recycle",
        "lost+found",
    ],
)
def test_hidden_and_system_directories_are_excluded_at_every_depth(name: str) -> None:
    always = Exclusions()
    assert always.excludes_directory(name)
    assert always.excludes_directory(native(f"trips/2019/{name}"))
    assert always.excludes_below(native(f"trips/{name}/2019"))
    assert Exclusions((f"!{name}",)).excludes_directory(name)


@pytest.mark.parametrize("name", ["trips", "a.b", "$money", "@home", "eaDir", "node_modules2"])
def test_ordinary_directories_are_not_excluded(name: str) -> None:
    assert not Exclusions().excludes_directory(name)
    assert not Exclusions().excludes_below(native(f"trips/{name}"))
    assert not Exclusions().excludes_photo(native(f"trips/{name}/a.jpg"))


#: Patterns as in .gitignore files; directories and photos that they exclude and that they do not.
CASES = [
    (["old/"], ["old/", "trip/old/"], ["old.jpg", "older/", "old"]),
    (["old"], ["old/", "trip/old/", "old"], ["old.jpg", "older/"]),
    (["trip/2019"], ["trip/2019/"], ["home/trip/2019/", "trip/", "trip/2019b/"]),
    (["*.png"], ["a.png", "trip/a.png"], ["a.jpg", "png/"]),
    (["trip/*.png"], ["trip/a.png"], ["a.png", "trip/sub/a.png"]),
    (["**/tmp?"], ["tmp1/", "trip/tmp2/"], ["tmp/", "tmp12/"]),
    (["trip/**/raw/"], ["trip/raw/", "trip/a/b/raw/"], ["raw/"]),
    (["IMG_[0-4]*"], ["IMG_0.jpg", "trip/IMG_42.jpg"], ["IMG_5.jpg"]),
    (["*.png", "!keep.png"], ["a.png"], ["keep.png", "trip/keep.png"]),
    (["#mine", "a b.jpg"], ["#mine/", "trip/a b.jpg"], ["mine/", "b.jpg"]),
    (["[odd"], [], ["[odd", "odd"]),
]


@pytest.mark.parametrize(("patterns", "excluded", "kept"), CASES)
def test_patterns_work_as_in_a_gitignore_file(
    patterns: list[str], excluded: list[str], kept: list[str]
) -> None:
    chosen = Exclusions(tuple(patterns))

    def is_excluded(path: str) -> bool:
        if path.endswith("/"):
            return chosen.excludes_directory(native(path[:-1]))
        return chosen.excludes_photo(native(path))

    assert [path for path in excluded if not is_excluded(path)] == []
    assert [path for path in kept if is_excluded(path)] == []


@pytest.mark.parametrize(("patterns", "excluded", "kept"), CASES)
def test_git_agrees_on_what_the_patterns_mean(
    tmp_path: Path, patterns: list[str], excluded: list[str], kept: list[str]
) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not here to ask")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    lines = [f"\\{line}" if line.startswith("#") else line for line in patterns]
    (tmp_path / ".gitignore").write_text("\n".join(lines))
    for path in (*excluded, *kept):
        asked = ["git", "-C", str(tmp_path), "check-ignore", "-q", "--no-index", path]
        answer = subprocess.run(asked, stdin=subprocess.DEVNULL).returncode
        assert answer == (0 if path in excluded else 1), path


@pytest.mark.parametrize("ignores_case", [True, False])
def test_case_counts_where_it_counts_to_the_system(
    monkeypatch: pytest.MonkeyPatch, ignores_case: bool
) -> None:
    monkeypatch.setattr(exclusions, "_IGNORES_CASE", ignores_case)
    exclusions._compile.cache_clear()
    chosen = Exclusions(("Old/",))
    assert chosen.excludes_directory("Old")
    assert chosen.excludes_directory("OLD") is ignores_case
    exclusions._compile.cache_clear()


@pytest.mark.parametrize(
    ("typed", "taken"),
    [(" old/ ", "old/"), ("#recycle", "#recycle"), ("!keep.png", "!keep.png"), ("a..b", "a..b")],
)
def test_a_good_pattern_is_taken_without_the_spaces_around_it(typed: str, taken: str) -> None:
    assert check_pattern(typed) == taken


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "is empty"),
        ("   ", "is empty"),
        ("/home/me/photos", "is a full path"),
        ("~/photos", "is a full path"),
        ("C:/photos", "is a full path"),
        ("//server/share", "is a full path"),
        ("!/keep", "is a full path"),
        ("../other", "leads out of the folder"),
        ("trip/../..", "leads out of the folder"),
        ("!", "matches nothing"),
        ("[odd", "matches nothing"),
        ("a\nb", "matches nothing"),
    ],
)
def test_a_bad_pattern_is_refused_with_a_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(FolderError, match=sentence) as caught:
        check_pattern(typed)
    assert "\n" not in str(caught.value)


def test_the_parents_of_a_path_end_below_the_root() -> None:
    path = native("a/b/c")
    assert list(self_and_parents(path)) == [path, native("a/b"), "a"]
    assert list(self_and_parents("")) == []


def test_what_windows_and_macos_hide_is_known(tmp_path: Path) -> None:
    assert not is_hidden(tmp_path.stat())
    # Python has these fields on those systems only.
    assert is_hidden(SimpleNamespace(st_file_attributes=stat.FILE_ATTRIBUTE_HIDDEN))
    assert is_hidden(SimpleNamespace(st_flags=stat.UF_HIDDEN))
    assert not is_hidden(SimpleNamespace(st_file_attributes=stat.FILE_ATTRIBUTE_SYSTEM))
