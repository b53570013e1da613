"""What may be said on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from inphotos import __version__
from inphotos.cli import commands, duplicates, models, search
from inphotos.search.order import SORTS
from inphotos.search.query import FILTERS

_TAKES_VALUE = ("--library", "--model")


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse a command line; ``run`` of the result is the command's function.

    The first word that is neither an option nor an option's value names the command; if it names
    none, the words are folders for the window. So global options work on both sides of it.

    Raises:
        SystemExit: help was asked for (0), or the use is wrong (2).
    """
    words = list(arguments)
    at = _first_word(words)
    if at is not None and words[at] in _COMMANDS:
        name = words.pop(at)
        describe = _COMMANDS[name]
    else:
        name, describe = "", _window
    parser = argparse.ArgumentParser(
        prog=f"inphotos {name}".strip(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    _add_global_options(parser)
    describe(parser)
    return parser.parse_args(words)


def _first_word(words: Sequence[str]) -> int | None:
    skip = False
    for at, word in enumerate(words):
        if skip:
            skip = False
        elif word in _TAKES_VALUE:
            skip = True
        elif word == "--":
            return None
        elif not word.startswith("-"):
            return at
    return None


def _add_global_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("options of every command")
    group.add_argument(
        "--library",
        type=Path,
        metavar="DIR",
        help="the library's directory (else $INPHOTOS_LIBRARY, else the platform's data directory)",
    )
    group.add_argument("--model", metavar="NAME|PATH", help="the model to use this time")
    group.add_argument("--json", action="store_true", help="print one JSON document")
    group.add_argument("-q", "--quiet", action="store_true", help="no progress, no messages")
    group.add_argument("-v", "--verbose", action="store_true", help="details on stderr")
    group.add_argument("--version", action="version", version=f"InPhotos {__version__}")


def _window(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Find your own photos by describing them, on your own computer.\n"
        "Without a command the window opens."
    )
    parser.usage = "inphotos [options] [FOLDER ...]\n       inphotos [options] COMMAND ..."
    rows = "\n".join(f"  {name:10} {_summary(describe)}" for name, describe in _COMMANDS.items())
    parser.epilog = f"commands:\n{rows}\n\n'inphotos COMMAND --help' explains one of them."
    parser.add_argument(
        "folders", nargs="*", type=Path, metavar="FOLDER", help="a folder of photos to add"
    )
    parser.set_defaults(run=commands.window)


def _demo(parser: argparse.ArgumentParser) -> None:
    """open the window on the bundled pictures, with the bundled model, offline"""
    parser.set_defaults(run=commands.demo)


def _index(parser: argparse.ArgumentParser) -> None:
    """add folders and bring the index up to date"""
    parser.add_argument(
        "folders", nargs="*", type=Path, metavar="FOLDER", help="by default all of the library's"
    )
    parser.add_argument(
        "--accept-removals",
        action="store_true",
        help="take photos out of the library whose files have vanished, however many",
    )
    parser.add_argument(
        "--exclude",
        action="append",
        metavar="PATTERN",
        help="what not to take from these folders, as in a .gitignore file; may be repeated, and "
        "replaces the folders' former patterns ('' for none)",
    )
    parser.add_argument(
        "--retry", action="store_true", help="read the photos again that could not be read"
    )
    parser.add_argument(
        "--mains-only", action="store_true", help="wait while the computer runs on its battery"
    )
    parser.set_defaults(run=commands.index)


def _search(parser: argparse.ArgumentParser) -> None:
    """find photos by words"""
    parser.add_argument(
        "query", metavar="QUERY", help="what is in the picture, with filters as shown below"
    )
    _add_answer_options(parser)
    parser.add_argument(
        "--min-score", type=float, metavar="S", help="leave out photos of a lower score"
    )
    parser.add_argument(
        "--sort",
        choices=SORTS,
        default="relevance",
        help="the order of the photos that match, or of the N best ones where fewer do",
    )
    parser.add_argument(
        "--explain",
        action="store_true",
        help="show how the query was read, and the similarity of each photo to each of its parts",
    )
    parser.add_argument(
        "--fold",
        action="store_true",
        help="of photos that are alike, show only the best one, and how many there are",
    )
    parser.epilog = (
        "a query may have:\n"
        "  dog on a beach          one thing to see, in words\n"
        '  "red car" +snow         several things\n'
        "  beach -people           something not to see\n"
        "  dog^2 OR cat            weights; the best of several things\n"
        "  last summer, July 2023  dates in words\n"
        f"  {'  '.join(list(FILTERS.values())[:3])}  filters, also negated: -is:raw\n"
        f"  {'  '.join(list(FILTERS.values())[3:8])}\n"
        f"  {'  '.join(list(FILTERS.values())[8:])}\n\n"
        "Put '--' before a query that begins with a minus: inphotos search -- '-people beach'."
    )
    parser.set_defaults(run=search.search)


def _similar(parser: argparse.ArgumentParser) -> None:
    """find photos like another one"""
    parser.add_argument("photo", type=Path, metavar="PHOTO", help="any photo on this machine")
    _add_answer_options(parser)
    parser.set_defaults(run=search.similar)


def _duplicates(parser: argparse.ArgumentParser) -> None:
    """list photos that are alike: copies, near-duplicates and bursts"""
    parser.add_argument("--kind", choices=list(duplicates.CHOICES), help="only groups of this kind")
    parser.set_defaults(run=duplicates.duplicates)


def _distance(parser: argparse.ArgumentParser) -> None:
    """compare two photos"""
    parser.add_argument("photos", nargs=2, type=Path, metavar="PHOTO")
    parser.set_defaults(run=commands.distance)


def _info(parser: argparse.ArgumentParser) -> None:
    """tell what is known of a photo: when, where and with what it was taken"""
    parser.add_argument("photo", type=Path, metavar="PHOTO")
    parser.set_defaults(run=commands.info)


def _compact(parser: argparse.ArgumentParser) -> None:
    """remove what photos that have left the library leave behind"""
    parser.set_defaults(run=commands.compact)


def _status(parser: argparse.ArgumentParser) -> None:
    """describe the library"""
    parser.set_defaults(run=commands.status)


def _forget(parser: argparse.ArgumentParser) -> None:
    """take a folder out of the library (its photos stay where they are)"""
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.set_defaults(run=commands.forget)


def _models(parser: argparse.ArgumentParser) -> None:
    """list, download, add, choose, check and remove models"""
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    parser.set_defaults(run=models.list_models)
    actions.add_parser("list", help="what there is (the default)")
    for name, run, summary in (
        ("download", models.download, "fetch a model (the only command that uses the network)"),
        ("use", models.use, "let the library use a model from now on"),
        ("verify", models.verify, "check a model's files against what was fetched"),
        ("remove", models.remove, "delete a model's files"),
    ):
        action = actions.add_parser(name, help=summary)
        action.add_argument("name", metavar="NAME")
        action.set_defaults(run=run)
    add = actions.add_parser("add", help="copy in a model's directory that was fetched elsewhere")
    add.add_argument("path", type=Path, metavar="PATH")
    add.add_argument("--name", help="what to call it (by default the directory's name)")
    add.set_defaults(run=models.add)


def _add_answer_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--top", type=_positive, default=20, metavar="N", help="how many photos (default 20)"
    )
    parser.add_argument(
        "--offset", type=_not_negative, default=0, metavar="N", help="leave out the first N"
    )
    parser.add_argument(
        "-0",
        dest="null",
        action="store_true",
        help="print the paths only, byte for byte, each ended by a null byte (for xargs -0)",
    )


def _positive(text: str) -> int:
    return _from(1, text)


def _not_negative(text: str) -> int:
    return _from(0, text)


def _from(least: int, text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = least - 1
    if number < least:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from {least} up")
    return number


def _summary(describe: Callable[[argparse.ArgumentParser], None]) -> str:
    assert describe.__doc__ is not None
    return describe.__doc__


_COMMANDS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "demo": _demo,
    "index": _index,
    "search": _search,
    "similar": _similar,
    "duplicates": _duplicates,
    "distance": _distance,
    "info": _info,
    "status": _status,
    "forget": _forget,
    "compact": _compact,
    "models": _models,
}
