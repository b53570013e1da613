"""Cuts what was typed into words, phrases, filters and operators."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from inphotos.search.language.conditions import FILTERS
from inphotos.search.language.parts import Span

TokenKind = Literal["word", "phrase", "filter", "or", "and"]

#: Control characters, and marks without a width that would stick to words; but not the joiners of
#: emoji and Persian.
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")

_SPACE = re.compile(r"\s*")
_WORD = re.compile(r"\S+")
_OPERATOR = re.compile(r"(OR|AND|NOT)(?!\S)")

#: Before a letter, digit, quotation mark, or anything that is not ASCII; "--" and "->" are words.
_SIGN = re.compile(r"[-+\u2212](?=[\w\"#@]|[^\x00-\x7f\s])")

#: One letter is a drive (C:\photos), digits are times and ratios (10:30, 3:2), // is an address.
_FILTER = re.compile(r"([A-Za-z]{2,20}):(?!//)")
_WEIGHT = re.compile(r"\^(\d+(?:[.,]\d+)?)(?!\S)")
_WEIGHTED = re.compile(r"(.*[^\^])\^(\d+(?:[.,]\d+)?)", re.DOTALL)

_CLOSING = {'"': '"”', "“": '”"', "„": '“”"', "«": "»", "”": '”"'}

_LEAST_WEIGHT, _GREATEST_WEIGHT = 0.1, 10.0


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text.

    Attributes:
        kind: what it is.
        span: where it stands, with its sign, ``NOT``, quotation marks and weight.
        text: a word, the words of a phrase, or the value of a filter.
        name: of a filter, in lower case.
        negative: it is to be taken away.
        marked: a sign or weight makes it a concept of its own.
        weight: how much it counts, above 0.
    """

    kind: TokenKind
    span: Span
    text: str = ""
    name: str = ""
    negative: bool = False
    marked: bool = False
    weight: float = 1.0


def normalise(text: str) -> str:
    """Return text of the same length that is one line of proper Unicode."""
    text = _SURROGATE.sub("?", _INVISIBLE.sub(" ", text))
    return re.sub(r"\s", " ", text)


def tokenize(text: str) -> list[Token]:
    """Cut normalised text into tokens, from left to right. Never raises."""
    tokens: list[Token] = []
    negated_from: int | None = None
    at = 0
    while (at := _end_of(_SPACE, text, at)) < len(text):
        if operator := _OPERATOR.match(text, at):
            word = operator[1]
            if word == "NOT":
                negated_from = at
            else:
                negated_from = None
                tokens.append(Token("or" if word == "OR" else "and", Span(*operator.span())))
            at = operator.end()
            continue
        token, at = _operand(text, at)
        if token is None:
            continue
        if negated_from is not None:
            span = Span(negated_from, token.span.end)
            token = replace(token, span=span, negative=True, marked=True)
            negated_from = None
        tokens.append(token)
    return tokens


def _operand(text: str, start: int) -> tuple[Token | None, int]:
    """Read what is not an operator; None for quotation marks with nothing in between."""
    at = start
    sign = _SIGN.match(text, at)
    if sign:
        at = sign.end()
    negative = sign is not None and sign[0] != "+"
    quoted = _quoted(text, at)
    if quoted is not None:
        words, at = quoted
        weight, at = _weight_at(text, at)
        span = Span(start, at)
        return (Token("phrase", span, words, "", negative, True, weight) if words else None), at
    filter_ = _FILTER.match(text, at)
    if filter_ is not None:
        value, weight, end = _value(text, filter_.end())
        name = filter_[1].lower()
        if value or name in FILTERS:
            return Token("filter", Span(start, end), value, name, negative, True, weight), end
    word = _WORD.match(text, at)
    assert word is not None  # a sign stands only before something
    bare, weight = _weighed(word[0])
    marked = sign is not None or bare != word[0]
    return Token("word", Span(start, word.end()), bare, "", negative, marked, weight), word.end()


def _value(text: str, at: int) -> tuple[str, float, int]:
    """Return a filter's value as typed, its weight, and where it ends."""
    sign = "=" if text.startswith("=", at) else ""
    quoted = _quoted(text, at + len(sign))
    if quoted is not None:
        value, at = quoted
        weight, at = _weight_at(text, at)
        return f"{sign}{value}", weight, at
    word = _WORD.match(text, at)
    if word is None:
        return "", 1.0, at
    bare, weight = _weighed(word[0])
    return bare, weight, word.end()


def _quoted(text: str, at: int) -> tuple[str, int] | None:
    """Return what stands in quotation marks and where they end, or None if none open here.

    Marks that are not closed reach to the end: they are being typed.
    """
    closing = _CLOSING.get(text[at : at + 1])
    if closing is None:
        return None
    ends = [end for mark in closing if (end := text.find(mark, at + 1)) >= 0]
    end = min(ends, default=len(text))
    return text[at + 1 : end].strip(), min(end + 1, len(text))


def _weight_at(text: str, at: int) -> tuple[float, int]:
    weight = _WEIGHT.match(text, at)
    return (1.0, at) if weight is None else (_number(weight[1]), weight.end())


def _weighed(word: str) -> tuple[str, float]:
    weighted = _WEIGHTED.fullmatch(word)
    return (word, 1.0) if weighted is None else (weighted[1], _number(weighted[2]))


def _number(digits: str) -> float:
    return min(max(float(digits.replace(",", ".")), _LEAST_WEIGHT), _GREATEST_WEIGHT)


def _end_of(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return at if match is None else match.end()
