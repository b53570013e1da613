"""What may be said on the command line.

A command's module is loaded only with that command: the window must not wait for all of them.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from inphotos import __version__
from inphotos.cli import values
from inphotos.cli.asking_arguments import ASKING

_TAKES_VALUE = ("--library", "--model")


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse a command line; ``run`` of the result is the command's function, ``command`` its name.

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
    parser.set_defaults(command=name or "window")
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
    group.add_argument(
        "--log-names", action="store_true", help="let these details name files and searches"
    )
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


def _mark(parser: argparse.ArgumentParser) -> None:
    """make photos favourites, rate and tag them"""
    from inphotos.cli import marks

    parser.add_argument("photos", nargs="*", type=Path, metavar="PHOTO", help="in the library")
    parser.add_argument(
        "--favorite", action=argparse.BooleanOptionalAction, help="a favourite, or none"
    )
    parser.add_argument(
        "--rating",
        type=values.rating,
        metavar="N|none",
        help="stars, 0 to 5; none for what the photo's file says",
    )
    parser.add_argument("--tag", action="append", metavar="T", help="add a tag; may be repeated")
    parser.add_argument("--untag", action="append", metavar="T", help="take a tag away")
    parser.add_argument(
        "--sidecars",
        action=argparse.BooleanOptionalAction,
        help="from now on, also write all this to an XMP file beside each photo, or do not",
    )
    parser.set_defaults(run=marks.mark)


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


def _backup(parser: argparse.ArgumentParser) -> None:
    """back up what nobody could make again: marks, saved searches, folders, settings"""
    from inphotos.cli import backups

    parser.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        help="where to write it, '-' for the output; without it, the automatic backups are listed",
    )
    parser.set_defaults(run=backups.backup)


def _restore(parser: argparse.ArgumentParser) -> None:
    """bring what a backup holds into the library"""
    from inphotos.cli import backups

    parser.add_argument("file", type=Path, metavar="FILE", help="a backup")
    parser.add_argument("--dry-run", action="store_true", help="only say what would change")
    parser.add_argument(
        "--overwrite",
        action="store_true",
        help="let it take the place of other marks, searches and settings that the library has",
    )
    parser.set_defaults(run=backups.restore)


def _models(parser: argparse.ArgumentParser) -> None:
    """list, download, add, choose, tune, check and remove models"""
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
        if name == "use":
            action.add_argument(
                "--when-ready",
                action="store_true",
                help="go on with the present one until all photos are encoded for the new one",
            )
    add = actions.add_parser("add", help="copy in a model's directory that was fetched elsewhere")
    add.add_argument("path", type=Path, metavar="PATH")
    add.add_argument("--name", help="what to call it (by default the directory's name)")
    add.set_defaults(run=models.add)
    tune = actions.add_parser("tune", help="measure what runs a model quickest here, and use that")
    tune.add_argument("name", nargs="?", metavar="NAME", help="by default the library's model")
    tune.add_argument(
        "--runtime", metavar="NAME|auto", help="use this one in any case, or the quickest again"
    )
    tune.set_defaults(run=models.tune)


def _doctor(parser: argparse.ArgumentParser) -> None:
    """describe this machine and the library, say what is wrong, and mend it"""
    from inphotos.cli import doctor

    parser.add_argument(
        "--repair",
        action="store_true",
        help="mend what is damaged; nothing that could not be made again is deleted",
    )
    parser.set_defaults(run=doctor.doctor)


def _bench(parser: argparse.ArgumentParser) -> None:
    """measure how fast this machine is, on this library"""
    from inphotos.bench.results import PARTS
    from inphotos.cli import bench

    parser.description = (
        "Measure how fast photos are decoded, encoded, stored and found here, how soon the window\n"
        "is there, and the memory that it takes. Nothing is written into the library."
    )
    parser.add_argument(
        "parts",
        nargs="*",
        type=values.one_of(PARTS),
        metavar="PART",
        help=f"{', '.join(PARTS)} (by default all)",
    )
    parser.add_argument(
        "--photos",
        type=values.positive,
        default=10_000,
        metavar="N",
        help="how many photos to make up for the search, and to estimate the time of "
        "(default 10000)",
    )
    parser.add_argument(
        "--seconds",
        type=values.above_zero,
        default=8.0,
        metavar="S",
        help="for how long to measure each part (default 8)",
    )
    parser.add_argument(
        "--size",
        type=values.above_zero,
        default=12.0,
        metavar="MP",
        help="megapixels of the photos that are drawn (default 12)",
    )
    parser.add_argument(
        "--on",
        choices=("library", "drawn"),
        help="measure with photos of the library, or with drawn ones (by default the library's, "
        "where it has any)",
    )
    parser.set_defaults(run=bench.bench)


def _desktop(parser: argparse.ArgumentParser) -> None:
    """put InPhotos into the applications menu, and under "Open with" for photos (Linux)"""
    from inphotos.cli import desktop

    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    install = actions.add_parser("install", help="write the menu entry and the icons")
    install.set_defaults(run=desktop.install)
    remove = actions.add_parser("remove", help="take exactly these away again")
    remove.set_defaults(run=desktop.remove)


def _summary(describe: Callable[[argparse.ArgumentParser], None]) -> str:
    assert describe.__doc__ is not None
    return describe.__doc__


_COMMANDS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "demo": _demo,
    "index": _index,
    **ASKING,
    "mark": _mark,
    "status": _status,
    "forget": _forget,
    "compact": _compact,
    "backup": _backup,
    "restore": _restore,
    "models": _models,
    "bench": _bench,
    "desktop": _desktop,
    "doctor": _doctor,
}
