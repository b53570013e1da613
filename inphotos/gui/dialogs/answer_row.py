"""How a dialog is answered."""

from __future__ import annotations

from PyQt6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton


class AnswerRow(QHBoxLayout):
    """The last row of a dialog: what it is for, at the right, and Cancel before it.

    Attributes:
        cancel_button: closes the dialog, and nothing has changed.
    """

    def __init__(self, dialog: QDialog, main_button: QPushButton, hint: QLabel | None = None):
        """Make the row.

        Args:
            dialog: what Cancel rejects.
            main_button: does what the dialog is for.
            hint: what is said at the left.
        """
        super().__init__()
        main_button.setProperty("kind", "main")
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(dialog.reject)
        self.setSpacing(8)
        if hint is None:
            self.addStretch(1)
        else:
            self.addWidget(hint, 1)
        self.addWidget(self.cancel_button)
        self.addWidget(main_button)
