"""Photos, folders, tags and searches of which the names are made to break who shows them."""

from __future__ import annotations

import shutil
from pathlib import Path
from xml.sax.saxutils import escape

from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QMessageBox, QToolTip, QWidget

from inphotos.library import SavedSearch
from screenshots.photos import XMP, some_of, write_details
from screenshots.states import shows
from screenshots.studio import SIZE, Studio

HTML = "<img src='file:x.png'><b>Q&A"
LONG = "very long " * 400
NAMES = (
    f"{HTML}.jpg",
    "two\nlines" + "\u0301" * 90 + ".jpg",
    "\x1b[31mred\x07 %s {0} $HOME.jpg",
    "\u202egpj.exe.jpg",
    "x" * 251 + ".jpg",
    "plain.jpg",
)
TAGS = (HTML, "\u202egat", "w" * 100, "{0} %s & x", "two\nlines", "e" + "\u0301" * 99)


@shows(
    "hostile-names",
    "hostile-tip",
    "hostile-search",
    "hostile-information",
    "hostile-long",
    "hostile-viewer",
    "hostile-compare",
    "hostile-failures",
    "hostile-folders",
    "hostile-question",
)
def hostile(studio: Studio) -> None:
    """What the window makes of them: nothing but text, cut off where there is no room."""
    folder = _album(studio.place / "Hostile", studio.plan.pictures)
    with studio.window(indexed=[folder]) as window:
        grid, panel = window.grid, window.info.panel
        searches = window.session.library.searches
        for name in (HTML, f"\u202e{{0}}\x07 & {'w' * 300}"):
            searches.save(SavedSearch(name, "a dog"))
        window.memory.saved.changed.emit()
        photos = {photo.path.name: photo for photo in grid.model().results}
        window.marks.change_tags([photos[NAMES[0]], photos["plain.jpg"]], TAGS, ())
        studio.wait_for_answer(window)
        studio.save(window, "hostile-names")
        index = grid.model().index(grid.model().results.index(photos[NAMES[0]]))
        studio.save(_tip(studio, window, index.data(Qt.ItemDataRole.ToolTipRole)), "hostile-tip")
        QToolTip.hideText()
        window.search_for(f'tag:"{HTML}" -tag:"{"w" * 100}" name:"{HTML} {LONG[:200]}"')
        studio.wait_for_answer(window)
        studio.save(window, "hostile-search")
        window.show_everything()
        studio.wait_for_answer(window)
        window.info.action.trigger()
        window.resize(window.width(), 1500)
        for name, picture in ((NAMES[0], "hostile-information"), ("plain.jpg", "hostile-long")):
            grid.setCurrentIndex(grid.model().index(_row(window, name)))
            studio.wait(lambda: panel.facts.rows.get("file"))
            studio.wait(lambda: window.marks_box.editor.chips)
            studio.wait_for_thumbnails(window)
            studio.save(window, picture)
        window.resize(window.width(), SIZE[1])
        window.info.action.trigger()
        shown = grid.model().results
        window.viewer.open(shown, _row(window, NAMES[4]))
        studio.wait(lambda: window.viewer.canvas.is_sharp)
        studio.save(window, "hostile-viewer")
        window.viewer.compare_photos([photos[name] for name in NAMES[:4]])
        studio.wait(lambda: all(pane.canvas.is_sharp for pane in window.viewer.compare.panes))
        studio.save(window, "hostile-compare")
        window.viewer.leave()
        window.dialogs.show_failures()
        studio.save(window.dialogs.failures, "hostile-failures")
        window.dialogs.failures.close()
        window.settings.show("folders")
        studio.save(window.settings.dialog, "hostile-folders")
        window.settings.dialog.close()
        window.folders.ask_to_forget(folder)
        box = window.findChild(QMessageBox)
        studio.save(box, "hostile-question")
        box.close()


def _album(place: Path, pictures: Path) -> Path:
    """Write photos of these names, two that cannot be read, and one that says a lot of itself."""
    folder = place / f"{HTML} \u202e\n"
    folder.mkdir(parents=True)
    for picture, name in zip(some_of(pictures, len(NAMES)), NAMES, strict=True):
        photo = shutil.copyfile(picture, folder / name)
        said = escape(HTML) if name == NAMES[0] else LONG
        xmp = XMP.replace("Over the river", said).replace("The evening", said)
        write_details(photo, xmp=xmp.replace("holiday", said))
    for name in (f"{HTML}\n\u202e.png", "y" * 251 + ".png"):
        (folder / name).write_bytes(b"\x89PNG\r\n\x1a\n")
    return folder


def _row(window: QWidget, name: str) -> int:
    names = [photo.path.name for photo in window.grid.model().results]
    return names.index(name)


def _tip(studio: Studio, window: QWidget, text: str) -> QWidget:
    """Show a tool tip, and return what shows it."""
    QToolTip.showText(window.mapToGlobal(QPoint(200, 200)), text, window)
    studio.wait(QToolTip.isVisible)
    tips = studio.application.topLevelWidgets()
    return next(tip for tip in tips if tip.inherits("QTipLabel") and tip.isVisible())
