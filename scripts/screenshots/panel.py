"""The information panel."""

from __future__ import annotations

from screenshots.photos import copy_of
from screenshots.states import shows
from screenshots.studio import SIZE, Studio


@shows(
    "information-nothing",
    "information",
    "information-browsing",
    "information-offline",
    "information-narrow",
)
def information(studio: Studio) -> None:
    """What is known of a photo: searched for, browsed to, and away."""
    folder = copy_of(studio.plan.pictures, studio.place / "Holidays", 80)
    with studio.window(indexed=[folder]) as window:
        panel = window.info.panel
        window.info.action.trigger()
        studio.save(window, "information-nothing")
        window.search_for(f"{studio.plan.query} -people after:2020")
        studio.wait(lambda: window.search.is_answered and window.grid.model().results)
        window.grid.setCurrentIndex(window.grid.model().index(0))
        studio.wait(lambda: panel.why.rows and panel.similar.tiles)
        studio.wait_for_thumbnails(window)
        studio.save(window, "information")
        window.show_everything()
        studio.wait(lambda: window.search.is_answered and not panel.why.rows)
        window.grid.enter()
        studio.wait(lambda: panel.similar.tiles)
        studio.wait_for_thumbnails(window)
        studio.save(window, "information-browsing")
        folder.rename(studio.place / "away")
        window.session.index()
        studio.wait(lambda: "Offline" in panel.state.value)
        studio.wait(lambda: window.session.runs.state == "idle")
        studio.save(window, "information-offline")
        window.resize(640, SIZE[1])
        studio.settle()
        if not panel.isVisible():  # it goes where the window gets too narrow for it
            window.info.action.trigger()
        studio.save(window, "information-narrow")
