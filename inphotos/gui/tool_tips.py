"""Tool tips that show names as they are: Qt takes a text for HTML where it looks like it."""

from __future__ import annotations

from PyQt6.QtCore import Qt

from inphotos.gui.breaks import breakable

#: More would fill the screen; what is said there can be read in full elsewhere.
_MOST = 1000


def as_plain(text: str) -> str:
    """Return a tool tip that shows a text as it is and wraps it; empty for no text."""
    # Qt wraps rich text only, and what was typed may look like it.
    escaped = _fitting(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    lines = escaped.replace("\n", "<br>")
    return f"<qt>{lines}</qt>" if text else ""


def as_lines(text: str) -> str:
    """Return a tool tip that shows each line of a text as it is, in one line if it fits."""
    looks_rich = Qt.mightBeRichText(text)  # type: ignore[attr-defined]  # the stubs lack it
    return as_plain(text) if looks_rich else _fitting(text)


def _fitting(text: str) -> str:
    return breakable(text if len(text) <= _MOST else f"{text[:_MOST]}…")
