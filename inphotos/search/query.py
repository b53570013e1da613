"""What the user asks for, parsed."""

from __future__ import annotations

from dataclasses import dataclass

from inphotos.errors import QueryError


@dataclass(frozen=True, slots=True)
class Query:
    """A query in words.

    Attributes:
        text: what to look for; not empty, one line.
    """

    text: str


def parse(text: str) -> Query:
    """Parse what the user typed.

    Any length and any script is welcome; the model reads as much of it as it can.

    Raises:
        QueryError: nothing was typed.
    """
    # Lone surrogates come from a command line that is not UTF-8; no tokenizer takes them.
    words = text.encode("utf-8", "replace").decode("utf-8").split()
    if not words:
        raise QueryError("The query is empty; describe the photo, for example: dog on a beach.")
    return Query(" ".join(words))
