"""Backups, as the window tells of them."""

from __future__ import annotations

from inphotos.library import SavedSearch
from inphotos.library.backups import read
from screenshots.states import shows
from screenshots.studio import Studio


@shows("library-menu", "backed-up", "restored")
def backups(studio: Studio) -> None:
    """The menu with backups, one that was written, and what was restored from it elsewhere."""
    path = studio.place / "InPhotos backup 2026-11-22.json"
    with studio.window(indexed=[studio.plan.pictures]) as window:
        studio.wait_for_answer(window)
        window.marks.rate(window.grid.model().results[:12], 4)
        window.session.library.searches.save(SavedSearch("Sea", "sunset over the sea"))
        window.memory.saved.changed.emit()
        studio.wait(lambda: window.notice.text)
        menu = window.menuBar().actions()[0].menu()
        menu.popup(window.mapToGlobal(window.rect().topLeft()))
        studio.save(menu, "library-menu")
        menu.close()
        window.backing_up.write(path)
        studio.wait(lambda: "Backed up" in window.notice.text)
        studio.save(window, "backed-up")
    with studio.window() as window:
        window.backing_up.restore(read(path))
        studio.wait(lambda: "Restored" in window.notice.text)
        studio.save(window, "restored")
