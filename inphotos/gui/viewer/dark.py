"""The dark look that photos are shown on, whatever the theme of the window."""

from __future__ import annotations

from PyQt6.QtWidgets import QWidget

from inphotos.gui.style import DARK, palette, style_sheet


def be_dark(widget: QWidget) -> None:
    """Let a widget and what is in it be dark; to be called when it is first shown.

    Before, it would only be work that the window's first appearance waits for.
    """
    if not widget.styleSheet():
        widget.setPalette(palette(DARK))
        widget.setStyleSheet(style_sheet(DARK))
