"""Photos in the window."""

from __future__ import annotations

from screenshots.states import shows
from screenshots.studio import Studio


@shows("viewer", "viewer-zoomed", "compare", "quick-look")
def viewer(studio: Studio) -> None:
    """One photo, a part of it, several side by side, and one over the grid."""
    with studio.window(indexed=[studio.plan.pictures]) as window:
        window.grid.enter()
        view, photos = window.viewer, window.grid.model().results[2:5]
        view.follow(photos[1])
        studio.wait(lambda: view.canvas.is_sharp)
        studio.save(window, "viewer")
        view.canvas.zoom_to(2 * view.canvas.zoom)
        studio.wait(lambda: view.canvas.is_sharp)
        studio.save(window, "viewer-zoomed")
        view.compare_photos(photos)
        studio.wait(lambda: all(pane.canvas.is_sharp for pane in view.compare.panes))
        studio.save(window, "compare")
        view.leave()
        studio.wait_for_thumbnails(window)
        window.viewing.quick_look.look_at(photos[2])
        studio.wait(lambda: window.viewing.quick_look.canvas.is_sharp)
        studio.save(window, "quick-look")
