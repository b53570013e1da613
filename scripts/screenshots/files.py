"""What is done with photos as files, and what becomes of files that go away."""

from __future__ import annotations

import shutil
from dataclasses import replace

from inphotos.events import Progress
from inphotos.gui.dialogs.exclusions import ExclusionsDialog
from screenshots.photos import some_of, write_details
from screenshots.states import shows
from screenshots.studio import Studio


@shows("exporting", "exported", "not-copied-notice", "not-copied")
def exporting(studio: Studio) -> None:
    """Copying: on its way, done, and where some photos could not be copied."""
    with studio.window(indexed=[studio.plan.pictures]) as window:
        studio.wait_for_answer(window)
        copying, photos = window.files.exporting, window.grid.model().results
        # It would be over before the picture is taken: how far it is is made up.
        copying.bar.begin("Copying 42 photos to Holiday")
        copying.bar.set_waiting(1)
        copying.bar.show_progress(Progress("exporting", 118_000_000, 302_000_000, 7e6, 26))
        studio.save(window, "exporting")
        copying.bar.hide()
        copying.export(photos[:42], studio.place / "Holiday")
        studio.wait(lambda: "copied to" in window.notice.text)
        studio.save(window, "exported")
        gone = [replace(photo, path=studio.place / photo.path.name) for photo in photos[2:5]]
        copying.export([*photos[:2], *gone], studio.place / "Album")
        studio.wait(lambda: "could not be copied" in window.notice.text)
        studio.save(window, "not-copied-notice")
        window.notice.button.click()
        studio.save(copying.dialog, "not-copied")
        copying.dialog.close()


@shows("trash-notice", "photo-menu")
def trash(studio: Studio) -> None:
    """What is said of photos in the trash, and the menu with what can be done."""
    kept = studio.place / "Kept"
    shutil.copytree(studio.plan.pictures, kept)
    with studio.window(indexed=[kept]) as window:
        window.grid.enter()
        window.commands.run("trash", window.grid.model().results[2:3])
        studio.wait(lambda: "trash" in window.notice.text)
        left = len(list(kept.iterdir()))
        studio.wait(lambda: window.session.snapshot.folders[0].photos == left)
        studio.wait_for_answer(window)
        studio.save(window, "trash-notice")
        menu = window.commands.menu(window.grid.model().results[:1])
        menu.popup(window.mapToGlobal(window.rect().center()))
        studio.save(menu, "photo-menu")
        menu.close()


@shows("changes", "settings-folders", "leave-out", "waiting")
def changes(studio: Studio) -> None:
    """Photos that vanished, a drive that is away, and the folders in the settings."""
    kept, away = studio.place / "Pictures", studio.place / "Memory Card"
    some = some_of(studio.plan.pictures, 20)
    most = len(some) * 3 // 5
    for folder, pictures in ((kept, some[:most]), (away, some[most:])):
        folder.mkdir()
        for picture in pictures:
            write_details(shutil.copyfile(picture, folder / picture.name))
    with studio.window(indexed=[kept, away]) as window:
        for photo in sorted(kept.iterdir())[:4]:
            photo.unlink()
        away.rename(studio.place / "elsewhere")
        window.session.index()
        studio.wait(lambda: "vanished" in window.notice.text)
        studio.wait(lambda: {p.presence for p in window.search.rows} >= {"missing", "offline"})
        studio.wait_for_answer(window)
        studio.save(window, "changes")
        panel = window.folders.panel
        window.settings.show("folders")
        panel.list.topLevelItem(0).setSelected(True)
        studio.save(window.settings.dialog, "settings-folders")
        panel.exclude_button.click()
        exclusions = panel.findChild(ExclusionsDialog)
        exclusions.field.setPlainText("drafts/\n*.png\n/home/me/old")
        studio.save(exclusions, "leave-out")
        exclusions.close()
        window.settings.dialog.close()
        # This machine need not have a battery: the state is made up for the picture.
        window.footer.set_indexing("waiting")
        studio.save(window.footer, "waiting")
