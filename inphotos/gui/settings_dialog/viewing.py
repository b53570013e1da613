"""What a click on a photo does, and how a slideshow goes."""

from __future__ import annotations

from inphotos.gui.preferences import PreferenceBook, Preferences
from inphotos.gui.settings_dialog.page import SettingsPage

#: How long a photo may stay, seconds.
SECONDS = (2, 3, 5, 8, 12, 20, 30, 60)


class ViewingPage(SettingsPage):
    """How photos are looked at.

    Attributes:
        click, seconds: the choices.
    """

    def __init__(self, preferences: PreferenceBook) -> None:
        super().__init__(self.tr("Viewing"), "photo")
        self._preferences = preferences
        self.click = self.add_choice(
            self.tr("A click on a photo opens it in"),
            self.tr(
                "The viewer of InPhotos leads on to the next photo found; the system's program "
                "may be able to edit. Ctrl+Enter always opens the system's."
            ),
            [("viewer", self.tr("InPhotos")), ("system", self.tr("The system's program"))],
            lambda value: preferences.change(click_opens=value),
        )
        self.seconds = self.add_choice(
            self.tr("In a slideshow, a photo stays for"),
            self.tr("F5 starts a slideshow of what was found; the arrow keys go on by hand."),
            [(number, self.tr("{count} seconds").format(count=number)) for number in SECONDS],
            lambda value: preferences.change(slideshow_seconds=value),
        )
        self.add_end(self._restore)
        preferences.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show what is chosen."""
        values = self._preferences.values
        self.click.show_value(values.click_opens)
        nearest = min(SECONDS, key=lambda each: abs(each - values.slideshow_seconds))
        self.seconds.show_value(nearest)

    def _restore(self) -> None:
        usual = Preferences()
        self._preferences.change(
            click_opens=usual.click_opens, slideshow_seconds=usual.slideshow_seconds
        )
