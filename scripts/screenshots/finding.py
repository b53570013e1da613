"""Searches that are refined, kept and arranged."""

from __future__ import annotations

from inphotos.gui.queries import Arrangement
from inphotos.library import SavedSearch
from screenshots.states import shows
from screenshots.studio import Studio


@shows("finding", "match-line", "by-day", "alike", "part")
def finding(studio: Studio) -> None:
    """Words with examples, the match line, groups, photos that are alike, a part of a photo."""
    plan = studio.plan
    with studio.window(indexed=[plan.pictures]) as window:
        for words in (plan.query, "a dog", "landscape -sea date:2020.."):
            window.session.library.searches.save(SavedSearch(words.capitalize(), words))
        window.memory.saved.changed.emit()
        window.search_for(plan.query)
        studio.wait_for_answer(window, plan.query)
        first = window.grid.model().results[0].path
        window.examples.mark(first, 1)
        window.examples.mark(window.grid.model().results[5].path, -1)
        studio.wait_for_answer(window)
        studio.save(window, "finding")
        window.notice.dismiss()
        match_line = window.photos_page.match_line
        match_line.click()
        studio.save(match_line.panel, "match-line")
        match_line.panel.hide()
        window.show_everything()
        studio.wait_for_answer(window)
        window.search.arrange(Arrangement("date", "day"))
        studio.wait(lambda: window.grid.model().sections)
        studio.wait_for_thumbnails(window)
        studio.save(window, "by-day")
        window.search.arrange(Arrangement("date"))
        studio.wait(lambda: not window.grid.model().sections)
        folded = next(photo for photo in window.grid.model().results if photo.alike > 1)
        window.grid.alike_wanted.emit(folded)
        studio.wait_for_answer(window, "alike")
        studio.save(window, "alike")
        window.examples.choose_part(first)
        dialog = studio.dialog()
        studio.save(dialog, "part")
        dialog.close()
