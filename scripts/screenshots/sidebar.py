"""The sidebar, and what is offered while the user types."""

from __future__ import annotations

from inphotos.gui.queries import Duplicates
from inphotos.library import SavedSearch
from screenshots.photos import write_travels
from screenshots.states import shows
from screenshots.studio import SIZE, Studio


@shows("sidebar-full", "suggestions", "recent", "near-duplicates", "searching")
def sidebar(studio: Studio) -> None:
    """A library with all that the sidebar lists."""
    with studio.window(indexed=write_travels(studio.place, studio.plan.pictures)) as window:
        searches, history = window.session.library.searches, window.session.library.history
        for words in (studio.plan.query, "a dog"):
            searches.save(SavedSearch(words.capitalize(), words))
        window.memory.saved.changed.emit()
        rows, view = window.memory.sidebar.rows, window.memory.sidebar
        studio.wait(lambda: rows.section_index("tidy").isValid())
        window.resize(window.width(), 1000)
        studio.wait(lambda: rows.index_of("date:2023", "dates").isValid())
        for section, key in (("folders", "folder:=Photos/"), ("dates", "date:2023")):
            view.expand(rows.index_of(key, section))
        window.memory.facets.show_scope("date:2023-07")
        studio.wait_for_answer(window)
        studio.save(window, "sidebar-full")
        window.resize(window.width(), SIZE[1])
        for text in ("a sailing boat", "port at night", "portrait of a dog", "poppies"):
            history.add(text)
        searches.save(SavedSearch("Portugal, the best", "country:portugal rating:>=4"))
        window.search_bar.field.clear()
        window.activateWindow()
        window.search_bar.field.setFocus()
        window.search_bar.field.insert("a dog in por")
        studio.wait(window.memory.suggesting.list.isVisible)
        studio.save(window, "suggestions")
        window.search_bar.field.clear()
        window.memory.suggesting.offer()
        studio.wait(window.memory.suggesting.list.isVisible)
        studio.save(window, "recent")
        window.memory.suggesting.list.hide()
        window.memory.facets.query_wanted.emit(Duplicates())
        studio.wait_for_answer(window, "alike")
        studio.save(window, "near-duplicates")
        window.search_bar.set_text("a dog")
        window.search_bar.field.show_busy("Searching…")
        studio.save(window.search_bar, "searching")
