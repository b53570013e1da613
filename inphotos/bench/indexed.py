"""A program that indexes a folder, answers a query and waits, for its memory to be looked at.

The arguments are the directory of a new library, the model and the folder. It prints ``INDEXED``
and ``IDLE`` when it has come so far, and ends when its input does.
"""

from __future__ import annotations

import sys
from pathlib import Path

from inphotos.library import Library

INDEXED = "indexed"
IDLE = "idle"


def main() -> None:
    """Do as the module says."""
    directory, model, folder = sys.argv[1:]
    with Library.open(Path(directory), model=model) as library:
        if library.model_error is not None:
            raise library.model_error
        library.add_folder(Path(folder))
        for _ in library.index():
            pass
        _say(INDEXED)
        if library.model and library.model.has_text:
            library.search("a dog on the beach", fold=True)
        _say(IDLE)
        sys.stdin.read()


def _say(word: str) -> None:
    print(word, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
