"""Which folders are in the library, and what is left out of them."""

from __future__ import annotations

from inphotos.gui.folder_actions import FolderActions
from inphotos.gui.settings_dialog.page import SettingsPage, hint


class FoldersPage(SettingsPage):
    """The list of folders and what can be done with one."""

    def __init__(self, folders: FolderActions) -> None:
        super().__init__(self.tr("Folders"), "folder")
        self.box.addWidget(
            hint(
                self.tr(
                    "Photos in these folders, and in the folders inside them, can be found. "
                    "New photos come in by themselves."
                )
            )
        )
        self.box.addSpacing(8)
        self.box.addWidget(folders.panel, 1)
        folders.panel.show()
