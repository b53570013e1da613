"""What may be said on the command line.

A command's module is loaded only with that command: the window must not wait for all of them.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Sequence
from pathlib import Path

from inphotos import __version__
from inphotos.region import Region
from inphotos.search.arrangements import GROUPS, SORTS

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
    from inphotos.cli import window

    parser.description = (
        "Find your own photos by describing them, on your own computer.\n"
        "Without a command the window opens."
    )
    parser.usage = "inphotos [options] [FOLDER|PHOTO ...]\n       inphotos [options] COMMAND ..."
    rows = "\n".join(f"  {name:10} {_summary(describe)}" for name, describe in _COMMANDS.items())
    parser.epilog = f"commands:\n{rows}\n\n'inphotos COMMAND --help' explains one of them."
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="FOLDER|PHOTO",
        help="a folder of photos to add, or a photo to search with",
    )
    parser.set_defaults(run=window.window)


def _demo(parser: argparse.ArgumentParser) -> None:
    """open the window on the bundled pictures, with the bundled model, offline"""
    from inphotos.cli import window

    parser.set_defaults(run=window.demo)


def _index(parser: argparse.ArgumentParser) -> None:
    """add folders and bring the index up to date"""
    from inphotos.cli import commands

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
    from inphotos.cli import search
    from inphotos.search.query import FILTERS

    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "query",
        nargs="?",
        metavar="QUERY",
        help="what is in the picture, with filters as shown below",
    )
    what.add_argument("--saved", metavar="NAME", help="search again for what was saved as NAME")
    _add_answer_options(parser)
    parser.add_argument(
        "--min-score", type=float, metavar="S", help="leave out photos of a lower score"
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
        "  like:photo.jpg          a photo as an example, and a part of one (in percent):\n"
        "  like:photo.jpg#xywh=percent:25,10,50,50\n"
        f"  {'  '.join(list(FILTERS.values())[:3])}  filters, also negated: -is:raw\n"
        f"  {'  '.join(list(FILTERS.values())[3:8])}\n"
        f"  {'  '.join(list(FILTERS.values())[8:])}\n\n"
        "Put '--' before a query that begins with a minus: inphotos search -- '-people beach'."
    )
    parser.set_defaults(run=search.search)


def _searches(parser: argparse.ArgumentParser) -> None:
    """list, save and remove searches with a name"""
    from inphotos.cli import searches

    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    parser.set_defaults(run=searches.list_searches, count=False)
    listing = actions.add_parser("list", help="what is saved (the default)")
    listing.add_argument("--count", action="store_true", help="count the photos that match each")
    save = actions.add_parser("save", help="save a query, in the place of the one of that name")
    save.add_argument("name", metavar="NAME")
    save.add_argument("query", metavar="QUERY")
    save.set_defaults(run=searches.save)
    remove = actions.add_parser("remove", help="remove a saved query")
    remove.add_argument("name", metavar="NAME")
    remove.set_defaults(run=searches.remove)


def _similar(parser: argparse.ArgumentParser) -> None:
    """find photos like another one"""
    from inphotos.cli import search

    parser.add_argument("photo", type=Path, metavar="PHOTO", help="any photo on this machine")
    _add_answer_options(parser)
    parser.add_argument(
        "--region",
        type=_region,
        metavar="L,T,W,H",
        help="the part of PHOTO that counts: left, top, width and height in percent",
    )
    parser.set_defaults(run=search.similar)


def _duplicates(parser: argparse.ArgumentParser) -> None:
    """list photos that are alike: copies, near-duplicates and bursts"""
    from inphotos.cli import duplicates

    parser.add_argument("--kind", choices=list(duplicates.CHOICES), help="only groups of this kind")
    parser.set_defaults(run=duplicates.duplicates)


def _distance(parser: argparse.ArgumentParser) -> None:
    """compare two photos"""
    from inphotos.cli import commands

    parser.add_argument("photos", nargs=2, type=Path, metavar="PHOTO")
    _add_strictness(parser)
    parser.add_argument(
        "--explain",
        action="store_true",
        help="with --json, also give the similarity from which photos are of the same kind",
    )
    parser.set_defaults(run=commands.distance)


def _info(parser: argparse.ArgumentParser) -> None:
    """tell what is known of a photo: when, where and with what it was taken"""
    from inphotos.cli import commands

    parser.add_argument("photo", type=Path, metavar="PHOTO")
    parser.set_defaults(run=commands.info)


def _compact(parser: argparse.ArgumentParser) -> None:
    """remove what photos that have left the library leave behind"""
    from inphotos.cli import commands

    parser.set_defaults(run=commands.compact)


def _status(parser: argparse.ArgumentParser) -> None:
    """describe the library"""
    from inphotos.cli import commands

    parser.set_defaults(run=commands.status)


def _forget(parser: argparse.ArgumentParser) -> None:
    """take a folder out of the library (its photos stay where they are)"""
    from inphotos.cli import commands

    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.set_defaults(run=commands.forget)


def _models(parser: argparse.ArgumentParser) -> None:
    """list, download, add, choose, check and remove models"""
    from inphotos.cli import models

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


def _desktop(parser: argparse.ArgumentParser) -> None:
    """put InPhotos into the applications menu, and under "Open with" for photos (Linux)"""
    from inphotos.cli import desktop

    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    install = actions.add_parser("install", help="write the menu entry and the icons")
    install.set_defaults(run=desktop.install)
    remove = actions.add_parser("remove", help="take exactly these away again")
    remove.set_defaults(run=desktop.remove)


def _eval(parser: argparse.ArgumentParser) -> None:
    """measure how good the search is"""
    from inphotos.cli import evaluation
    from inphotos.evaluation import sets

    parser.description = (
        "Ask the queries of an evaluation file and tell how well they were answered: recall, rank\n"
        "and precision where there are photos, and how often 'nothing matches' was said, rightly\n"
        "where there is no photo and wrongly where there is one. The photos are indexed into a\n"
        "library that goes away afterwards; --library DIR keeps it for the next time."
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the evaluation file")
    parser.add_argument(
        "--photos", type=Path, metavar="DIR", help="where the photos are, if not where FILE says"
    )
    parser.add_argument(
        "--top",
        type=_positive,
        metavar="N",
        help="look no further than N photos into an answer (by default to its end)",
    )
    parser.add_argument("--kinds", action="store_true", help="a row for each kind of query, too")
    parser.add_argument("--each", action="store_true", help="also how each query was answered")
    parser.epilog = (
        'FILE is a list of {"file": ..., "captions": [...]}, COCO\'s captions, Karpathy\'s\n'
        f"splits of COCO or Flickr, or InPhotos' own form:\n\n{sets.FORM}\n\n"
        "A photo with labels is a query too: the photos that share a label with it are right.\n"
        "Numbers in brackets are 95 % intervals. All photos in the directory are searched."
    )
    parser.set_defaults(run=evaluation.evaluate)


def _add_answer_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--top", type=_positive, default=20, metavar="N", help="how many photos (default 20)"
    )
    _add_strictness(parser)
    parser.add_argument(
        "--offset", type=_not_negative, default=0, metavar="N", help="leave out the first N"
    )
    parser.add_argument(
        "--sort",
        choices=SORTS,
        default="relevance",
        help="the order of the photos; any but relevance is of those that match (of the N best "
        "ones where none does)",
    )
    parser.add_argument(
        "--group",
        choices=GROUPS,
        default="none",
        help="put the photos that match under headings, the days from the newest on",
    )
    parser.add_argument(
        "-0",
        dest="null",
        action="store_true",
        help="print the paths only, byte for byte, each ended by a null byte (for xargs -0)",
    )


def _add_strictness(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--strictness",
        type=_strictness,
        metavar="S",
        help="how sure a match has to be, from -1 (lenient) by 0 (as calibrated) to 1 (strict); "
        "by default as set in the window (write --strictness=-0.5)",
    )


def _strictness(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not -1 <= number <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from -1 to 1")
    return number


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


def _region(text: str) -> Region:
    from inphotos.search.query import read_region

    try:
        return read_region(f"percent:{text}")
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a part of a photo; give left, top, width and height in percent, "
            f"such as 25,10,50,50"
        ) from error


def _summary(describe: Callable[[argparse.ArgumentParser], None]) -> str:
    assert describe.__doc__ is not None
    return describe.__doc__


_COMMANDS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "demo": _demo,
    "index": _index,
    "search": _search,
    "searches": _searches,
    "similar": _similar,
    "duplicates": _duplicates,
    "distance": _distance,
    "info": _info,
    "status": _status,
    "forget": _forget,
    "compact": _compact,
    "models": _models,
    "desktop": _desktop,
    "eval": _eval,
}
