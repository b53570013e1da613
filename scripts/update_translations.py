#!/usr/bin/env python3
"""Bring the translations up to date with the texts in the source.

    python scripts/update_translations.py [--check]

Texts are what ``tr`` and ``translate`` are called with, anywhere in the window. PyQt's own tool
finds them in methods only; many of ours are in functions, such as those of ``gui/wording.py``.
Sentences are what the errors and problems of the library say, and the reasons that are put into
them. New ones come without a translation
(type="unfinished", to be filled in with Qt Linguist or an editor), those that are gone leave.
--check changes nothing and tells what is missing.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from inphotos.gui import translation
from inphotos.gui.sentences import CONTEXT
from inphotos.gui.translation import Key

GUI = Path(translation.__file__).parent
#: The parts of the package whose sentences the window shows.
PARTS = {"encoders", "errors.py", "events.py", "indexing", "library", "photos", "search", "store"}
#: Names of variables that hold a sentence or a part of one, and of the functions that return one.
NAMES = {"detail", "hint", "message", "often", "reason", "verdict"}
TELLING = {"__str__", "_fault", "_reason", "problems_in_words", "why_unreadable"}
#: What they raise for a value that makes no sense is put into a sentence as it is.
REASONING = {"directory.py", "preprocessing.py", "sidecars.py", "xmp_editing.py"}


def main() -> int:
    """Update or check the file of every language."""
    parser = argparse.ArgumentParser(description=__doc__, add_help=True)
    parser.add_argument("--check", action="store_true", help="only tell what is missing")
    check = parser.parse_args().check
    keys = sorted(texts(GUI) + library_texts(GUI.parent))
    missing = 0
    for code in sorted(translation.LANGUAGES.keys() - {translation.SOURCE_LANGUAGE}):
        path = GUI / "translations" / f"inphotos_{code}.ts"
        known = translation.read(path.read_text("utf-8")) if path.exists() else {}
        without = [key for key in keys if key not in known]
        missing += len(without)
        print(f"{code}: {len(keys) - len(without)} of {len(keys)} texts are translated")
        for context, text in without if check else ():
            print(f"  {context}: {text}")
        if not check:
            path.write_text(written(code, keys, known), encoding="utf-8")
    return 1 if check and missing else 0


def texts(directory: Path) -> list[Key]:
    """Return the context and the wording of every text in the modules below a directory."""
    return sorted({key for tree, path in _trees(directory) for key in _calls(tree, path.stem)})


def library_texts(package: Path) -> list[Key]:
    """Return the sentences of errors and problems in the parts of a package that know no Qt."""
    found = set()
    for tree, path in _trees(package):
        if path.relative_to(package).parts[0] in PARTS:
            for text in _sentences(tree, reasoning=path.name in REASONING):
                # A word is a name or a code; what is said has a space in it at least.
                if " " in re.sub(r"\{\d+\}", "", text).strip():
                    found.add((CONTEXT, text))
    return sorted(found)


def _trees(directory: Path) -> Iterator[tuple[ast.Module, Path]]:
    for path in sorted(directory.rglob("*.py")):
        yield ast.parse(path.read_text("utf-8"), str(path)), path


def _sentences(tree: ast.AST, *, reasoning: bool) -> Iterator[str]:
    for node in ast.walk(tree):
        told: list[ast.expr] = []
        if isinstance(node, ast.Call) and _tells(node.func, reasoning=reasoning):
            told = node.args
        elif isinstance(node, ast.Assign) and _names(node.targets[0]) & NAMES:
            told = [node.value]
        elif isinstance(node, ast.FunctionDef) and node.name in TELLING:
            returns = (each for each in ast.walk(node) if isinstance(each, ast.Return))
            told = [each.value for each in returns if each.value is not None]
        for expression in told:
            yield from map(_template, _choices(expression))


def _tells(function: ast.expr, *, reasoning: bool) -> bool:
    name = getattr(function, "attr", getattr(function, "id", ""))
    if name == "append":  # to the photos that something failed for, with the reasons
        return "failed" in _names(getattr(function, "value", function))
    if name in {"AttributeError", "ValueError", "AssertionError", "RuntimeError", "LookupError"}:
        return reasoning and name == "ValueError"
    return name in {"Problem", "__init__", "busy"} or name.endswith("Error")


def _names(node: ast.expr) -> set[str]:
    return {getattr(node, "attr", getattr(node, "id", ""))}


def _choices(node: ast.expr) -> Iterator[ast.expr]:
    """Yield what an expression may come to, such as both sides of a conditional one."""
    if isinstance(node, ast.IfExp):
        inner = [node.body, node.orelse]
    elif isinstance(node, ast.BoolOp):
        inner = node.values
    elif isinstance(node, ast.Tuple):
        inner = node.elts
    else:
        yield node
        return
    for each in inner:
        yield from _choices(each)


def _template(node: ast.expr) -> str:
    """Return a text with {0}, {1}… for what an f-string puts in; empty for anything else."""
    if not isinstance(node, ast.JoinedStr):
        return _literal(node).replace("{", "{{").replace("}", "}}")
    parts, fields = [], 0
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value).replace("{", "{{").replace("}", "}}"))
        else:
            parts.append(f"{{{fields}}}")
            fields += 1
    return "".join(parts)


def _calls(node: ast.AST, context: str) -> Iterator[Key]:
    """Find texts below a node of the syntax tree; outside of classes the module is the context."""
    for child in ast.iter_child_nodes(node):
        inner = child.name if isinstance(child, ast.ClassDef) else context
        if isinstance(child, ast.Call):
            function = child.func
            name = getattr(function, "attr", getattr(function, "id", ""))
            choices = [[_literal(each) for each in _choices(argument)] for argument in child.args]
            if name == "tr" and choices:
                yield from ((inner, text) for text in choices[0] if text)
            elif name == "translate" and len(choices) >= 2 and choices[0][0]:
                yield from ((choices[0][0], text) for text in choices[1] if text)
        yield from _calls(child, inner)


def _literal(node: ast.expr) -> str:
    """Return a text that stands in the source; empty for anything else."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def written(code: str, keys: list[Key], known: dict[Key, str]) -> str:
    """Return a file of Qt Linguist for a language.

    Args:
        code: of the language.
        keys: the texts, sorted.
        known: the translations there are; one of the same text elsewhere is as good.
    """
    anywhere = {text: translated for (_, text), translated in known.items()}
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        "<!DOCTYPE TS>",
        f'<TS version="2.1" language="{code}" sourcelanguage="{translation.SOURCE_LANGUAGE}">',
    ]
    context = ""
    for key in keys:
        if key[0] != context:
            lines += ["</context>"] if context else []
            context = key[0]
            lines += ["<context>", f"    <name>{escape(context)}</name>"]
        translated = known.get(key) or anywhere.get(key[1], "")
        kind = "" if translated else ' type="unfinished"'
        lines += [
            "    <message>",
            f"        <source>{escape(key[1])}</source>",
            f"        <translation{kind}>{escape(translated)}</translation>",
            "    </message>",
        ]
    lines += ["</context>"] if context else []
    return "\n".join([*lines, "</TS>", ""])


if __name__ == "__main__":
    sys.exit(main())
