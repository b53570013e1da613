"""The dialogs about folders: how each one is, and what is left out of it."""

from __future__ import annotations

from pathlib import Path

from gui.helpers import shown, until, until_idle
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from inphotos.gui.breaks import whole
from inphotos.gui.dialogs.exclusions import ExclusionsDialog
from inphotos.gui.main_window import MainWindow
from inphotos.gui.settings_dialog.folders_panel import FoldersPanel
from inphotos.library import FolderStatus
from inphotos.photos.watch import WatchProblem

LEFT = Qt.MouseButton.LeftButton
ROOT = Path("/photos")


def states(dialog: FoldersPanel) -> list[str]:
    return [item.text(2) for _, item in dialog.list.rows()]


def open_exclusions(qtbot: QtBot, window: MainWindow) -> ExclusionsDialog:
    """Open the dialog of the first folder by its button."""
    window.settings.show("folders")
    dialog = window.folders.panel
    dialog.list.topLevelItem(0).setSelected(True)
    qtbot.mouseClick(dialog.exclude_button, LEFT)
    (found,) = dialog.findChildren(ExclusionsDialog)
    return found


def test_the_state_of_a_folder_in_words(
    qtbot: QtBot, followed: MainWindow, pictures: Path, tmp_path: Path
) -> None:
    dialog = followed.folders.panel
    followed.settings.show("folders")
    assert states(dialog) == ["Ready"]
    followed.session.index()
    assert states(dialog) == ["Indexing…"]
    until(qtbot, lambda: states(dialog) == ["Ready"])
    for name in ("photo00.jpg", "photo01.jpg", "photo02.jpg", "photo03.jpg", "photo04.jpg"):
        (pictures / name).unlink()
    until(qtbot, lambda: states(dialog) == ["5 missing"])
    assert dialog.missing_button.text() == "Remove 5 Missing"
    qtbot.mouseClick(dialog.missing_button, LEFT)
    until(qtbot, lambda: states(dialog) == ["Ready"])
    assert not dialog.missing_button.isVisible()
    assert dialog.list.topLevelItem(0).text(1) == "15"
    pictures.rename(tmp_path / "away")
    until(qtbot, lambda: states(dialog) == ["Offline"])


def test_a_folder_that_cannot_be_watched_says_why(qtbot: QtBot) -> None:
    dialog = FoldersPanel()
    qtbot.addWidget(dialog)
    status = FolderStatus(ROOT, 7, 0, True, ())
    problem = WatchProblem(ROOT, "There are too many folders.")
    dialog.show_folders([status], lambda _: False, [problem], ())
    item = dialog.list.topLevelItem(0)
    assert (item.text(2), item.toolTip(2)) == (
        "Watching not possible",
        "There are too many folders.",
    )
    assert "There are too many folders." in item.data(0, Qt.ItemDataRole.AccessibleTextRole)


def test_photos_in_the_cloud_are_counted_and_named(
    qtbot: QtBot, followed: MainWindow, pictures: Path
) -> None:
    followed.settings.show("folders")
    label = followed.folders.panel.cloud_label
    assert not label.isVisible()
    # What Nextcloud leaves in the place of a photo that is not here.
    (pictures / "far.jpg.nextcloud").write_bytes(b"")
    (pictures / "trip").mkdir()
    (pictures / "trip" / "away.jpg.nextcloud").write_bytes(b"")
    followed.session.index()
    until(qtbot, lambda: label.text() == "2 photos are in the cloud only and were not opened.")
    assert [Path(line).parent for line in whole(label.toolTip()).splitlines()] == [
        pictures,
        pictures / "trip",
    ]
    # A run that looks at a part changes what it says of that part only.
    (pictures / "trip" / "away.jpg.nextcloud").unlink()
    followed.session.runs.look_again({pictures: frozenset({"trip"})})
    until(qtbot, lambda: label.text() == "1 photo is in the cloud only and was not opened.")


def test_only_some_of_many_photos_in_the_cloud_are_named(qtbot: QtBot) -> None:
    dialog = FoldersPanel()
    qtbot.addWidget(dialog)
    many = {ROOT / f"{number}.jpg" for number in range(50)}
    dialog.show_folders((), lambda _: False, (), many)
    assert dialog.cloud_label.toolTip().splitlines()[-1] == "…"


def test_a_part_of_a_folder_can_be_left_out_and_taken_back(
    qtbot: QtBot, followed: MainWindow
) -> None:
    dialog = open_exclusions(qtbot, followed)
    qtbot.keyClicks(dialog.field, "photo0?.jpg")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert dialog.trouble.text() == ""
    qtbot.mouseClick(dialog.apply_button, LEFT)
    until_idle(qtbot, followed, photos=10)
    assert {result.path.name[5] for result in shown(followed)} == {"1"}
    assert followed.notice.text == ""

    until(qtbot, lambda: not followed.folders.panel.findChildren(ExclusionsDialog))
    dialog = open_exclusions(qtbot, followed)
    assert dialog.field.toPlainText() == "photo0?.jpg"
    dialog.field.selectAll()
    qtbot.keyClick(dialog.field, Qt.Key.Key_Delete)
    qtbot.mouseClick(dialog.apply_button, LEFT)
    until_idle(qtbot, followed, photos=20)


def test_a_pattern_that_makes_no_sense_is_told_of_while_it_is_typed(qtbot: QtBot) -> None:
    dialog = ExclusionsDialog(ROOT, ["old/"])
    qtbot.addWidget(dialog)
    assert dialog.apply_button.isEnabled()
    dialog.field.setPlainText("old/\n\n../private")
    assert "../private" in dialog.trouble.text()
    assert not dialog.apply_button.isEnabled()
    dialog.field.setPlainText("old/\n\nprivate")
    assert dialog.trouble.text() == ""
    with qtbot.waitSignal(dialog.chosen) as chosen:
        qtbot.mouseClick(dialog.apply_button, LEFT)
    assert chosen.args == [ROOT, ["old/", "private"]]
