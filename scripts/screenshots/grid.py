"""What is found, and the grid that it is shown in."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtGui import QMouseEvent
from PyQt6.QtWidgets import QMenu

from inphotos.gui.marks.box import MarksBox
from inphotos.gui.marks.dialog import TagDialog
from screenshots.photos import copy_of
from screenshots.states import shows
from screenshots.studio import Studio


@shows("browse", "results", "no-match", "similar", "notice")
def results(studio: Studio) -> None:
    """All photos, the answer to words, nothing that fits, and photos like one photo."""
    plan = studio.plan
    with studio.window(indexed=[plan.pictures], demo=True) as window:
        studio.wait_for_answer(window)
        studio.save(window, "browse")
        for picture, words in (("results", plan.query), ("no-match", "a page of sheet music")):
            window.search_for(words)
            studio.wait_for_answer(window, words)
            window.grid.setCurrentIndex(window.grid.model().index(0, 0))
            studio.save(window, picture)
        window.examples.find_similar(window.grid.current_result().path)
        studio.wait_for_answer(window, "similar")
        studio.save(window, "similar")
        window.notice.tell("Indexing is stopped.", "Go On", window.session.index, sign="info")
        studio.save(window, "notice")


@shows("hover", "selected", "large-tiles", "small-tiles")
def selected(studio: Studio) -> None:
    """Photos under the pointer, selected, and at other sizes."""
    with studio.window(indexed=[studio.plan.pictures]) as window:
        window.search_for(studio.plan.query)
        studio.wait_for_answer(window, studio.plan.query)
        grid, nothing = window.grid, Qt.MouseButton.NoButton
        place = QPointF(grid.visualRect(grid.model().index(1, 0)).center())
        moved = QMouseEvent(
            QMouseEvent.Type.MouseMove, place, place, nothing, nothing, Qt.KeyboardModifier(0)
        )
        studio.application.sendEvent(grid.viewport(), moved)
        studio.save(window, "hover")
        grid.setCurrentIndex(grid.model().index(2, 0))
        for row in (0, 2, 5):
            grid.selection.toggle(row)
        studio.save(window, "selected")
        grid.clear_selection()
        for picture, steps in (("large-tiles", 9), ("small-tiles", -20)):
            grid.zoom(steps)
            studio.wait_for_thumbnails(window)
            studio.save(window, picture)


@shows("marks", "marks-box", "marks-rating", "marks-tags")
def marks(studio: Studio) -> None:
    """Favourites, stars and tags."""
    folder = copy_of(studio.plan.pictures, studio.place / "Marked", 12)
    with studio.window(indexed=[folder]) as window:
        some = window.grid.model().results[:3]
        window.marks.change_tags(some, ("Portugal", "family", "Grandma’s 80th birthday"), ())
        window.marks.toggle_favorite(some)
        studio.wait_for_answer(window)
        studio.save(window, "marks")
        box = MarksBox(window.marks)
        box.setContentsMargins(16, 16, 16, 16)
        box.show_photos(some)
        box.show()
        studio.wait(lambda: box.editor.keyword_labels and box.stars.value())
        box.resize(320, box.heightForWidth(320))
        studio.save(box, "marks-box")
        box.close()
        window.commands.add_source(window.grid, lambda: some)
        menu = window.commands.menu(some)
        rating = next(each for each in menu.findChildren(QMenu) if each.title() == "Rating")
        rating.popup(window.mapToGlobal(window.rect().center()))
        studio.save(rating, "marks-rating")
        rating.hide()
        window.commands.run("tags", some)
        dialog = window.findChild(TagDialog)
        studio.wait(lambda: dialog.isVisible() and dialog.editor.field.known.stringList())
        studio.wait(lambda: dialog.editor.keyword_labels)
        studio.save(dialog, "marks-tags")
        dialog.reject()
