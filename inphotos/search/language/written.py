"""Writes filters as a user would type them."""

from __future__ import annotations

import re

from inphotos.search.language.lexer import normalise, tokenize

#: Nothing in it means anything to the language.
_PLAIN = re.compile(r"[\w./-]*\w/?")

#: Quotation marks, and what closes each of them.
_MARKS = (('"', '"', '"”'), ("“", "”", '”"'), ("«", "»", "»"))


def exact_filter(name: str, value: str) -> str:
    """Return a filter that takes a text as a whole, such as ``city:="New York"``.

    Args:
        name: of a filter on a text.
        value: the text.

    Returns:
        The filter, or nothing where the language has no way to write it: of names with control
        characters, or with every kind of quotation mark.
    """
    if not value:
        return ""
    forms = [value] if _PLAIN.fullmatch(value) else []
    forms += [
        f"{first}{value}{last}"
        for first, last, closing in _MARKS
        if not set(closing).intersection(value)
    ]
    for form in forms:
        text = f"{name}:={form}"
        tokens = tokenize(normalise(text))
        if [(token.kind, token.text, token.weight) for token in tokens] == [
            ("filter", f"={value}", 1.0)
        ]:
            return text
    return ""
