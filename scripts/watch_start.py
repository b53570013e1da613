"""``inphotos`` itself, which prints when each stage of its start was reached, and ends.

Loads nothing that ``inphotos`` does not: it is measured by :mod:`bench_start`.
"""

from __future__ import annotations

import json
import sys
import time

STAGES = ("first paint", "first thumbnails", "first search")

#: Another one each time: the window goes on with what was searched for last.
_QUERY = f"a dog and {int(time.time()) % 10_000} birds on the beach"


def main() -> int:
    """Start InPhotos on a library, with a model; print the moments once all are known."""
    import inphotos.cli
    from inphotos.gui import app
    from inphotos.gui.queries import asked

    moments: dict[str, float] = {}
    loaded: set[int] = set()
    window_class = app.MainWindow

    class Watched(window_class):  # type: ignore[misc, valid-type]
        def open_library(self) -> None:
            # Called as soon as the window is on the screen.
            moments[STAGES[0]] = time.time()
            self.grid.thumbnails.loaded.connect(self.note_thumbnail)
            self.search.answered.connect(self.note_answer)
            super().open_library()

        def note_thumbnail(self, photo: int) -> None:
            loaded.add(photo)
            rows = self.grid.rows_in_sight()
            if STAGES[1] in moments or not rows:
                return
            if all(self.search.rows[row].photo_id in loaded for row in rows):
                moments[STAGES[1]] = time.time()
                self.search_bar.field.setText(_QUERY)
                self.search_bar.report()

        def note_answer(self) -> None:
            if self.search.query == asked(_QUERY, ()) and self.search.rows:
                moments[STAGES[2]] = time.time()
                self.search_bar.clear()  # or the next start would go on with it
                self.close()

    app.MainWindow = Watched
    status = inphotos.cli.main(["--library", sys.argv[1], "--model", sys.argv[2]])
    print(json.dumps(moments))
    return status


if __name__ == "__main__":
    sys.exit(main())
