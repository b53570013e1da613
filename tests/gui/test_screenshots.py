"""Each state of the window can be shown, in both themes, without a word of warning from Qt."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageStat
from PyQt6.QtCore import qWarning
from PyQt6.QtWidgets import QApplication
from screenshots.states import all_states, states_with
from screenshots.studio import Plan, State, StateError, Studio
from take_screenshots import PICTURES, main

from inphotos.gui.style import Appearance

#: Some that match the query, and some of other kinds.
SOME = (
    *(f"sunset-over-the-sea-0{number}" for number in range(1, 7)),
    "volcano-01",
    "cat-01",
    "dog-01",
    "bicycle-01",
    "windmill-01",
)


@pytest.fixture(scope="module")
def few_pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with twelve of the bundled pictures, one of them a copy."""
    folder = tmp_path_factory.mktemp("pictures")
    for name in SOME:
        shutil.copyfile(PICTURES / f"{name}.jpg", folder / f"{name}.jpg")
    shutil.copyfile(PICTURES / f"{SOME[-1]}.jpg", folder / "copy.jpg")
    return folder


@pytest.fixture(scope="module")
def studio(
    qapp: QApplication,
    session_appearance: Appearance,
    few_pictures: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Studio:
    """A studio that works on few pictures and waits for no more than it must."""
    place = tmp_path_factory.mktemp("studio")
    plan = Plan(place / "shots", few_pictures, rest_s=0.03)
    return Studio(qapp, session_appearance, plan, place)


@pytest.mark.parametrize("state", all_states(), ids=lambda state: state.name)
@pytest.mark.usefixtures("appearance")
def test_a_state_is_shown_in_both_themes_and_qt_has_nothing_to_say(
    studio: Studio, state: State
) -> None:
    before = len(studio.taken)

    studio.take(state)

    taken = studio.taken[before:]
    assert [path.stem for path in taken] == [
        f"{picture}-{theme}" for picture in state.pictures for theme in ("light", "dark")
    ]
    for light, dark in zip(taken[::2], taken[1::2], strict=True):
        assert _brightness(light) > _brightness(dark)


def _brightness(path: Path) -> float:
    with Image.open(path) as picture:
        return ImageStat.Stat(picture.convert("L")).mean[0]


def test_a_warning_of_qts_is_an_error_that_names_the_state(studio: Studio) -> None:
    odd = State("odd", (), lambda _: qWarning("Something is odd."))

    with pytest.raises(StateError, match=r"^odd: Qt warned: Something is odd\.$"):
        studio.take(odd)


def test_a_state_takes_the_pictures_that_it_names(studio: Studio) -> None:
    with pytest.raises(StateError, match=r"^odd: took"):
        studio.take(State("odd", ("odd",), lambda _: None))


def test_states_and_their_pictures_have_names_of_their_own() -> None:
    pictures = [picture for state in all_states() for picture in state.pictures]

    assert len(pictures) == len(set(pictures))
    assert [state.name for state in states_with("compare")] == ["viewer"]


def test_the_script_takes_sharp_pictures_at_2x(few_pictures: Path, tmp_path: Path) -> None:
    script = Path(main.__code__.co_filename)
    wanted = ["--only", "library-error", "--theme", "light", "--scale", "2"]

    run = subprocess.run(
        [sys.executable, script, tmp_path, "--pictures", few_pictures, *wanted],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (run.returncode, run.stderr) == (0, "")
    assert [path.name for path in tmp_path.iterdir()] == ["library-error-light@2x.png"]
    with Image.open(tmp_path / "library-error-light@2x.png") as picture:
        assert picture.size == (2160, 1440)


def test_the_script_lists_the_states(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0

    told = capsys.readouterr().out
    assert [line.split()[0] for line in told.splitlines()] == [s.name for s in all_states()]


def test_the_script_knows_no_other_states(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["--only", "nothing-like-this"])

    assert "there is no state or picture named nothing-like-this" in capsys.readouterr().err
