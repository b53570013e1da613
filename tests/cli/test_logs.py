"""The log names no file and no search, unless somebody wants it to."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import MakePhoto

from inphotos.cli import main
from inphotos.cli.logs import Discreet
from inphotos.redacting import describe

#: Parts of names of files and of a search, none of which is in the code.
PRIVATE = ("zwetschge", "mirabelle", "quitte", "holunder", "brombeere")


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that is logged at all, as it would be written."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Discreet())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(before)


def leaked(text: str) -> list[str]:
    return [word for word in PRIVATE if word in text.lower()]


def test_neither_names_nor_searches_are_logged(
    tmp_path: Path, tiny_clip: Path, make_photo: MakePhoto, log: io.StringIO
) -> None:
    home = tmp_path / "Zwetschge"
    photos = home / "Mirabelle"
    make_photo(photos / "Quitte 1.jpg")
    (photos / "Quitte 2.jpg").write_bytes(b"no photo")
    library = home / "library"
    words = ["--library", str(library), "--model", str(tiny_clip)]

    assert main([*words, "index", str(photos)]) == 0
    # What is damaged is logged by its path.
    (library / "searches.json").write_text("quitte")
    for file in (*library.glob("vectors/*"), *library.glob("alike/*")):
        file.write_bytes(b"holunder")
    assert main([*words, "search", "holunder in bloom"]) == 0
    assert main([*words, "search", "like:Brombeere.jpg"]) == 2
    assert main([*words, "similar", str(photos / "Quitte 2.jpg")]) == 2
    assert main([*words, "index", str(home / "Brombeere")]) == 2

    said = log.getvalue()
    assert leaked(said) == []
    assert "inphotos.library.kept_list: … cannot be read: …" in said or "makes no sense" in said
    assert "inphotos.cli: details:" in said
    assert "FolderError" in said


@pytest.mark.parametrize(
    "write",
    [
        lambda log: log.warning("%s cannot be read: %s", Path("Quitte.jpg"), "holunder"),
        lambda log: log.warning("%(name)s is %(size)d", {"name": "quitte", "size": 7}),
        lambda log: log.warning("%d of them", "quitte"),
        lambda log: log.warning("%s", OSError(2, "not there", "Quitte.jpg")),
        lambda log: log.warning("%r", ["quitte"]),
        lambda log: log.warning("failed", exc_info=KeyError("quitte")),
        lambda log: logging.getLogger("PIL.Image").warning("reading Quitte.jpg"),
        lambda log: logging.getLogger("PIL.Image").warning("reading %s", "Quitte.jpg"),
        lambda log: warnings.warn("Quitte.jpg is odd", stacklevel=1),
    ],
)
@pytest.mark.filterwarnings("default")
def test_a_line_has_no_room_for_what_is_the_users(
    write: Callable[[logging.Logger], object], log: io.StringIO
) -> None:
    logging.captureWarnings(True)
    try:
        write(logging.getLogger("inphotos.any"))
    finally:
        logging.captureWarnings(False)

    assert log.getvalue()
    assert leaked(log.getvalue()) == []


def test_a_line_tells_what_is_not_the_users(log: io.StringIO) -> None:
    logging.getLogger("inphotos.any").warning("%d of %s: %s", 7, "quitte", OSError(2, "", "quitte"))

    assert log.getvalue() == "inphotos.any: 7 of …: FileNotFoundError\n"


def test_crash_reports_say_as_little(tmp_path: Path, tiny_clip: Path) -> None:
    from inphotos.errors import InPhotosError
    from inphotos.library import Library

    with Library.open(tmp_path / "Zwetschge", model=str(tiny_clip)) as library:
        for fail in (
            lambda: library.add_folder(tmp_path / "Mirabelle"),
            lambda: library.search("like:/quitte/brombeere.jpg holunder"),
            lambda: library.use_model("quitte"),
        ):
            with pytest.raises(InPhotosError) as caught:
                fail()
            text = describe(caught.value)
            assert leaked(text) == []
            assert "inphotos/library/" in text


@pytest.mark.parametrize("wanted", [False, True])
def test_names_are_logged_for_who_wants_them(
    tmp_path: Path, wanted: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr(logging.root, "handlers", [])  # those of pytest
    monkeypatch.setattr(logging.root, "level", logging.WARNING)
    monkeypatch.setattr(logging, "raiseExceptions", True)
    words = ["--log-names"] if wanted else []
    library = ["--library", str(tmp_path / "library")]

    assert main([*library, "-v", *words, "--model", "demo", "similar", "Quitte.jpg"]) == 2

    lines = capsys.readouterr().err.splitlines()
    [told] = [line for line in lines if line.startswith("inphotos: ")]
    assert "Quitte.jpg" in told  # the answer to who asked for it
    lines.remove(told)
    assert any("details:" in line for line in lines)
    assert bool(leaked("\n".join(lines))) is wanted
