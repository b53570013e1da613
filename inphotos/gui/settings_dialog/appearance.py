"""Light or dark, and the language."""

from __future__ import annotations

from inphotos.gui.preferences import PreferenceBook, Preferences
from inphotos.gui.settings_dialog.page import SettingsPage
from inphotos.gui.translation import LANGUAGES


class AppearancePage(SettingsPage):
    """How the window looks and which language it speaks.

    Attributes:
        theme, language: the choices.
    """

    def __init__(self, preferences: PreferenceBook) -> None:
        super().__init__(self.tr("Appearance"), "appearance")
        self._preferences = preferences
        self.theme = self.add_choice(
            self.tr("Colours"),
            self.tr("Dark is easier on the eyes at night; like the system, it changes by itself."),
            [
                ("system", self.tr("Like the system")),
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
            ],
            lambda value: preferences.change(appearance=value),
        )
        self.language = self.add_choice(
            self.tr("Language"),
            self.tr(
                "Of menus and messages; it holds from the next start on. What you can search for "
                "depends on the model."
            ),
            # Languages are called by their own names, so that those who speak them find them.
            [("system", self.tr("Like the system")), *LANGUAGES.items()],
            lambda value: preferences.change(language=value),
        )
        self.add_end(self._restore)
        preferences.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show what is chosen."""
        self.theme.show_value(self._preferences.values.appearance)
        self.language.show_value(self._preferences.values.language)

    def _restore(self) -> None:
        usual = Preferences()
        self._preferences.change(appearance=usual.appearance, language=usual.language)
