"""What the user has searched for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from inphotos.library.kept_list import KeptList
from inphotos.store.trouble import translated_os_errors

#: Older ones are forgotten.
MOST = 200


class SearchHistory(KeptList[str]):
    """The texts that were searched for, the newest last, each once. It stays on this machine."""

    def __init__(self, directory: Path, *, read_only: bool = False) -> None:
        """Read the history of the library in ``directory``."""
        super().__init__(directory / "history.json", read_only=read_only)

    @property
    def texts(self) -> tuple[str, ...]:
        """What was searched for, the newest last."""
        with self._lock:
            return tuple(self._entries)

    def add(self, text: str) -> None:
        """Take up a text as the newest; an empty one is none."""
        text = _tidied(text)
        with self._lock:
            if not text or self._entries[-1:] == [text]:
                return
            others = [other for other in self._entries if other != text]
            self._entries = [*others, text][-MOST:]
            self._changed = True

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._entries = []
            self._changed = True

    def write(self) -> None:
        """Write what has changed; see :meth:`KeptList.write`."""
        super().write()
        if not self.texts:
            # What is to be forgotten is not to live on in a damaged file either, nor in those that
            # a repair has set aside under the time.
            with translated_os_errors(self.path.parent):
                for copy in self.path.parent.glob(f"{self.aside.stem}*{self.aside.suffix}"):
                    copy.unlink(missing_ok=True)

    def _as_json(self, entry: str) -> Any:
        return entry

    def _from_json(self, value: Any) -> str | None:
        return (_tidied(value) or None) if isinstance(value, str) else None

    def _read(self) -> list[str]:
        # By hand, or by another version, texts may be in the file twice, or too many.
        latest_first = dict.fromkeys(reversed(super()._read()))
        return list(reversed(latest_first))[-MOST:]


def _tidied(text: str) -> str:
    return " ".join(text.split())
