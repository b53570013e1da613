"""The settings, the cheat sheet, and what the program tells of itself."""

from __future__ import annotations

from screenshots.states import shows
from screenshots.studio import Studio

#: The pages of the dialog; the one about folders is shown where folders change.
PAGES = ("model", "speed", "thumbnails", "viewing", "appearance", "privacy", "keyboard")


@shows(*(f"settings-{page}" for page in PAGES), "cheat-sheet", "about", "about-licences")
def settings(studio: Studio) -> None:
    """The pages of the settings, the keys, and what InPhotos is made of."""
    with studio.window(indexed=[studio.plan.pictures]) as window:
        for page in PAGES:
            window.settings.show(page)
            studio.save(window.settings.dialog, f"settings-{page}")
        window.settings.dialog.close()
        window.keyboard.show_sheet(lambda: None)
        studio.save(window.keyboard.sheet, "cheat-sheet")
        window.keyboard.sheet.close()
        window.dialogs.show_about()
        about = studio.dialog()
        studio.save(about, "about")
        about.tabs.setCurrentIndex(1)
        studio.save(about, "about-licences")
        about.close()
